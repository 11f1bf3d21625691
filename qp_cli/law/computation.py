"""A deadline with its working: from an origin and a delay, under a regime, in a zone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import InvalidPeriodError
from qp_cli.law.arithmetic import ONE_DAY, in_range
from qp_cli.law.counting import Pause, count, count_from_the_morrow
from qp_cli.law.ending import end_of, minimum_working_days
from qp_cli.law.periods import Period, WorkingDays
from qp_cli.law.steps import Step
from qp_cli.messages import msg

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.law.counting import Count
    from qp_cli.law.periods import Delay
    from qp_cli.law.regimes import Regime
    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message

_OLDER_BACKWARDS = "Lecture antérieure à Cass. com., 14 mars 2018, n° 16-26.996"

__all__ = ["Computation", "Pause", "Step", "compute"]


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


def compute(
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
