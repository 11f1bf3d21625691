"""Recurrence rules against the calendar: months that lack the day asked for."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.rule import Remark
from qp_cli.checks.wording import in_month
from qp_cli.errors import QpError
from qp_cli.law.dates import LAST_YEAR
from qp_cli.law.periods import Period
from qp_cli.law.recurrence import rule_occurrences
from qp_cli.law.rrule import Frequency, parse_rule
from qp_cli.messages import msg
from qp_cli.model.dues import Rule, Within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Pointer, Subject
    from qp_cli.law.rrule import Rule as Recurrence

_SHORTEST = 28
"""The days that every month has."""


class Lack(NamedTuple):
    """A month that lacks a day which a rule asks for: its first day, and the number of the day it lacks."""

    month: date
    day: int


def skipped_months(subject: Subject) -> Iterator[Remark]:
    """A rule of RFC 5545 that passes over the months without its day: 31 April, 29 February."""
    for name, due, pointer in subject.dues:
        series, place = (due.from_, pointer.to("from")) if isinstance(due, Within) else (due, pointer)
        if isinstance(series, Rule) and not _gives_none(name, subject):
            yield from _skipped(series, place, subject)


def _gives_none(name: str, subject: Subject) -> bool:
    """Whether a series has no date at all, which another rule says."""
    dated = subject.reckoning.find(name)
    return dated is not None and all(each.without_date for each in dated.deadlines)


def _skipped(series: Rule, place: Pointer, subject: Subject) -> Iterator[Remark]:
    start = subject.reckoning.day(series.from_)
    if start is None:
        return
    rule = parse_rule(series.rrule)
    end = subject.reckoning.day(series.until) or date(LAST_YEAR, 12, 31)
    lack = next(_lacks(rule, start, _last(series.rrule, rule, start, end)), None)
    if lack is None:
        return
    yield Remark(
        place.to("rrule"),
        msg(
            "“{rule}” gives no day {day} in {month}, which has none: RFC 5545 passes over it",
            rule=series.rrule,
            day=str(lack.day),
            month=in_month(lack.month),
        ),
        msg("“every” keeps the last day of such a month instead: {{every: {period}, from: …}}", period=_apart(rule)),
    )


def _last(text: str, rule: Recurrence, start: date, end: date) -> date:
    """The last day that a rule is followed to."""
    if rule.until:
        return min(end, rule.until)
    if rule.most is None:
        return end
    try:
        found = rule_occurrences(text, start, end)
    except QpError:  # too many, or out of the years computed: told by another rule
        return end
    return found[-1] if len(found) == rule.most else end


def _apart(rule: Recurrence) -> str:
    """How far apart its dates are, as a period."""
    yearly = rule.frequency is Frequency.YEARLY
    return str(Period(years=rule.interval) if yearly else Period(months=rule.interval))


def _lacks(rule: Recurrence, start: date, end: date) -> Iterator[Lack]:
    """The months up to a day that lack a day the rule asks for, in order."""
    days = _days(rule, start)
    if all(abs(day) <= _SHORTEST for day in days):
        return
    for month in _months(rule, start, end):
        length = monthrange(month.year, month.month)[1]
        kept = {day for day in days if abs(day) <= length}
        lacking = next((day for day in days if abs(day) > length and not _stands_in(kept, day, length)), None)
        if lacking and not (rule.by_position and kept) and start <= month.replace(day=length) <= end:
            yield Lack(month, lacking)


def _days(rule: Recurrence, start: date) -> tuple[int, ...]:
    """The days that a rule asks for by their number in the month; none where it chooses them otherwise."""
    if rule.by_day or rule.by_year_day or rule.by_week_number:
        return ()
    of_the_origin = (start.day,) if rule.frequency in {Frequency.MONTHLY, Frequency.YEARLY} else ()
    return rule.by_month_day or of_the_origin


def _stands_in(kept: set[int], day: int, length: int) -> bool:
    """Whether the rule asks for the last day of a month too, or for the first where it counts from the end."""
    return bool(kept & ({length, -1} if day > 0 else {1, -length}))


def _months(rule: Recurrence, start: date, end: date) -> Iterator[date]:
    """The first day of each month that the rule looks at, up to a day."""
    yearly = rule.frequency is Frequency.YEARLY
    step = rule.interval if rule.frequency is Frequency.MONTHLY else 1
    months = rule.by_month or ((start.month,) if yearly and not rule.by_month_day else range(1, 13))
    for number in range(_number(start), _number(end) + 1, step):
        year, month = divmod(number, 12)
        if month + 1 in months and not (yearly and (year - start.year) % rule.interval):
            yield date(year, month + 1, 1)


def _number(day: date) -> int:
    """The months before that of a day, since the year 0."""
    return day.year * 12 + day.month - 1
