"""Worlds that never were: a convention's obligations with some facts and not with others. Pure."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import QpError
from qp_cli.model.base import replaced
from qp_cli.model.facts import About, Amended, Denounced, Fulfilled, Notified, Pausing, Terminated, Voided
from qp_cli.model.kinds import Kind
from qp_cli.tracking.assessment import Assessment
from qp_cli.tracking.journal import cancellations, narrowed
from qp_cli.tracking.ledger import Ledger
from qp_cli.tracking.situation import assess

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Fact, FactAbout
    from qp_cli.tracking.dependencies import Dependencies
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.situation import Obligation

EDIT = ""
"""What stands for an edit of the convention among the ids of facts."""


MOVING = (Amended, Pausing, Denounced, Terminated)
"""The kinds of fact that can bear on what several owe."""


class Counterfactual(NamedTuple):
    """A situation that never was, as far as it can be computed: the obligations by id, and the term."""

    obligations: Mapping[str, Obligation]
    term: date | None
    is_known: bool = True


class Counterfactuals:
    """The worlds at the later of two days, each computed once.

    `about` is the engagement that they are asked about, where nothing in them is counted from its performance.
    """

    def __init__(self, earlier: Ledger, later: Ledger, about: str = "") -> None:
        self._about = about
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
        """The facts of the later side alone without which nothing would stand otherwise, or be dated otherwise.

        Performances that came once what they are about was discharged, and formal notices of which none stands: a
        later one does, or nothing is called for. They name no date that a series would be shown as far as.
        """
        if not self.later.is_known:
            return frozenset()
        facts = tuple(self.new.values())
        serving: set[str] = set()
        try:
            assessment = Assessment(self._conventions[1], facts, self._day)
            for engagement in assessment.convention.engagements:
                for one in assessment.obligations(engagement.id):
                    serving.update(_serving(one))
        except QpError:
            return frozenset()
        standing = (one.standing.notice for one in self.later.obligations.values())
        serving.update(notice.fact for notice in standing if notice)
        cancelled = cancellations(facts)
        return frozenset(
            fact.id
            for fact in facts
            if isinstance(fact, Fulfilled | Notified)
            and not (fact.is_of_one or fact.id in serving or fact.id in cancelled or fact.id in self.old)
        )

    @cached_property
    def suspects(self) -> tuple[str, ...]:
        """What differs: the facts, and an edit of the convention."""
        return (*self.facts, EDIT) if self.is_edited else self.facts

    def near(self, one: Obligation) -> Sequence[str]:
        """The suspects that can bear on an obligation: none that concern only what others owe, or elsewhere."""
        if not self._of_one_lane:
            return self.suspects
        own: set[str] = self._by_lane.get((one.debtor.key, one.sites), set())
        return sorted({*self._common, *(own & self._ranks.keys())}, key=self._ranks.__getitem__)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {name: rank for rank, name in enumerate(self.suspects)}

    @cached_property
    def _common(self) -> tuple[str, ...]:
        return tuple(name for name in self.suspects if name not in self._of_one_lane)

    @cached_property
    def _by_lane(self) -> Mapping[tuple[str, tuple[str, ...]], set[str]]:
        """The facts that concern what each debtor owes at each site, on the later side."""
        found: dict[tuple[str, tuple[str, ...]], set[str]] = {}
        for one in self.later.obligations.values():
            if one.engagement.id == self._about:
                found.setdefault((one.debtor.key, one.sites), set()).update(one.facts)
        return found

    @cached_property
    def _of_one_lane(self) -> frozenset[str]:
        """The facts of the later side alone that bear on what they concern, and on nothing else.

        None where something is counted from the engagement, nor where an avenant or the end of the convention may have
        one debtor take the place of another. A fact that names an occurrence has a series shown as far as that.
        """
        facts = [fact for side in (self.old, self.new) for fact in side.values()]
        term = self._conventions[1].term
        if not self._about or (term and term.renewal) or any(isinstance(fact, MOVING) for fact in facts):
            return frozenset()
        return frozenset(
            name
            for name, fact in self.new.items()
            if name not in self.old
            and isinstance(fact, About)
            and fact.engagement == self._about
            and not fact.is_of_one
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
            return Counterfactual({}, None, is_known=False)
        term = situation.term.due if situation.term else None
        return Counterfactual({one.id: one for one in situation.obligations}, term)


def _serving(one: PendingObligation) -> Iterator[str]:
    """The ids of the facts put into an obligation without which it may stand otherwise, its formal notices apart."""
    return (fact.id for fact in one.facts if not (isinstance(fact, Notified) or _is_beside(fact, one)))


def _is_beside(fact: FactAbout, one: PendingObligation) -> bool:
    """Whether a fact put into an obligation is a performance that came once that was discharged."""
    first = one.discharged_by
    is_whole = isinstance(fact, Fulfilled) and not fact.is_partial and one.engagement.kind is not Kind.OPTION
    return is_whole and first is not None and first is not fact and one.account.is_before(first, fact)


def _with(facts: Mapping[str, Fact], name: str, fact: Fact | None) -> dict[str, Fact]:
    """The facts with the one of that id replaced, added or, for None, left out."""
    return {each: one for each, one in facts.items() if each != name} if fact is None else {**facts, name: fact}


class Shelf:
    """One side, its engagements and facts by what they are about."""

    def __init__(self, side: Ledger, dependencies: Dependencies) -> None:
        self._side = side
        self._engagements = {one.id: one for one in side.signed.engagements}
        self._events = {one.id: one for one in side.signed.events}
        begun = filter(None, (side.signed.signature, side.signed.approval))
        self._begun = frozenset(name for each in begun for name in dependencies.behind(each))
        """What tells whether the convention has begun."""
        self._facts: dict[str, list[tuple[int, Fact]]] = {}
        for place, fact in enumerate(side.facts):
            for name in dependencies.subjects(fact):
                self._facts.setdefault(name, []).append((place, fact))

    def part(self, bearing: frozenset[str]) -> Ledger:
        """The side with what bears on some names alone."""
        names = sorted(bearing)
        engagements = tuple(self._engagements[name] for name in names if name in self._engagements)
        placed: dict[int, Fact] = {}
        through: dict[int, list[str]] = {}
        for name in names:
            for place, fact in self._facts.get(name, ()):
                placed[place] = fact
                through.setdefault(place, []).append(name)
        events = tuple(self._events[name] for name in sorted(bearing | self._begun) if name in self._events)
        convention = replaced(self._side.signed, engagements=engagements, events=events)
        facts = tuple(narrowed(placed[place], through[place]) for place in sorted(placed))
        return Ledger(self._side.situation, convention, facts)
