"""The lines of a timeline's picture, and where they are: a name, bars and marks on the axis, the deadline in words."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.render.lists import MOST_ROWS
from qp_cli.render.naming import titles_of
from qp_cli.render.timeline.axis import Scale
from qp_cli.render.timeline.signs import BAR_WORDS
from qp_cli.render.timeline.svg_shapes import classes, element, escaped, half, number, shape, shortened, titled, wrapped
from qp_cli.render.timeline.words import beside, clause, headline, mark_words, more, owners
from qp_cli.tracking import summary
from qp_cli.tracking.timeline import BarKind, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qp_cli.render.language import Language
    from qp_cli.render.timeline.words import Beside
    from qp_cli.tracking.timeline import Bar, Mark, Row, Timeline

WIDTH = 960
PAD = 8
LEFT = 276
"""Where the axis begins: the names are before it."""
SIDE = 140
"""How much the names take that stay in view while the picture scrolls."""
CHART = 504
"""How long the axis is: the dates are after it."""
RIGHT = LEFT + CHART + 14
TOP = 62
"""Where the first line begins: the labels of the axis are over it."""
HEAD = 30
"""How high the line of the convention is."""
NAME, SMALL = 12.0, 11.0
"""The sizes of letters: the names of lines, and everything else."""
_BOLD = 1.12
"""How much wider bold letters are."""
STEP = 15
"""From one line of letters to the next."""
_TIGHT = 13
"""The same where names are short of room."""
_MOST_LINES = 2
"""Lines of a name, and of a state."""
_NEAR = (10.0, 16.0, 22.0, 32.0)
"""Marks nearer than this are drawn as one that says how many they are: the least at which no drawing overlaps."""
_COUNTED = re.compile(r"(?<=\d) (?=[^\W\d])")
"""Between a number and what it counts."""
_TOUCH = 3.0
"""How much two drawings may touch."""
_TOLD = 30
"""How many marks drawn as one are told one by one."""
_THICK = {BarKind.PERIOD: 4, BarKind.IN_EFFECT: 10, BarKind.SUSPENDED: 10, BarKind.TERM: 6}


class PlacedRow(NamedTuple):
    """A row in its place: the lines of its name and of its state, how far down it begins and how high it is."""

    row: Row
    words: Beside
    name: tuple[str, ...]
    whose: str
    state: tuple[str, ...]
    top: int
    height: int

    @property
    def middle(self) -> float:
        """How far down its marks are."""
        return self.top + self.height / 2


class Frame:
    """What a picture is drawn in: its timeline, the reader's language, its lines and their places."""

    def __init__(self, timeline: Timeline, language: Language) -> None:
        self.timeline = timeline
        self.language = language
        self.scale = Scale(timeline.axis, CHART)
        self._titles = titles_of(timeline.situation.convention)
        drawn = [row for row in timeline.rows if row.is_drawn]
        self.hidden = len(drawn[MOST_ROWS:])
        self.rows: list[PlacedRow] = []
        self.bottom = TOP + HEAD
        for row in drawn[:MOST_ROWS]:
            placed = self._place(row)
            self.rows.append(placed)
            self.bottom += placed.height

    def _place(self, row: Row) -> PlacedRow:
        directory = self.timeline.situation.directory
        words = beside(row, directory, self._titles, self.language)
        name = wrapped(row.engagement.title, LEFT - 2 * PAD, NAME * _BOLD, _MOST_LINES)
        state = wrapped(_COUNTED.sub("\u00a0", words.state), WIDTH - RIGHT - PAD, SMALL * _BOLD, _MOST_LINES)
        whose = " · ".join(filter(None, (owners(row, directory), row.engagement.clause)))
        height = STEP * (1 + max(len(name), len(state))) + PAD
        return PlacedRow(row, words, tuple(name), whose, tuple(state), self.bottom, height)

    def x(self, day: date) -> float:
        """Where a day is."""
        return LEFT + (day - self.timeline.axis.start).days * CHART / self.timeline.axis.days


def ground(frame: Frame, width: int) -> list[str]:
    """The grounds of the lines, every other one tinted."""
    places = [(TOP, HEAD), *((row.top, row.height) for row in frame.rows)]
    return [
        element("rect", kind=f"tl-row{'' if number % 2 else ' tl-even'}", x=0, y=top, width=width, height=height)
        for number, (top, height) in enumerate(places)
    ]


