"""Days that count and days that do not: weekends, public holidays, jours ouvrés and ouvrables."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from qp_cli.law.dates import ONE_DAY
from qp_cli.law.holidays import holiday_on, public_holidays
from qp_cli.law.periods import DayCount
from qp_cli.messages import msg

if TYPE_CHECKING:
    from qp_cli.law.holidays import Holiday
    from qp_cli.law.periods import WorkingDays
    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message

SATURDAY, SUNDAY = 5, 6


def is_working_day(day: date, zone: Zone) -> bool:
    """Whether a day is neither Saturday, Sunday nor public holiday (CPC art. 642 al. 2).

    Raises:
        OutOfRangeError: the day is before 1905 or after 2100.
    """
    return is_counted(day, DayCount.OUVRES, zone)


def is_counted(day: date, kind: DayCount, zone: Zone) -> bool:
    """Whether a day is one of the jours ouvrés (Monday to Friday) or ouvrables (Monday to Saturday).

    Public holidays are neither (C. trav. art. L. 3133-1).

    Raises:
        OutOfRangeError: the day is before 1905 or after 2100.
    """
    holiday = holiday_on(day, zone)
    return holiday is None and day.weekday() < (SATURDAY if kind is DayCount.OUVRES else SUNDAY)


def next_working_day(day: date, zone: Zone) -> date:
    """The first working day on or after a day: the day itself when it is one.

    Raises:
        OutOfRangeError: the search leaves the years 1905-2100.
    """
    while not is_working_day(day, zone):
        day += ONE_DAY
    return day


def previous_working_day(day: date, zone: Zone) -> date:
    """The last working day on or before a day: the day itself when it is one.

    Raises:
        OutOfRangeError: the search leaves the years 1905-2100.
    """
    while not is_working_day(day, zone):
        day -= ONE_DAY
    return day


def why_not_working(day: date, zone: Zone) -> Message | None:
    """What keeps a day from being a working day: its holiday, or else its weekday; nothing when it is one.

    Raises:
        OutOfRangeError: the day is before 1905 or after 2100.
    """
    holiday = holiday_on(day, zone)
    if holiday:
        return holiday.name
    if day.weekday() == SATURDAY:
        return msg("a Saturday")
    if day.weekday() == SUNDAY:
        return msg("a Sunday")
    return None


def add_working_days(origin: date, length: WorkingDays, zone: Zone, *, backwards: bool = False) -> date:
    """The day that completes a number of jours ouvrés or ouvrables, the origin itself not counted.

    Raises:
        OutOfRangeError: the count leaves the years 1905-2100.
    """
    step = -ONE_DAY if backwards else ONE_DAY
    day, left = origin, length.number
    start, end = ((12, 31), (1, 1)) if backwards else ((1, 1), (12, 31))
    while left:
        day += step
        if (day.month, day.day) == start and left > (whole := counted_in(day.year, length.kind, zone)):
            day, left = date(day.year, *end), left - whole
        else:
            left -= is_counted(day, length.kind, zone)
    return day


def counted_between(after: date, before: date, kind: DayCount, zone: Zone) -> int:
    """How many jours ouvrés or ouvrables lie between two days, neither included.

    Raises:
        OutOfRangeError: a day is before 1905 or after 2100.
    """
    found, day = 0, after + ONE_DAY
    while day < before:
        found += is_counted(day, kind, zone)
        day += ONE_DAY
    return found


def skipped_holidays(first: date, last: date, kind: DayCount, zone: Zone) -> tuple[tuple[date, Holiday], ...]:
    """The public holidays of a span, both ends included, that a count leaves out and a weekend does not, by date.

    Raises:
        OutOfRangeError: a day is before 1905 or after 2100.
    """
    closed = SATURDAY if kind is DayCount.OUVRES else SUNDAY
    years = (public_holidays(year, zone) for year in range(first.year, last.year + 1))
    days = (each for year in years for each in year.items())
    return tuple((day, holiday) for day, holiday in days if first <= day <= last and day.weekday() < closed)


@cache
def counted_in(year: int, kind: DayCount, zone: Zone) -> int:
    """How many days of a year are jours ouvrés or ouvrables.

    Raises:
        OutOfRangeError: the year is before 1905 or after 2100.
    """
    holidays = public_holidays(year, zone)
    day, found = date(year, 1, 1), 0
    while day.year == year:
        found += day not in holidays and day.weekday() < (SATURDAY if kind is DayCount.OUVRES else SUNDAY)
        day += ONE_DAY
    return found
