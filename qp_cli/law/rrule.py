"""Recurrence rules of RFC 5545: read strictly, days only, and expanded into days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import InvalidPeriodError
from qp_cli.law.dates import ONE_DAY, shift_months
from qp_cli.messages import msg
from qp_cli.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.messages import Message


WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_LONGEST = 500  # characters of a rule
_BOUNDS = {  # the largest number each part takes, from 1; negative ones count from the end where they may
    "INTERVAL": (9999, False),
    "COUNT": (9999, False),
    "BYMONTH": (12, False),
    "BYMONTHDAY": (31, True),
    "BYYEARDAY": (366, True),
    "BYWEEKNO": (53, True),
    "BYSETPOS": (366, True),
}
_ONE_ONLY = ("INTERVAL", "COUNT")
_KNOWN = ("FREQ", "UNTIL", "BYDAY", "WKST", *_BOUNDS)


class Frequency(StrEnum):
    """How far apart the rule's periods are."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class RecurrenceRule(NamedTuple):
    """A rule taken apart; an empty tuple limits nothing.

    Attributes:
        by_day: rank and weekday (Monday is 0), the rank 0 for every such day.
        week_start: the weekday a week begins on.
    """

    frequency: Frequency
    interval: int
    most: int | None
    until: date | None
    by_month: tuple[int, ...]
    by_month_day: tuple[int, ...]
    by_year_day: tuple[int, ...]
    by_week_number: tuple[int, ...]
    by_day: tuple[tuple[int, int], ...]
    by_position: tuple[int, ...]
    week_start: int


@lru_cache(maxsize=1024)
def parse_rule(text: str) -> RecurrenceRule:
    """The rule that a text such as `FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31` writes.

    Raises:
        InvalidPeriodError: a part is unknown, repeated, out of bounds, about hours, or at odds with another.
    """
    parts = _parts(text)
    if "FREQ" not in parts:
        raise _refused(text, msg("it has no FREQ"))
    if parts["FREQ"] not in tuple(Frequency):
        raise _refused(text, msg("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY"))
    numbers = {name: _numbers(text, name, parts[name]) for name in _BOUNDS if name in parts}
    rule = RecurrenceRule(
        frequency=Frequency(parts["FREQ"]),
        interval=numbers.get("INTERVAL", (1,))[0],
        most=numbers["COUNT"][0] if "COUNT" in numbers else None,
        until=_until(text, parts["UNTIL"]) if "UNTIL" in parts else None,
        by_month=numbers.get("BYMONTH", ()),
        by_month_day=numbers.get("BYMONTHDAY", ()),
        by_year_day=numbers.get("BYYEARDAY", ()),
        by_week_number=numbers.get("BYWEEKNO", ()),
        by_day=_days(text, parts["BYDAY"]) if "BYDAY" in parts else (),
        by_position=numbers.get("BYSETPOS", ()),
        week_start=_week_start(text, parts.get("WKST", "MO")),
    )
    for wrong, reason in _contradictions(rule):
        if wrong:
            raise _refused(text, reason)
    return rule


def _contradictions(rule: RecurrenceRule) -> tuple[tuple[bool, Message], ...]:
    """What RFC 5545 forbids of parts that are each right, and whether the rule does it."""
    days = rule.by_month_day or rule.by_year_day or rule.by_week_number or rule.by_day
    ranked = any(rank for rank, _ in rule.by_day)
    yearly, monthly = rule.frequency is Frequency.YEARLY, rule.frequency is Frequency.MONTHLY
    return (
        (rule.most is not None and rule.until is not None, msg("COUNT and UNTIL exclude each other")),
        (
            rule.frequency is Frequency.WEEKLY and bool(rule.by_month_day),
            msg("BYMONTHDAY does not go with WEEKLY"),
        ),
        (bool(rule.by_year_day) and not yearly, msg("BYYEARDAY goes with YEARLY only")),
        (bool(rule.by_week_number) and not yearly, msg("BYWEEKNO goes with YEARLY only")),
        (bool(rule.by_week_number) and not rule.by_day, msg("BYWEEKNO needs BYDAY")),
        (
            ranked and (not (yearly or monthly) or bool(rule.by_week_number)),
            msg("a rank in BYDAY, as in 1MO, goes with MONTHLY, or with YEARLY without BYWEEKNO"),
        ),
        (bool(rule.by_position) and not (days or rule.by_month), msg("BYSETPOS needs another BY part")),
    )


def _parts(text: str) -> dict[str, str]:
    """The parts of a rule by name, each known and given once."""
    if len(text) > _LONGEST:
        raise _refused(text, msg("it is too long"))
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value:
            raise _refused(text, msg("its parts are NAME=VALUE, separated by semicolons"))
        if name not in _KNOWN:
            raise _refused(text, msg("“{name}” is not a part that counts days", name=shown(name)))
        if name in parts:
            raise _refused(text, msg("{name} is given twice", name=name))
        parts[name] = value
    return parts


def _numbers(text: str, name: str, value: str) -> tuple[int, ...]:
    """The whole numbers of a part, within its bounds, in order and once each."""
    most, from_the_end = _BOUNDS[name]
    items = value.split(",")
    numbers = [_number(item, signed=from_the_end) for item in items]
    if not all(1 <= abs(number) <= most for number in numbers) or (name in _ONE_ONLY and len(items) > 1):
        raise _refused(text, msg("{name} takes whole numbers from 1 to {most}", name=name, most=str(most)))
    return tuple(sorted(set(numbers)))


def _number(item: str, *, signed: bool) -> int:
    """The number an item writes in one to four ASCII digits, 0 when it does not."""
    digits = item[1:] if signed and item[:1] in ("+", "-") else item
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):  # noqa: PLR2004 - four digits
        return 0
    return int(item)


