"""Drawing with Rich: in colour, or with characters of other widths than one."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from qp_cli.render.layout import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from qp_cli.render.layout import Cell, Part, Table

_UNBREAKABLE = "\ue000"
"""What stands for a non-breaking space while Rich folds lines, which alone would not see to it: no data can hold it."""


def draw_rich(parts: Sequence[Part], width: int, *, colour: bool) -> str:
    """The parts as text, one under the other."""
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        for part in parts:
            console.print(_drawn(part), soft_wrap=isinstance(part, str))
    drawn = capture.get().replace(_UNBREAKABLE, "\u00a0")
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def _drawn(part: Part) -> RenderableType:
    if isinstance(part, str):
        return part
    return _line(part) if isinstance(part, Line) else _table(part)


def _text(line: Line) -> Text:
    text = Text(line.text.replace("\u00a0", _UNBREAKABLE), style=line.style)
    for added, style in line.added:
        text.append(added.replace("\u00a0", _UNBREAKABLE), style or None)
    return text


def _line(line: Line) -> RenderableType:
    return Padding(_text(line), (0, 0, 0, line.margin), expand=False) if line.margin else _text(line)


def _cell(cell: Cell) -> RenderableType:
    if isinstance(cell, tuple):
        return Text("\n").join(map(_text, cell))
    return cell if isinstance(cell, str) else _text(cell)


def _table(table: Table) -> RichTable:
    drawn = RichTable(
        box=None,
        pad_edge=False,
        header_style="bold",
        show_edge=False,
        show_header=any(table.headers),
        collapse_padding=bool(table.numbers),
        padding=(0, 1, 0, 0) if table.widths else (0, 1),
    )
    for place, header in enumerate(table.headers):
        justify: Literal["left", "right"] = "right" if place in table.numbers else "left"
        drawn.add_column(header, justify=justify, overflow="fold", no_wrap=True)
    for column, width in zip(drawn.columns, table.widths, strict=False):
        column.width = width
    for row in table.rows:
        drawn.add_row(*map(_cell, row))
    return drawn
