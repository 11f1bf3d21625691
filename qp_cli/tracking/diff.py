"""What differs between two situations, and why: facts, avenants, edits, or time alone. Pure."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import QpError
from qp_cli.model.base import replaced
from qp_cli.model.facts import Amended, Fulfilled, Voided
from qp_cli.model.kinds import ALL, TERM, Kind
from qp_cli.tracking.assessment import Assessment
from qp_cli.tracking.journal import cancellations, order
from qp_cli.tracking.ledger import Ledger
from qp_cli.tracking.references import Dependencies, edited
from qp_cli.tracking.situation import assess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Fact, FactAbout
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import State

    Aspect = Callable[["Counterfactual"], object]


EDIT = ""
"""What stands for an edit of the convention among the ids of facts."""


class Counterfactual(NamedTuple):
    """A situation that never was, as far as it can be computed: the obligations by id, and the term."""

    obligations: Mapping[str, Obligation]
    term: date | None


class Counterfactuals:
    """The worlds at the later of two days, each computed once."""

    def __init__(self, earlier: Ledger, later: Ledger) -> None:
        self.old, self.new = earlier.counting, later.counting
        names = dict.fromkeys((*self.old, *self.new))
        cancelled = [cancellations(side.facts) for side in (earlier, later)]
        self.facts = tuple(
            name
            for name in names
            if self.old.get(name) != self.new.get(name) and not all(name in gone for gone in cancelled)
        )
        """The ids of the facts that count on one side only, or otherwise."""
        self.is_edited = earlier.signed != later.signed
        self._conventions = (earlier.signed, later.signed)
        self._day = later.situation.as_of
        self._known: dict[tuple[int, frozenset[int]], Counterfactual] = {}
        self._without: dict[str, Counterfactual] = {}
        self._only: dict[str, Counterfactual] = {}

    @cached_property
    def frozen(self) -> Counterfactual:
        """Only time has passed."""
        return self._assess(self._conventions[0], self.old)

    def without(self, name: str) -> Counterfactual:
        """As the later side, but for one thing, which is as on the earlier side."""
        if name not in self._without:
            convention = self._conventions[0 if name == EDIT else 1]
            self._without[name] = self._assess(convention, _with(self.new, name, self.old.get(name)))
        return self._without[name]

    def only(self, name: str) -> Counterfactual:
        """As the earlier side with time passed, but for one thing, which is as on the later side."""
        if name not in self._only:
            convention = self._conventions[1 if name == EDIT else 0]
            self._only[name] = self._assess(convention, _with(self.old, name, self.new.get(name)))
        return self._only[name]

    @cached_property
    def later(self) -> Counterfactual:
        """As the later side."""
        return self._assess(self._conventions[1], self.new)

    @cached_property
    def beside(self) -> frozenset[str]:
        """The performances of the later side alone without which nothing would stand otherwise, or be dated otherwise.

        They came once what they are about was discharged, and name no date that a series would be shown as far as.
        """
        facts = tuple(self.new.values())
        serving: set[str] = set()
        try:
            assessment = Assessment(self._conventions[1], facts, self._day)
            for engagement in assessment.convention.engagements:
                for one in assessment.obligations(engagement.id):
                    serving.update(fact.id for fact in one.facts if not _is_beside(fact, one))
        except QpError:
            return frozenset()
        cancelled = cancellations(facts)
        return frozenset(
            fact.id
            for fact in facts
            if isinstance(fact, Fulfilled)
            and not (fact.occurrence or fact.id in serving or fact.id in cancelled or fact.id in self.old)
        )

    def _assess(self, convention: Convention, facts: Mapping[str, Fact]) -> Counterfactual:
        """A situation, worked out once for the same facts that count: cancellations, and what they cancel, do not."""
        cancelled = cancellations(facts.values())
        counting = (fact for fact in facts.values() if not (isinstance(fact, Voided) or fact.id in cancelled))
        key = id(convention), frozenset(map(id, counting))
        if key not in self._known:
            self._known[key] = self._worked_out(convention, facts)
        return self._known[key]

    def _worked_out(self, convention: Convention, facts: Mapping[str, Fact]) -> Counterfactual:
        try:
            situation = assess(convention, (), tuple(facts.values()), self._day)
        except QpError:  # the parts of two sides need not go together
            return Counterfactual({}, None)
        term = situation.term.due if situation.term else None
        return Counterfactual({one.id: one for one in situation.obligations}, term)


def _is_beside(fact: FactAbout, one: PendingObligation) -> bool:
    """Whether a fact put into an obligation is a performance that came once that was discharged."""
    first = one.discharged_by
    is_whole = isinstance(fact, Fulfilled) and not fact.is_partial and one.engagement.kind is not Kind.OPTION
    return is_whole and first is not None and first is not fact and one.account.is_before(first, fact)


def _with(facts: Mapping[str, Fact], name: str, fact: Fact | None) -> dict[str, Fact]:
    """The facts with the one of that id replaced, added or, for None, left out."""
    changed = {each: one for each, one in facts.items() if each != name}
    return changed if fact is None else {**changed, name: fact}


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
        old = self.before.facts if self.before else ()
        new = self.after.facts if self.after else ()
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
        self._shelves = [_Shelf(side, self.dependencies) for side in (self.earlier, self.later)]

    def causes(self, change: ObligationChange) -> tuple[Cause, ...]:
        """What moved one obligation: the causes of its state, of its date and of its cure period together."""
        start, end = (change.after, change.before) if self.backwards else (change.before, change.after)
        one = start or end
        name = one.engagement.id if one else TERM
        worlds = self._worlds_on(name)
        found: list[str | None] = []
        for look in (_state, _due, _cure):
            if look(start) != look(end):
                found += _blamed(worlds, look(end), _seen(change.id, look))
        return tuple(self.as_causes(found, name))

    def term_causes(self) -> tuple[Cause, ...]:
        """What moved the term; nothing when its date is the same."""
        start, end = _term(self.earlier.situation), _term(self.later.situation)
        if start == end:
            return ()
        return tuple(self.as_causes(_blamed(self._worlds_on(TERM), end, lambda world: world.term), TERM))

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
        bearing = self.dependencies.on(engagement) | {ALL}
        if bearing not in self._parts:
            self._parts[bearing] = Counterfactuals(*(shelf.part(bearing) for shelf in self._shelves))
        return self._parts[bearing]


class _Shelf:
    """One side, its engagements and facts by what they are about."""

    def __init__(self, side: Ledger, dependencies: Dependencies) -> None:
        self._side = side
        self._engagements = {one.id: one for one in side.signed.engagements}
        self._facts: dict[str, list[Fact]] = {}
        for fact in side.facts:
            for name in dependencies.subjects(fact):
                self._facts.setdefault(name, []).append(fact)

    def part(self, bearing: frozenset[str]) -> Ledger:
        """The side with what bears on some names alone."""
        names = sorted(bearing)
        engagements = tuple(self._engagements[name] for name in names if name in self._engagements)
        facts = {fact.id: fact for name in names for fact in self._facts.get(name, ())}
        convention = replaced(self._side.signed, engagements=engagements)
        return Ledger(self._side.situation, convention, tuple(facts.values()))


def _blamed(worlds: Counterfactuals, outcome: object, look: Aspect) -> list[str | None]:
    """What differs and without which the outcome would; None for time."""
    suspects = [*worlds.facts, EDIT] if worlds.is_edited else [*worlds.facts]
    frozen = look(worlds.frozen)
    if frozen == outcome or not suspects:
        return [None]
    if len(suspects) == 1:
        return [*suspects]
    beside = worlds.beside if look(worlds.later) == outcome else frozenset()
    necessary = [name for name in suspects if name not in beside and look(worlds.without(name)) != outcome]
    if necessary:
        return [*necessary]
    return [name for name in suspects if look(worlds.only(name)) != frozen] or [*suspects]


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
