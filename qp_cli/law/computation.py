"""A deadline with its working: from an origin and a delay, under a regime, in a zone, carried over where it must be."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import InvalidPeriodError
from qp_cli.law.counting import Count, count, count_from_the_morrow
from qp_cli.law.dates import ONE_DAY, Step, in_range
from qp_cli.law.holidays import holiday_on, public_holidays
from qp_cli.law.periods import Period, WorkingDays
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
        return _unmoved(nominal, regime, can_carry=can_carry)
    prudent = previous_working_day(nominal, zone) if regime.compared else None
    carried = next_working_day(nominal, zone) if can_carry else None
    deadline = carried if carried and regime.carry_over else nominal
    steps = _said(nominal, deadline, reason, regime, zone, backwards=backwards) if reason else []
    days = [day for day in (nominal, prudent, carried, *(counted or ())) if day]
    steps.extend(_notes(min(days), max(days), zone))
    return Ending(deadline, prudent, carried, tuple(steps))


def _unmoved(nominal: date, regime: Regime, *, can_carry: bool) -> Ending:
    """An end that falls on a working day."""
    return Ending(nominal, nominal if regime.compared else None, nominal if can_carry else None, ())


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


_OLDER_BACKWARDS = "Lecture antérieure à Cass. com., 14 mars 2018, n° 16-26.996"


class Computation(NamedTuple):
    """A deadline and how it was reached.

    Attributes:
        origin: the day counted from.
        delay: what is counted.
        regime: the rule applied.
        zone: whose public holidays.
        backwards: counted before the origin.
        nominal: the end before any carry-over, once pauses have lengthened it.
        deadline: the last day in time.
        steps: the working, in order; the last one that has a day has the deadline.
        prudent: the last working day on or before it; None where a regime compares nothing.
        carried_over: the first working day on or after it; None where nothing could be carried over.
        other_reading: the deadline under another reading of the same regime, where it has one that differs.
        is_exact: whether the count gives the origin back: a durée counted backwards may fit no day.
    """

    origin: date
    delay: Delay
    regime: Regime
    zone: Zone
    backwards: bool
    nominal: date
    deadline: date
    steps: tuple[Step, ...]
    prudent: date | None
    carried_over: date | None
    other_reading: date | None
    is_exact: bool = True

    @property
    def strict(self) -> date:
        """The end if nothing is carried over."""
        return self.nominal


def compute_deadline(
    origin: date,
    delay: Delay,
    regime: Regime,
    zone: Zone,
    *,
    backwards: bool = False,
    pauses: tuple[Pause, ...] = (),
    is_length: bool = False,
) -> Computation:
    """The deadline that a delay gives, last day included, with its legal working.

    Years and months are added once from the origin, then weeks and days; a day that the target month lacks becomes
    its last day. Pauses, oldest first, lengthen what runs forwards. `is_length` is for a durée (a term, what runs
    on): it is never carried over, never franc, under any regime (Cass. soc., 15 March 2006, n° 04-44.544).

    Raises:
        InvalidPeriodError: the regime only counts backwards, and this runs forwards.
        OutOfRangeError: the origin or the result is before 1905 or after 2100.
    """
    if regime.backwards_only and not backwards:
        raise InvalidPeriodError(
            msg("The regime “{regime}” only counts backwards: this period runs forwards", regime=regime.name)
        )
    rule = regime.for_length() if is_length else regime
    return _compute(origin, delay, rule, zone, backwards, () if backwards else pauses)


@lru_cache(maxsize=4096)
def _compute(
    origin: date,
    delay: Delay,
    regime: Regime,
    zone: Zone,
    backwards: bool,  # noqa: FBT001
    pauses: tuple[Pause, ...],
) -> Computation:
    """One computation, kept: the rules, the situations of several days and the readings ask for the same ones."""
    counted = count(in_range(origin), delay, regime, zone, backwards=backwards, pauses=pauses)
    other = _from_the_morrow(origin, delay, regime, pauses, backwards=backwards)
    if other and other.end < counted.end:
        counted, other = other, counted
    arithmetic = counted.end
    counted = minimum_working_days(origin, delay, counted, regime, zone, backwards=backwards, pauses=pauses)
    nominal = in_range(counted.end)
    one_by_one = None
    if isinstance(delay, WorkingDays) or nominal != arithmetic:
        one_by_one = _days_counted(origin, nominal, regime)
    ending = end_of(nominal, regime, zone, backwards=backwards, counted=one_by_one)
    steps, reading = (*counted.steps, *ending.steps), None
    if second := _second_reading(nominal, delay, regime, zone, other, backwards=backwards):
        day, text, source = second
        if day != ending.deadline:
            reading, steps = day, (*steps, Step("other-reading", text, source, None))
    if regime.beside and not backwards:
        steps = (*steps, Step("beside", *regime.beside, None))
    return Computation(
        origin=origin,
        delay=delay,
        regime=regime,
        zone=zone,
        backwards=backwards,
        nominal=nominal,
        deadline=ending.deadline,
        steps=steps,
        prudent=ending.prudent,
        carried_over=ending.carried_over,
        other_reading=reading,
        is_exact=_is_exact(origin, nominal, delay, regime, zone, backwards=backwards),
    )


def _from_the_morrow(
    origin: date, delay: Delay, regime: Regime, pauses: tuple[Pause, ...], *, backwards: bool
) -> Count | None:
    """The other count of a délai franc in months, which may differ at the end of a month."""
    if not regime.extra_day or backwards or not isinstance(delay, Period) or not delay.total_months:
        return None
    return count_from_the_morrow(origin, delay, regime, pauses)


def _second_reading(
    nominal: date, delay: Delay, regime: Regime, zone: Zone, other: Count | None, *, backwards: bool
) -> tuple[date, Message, str] | None:
    """The day that another reading of the regime gives, what it is, and its source."""
    if other:
        day = end_of(other.end, regime, zone, backwards=False, counted=None).deadline
        text = msg("At the end of a month another reading gives {day}: the earlier of the two is used", day=day)
        return day, text, regime.source_for(delay)
    if backwards and regime.clear_backwards and not regime.backwards_only:
        day = nominal + ONE_DAY
        text = msg("An older reading counts that day too, and gives {day}: the earlier of the two is used", day=day)
        return day, text, _OLDER_BACKWARDS
    if regime.from_midnight and not backwards:
        day = nominal - ONE_DAY
        return day, msg("From an event at 0 h, whose own day counts, it ends on the eve: {day}", day=day), regime.source
    return None


def _is_exact(origin: date, first: date, delay: Delay, regime: Regime, zone: Zone, *, backwards: bool) -> bool:
    """Whether a durée that begins on the day found ends on the day asked for."""
    if not (backwards and regime.first_day_counted):
        return True
    return count(first, delay, regime, zone, backwards=False).end == origin


def _days_counted(origin: date, end: date, regime: Regime) -> tuple[date, date]:
    """The first and the last day of a count, the origin being one of them only in a durée."""
    if regime.first_day_counted:
        return min(origin, end), max(origin, end)
    return (origin + ONE_DAY, end) if origin < end else (end, origin - ONE_DAY)
