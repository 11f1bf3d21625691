"""Counting a delay from its origin: the nominal end, before anything is carried over."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.dates import ONE_DAY, Step, add_period, shift_days, shift_months
from qp_cli.law.periods import DayCount, Period, WorkingDays
from qp_cli.law.workdays import add_working_days, counted_between, skipped_holidays
from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.law.periods import Delay
    from qp_cli.law.regimes import Regime
    from qp_cli.law.zones import Zone

_WORKING_DAYS_SOURCE = {
    DayCount.OUVRES: "Usage : du lundi au vendredi ; jours fériés : C. trav. art. L. 3133-1",
    DayCount.OUVRABLES: "Cass. soc., 3 juin 2015, n° 14-12.245 ; jours fériés : C. trav. art. L. 3133-1",
}
SUSPENSION_SOURCE = "C. civ. art. 2230, par analogie : la suspension arrête le cours du délai, sans l'effacer"
_NAMED = 6
"""How many of the public holidays that were left out are named."""
_NEAR = 7
"""How many days around a first guess the first day of a length is looked for: months and closed days differ by less."""


class Pause(NamedTuple):
    """Days that do not run: from `first` to the eve of `resumed`, which is the first day that runs again."""

    first: date
    resumed: date


class Count(NamedTuple):
    """A nominal end with its working."""

    end: date
    steps: tuple[Step, ...]


def count(
    origin: date, delay: Delay, regime: Regime, zone: Zone, *, backwards: bool, pauses: tuple[Pause, ...] = ()
) -> Count:
    """The nominal end of a delay, the day included, before any carry-over.

    Forwards or backwards, by the regime's own rules on the first and the last day. Pauses, in their order, only
    bear on what runs forwards.

    Raises:
        OutOfRangeError: the count leaves the years 1905-2100.
    """
    steps = [_origin_step(origin, delay, regime, backwards=backwards)]
    if regime.first_day_counted and not backwards:
        end = _fill(steps, origin, delay, regime, zone, pauses)
    elif regime.first_day_counted:
        end = _fill_backwards(steps, origin, delay, regime, zone)
    elif backwards:
        end = _clear(steps, _reach(steps, origin, delay, regime, zone, backwards=True), delay, regime)
    else:
        end = _reach(steps, origin, delay, regime, zone, pauses=pauses)
        if regime.extra_day:
            end += ONE_DAY
            text = msg("A clear period: its last day is not counted either, which gives one day more")
            steps.append(Step("extra-day", text, regime.source, end))
    if isinstance(delay, Period) and not backwards:
        end = _paused(steps, origin if regime.first_day_counted else origin + ONE_DAY, end, pauses)
    elif regime.extra_day and not backwards:
        end = _paused(steps, end, end, pauses)
    return Count(end, tuple(steps))


def count_from_the_morrow(origin: date, period: Period, regime: Regime, pauses: tuple[Pause, ...] = ()) -> Count:
    """The other reading of a délai franc: the extra day is taken first, the period counted from there.

    Raises:
        OutOfRangeError: the count leaves the years computed.
    """
    morrow = origin + ONE_DAY
    steps = [_origin_step(origin, period, regime, backwards=False)]
    text = msg("A clear period: the same day number is taken from the day after the origin")
    steps.append(Step("extra-day", text, regime.source, morrow))
    end = _add(steps, morrow, period, regime, sign=1)
    return Count(_paused(steps, morrow, end, pauses), tuple(steps))


def _paused(steps: list[Step], first_day: date, end: date, pauses: tuple[Pause, ...]) -> date:
    """The nominal end of a calendar period that was paused: as many days later as it lost while it ran."""
    for pause in pauses:
        began = max(pause.first, first_day)
        if began > end or pause.resumed <= began:
            continue
        lost = (pause.resumed - began).days
        end += lost * ONE_DAY
        steps.append(_pause_step(pause, lost, end))
    return end


def _pause_step(pause: Pause, lost: int, end: date) -> Step:
    text = msgs(
        "Suspended from {first}, resumed on {resumed}: {count} day did not run, as much is added",
        "Suspended from {first}, resumed on {resumed}: {count} days did not run, as much is added",
        count=lost,
        first=pause.first,
        resumed=pause.resumed,
    )
    return Step("suspension", text, SUSPENSION_SOURCE, end)


def _origin_step(origin: date, delay: Delay, regime: Regime, *, backwards: bool) -> Step:
    if regime.first_day_counted and backwards:
        text = msg("The length ends on {origin}, which is counted", origin=origin)
    elif regime.first_day_counted:
        text = msg("The length starts on {origin}, which is counted", origin=origin)
    elif backwards:
        text = msg("Counted backwards from {origin}, which is not counted itself", origin=origin)
    else:
        text = msg("Counted from {origin}, which is not counted itself", origin=origin)
    return Step("origin", text, regime.source_for(delay), origin)


def _reach(
    steps: list[Step],
    origin: date,
    delay: Delay,
    regime: Regime,
    zone: Zone,
    *,
    backwards: bool = False,
    pauses: tuple[Pause, ...] = (),
) -> date:
    """The day a delay leads to, the origin not counted."""
    if isinstance(delay, WorkingDays):
        return _count_working_days(steps, origin, delay, zone, backwards=backwards, pauses=pauses)
    return _add(steps, origin, delay, regime, sign=-1 if backwards else 1)


def _fill(
    steps: list[Step], origin: date, delay: Delay, regime: Regime, zone: Zone, pauses: tuple[Pause, ...] = ()
) -> date:
    """The last day of a length that fills days, the origin being the first of them."""
    if isinstance(delay, WorkingDays):
        return _count_working_days(steps, origin - ONE_DAY, delay, zone, backwards=False, pauses=pauses)
    end = _add(steps, origin, delay, regime, sign=1) - ONE_DAY
    steps.append(Step("eve", msg("The first day being counted, it ends on the eve"), regime.source, end))
    return end


def _fill_backwards(steps: list[Step], last: date, delay: Delay, regime: Regime, zone: Zone) -> date:
    """The first day that a length must begin on to end on `last`; where none does exactly, the last that is early."""
    first, reached = first_day_to_end_on(last, delay, regime, zone)
    if reached == last:
        text = msg("Its first day is {day}: filled from there, it ends on {origin}", day=first, origin=last)
    else:
        text = msg(
            "No first day makes it end on {origin} exactly: from {day} it ends on {before}, from the next day later",
            origin=last,
            day=first,
            before=reached,
        )
    steps.append(Step("backwards", text, regime.source_for(delay), first))
    return first


def first_day_to_end_on(last: date, delay: Delay, regime: Regime, zone: Zone) -> tuple[date, date]:
    """The first day whose own forward end is `last`, else the last one that ends before it; and that end.

    Raises:
        OutOfRangeError: the count leaves the years computed.
    """
    if isinstance(delay, WorkingDays):
        guess = add_working_days(last + ONE_DAY, delay, zone, backwards=True)
    else:
        guess = add_period(last + ONE_DAY, delay, backwards=True)
    near = [guess + shift * ONE_DAY for shift in range(-_NEAR, _NEAR + 1)]
    ends = [(day, _fill([], day, delay, regime, zone)) for day in near]
    exact = [(day, end) for day, end in ends if end == last]
    return exact[0] if exact else max((day, end) for day, end in ends if end < last)


def _count_working_days(
    steps: list[Step],
    origin: date,
    length: WorkingDays,
    zone: Zone,
    *,
    backwards: bool,
    pauses: tuple[Pause, ...] = (),
) -> date:
    kind = length.kind
    text = msg("{delay}: Monday to Saturday, less public holidays", delay=length)
    if kind is DayCount.OUVRES:
        text = msg("{delay}: Monday to Friday, less public holidays", delay=length)
    source = _WORKING_DAYS_SOURCE[kind]
    end = add_working_days(origin, length, zone, backwards=backwards)
    steps.append(Step("working-days", text, source, end))
    reached, left = origin, length.number
    for pause in pauses:
        began = max(pause.first, reached + ONE_DAY)
        if began > end or pause.resumed <= began:
            continue
        left -= counted_between(reached, began, kind, zone)
        reached = pause.resumed - ONE_DAY
        end = add_working_days(reached, WorkingDays(left, kind), zone)
        text = msg(
            "Suspended from {first}, resumed on {resumed}: the days between are not counted",
            first=pause.first,
            resumed=pause.resumed,
        )
        steps.append(Step("suspension", text, SUSPENSION_SOURCE, end))
    span = (end, origin - ONE_DAY) if backwards else (origin + ONE_DAY, end)
    steps.extend(_skipped(*span, kind, zone, pauses))
    return end


def _skipped(first: date, last: date, kind: DayCount, zone: Zone, pauses: tuple[Pause, ...]) -> Iterator[Step]:
    """The step that names the public holidays that a count left out; none where it met none while it ran."""
    found = [
        (day, holiday)
        for day, holiday in skipped_holidays(first, last, kind, zone)
        if not any(pause.first <= day < pause.resumed for pause in pauses)
    ]
    if not found:
        return
    named = [msg("{day} ({holiday})", day=day, holiday=holiday.name) for day, holiday in found[:_NAMED]]
    if more := len(found) - len(named):
        named.append(msgs("{count} other", "{count} others", count=more))
    days = reduce(lambda before, day: msg("{first}, {last}", first=before, last=day), named)
    sources = (source for _, holiday in found[:_NAMED] for source in holiday.source.split(" ; "))
    text = msgs(
        "Public holiday not counted: {days}", "Public holidays not counted: {days}", count=len(found), days=days
    )
    yield Step("skipped-holidays", text, " ; ".join(dict.fromkeys(sources)), None)


def _add(steps: list[Step], origin: date, period: Period, regime: Regime, *, sign: int) -> date:
    """Months in one go, then days in one go; each said in a step."""
    months, days, source = period.total_months, period.total_days, regime.source_for(period)
    day = origin
    if months:
        day = shift_months(origin, sign * months)
        text = regime.months_text._replace(parts={"period": period})
        lacks = day.day != origin.day
        steps.append(Step("period", text, source, day))
        if lacks and regime.first_day_counted:
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
        steps.append(Step("clear-days", text, regime.clear_source, end))
    else:
        text = msg("At the latest {delay} before: that day is still in time", delay=delay)
        steps.append(Step("backwards", text, regime.source, end))
    return end
