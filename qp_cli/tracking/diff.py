"""What differs between two situations, and why: facts, avenants, edits, or time alone. Pure."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.facts import Amended
from qp_cli.model.kinds import ALL, TERM, Kind
from qp_cli.tracking.counterfactuals import EDIT, MOVING, Counterfactuals, Shelf
from qp_cli.tracking.dependencies import Dependencies, edited
from qp_cli.tracking.journal import order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from qp_cli.model.facts import Fact
    from qp_cli.tracking.counterfactuals import Counterfactual
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import State

    Aspect = Callable[[Counterfactual], object]


class ObligationChange(NamedTuple):
    """One obligation before and after; None where it does not exist yet, or no longer."""

    id: str
    before: Obligation | None
    after: Obligation | None

    @property
    def states(self) -> tuple[State | None, State | None]:
        """The state before and after."""
        return self.before.state if self.before else None, self.after.state if self.after else None

    @property
    def dues(self) -> tuple[date | None, date | None]:
        """The due date before and after."""
        return self.before.due if self.before else None, self.after.due if self.after else None

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that concern it after and did not before, by id; then those that no longer do."""
        old = dict.fromkeys(self.before.facts if self.before else ())
        new = dict.fromkeys(self.after.facts if self.after else ())
        return (*(name for name in new if name not in old), *(name for name in old if name not in new))

    @property
    def moved(self) -> bool:
        """Whether its state or its due date differs, rather than its days late or its evidence."""
        return self.states[0] is not self.states[1] or self.dues[0] != self.dues[1]


def changes(before: Situation, after: Situation) -> list[ObligationChange]:
    """Each obligation whose state, due date or facts differ, as the later one orders them, the gone last."""
    old = {one.id: one for one in before.obligations}
    new = {one.id: one for one in after.obligations}
    pairs = [
        ObligationChange(name, old.get(name), new.get(name))
        for name in (*new, *(name for name in old if name not in new))
    ]
    return [pair for pair in pairs if pair.moved or pair.facts]


__all__ = ["Cause", "CauseKind", "Difference", "Explained", "explain"]


class CauseKind(StrEnum):
    """What can move a state or a deadline."""

    FACT = "fact"
    AMENDMENT = "amendment"
    EDIT = "edit"
    TIME = "time"


class Cause(NamedTuple):
    """One thing that moved a state or a deadline.

    Attributes:
        kind: what it is; an edit of a fact's entry is an edit.
        fact: the fact, an avenant among them.
        gone: whether that fact counts before and not after.
        names: what was edited in the convention.
    """

    kind: CauseKind
    fact: Fact | None = None
    gone: bool = False
    names: tuple[str, ...] = ()


class Explained(NamedTuple):
    """A change of an obligation, and its causes."""

    change: ObligationChange
    causes: tuple[Cause, ...]

    @property
    def cures(self) -> tuple[date | None, date | None]:
        """The end of the cure period that a formal notice opened, before and after."""
        return _cure(self.change.before), _cure(self.change.after)


class Difference(NamedTuple):
    """All that differs between two sides.

    Attributes:
        before: the situation compared from.
        after: the situation compared to.
        explained: each obligation whose state or date changed, with the causes.
        term: the causes of the term's own change; none when its date is the same.
        facts: the facts that count on one side only, or otherwise, each as the cause it could be.
    """

    before: Situation
    after: Situation
    explained: tuple[Explained, ...]
    term: tuple[Cause, ...]
    facts: tuple[Cause, ...]

    @property
    def terms(self) -> tuple[date | None, date | None]:
        """The term's date before and after."""
        return _term(self.before), _term(self.after)

    @property
    def silent(self) -> tuple[Cause, ...]:
        """The facts among these that changed no state and no date."""
        told = [cause for one in self.explained for cause in one.causes]
        named = {cause.fact.id for cause in (*told, *self.term) if cause.fact}
        return tuple(cause for cause in self.facts if cause.fact and cause.fact.id not in named)


def explain(before: Ledger, after: Ledger) -> Difference:
    """What differs, and why.

    What time alone explains is put down to time. Otherwise a thing is a cause when the outcome would differ without
    it, all else as after; where several things would each have sufficed, all of them are. From a later day back to
    an earlier one the causes are the same, undone.
    """
    inquiry = _Inquiry(before, after)
    explained = tuple(
        Explained(change, inquiry.causes(change))
        for change in changes(before.situation, after.situation)
        if change.moved or _cure(change.before) != _cure(change.after)
    )
    facts = tuple(inquiry.as_causes(inquiry.worlds.facts, TERM))
    return Difference(before.situation, after.situation, explained, inquiry.term_causes(), facts)


