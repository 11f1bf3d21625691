"""The lanes of a chronology: the obligations of an engagement that share their dates, with their marks. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.words import Kind
from qp_cli.tracking.journal import effective_on, suspensions
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from qp_cli.model.convention import Engagement, Event
    from qp_cli.model.journal import Fact
    from qp_cli.tracking.people import Debtor
    from qp_cli.tracking.situation import Obligation, Situation


class Sort(StrEnum):
    """What a mark is: a date of an obligation or of the convention, or a fact of the journal by its kind."""

    DUE = "due"
    PREVIOUS_DUE = "previous_due"
    CURE_DUE = "cure_due"
    TERM = "term"
    PREVIOUS_TERM = "previous_term"
    EVENT = "event"
    FULFILLED = "fulfilled"
    TRIGGERED = "triggered"
    OCCURRED = "occurred"
    AMENDED = "amended"
    WAIVED = "waived"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    NOTIFIED = "notified"
    BREACHED = "breached"


class Mark(NamedTuple):
    """A day on the axis: a date of these obligations, or what happened to them.

    Attributes:
        obligations: those it is about; empty for a mark of the convention.
        fact: the fact it stands for, where it stands for one.
        event: the event that the convention itself dates, for a mark of that sort.
    """

    day: date
    sort: Sort
    obligations: tuple[Obligation, ...] = ()
    fact: Fact | None = None
    event: Event | None = None

    @property
    def state(self) -> State | None:
        """The state of the obligation whose deadline it is; None for every other sort."""
        return self.obligations[0].state if self.sort is Sort.DUE else None

    @property
    def apart(self) -> bool:
        """Whether it is a deadline that passed, but by a date derived from the term, which is counted apart."""
        return self.state is State.OVERDUE and all(one.derived for one in self.obligations)

    @property
    def number(self) -> int:
        """One: those that are alike on a day are counted where several conventions are on one axis."""
        return 1


class Span(StrEnum):
    """What a stretch of days is."""

    PERIOD = "period"
    IN_EFFECT = "in_effect"
    SUSPENDED = "suspended"
    TERM = "term"


class Stretch(NamedTuple):
    """Days in a row, both ends included; without an `end` it goes on at the day looked at."""

    span: Span
    start: date
    end: date | None


class Lane(NamedTuple):
    """One line of a chronology.

    Attributes:
        id: the engagement's, or, where it has several lanes, that of the first debtor and site of this one.
        debtors: who owes what is on it, each for itself.
        sites: where; empty when no site is named.
        alone: whether it is the only lane of its engagement.
        undated: its obligations without a deadline.
    """

    id: str
    engagement: Engagement
    debtors: tuple[Debtor, ...]
    sites: tuple[str, ...]
    obligations: tuple[Obligation, ...]
    marks: tuple[Mark, ...]
    stretches: tuple[Stretch, ...]
    alone: bool

    @property
    def undated(self) -> tuple[Obligation, ...]:
        """Its obligations without a deadline."""
        return tuple(one for one in self.obligations if one.due is None)

    @property
    def is_drawn(self) -> bool:
        """Whether anything of it has a place on the axis."""
        return bool(self.marks or self.stretches)

    @property
    def first_due(self) -> date | None:
        """Its first deadline."""
        return min((one.due for one in self.obligations if one.due), default=None)


def lanes(situation: Situation, obligations: Iterable[Obligation], facts: Mapping[str, Fact]) -> list[Lane]:
    """One lane per engagement; one for each group of its debtors and sites where dates, states or facts differ.

    By first deadline, then by id; those without a deadline last.
    """
    found = [
        _lane(situation, group, facts, alone=len(groups) == 1)
        for groups in _groups(obligations).values()
        for group in groups
    ]
    return sorted(found, key=lambda lane: (lane.first_due is None, lane.first_due or situation.as_of, lane.id))


def _groups(obligations: Iterable[Obligation]) -> dict[str, list[list[list[Obligation]]]]:
    """By engagement, the series of each debtor at each site, those that tell the same story together."""
    series: dict[str, dict[tuple[str, tuple[str, ...]], list[Obligation]]] = {}
    for one in obligations:
        series.setdefault(one.engagement.id, {}).setdefault((one.debtor.key, one.sites), []).append(one)
    groups: dict[str, list[list[list[Obligation]]]] = {}
    for engagement, each in series.items():
        if len(each) == 1:
            groups[engagement] = [list(each.values())]
            continue
        alike: dict[object, list[list[Obligation]]] = {}
        for owed in each.values():
            alike.setdefault(tuple(map(_story, owed)), []).append(owed)
        groups[engagement] = list(alike.values())
    return groups


def _story(one: Obligation) -> tuple[object, ...]:
    """All that a lane says of an obligation, but whose and where it is."""
    deadline, notice = one.deadline, one.standing.notice
    return (
        *(deadline.due, deadline.basis, deadline.waiting_for, deadline.origin, deadline.occurrence),
        *(
            one.state,
            one.standing.days_late,
            one.standing.fulfilled_on,
            notice.cure.due if notice and notice.cure else None,
        ),
        *(one.facts, one.previous_due, one.moved_by, one.replaced_by),
    )


def _lane(
    situation: Situation, group: Sequence[Sequence[Obligation]], facts: Mapping[str, Fact], *, alone: bool
) -> Lane:
    first = group[0][0]
    same = list(zip(*group, strict=True))
    obligations = tuple(one for alike in same for one in alike)
    place = "/".join((first.engagement.id, first.debtor.key, *first.sites))
    return Lane(
        first.engagement.id if alone else place,
        first.engagement,
        tuple({one.debtor.key: one.debtor for one in obligations}.values()),
        tuple(dict.fromkeys(site for one in obligations for site in one.sites)),
        obligations,
        tuple(sorted(_marks(same, facts), key=lambda mark: (mark.day, mark.sort))),
        tuple(_stretches(situation, [alike[0] for alike in same], facts)),
        alone,
    )


def _marks(same: Iterable[tuple[Obligation, ...]], facts: Mapping[str, Fact]) -> Iterator[Mark]:
    """A mark for each date of the obligations, and one for each fact about them, avenants apart."""
    told: dict[str, list[Obligation]] = {}
    for alike in same:
        one = alike[0]
        if one.due:
            yield Mark(one.due, Sort.DUE, alike)
        if one.previous_due:
            yield Mark(one.previous_due, Sort.PREVIOUS_DUE, alike)
        notice = one.standing.notice
        if notice and notice.cure and notice.cure.due:
            yield Mark(notice.cure.due, Sort.CURE_DUE, alike, facts.get(notice.fact))
        for name in one.facts:
            told.setdefault(name, []).extend(alike)
    for name, about in told.items():
        fact = facts[name]
        if fact.kind != "amended":
            yield Mark(effective_on(fact), Sort(fact.kind), tuple(about), fact)


def _stretches(situation: Situation, obligations: Iterable[Obligation], facts: Mapping[str, Fact]) -> list[Stretch]:
    """What runs, once each, then its suspensions; the occurrences counted from one origin make one period."""
    periods: dict[tuple[Span, date], date | None] = {}
    pauses: dict[tuple[date, date | None], Stretch] = {}
    for one in obligations:
        running = _running(situation, one, facts)
        if running:
            place = running.span, running.start
            known = periods.get(place, running.end)
            periods[place] = max(known, running.end) if known and running.end else None
        for pause in suspensions(each for each in deciding(one, facts) if each.kind in {"suspended", "resumed"}):
            pauses[pause.first, pause.resumed] = Stretch(Span.SUSPENDED, pause.first, pause.resumed)
    return [*(Stretch(span, start, end) for (span, start), end in periods.items()), *pauses.values()]


def deciding(one: Obligation, facts: Mapping[str, Fact]) -> list[Fact]:
    """The facts that bear on the whole of an obligation, in order; one about some sites only is evidence, no more."""
    return [facts[name] for name in one.facts if one.sites or not getattr(facts[name], "sites", ())]


def _running(situation: Situation, one: Obligation, facts: Mapping[str, Fact]) -> Stretch | None:
    """From its origin to its deadline, or, for a continuing one, all the days it is in effect."""
    origin, due = one.deadline.origin, one.due
    forwards = origin if origin and (due is None or origin <= due) else None
    if one.engagement.kind is not Kind.CONTINUING:
        end = due or one.standing.fulfilled_on or _closed(situation, one, facts)
        return _stretch(Span.PERIOD, forwards, end)
    if due is None and one.deadline.waiting_for:
        return None
    ends = [day for day in (due, _closed(situation, one, facts)) if day]
    return _stretch(Span.IN_EFFECT, forwards or situation.start.day, min(ends, default=None))


def _stretch(span: Span, start: date | None, end: date | None) -> Stretch | None:
    if start is None or (end is not None and end < start):
        return None
    return Stretch(span, start, end)


def _closed(situation: Situation, one: Obligation, facts: Mapping[str, Fact]) -> date | None:
    """The day a fact put an end to an obligation: a waiver, a recorded breach, or an avenant that ended it."""
    days = [effective_on(fact) for fact in deciding(one, facts) if fact.kind in {"waived", "breached"}]
    ended = situation.ended_by.get(one.engagement.id)
    days += [effective_on(facts[name]) for name in (*((ended,) if ended else ()), *one.replaced_by) if name in facts]
    return min(days, default=None)