def draw_names(frame: Frame) -> list[str]:
    """The name of each line, in as many short lines as its height has room for."""
    names = [_text(frame.language.text(msg("Convention")), "tl-name", 0, TOP + HEAD / 2 + 4)]
    for placed in frame.rows:
        room = (placed.height - PAD // 2) // _TIGHT
        whose = [] if placed.row.alone else [shortened(placed.whose, SIDE - PAD, SMALL)]
        lines = wrapped(placed.row.engagement.title, SIDE - PAD, SMALL * _BOLD, room - len(whose))
        first = placed.top + (placed.height - _TIGHT * len([*lines, *whose])) / 2 + SMALL
        kinds = [*["tl-name"] * len(lines), *["tl-sub"] * len(whose)]
        content = [
            _text(line, kind, 0, first + _TIGHT * place)
            for place, (kind, line) in enumerate(zip(kinds, [*lines, *whose], strict=True))
        ]
        names.append(element("g", titled([placed.row.engagement.title, *whose]) + "".join(content)))
    return names


def draw_rows(frame: Frame) -> list[str]:
    """The line of the convention, then one for each row."""
    common, middle = frame.language.text(msg("Convention")), TOP + HEAD / 2
    name = _text(common, "tl-name", PAD, middle + 4)
    first = element("g", name + _marks(frame, frame.timeline.marks, middle), kind="tl-lane")
    return [first, *(_row(frame, row) for row in frame.rows)]


def _row(frame: Frame, placed: PlacedRow) -> str:
    row, first = placed.row, placed.top + STEP
    one = headline(row)
    state = f"tl-words tl-is-{one.state.value}{' tl-derived' if summary.is_apart(one) else ''}"
    whose = shortened(placed.whose, LEFT - 2 * PAD, SMALL)
    content = [
        titled([row.engagement.title, placed.whose, placed.words.due, placed.words.state]),
        *(_text(line, "tl-name", PAD, first + STEP * place) for place, line in enumerate(placed.name)),
        _text(whose, "tl-sub", PAD, first + STEP * len(placed.name)),
        *(_bar(frame, bar, placed.middle) for bar in _layered(row.bars)),
        *_moves(frame, row.marks, placed.middle),
        _marks(frame, row.marks, placed.middle),
        _text(placed.words.due, "tl-date", RIGHT, first),
        *(_text(line, state, RIGHT, first + STEP * place) for place, line in enumerate(placed.state, start=1)),
    ]
    return element("g", "".join(content), kind="tl-lane")


def _text(text: str, kind: str, x: float, y: float) -> str:
    return element("text", escaped(text), kind=kind, x=x, y=y)


def _layered(bars: Iterable[Bar]) -> list[Bar]:
    """Suspensions over what they suspend."""
    return sorted(bars, key=lambda each: each.kind is BarKind.SUSPENDED)


def _bar(frame: Frame, bar: Bar, middle: float) -> str:
    language, end = frame.language, frame.timeline.until(bar)
    days = msg("{before} → {after}", before=bar.start, after=end if bar.end else "…")
    words = titled([language.text(msg("{label}: {text}", label=BAR_WORDS[bar.kind], text=days))])
    thick = _THICK[bar.kind]
    place = {"x": frame.x(bar.start), "width": max(1.0, frame.x(end) - frame.x(bar.start))}
    kind = f"tl-span tl-{bar.kind.value.replace('_', '-')}"
    return element("rect", words, kind=kind, y=middle - thick / 2, height=thick, rx=2, **place)


def _moves(frame: Frame, marks: Sequence[Mark], middle: float) -> list[str]:
    """From each date that an avenant moved to the one it has."""
    moved = dict.fromkeys(
        (one.previous_due, one.due) for mark in marks if mark.kind is MarkKind.DUE for one in mark.obligations
    )
    return [
        element("line", kind="tl-moved", x1=frame.x(before), x2=frame.x(after), y1=middle, y2=middle)
        for before, after in moved
        if before and after
    ]


def _marks(frame: Frame, marks: Iterable[Mark], middle: float) -> str:
    return "".join(_mark(frame, found, middle) for found in gathered(frame, marks))


def gathered(frame: Frame, marks: Iterable[Mark]) -> list[list[Mark]]:
    """The marks that are drawn each alone, and together those too near to one another; no two drawings overlap."""
    ordered = sorted(marks, key=lambda mark: mark.day)
    places = [frame.x(mark.day) for mark in ordered]
    groups: list[list[int]] = []
    for near in _NEAR:
        groups = _grouped(places, near)
        apart = ((places[after[0]] - places[before[0]], before, after) for before, after in pairwise(groups))
        if all(gap >= half(len(before)) + half(len(after)) - _TOUCH for gap, before, after in apart):
            break
    return [[ordered[rank] for rank in group] for group in groups]


def _grouped(places: Sequence[float], near: float) -> list[list[int]]:
    """The ranks of the places that are nearer than that to the first of their group."""
    groups: list[list[int]] = []
    for rank, place in enumerate(places):
        if groups and place - places[groups[-1][0]] < near:
            groups[-1].append(rank)
        else:
            groups.append([rank])
    return groups


def _mark(frame: Frame, marks: Sequence[Mark], middle: float) -> str:
    """One mark, or several together at the place of the first."""
    lines = [told(frame, mark) for mark in marks[:_TOLD]]
    if len(marks) > _TOLD:
        lines.append(frame.language.text(more(len(marks) - _TOLD)))
    place = f"translate({number(frame.x(marks[0].day))} {number(middle)})"
    return element("g", titled(lines) + shape(marks), kind=classes(marks), transform=place)


def told(frame: Frame, mark: Mark) -> str:
    """The day of a mark, what it is, and its clause."""
    language, source = frame.language, clause(mark, frame.timeline)
    said = mark_words(mark, frame.timeline, language)
    text = language.text(msg("{label}: {text}", label=language.full_day(mark.day), text=said))
    return f"{text} ({source})" if source else text
