"""Lists of obligations for programs and pages, each put into text where its convention is read, and written in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.render.columns import RECORD, in_words
from qp_cli.render.formats import (
    csv_pieces,
    csv_row,
    escape_markdown,
    json_row,
    listed_json,
    markdown_head,
    markdown_row,
    record_of,
)
from qp_cli.render.headings import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.app.answers import Asked
    from qp_cli.app.rows import Rows
    from qp_cli.render.language import Language
    from qp_cli.tracking.portfolio import Grouping, Listed

_NAMES = [column.name for column in RECORD]


class ListRow:
    """What puts an obligation into a row of JSON, CSV or Markdown."""

    def __init__(self, form: str, language: Language, *, several: bool) -> None:
        self._form = form
        self._language = language
        self._several = several

    def __call__(self, listed: Listed) -> str:
        """Its row, as `list_pieces` has it."""
        match self._form:
            case "json":
                return json_row(record_of(RECORD, listed))
            case "csv":
                return csv_row(record_of(RECORD, listed), _NAMES)
            case _:
                return markdown_row(in_words(several=self._several), listed, self._language)


def list_pieces(
    rows: Rows, asked: Asked, grouping: Grouping | None, form: str, language: Language, *, level: int = 3
) -> Iterator[str]:
    """Every obligation as JSON, CSV or Markdown; in one that is in several groups, each once in JSON and CSV.

    `level` is that of the groups' headings in Markdown; JSON and CSV name what they lack.
    """
    if form == "json":
        yield from listed_json({"as_of": asked.day.isoformat()}, "obligations", rows.texts(), asked.left_out)
    elif form == "csv":
        yield from csv_pieces(_NAMES, rows.texts(), asked.left_out)
    elif grouping is None:
        yield from _table(rows.texts(), language, several=not asked.alone)
    else:
        marks = f"{'#' * level} "
        for group, texts in rows.by_group():
            if group:
                yield f"{marks}{escape_markdown(label(group, language))}\n\n"
                marks = f"\n{'#' * level} "
            yield from _table(texts, language, several=not asked.alone)


def _table(rows: Iterable[str], language: Language, *, several: bool) -> Iterator[str]:
    yield markdown_head(in_words(several=several), language)
    yield from rows
