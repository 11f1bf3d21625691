"""Questions drawn at random: a period, a regime, a zone, an extension, pauses, a direction.

The days on which rules meet come more often than by chance: month ends, leap days, the days around holidays.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import NamedTuple

from qp_cli.law.holidays import public_holidays
from qp_cli.law.periods import DayCount, Period, WorkingDays
from qp_cli.law.zones import Zone
from qp_cli.model.dues import REGIME_NAMES
from tests.law.second_engine import simulate

FIRST_YEAR, LAST_YEAR = 1950, 2090
DAYS = range(date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal() + 1)


class Composition(NamedTuple):
    """One question, as both engines are asked it."""

    origin: date
    length: Period | WorkingDays
    regime: str
    zone: Zone
    backwards: bool
    pauses: tuple[tuple[date, date], ...]
    extension: Period | None
    is_length: bool

    def simulated(self):
        """The second engine's answer."""
        return simulate(
            self.origin,
            self.length,
            self.regime,
            self.zone,
            backwards=self.backwards,
            pauses=self.pauses,
            extension=self.extension,
            is_length=self.is_length,
        )

    def __str__(self):
        """The question in one line, in the words of the command line where it has them."""
        parts = [str(self.origin), f"“{self.length}”", self.regime, self.zone.value]
        parts += [f"extended by {self.extension}"] * (self.extension is not None)
        parts += [f"paused {first} until {resumed}" for first, resumed in self.pauses]
        return " ".join([*parts, *["backwards"] * self.backwards, *["is_length"] * self.is_length])


def compositions(seed, count):
    """So many questions; the same for the same seed, everywhere."""
    draw = random.Random(seed)  # noqa: S311 - questions, no secret
    return [composition(draw) for _ in range(count)]


def composition(draw):
    """One question."""
    zone = draw.choice(list(Zone))
    asked = Composition(
        origin=origin(draw, zone),
        length=length(draw),
        regime=draw.choice(REGIME_NAMES),
        zone=zone,
        backwards=draw.random() < 0.35,
        pauses=(),
        extension=None,
        is_length=draw.random() < 0.15,
    )
    if isinstance(asked.length, Period) and draw.random() < 0.4:
        asked = asked._replace(extension=period(draw))
    for _ in range(draw.choice((0, 0, 0, 1, 1, 1, 2, 3))):
        asked = asked._replace(pauses=(*asked.pauses, pause(draw, asked)))
    return asked


def origin(draw, zone):
    """A day to count from."""
    year, kind = draw.randint(FIRST_YEAR, LAST_YEAR), draw.random()
    if kind < 0.25:
        return date.fromordinal(draw.choice(DAYS))
    if kind < 0.5:
        first = date(year, draw.randint(1, 12), 1)
        return max(first - timedelta(days=draw.randint(-1, 3)), date(FIRST_YEAR, 1, 1))
    if kind < 0.6:
        leap = year - year % 4
        return date(leap, 2, 29) + timedelta(days=draw.randint(-1, 1))
    holiday = draw.choice(list(public_holidays(year, zone)))
    return max(holiday - timedelta(days=draw.choice((-1, 0, 1, 1, 1, 2, 3))), date(FIRST_YEAR, 1, 1))


def length(draw):
    """A period or working days, long or short."""
    if draw.random() < 0.3:
        return WorkingDays(
            draw.choice((1, 2, 3, draw.randint(4, 15), draw.randint(16, 60))), draw.choice(list(DayCount))
        )
    return period(draw)


def period(draw):
    """A period of one part or of several."""
    kind = draw.random()
    if kind < 0.25:
        return Period(days=draw.choice((1, 1, 2, 2, 3, 4, 8, 15, 30, draw.randint(1, 90))))
    if kind < 0.6:
        return Period(months=draw.choice((1, 1, 2, 2, 3, 6, 12, 18, draw.randint(1, 24))))
    if kind < 0.7:
        return Period(years=draw.randint(1, 2))
    if kind < 0.75:
        return Period(weeks=draw.randint(1, 8))
    return Period(draw.choice((0, 0, 1)), draw.randint(0, 13), draw.choice((0, 0, 0, 1, 2)), draw.randint(1, 40))


def pause(draw, asked):
    """One more pause, after those there are: before the period, in it, at its very ends, or beyond."""
    duree = "duree" if asked.regime == "duree" else "quantieme"
    end = asked._replace(regime=duree, is_length=True, backwards=False).simulated()
    wanted = draw.choice(
        (
            asked.origin + timedelta(days=draw.randint(-10, 2)),
            date.fromordinal(draw.randint(asked.origin.toordinal(), end.toordinal())),
            date.fromordinal(draw.randint(asked.origin.toordinal(), end.toordinal())),
            end + timedelta(days=draw.randint(-3, 3)),
        )
    )
    earliest = asked.pauses[-1][1] if asked.pauses else wanted
    first = max(wanted, earliest)
    return first, first + timedelta(days=draw.choice((1, 1, 2, draw.randint(1, 10), draw.randint(1, 60), 150)))
