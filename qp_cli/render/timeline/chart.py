"""The chart of a timeline: a line for each row, its days on columns, its deadline beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.render.layout import styled, table
from qp_cli.render.plain_writer import width_of
from qp_cli.render.screen import WIDE
from qp_cli.render.timeline.axis import Scale
from qp_cli.render.timeline.signs import BAR_SIGNS, GRID, TODAY, Sign, combined
from qp_cli.tracking.timeline import BarKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qp_cli.render.language import Language
    from qp_cli.render.layout import Line, Table
    from qp_cli.render.screen import Screen
    from qp_cli.render.timeline.words import Beside
    from qp_cli.tracking.timeline import Axis, Bar, Mark

_LABEL, _WIDE_LABEL = 30, 44
"""The most columns a row's name takes before it is folded, on a narrow screen and on a wide one."""
_STATE = 24
"""The same for the state, on the narrowest screen that shows it; it has half of the columns of a wider one."""
ROOM = 70
"""Columns under which the deadline goes below the row's name."""
_LINE = (Sign("─", "-", "dim"), Sign("┴", "'", "dim"), Sign("┼", "+", "dim"))
"""The axis, its small ticks and its large ones."""


def label_width(screen: Screen) -> int:
    """The most columns that the name of a row takes."""
    if screen.width < ROOM:
        return screen.width * 9 // 20
    return _WIDE_LABEL if screen.is_wide else _LABEL


class ChartRow(NamedTuple):
    """One row of a chart: the words beside it, its marks and its bars."""

    words: Beside
    marks: Sequence[Mark]
    bars: Sequence[Bar] = ()
    name_style: str = "bold"


class Chart:
    """A chart being drawn: the widths of its columns, then its rows; `heads` stand over what is beside them."""

    def __init__(
        self,
        axis: Axis,
        as_of: date,
        rows: Sequence[ChartRow],
        screen: Screen,
        language: Language,
        heads: tuple[str, str] = ("", ""),
    ) -> None:
        self._days = axis
        self._as_of = as_of
        self._rows = rows
        self._heads = heads
        self._screen = screen
        self._language = language
        said = [row.words for row in rows]
        self._dated = screen.width >= ROOM
        labels = [text for words in said for text in (words.name, words.below)]
        widths = [_widest(labels, label_width(screen))]
        if self._dated:
            widths.append(_widest([heads[0], *(words.due for words in said)], 24))
        if screen.is_wide:
            widths.append(_widest([heads[1], *(words.state for words in said)], _STATE + (screen.width - WIDE) // 2))
        self._widths = widths
        self.scale = Scale(axis, max(10, screen.width - sum(widths) - len(widths)))
        self._ticks = self.scale.ticks(language)

    def draw(self) -> Table:
        """The axis, then the rows."""
        widths = (self._widths[0], self.scale.width, *self._widths[1:])
        drawn = table([""] * len(widths), whole=[1])._replace(widths=widths)
        for text in (self._day(), self._labels()):
            drawn.add_row("", text)
        heads = [styled(head, "bold" if head else "") for head in self._heads]
        drawn.add_row("", self._axis(), *heads[: len(self._widths) - 1])
        for row in self._rows:
            drawn.add_row(*self._row(row))
        return drawn

    def _row(self, row: ChartRow) -> list[Line]:
        words = row.words
        below = [words.below, *([] if self._dated else [words.due])]
        name = styled(words.name, row.name_style)
        for text in filter(None, below):
            name.append("\n").append_line(styled(text, "not bold"))
        cells = [name, self._line(row.marks, row.bars), styled(words.due), styled(words.state, words.style)]
        return cells[: len(self._widths) + 1]

    def _line(self, marks: Iterable[Mark], bars: Iterable[Bar]) -> Line:
        """One row: its bars, the line of the day looked at, and over them its marks."""
        scale = self.scale
        columns = {scale.column(tick.day): GRID for tick in self._ticks if tick.label}
        for bar in sorted(bars, key=lambda each: each.kind is BarKind.SUSPENDED):
            first, last = scale.column(bar.start), scale.column(self._days.until(bar, self._as_of))
            columns |= dict.fromkeys(range(first, last + 1), BAR_SIGNS[bar.kind])
        columns[scale.column(self._as_of)] = TODAY
        columns |= {place: combined(found) for place, found in scale.cells(marks).items()}
        return self._text(columns)

    def _day(self) -> Line:
        """The day looked at over its column."""
        place = self.scale.column(self._as_of)
        day = self._language.short_day(self._as_of).strip()
        after = place + 1 + len(day) < self.scale.width
        columns = {place: TODAY} | _spread(day, place + 2 if after else max(0, place - 1 - len(day)), "bold")
        return self._text(columns)

    def _labels(self) -> Line:
        columns = {self.scale.column(self._as_of): TODAY}
        for tick in self._ticks:
            place = self.scale.column(tick.day)
            if tick.label and place + len(tick.label) <= self.scale.width:
                columns |= _spread(tick.label, place, "")
        return self._text(columns)

    def _axis(self) -> Line:
        line, small, large = _LINE
        columns = dict.fromkeys(range(self.scale.width), line)
        for tick in sorted(self._ticks, key=lambda tick: bool(tick.label)):
            columns[self.scale.column(tick.day)] = large if tick.label else small
        columns[self.scale.column(self._as_of)] = TODAY
        return self._text(columns)

    def _text(self, columns: dict[int, Sign]) -> Line:
        text = styled("")
        for place in range(max(columns, default=-1) + 1):
            found = columns.get(place)
            text.append(found.shown(unicode=self._screen.unicode) if found else " ", found.style if found else "")
        return text


def _spread(text: str, place: int, style: str) -> dict[int, Sign]:
    return {place + number: Sign(each, each, style) for number, each in enumerate(text)}


def _widest(texts: Iterable[str], most: int) -> int:
    """The columns that the longest of some texts takes, no more than `most`."""
    return min(most, max((width_of(text) for text in texts), default=0))
