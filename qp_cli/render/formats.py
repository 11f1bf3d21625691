"""Tables to a screen, JSON, CSV and Markdown: one writer each; a spreadsheet or a page that opens them runs nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from qp_cli.render.layout import Line, styled, table
from qp_cli.render.visible import inert, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Cell, Table

    Lacks: TypeAlias = Callable[[], Sequence[Mapping[str, object]]]
    """What an answer about several conventions lacks: `path` and `reason` of each."""

_Row = TypeVar("_Row")
Record = dict[str, object]
SCHEMA = "qp/1"
LEFT_OUT = "left_out"
"""What machine formats call what an answer lacks."""
_END = "\r\n"
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with when a spreadsheet takes it for something to run."""


class Column(NamedTuple, Generic[_Row]):
    """A column of a table, whatever the format.

    Attributes:
        name: its heading in CSV, its key in JSON.
        value: what it holds for programs: a text, a number, a list, nothing.
        heading: what people read above it; none where only programs are given it.
        words: what people read in it; the same as programs where nothing else is said.
    """

    name: str
    value: Callable[[_Row], object]
    heading: Message | None = None
    words: Callable[[_Row, Language], Cell] | None = None

    def cell(self, row: _Row, language: Language) -> Cell:
        """What people read in it."""
        return self.words(row, language) if self.words else str(self.value(row) or "")

    def head(self, language: Language) -> str:
        """What people read above it."""
        return language.text(self.heading) if self.heading else ""


if TYPE_CHECKING:
    Stack: TypeAlias = Sequence[Column[_Row]]
    """Columns that stand one under the other in one column of the screen."""


def record_of(columns: Iterable[Column[_Row]], row: _Row) -> Record:
    """A row for programs, by the names of its columns."""
    return {column.name: column.value(row) for column in columns}


def write_json(
    head: Mapping[str, object], name: str, columns: Sequence[Column[_Row]], rows: Iterable[_Row], lacks: Lacks = list
) -> str:
    """The rows as a list under `name`, the last key, after those of `head`; what it lacks is named before it."""
    return to_json_list({"schema": SCHEMA, **head}, name, (record_of(columns, row) for row in rows), lacks)


def write_csv(columns: Sequence[Column[_Row]], rows: Iterable[_Row], lacks: Lacks = list) -> str:
    """A line per row, the columns' names first, and last a line for each thing that it lacks."""
    return to_csv((record_of(columns, row) for row in rows), [column.name for column in columns], lacks)


def write_markdown(columns: Sequence[Column[_Row]], rows: Iterable[_Row], language: Language) -> str:
    """A Markdown table, each cell on one line."""
    told = ([_on_one_line(column.cell(row, language), language) for column in columns] for row in rows)
    return to_markdown([column.head(language) for column in columns], told)


def _on_one_line(cell: Cell, language: Language) -> str:
    return language.joined(map(str, cell)) if isinstance(cell, tuple) else str(cell)


class Answer(NamedTuple, Generic[_Row]):
    """Rows for whoever asks, in any format but a screen's.

    Attributes:
        name: the key of the rows in JSON, the last one.
        columns: for programs.
        words: for people.
        head: the other keys in JSON.
        flat: for CSV, where a cell holds less than JSON does.
        lacks: what the answer lacks, known once the rows have gone by.
    """

    name: str
    rows: Iterable[_Row]
    columns: Sequence[Column[_Row]]
    words: Sequence[Column[_Row]]
    head: Mapping[str, object] = {}
    flat: Sequence[Column[_Row]] | None = None
    lacks: Lacks = list

    def written(self, form: str, language: Language) -> str:
        """The rows in JSON, CSV or Markdown."""
        match form:
            case "json":
                return write_json(self.head, self.name, self.columns, self.rows, self.lacks)
            case "csv":
                return write_csv(self.flat or self.columns, self.rows, self.lacks)
            case _:
                return write_markdown(self.words, self.rows, language)


def write_table(
    stacks: Sequence[Stack[_Row]],
    rows: Iterable[_Row],
    language: Language,
    *,
    numbers: Iterable[int] = (),
    whole: Iterable[int] = (),
) -> Table:
    """A table of a screen; `numbers` stand to the right, what is `whole` is never folded."""
    heads = ["\n".join(filter(None, (column.head(language) for column in stack))) for stack in stacks]
    drawn = table(heads, numbers=numbers, whole=whole)
    for row in rows:
        drawn.add_row(*(_stacked(stack, row, language) for stack in stacks))
    return drawn


def _stacked(stack: Stack[_Row], row: _Row, language: Language) -> Cell:
    """One cell of a screen: the columns one under the other, or the line of the only one."""
    cells = [column.cell(row, language) for column in stack]
    if len(cells) == 1 and isinstance(cells[0], Line):
        return cells[0]
    return tuple(line for cell in cells for line in (cell if isinstance(cell, tuple) else (_line_of(cell),)))


def _line_of(cell: str | Line) -> Line:
    return cell if isinstance(cell, Line) else styled(cell)


def iso(day: date | None) -> str | None:
    """A day as programs read it: 2021-09-18."""
    return day.isoformat() if day else None


