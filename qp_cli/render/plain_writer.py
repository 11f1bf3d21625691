"""Drawing without colour where nothing has to be folded, as in a pipe: what Rich would draw, in a tenth of the time."""

from __future__ import annotations

import re
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from qp_cli.render.layout import Line

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from qp_cli.render.layout import Cell, Part, Table

# Characters that take one column each; what holds any other is left to Rich, which knows them all.
_SINGLE = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u202f\u2190-\u2193\u2264\u2265\u2500-\u25fc\n]*"
)


def draw_plain(parts: Sequence[Part], width: int) -> str | None:
    """The parts one under the other; None when one of them has to be folded, or holds characters of other widths."""
    lines: list[str] = []
    for part in parts:
        drawn = _lines(part) if isinstance(part, str | Line) else _rows(part)
        if drawn is None:
            return None
        lines += drawn
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    fits = all(len(line) <= width for line in lines)
    return text if fits and _SINGLE.fullmatch(text) else None


def width_of(text: str) -> int:
    """How many columns a text takes."""
    if _SINGLE.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _lines(part: str | Line) -> list[str]:
    """The lines of a text, indented."""
    margin = part.margin if isinstance(part, Line) else 0
    return [" " * margin + line for line in str(part).split("\n")]


def _cell(cell: Cell) -> list[str]:
    if isinstance(cell, tuple):
        return [line for each in cell for line in _lines(each)]
    return _lines(cell)


def _heading(cells: list[list[str]]) -> list[list[str]]:
    """The headings, which stand on the line above what they head."""
    tallest = max(map(len, cells))
    return [[""] * (tallest - len(cell)) + cell for cell in cells]


def _rows(table: Table) -> list[str] | None:
    """The lines of a table; None where a cell is wider than its column."""
    count = len(table.headers)
    rows = [[*map(_cell, row), *[[""]] * (count - len(row))] for row in table.rows]
    if any(table.headers):
        rows.insert(0, _heading([header.split("\n") for header in table.headers]))
    needed = [_widest(row[place] for row in rows) for place in range(count)]
    widths = table.widths or needed
    if any(least > width for least, width in zip(needed, widths, strict=True)):
        return None
    between = " " if table.numbers or table.widths else "  "
    lines = chain.from_iterable(zip_longest(*row, fillvalue="") for row in rows)
    return [between.join(_adjusted(line, widths, table.numbers)) for line in lines]


def _widest(cells: Iterable[list[str]]) -> int:
    return max(map(len, chain.from_iterable(cells)), default=0)


def _adjusted(cells: Sequence[str], widths: Sequence[int], numbers: Container[int]) -> Iterator[str]:
    """The cells of a line, each as wide as its column, numbers to the right."""
    for place, (text, width) in enumerate(zip(cells, widths, strict=True)):
        yield text.rjust(width) if place in numbers else text.ljust(width)
