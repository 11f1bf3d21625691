"""What a screen is drawn from: lines in a style, tables without lines, paragraphs folded to its width."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, Union

from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def fold(text: str, width: int, hang: int = 0) -> str:
    """The same lines, those longer than `width` columns broken between words; nothing is ever cut.

    What goes on stands `hang` columns further in than the line, or under the words of a numbered step or a source.
    """
    if not any(len(line) > width for line in text.splitlines()):
        return text
    from textwrap import wrap

    lines: list[str] = []
    for line in text.splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        lines += wrap(
            line,
            width,
            subsequent_indent=indent + " " * (_hang(line.strip()) or hang),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines) + "\n"


def _hang(text: str) -> int:
    """How far the continuation of a line stands in: under the words of a numbered step or of a source."""
    if text.startswith("["):
        return 1
    number, dot, _ = text.partition(". ")
    return len(number) + len(dot) if number.isdigit() else 0


class Verbatim(str):
    """A text that no screen folds: a command to be typed, or copied, as it stands."""

    __slots__ = ()


Part: TypeAlias = Union[str, "Line", "Table"]


class Line:
    """A text in a style, over one line or several; what is added to it has that style too, and its own."""

    __slots__ = ("added", "hang", "margin", "style", "text")

    def __init__(self, text: str, style: str = "", margin: int = 0, hang: int = 0) -> None:
        self.text = text
        self.style = style
        self.margin = margin
        self.hang = hang
        self.added: list[tuple[str, str]] = []

    def append(self, text: str, style: str = "") -> Line:
        """The same, with a text added."""
        self.added.append((text, style))
        return self

    def append_line(self, line: Line) -> Line:
        """The same, with another line's text added, in the style that it has."""
        self.added += [(line.text, line.style), *line.added]
        return self

    def __str__(self) -> str:
        """The whole text, without its styles."""
        return self.text + "".join(text for text, _ in self.added)


Cell: TypeAlias = str | Line | tuple[Line, ...]
"""One line, or several one under the other."""


class Table(NamedTuple):
    """A table without lines, its headings in bold.

    Attributes:
        headers: the headings; when all are empty there is no heading.
        numbers: the columns aligned to the right.
        whole: the columns that are never folded.
        rows: its cells.
        widths: how wide each column is, one blank apart, where that is not for their contents to say.
    """

    headers: Sequence[str]
    numbers: frozenset[int]
    whole: frozenset[int]
    rows: list[tuple[Cell, ...]]
    widths: tuple[int, ...] = ()

    def add_row(self, *cells: Cell) -> None:
        """One row more."""
        self.rows.append(cells)


def styled(text: str, style: str = "") -> Line:
    """A text in a style, on one line."""
    return Line(visible(text), style)


def indented(text: str, style: str = "") -> Line:
    """A paragraph two columns in, its continuation lines too."""
    return Line(visible(text), style, margin=2)


def listed(text: str) -> Line:
    """One of a list, two columns in; what goes on stands further in, so that each begins where it is seen."""
    return Line(visible(text), margin=2, hang=2)


def table(headers: Sequence[str], *, numbers: Iterable[int] = (), whole: Iterable[int] = ()) -> Table:
    """An empty table."""
    return Table(headers, frozenset(numbers), frozenset(whole), [])
