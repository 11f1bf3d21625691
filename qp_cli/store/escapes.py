"""Escapes in double-quoted text, a backslash and what follows it, at their exact place."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.store.characters import echo, refused
from qp_cli.store.source import place_at, refuse_character

if TYPE_CHECKING:
    from qp_cli.store.collector import Collector

# In a value, a tab or a return can only come from an escape: refused as the character itself is.


@cache
def refused_decoded() -> re.Pattern[str]:
    """What matches a character that an escape may not stand for: those of the text, tab and carriage return."""
    return re.compile(f"[\\t\\r]|{refused().pattern}")


_LAST_CODE_POINT = 0x10FFFF
_NAMED = {
    "0": "\0",
    "a": "\x07",
    "b": "\x08",
    "t": "\t",
    "n": "\n",
    "v": "\x0b",
    "f": "\x0c",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
    "\n": "",
    "\r": "",
}
_PIECE = re.compile(
    r'"|\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))',
    re.DOTALL,
)


def report_escapes(text: str, start: int, notes: Collector) -> bool:
    """Report the escapes of the quoted text that starts at `start` which are refused or have no meaning.

    Returns:
        whether one has no meaning, so that the text cannot be read further.
    """
    for found in _PIECE.finditer(text, start + 1):
        number = found[1] or found[2] or found[3]
        if number is None and found[4] is None:
            return False
        code = int(number, 16) if number else -1
        character = _NAMED.get(found[4]) if number is None else chr(code) if code <= _LAST_CODE_POINT else None
        if character is None:
            notes.add(
                "QP002",
                place_at(text, found.start(), found.end()),
                msg("The escape {escape} has no meaning in double quotes.", escape=echo(found.group())),
                msg("Write two backslashes for one, or put the text in single quotes."),
            )
            return True
        if refused_decoded().match(character):
            if notes.is_full("QP006"):
                notes.add_more("QP006")
            else:
                refuse_character(notes, place_at(text, found.start(), found.end()), character)
            if "\ud800" <= character <= "\udfff":
                return True
    return False
