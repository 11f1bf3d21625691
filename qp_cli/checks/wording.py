"""Parts of messages that several rules share: a thing with its clause, a day with its weekday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.messages import Message

_WEEKDAYS = (
    msg("Monday"),
    msg("Tuesday"),
    msg("Wednesday"),
    msg("Thursday"),
    msg("Friday"),
    msg("Saturday"),
    msg("Sunday"),
)


def named(name: str, clause: str | None) -> Message:
    """An id with the clause it rests on, where there is one."""
    return msg("“{id}” ({clause})", id=name, clause=clause) if clause else msg("“{id}”", id=name)


def on_weekday(day: date) -> Message:
    """A day with its weekday: Saturday 18 September 2021."""
    return msg("{weekday} {day}", weekday=_WEEKDAYS[day.weekday()], day=day)
