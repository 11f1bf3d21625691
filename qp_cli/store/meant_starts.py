"""What a date was meant to be counted from, where what stands there cannot be that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.model.dues import FORMS
from qp_cli.names import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from qp_cli.messages import Message


def meant_start(value: object, shown_value: Callable[[object], str]) -> tuple[Message, Message]:
    """What is wrong, and what to do, where dates cannot be counted from what stands there.

    That is several things, another due date, or a recurrence where there is one already.

    Args:
        value: what stands there.
        shown_value: writes a part of it for a message.
    """
    if isinstance(value, list):
        message = msg("A date is counted from one thing, and this names several")
        names = ", ".join(shown_value(each) for each in value)
        hint = msg(
            "Declare an event with when: {{latest_of: [{names}]}}, or earliest_of, and name it here", names=names
        )
        return message, hint
    keys = list(value) if isinstance(value, dict) else []
    if {"every", "rrule"} & set(keys):
        message = msg("A recurrence cannot stand here: one day is expected, or a name that has one")
        hint = msg("Name a day, an event or “terme”; “within: P6M, from: {{every: P1Y, …}}” counts from each date")
        return message, hint
    if form := next((key for key in keys if key in FORMS), None):
        message = msg("A date cannot be counted from another due date in place: this one has no name")
        hint = msg("Declare an event with when: {{{form}: …}}, and name it here", form=form)
        return message, hint
    near = [each for key in keys for each in nearest(str(key), ("every", "rrule"))]
    message = msg("This does not say what the date is counted from")
    hint = msg("Write a name, a day, or a recurrence that begins with every or rrule")
    if near:
        hint = msg("Did you mean: {names}?", names=", ".join(dict.fromkeys(near)))
    return message, hint
