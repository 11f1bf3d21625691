"""A convention on a time axis: what was due, what happened, where it stands at a day. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.facts import Amended, Breached, Occurred, Resumed, Suspended, Waived
from qp_cli.model.kinds import Kind
from qp_cli.tracking.journal import cancellations, effective_on, suspensions
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qp_cli.model.convention import Engagement, Event
    from qp_cli.model.facts import Fact
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.people import Debtor
    from qp_cli.tracking.situation import Obligation, Situation


class MarkKind(StrEnum):
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
    DENOUNCED = "denounced"
    TERMINATED = "terminated"


class Mark(NamedTuple):
    """A day on the axis: a date of these obligations, or what happened to them; or as many as are alike that day.

    Attributes:
        obligations: those it is about; empty for a mark of the convention, and for one of several conventions.
        fact: the fact it stands for, where it stands for one.
        event: the event that the convention itself dates, for a mark of that kind.
        state: the state of the obligation whose deadline it is; None for every other kind.
        dated_by_term: whether it is a deadline that passed, but by a date derived from the term: it is counted apart.
        number: how many marks it stands for.
    """

    day: date
    kind: MarkKind
    obligations: tuple[Obligation, ...] = ()
    fact: Fact | None = None
    event: Event | None = None
    state: State | None = None
    dated_by_term: bool = False
    number: int = 1


class BarKind(StrEnum):
    """What a bar of days is."""

    PERIOD = "period"
    IN_EFFECT = "in_effect"
    SUSPENDED = "suspended"
    TERM = "term"


class Bar(NamedTuple):
    """Days in a row, both ends included; without an `end` it goes on at the day looked at."""

    kind: BarKind
    start: date
    end: date | None


class Row(NamedTuple):
    """One line of a timeline.

    Attributes:
        id: the engagement's, or, where it has several rows, that of the first debtor and site of this one.
        debtors: who owes what is on it, each for itself.
        sites: where; empty when no site is named.
        alone: whether it is the only row of its engagement.
    """

    id: str
    engagement: Engagement
    debtors: tuple[Debtor, ...]
    sites: tuple[str, ...]
    obligations: tuple[Obligation, ...]
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    alone: bool

    @property
    def undated(self) -> tuple[Obligation, ...]:
        """Its obligations without a deadline."""
        return tuple(one for one in self.obligations if one.due is None)

    @property
    def is_drawn(self) -> bool:
        """Whether anything of it has a place on the axis."""
        return bool(self.marks or self.bars)

    @property
    def first_due(self) -> date | None:
        """Its first deadline."""
        return min((one.due for one in self.obligations if one.due), default=None)


class Axis(NamedTuple):
    """The days a timeline goes from and to, both included: whole quarters, or the year where nothing is dated."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it counts."""
        return (self.end - self.start).days + 1

    def holds(self, day: date) -> bool:
        """Whether a day is on it."""
        return self.start <= day <= self.end

    def until(self, bar: Bar, as_of: date) -> date:
        """The last day of a bar on it: without an end, the day looked at, or the last of all if in effect."""
        if bar.end:
            return bar.end
        return self.end if bar.kind is BarKind.IN_EFFECT else max(as_of, bar.start)


