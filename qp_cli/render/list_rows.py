"""Lists of obligations for programs and pages, each put into text where its convention is read, and written in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.render.columns import CELLS, RECORD, in_words
from qp_cli.render.formats import Answer, escape_markdown
from qp_cli.render.headings import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.app.answers import Asked
    from qp_cli.app.rows import Rows
    from qp_cli.render.language import Language
    from qp_cli.tracking.portfolio import Grouping, Listed


def _answer(*, several: bool) -> Answer[Listed]:
    return Answer("obligations", (), RECORD, in_words(several=several), flat=CELLS)


class ListRow:
    """What puts an obligation into a row of JSON, CSV or Markdown."""

    def __init__(self, form: str, language: Language, *, several: bool) -> None:
        self._form = form
        self._language = language
        self._several = several

    def __call__(self, listed: Listed) -> str:
        """Its row, as `list_pieces` has it."""
        return _answer(several=self._several).row(listed, self._form, self._language)


def list_pieces(
    rows: Rows, asked: Asked, grouping: Grouping | None, form: str, language: Language, *, level: int = 3
) -> Iterator[str]:
    """Every obligation as JSON, CSV or Markdown; in one that is in several groups, each once in JSON and CSV.

    `level` is that of the groups' headings in Markdown; JSON and CSV name what they lack.
    """
    head = {"as_of": asked.day.isoformat()}
    answer = _answer(several=not asked.alone)._replace(head=head, lacks=asked.left_out)
    if grouping is None or form != "md":
        yield from answer.pieces(rows.texts(), form, language)
        return
    marks = f"{'#' * level} "
    for group, texts in rows.by_group():
        if group:
            yield f"{marks}{escape_markdown(label(group, language))}\n\n"
            marks = f"\n{'#' * level} "
        yield from answer.pieces(texts, form, language)
