"""Fitting what is drawn to a screen: lines broken between words, columns as wide as their words need."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.render.layout import Line, Verbatim, styled
from qp_cli.render.plain_writer import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qp_cli.render.layout import Cell, Part, Table

_TOKEN = re.compile(r"\n| +|[^ \n]+")
_PIECE = re.compile(r"[^-/@_]*[-/@_]+|[^-/@_]+")
"""What a word too long for a line is broken into: an id after its hyphens and slashes."""
_NARROWEST = 4
"""The least columns of a column whose words cannot all be kept whole."""


class _Break(NamedTuple):
    """A place where a text is broken: from `first` to `last` it is a new line, so far in."""

    first: int
    last: int
    indent: str = ""


def fit(part: Part, width: int) -> Part:
    """The part in so many columns: no word is cut where its column is wide enough for it."""
    if isinstance(part, Verbatim):
        return part
    if isinstance(part, str):
        return _replaced(part, _breaks(part, width))
    if isinstance(part, Line):
        return _folded(part, width - part.margin)
    return _fitted(part, width)


def _folded(line: Line, width: int) -> Line:
    """The line over as many lines as it takes in so many columns, its styles kept."""
    breaks = _breaks(str(line), width, line.hang)
    if not breaks:
        return line
    folded, place = Line("", line.style, line.margin), len(line.text)
    folded.text = _replaced(line.text, breaks)
    for text, style in line.added:
        folded.append(_replaced(text, breaks, place), style)
        place += len(text)
    return folded


def whole_command(said: str, width: int, *, style: str = "", margin: int = 0) -> list[Part]:
    """What ends in a command: on one line where that fits, else as a shell takes it on several."""
    if width_of(said) <= width - margin:
        return [styled(" " * margin + said, style)]
    return [Verbatim(" " * margin + line) for line in _continued(said, width - margin)]


def _continued(text: str, width: int) -> list[str]:
    """A command on several lines, as a shell takes it: broken before options only, never inside a value."""
    lines = [""]
    for each in text.replace(" --", "\n--").split("\n"):
        if lines[-1] and width_of(f"{lines[-1]} {each} \\") > width:
            lines[-1] += " \\"
            lines.append(f"  {each}")
        else:
            lines[-1] += f" {each}" if lines[-1] else each
    return lines


def shorten(text: str, width: int) -> str:
    """The text in one line of so many columns: cut between words, with an ellipsis, where it is longer."""
    if width_of(text) <= width:
        return text
    kept = text[: ([*_breaks(text, width - 1), _Break(width - 1, width)][0]).first]
    return f"{kept.rstrip(' ,;:.–-')}…"


def _breaks(text: str, width: int, hang: int = 0) -> list[_Break]:
    """Where a text is broken so that each of its lines takes so many columns at the most; what goes on hangs in."""
    if width_of(text) <= width and "\n" not in text:
        return []
    lines = _Lines(text, width, hang)
    for token in _TOKEN.finditer(text):
        if token[0] == "\n":
            lines.end()
        elif token[0][0] == " ":
            lines.leave(len(token[0]))
        else:
            lines.add(token.start(), token.end())
    return lines.breaks


class _Lines:
    """A text being laid on lines of so many columns, word by word; a line that goes on is as far in as it began.

    Or further, by the `hang`.
    """

    def __init__(self, text: str, width: int, hang: int = 0) -> None:
        self.breaks: list[_Break] = []
        self._text = text
        self._width = width
        self._hang = " " * hang
        self.end()

    def end(self) -> None:
        """A line of the text ends."""
        self._column, self._gap, self._indent = 0, 0, self._hang

    def leave(self, blanks: int) -> None:
        """So many blanks before the next word, or at the beginning."""
        self._gap = blanks
        if not self._column:
            self._indent = self._hang + " " * blanks

    def add(self, start: int, end: int) -> None:
        """A word, on the line where it fits."""
        taken = width_of(self._text[start:end])
        if self._column and self._column + self._gap + taken > self._width:
            self._break(start - self._gap, start)
        else:
            self._column += self._gap
        self._gap = 0
        if self._column + taken <= self._width:
            self._column += taken
        else:
            self._cut(start, end)

    def _break(self, first: int, last: int) -> None:
        self.breaks.append(_Break(first, last, self._indent))
        self._column = len(self._indent)

    def _cut(self, place: int, end: int) -> None:
        """A word longer than a line: broken after its hyphens and slashes, else where the line ends."""
        for piece in _PIECE.findall(self._text[place:end]):
            if self._column > len(self._indent) and self._column + width_of(piece) > self._width:
                self._break(place, place)
            for letter in piece:
                if self._column > len(self._indent) and self._column + width_of(letter) > self._width:
                    self._break(place, place)
                self._column += width_of(letter)
                place += 1


def _replaced(text: str, breaks: Sequence[_Break], offset: int = 0) -> str:
    """A part of a text that begins at `offset` in the whole, broken where the whole is."""
    parts, place = [], 0
    for each in breaks:
        first, last = each.first - offset, each.last - offset
        if last < 0 or first >= len(text):
            continue
        parts += [text[place : max(first, 0)], f"\n{each.indent}" if first >= 0 else ""]
        place = min(last, len(text))
    return "".join((*parts, text[place:]))


def _fitted(table: Table, width: int) -> Table:
    """The table with its cells folded to the widths of its columns."""
    widths = table.widths or _widths(table, width)
    rows = [
        tuple(cell if place in table.whole else _fold_cell(cell, widths[place]) for place, cell in enumerate(row))
        for row in table.rows
    ]
    heads = [_replaced(head, _breaks(head, room)) for head, room in zip(table.headers, widths, strict=True)]
    return table._replace(headers=heads, rows=rows)


def _fold_cell(cell: Cell, width: int) -> Cell:
    if isinstance(cell, tuple):
        return tuple(_folded(line, width) for line in cell)
    return _folded(cell, width) if isinstance(cell, Line) else _replaced(cell, _breaks(cell, width))


def natural_width(table: Table) -> int:
    """The columns that a table takes where nothing of it is folded."""
    return sum(natural_widths(table)) + _between(table) * (len(table.headers) - 1)


def keeps_words(table: Table, width: int) -> bool:
    """Whether a table has room in so many columns with every heading on one line and no word cut."""
    natural, words = natural_widths(table), _needed(table, _words)
    heads = [width_of(head) for head in table.headers]
    least = [natural[place] if place in table.whole else max(words[place], head) for place, head in enumerate(heads)]
    return sum(least) + _between(table) * (len(heads) - 1) <= width


def natural_widths(table: Table) -> list[int]:
    """How wide each column is where nothing of it is folded."""
    return _needed(table, _in_lines)


def _between(table: Table) -> int:
    return 1 if table.numbers or table.widths else 2


def _widths(table: Table, width: int) -> list[int]:
    """How wide each column is: as its contents are, else as evenly as words allow, headings whole where they can be."""
    natural = natural_widths(table)
    room = width - _between(table) * (len(table.headers) - 1)
    if sum(natural) <= room:
        return natural
    heads = [width_of(head) for head in table.headers]
    words, pieces = _needed(table, _words), _needed(table, _pieces)
    cut = [min(_NARROWEST, each) for each in pieces]
    kept = cut
    for least in ([*map(max, words, heads)], words, pieces, cut):
        kept = [natural[place] if place in table.whole else each for place, each in enumerate(least)]
        if sum(kept) <= room:
            break
    return _shared(kept, natural, room)


def _shared(least: Sequence[int], natural: Sequence[int], room: int) -> list[int]:
    """The columns shared out: each has what it needs at the least, and the widest ones give way first."""
    widths = list(least)
    spare = room - sum(widths)
    while spare > 0:
        growing = [place for place, width in enumerate(widths) if width < natural[place]]
        if not growing:
            break
        widths[min(growing, key=widths.__getitem__)] += 1
        spare -= 1
    return widths


def _needed(table: Table, split: Callable[[str], Iterable[str]]) -> list[int]:
    """How wide the widest of the parts is that each column's cells are split into, its heading among them."""
    columns = zip_longest(table.headers, *table.rows, fillvalue="")
    return [max((width_of(part) for cell in column for part in split(_said(cell))), default=0) for column in columns]


def _said(cell: Cell) -> str:
    return "\n".join(map(str, cell)) if isinstance(cell, tuple) else str(cell)


def _in_lines(text: str) -> list[str]:
    return text.split("\n")


def _words(text: str) -> list[str]:
    return re.findall(r"[^ \n]+", text)


def _pieces(text: str) -> list[str]:
    return [piece for word in _words(text) for piece in _PIECE.findall(word)]
