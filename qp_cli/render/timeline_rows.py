"""The lines of a timeline's picture: a name, stretches and marks on the axis, the deadline in words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.lane_words import headline
from qp_cli.render.marks import SPANS, clause, mark_words, more
from qp_cli.render.svg import element, escaped, number, shortened, titled
from qp_cli.render.timeline_frame import HEAD, LEFT, PAD, RIGHT, SMALL, STEP, TOP
from qp_cli.render.timeline_shapes import classes, half, shape
from qp_cli.tracking import summary
from qp_cli.tracking.lanes import Sort, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.render.timeline_frame import Frame, Row
    from qp_cli.tracking.lanes import Mark, Stretch

_NEAR = (10.0, 16.0, 22.0, 32.0)
"""Marks nearer than this are drawn as one that says how many they are: the least at which no drawing overlaps."""
_TOUCH = 3.0
"""How much two drawings may touch."""
_TOLD = 30
"""How many marks drawn as one are told one by one."""
_THICK = {Span.PERIOD: 4, Span.IN_EFFECT: 10, Span.SUSPENDED: 10}


def draw_rows(frame: Frame) -> list[str]:
    """The line of the convention, then one for each lane."""
    common, middle = frame.language.text(msg("Convention")), TOP + HEAD / 2
    name = _text(common, "tl-name", PAD, middle + 4)
    first = element("g", name + _marks(frame, frame.chronology.marks, middle), kind="tl-lane")
    return [first, *(_lane(frame, row) for row in frame.rows)]


def _lane(frame: Frame, row: Row) -> str:
    lane, first = row.lane, row.top + STEP
    one = headline(lane)
    state = f"tl-words tl-is-{one.state.value}{' tl-derived' if summary.is_apart(one) else ''}"
    whose = shortened(row.whose, LEFT - 2 * PAD, SMALL)
    content = [
        titled([lane.engagement.title, row.whose, row.words.due, row.words.state]),
        *(_text(line, "tl-name", PAD, first + STEP * place) for place, line in enumerate(row.name)),
        _text(whose, "tl-sub", PAD, first + STEP * len(row.name)),
        *(_stretch(frame, stretch, row.middle) for stretch in _layered(lane.stretches)),
        *_moves(frame, lane.marks, row.middle),
        _marks(frame, lane.marks, row.middle),
        _text(row.words.due, "tl-date", RIGHT, first),
        *(_text(line, state, RIGHT, first + STEP * place) for place, line in enumerate(row.state, start=1)),
    ]
    return element("g", "".join(content), kind="tl-lane")


def _text(text: str, kind: str, x: float, y: float) -> str:
    return element("text", escaped(text), kind=kind, x=x, y=y)


def _layered(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Suspensions over what they suspend."""
    return sorted(stretches, key=lambda each: each.span is Span.SUSPENDED)


def _stretch(frame: Frame, stretch: Stretch, middle: float) -> str:
    language, end = frame.language, frame.chronology.until(stretch)
    days = msg("{before} → {after}", before=stretch.start, after=end if stretch.end else "…")
    words = titled([language.text(msg("{label}: {text}", label=SPANS[stretch.span], text=days))])
    thick = _THICK[stretch.span]
    place = {"x": frame.x(stretch.start), "width": max(1.0, frame.x(end) - frame.x(stretch.start))}
    kind = f"tl-span tl-{stretch.span.value.replace('_', '-')}"
    return element("rect", words, kind=kind, y=middle - thick / 2, height=thick, rx=2, **place)


def _moves(frame: Frame, marks: Sequence[Mark], middle: float) -> list[str]:
    """From each date that an avenant moved to the one it has."""
    moved = dict.fromkeys(
        (one.previous_due, one.due) for mark in marks if mark.sort is Sort.DUE for one in mark.obligations
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
    language, source = frame.language, clause(mark, frame.chronology)
    said = mark_words(mark, frame.chronology, language)
    text = language.text(msg("{label}: {text}", label=language.full_day(mark.day), text=said))
    return f"{text} ({source})" if source else text
