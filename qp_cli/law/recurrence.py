"""Recurring dates: every so long from an origin, or by an RFC 5545 rule."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qp_cli.errors import InvalidPeriodError, OutOfRangeError
from qp_cli.law.dates import LAST_YEAR, add_period, in_range
from qp_cli.messages import msg

if TYPE_CHECKING:
    from qp_cli.law.periods import Period

MAX_OCCURRENCES = 1000
"""More dates than any one recurrence may give."""


def occurrences(origin: date, every: Period, until: date, *, first: int = 1) -> tuple[date, ...]:
    """The days that come every so long after an origin, `until` included.

    The n-th is the origin plus n times the period, each counted from the origin, so that a 31 January
    followed every month gives 28 February and then 31 March. `first` is the first n: 0 gives the origin too.

    Raises:
        InvalidPeriodError: the period is empty.
        OutOfRangeError: a bound is before 1905 or after 2100, or there are more than 1000 dates.
    """
    if not every.total_months and not every.total_days:
        raise InvalidPeriodError(msg("A period that recurs is longer than zero"))
    in_range(origin)
    in_range(until)
    found: list[date] = []
    for n in range(first, first + MAX_OCCURRENCES + 1):
        try:
            day = add_period(origin, every.times(n))
        except OutOfRangeError:  # past every `until`
            break
        if day > until:
            break
        found.append(day)
    return _few_enough(found)


def occurrences_and_next(origin: date, every: Period, horizon: date, *, first: int = 1) -> tuple[date, ...]:
    """The days of `occurrences` up to a horizon, included, and the first one after it: for what has no known end.

    Raises:
        InvalidPeriodError: the period is empty.
        OutOfRangeError: the origin is before 1905 or after 2100, or there are more than 1000 dates by the horizon.
    """
    reached = occurrences(origin, every, _within_years(horizon), first=first) if horizon >= origin else ()
    try:
        following = in_range(add_period(origin, every.times(first + len(reached))))
    except OutOfRangeError:  # past the last year
        return reached
    return (*reached, following)


def rule_occurrences(rule_text: str, start: date, until: date) -> tuple[date, ...]:
    """The days that an RFC 5545 rule gives from a start to a last day, both included.

    By the RFC, unlike `occurrences`, FREQ=MONTHLY from a 31st skips the months that have no day 31, and the
    start itself is given only where the rule holds on it.

    Raises:
        InvalidPeriodError: the rule is not one that `validate_rule` accepts.
        OutOfRangeError: a bound is before 1905 or after 2100, or there are more than 1000 dates.
    """
    from qp_cli.law.rrule import expand, parse_rule

    rule = parse_rule(rule_text)
    in_range(start)
    in_range(until)
    last = min(until, rule.until) if rule.until else until
    return _few_enough(expand(rule, start, last, MAX_OCCURRENCES + 1))


def rule_occurrences_and_next(rule_text: str, start: date, horizon: date) -> tuple[date, ...]:
    """The days of `rule_occurrences` up to a horizon, included, and the first one after it, if there is one.

    Raises:
        InvalidPeriodError: the rule is not one that `validate_rule` accepts.
        OutOfRangeError: the start is before 1905 or after 2100, or there are more than 1000 dates by the horizon.
    """
    from qp_cli.law.rrule import expand, parse_rule

    rule = parse_rule(rule_text)
    reached = rule_occurrences(rule_text, start, _within_years(horizon)) if horizon >= start else ()
    last = _within_years(rule.until or date.max)
    return tuple(expand(rule, start, last, len(reached) + 1))


def validate_rule(rule_text: str) -> None:
    """Nothing, for a rule that `rule_occurrences` can follow.

    Raises:
        InvalidPeriodError: the text is not such a rule; the message says which part is wrong.
    """
    from qp_cli.law.rrule import parse_rule

    parse_rule(rule_text)


def _within_years(day: date) -> date:
    """The day, or the last one that is computed."""
    return min(day, date(LAST_YEAR, 12, 31))


def _few_enough(found: list[date]) -> tuple[date, ...]:
    if len(found) > MAX_OCCURRENCES:
        raise OutOfRangeError(
            msg("A recurrence gives at most {most} dates: shorten it or space it out", most=MAX_OCCURRENCES)
        )
    return tuple(found)
