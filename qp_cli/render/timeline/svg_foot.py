"""What stands below the picture of a timeline: its signs, what is not drawn in it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.render.columns import legend
from qp_cli.render.lists import MOST_ROWS
from qp_cli.render.timeline.signs import BAR_WORDS, legend_words
from qp_cli.render.timeline.svg_rows import gathered, told
from qp_cli.render.timeline.svg_shapes import MANY_SHAPE, classes, element, shape
from qp_cli.render.timeline.words import left_out_words, more, undated_words

if TYPE_CHECKING:
    from qp_cli.messages import Message
    from qp_cli.render.timeline.svg_rows import Frame
    from qp_cli.tracking.timeline import Mark


class SignKey(NamedTuple):
    """A sign as an `svg` element, and what it stands for."""

    drawing: str
    words: str


class TimelineFoot(NamedTuple):
    """What stands below a timeline.

    Attributes:
        keys: the signs that are used.
        sections: lines of words under a heading, where they have one.
    """

    keys: tuple[SignKey, ...]
    sections: tuple[tuple[Message | None, tuple[str, ...]], ...]


def foot_of(frame: Frame) -> TimelineFoot:
    """The signs of a picture, the lines it has no room for, the days outside its axis, what has no date."""
    owed = [one for row in frame.rows for one in row.row.obligations]
    sections = (
        (None, [frame.language.text(more(frame.hidden))] if frame.hidden else []),
        (msg("Outside the axis"), [told(frame, mark) for mark in frame.timeline.outside]),
        (msg("No deadline"), _undated(frame)),
        (None, [*legend(owed, frame.language), *_left_out(frame)]),
    )
    return TimelineFoot(tuple(_keys(frame)), tuple((title, tuple(lines)) for title, lines in sections if lines))


def _left_out(frame: Frame) -> list[str]:
    timeline = frame.timeline
    return left_out_words(timeline.cancelled, timeline.later, timeline.as_of, frame.language)


def _undated(frame: Frame) -> list[str]:
    language = frame.language
    found = undated_words(frame.timeline, language)
    lines = [f"{each.engagement.title} · {each.said(language)}" for each in found[:MOST_ROWS]]
    return [*lines, language.text(more(len(found) - MOST_ROWS))] if len(found) > MOST_ROWS else lines


def _keys(frame: Frame) -> list[SignKey]:
    """The drawing and the words of each sign that is used."""
    language = frame.language
    groups = [found for line in _marked(frame) for found in gathered(frame, line)]
    used: dict[tuple[object, ...], Mark] = {}
    for mark in (mark for found in groups for mark in found):
        used.setdefault((mark.kind, mark.state, mark.dated_by_term), mark)
    keys = [
        SignKey(_sign(element("g", shape([mark]), kind=classes([mark]))), legend_words(mark, language))
        for mark in used.values()
    ]
    if any(len(found) > 1 for found in groups):
        box = element("path", kind="tl-shape", d="M-8-8H8V8H-8Z") + element("text", "2", kind="tl-number", y=3.8)
        drawing = _sign(element("g", box, kind=f"tl-mark tl-{MANY_SHAPE}"))
        keys.append(SignKey(drawing, language.text(msg("so many in one place, each told to who points at it"))))
    for span in dict.fromkeys(bar.kind for row in frame.rows for bar in row.row.bars):
        kind = f"tl-span tl-{span.value.replace('_', '-')}"
        bar = _sign(element("rect", kind=kind, x=-9, y=-3, width=18, height=6, rx=2))
        keys.append(SignKey(bar, language.text(BAR_WORDS[span])))
    return keys


def _sign(drawing: str) -> str:
    return element("svg", drawing, kind="tl-sign", viewBox="-10 -10 20 20", width=20, height=20, aria_hidden="true")


def _marked(frame: Frame) -> list[tuple[Mark, ...]]:
    return [frame.timeline.marks, *(row.row.marks for row in frame.rows)]