def to_json(record: Mapping[str, object]) -> str:
    """The record as JSON, two spaces deep, keys in the order of the contract."""
    import json

    return inert(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"


def to_json_list(
    record: Mapping[str, object], name: str, each: Iterable[Mapping[str, object]], lacks: Lacks = list
) -> str:
    """The same for a record whose last key holds a list, each of which is put into text when its turn comes.

    Args:
        record: the other keys.
        name: the last one.
        each: what the list holds.
        lacks: what it does not, which is known once all of it has gone by.
    """
    texts = [to_json(one).rstrip("\n").replace("\n", "\n    ") for one in each]
    around = to_json({**record, **named_absences(lacks), name: []})
    if not texts:
        return around
    return "".join((around.removesuffix("[]\n}\n"), "[\n    ", ",\n    ".join(texts), "\n  ]\n}\n"))


def named_absences(lacks: Lacks) -> dict[str, object]:
    """The key under which JSON names what it lacks: none where it lacks nothing."""
    found = list(lacks())
    return {LEFT_OUT: found} if found else {}


def to_csv(records: Iterable[Mapping[str, object]], columns: Sequence[str], lacks: Lacks = list) -> str:
    """One line per record, a heading first; lists are joined by a space, what a spreadsheet would run is defused.

    Where something is lacking, there is one column more: it is empty but on a last line for each thing, where it says
    why, and the column of the convention which.
    """
    import csv
    from types import SimpleNamespace

    lines: list[str] = []
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator=_END)
    writer.writerow(columns)
    for record in records:
        writer.writerow([_cell(record[column]) for column in columns])
    lacking = list(lacks())
    if lacking:
        heading, *rows = (line.removesuffix(_END) for line in lines)
        lines[:] = [f"{heading},{LEFT_OUT}{_END}", *(f"{row},{_END}" for row in rows)]
    for each in lacking:
        named = [_cell(each["path"]) if column == "convention" else "" for column in columns]
        writer.writerow([*named, _cell(each["reason"])])
    return "".join(lines)


def _cell(value: object) -> str | int:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = inert(" ".join(map(str, value)) if isinstance(value, list) else str(value))
    text = _ELSEWHERE.sub("'", text)
    return f"'{text}" if text.startswith(ACTIVE) else text


_ELSEWHERE = re.compile(r"""(?<=[,;|\t\r\n])(?=["']*[=+\-@＝＋－＠])""")
"""Where a program set to another separator, or to lines for rows, would see a cell begin that it runs."""
_RUN = re.compile(r"""((?:^|[,;|])[\s"']*)(?=[=+\-@＝＋－＠])""")
_READ_AS_NUMBER = re.compile(r"0\d+|\d+(?:[-/.,:]\d+)+|\d{12,}|\d+(?:[.,]\d+)?[eE][+-]?\d+", re.ASCII)


def to_excel_csv(headings: Sequence[str], rows: Iterable[Sequence[str | int | Decimal | date]]) -> str:
    """A CSV that a French spreadsheet opens as it is: a byte order mark, semicolons, CRLF, days as 18/09/2021.

    Each cell is one line. What such a program would run is defused by an apostrophe, at the start of a cell, after
    spaces and quotes, and after anything that another setting takes for the end of one: a comma, a semicolon, a bar.
    So is a text that it would turn into something else: a clause "3.1" into a day, "007" into 7. A number stays one,
    with a comma before its decimals.
    """
    import csv
    from io import StringIO

    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in ((*headings,), *rows):
        writer.writerow([_excel_cell(cell) for cell in row])
    return text.getvalue()


def _excel_cell(value: str | int | Decimal | date) -> str | int:
    if isinstance(value, str):
        return _defused(visible(value))
    if isinstance(value, Decimal):
        return f"{value}".replace(".", ",")
    return value if isinstance(value, int) else f"{value:%d/%m/%Y}"


def _defused(text: str) -> str:
    """The text with an apostrophe before each thing that would not be read as text."""
    if _READ_AS_NUMBER.fullmatch(text.strip()):
        return f"'{text}"
    return _RUN.sub(lambda found: f"{found[1][:1]}'{found[1][1:]}" if found.start() else f"'{found[1]}", text)


def to_markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; pipes, angle brackets and line ends in the data are written out."""
    lines = [_line(headings), "|" + " --- |" * len(headings)]
    lines += [_line(row) for row in rows]
    return "\n".join(lines) + "\n"


_BREAK = "\u200b"
_ACTS = re.compile(
    r"""[@#!~%&$^*](?=[\w"'{])|:(?=//|[\w+-]+:)|\[(?=\[|[a-z_]+:)|\bGH-(?=\d)|\bwww(?=\.)""", re.ASCII | re.IGNORECASE
)
"""What GitHub or GitLab look for in a text once its Markdown is read, where no backslash is left to stop them.

Mentions (`@all`), references (`#12`, `!12`, `GH-12`, `~label`, `%milestone`, `[issue:12]`, `[[page]]`), smileys and
bare links. A name of a commit is let through: it becomes a link only in the repository that has the commit.
"""
_MARKDOWN = str.maketrans({each: f"\\{each}" for each in "\\|`*_[]<>#~!"})
_MARKDOWN |= {ord("&"): "&amp;", ord("$"): "&#36;", ord(_BREAK): "&#8203;"}


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(escape_markdown, cells)) + " |"


def escape_markdown(text: str) -> str:
    """A text on one line that a Markdown page shows as it is: nothing in it is a mark, a link, a mention or a command.

    A space of no width, written `&#8203;`, parts what hosts would act on; commands (`/close`) only count where a line
    begins, which no text of data does.
    """
    return _ACTS.sub(lambda found: found[0] + _BREAK, visible(text)).translate(_MARKDOWN)
