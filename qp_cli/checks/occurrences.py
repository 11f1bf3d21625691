"""Days that exist: occurrences that an engagement has, and recurrence rules against the calendar."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.dates import series_in
from qp_cli.checks.rule import Pointer, Remark, in_month, named
from qp_cli.errors import QpError
from qp_cli.law.dates import FIRST_YEAR, LAST_YEAR
from qp_cli.law.periods import Period
from qp_cli.law.recurrence import MAX_OCCURRENCES, rule_occurrences
from qp_cli.law.rrule import Frequency, parse_rule
from qp_cli.messages import msg
from qp_cli.model.dues import AtLeast, AtTheLatest, Every, On, Rule, Within
from qp_cli.model.facts import Extend, Reaching
from qp_cli.model.kinds import TERM, Kind
from qp_cli.store.places import JOURNAL
from qp_cli.tracking.journal import cancellations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.dates import ComputedDates
    from qp_cli.checks.repository import Subject
    from qp_cli.law.periods import Delay
    from qp_cli.law.rrule import RecurrenceRule as Recurrence
    from qp_cli.messages import Message
    from qp_cli.model.convention import Engagement
    from qp_cli.model.dues import Due


_SHOWN = 3
_EARLIEST, _LATEST = FIRST_YEAR + 10, LAST_YEAR - 10


def unknown_occurrences(subject: Subject) -> Iterator[Remark]:
    """A fact, or a change of an avenant, about an occurrence that its engagement does not have."""
    named_days = tuple(_named_days(subject)) if subject.facts else ()
    if not named_days:
        return
    computed_dates = subject.computed_dates
    cancelled = cancellations(subject.facts)
    known: dict[str, list[date] | None] = {}
    for fact, target, asked, place in named_days:
        engagement = computed_dates.engagements.get(target)
        if engagement is not None and fact not in cancelled:
            if target not in known:
                known[target] = _known_days(engagement, computed_dates)
            yield from _unless_it_has(asked, engagement, place, known[target])


def _unless_it_has(asked: date, engagement: Engagement, place: Pointer, days: list[date] | None) -> Iterator[Remark]:
    """An occurrence asked for that an engagement does not have."""
    name = named(engagement.id, engagement.clause)
    if engagement.kind not in {Kind.RECURRING, Kind.ON_REQUEST}:
        yield Remark(place, msg("{name} has no occurrences: it is owed once", name=name), msg("Leave occurrence out"))
    elif days is not None and not _has(days, asked):
        message = msg("{name} has no occurrence on {day}", name=name, day=asked)
        yield Remark(place, message, partial(_nearest_days, asked, days))


def _has(days: list[date], day: date) -> bool:
    """Whether a day is one of these, which are in order."""
    rank = bisect_left(days, day)
    return rank < len(days) and days[rank] == day


def _nearest_days(asked: date, days: list[date]) -> Message | None:
    near = sorted(days, key=lambda day: abs((day - asked).days))[:_SHOWN]
    names = ", ".join(day.isoformat() for day in sorted(near))
    return msg("The nearest: {names}", names=names) if near else None


def _known_days(engagement: Engagement, computed_dates: ComputedDates) -> list[date] | None:
    """The days of the occurrences that an engagement has, in order; None where more may yet be known."""
    pending = computed_dates.pending(engagement.id)
    awaited = any(one.deadline.waiting_for and one.request is None for one in pending)
    if not pending or (awaited and engagement.kind is not Kind.ON_REQUEST):
        return None
    return sorted({one.occurrence for one in pending if one.occurrence})


def _named_days(subject: Subject) -> Iterator[tuple[str, str, date, Pointer]]:
    """Each occurrence that a fact, or a change, names: the fact's id, the engagement, the day, its place."""
    from qp_cli.model.facts import (
        About,
        Pausing,
        engagements_of,
    )  # loaded with the facts: a start without any does without it

    for number, fact in enumerate(subject.facts):
        if isinstance(fact, About | Pausing) and fact.occurrence:
            place = Pointer(JOURNAL, ("facts", number, "occurrence"))
            yield fact.id, engagements_of(fact)[0], fact.occurrence, place
    for avenant, pointer in subject.avenants:
        for number, change in enumerate(avenant.changes):
            if isinstance(change, Reaching) and change.occurrence:
                yield avenant.id, change.target, change.occurrence, pointer.to("changes", number, "occurrence")


def undated_series(subject: Subject) -> Iterator[Remark]:
    """A recurring engagement that has no date at all."""
    computed_dates = subject.computed_dates
    for engagement in computed_dates.engagements.values():
        if engagement.kind is not Kind.RECURRING or engagement.id in computed_dates.ended_by:
            continue
        place = computed_dates.places.get(engagement.id)
        if place and (why := _why_undated(engagement, computed_dates)):
            name = named(engagement.id, engagement.clause)
            message = msg("{name} is recurring, and nothing of it falls due ({why})", name=name, why=why)
            yield Remark(place, message, msg("Check the period, the first date and until"))


