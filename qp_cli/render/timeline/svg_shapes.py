"""Elements of an SVG picture as text, presented by class names alone, and the shapes of a timeline's marks."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.render.visible import visible
from qp_cli.tracking.states import State
from qp_cli.tracking.timeline import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.tracking.timeline import Mark

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
    """The text, or the words of it that have room with an ellipsis after them; a part of the first if it has none."""
    text = visible(text)
    if extent(text, size) <= room:
        return text
    kept, left = "", room - extent("…", size)
    for character in text:
        left -= _share(character) * size
        if left < 0:
            break
        kept += character
    words, blank, _ = f"{kept}{text[len(kept)]}".rpartition(" ")
    if blank:
        kept = words.rstrip(" ,;:.–-")
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


class Shape(NamedTuple):
    """A drawing around the point 0 0, six units each way: what is filled, and the lines over it."""

    filled: str = ""
    lined: str = ""


_ROUND = "M-6 0A6 6 0 1 1 6 0A6 6 0 1 1-6 0Z"
_TICK = "M-2.8.2L-.8 2.2L2.9-2.1"
MARK_SHAPES: dict[MarkKind, Shape] = {
    MarkKind.DUE: Shape("M0-7.5L7.5 0L0 7.5L-7.5 0Z"),
    MarkKind.PREVIOUS_DUE: Shape(lined="M0-5L5 0L0 5L-5 0Z"),
    MarkKind.CURE_DUE: Shape("M-6-5H6L0 6Z"),
    MarkKind.TERM: Shape("M0-7L8-3.5L0 0Z", "M0-7V7"),
    MarkKind.PREVIOUS_TERM: Shape(lined="M0 7V-7L8-3.5L0 0"),
    MarkKind.EVENT: Shape("M-4.5 0A4.5 4.5 0 1 1 4.5 0A4.5 4.5 0 1 1-4.5 0Z"),
    MarkKind.FULFILLED: Shape(_ROUND, _TICK),
    MarkKind.TRIGGERED: Shape("M-5-6L6.5 0L-5 6Z"),
    MarkKind.OCCURRED: Shape(_ROUND, "M0-3V3M-3 0H3"),
    MarkKind.AMENDED: Shape("M-5-7H2L6-3V7H-5Z", "M-2 0H3M-2 3H3"),
    MarkKind.WAIVED: Shape(_ROUND, "M-3 3L3-3"),
    MarkKind.SUSPENDED: Shape(lined="M3-7H-2V7H3"),
    MarkKind.RESUMED: Shape(lined="M-3-7H2V7H-3"),
    MarkKind.NOTIFIED: Shape("M0-7L6.5 5H-6.5Z", "M0-2.5V1M0 2.8V3.2"),
    MarkKind.BREACHED: Shape(lined="M-5-5L5 5M5-5L-5 5"),
    MarkKind.DENOUNCED: Shape("M-6-5H6V5H-6Z", "M-3 0H3"),
    MarkKind.TERMINATED: Shape("M-6-5H6V5H-6Z", "M-3-2L3 2M3-2L-3 2"),
}
FIGURES: dict[State, str] = {
    State.OVERDUE: "M0-4V.8M0 3.2V3.7",
    State.DUE_SOON: "M0-3V0H2.4",
    State.OPEN: "M-2 0H-1.9M0 0H.1M2 0H2.1",
    State.SUSPENDED: "M-1.5-2.5V2.5M1.5-2.5V2.5",
    State.FULFILLED: _TICK,
    State.FULFILLED_LATE: "M-3-.8L-1 1.2L2.7-3.1M-2 4H2",
    State.DISCHARGED: "M-2.5 2.5L2.5-2.5",
    State.BREACHED: "M-2-2L2 2M2-2L-2 2",
    State.EXPIRED: "M-3 0H3",
    State.EXERCISED: "M-2 2V-2H2V2Z",
    State.LAPSED: "M-2.5-2V2H2.5V-2",
}
"""What a deadline carries, by its state: a sign, never the colour alone; none while it is simply to come."""
MANY_SHAPE = "many"
_LESS = (State.BREACHED, State.DUE_SOON, State.SUSPENDED, State.OPEN, State.UPCOMING, State.FULFILLED_LATE)


def half(count: int) -> float:
    """Half the width of the drawing of so many marks."""
    return 6.5 if count == 1 else 4.5 + 3.5 * len(str(count))


def shape(marks: Sequence[Mark]) -> str:
    """The drawing of one mark, or of several that share a place: their number, in the colour of the gravest."""
    if len(marks) > 1:
        text = element("text", str(len(marks)), kind="tl-number", y=3.8)
        side = number(half(len(marks)))
        path = f"M-{side}-8H{side}V8H-{side}Z"
        return element("path", kind="tl-shape", d=path) + text
    mark = marks[0]
    filled, lined = MARK_SHAPES[mark.kind]
    if mark.state:
        lined = FIGURES.get(mark.state, "")
    over = "tl-figure" if filled else "tl-line"
    return (element("path", kind="tl-shape", d=filled) if filled else "") + (
        element("path", kind=over, d=lined) if lined else ""
    )


def classes(marks: Sequence[Mark]) -> str:
    """The class names of a mark, or of several that share a place: the sort, and the gravest state."""
    sort = marks[0].kind.value.replace("_", "-") if len(marks) == 1 else MANY_SHAPE
    grave = min((mark for mark in marks if mark.state), key=_gravity, default=None)
    state = f" tl-is-{grave.state.value}" if grave and grave.state else ""
    apart = " tl-derived" if grave and grave.dated_by_term else ""
    return f"tl-mark tl-{sort}{state}{apart}"


def _gravity(mark: Mark) -> int:
    """Overdue by a date of the text first, then by one derived from the term, then the rest."""
    if mark.state is State.OVERDUE:
        return 1 if mark.dated_by_term else 0
    return 2 + (_LESS.index(mark.state) if mark.state in _LESS else len(_LESS))
