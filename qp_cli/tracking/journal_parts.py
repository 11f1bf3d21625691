"""The parts of a journal that are read again: up to what can take a date away, with what that bears on. Pure."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.base import replaced
from qp_cli.model.facts import (
    Add,
    Amended,
    Denounced,
    Extend,
    Fulfilled,
    Notified,
    Occurred,
    Terminated,
    Triggered,
    Voided,
)
from qp_cli.model.kinds import ALL, TERM
from qp_cli.tracking.dependencies import Dependencies
from qp_cli.tracking.effective_facts import EffectiveFacts
from qp_cli.tracking.journal import effective_on, narrowed
from qp_cli.tracking.versions import reached_by_each

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from qp_cli.model.convention import Convention, Engagement
    from qp_cli.model.facts import Fact
    from qp_cli.tracking.ledger import Ledger

_DATING = (Occurred, Triggered, Amended, Denounced, Terminated, Voided)
"""The kinds of fact whose cancellation can take a date away, besides the performance that others count from."""
_EVERYWHERE = ""
"""What stands for what bears on every engagement: who is who, and how far series are shown."""


class JournalCut(NamedTuple):
    """A part of a journal.

    Attributes:
        ranks: the place of each fact in an order, by id.
        end: how many of the first facts it has.
        day: the day at which they are read.
        state: what stands for those of them that count.
        about: what the facts are about for which it is read.
    """

    ranks: Mapping[str, int]
    end: int
    day: date
    state: int
    about: frozenset[str]

    def joined(self, other: JournalCut) -> JournalCut:
        """The same, read for what another one is read for, too."""
        return self if other.about <= self.about else self._replace(about=self.about | other.about)


class JournalParts:
    """The facts that have taken effect by the day looked at, by what each bears on."""

    def __init__(self, ledger: Ledger) -> None:
        self.signed = ledger.signed
        self.facts: tuple[Fact, ...] = tuple(ledger.counting.values())
        self.by_id = {fact.id: fact for fact in self.facts}
        self.dependencies = Dependencies((ledger.signed,), self.facts)
        self.amended = [fact for fact in self.facts if isinstance(fact, Amended)]
        self._reached = reached_by_each(ledger.signed, self.amended)

    def about(self, fact: Fact) -> frozenset[str]:
        """What a fact is about, who owes it by an avenant among it; of a cancellation, what it cancels is."""
        target = self.dependencies.target(fact)
        return frozenset(self.dependencies.subjects(fact)) | self._reached.get(target, frozenset())

    @cached_property
    def engagements(self) -> dict[str, tuple[Engagement, ...]]:
        """The engagements that were ever declared, by id: as signed, and as avenants add them."""
        found: dict[str, tuple[Engagement, ...]] = {each.id: (each,) for each in self.signed.engagements}
        for change in (change for fact in self.amended for change in fact.changes if isinstance(change, Add)):
            if change.engagement:
                found[change.engagement.id] = (*found.get(change.engagement.id, ()), change.engagement)
        return found

    @cached_property
    def is_term_moved(self) -> bool:
        """Whether any fact but denunciations bears on the term, or on what it is counted from."""
        bearing = self.dependencies.behind(TERM) | {TERM}
        others = (fact for fact in self.facts if not isinstance(fact, Denounced))
        return any(not bearing.isdisjoint(self.about(fact)) for fact in others)

    @cached_property
    def noticed(self) -> dict[str, None]:
        """The engagements that a formal notice was given about which sets a cure period."""
        given = (fact for fact in self.facts if isinstance(fact, Notified) and fact.cure)
        return dict.fromkeys(fact.engagement for fact in given if fact.engagement in self.engagements)

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[int, Fact]]]:
        found: dict[str, list[tuple[int, Fact]]] = {}
        for place, fact in enumerate(self.facts):
            names = self.about(fact)
            if self._bears_everywhere(self.by_id.get(self.dependencies.target(fact), fact)):
                names |= {_EVERYWHERE}
            for name in names:
                found.setdefault(name, []).append((place, fact))
        return found

    def _bears_everywhere(self, fact: Fact) -> bool:
        """Whether a fact says who is who, or has every series shown as far as a day to come."""
        if isinstance(fact, Amended):
            return any(isinstance(each, Add) and (each.party or each.member or each.holder) for each in fact.changes)
        occurrence: date | None = getattr(fact, "occurrence", None)
        return occurrence is not None and occurrence > fact.on

    @cached_property
    def _begun(self) -> frozenset[str]:
        """What tells whether the convention has begun."""
        begun = filter(None, (self.signed.signature, self.signed.approval))
        return frozenset(name for each in begun for name in self.dependencies.behind(each))

    def part(self, names: Iterable[str], cut: JournalCut) -> tuple[Convention, tuple[()], tuple[Fact, ...]]:
        """The convention and the facts of a part of the journal, with what bears on some engagements alone."""
        bearing = self.dependencies.behind_all((*names, TERM)) | self._begun
        placed: dict[int, Fact] = {}
        through: dict[int, list[str]] = {}
        for name in (*sorted(bearing), ALL, _EVERYWHERE):
            for place, fact in self._by_name.get(name, ()):
                if cut.ranks[fact.id] < cut.end:
                    placed[place] = fact
                    through.setdefault(place, []).append(name)
        facts = tuple(narrowed(placed[place], through[place]) for place in sorted(placed))
        return self._declared_in(bearing), (), facts

    def _declared_in(self, bearing: Collection[str]) -> Convention:
        engagements, events = self._signed_by_name
        ranked = sorted(engagements[name] for name in bearing if name in engagements)
        kept = sorted(events[name] for name in bearing if name in events)
        return replaced(
            self.signed,
            engagements=tuple(self.signed.engagements[rank] for rank in ranked),
            events=tuple(self.signed.events[rank] for rank in kept),
        )

    @cached_property
    def _signed_by_name(self) -> tuple[dict[str, int], dict[str, int]]:
        """The places of what is declared."""
        engagements = {one.id: rank for rank, one in enumerate(self.signed.engagements)}
        return engagements, {one.id: rank for rank, one in enumerate(self.signed.events)}


def cuts_of(ledger: Ledger, journal: JournalParts) -> list[JournalCut]:
    """The parts of the journal to read, each with its day, the last known last; none is read twice."""
    as_of, facts = ledger.situation.as_of, journal.facts
    shown = {notice.fact for one in ledger.situation.obligations if (notice := one.standing.notice)}
    ended = {fact.id for fact in facts if isinstance(fact, Notified) and fact.cure and fact.id not in shown}
    undoing = _undoing(journal)

    def counted_on(fact: Fact) -> date:
        return min(effective_on(fact), as_of)  # a cancellation counts on every day, that of a later day too

    def known_on(fact: Fact) -> date:
        day = effective_on(fact)
        return min(max(fact.recorded or day, day), as_of)

    days = (counted_on, known_on)
    orders = [sorted(facts, key=day) for day in days]
    cuts = [[*_cuts_in(ordered, day, journal, undoing, ended)] for ordered, day in zip(orders, days, strict=True)]
    return _each_once(cuts if journal.noticed else map(_last_of_each, cuts), _same_beginnings(*orders))


def _each_once(cuts: Iterable[Sequence[JournalCut]], same: Collection[int]) -> list[JournalCut]:
    """The parts of a journal in its orders, each of the same facts at the same day once, for all that it is read for.

    `same` are the lengths at which a part has the same facts in each order.
    """
    found: dict[tuple[int, date, int], JournalCut] = {}
    for which, each in enumerate(cuts):
        for cut in each:
            name = cut.end, cut.day, 0 if cut.end in same else which
            found[name] = found[name].joined(cut) if name in found else cut
    return [*found.values()]


def _same_beginnings(one: Sequence[Fact], other: Sequence[Fact]) -> set[int]:
    """How many of the first facts of two orders are the same facts, in whatever order."""
    ranks = {fact.id: rank for rank, fact in enumerate(one)}
    last, found = -1, {0}
    for rank, fact in enumerate(other):
        last = max(last, ranks[fact.id])
        if last == rank:
            found.add(rank + 1)
    return found


def _ends(fact: Fact, place: int, undoing: set[str], ended: set[str]) -> Iterator[int]:
    """How far to read for one fact: up to it where it can undo; with it, where it is about a notice that ended."""
    if fact.id in undoing:
        yield place
    if fact.id in ended or (ended and isinstance(fact, Voided)):
        yield place + 1


def _cuts_in(
    ordered: Sequence[Fact], day: Callable[[Fact], date], journal: JournalParts, undoing: set[str], ended: set[str]
) -> Iterator[JournalCut]:
    """The parts of a journal in one order, each with its day and what stands for the facts that count in it."""
    effective = EffectiveFacts(ordered)
    ranks = {fact.id: rank for rank, fact in enumerate(ordered)}
    for place, fact in enumerate(ordered):
        before = effective.state
        effective.read(fact)
        for end in _ends(fact, place, undoing, ended):
            yield JournalCut(ranks, end, day(fact), effective.state if end > place else before, journal.about(fact))


def _last_of_each(cuts: Iterable[JournalCut]) -> list[JournalCut]:
    """Of the parts in which the same facts count, the last: what it dates, by whichever day, the others dated too.

    It is read for all that they would be. A formal notice that a day ends is another thing: where there is one, none
    is left out.
    """
    found: dict[int, JournalCut] = {}
    for cut in cuts:
        former = found.pop(cut.state, None)
        found[cut.state] = former.joined(cut)._replace(end=cut.end, day=cut.day) if former else cut
    return [*found.values()]


def _undoing(journal: JournalParts) -> set[str]:
    """The facts that can take a date away: every other one only adds or moves dates.

    A longer period moves; an event or a request that is cancelled, and performance that others count from, undate. A
    denunciation that was known on its day comes before the renewal that it stops: nobody had seen a date of that.
    """
    named = {one.id for one in journal.signed.engagements}
    named |= {name for fact in journal.facts for name in journal.dependencies.subjects(fact)}
    origins = journal.dependencies.origins(named)
    return {fact.id for fact in journal.facts if _undoes(fact, journal, origins)}


def _undoes(fact: Fact, journal: JournalParts, origins: Collection[str]) -> bool:
    if isinstance(fact, Denounced):
        return journal.is_term_moved or (fact.recorded or fact.on) > fact.on
    if isinstance(fact, Terminated):
        return True
    if isinstance(fact, Amended):
        return any(not isinstance(change, Extend) for change in fact.changes)
    target = journal.by_id.get(fact.fact) if isinstance(fact, Voided) else None
    return isinstance(target, _DATING) or (isinstance(target, Fulfilled) and target.engagement in origins)
