"""Dates that the text lets be read in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.wording import named, on_weekday
from qp_cli.errors import OutOfRangeError
from qp_cli.law.computation import compute
from qp_cli.law.periods import Period
from qp_cli.law.regimes import find_regime
from qp_cli.messages import msg
from qp_cli.model.dues import Within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.checks.reckoning import Dated
    from qp_cli.checks.subject import Subject
    from qp_cli.law.periods import Delay
    from qp_cli.law.zones import Zone

_LENGTH = "duree"


def several_readings(subject: Subject) -> Iterator[Remark]:
    """A date that the text lets be read in two ways."""
    for dated in subject.reckoning.dated:
        readings = dict.fromkeys(_readings(dated, subject.convention.zone))
        if len({day for day, _ in readings}) > 1:
            (first, one), (second, other) = list(readings)[:2]
            message = msg(
                "{name} has two readings: {first} ({one}), or {second} ({other})",
                name=named(dated.name, dated.clause),
                first=on_weekday(first),
                one=one,
                second=on_weekday(second),
                other=other,
            )
            earliest = min(day for day, _ in readings)
            yield Remark(dated.pointer, message, msg("Act by {day}, in time on either", day=on_weekday(earliest)))


def _readings(dated: Dated, zone: Zone) -> Iterator[tuple[date, str]]:
    """The days of the first deadline that can be read in several ways, each with the name of its regime."""
    for deadline in dated.deadlines:
        if deadline.due is None or deadline.regime is None or deadline.computation is None:
            continue
        others = [(reading.day, reading.regime.label) for reading in deadline.readings]
        if (second := deadline.computation.other_reading) and deadline.regime.extra_day:
            others.append((second, deadline.regime.label))
        if not others and deadline.origin and _undecided(dated):
            others += _as_length(deadline.origin, deadline.computation.delay, zone)
        if others := [other for other in others if other[0] != deadline.due]:
            yield deadline.due, deadline.regime.label
            yield from others
            return


def _as_length(origin: date, delay: Delay, zone: Zone) -> list[tuple[date, str]]:
    """The same period read as a durée; nothing where its days are out of the years computed."""
    length = find_regime(_LENGTH)
    try:
        return [(compute(origin, delay, length, zone).deadline, length.label)]
    except OutOfRangeError:
        return []


def _undecided(dated: Dated) -> bool:
    """Whether it is a term in calendar units whose regime nobody chose."""
    due = dated.due
    return (
        dated.engagement is None
        and isinstance(due, Within)
        and isinstance(due.within, Period)
        and due.regime is None
        and not due.readings
    )
