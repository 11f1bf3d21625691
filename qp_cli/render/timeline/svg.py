"""A timeline as SVG pictures for a page, and what stands below; a stylesheet gives them their colours and letters.

Class names, all presented by `qp_cli/render/page/timeline.css`:

- `tl`: the picture; `tl-side`: the names of its lines alone, beside it where it scrolls;
- `tl-grid`, `tl-tick`: a labelled day of the axis, and one between; `tl-year`: its label, `tl-start` at the edge;
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
- below, in HTML, `tl-sign` is a drawing, `tl-key` it with its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.status import term_words
from qp_cli.render.timeline.signs import MARK_WORDS
from qp_cli.render.timeline.svg_rows import LEFT, SIDE, SMALL, TOP, WIDTH, draw_names, draw_rows, ground
from qp_cli.render.timeline.svg_shapes import element, escaped, extent, titled
from qp_cli.render.wording import tallied
from qp_cli.tracking.timeline import MarkKind

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.timeline.svg_rows import Frame

_BELOW = 4
"""What the picture has below its last line."""


def draw_svg(frame: Frame, *, key: str = "tl") -> str:
    """The picture as an `svg` element; `key` begins its ids, which differ where a page has several pictures."""
    parts = (_summary(frame, key), _ground(frame), _lines(frame), draw_rows(frame), _labels(frame))
    content = "\n".join(line for part in parts for line in part)
    return element(
        "svg",
        f"\n{content}\n",
        kind="tl",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {frame.bottom + _BELOW}",
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
    )


def draw_side(frame: Frame) -> str:
    """The names of the lines alone, at the height of their lines: what stays in view while the picture scrolls."""
    content = "\n".join([*ground(frame, SIDE), *draw_names(frame)])
    return element(
        "svg",
        f"\n{content}\n",
        kind="tl-side",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {SIDE} {frame.bottom + _BELOW}",
        aria_hidden="true",
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
    grounds = ground(frame, WIDTH)
    for tick in frame.scale.ticks(frame.language, SMALL * 0.6):
        x = frame.x(tick.day)
        start, end = (TOP - 8, frame.bottom) if tick.label else (TOP - 4, TOP)
        grounds.append(element("line", kind="tl-grid" if tick.label else "tl-tick", x1=x, x2=x, y1=start, y2=end))
        if tick.label:  # what hangs over the edge is hidden where the names stay and the chart scrolls below them
            hangs = x - LEFT < extent(tick.label, SMALL) / 2
            kind = f"tl-year{' tl-start' if hangs else ''}"
            grounds.append(element("text", escaped(tick.label), kind=kind, x=x, y=TOP - 12))
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
    return element("text", escaped(text), kind=f"{kind} {held}", x=x, y=_LABELS[kind], paint_order="stroke")
