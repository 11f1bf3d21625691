"""The days of a series: up to its end, or, where none is known, up to the day looked at and the next one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.recurrence import occurrences, occurrences_and_next, rule_occurrences, rule_occurrences_and_next
from qp_cli.model.dues import Every, Rule
from qp_cli.model.kinds import TERM

if TYPE_CHECKING:
    from collections.abc import Callable

    from qp_cli.tracking.deadlines import Dates
    from qp_cli.tracking.references import ReferenceDay


class SeriesDays(NamedTuple):
    """The days of a series, or why there is none.

    Attributes:
        start: what it is counted from.
        first: the number of the first day: 0 where the start is itself a day of the series.
        is_open: whether it goes on, its end not being known.
    """

    days: tuple[date, ...]
    start: ReferenceDay
    first: int = 1
    is_open: bool = False
    waiting_for: tuple[str, ...] = ()
    end: date | None = None

    def begins(self, place: int) -> date | None:
        """The first day on which the occurrence at a place can be performed: the morrow of the one before."""
        if place:
            return date.fromordinal(self.days[place - 1].toordinal() + 1)
        return self.start.day if self.first else None


def days_of(series: Every | Rule, dates: Dates) -> SeriesDays:
    """The days of a series up to `until`, included; up to the horizon and the next one where the term has no date."""
    named = series.first if isinstance(series, Every) else None
    start = dates.find(named if named is not None else series.from_)
    first = 0 if named is not None else 1
    end = dates.find(series.until)
    if start.day is None:
        return SeriesDays((), start, waiting_for=tuple(dict.fromkeys((*start.waiting_for, *end.waiting_for))))
    if end.day is None:
        if series.until != TERM or not dates.references.has_begun:
            return SeriesDays((), start, waiting_for=end.waiting_for)
        return SeriesDays(_up_to_the_next(series, start.day, first, dates.horizon), start, first, is_open=True)
    if isinstance(series, Rule):
        return SeriesDays(rule_occurrences(series.rrule, start.day, end.day), start, end=end.day)
    return SeriesDays(occurrences(start.day, series.every, end.day, first=first), start, first, end=end.day)


def days_ahead(series: Every | Rule, dates: Dates, back: Callable[[date], date]) -> SeriesDays:
    """The days of a series that others are counted back from, which are due before them.

    Without a known end: up to the first whose own due date, by `back`, comes after the horizon too, so that the
    next thing to do is always among them.
    """
    found = days_of(series, dates)
    while found.is_open and found.days and back(found.days[-1]) <= dates.horizon:
        longer = days_of(series, dates._replace(horizon=found.days[-1]))
        if len(longer.days) == len(found.days):  # the rule ends
            break
        found = longer
    return found


def _up_to_the_next(series: Every | Rule, start: date, first: int, horizon: date) -> tuple[date, ...]:
    if isinstance(series, Rule):
        return rule_occurrences_and_next(series.rrule, start, horizon)
    return occurrences_and_next(start, series.every, horizon, first=first)


def around(day: date, dates: Dates) -> Dates:
    """What a day of a series is read in: of the suspensions, only one that it fell in bears on it."""
    if not dates.pauses:
        return dates
    return dates._replace(pauses=tuple(pause for pause in dates.pauses if pause.first <= day < pause.resumed))
