"""Tables to a screen, JSON, CSV and Markdown: one writer each; a spreadsheet or a page that opens them runs nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from qp_cli.render.layout import Line, styled, table
from qp_cli.render.visible import inert, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

    def in_one_cell(self, between: str) -> Column[_Row]:
        """The same for CSV, where the texts of a list hold blanks: as one text, parted by what stands between."""
        value = self.value

        def joined(row: _Row) -> object:
            found = value(row)
            return between.join(map(str, found)) if isinstance(found, list) else found

        return self._replace(value=joined)


if TYPE_CHECKING:
    Stack: TypeAlias = Sequence[Column[_Row]]
    """Columns that stand one under the other in one column of the screen."""


def record_of(columns: Iterable[Column[_Row]], row: _Row) -> Record:
    """A row for programs, by the names of its columns."""
    return {column.name: column.value(row) for column in columns}


def markdown_head(columns: Sequence[Column[_Row]], language: Language) -> str:
    """The headings of a Markdown table, and the line under them."""
    return to_markdown([column.head(language) for column in columns], ())


def markdown_row(columns: Sequence[Column[_Row]], row: _Row, language: Language) -> str:
    """A line of it."""
    return table_line([_on_one_line(column.cell(row, language), language) for column in columns])


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
                records = (record_of(self.columns, row) for row in self.rows)
                return to_json_list({"schema": SCHEMA, **self.head}, self.name, records, self.lacks)
            case "csv":
                columns = self.flat or self.columns
                records = (record_of(columns, row) for row in self.rows)
                return to_csv(records, [column.name for column in columns], self.lacks)
            case _:
                rows = (markdown_row(self.words, row, language) for row in self.rows)
                return "".join((markdown_head(self.words, language), *rows))

    def row(self, row: _Row, form: str, language: Language) -> str:
        """One row in JSON, CSV or Markdown, as `pieces` takes it."""
        match form:
            case "json":
                return json_row(record_of(self.columns, row))
            case "csv":
                columns = self.flat or self.columns
                return csv_row(record_of(columns, row), [column.name for column in columns])
            case _:
                return markdown_row(self.words, row, language)

    def pieces(self, texts: Iterable[str], form: str, language: Language) -> Iterator[str]:
        """The answer piece by piece, of rows that are text already."""
        match form:
            case "json":
                return listed_json(self.head, self.name, texts, self.lacks)
            case "csv":
                return csv_pieces([column.name for column in self.flat or self.columns], texts, self.lacks)
            case _:
                return chain((markdown_head(self.words, language),), texts)


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
    texts = list(map(json_text, each))
    return "".join(json_pieces({**record, **named_absences(lacks), name: []}, name, texts))


_DEEP = "\n    "


@cache
def _encoder() -> Callable[[str], str]:
    """What puts a text between quotes as JSON has it."""
    from json.encoder import encode_basestring

    return encode_basestring


@cache
def _key(name: str) -> str:
    """A key of a row of `json_pieces`, and what stands before its value."""
    return f"{_DEEP}  {_encoder()(name)}: "


def json_text(record: Mapping[str, object]) -> str:
    """A record of any depth as it stands in a list of `json_pieces`."""
    return to_json(record).rstrip("\n").replace("\n", _DEEP)


def json_row(record: Mapping[str, object]) -> str:
    """A record of texts, numbers and lists of them as it stands in a list of `json_pieces`: as `to_json` has it."""
    quote = _encoder()
    lines: list[str] = []
    for name, value in record.items():
        if value is None:
            text = "null"
        elif isinstance(value, str):
            text = quote(value)
        elif isinstance(value, list):
            text = f"[{_DEEP}    {f',{_DEEP}    '.join(map(_value, value))}{_DEEP}  ]" if value else "[]"
        else:
            text = _value(value)
        lines.append(f"{_key(name)}{text}")
    return inert(f"{{{','.join(lines)}{_DEEP}}}") if lines else "{}"


def _value(value: object) -> str:
    if isinstance(value, str):
        return _encoder()(value)
    return ("false", "true")[value] if isinstance(value, bool) else str(value)


def json_pieces(record: Mapping[str, object], name: str, rows: Iterable[str]) -> Iterator[str]:
    """A record as JSON, one of whose keys holds a list: its rows, each as `json_row` has it, when its turn comes.

    The record has the key of the list, under which an empty one stands.
    """
    key = f"\n  {_encoder()(name)}: ["
    before, found, after = to_json(record).partition(f"{key}]")
    left = iter(rows)
    first = next(left, None)
    if first is None:
        yield before + found + after
        return
    yield f"{before}{key}{_DEEP}{first}"
    for row in left:
        yield f",{_DEEP}{row}"
    yield f"\n  ]{after}"


def listed_json(head: Mapping[str, object], name: str, rows: Iterable[str], lacks: Lacks = list) -> Iterator[str]:
    """The rows as the last key of an answer, after what it lacks, which is known once they have gone by."""
    yield from json_pieces({"schema": SCHEMA, **head, **named_absences(lacks), name: []}, name, rows)


def csv_pieces(columns: Sequence[str], rows: Iterable[str], lacks: Lacks = list) -> Iterator[str]:
    """Rows of CSV under their heading; what is lacking has one column more, and a line each at the end."""
    lacking = list(lacks())
    if not lacking:
        yield csv_line(columns)
        yield from rows
        return
    end = csv_line(["", ""])
    yield csv_line([*columns, LEFT_OUT])
    for row in rows:
        yield row.removesuffix(_END) + end
    for each in lacking:
        named = [csv_cell(each["path"]) if column == "convention" else "" for column in columns]
        yield csv_line([*named, csv_cell(each["reason"])])


def csv_row(record: Mapping[str, object], columns: Iterable[str]) -> str:
    """A record as a line of CSV."""
    return csv_line([csv_cell(record[column]) for column in columns])


def named_absences(lacks: Lacks) -> dict[str, object]:
    """The key under which JSON names what it lacks: none where it lacks nothing."""
    found = list(lacks())
    return {LEFT_OUT: found} if found else {}


def to_csv(records: Iterable[Mapping[str, object]], columns: Sequence[str], lacks: Lacks = list) -> str:
    """One line per record, a heading first; lists are joined by a space, what a spreadsheet would run is defused.

    Where something is lacking, there is one column more: it is empty but on a last line for each thing, where it says
    why, and the column of the convention which.
    """
    lines = [csv_row(record, columns) for record in records]
    return "".join(csv_pieces(columns, lines, lacks))


def csv_line(cells: Iterable[str | int], between: str = ",") -> str:
    """Cells as a line of CSV, quoted where they need it."""
    import csv
    from types import SimpleNamespace

    written: list[str] = []
    csv.writer(SimpleNamespace(write=written.append), delimiter=between, lineterminator=_END).writerow(cells)
    return written[0]


def csv_cell(value: object) -> str | int:
    """A value as a cell of CSV: a list joined by spaces, what a spreadsheet would run defused."""
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
    return "".join(("\ufeff", *map(excel_line, ((*headings,), *rows))))


def excel_line(cells: Iterable[str | int | Decimal | date]) -> str:
    """A line of it."""
    return csv_line(map(_excel_cell, cells), ";")


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
    return "".join((table_line(headings), "|" + " --- |" * len(headings) + "\n", *map(table_line, rows)))


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


def table_line(cells: Sequence[str]) -> str:
    """A line of a Markdown table."""
    return "| " + " | ".join(map(escape_markdown, cells)) + " |\n"


def escape_markdown(text: str) -> str:
    """A text on one line that a Markdown page shows as it is: nothing in it is a mark, a link, a mention or a command.

    A space of no width, written `&#8203;`, parts what hosts would act on; commands (`/close`) only count where a line
    begins, which no text of data does.
    """
    return _ACTS.sub(lambda found: found[0] + _BREAK, visible(text)).translate(_MARKDOWN)
