"""The day it is, in the convention's country, whatever the machine's own zone."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_MOST_AHEAD = 2
"""The hours by which Paris is ahead of UTC at the most, and it has not been behind it since 1946."""


def now() -> datetime:
    """The present instant; the one place that reads the clock."""
    return datetime.now(UTC)


def elapsed() -> float:
    """Seconds since some instant that never changes while the process runs."""
    return time.monotonic()


def today() -> date:
    """The calendar day in Paris; the rules of its time are looked up only when the day depends on them."""
    instant = now()
    if instant.hour < 24 - _MOST_AHEAD:
        return instant.date()
    from qp_cli.app.known_at import in_paris

    return in_paris(instant)
