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

    from qp_cli.law.counting import Pause
    from qp_cli.law.periods import Delay
    from qp_cli.law.regimes import Regime
    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message

_WEEKEND = "Samedi et dimanche : comparer CPC art. 642 al. 2"
"""What a weekend is, where the regime itself does not say so."""


class Ending(NamedTuple):
    """The deadline, the dates on either side of a nominal end, and what was done.

    Attributes:
        prudent: the last working day on or before the end; None where a regime compares nothing.
        carried_over: the first one on or after it; None where nothing could be carried over.
    """

    deadline: date
    prudent: date | None
    carried_over: date | None
    steps: tuple[Step, ...]


def minimum_working_days(
    origin: date,
    delay: Delay,
    counted: Count,
    regime: Regime,
    zone: Zone,
    *,
    backwards: bool,
    pauses: tuple[Pause, ...],
) -> Count:
    """The same count, its end put off when the period would hold too few working days.

    Any period of two days or more holds at least two (Règl. 1182/71 art. 3 § 5): forwards, from the day after the
    origin to the end as carried over; backwards, from the eve of the origin to the end.

    Raises:
        OutOfRangeError: the count leaves the years 1905-2100.
    """
    needed = regime.minimum_working_days
    if not needed or _is_one_day(delay):
        return counted
    step = -ONE_DAY if backwards else ONE_DAY
    not_run = [pause for pause in pauses if pause.first <= counted.end]
    day, found = origin, 0
    while found < needed:
        day += step
        found += is_working_day(day, zone) and not any(pause.first <= day < pause.resumed for pause in not_run)
    if day >= counted.end if backwards else day <= next_working_day(in_range(counted.end), zone):
        return counted
    text = msgs(
        "It holds at least {count} working day: put off to {day}",
        "It holds at least {count} working days: put off to {day}",
        count=needed,
        day=day,
    )
    if backwards:
        text = msgs(
            "It holds at least {count} working day: brought forward to {day}",
            "It holds at least {count} working days: brought forward to {day}",
            count=needed,
            day=day,
        )
    source = "Règl. (CEE, Euratom) n° 1182/71 art. 3 § 5"
    return Count(day, (*counted.steps, Step("minimum-working-days", text, source, day)))


def _is_one_day(delay: Delay) -> bool:
    if isinstance(delay, WorkingDays):
        return delay.number == 1
    return not delay.total_months and delay.total_days == 1


def end_of(nominal: date, regime: Regime, zone: Zone, *, backwards: bool, counted: tuple[date, date] | None) -> Ending:
    """The deadline that a nominal end gives: the end itself, or the next working day where a regime says so.

    Nothing is carried over backwards, nor in a durée. `counted` holds the first and last of the days counted
    one by one, if any, whose holidays have their notes said too.

    Raises:
        OutOfRangeError: a working day is looked for outside the years 1905-2100.
    """
    reason = None if regime.is_length else why_not_working(nominal, zone)
    can_carry = regime.compared and not (backwards or regime.first_day_counted)
    if reason is None and counted is None:  # most ends: nothing to do, and nothing to say
        return Ending(nominal, nominal if regime.compared else None, nominal if can_carry else None, ())
    prudent = previous_working_day(nominal, zone) if regime.compared else None
    carried = next_working_day(nominal, zone) if can_carry else None
    deadline = carried if carried and regime.carry_over else nominal
    steps = _said(nominal, deadline, reason, regime, zone, backwards=backwards) if reason else []
    around = (prudent or nominal, carried or nominal)
    first, last = (min(around[0], counted[0]), max(around[1], counted[1])) if counted else around
    steps.extend(_notes(first, last, zone))
    return Ending(deadline, prudent, carried, tuple(steps))


def _said(nominal: date, deadline: date, reason: Message, regime: Regime, zone: Zone, *, backwards: bool) -> list[Step]:
    """Why a nominal end is not worked, and what becomes of it."""
    holiday = holiday_on(nominal, zone)
    weekend = regime.end_source if regime.carry_over else _WEEKEND
    text = msg("{day} is not a working day: {reason}", day=nominal, reason=reason)
    closed = Step("non-working-day", text, holiday.source if holiday else weekend, nominal)
    if deadline != nominal:
        return [closed, Step("carry-over", regime.end_text, regime.end_source, deadline)]
    kept = msg("Nothing is carried over: it stays on {day}", day=nominal)
    if backwards and not regime.first_day_counted:
        return [closed, Step("no-carry-over", kept, regime.backwards_source, nominal)]
    kept = regime.end_text._replace(parts={"day": nominal})
    return [closed, Step("no-carry-over", kept, regime.end_source, nominal)]


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