def _days(text: str, value: str) -> tuple[tuple[int, int], ...]:
    days = []
    for item in value.split(","):
        rank = _number(item[:-2], signed=True) if item[:-2] else 0
        if item[-2:] not in WEEKDAYS or (item[:-2] and not 1 <= abs(rank) <= _BOUNDS["BYWEEKNO"][0]):
            raise _refused(text, msg("BYDAY takes days such as MO, 1MO or -1FR"))
        days.append((rank, WEEKDAYS.index(item[-2:])))
    return tuple(sorted(set(days)))


def _week_start(text: str, value: str) -> int:
    if value not in WEEKDAYS:
        raise _refused(text, msg("WKST takes a day such as MO"))
    return WEEKDAYS.index(value)


def _until(text: str, value: str) -> date:
    try:
        if len(value) == len("20261231") and value.isascii() and value.isdigit():
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _refused(text, msg("UNTIL takes a date such as 20261231, without hours"))


def _refused(text: str, reason: Message) -> InvalidPeriodError:
    return InvalidPeriodError(msg("“{text}” is not a recurrence rule: {reason}", text=shown(text), reason=reason))


def expand(rule: RecurrenceRule, start: date, last: date, most: int) -> list[date]:
    """The first `most` days on which a rule holds, from a start to a last day, both included."""
    found: list[date] = []
    wanted = most if rule.most is None else min(most, rule.most)
    for days in _periods(rule, start, last):
        chosen = [day for day in days if _holds(rule, day, start)]
        if rule.by_position:
            chosen = _at_positions(chosen, rule.by_position)
        found += [day for day in chosen if start <= day <= last]
        if len(found) >= wanted:
            return found[:wanted]
    return found


def _periods(rule: RecurrenceRule, start: date, last: date) -> Iterator[Iterable[date]]:
    """The days of each year, month, week or day that the rule could hold on, up to the last day asked for, in order."""
    days = (last - start).days
    if rule.frequency is Frequency.YEARLY:
        months = rule.by_month or range(1, 13)
        for year in range(start.year, last.year + 1, rule.interval):
            yield chain.from_iterable(_days_of(rule, date(year, month, 1), start) for month in months)
    elif rule.frequency is Frequency.MONTHLY:
        for n in range(0, (last.year - start.year) * 12 + last.month - start.month + 1, rule.interval):
            yield _days_of(rule, shift_months(start.replace(day=1), n), start)
    elif rule.frequency is Frequency.WEEKLY:
        monday = start - timedelta(days=(start.weekday() - rule.week_start) % 7)
        for n in range(0, days + 8, 7 * rule.interval):
            yield [monday + timedelta(days=n + shift) for shift in range(7)]
    else:
        for n in range(0, days + 1, rule.interval):
            yield (start + timedelta(days=n),)


def _days_of(rule: RecurrenceRule, first: date, start: date) -> list[date]:
    """The days of a month that the rule could hold on, in order: `_holds` decides."""
    if rule.by_month and first.month not in rule.by_month:
        return []
    length = monthrange(first.year, first.month)[1]
    numbers = _numbers_in(rule, first, start, length)
    return [first.replace(day=number) for number in numbers if 1 <= number <= length]


def _numbers_in(rule: RecurrenceRule, first: date, start: date, length: int) -> Iterable[int]:
    """The numbers of the days of a month that the rule could hold on, in order; some may lie outside the month."""
    if rule.by_month_day:
        return sorted({number if number > 0 else length + 1 + number for number in rule.by_month_day})
    if rule.by_year_day or rule.by_week_number:
        return range(1, length + 1)
    if rule.by_day:
        offsets = {(wanted - first.weekday()) % 7 for _, wanted in rule.by_day}
        return sorted(number for offset in offsets for number in range(1 + offset, length + 1, 7))
    return (start.day,)


def _holds(rule: RecurrenceRule, day: date, start: date) -> bool:
    """Whether every part of the rule allows a day, the parts it leaves out taken from the start."""
    if rule.by_month and day.month not in rule.by_month:
        return False
    if not (rule.by_month_day or rule.by_year_day or rule.by_week_number or rule.by_day):
        return _like_the_start(rule, day, start)
    return (
        (not rule.by_month_day or _allows(rule.by_month_day, *_month_ranks(day)))
        and (not rule.by_year_day or _allows(rule.by_year_day, *_year_ranks(day)))
        and (not rule.by_week_number or _allows(rule.by_week_number, *_week_ranks(day, rule.week_start)))
        and (not rule.by_day or any(_is_weekday(rule, day, *wanted) for wanted in rule.by_day))
    )


def _like_the_start(rule: RecurrenceRule, day: date, start: date) -> bool:
    if rule.frequency is Frequency.WEEKLY:
        return day.weekday() == start.weekday()
    if rule.frequency is Frequency.MONTHLY:
        return day.day == start.day
    if rule.frequency is Frequency.YEARLY:
        return day.day == start.day and (bool(rule.by_month) or day.month == start.month)
    return True


def _allows(numbers: tuple[int, ...], from_start: int, from_end: int) -> bool:
    return from_start in numbers or from_end in numbers


def _month_ranks(day: date) -> tuple[int, int]:
    """The rank of a day in its month, from the start (1, 2…) and from the end (-1, -2…)."""
    return day.day, day.day - monthrange(day.year, day.month)[1] - 1


def _year_ranks(day: date) -> tuple[int, int]:
    """The rank of a day in its year, from the start and from the end."""
    return (day - date(day.year, 1, 1)).days + 1, (day - date(day.year + 1, 1, 1)).days


def _is_weekday(rule: RecurrenceRule, day: date, rank: int, weekday: int) -> bool:
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
