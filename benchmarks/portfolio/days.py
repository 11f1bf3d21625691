"""Calendar days of made-up conventions: months added, days drawn."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

FIRST = date(2018, 1, 15)
HORIZON = date(2026, 6, 30)
"""Nothing is recorded after this day."""


def add_months(day: date, months: int) -> date:
    """The same day number some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def after(day: date, days: int) -> date:
    """The day some days later."""
    return day + timedelta(days=days)


def draw(dice: random.Random, first: date, last: date) -> date:
    """A day between two, both included; the first where there is none."""
    return after(first, dice.randint(0, max(0, (last - first).days)))
