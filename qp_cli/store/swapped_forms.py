"""Values of a due date that have the form of another of its keys: a period for a day or a name, and the reverse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.names import is_id
from qp_cli.store.meant import declared_events, meant_period, written_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.messages import Message

_DATED = ("due", "when", "target")
"""The keys below which a due date is said."""
_OF_DAYS = ("on", "from", "before", "first", "until")
_OF_PERIODS = ("within", "every", "at_least", "at_the_latest")


def swapped_form(path: Sequence[str | int], value: object, root: object) -> tuple[Message, Message] | None:
    """What a value of a due date is, where that is no form of its key, with what to write; None where it is neither.

    Args:
        path: the way to the value, as the file has it.
        value: what stands there.
        root: what the file says, for the events that it declares.
    """
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    if not any(step in _DATED for step in path) or not isinstance(value, str | date):
        return None
    text = str(value)
    event = next(iter(declared_events(root)), "…")
    if key in _OF_DAYS and (period := meant_period(text)):
        message = msg("“{value}” is a period, and {key}: takes a day or a name", value=text, key=key)
        return message, msg("Write {value}", value=f"within: {period}, from: {event}")
    if key not in _OF_PERIODS:
        return None
    if day := written_day(text):
        message = msg("“{value}” is a day, and {key}: takes a period", value=text, key=key)
        return message, msg("Write {value}", value=f"on: {day}")
    if is_id(text) and text in declared_events(root):
        message = msg("“{value}” is a name, and {key}: takes a period", value=text, key=key)
        counted = "before" if key.startswith("at_") else "from"
        return message, msg("Write {value}", value=f"{key}: P6M, {counted}: {text}")
    return None
