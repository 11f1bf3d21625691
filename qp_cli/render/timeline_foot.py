"""What is below a timeline's picture: its signs, what it leaves out, and what has no deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.columns import legend
from qp_cli.render.lane_words import undated_words
from qp_cli.render.lists import MOST
from qp_cli.render.marks import SPANS, left_out, legend_words, more
from qp_cli.render.svg import element, escaped, number, shortened, titled, wrapped
from qp_cli.render.timeline_frame import PAD, SMALL, STEP, WIDTH
from qp_cli.render.timeline_rows import gathered, told
from qp_cli.render.timeline_shapes import MANY, classes, shape

if TYPE_CHECKING:
    from qp_cli.messages import Message
    from qp_cli.render.timeline_frame import Frame
    from qp_cli.tracking.lanes import Mark

_KEYS = 2
"""Columns of the legend."""
_LINE = 21
_GAP = 34
_AFTER = 6
_MOST_LINES = 3
"""Lines of a note before it is shortened."""


def draw_foot(frame: Frame) -> tuple[list[str], int]:
    """The lines below the picture, and how far down they go, in its units."""
    y = frame.bottom
    parts: list[str] = []
    if frame.hidden:
        y += _LINE
        said = frame.language.text(more(frame.hidden))
        parts.append(_note(said, [said], y))
    keys = _keys(frame)
    y += _GAP
    parts.append(_heading(frame, msg("Signs"), y))
    for place, (drawing, words) in enumerate(keys):
        x = PAD + 12 + (place % _KEYS) * (WIDTH - 2 * PAD) / _KEYS
        parts.append(_key(drawing, words, x, y + _LINE * (place // _KEYS + 1)))
    y += _LINE * -(-len(keys) // _KEYS)
    owed = [one for row in frame.rows for one in row.lane.obligations]
    sections = (
        (msg("Outside the axis"), [told(frame, mark) for mark in frame.chronology.outside]),
        (msg("No deadline"), _undated(frame)),
        (None, [*legend(owed, frame.language), *_left_out(frame)]),
    )
    for title, lines in sections:
        if not lines:
            continue
        y += _GAP
        if title:
            parts.append(_heading(frame, title, y))
            y += _LINE
        for line in lines:
            shown = wrapped(line, WIDTH - 2 * PAD, SMALL, _MOST_LINES)
            parts.append(_note(line, shown, y))
            y += STEP * len(shown) + _AFTER
        y -= _LINE
    return parts, y + _LINE


def _left_out(frame: Frame) -> list[str]:
    chronology = frame.chronology
    return left_out(chronology.cancelled, chronology.later, chronology.as_of, frame.language)


def _heading(frame: Frame, title: Message, y: float) -> str:
    return element("text", escaped(frame.language.text(title)), kind="tl-heading", x=PAD, y=y)


def _note(text: str, shown: list[str], y: float) -> str:
    """A line of words, or as many as it takes; whole to who points at it."""
    lines = [element("text", escaped(line), kind="tl-note", x=PAD, y=y + STEP * n) for n, line in enumerate(shown)]
    return element("g", titled([text]) + "".join(lines))


def _undated(frame: Frame) -> list[str]:
    language = frame.language
    found = undated_words(frame.chronology, language)
    lines = [f"{each.engagement.title} · {each.said(language)}" for each in found[:MOST]]
    return [*lines, language.text(more(len(found) - MOST))] if len(found) > MOST else lines


def _keys(frame: Frame) -> list[tuple[str, str]]:
    """The drawing and the words of each sign that is used."""
    language = frame.language
    groups = [found for line in _marked(frame) for found in gathered(frame, line)]
    used: dict[tuple[object, ...], Mark] = {}
    for mark in (mark for found in groups for mark in found):
        used.setdefault((mark.sort, mark.state, mark.apart), mark)
    keys = [(element("g", shape([mark]), kind=classes([mark])), legend_words(mark, language)) for mark in used.values()]
    if any(len(found) > 1 for found in groups):
        box = element("path", kind="tl-shape", d="M-8-8H8V8H-8Z") + element("text", "2", kind="tl-number", y=3.8)
        drawing = element("g", box, kind=f"tl-mark tl-{MANY}")
        keys.append((drawing, language.text(msg("so many in one place, each told to who points at it"))))
    for span in dict.fromkeys(stretch.span for row in frame.rows for stretch in row.lane.stretches):
        kind = f"tl-span tl-{span.value.replace('_', '-')}"
        keys.append((element("rect", kind=kind, x=-9, y=-3, width=18, height=6, rx=2), language.text(SPANS[span])))
    return keys


def _marked(frame: Frame) -> list[tuple[Mark, ...]]:
    return [frame.chronology.marks, *(row.lane.marks for row in frame.rows)]


def _key(drawing: str, words: str, x: float, y: float) -> str:
    room = (WIDTH - 2 * PAD) / _KEYS - 40
    text = element("text", titled([words]) + escaped(shortened(words, room, SMALL)), kind="tl-key", x=16, y=4)
    return element("g", drawing + text, transform=f"translate({number(x)} {number(y)})")
