"""Expanding a recurrence rule into days.

Not left to `dateutil.rrule`, which walks to the year 9999 when a rule holds on no day (seconds for one line
of hostile input): this stops at the last day asked for. The tests compare the two.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import chain, count
from typing import TYPE_CHECKING

from qp_cli.law.arithmetic import ONE_DAY, shift_months
from qp_cli.law.recurrence_rules import Frequency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.law.recurrence_rules import Rule


def expand(rule: Rule, start: date, last: date, most: int) -> list[date]:
    """The first `most` days on which a rule holds, from a start to a last day, both included."""
    found: list[date] = []
    wanted = most if rule.most is None else min(most, rule.most)
    for days in _periods(rule, start, last):
        chosen = [day for day in days if _holds(rule, day, start)]
        if rule.by_position:
            chosen = _at_positions(chosen, rule.by_position)
        for day in chosen:
            if start <= day <= last:
                found.append(day)
                if len(found) == wanted:
                    return found
    return found


def _periods(rule: Rule, start: date, last: date) -> Iterator[Iterable[date]]:
    """The days of each year, month, week or day that the rule could hold on, up to the last day asked for, in order."""
    for n in count(step=rule.interval):
        if rule.frequency is Frequency.YEARLY:
            if start.year + n > last.year:
                return
            months = rule.by_month or range(1, 13)
            yield chain.from_iterable(_days_of(rule, date(start.year + n, month, 1), start) for month in months)
        elif rule.frequency is Frequency.MONTHLY:
            if (start.year - last.year) * 12 + start.month - last.month + n > 0:
                return
            yield _days_of(rule, shift_months(start.replace(day=1), n), start)
        elif rule.frequency is Frequency.WEEKLY:
            if 7 * n > (last - start).days + 7:
                return
            first = start + timedelta(days=7 * n - (start.weekday() - rule.week_start) % 7)
            yield [first + timedelta(days=shift) for shift in range(7)]
        else:
            if n > (last - start).days:
                return
            yield (start + timedelta(days=n),)


def _days_of(rule: Rule, first: date, start: date) -> list[date]:
    """The days of a month that the rule could hold on, in order: `_holds` decides."""
    if rule.by_month and first.month not in rule.by_month:
        return []
    length = monthrange(first.year, first.month)[1]
    if rule.by_month_day:
        numbers = sorted({number if number > 0 else length + 1 + number for number in rule.by_month_day})
    elif rule.by_year_day or rule.by_week_number:
        numbers = list(range(1, length + 1))
    elif rule.by_day:
        weekday = first.weekday()
        offsets = {(wanted - weekday) % 7 for _, wanted in rule.by_day}
        numbers = sorted(number for offset in offsets for number in range(1 + offset, length + 1, 7))
    else:
        numbers = [start.day]
    return [first.replace(day=number) for number in numbers if 1 <= number <= length]


def _holds(rule: Rule, day: date, start: date) -> bool:
    """Whether every part of the rule allows a day, the parts it leaves out taken from the start."""
    if rule.by_month and day.month not in rule.by_month:
        return False
    if not (rule.by_month_day or rule.by_year_day or rule.by_week_number or rule.by_day):
        return _like_the_start(rule, day, start)
    return (
        _allows(rule.by_month_day, *_ranks(day, day.replace(day=1), shift_months(day.replace(day=1), 1)))
        and _allows(rule.by_year_day, *_ranks(day, date(day.year, 1, 1), date(day.year + 1, 1, 1)))
        and (not rule.by_week_number or _allows(rule.by_week_number, *_week_ranks(day, rule.week_start)))
        and (not rule.by_day or any(_is_weekday(rule, day, *wanted) for wanted in rule.by_day))
    )


def _like_the_start(rule: Rule, day: date, start: date) -> bool:
    if rule.frequency is Frequency.WEEKLY:
        return day.weekday() == start.weekday()
    if rule.frequency is Frequency.MONTHLY:
        return day.day == start.day
    if rule.frequency is Frequency.YEARLY:
        return day.day == start.day and (bool(rule.by_month) or day.month == start.month)
    return True


def _allows(numbers: tuple[int, ...], from_start: int, from_end: int) -> bool:
    return not numbers or from_start in numbers or from_end in numbers


def _ranks(day: date, first: date, after: date) -> tuple[int, int]:
    """The rank of a day in a span, from its start (1, 2…) and from its end (-1, -2…)."""
    return (day - first).days + 1, (day - after).days


def _is_weekday(rule: Rule, day: date, rank: int, weekday: int) -> bool:
    """Whether a day is such a weekday, and the one of that rank in its month or year if a rank is given."""
    if day.weekday() != weekday:
        return False
    if not rank:
        return True
    if rule.frequency is Frequency.YEARLY and not rule.by_month:
        first, after = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    else:
        first = day.replace(day=1)
        after = shift_months(first, 1)
    nth = (day - first).days // 7 + 1 if rank > 0 else -((after - ONE_DAY - day).days // 7 + 1)
    return nth == rank


def _week_ranks(day: date, week_start: int) -> tuple[int, int]:
    """The number of a day's week in its week-year, from the start and from the end.

    Week 1 is the first that has four days in the year (RFC 5545, after ISO 8601).
    """
    monday = day - timedelta(days=(day.weekday() - week_start) % 7)
    year = (monday + timedelta(days=3)).year
    return (
        (monday - _first_week(year, week_start)).days // 7 + 1,
        (monday - _first_week(year + 1, week_start)).days // 7,
    )


def _first_week(year: int, week_start: int) -> date:
    """The day that week 1 of a year begins on."""
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=(fourth.weekday() - week_start) % 7)


def _at_positions(days: list[date], positions: tuple[int, ...]) -> list[date]:
    """The days at the positions asked for, counted from the start or, when negative, from the end."""
    places = {position - 1 if position > 0 else len(days) + position for position in positions}
    return [day for place, day in enumerate(days) if place in places]
