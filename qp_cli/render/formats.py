"""Records to JSON, CSV and Markdown; a spreadsheet or a page that opens them runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.render.visible import inert, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_json(record: Mapping[str, object]) -> str:
    """The record as JSON, two spaces deep, keys in the order of the contract."""
    import json

    return inert(json.dumps(record, ensure_ascii=False, indent=2)) + "\n"


def to_csv(records: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """One line per record, a heading first; lists are joined by a space, what a spreadsheet would run is defused."""
    import csv
    from io import StringIO

    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([_cell(record[column]) for column in columns])
    return text.getvalue()


def _cell(value: object) -> str | int:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = inert(" ".join(map(str, value)) if isinstance(value, list) else str(value))
    return f"'{text}" if text.startswith(_ACTIVE) else text


def to_markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; pipes, angle brackets and line ends in the data are written out."""
    lines = [_line(headings), "|" + " --- |" * len(headings)]
    lines += [_line(row) for row in rows]
    return "\n".join(lines) + "\n"


_MARKDOWN = str.maketrans({each: f"\\{each}" for each in "\\|`*_[]<>#~!"})


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(visible(cell).translate(_MARKDOWN) for cell in cells) + " |"
