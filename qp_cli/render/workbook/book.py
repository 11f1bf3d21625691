"""The whole workbook, from conventions that go by one at a time."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.workbook import conventions, journal, obligations, people, sites
from qp_cli.render.workbook.about import add_about
from qp_cli.render.workbook.cells import make_styles
from qp_cli.render.workbook.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from xlsxwriter import Workbook

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.situation import Obligation

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""In memory: nothing of a convention is left in the folder of temporary files, and the bytes owe nothing to the disk.

Rows written as they come (`constant_memory`) would take an eighth of the memory, go through such files, and hold their
texts in line, where not every program reads a text such as `_x0041_` as it was written.
"""
_NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook's dates have no zone


def write_workbook(
    dossiers: Iterable[Dossier],
    chosen: Callable[[Dossier], Sequence[Obligation]],
    language: Language,
    absences: Callable[[], Iterable[Message]] = tuple,
) -> bytes:
    """An Excel workbook: obligations, counts, sites, journal, conventions, and how to read it.

    Each dossier is used once, as it comes, and not kept. The same ones give the same bytes. The counts are of all
    that each convention holds; the sheet of obligations, of what `chosen` gives, in its order. `absences`, asked for
    last, say what the workbook lacks, on its last sheet.

    Raises:
        UsageError: more rows than a sheet holds.
    """
    from xlsxwriter import Workbook

    held = BytesIO()
    book = _Book(Workbook(held, _OPTIONS), language)
    for dossier in dossiers:
        book.add(dossier, chosen(dossier))
    book.close(absences())
    return held.getvalue()


class _Book:
    """The sheets under way, and what is known once every convention has gone by."""

    def __init__(self, workbook: Workbook, language: Language) -> None:
        self._workbook, self._language = workbook, language
        self._styles = make_styles(workbook, language)
        modules = (obligations, people, sites, journal, conventions)
        self._obligations, self._people, self._sites, self._journal, self._conventions = (
            Sheet(workbook, module.LAYOUT, self._styles, language) for module in modules
        )
        self._counts = people.Counts()
        self._day: date | None = None
        self._number, self._chosen = 0, 0

    def add(self, dossier: Dossier, chosen: Sequence[Obligation]) -> None:
        """One convention's rows, in every sheet."""
        situation, language = dossier.situation, self._language
        self._obligations.extend(obligations.obligation_rows(situation, chosen, language))
        self._people.extend(self._counts.rows(situation))
        self._sites.extend(sites.site_rows(situation, language))
        self._journal.extend(journal.fact_rows(dossier, language))
        self._conventions.extend([conventions.convention_row(dossier, len(chosen), language)])
        self._day = situation.as_of
        self._number += 1
        self._chosen += len(chosen)

    def close(self, absences: Iterable[Message]) -> None:
        """The sums, what is set up once the rows are there, the last sheet, and the document's properties."""
        language, day = self._language, self._day
        self._people.add(self._counts.total(language), total=True)
        self._obligations.finish(day, tones=obligations.tones(language))
        self._people.finish(day, totals=1)
        self._sites.finish(day)
        self._journal.finish(day, tones=journal.TONES)
        self._conventions.finish(day)
        add_about(self._workbook, self._styles, day, (self._number, self._chosen), absences, language)
        title = language.text(msg("Obligations on {day}", day=language.full_day(day)) if day else msg("No convention."))
        created = datetime.combine(day, time()) if day else _NO_DAY
        self._workbook.set_properties({"title": title, "author": "", "created": created})
        self._workbook.close()
