"""Counting a delay from its origin: the nominal end, before anything is carried over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.arithmetic import ONE_DAY, shift_days, shift_months
from qp_cli.law.periods import DayCount, WorkingDays
from qp_cli.law.steps import Step
from qp_cli.law.workdays import add_working_days
from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.law.periods import Delay, Period
    from qp_cli.law.regimes import Regime
    from qp_cli.law.zones import Zone

_WORKING_DAYS_SOURCE = {
    DayCount.OUVRES: "Usage : du lundi au vendredi ; jours fériés : C. trav. art. L. 3133-1",
    DayCount.OUVRABLES: "Cass. soc., 3 juin 2015, n° 14-12.245 ; jours fériés : C. trav. art. L. 3133-1",
}


class Count(NamedTuple):
    """A nominal end with its working."""

    end: date
    steps: tuple[Step, ...]


def count(origin: date, delay: Delay, regime: Regime, zone: Zone, *, backwards: bool) -> Count:
    """The nominal end of a delay, the day included, before any carry-over.

    Forwards or backwards, by the regime's own rules on the first and the last day.

    Raises:
        OutOfRangeError: the count leaves the years 1905-2100.
    """
    steps = [_origin_step(origin, regime, backwards=backwards)]
    if regime.first_day_counted:
        end = _fill(steps, origin, delay, regime, zone, backwards=backwards)
    else:
        end = _reach(steps, origin, delay, regime, zone, backwards=backwards)
        if backwards:
            end = _clear(steps, end, delay, regime)
        elif regime.extra_day:
            end += ONE_DAY
            text = msg("A clear period: its last day is not counted either, which gives one day more")
            steps.append(Step("extra-day", text, regime.source, end))
    return Count(end, tuple(steps))


def count_from_the_morrow(origin: date, period: Period, regime: Regime) -> Count:
    """The other reading of a délai franc: the extra day is taken first, the period counted from there.

    Raises:
        OutOfRangeError: the count leaves the years computed.
    """
    morrow = origin + ONE_DAY
    steps = [_origin_step(origin, regime, backwards=False)]
    text = msg("A clear period: the same day number is taken from the day after the origin")
    steps.append(Step("extra-day", text, regime.source, morrow))
    return Count(_add(steps, morrow, period, regime.month_source, sign=1), tuple(steps))


def _origin_step(origin: date, regime: Regime, *, backwards: bool) -> Step:
    if regime.first_day_counted and backwards:
        text = msg("The length ends on {origin}, which is counted", origin=origin)
    elif regime.first_day_counted:
        text = msg("The length starts on {origin}, which is counted", origin=origin)
    elif backwards:
        text = msg("Counted backwards from {origin}, which is not counted itself", origin=origin)
    else:
        text = msg("Counted from {origin}, which is not counted itself", origin=origin)
    return Step("origin", text, regime.day_source, origin)


def _reach(steps: list[Step], origin: date, delay: Delay, regime: Regime, zone: Zone, *, backwards: bool) -> date:
    """The day a delay leads to, the origin not counted."""
    if isinstance(delay, WorkingDays):
        return _count_working_days(steps, origin, delay, zone, backwards=backwards)
    return _add(steps, origin, delay, regime.month_source, sign=-1 if backwards else 1)


def _fill(steps: list[Step], origin: date, delay: Delay, regime: Regime, zone: Zone, *, backwards: bool) -> date:
    """The other end of a length that fills days, the origin being one of them."""
    outside = origin + ONE_DAY if backwards else origin - ONE_DAY
    if isinstance(delay, WorkingDays):
        return _count_working_days(steps, outside, delay, zone, backwards=backwards)
    if backwards:
        end = _add(steps, outside, delay, regime.month_source, sign=-1)
        text = msg("Its first day is {day}: filled from there, it ends on {origin}", day=end, origin=origin)
        steps.append(Step("backwards", text, regime.source, end))
        return end
    end = _add(steps, origin, delay, regime.month_source, sign=1, first_day_counted=True) - ONE_DAY
    steps.append(Step("eve", msg("The first day being counted, it ends on the eve"), regime.source, end))
    return end


def _count_working_days(steps: list[Step], origin: date, length: WorkingDays, zone: Zone, *, backwards: bool) -> date:
    end = add_working_days(origin, length, zone, backwards=backwards)
    if length.kind is DayCount.OUVRES:
        text = msg("{delay}: Monday to Friday, less public holidays", delay=length)
    else:
        text = msg("{delay}: Monday to Saturday, less public holidays", delay=length)
    steps.append(Step("working-days", text, _WORKING_DAYS_SOURCE[length.kind], end))
    return end


def _add(
    steps: list[Step],
    origin: date,
    period: Period,
    source: str,
    *,
    sign: int,
    first_day_counted: bool = False,
) -> date:
    """Months in one go, then days in one go; each said in a step."""
    months, days = period.total_months, period.total_days
    day = origin
    if months:
        day = shift_months(origin, sign * months)
        text = msg("{period}: the months are counted once, by day number", period=period)
        lacks = day.day != origin.day
        steps.append(Step("period", text, source, day))
        if lacks and first_day_counted:
            text = msg(
                "The last month has no day {number}: the first day of the next month stands for it",
                number=origin.day,
            )
            day += ONE_DAY
            steps.append(Step("month-end", text, source, day))
        elif lacks:
            text = msg("The last month has no day {number}: its last day is taken", number=origin.day)
            steps.append(Step("month-end", text, source, day))
    if days or not months:
        day = shift_days(day, sign * days)
        text = msgs("{count} day is counted", "{count} days are counted", count=days)
        steps.append(Step("days" if months else "period", text, source, day))
    return day


def _clear(steps: list[Step], end: date, delay: Delay, regime: Regime) -> date:
    """The end of a count backwards: the day itself, or the one before when whole days are kept clear."""
    if regime.clear_backwards:
        end -= ONE_DAY
        text = msg("At least {delay} before: the days between are whole, so one day earlier", delay=delay)
        steps.append(Step("clear-days", text, regime.source, end))
    else:
        text = msg("At the latest {delay} before: that day is still in time", delay=delay)
        steps.append(Step("backwards", text, regime.source, end))
    return end