class Timeline(NamedTuple):
    """One convention on a time axis.

    Attributes:
        situation: the convention, its parties and its term, at the day looked at.
        rows: what is owed, soonest first; those where nothing is dated last.
        marks: what is about the whole convention: its events, its term, avenants, and facts about no obligation.
        outside: the other events that the convention dates, before or after the axis.
        cancelled: the facts left out because they were cancelled.
        later: the facts left out because they take effect after the day looked at.
    """

    situation: Situation
    axis: Axis
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    outside: tuple[Mark, ...]
    cancelled: int
    later: int

    @property
    def as_of(self) -> date:
        """The day looked at."""
        return self.situation.as_of

    @property
    def start(self) -> date | None:
        """The day the term is counted from."""
        return self.situation.start.day

    @property
    def term(self) -> date | None:
        """The last day of the convention."""
        return self.situation.term.due if self.situation.term else None

    @property
    def previous_term(self) -> date | None:
        """The term as signed, where an avenant moved it."""
        return self.situation.previous_term

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What is owed on all the rows, in their order."""
        return tuple(one for row in self.rows for one in row.obligations)

    @property
    def common(self) -> list[Mark]:
        """What is about the whole convention, on the axis or not, by day."""
        return sorted((*self.marks, *self.outside), key=_order)

    def until(self, bar: Bar) -> date:
        """The last day of a bar on the axis."""
        return self.axis.until(bar, self.as_of)


def timeline_of(ledger: Ledger, obligations: Sequence[Obligation]) -> Timeline:
    """The timeline of some obligations of a ledger, with what is about the whole of its convention.

    A cancelled fact has no mark, nor has its cancellation: they are counted.
    """
    situation = ledger.situation
    counting = ledger.counting
    gone = cancellations(ledger.facts).keys() & counting.keys()
    facts = {name: fact for name, fact in counting.items() if name not in gone and fact.kind not in {"voided", "proof"}}
    found = tuple(_rows(situation, obligations, facts))
    events = list(_events(situation))
    main = {situation.convention.approval, situation.convention.signature}
    common = [*_dates(situation), *_happenings(situation, facts.values())]
    axis = _axis(situation, found, [*common, *(mark for mark in events if mark.event and mark.event.id in main)])
    return Timeline(
        situation,
        axis,
        found,
        tuple(sorted((*common, *(one for one in events if axis.holds(one.day))), key=_order)),
        tuple(sorted((one for one in events if not axis.holds(one.day)), key=_order)),
        len(gone),
        len(ledger.facts) - len(counting),
    )


def _order(mark: Mark) -> tuple[date, str, str]:
    return mark.day, mark.kind, mark.event.id if mark.event else mark.fact.id if mark.fact else ""


def _dates(situation: Situation) -> Iterator[Mark]:
    if situation.term and situation.term.due:
        yield Mark(situation.term.due, MarkKind.TERM)
    if situation.previous_term:
        yield Mark(situation.previous_term, MarkKind.PREVIOUS_TERM)


def _events(situation: Situation) -> Iterator[Mark]:
    """The events that the convention itself dates, or that follow from others."""
    computed = {each.name: each.day for each in situation.computed_events}
    for event in situation.convention.events:
        if day := computed.get(event.id) or event.date_:
            yield Mark(day, MarkKind.EVENT, event=event)


def _happenings(situation: Situation, facts: Iterable[Fact]) -> Iterator[Mark]:
    """Avenants, events that occurred, and the facts that no obligation has."""
    owned = {name for one in situation.obligations for name in one.facts}
    for fact in facts:
        if isinstance(fact, Amended | Occurred) or fact.id not in owned:
            yield Mark(effective_on(fact), MarkKind(fact.kind), fact=fact)


def _axis(situation: Situation, found: Iterable[Row], common: Iterable[Mark]) -> Axis:
    """From the origin of the term, or what is earlier, to the last day that anything has."""
    days = [mark.day for mark in common]
    if situation.start.day:
        days.append(situation.start.day)
    for row in found:
        days += [mark.day for mark in row.marks]
        days += [day for bar in row.bars for day in (bar.start, bar.end) if day]
    if not days:
        return year_of(situation.as_of)
    first, last = min(*days, situation.as_of), max(*days, situation.as_of)
    return Axis(date(first.year, first.month - (first.month - 1) % 3, 1), _quarter_end(last))


def year_of(day: date) -> Axis:
    """The axis where nothing is dated: the year of the day looked at."""
    return Axis(date(day.year, 1, 1), date(day.year, 12, 31))


def _quarter_end(day: date) -> date:
    month = day.month + (-day.month) % 3
    return date(day.year, month, 30 if month in {6, 9} else 31)


def _rows(situation: Situation, obligations: Iterable[Obligation], facts: Mapping[str, Fact]) -> list[Row]:
    """One row per engagement; one for each group of its debtors and sites where dates, states or facts differ.

    By first deadline, then by id; those without a deadline last.
    """
    found = [
        _row(situation, group, facts, alone=len(groups) == 1)
        for groups in _groups(obligations).values()
        for group in groups
    ]
    return sorted(found, key=lambda row: (row.first_due is None, row.first_due or situation.as_of, row.id))


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
    """All that a row says of an obligation, but whose and where it is."""
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


def _row(situation: Situation, group: Sequence[Sequence[Obligation]], facts: Mapping[str, Fact], *, alone: bool) -> Row:
    first = group[0][0]
    same = list(zip(*group, strict=True))
    obligations = tuple(one for alike in same for one in alike)
    place = "/".join((first.engagement.id, first.debtor.key, *first.sites))
    return Row(
        first.engagement.id if alone else place,
        first.engagement,
        tuple({one.debtor.key: one.debtor for one in obligations}.values()),
        tuple(dict.fromkeys(site for one in obligations for site in one.sites)),
        obligations,
        tuple(sorted(_marks(same, facts), key=lambda mark: (mark.day, mark.kind))),
        tuple(_bars(situation, [alike[0] for alike in same], facts)),
        alone,
    )


def _marks(same: Iterable[tuple[Obligation, ...]], facts: Mapping[str, Fact]) -> Iterator[Mark]:
    """A mark for each date of the obligations, and one for each fact about them, avenants apart."""
    told: dict[str, list[Obligation]] = {}
    for alike in same:
        one = alike[0]
        if one.due:
            by_term = one.derived and one.state is State.OVERDUE
            yield Mark(one.due, MarkKind.DUE, alike, state=one.state, dated_by_term=by_term)
        if one.previous_due:
            yield Mark(one.previous_due, MarkKind.PREVIOUS_DUE, alike)
        notice = one.standing.notice
        if notice and notice.cure and notice.cure.due:
            yield Mark(notice.cure.due, MarkKind.CURE_DUE, alike, facts.get(notice.fact))
        for name in one.facts:
            told.setdefault(name, []).extend(alike)
    for name, about in told.items():
        fact = facts[name]
        if not isinstance(fact, Amended):
            yield Mark(effective_on(fact), MarkKind(fact.kind), tuple(about), fact)


def _bars(situation: Situation, obligations: Iterable[Obligation], facts: Mapping[str, Fact]) -> list[Bar]:
    """What runs, once each, then its suspensions; the occurrences counted from one origin make one period."""
    periods: dict[tuple[BarKind, date], date | None] = {}
    pauses: dict[tuple[date, date | None], Bar] = {}
    for one in obligations:
        running = _running(situation, one, facts)
        if running:
            place = running.kind, running.start
            known = periods.get(place, running.end)
            periods[place] = max(known, running.end) if known and running.end else None
        for pause in suspensions(each for each in deciding(one, facts) if isinstance(each, Suspended | Resumed)):
            pauses[pause.first, pause.resumed] = Bar(BarKind.SUSPENDED, pause.first, pause.resumed)
    return [*(Bar(kind, start, end) for (kind, start), end in periods.items()), *pauses.values()]


def deciding(one: Obligation, facts: Mapping[str, Fact]) -> list[Fact]:
    """The facts that bear on the whole of an obligation, in order; one about some sites only is evidence, no more."""
    return [facts[name] for name in one.facts if one.sites or not getattr(facts[name], "sites", ())]


def _running(situation: Situation, one: Obligation, facts: Mapping[str, Fact]) -> Bar | None:
    """From its origin to its deadline, or, for a continuing one, all the days it is in effect."""
    origin, due = one.deadline.origin, one.due
    forwards = origin if origin and (due is None or origin <= due) else None
    if one.engagement.kind is not Kind.CONTINUING:
        end = due or one.standing.fulfilled_on or _closed(situation, one, facts)
        return _bar(BarKind.PERIOD, forwards, end)
    if due is None and one.deadline.waiting_for:
        return None
    ends = [day for day in (due, _closed(situation, one, facts)) if day]
    return _bar(BarKind.IN_EFFECT, forwards or situation.start.day, min(ends, default=None))


def _bar(kind: BarKind, start: date | None, end: date | None) -> Bar | None:
    if start is None or (end is not None and end < start):
        return None
    return Bar(kind, start, end)


def _closed(situation: Situation, one: Obligation, facts: Mapping[str, Fact]) -> date | None:
    """The day a fact put an end to an obligation: a waiver, a recorded breach, or an avenant that ended it."""
    days = [effective_on(fact) for fact in deciding(one, facts) if isinstance(fact, Waived | Breached)]
    ended = situation.ended_by.get(one.engagement.id)
    days += [effective_on(facts[name]) for name in (*((ended,) if ended else ()), *one.replaced_by) if name in facts]
    return min(days, default=None)
