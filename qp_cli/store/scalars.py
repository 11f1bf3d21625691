"""What a plain scalar means: qp reads fewer types than YAML does, and refuses what has no good reading."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.store.characters import echo

if TYPE_CHECKING:
    from qp_cli.messages import Message
    from qp_cli.store.tree import Value

# The only words that are not text, and the characters that may start a number, a date or `.nan`.
WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
NUMBER_STARTS = frozenset("+-.0123456789")

_MAX_DIGITS = 15
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(?:inf|nan)", re.IGNORECASE | re.ASCII)


def read_number(text: str) -> tuple[Value, Message | None]:
    """The value of a plain scalar that starts like a number, with what is wrong when it is refused."""
    if _INTEGER.fullmatch(text):
        if len(text) - (text[0] == "-") <= _MAX_DIGITS:
            return int(text), None
        return text, msg("The number {value} has more than {limit} digits.", value=echo(text), limit=_MAX_DIGITS)
    parts = _DATE.fullmatch(text)
    if parts:
        try:
            return date(int(parts[1]), int(parts[2]), int(parts[3])), None
        except ValueError:
            return text, msg("The date {value} does not exist.", value=text)
    if _NOT_A_NUMBER.fullmatch(text):
        return text, msg("The value {value} is not a number that can be used.", value=text)
    return text, None
