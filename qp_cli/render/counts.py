"""The counts per party as a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.formats import to_csv, to_markdown
from qp_cli.render.wording import COLUMNS
from qp_cli.tracking.summary import Column, rows

if TYPE_CHECKING:
    from qp_cli.render.language import Language
    from qp_cli.tracking.situation import Situation


def status_csv(situation: Situation) -> str:
    """One line per legal person."""
    names = ("id", "name", *(column.value for column in Column), "derived_from_term")
    records = [
        {
            "id": row.party,
            "name": situation.directory.label(row.party),
            **{column.value: row.counts[column] for column in Column},
            "derived_from_term": row.derived,
        }
        for row in rows(situation)
    ]
    return to_csv(records, names)


def status_markdown(situation: Situation, language: Language) -> str:
    """One row per legal person, headings in the reader's language."""
    headings = [language.text(msg("Party")), *(language.text(COLUMNS[column]) for column in Column)]
    found = [
        [situation.directory.label(row.party), *(str(row.counts[column]) for column in Column)]
        for row in rows(situation)
    ]
    return to_markdown(headings, found)
