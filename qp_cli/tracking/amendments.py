"""Avenants: the convention as signed, overlaid with the changes in effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.periods import Period
from qp_cli.model.values import replaced
from qp_cli.model.words import TERM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.model.convention import Convention, Engagement, Term
    from qp_cli.model.dues import Due
    from qp_cli.model.journal import Amended, Change


class Overlay(NamedTuple):
    """A convention as amended, with the avenants (fact ids) that moved a date, ended or touched an engagement."""

    convention: Convention
    moved: dict[str, list[str]]
    ended: dict[str, str]
    touched: dict[str, list[str]]


def extendable(due: Due | None) -> bool:
    """Whether the due date is a calendar period counted from an origin, which alone can be lengthened."""
    return due is not None and due.form == "within" and isinstance(due.within, Period)


def extended(due: Due | None, by: Period) -> Due | None:
    """The due date with its period lengthened, to be counted again from the same origin.

    What is not `extendable` comes back as it is: the checks refuse such an avenant.
    """
    if due is not None and due.form == "within" and isinstance(due.within, Period):
        return replaced(due, within=due.within.plus(by))
    return due


class _Draft:
    """The parts of a convention that avenants change, while they are being changed."""

    def __init__(self, convention: Convention) -> None:
        self.term: Term | None = convention.term
        self.engagements: dict[str, Engagement] = {item.id: item for item in convention.engagements}

    def due(self, target: str) -> Due | None:
        if target == TERM:
            return self.term.due if self.term else None
        return self.engagements[target].due if target in self.engagements else None

    def set_due(self, target: str, due: Due | None) -> None:
        if target == TERM and self.term:
            self.term = replaced(self.term, due=due)
        else:
            self.update(target, due=due)

    def update(self, target: str, **values: object) -> None:
        if target in self.engagements:
            self.engagements[target] = replaced(self.engagements[target], **values)


def _apply(draft: _Draft, change: Change) -> str | None:
    """Carries one change out; returns the id of what it dates anew, if anything."""
    match change.change:
        case "extend":
            draft.set_due(change.target, extended(draft.due(change.target), change.by))
            return change.target
        case "due":
            draft.set_due(change.target, change.due)
            return change.target
        case "debtors":
            draft.update(change.target, debtors=change.debtors)
            return None
        case "add":
            draft.engagements[change.engagement.id] = change.engagement
            return change.engagement.id
        case _:
            return None


def overlay(convention: Convention, amendments: Sequence[Amended]) -> Overlay:
    """The convention with each avenant applied in the order they took effect; the signed one is untouched."""
    if not amendments:
        return Overlay(convention, {}, {}, {})
    draft = _Draft(convention)
    moved: dict[str, list[str]] = {}
    ended: dict[str, str] = {}
    touched: dict[str, list[str]] = {}
    for fact in amendments:
        for change in fact.changes:
            name = change.engagement.id if change.change == "add" else change.target
            touched.setdefault(name, []).append(fact.id)
            if change.change == "end":
                ended.setdefault(change.target, fact.id)
            elif target := _apply(draft, change):
                moved.setdefault(target, []).append(fact.id)
    amended = replaced(convention, term=draft.term, engagements=tuple(draft.engagements.values()))
    return Overlay(amended, moved, ended, touched)