def _why_undated(engagement: Engagement, computed_dates: ComputedDates) -> Message | None:
    """Why nothing of a series has a date; None where something has."""
    dated = computed_dates.find(engagement.id)
    if dated and not computed_dates.in_force.amendments and any(each.due for each in dated.deadlines):
        return None
    rows = [one.deadline.without_date for one in computed_dates.pending(engagement.id) if not one.replaced_by]
    return rows[0] if rows and all(rows) else None


def uncomputable_dates(subject: Subject) -> Iterator[Remark]:
    """A date that cannot be computed: outside the years 1905 to 2100, or too many of them."""
    if _is_ordinary(subject):
        return
    computed_dates = subject.computed_dates
    for name, engagement in ((TERM, None), *computed_dates.engagements.items()):
        if engagement and engagement.kind is Kind.ON_REQUEST:
            computed_dates.pending(name)
        else:
            computed_dates.find(name)
    for event in subject.convention.events:
        computed_dates.day(event.id)
    for name, problem in computed_dates.refused.items():
        yield Remark(computed_dates.places[name], problem, msg("Check the years and the period"))


def _is_ordinary(subject: Subject) -> bool:
    """Whether no date can come near the years that are not computed: told in little time, at every start.

    A date is a day of the files, the convention's period at the most, and a period of its own.
    """
    days = [event.date_ for event, _ in subject.events if event.date_] + [fact.on for fact in subject.facts]
    longest = extended = 0
    events = {event.id for event in subject.convention.events}
    for name, due, _ in subject.dues:
        length = _length(due, days)
        if length is None:
            return False
        longest = max(longest, length)
        extended += length if name in events else 0
    for change, _ in subject.changes:
        if isinstance(change, Extend):
            extended += _months(change.by)
    years = (2 * longest + extended) // 12 + 1
    if not days:
        return True
    first, last = min(days).year - years, max(days).year + years
    return first > _EARLIEST and last < _LATEST and (last - first) * 12 < MAX_OCCURRENCES


def _length(due: Due, days: list[date]) -> int | None:
    """The months of a due date, its days added to the others; None for what may recur too often."""
    if within := series_in(due):
        inner = _length(within[1], days)
        return None if inner is None else inner + _counted_months(due)
    match due:
        case Every(every=period, from_=anchor, first=first, until=until):
            days.extend(each for each in (anchor, first, until) if isinstance(each, date))
            return _months(period) if period.total_months else None
        case On(on=anchor) | Within(from_=anchor) | AtTheLatest(before=anchor) | AtLeast(before=anchor):
            days.extend(each for each in (anchor,) if isinstance(each, date))
            return _counted_months(due)
        case _:
            return None


def _counted_months(due: Due) -> int:
    """The months of the period that a due date counts, if it counts one."""
    match due:
        case Within(within=delay) | AtTheLatest(at_the_latest=delay) | AtLeast(at_least=delay):
            return _months(delay)
        case _:
            return 0


def _months(delay: Delay) -> int:
    """The months of a length, and a few more."""
    if isinstance(delay, Period):
        return delay.total_months + delay.total_days // 28 + 1
    return delay.number // 15 + 1


_SHORTEST = 28
"""The days that every month has."""


class Lack(NamedTuple):
    """A month that lacks a day which a rule asks for: its first day, and the number of the day it lacks."""

    month: date
    day: int


def skipped_months(subject: Subject) -> Iterator[Remark]:
    """A rule of RFC 5545 that passes over the months without its day: 31 April, 29 February."""
    for name, due, pointer in subject.dues:
        within = series_in(due)
        series, place = (within[1], pointer.to(within[0])) if within else (due, pointer)
        if isinstance(series, Rule) and not _gives_none(name, subject):
            yield from _skipped(series, place, subject)


def _gives_none(name: str, subject: Subject) -> bool:
    """Whether a series has no date at all, which another rule says."""
    dated = subject.computed_dates.find(name)
    return dated is not None and all(each.without_date for each in dated.deadlines)


def _skipped(series: Rule, place: Pointer, subject: Subject) -> Iterator[Remark]:
    start = subject.computed_dates.day(series.from_)
    if start is None:
        return
    rule = parse_rule(series.rrule)
    end = subject.computed_dates.day(series.until) or date(LAST_YEAR, 12, 31)
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
    for month in _month_names(rule, start, end):
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


def _month_names(rule: Recurrence, start: date, end: date) -> Iterator[date]:
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
