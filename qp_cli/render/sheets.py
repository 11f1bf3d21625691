"""Obligations as a sheet that a French spreadsheet opens by a double click."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from qp_cli.render.formats import to_excel_csv
from qp_cli.render.workbook.cells import AtMost
from qp_cli.render.workbook.obligations import LAYOUT, obligation_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import Value
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.situation import Obligation


def excel_csv(
    dossiers: Iterable[Dossier],
    chosen: Callable[[Dossier], Sequence[Obligation]],
    language: Language,
    lacks: Callable[[], Iterable[Message]] = list,
) -> bytes:
    """The columns of the workbook's sheet of obligations, in words, days as 18/09/2021, in UTF-8 with its mark.

    Each dossier is used once, as it comes, and not kept; the conventions follow each other, and last what is lacking.
    """
    headings = [language.text(column.heading) for column in LAYOUT.columns]
    rows = (
        [_cell(value) for value in row]
        for dossier in dossiers
        for row in obligation_rows(dossier.situation, chosen(dossier), language)
    )
    return to_excel_csv(headings, chain(rows, _told(lacks, language))).encode()


def _told(lacks: Callable[[], Iterable[Message]], language: Language) -> Iterator[list[str | int | date]]:
    """A line for each thing that the sheet lacks, known once its rows have gone by."""
    for each in lacks():
        yield [language.text(each)]


def _cell(value: Value) -> str | int | date:
    if isinstance(value, AtMost):
        return f"≤ {value.day:%d/%m/%Y}"
    return "" if value is None else value
