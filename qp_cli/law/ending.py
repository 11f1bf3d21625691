"""What becomes of a nominal end: carried over, left where it falls, or set against the working days."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.arithmetic import ONE_DAY, in_range
from qp_cli.law.counting import Count
from qp_cli.law.holidays import holiday_on, public_holidays
from qp_cli.law.periods import WorkingDays
from qp_cli.law.steps import Step
from qp_cli.law.workdays import is_working_day, next_working_day, previous_working_day, why_not_working
from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.law.periods import Delay
    from qp_cli.law.regimes import Regime
    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message

_WEEKEND = "Samedi et dimanche : comparer CPC art. 642 al. 2"


class Ending(NamedTuple):
    """The deadline, the dates on either side of a nominal end, and what was done."""

    deadline: date
    prudent: date
    carried_over: date | None
    steps: tuple[Step, ...]


def minimum_working_days(origin: date, delay: Delay, counted: Count, regime: Regime, zone: Zone) -> Count:
    """The same count, its end put off when the period would hold too few working days.

    A period of two days or more holds at least two (Règl. 1182/71 art. 3 § 5), from the day after the origin
    to the end as carried over.

    Raises:
        OutOfRangeError: the count leaves the years 1905-2100.
    """
    needed = regime.minimum_working_days
    days = delay.number if isinstance(delay, WorkingDays) else (counted.end - origin).days
    if not needed or days < needed:
        return counted
    day, found = origin, 0
    while found < needed:
        day += ONE_DAY
        found += is_working_day(day, zone)
    if day <= next_working_day(in_range(counted.end), zone):
        return counted
    text = msgs(
        "It holds at least {count} working day: put off to {day}",
        "It holds at least {count} working days: put off to {day}",
        count=needed,
        day=day,
    )
    source = "Règl. (CEE, Euratom) n° 1182/71 art. 3 § 5"
    return Count(day, (*counted.steps, Step("minimum-working-days", text, source, day)))


def end_of(nominal: date, regime: Regime, zone: Zone, *, backwards: bool, counted: tuple[date, date] | None) -> Ending:
    """The deadline that a nominal end gives: the end itself, or the next working day where a regime says so.

    Nothing is carried over backwards, nor in a durée. `counted` holds the first and last of the days counted
    one by one, if any, whose holidays have their notes said too.

    Raises:
        OutOfRangeError: a working day is looked for outside the years 1905-2100.
    """
    reason = why_not_working(nominal, zone)
    if reason is None and counted is None:  # most ends: nothing to do, and nothing to say
        return Ending(nominal, nominal, None if backwards or regime.first_day_counted else nominal, ())
    prudent = previous_working_day(nominal, zone)
    carried = None if backwards or regime.first_day_counted else next_working_day(nominal, zone)
    deadline = nominal
    steps: list[Step] = []
    if reason:
        holiday = holiday_on(nominal, zone)
        text = msg("{day} is not a working day: {reason}", day=nominal, reason=reason)
        steps.append(Step("non-working-day", text, holiday.source if holiday else _WEEKEND, nominal))
        if carried and regime.carry_over:
            deadline = carried
            text = msg("Carried over to the next day that is neither Saturday, Sunday nor public holiday")
            steps.append(Step("carry-over", text, regime.end_source, deadline))
        else:
            text = msg("Nothing is carried over: it stays on {day}", day=nominal)
            source = regime.backwards_source if backwards and not regime.first_day_counted else regime.end_source
            steps.append(Step("no-carry-over", text, source, nominal))
    around = (prudent, carried or nominal)
    first, last = (min(around[0], counted[0]), max(around[1], counted[1])) if counted else around
    steps.extend(_notes(first, last, zone))
    return Ending(deadline, prudent, carried, tuple(steps))


def _notes(first: date, last: date, zone: Zone) -> Iterator[Step]:
    """What a reader has to check about the holidays of a span, both ends included; each said once."""
    seen: set[str] = set()
    for year in range(first.year, last.year + 1):
        for day, note, source in _noted(year, zone):
            if first <= day <= last and note.text not in seen:
                seen.add(note.text)
                yield Step("holiday-note", note, source, None)


@cache
def _noted(year: int, zone: Zone) -> tuple[tuple[date, Message, str], ...]:
    """The holidays of a year that come with something to check, which few do: the day, what, and its source."""
    return tuple(
        (day, holiday.note, holiday.source) for day, holiday in public_holidays(year, zone).items() if holiday.note
    )