class _Inquiry:
    """Two sides, the earlier day first whichever way they are compared, and the worlds in between."""

    def __init__(self, before: Ledger, after: Ledger) -> None:
        self.backwards = after.situation.as_of < before.situation.as_of
        self.earlier, self.later = (after, before) if self.backwards else (before, after)
        self.worlds = Counterfactuals(self.earlier, self.later)
        self._parts: dict[frozenset[str], Counterfactuals] = {}
        conventions = (self.earlier.signed, self.later.signed)
        self.dependencies = Dependencies(conventions, (*self.earlier.facts, *self.later.facts))
        self._shelves = [Shelf(side, self.dependencies) for side in (self.earlier, self.later)]

    def causes(self, change: ObligationChange) -> tuple[Cause, ...]:
        """What moved one obligation: the causes of its state, of its date and of its cure period together."""
        start, end = (change.after, change.before) if self.backwards else (change.before, change.after)
        one = start or end
        name = one.engagement.id if one else TERM
        found: list[str | None] = []
        for look in (_state, _due, _cure):
            if look(start) != look(end):
                found += self._blamed(name, look(end), _seen(change.id, look), one)
        return tuple(self.as_causes(found, name))

    def _blamed(self, name: str, outcome: object, look: Aspect, one: Obligation | None = None) -> list[str | None]:
        """What an outcome is due to: time alone, where the whole tells so, else what bears on the engagement."""
        frozen = self.worlds.frozen
        if frozen.is_known and look(frozen) == outcome:
            return [None]
        return _blamed(self._worlds_on(name), outcome, look, one)

    def term_causes(self) -> tuple[Cause, ...]:
        """What moved the term; nothing when its date is the same."""
        start, end = _term(self.earlier.situation), _term(self.later.situation)
        if start == end:
            return ()
        return tuple(self.as_causes(self._blamed(TERM, end, lambda world: world.term), TERM))

    def as_causes(self, names: Iterable[str | None], engagement: str) -> Iterable[Cause]:
        """Each once: the facts as they took effect, then an edit of the convention, then time, which is None."""
        asked = list(names)
        facts = [self._fact(name) for name in dict.fromkeys(asked) if name]
        yield from sorted(facts, key=lambda cause: order(cause.fact) if cause.fact else ())
        if EDIT in asked:
            bearing = self.dependencies.on(engagement)
            old, new = self.earlier.signed, self.later.signed
            yield Cause(CauseKind.EDIT, names=edited(old, new, bearing))
        if None in asked:
            yield Cause(CauseKind.TIME)

    def _fact(self, name: str) -> Cause:
        old, new = self.worlds.old.get(name), self.worlds.new.get(name)
        fact = new or old
        gone = new is None
        if fact and old and new:
            return Cause(CauseKind.EDIT, old if self.backwards else new)
        kind = CauseKind.AMENDMENT if fact and isinstance(fact, Amended) else CauseKind.FACT
        return Cause(kind, fact, gone is not self.backwards)

    def _worlds_on(self, engagement: str) -> Counterfactuals:
        """The worlds of what bears on an engagement, and of nothing else: a small part of a long journal."""
        bearing = self._bearing(engagement) | {ALL}
        if bearing not in self._parts:
            is_counted_from = not bearing.isdisjoint(self.dependencies.referring_to(engagement))
            earlier, later = (shelf.part(bearing) for shelf in self._shelves)
            self._parts[bearing] = Counterfactuals(earlier, later, "" if is_counted_from else engagement)
        return self._parts[bearing]

    def _bearing(self, engagement: str) -> frozenset[str]:
        """What can bear on an engagement: of what it is counted from, what is behind that too, but where that is plain.

        The day on which what is owed once was performed does not depend on its date, while nothing moves it.
        """
        if self._are_still:
            near = self.dependencies.next_to((engagement,), self._once)
            if all(name in self._once or name not in self._kinds for name in near - {engagement}):
                return near
        return self.dependencies.on(engagement)

    @cached_property
    def _are_still(self) -> bool:
        """Whether nothing in either side can move a date, or hand over what is owed."""
        sides = (self.earlier, self.later)
        renewed = any(side.signed.term and side.signed.term.renewal for side in sides)
        return not renewed and not any(isinstance(fact, MOVING) for side in sides for fact in side.facts)

    @cached_property
    def _kinds(self) -> dict[str, set[Kind]]:
        found: dict[str, set[Kind]] = {}
        for side in (self.earlier, self.later):
            for one in side.signed.engagements:
                found.setdefault(one.id, set()).add(one.kind)
        return found

    @cached_property
    def _once(self) -> frozenset[str]:
        """The engagements that are owed once, on both sides."""
        return frozenset(name for name, kinds in self._kinds.items() if kinds == {Kind.ONE_OFF})


def _blamed(worlds: Counterfactuals, outcome: object, look: Aspect, one: Obligation | None = None) -> list[str | None]:
    """What differs and without which the outcome would, that of an obligation or of the term; None for time."""
    suspects = worlds.suspects
    frozen = look(worlds.frozen)
    if frozen == outcome or not suspects:
        return [None]
    if len(suspects) == 1:
        return [*suspects]
    is_later = look(worlds.later) == outcome
    near = worlds.near(one) if is_later and one else suspects
    if len(near) == 1:
        return [*near]
    beside = worlds.beside if is_later else frozenset()
    necessary = [name for name in near if name not in beside and look(worlds.without(name)) != outcome]
    if necessary:
        return [*necessary]
    return [name for name in near if look(worlds.only(name)) != frozen] or [*suspects]


def _seen(name: str, look: Callable[[Obligation | None], object]) -> Aspect:
    """The look at one obligation, in any world."""
    return lambda world: look(world.obligations.get(name))


def _state(one: Obligation | None) -> object:
    return one.state if one else None


def _due(one: Obligation | None) -> object:
    return one.due if one else None


def _cure(one: Obligation | None) -> date | None:
    notice = one.standing.notice if one else None
    return notice.cure.due if notice and notice.cure else None


def _term(situation: Situation) -> date | None:
    return situation.term.due if situation.term else None
