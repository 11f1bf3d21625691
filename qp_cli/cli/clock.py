"""The day it is, in the convention's country, whatever the machine's own zone."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

PARIS = "Europe/Paris"


def now() -> datetime:
    """The present instant; the one place that reads the clock."""
    return datetime.now(UTC)


def elapsed() -> float:
    """Seconds since some instant that never changes while the process runs."""
    return time.monotonic()


def today() -> date:
    """The calendar day in Paris."""
    from zoneinfo import ZoneInfo

    return now().astimezone(ZoneInfo(PARIS)).date()
