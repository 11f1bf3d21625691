"""Elements of an SVG picture as text: escaped, presented by class names alone, labels shortened to their room."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_NARROW = frozenset("fijltrI.,;:'’!|()[] \u00a0")
_WIDE = frozenset("mwMW@%…–—")


def escaped(text: str) -> str:
    """A text as the content of an element or of an attribute: nothing in it is markup, nothing is invisible."""
    return visible(text).translate(_ESCAPES)


def element(name: str, content: str = "", /, *, kind: str = "", **attributes: float | str) -> str:
    """An element with its classes and attributes; `content` is markup already, numbers keep one decimal.

    Args:
        name: its tag.
        content: what is in it.
        kind: its class names, separated by spaces.
        attributes: the others, `_` in a name standing for `-`.
    """
    named = {"class": kind, **attributes} if kind else attributes
    written = "".join(f' {key.replace("_", "-")}="{_value(value)}"' for key, value in named.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _value(value: float | str) -> str:
    return escaped(value) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A length with one decimal, none where it is whole."""
    return f"{value:.1f}".removesuffix(".0")


def titled(lines: Iterable[str]) -> str:
    """What a reader who points at an element is told."""
    return f"<title>{'&#10;'.join(map(escaped, lines))}</title>"


def extent(text: str, size: float) -> float:
    """About how wide a text is in a sans-serif face of that size, rather more than less."""
    return sum(map(_share, text)) * size


def _share(character: str) -> float:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.98
    return 0.74 if character.isupper() else 0.6


def shortened(text: str, room: float, size: float) -> str:
    """The text, or as much of it as has room with an ellipsis after it."""
    text = visible(text)
    if extent(text, size) <= room:
        return text
    kept, left = "", room - extent("…", size)
    for character in text:
        left -= _share(character) * size
        if left < 0:
            break
        kept += character
    return f"{kept.rstrip()}…"


def wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """The text on several lines, broken between words; on the last of them as much of the rest as has room."""
    lines: list[str] = []
    left = visible(text).split(" ")
    while left and len(lines) < most - 1:
        count = 1
        while count < len(left) and extent(" ".join(left[: count + 1]), size) <= room:
            count += 1
        if extent(left[0], size) > room:
            break
        lines.append(" ".join(left[:count]))
        left = left[count:]
    return [*lines, shortened(" ".join(left), room, size)] if left else lines
