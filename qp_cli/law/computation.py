"""A deadline with its working: from an origin and a delay, under a regime, in a zone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.arithmetic import ONE_DAY, in_range
from qp_cli.law.counting import count, count_from_the_morrow
from qp_cli.law.ending import end_of, minimum_working_days
from qp_cli.law.periods import Period, WorkingDays
from qp_cli.law.steps import Step
from qp_cli.messages import msg

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.law.periods import Delay
    from qp_cli.law.regimes import Regime
    from qp_cli.law.zones import Zone

__all__ = ["Computation", "Step", "compute"]


class Computation(NamedTuple):
    """A deadline and how it was reached.

    Attributes:
        origin: the day counted from.
        delay: what is counted.
        regime: the rule applied.
        zone: whose public holidays.
        backwards: counted before the origin.
        nominal: the end before any carry-over.
        deadline: the last day in time.
        steps: the working, in order.
        strict: the end if nothing is carried over.
        prudent: the last working day on or before it.
        carried_over: the first working day on or after it; nothing for a durée or a count backwards.
        other_reading: the deadline under the other reading of a délai franc, when the two differ.
    """

    origin: date
    delay: Delay
    regime: Regime
    zone: Zone
    backwards: bool
    nominal: date
    deadline: date
    steps: tuple[Step, ...]
    strict: date
    prudent: date
    carried_over: date | None
    other_reading: date | None


def compute(origin: date, delay: Delay, regime: Regime, zone: Zone, *, backwards: bool = False) -> Computation:
    """The deadline that a delay gives, last day included, with its legal working.

    A regime that only counts backwards does so whether asked to or not. Years and months are added once from
    the origin, then weeks and days; a day that the target month lacks becomes its last day.

    Raises:
        OutOfRangeError: the origin or the result is before 1905 or after 2100.
    """
    return _compute(origin, delay, regime, zone, backwards or regime.backwards_only)


@lru_cache(maxsize=4096)
def _compute(origin: date, delay: Delay, regime: Regime, zone: Zone, backwards: bool) -> Computation:  # noqa: FBT001
    """One computation, kept: the rules, the situations of several days and the readings ask for the same ones."""
    counted = count(in_range(origin), delay, regime, zone, backwards=backwards)
    other = None
    if regime.extra_day and not backwards and isinstance(delay, Period) and delay.total_months:
        other = count_from_the_morrow(origin, delay, regime)
        if other.end < counted.end:
            counted, other = other, counted
    arithmetic = counted.end
    if not backwards:
        counted = minimum_working_days(origin, delay, counted, regime, zone)
    nominal = in_range(counted.end)
    one_by_one = None
    if isinstance(delay, WorkingDays) or nominal != arithmetic:
        one_by_one = _days_counted(origin, nominal, regime)
    ending = end_of(nominal, regime, zone, backwards=backwards, counted=one_by_one)
    steps, reading = (*counted.steps, *ending.steps), None
    if other and other.end != nominal:
        reading = end_of(other.end, regime, zone, backwards=False, counted=None).deadline
        if reading != ending.deadline:
            steps = (*steps, _other_reading(reading, regime))
        else:
            reading = None
    return Computation(
        origin=origin,
        delay=delay,
        regime=regime,
        zone=zone,
        backwards=backwards,
        nominal=nominal,
        deadline=ending.deadline,
        steps=steps,
        strict=nominal,
        prudent=ending.prudent,
        carried_over=ending.carried_over,
        other_reading=reading,
    )


def _days_counted(origin: date, end: date, regime: Regime) -> tuple[date, date]:
    """The first and the last day of a count, the origin being one of them only in a durée."""
    if regime.first_day_counted:
        return min(origin, end), max(origin, end)
    return (origin + ONE_DAY, end) if origin < end else (end, origin - ONE_DAY)


def _other_reading(reading: date, regime: Regime) -> Step:
    text = msg("At the end of a month another reading gives {day}: the earlier of the two is used", day=reading)
    return Step("other-reading", text, regime.month_source, reading)
