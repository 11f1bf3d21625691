"""A timeline as an SVG picture for a page; a stylesheet gives it its colours and its letters.

Class names, all presented by `qp_cli/render/page/timeline.css`:

- `tl`: the picture; `tl-grid`, `tl-tick`: a labelled day of the axis, and one between; `tl-year`: its label;
- `tl-today`, `tl-term`, `tl-previous-term` on a `line`: the day looked at, the term, the term as signed;
  `tl-day`, `tl-until`: the labels of the first two; `tl-middle`, `tl-end`: where a label is held;
- `tl-lane`: a line of the picture; `tl-row`: its ground, every other one `tl-even`; `tl-name`, `tl-sub`: what it is
  and whose; `tl-date`, `tl-words`: its date, and its state in words with the class of that state;
- `tl-span`: a bar of days: `tl-period`, `tl-in-effect` or `tl-suspended`; `tl-moved`: from the date before an
  avenant to the one after;
- `tl-mark`: a mark, with its sort: `tl-due`, `tl-previous-due`, `tl-cure-due`, `tl-term`, `tl-previous-term`,
  `tl-event`, `tl-fulfilled`, `tl-triggered`, `tl-occurred`, `tl-amended`, `tl-waived`, `tl-suspended`, `tl-resumed`,
  `tl-notified`, `tl-breached`, `tl-denounced`, `tl-terminated`, or `tl-many` for several;
- a state is `tl-is-overdue`, `tl-is-due-soon`, `tl-is-upcoming`, `tl-is-open`, `tl-is-in-effect`,
  `tl-is-conditional`, `tl-is-suspended`, `tl-is-fulfilled`, `tl-is-fulfilled-late`, `tl-is-discharged`,
  `tl-is-breached`, `tl-is-expired`, `tl-is-exercised` or `tl-is-lapsed`, with `tl-derived` where an overdue date is
  derived from the term;
- in a mark, `tl-shape` is filled, `tl-figure` a line over it, `tl-line` a line that stands alone, `tl-number` a count;
- below, `tl-heading` is a heading, `tl-note` a line, `tl-key` the words of a sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import legend
from qp_cli.render.lists import MOST_ROWS
from qp_cli.render.status import term_words
from qp_cli.render.timeline.signs import BAR_WORDS, MARK_WORDS, legend_words
from qp_cli.render.timeline.svg_rows import HEAD, PAD, SMALL, STEP, TOP, WIDTH, Frame, draw_rows, gathered, told
from qp_cli.render.timeline.svg_shapes import (
    MANY_SHAPE,
    classes,
    element,
    escaped,
    extent,
    number,
    shape,
    shortened,
    titled,
    wrapped,
)
from qp_cli.render.timeline.words import left_out_words, more, undated_words
from qp_cli.render.wording import tallied
from qp_cli.tracking.timeline import MarkKind

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.timeline import Mark, Timeline


def draw_svg(timeline: Timeline, language: Language, *, key: str = "tl") -> str:
    """The picture as an `svg` element; `key` begins its ids, which differ where a page has several pictures."""
    frame = Frame(timeline, language)
    foot, height = draw_foot(frame)
    parts = (_summary(frame, key), _ground(frame), _lines(frame), draw_rows(frame), _labels(frame), foot)
    content = "\n".join(line for part in parts for line in part)
    return element(
        "svg",
        f"\n{content}\n",
        kind="tl",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
    )


def _summary(frame: Frame, key: str) -> list[str]:
    """What the picture shows, in words."""
    situation, language = frame.timeline.situation, frame.language
    owed = frame.timeline.obligations
    states = ", ".join(map(language.text, tallied(owed)))
    title = msg("{convention}: timeline on {day}", convention=situation.convention.title, day=situation.as_of)
    said = term_words(situation, language)
    if owed:
        count = msgs("{count} obligation: {states}.", "{count} obligations: {states}.", count=len(owed), states=states)
        said.append(language.text(count))
    return [
        element("title", escaped(language.text(title)), id=f"{key}-title"),
        element("desc", escaped(" ".join(said)), id=f"{key}-desc"),
    ]


def _ground(frame: Frame) -> list[str]:
    """The grounds of the lines, and the days of the axis over them."""
    places = [(TOP, HEAD), *((row.top, row.height) for row in frame.rows)]
    grounds = [
        element("rect", kind=f"tl-row{'' if number % 2 else ' tl-even'}", x=0, y=top, width=WIDTH, height=height)
        for number, (top, height) in enumerate(places)
    ]
    for tick in frame.scale.ticks(frame.language, SMALL * 0.6):
        x = frame.x(tick.day)
        start, end = (TOP - 8, frame.bottom) if tick.label else (TOP - 4, TOP)
        grounds.append(element("line", kind="tl-grid" if tick.label else "tl-tick", x1=x, x2=x, y1=start, y2=end))
        if tick.label:
            grounds.append(element("text", escaped(tick.label), kind="tl-year", x=x, y=TOP - 12))
    return grounds


def _lines(frame: Frame) -> list[str]:
    """The day looked at and the term, from top to bottom; the term as signed."""
    timeline = frame.timeline
    days = (
        (timeline.previous_term, "tl-previous-term", MARK_WORDS[MarkKind.PREVIOUS_TERM]),
        (timeline.term, "tl-term", _TERM),
        (timeline.as_of, "tl-today", msg("the day looked at")),
    )
    return [_line(frame, day, kind, name) for day, kind, name in days if day]


def _labels(frame: Frame) -> list[str]:
    """The words over the term and over the day looked at."""
    timeline, language = frame.timeline, frame.language
    labels: list[str] = []
    if timeline.term:
        said = msg("{label}: {text}", label=_TERM, text=language.short_day(timeline.term).strip())
        labels.append(_held(frame, language.text(said), timeline.term, "tl-until"))
    said = msg("On {day}", day=language.short_day(timeline.as_of).strip())
    return [*labels, _held(frame, language.text(said), timeline.as_of, "tl-day")]


_TERM = msg("Term of the convention")
_LABELS = {"tl-day": 14, "tl-until": 32}
"""How far down the two labels are."""


def _line(frame: Frame, day: date, kind: str, name: Message) -> str:
    said = msg("{label}: {text}", label=name, text=frame.language.full_day(day))
    start = _LABELS["tl-day" if kind == "tl-today" else "tl-until"] + 4
    place = {"x1": frame.x(day), "x2": frame.x(day), "y1": start, "y2": frame.bottom}
    return element("line", titled([frame.language.text(said)]), kind=kind, **place)


def _held(frame: Frame, text: str, day: date, kind: str) -> str:
    """A label over a day, inside the picture."""
    over = frame.x(day) + extent(text, SMALL) * 0.56 > WIDTH
    held, x = ("tl-end", WIDTH) if over else ("tl-middle", frame.x(day))
    return element("text", escaped(text), kind=f"{kind} {held}", x=x, y=_LABELS[kind])


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
    owed = [one for row in frame.rows for one in row.row.obligations]
    sections = (
        (msg("Outside the axis"), [told(frame, mark) for mark in frame.timeline.outside]),
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
    timeline = frame.timeline
    return left_out_words(timeline.cancelled, timeline.later, timeline.as_of, frame.language)


def _heading(frame: Frame, title: Message, y: float) -> str:
    return element("text", escaped(frame.language.text(title)), kind="tl-heading", x=PAD, y=y)


def _note(text: str, shown: list[str], y: float) -> str:
    """A line of words, or as many as it takes; whole to who points at it."""
    lines = [element("text", escaped(line), kind="tl-note", x=PAD, y=y + STEP * n) for n, line in enumerate(shown)]
    return element("g", titled([text]) + "".join(lines))


def _undated(frame: Frame) -> list[str]:
    language = frame.language
    found = undated_words(frame.timeline, language)
    lines = [f"{each.engagement.title} · {each.said(language)}" for each in found[:MOST_ROWS]]
    return [*lines, language.text(more(len(found) - MOST_ROWS))] if len(found) > MOST_ROWS else lines


def _keys(frame: Frame) -> list[tuple[str, str]]:
    """The drawing and the words of each sign that is used."""
    language = frame.language
    groups = [found for line in _marked(frame) for found in gathered(frame, line)]
    used: dict[tuple[object, ...], Mark] = {}
    for mark in (mark for found in groups for mark in found):
        used.setdefault((mark.kind, mark.state, mark.dated_by_term), mark)
    keys = [(element("g", shape([mark]), kind=classes([mark])), legend_words(mark, language)) for mark in used.values()]
    if any(len(found) > 1 for found in groups):
        box = element("path", kind="tl-shape", d="M-8-8H8V8H-8Z") + element("text", "2", kind="tl-number", y=3.8)
        drawing = element("g", box, kind=f"tl-mark tl-{MANY_SHAPE}")
        keys.append((drawing, language.text(msg("so many in one place, each told to who points at it"))))
    for span in dict.fromkeys(bar.kind for row in frame.rows for bar in row.row.bars):
        kind = f"tl-span tl-{span.value.replace('_', '-')}"
        keys.append((element("rect", kind=kind, x=-9, y=-3, width=18, height=6, rx=2), language.text(BAR_WORDS[span])))
    return keys


def _marked(frame: Frame) -> list[tuple[Mark, ...]]:
    return [frame.timeline.marks, *(row.row.marks for row in frame.rows)]


def _key(drawing: str, words: str, x: float, y: float) -> str:
    room = (WIDTH - 2 * PAD) / _KEYS - 40
    text = element("text", titled([words]) + escaped(shortened(words, room, SMALL)), kind="tl-key", x=16, y=4)
    return element("g", drawing + text, transform=f"translate({number(x)} {number(y)})")
