"""Shapes: due dates that suit their engagement, roles that somebody holds, periods that can be lengthened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.references import references
from qp_cli.checks.rule import Remark
from qp_cli.checks.subject import Pointer
from qp_cli.messages import msg
from qp_cli.model.base import TERM
from qp_cli.model.convention import Kind
from qp_cli.model.dues import EarliestOf, Every, LatestOf, Rule, Within
from qp_cli.store.places import CONVENTION, JOURNAL
from qp_cli.tracking.amendments import extendable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.model.dues import Due


def vacant_roles(subject: Subject) -> Iterator[Remark]:
    """A role that nobody holds: what it owes is owed by nobody known."""
    for number, role in enumerate(subject.convention.roles):
        if not role.held_by:
            place = Pointer(CONVENTION, ("roles", number))
            yield Remark(place, msg("Nobody holds the role “{id}”", id=role.id), msg("Name its holders under held_by"))


def recurs(due: Due | None) -> bool:
    """Whether a due date comes back."""
    return isinstance(due, Every | Rule) or (isinstance(due, Within) and isinstance(due.from_, Every | Rule))


def unfit_dues(subject: Subject) -> Iterator[Remark]:
    """A due date that does not go with what it dates."""
    kinds = {engagement.id: engagement.kind for engagement, _ in subject.engagements()}
    for name, due, pointer in subject.dues():
        kind = kinds.get(name)
        if recurs(due) and kind is not Kind.RECURRING:
            hint = msg("Make it kind: recurring, or give it one date")
            yield Remark(pointer, msg("This due date comes back, and “{id}” is owed once", id=name), hint)
        if kind is not Kind.ON_REQUEST:
            yield from _without_origin(due, pointer)
        yield from _nested(due, pointer)
    for engagement, pointer in subject.engagements():
        if engagement.kind is Kind.RECURRING and not recurs(engagement.due):
            message = msg("“{id}” is recurring, and nothing says how often", id=engagement.id)
            yield Remark(pointer.to("due"), message, msg("Write due: {{every: P1Y, from: …}}"))
        if engagement.target and engagement.kind is not Kind.ON_REQUEST:
            message = msg("A target is for what is owed on request")
            yield Remark(pointer.to("target"), message, msg("Write it as due, with the clause that sets it"))


def _without_origin(due: Due, pointer: Pointer) -> Iterator[Remark]:
    match due:
        case Within(from_=None):
            hint = msg("Add from: with an event, an engagement or a day")
            yield Remark(pointer, msg("Nothing says what this period is counted from"), hint)
        case EarliestOf(earliest_of=choices):
            for number, choice in enumerate(choices):
                yield from _without_origin(choice, pointer.to("earliest_of", number))
        case LatestOf(latest_of=choices):
            for number, choice in enumerate(choices):
                yield from _without_origin(choice, pointer.to("latest_of", number))
        case _:
            pass


def _nested(due: Due, pointer: Pointer) -> Iterator[Remark]:
    key = "earliest_of" if isinstance(due, EarliestOf) else "latest_of"
    choices = getattr(due, key, ())
    for number, choice in enumerate(choices):
        if recurs(choice):
            yield Remark(pointer.to(key, number), msg("A date that comes back cannot be one of several dates"))
        yield from _nested(choice, pointer.to(key, number))


def repeated_origins(subject: Subject) -> Iterator[Remark]:
    """A period counted from what happens several times: from which of them, nothing says."""
    events = {event.id for event in subject.convention.events if event.repeats}
    engagements = {engagement.id: engagement for engagement, _ in subject.engagements()}
    for name, due, pointer in subject.dues():
        owner = engagements.get(name)
        for target, place in references(due, pointer):
            own = owner and owner.kind is Kind.ON_REQUEST and target == owner.trigger
            several = target in engagements and engagements[target].kind in {Kind.RECURRING, Kind.ON_REQUEST}
            if (target in events and not own) or several:
                message = msg("“{id}” can happen several times: no single day to count from", id=target)
                hint = msg("Make it kind: on-request with trigger: {id}", id=target)
                yield Remark(place, message, hint if target in events else None)


def unextendable(subject: Subject) -> Iterator[Remark]:
    """An avenant that lengthens what is no period."""
    dues: dict[str, Due | None] = {TERM: None, **{engagement.id: None for engagement, _ in subject.engagements()}}
    dues.update((name, due) for name, due, pointer in subject.dues() if pointer.loc[-1] == "due")
    for number, fact in enumerate(subject.facts):
        if fact.kind == "amended":
            for place, change in enumerate(fact.changes):
                if change.change == "extend" and change.target in dues and not extendable(dues[change.target]):
                    pointer = Pointer(JOURNAL, ("facts", number, "changes", place))
                    message = msg("“{id}” is no period in months or days: it cannot be lengthened", id=change.target)
                    yield Remark(pointer, message, msg("Write change: due, with the new date"))
