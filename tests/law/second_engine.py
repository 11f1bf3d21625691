"""A second engine, to hold qp's own against: it counts days one at a time, and shares only the public holidays.

Written from the rules alone, without qp's: where both give one date, two readings of the rules agree.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from qp_cli.law.holidays import holiday_on
from qp_cli.law.periods import DayCount, Period, WorkingDays

if TYPE_CHECKING:
    from qp_cli.law.zones import Zone

ONE = timedelta(days=1)
MORE_THAN_ONE = 2
SATURDAY, SUNDAY = 5, 6
DECEMBER = 12
CARRIED = ("procedure-civile", "ccag", "ue-1182-71", "delai-franc")
CLEAR_BACKWARDS = ("procedure-civile", "ccag", "delai-franc", "a-rebours")


def simulate(
    origin: date,
    length: Period | WorkingDays,
    regime: str,
    zone: Zone,
    *,
    backwards: bool = False,
    pauses: tuple[tuple[date, date], ...] = (),
    extension: Period | None = None,
    is_length: bool = False,
) -> date | None:
    """The last day in time; nothing where the regime refuses the question, or where no day fits exactly.

    A pause is its first day and the day that runs again; `is_length` is for a term or a continuing engagement's end.
    """
    if extension is not None:
        length = Period(*(part + more for part, more in zip(length, extension, strict=True)))
    if backwards and regime == "duree":
        return first_day_ending_on(origin, length, zone)
    if backwards:
        return back(origin, length, regime, zone, is_length=is_length)
    if regime == "a-rebours":
        return None
    paused = {day for suspended, resumed in pauses for day in days_between(suspended, resumed)}
    franc = regime == "delai-franc" and not is_length
    first = origin if regime == "duree" else origin + ONE
    end = nominal_end(origin, first, length, zone, paused, franc=franc)
    if is_length or regime not in CARRIED:
        return end
    carried = end
    while not works(carried, zone):
        carried += ONE
    if regime == "ue-1182-71" and is_long(length, origin, nominal_end(origin, first, length, zone, set(), franc=False)):
        at_rest = {day for day in paused if day <= end}
        return until_two_working_days(first, carried, zone, at_rest)
    return carried


def nominal_end(
    origin: date, first: date, length: Period | WorkingDays, zone: Zone, paused: set[date], *, franc: bool
) -> date:
    """Where the period ends before the last-day rule: its days counted from `first`, those of a pause left out."""
    if isinstance(length, WorkingDays):
        return working_end(first, length, zone, paused, franc=franc)
    end = ahead(origin, length, lacking="first of the next") - ONE if first == origin else ahead(origin, length)
    if franc:
        end = min(end + ONE, ahead(origin + ONE, length))
    day = first
    while day <= end:
        if day in paused:
            end += ONE
        day += ONE
    return end


def working_end(first: date, length: WorkingDays, zone: Zone, paused: set[date], *, franc: bool) -> date:
    """The day on which the last of so many working days is counted, and one day more for a délai franc."""
    day, left = first, length.number
    while True:
        if is_counted(day, length, zone) and day not in paused:
            left -= 1
            if not left:
                break
        day += ONE
    if franc:
        day += ONE
        while day in paused:
            day += ONE
    return day


def back(origin: date, length: Period | WorkingDays, regime: str, zone: Zone, *, is_length: bool) -> date:
    """The last day that leaves the whole length before the origin."""
    day = origin
    if isinstance(length, WorkingDays):
        for _ in range(length.number):
            day -= ONE
            while not is_counted(day, length, zone):
                day -= ONE
    else:
        day = by_months(day, DECEMBER * length.years + length.months, -1)
        for _ in range(7 * length.weeks + length.days):
            day -= ONE
    if is_length:
        return day
    if regime in CLEAR_BACKWARDS:
        return day - ONE
    if regime == "ue-1182-71" and is_long(length, day, origin):
        while sum(works(one, zone) for one in days_between(day, origin)) < MORE_THAN_ONE:
            day -= ONE
    return day


def first_day_ending_on(end: date, length: Period | WorkingDays, zone: Zone) -> date | None:
    """The first day from which a durée ends on that very day, each day being tried in turn; none where none does."""
    day = end
    if isinstance(length, WorkingDays):
        left = length.number + 1
        while left:
            left -= is_counted(day, length, zone)
            day -= ONE
    else:
        for _ in range(7 * length.weeks + length.days):
            day -= ONE
        day = by_months(day.replace(day=1), DECEMBER * length.years + length.months, -1)
    while (found := nominal_end(day, day, length, zone, set(), franc=False)) < end:
        day += ONE
    return day if found == end else None


def ahead(day: date, length: Period, *, lacking: str = "last of it") -> date:
    """The day so many months, then so many days later."""
    day = by_months(day, DECEMBER * length.years + length.months, 1, lacking=lacking)
    for _ in range(7 * length.weeks + length.days):
        day += ONE
    return day


def by_months(day: date, count: int, step: int, *, lacking: str = "last of it") -> date:
    """The same day number so many months on or back; of a month that lacks it, its last day or the first of the next.

    Months are walked one at a time, and the last of them day by day up to its number.
    """
    year, month = day.year, day.month
    for _ in range(count):
        month += step
        if not 1 <= month <= DECEMBER:
            year, month = year + step, DECEMBER if month < 1 else 1
    found = date(year, month, 1)
    while found.day < day.day:
        found += ONE
        if found.month != month:
            return found - ONE if lacking == "last of it" else found
    return found


def until_two_working_days(first: date, end: date, zone: Zone, at_rest: set[date]) -> date:
    """The end, put off until the days that run up to it hold two working days."""
    held = sum(works(day, zone) for day in days_between(first, end + ONE) if day not in at_rest)
    while held < MORE_THAN_ONE:
        end += ONE
        held += works(end, zone)
    return end


def is_long(length: Period | WorkingDays, start: date, end: date) -> bool:
    """Whether a period is of two days or more."""
    return length.number >= MORE_THAN_ONE if isinstance(length, WorkingDays) else start + ONE < end


def is_counted(day: date, length: WorkingDays, zone: Zone) -> bool:
    """Whether a length in working days counts that day."""
    rest = (SATURDAY, SUNDAY) if length.kind is DayCount.OUVRES else (SUNDAY,)
    return day.weekday() not in rest and holiday_on(day, zone) is None


def works(day: date, zone: Zone) -> bool:
    """Whether a day is neither a Saturday, a Sunday nor a public holiday."""
    return day.weekday() not in (SATURDAY, SUNDAY) and holiday_on(day, zone) is None


def days_between(first: date, after: date) -> list[date]:
    """The days from one to the eve of another."""
    days = []
    while first < after:
        days.append(first)
        first += ONE
    return days
