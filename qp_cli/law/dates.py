"""Days: adding months and days within the years that are computed, and the steps of a working."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import OutOfRangeError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from qp_cli.law.periods import Period
    from qp_cli.messages import Message


FIRST_YEAR = 1905
LAST_YEAR = 2100
ONE_DAY = timedelta(days=1)

_MARGIN = 10  # years on either side that an intermediate result may reach
_MOST_DAYS = 150_000  # more than the years computed hold


def out_of_range() -> OutOfRangeError:
    """The error of a date before 1905 or after 2100."""
    return OutOfRangeError(
        msg(
            "Dates are computed from {first} to {last}: this one falls outside",
            first=str(FIRST_YEAR),
            last=str(LAST_YEAR),
        )
    )


def in_range(day: date) -> date:
    """The same day, when its year is computed.

    Raises:
        OutOfRangeError: the day is before 1905 or after 2100.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise out_of_range()
    return day


def shift_months(day: date, months: int) -> date:
    """The same day number some months later, or earlier when negative.

    A day that the target month lacks becomes its last day (CPC art. 641 al. 2; Règl. 1182/71 art. 3 § 2 c).

    Raises:
        OutOfRangeError: the result is far from the years computed.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not FIRST_YEAR - _MARGIN <= year <= LAST_YEAR + _MARGIN:
        raise out_of_range()
    number = day.day
    if number > 28:  # noqa: PLR2004 - every month has 28 days
        number = min(number, monthrange(year, month + 1)[1])
    return date(year, month + 1, number)


def shift_days(day: date, days: int) -> date:
    """The day some days later, or earlier when negative.

    Raises:
        OutOfRangeError: the shift is longer than the years computed.
    """
    if abs(days) > _MOST_DAYS:
        raise out_of_range()
    return day + timedelta(days=days)


def add_period(day: date, period: Period, *, backwards: bool = False) -> date:
    """The day a period later, or earlier: years and months in one go, then weeks and days.

    Months come before days (CPC art. 641 al. 3); nothing is carried over here.

    Raises:
        OutOfRangeError: the result is far from the years computed.
    """
    sign = -1 if backwards else 1
    return shift_days(shift_months(day, sign * period.total_months), sign * period.total_days)


class Step(NamedTuple):
    """What one rule did.

    Attributes:
        rule: stable key, such as `carry-over`.
        text: the rule in words.
        source: the text or case law applied, in French.
        result: the day reached after it, or nothing when it only informs.
    """

    rule: str
    text: Message
    source: str
    result: date | None
