"""A convention on a time axis: what was due, what happened, where it stands at a day. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.journal import cancellations, effective_on
from qp_cli.tracking.lanes import Mark, Sort, Span, lanes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qp_cli.model.journal import Fact
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.lanes import Lane, Stretch
    from qp_cli.tracking.situation import Obligation, Situation


class Axis(NamedTuple):
    """The days a chronology goes from and to, both included: whole quarters, or the year where nothing is dated."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it counts."""
        return (self.end - self.start).days + 1

    def holds(self, day: date) -> bool:
        """Whether a day is on it."""
        return self.start <= day <= self.end

    def until(self, stretch: Stretch, as_of: date) -> date:
        """The last day of a stretch on it: without an end, the day looked at, or the last of all if in effect."""
        if stretch.end:
            return stretch.end
        return self.end if stretch.span is Span.IN_EFFECT else max(as_of, stretch.start)


class Chronology(NamedTuple):
    """One convention on a time axis.

    Attributes:
        situation: the convention, its parties and its term, at the day looked at.
        lanes: what is owed, soonest first; those where nothing is dated last.
        marks: what is about the whole convention: its events, its term, avenants, and facts about no obligation.
        outside: the other events that the convention dates, before or after the axis.
        cancelled: the facts left out because they were cancelled.
        later: the facts left out because they take effect after the day looked at.
    """

    situation: Situation
    axis: Axis
    lanes: tuple[Lane, ...]
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
        """What is owed on all the lanes, in their order."""
        return tuple(one for lane in self.lanes for one in lane.obligations)

    @property
    def common(self) -> list[Mark]:
        """What is about the whole convention, on the axis or not, by day."""
        return sorted((*self.marks, *self.outside), key=_order)

    def until(self, stretch: Stretch) -> date:
        """The last day of a stretch on the axis."""
        return self.axis.until(stretch, self.as_of)


def chronicle(dossier: Dossier, obligations: Sequence[Obligation]) -> Chronology:
    """The chronology of some obligations of a dossier, with what is about the whole of its convention.

    A cancelled fact has no mark, nor has its cancellation: they are counted.
    """
    situation = dossier.situation
    counting = dossier.counting
    gone = cancellations(dossier.facts).keys() & counting.keys()
    facts = {name: fact for name, fact in counting.items() if name not in gone and fact.kind != "voided"}
    found = tuple(lanes(situation, obligations, facts))
    events = list(_events(situation))
    main = {situation.convention.approval, situation.convention.signature}
    common = [*_dates(situation), *_happenings(situation, facts.values())]
    axis = _axis(situation, found, [*common, *(mark for mark in events if mark.event and mark.event.id in main)])
    return Chronology(
        situation,
        axis,
        found,
        tuple(sorted((*common, *(one for one in events if axis.holds(one.day))), key=_order)),
        tuple(sorted((one for one in events if not axis.holds(one.day)), key=_order)),
        len(gone),
        len(dossier.facts) - len(counting),
    )


def _order(mark: Mark) -> tuple[date, str, str]:
    return mark.day, mark.sort, mark.event.id if mark.event else mark.fact.id if mark.fact else ""


def _dates(situation: Situation) -> Iterator[Mark]:
    if situation.term and situation.term.due:
        yield Mark(situation.term.due, Sort.TERM)
    if situation.previous_term:
        yield Mark(situation.previous_term, Sort.PREVIOUS_TERM)


def _events(situation: Situation) -> Iterator[Mark]:
    """The events that the convention itself dates."""
    for event in situation.convention.events:
        if event.date_:
            yield Mark(event.date_, Sort.EVENT, event=event)


def _happenings(situation: Situation, facts: Iterable[Fact]) -> Iterator[Mark]:
    """Avenants, events that occurred, and the facts that no obligation has."""
    owned = {name for one in situation.obligations for name in one.facts}
    for fact in facts:
        if fact.kind in {"amended", "occurred"} or fact.id not in owned:
            yield Mark(effective_on(fact), Sort(fact.kind), fact=fact)


def _axis(situation: Situation, found: Iterable[Lane], common: Iterable[Mark]) -> Axis:
    """From the origin of the term, or what is earlier, to the last day that anything has."""
    days = [mark.day for mark in common]
    if situation.start.day:
        days.append(situation.start.day)
    for lane in found:
        days += [mark.day for mark in lane.marks]
        days += [day for stretch in lane.stretches for day in (stretch.start, stretch.end) if day]
    if not days:
        return year_of(situation.as_of)
    days.append(situation.as_of)
    first, last = min(days), max(days)
    return Axis(date(first.year, first.month - (first.month - 1) % 3, 1), _quarter_end(last))


def year_of(day: date) -> Axis:
    """The axis where nothing is dated: the year of the day looked at."""
    return Axis(date(day.year, 1, 1), date(day.year, 12, 31))


def _quarter_end(day: date) -> date:
    month = day.month + (-day.month) % 3
    return date(day.year, month, 30 if month in {6, 9} else 31)
