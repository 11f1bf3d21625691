"""Parts of messages that several rules share: a thing with its clause, a day with its weekday, a month."""

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
_MONTHS = (
    msg("January"),
    msg("February"),
    msg("March"),
    msg("April"),
    msg("May"),
    msg("June"),
    msg("July"),
    msg("August"),
    msg("September"),
    msg("October"),
    msg("November"),
    msg("December"),
)


def named(name: str, clause: str | None) -> Message:
    """An id with the clause it rests on, where there is one."""
    return msg("“{id}” ({clause})", id=name, clause=clause) if clause else msg("“{id}”", id=name)


def on_weekday(day: date) -> Message:
    """A day with its weekday: Saturday 18 September 2021."""
    return msg("{weekday} {day}", weekday=_WEEKDAYS[day.weekday()], day=day)


def in_month(day: date) -> Message:
    """The month of a day: September 2021."""
    return msg("{month} {year}", month=_MONTHS[day.month - 1], year=str(day.year))
