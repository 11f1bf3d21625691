"""The whole workbook, from conventions that go by one at a time; its last sheet says how to read it."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.render.workbook import journal, obligations
from qp_cli.render.workbook.cells import make_styles
from qp_cli.render.workbook.conventions import (
    AMOUNTS_LAYOUT,
    CONVENTIONS,
    PARTIES_LAYOUT,
    SITES_LAYOUT,
    Counts,
    amount_rows,
    convention_row,
    site_rows,
)
from qp_cli.render.workbook.follow_up import FollowUpSheet, follow_up_rows
from qp_cli.render.workbook.sheet import Sheet, height, set_up_page, sheet_name
from qp_cli.render.workbook.summary import SummarySheet, summary_part
from qp_cli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from xlsxwriter import Workbook

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import CellValue, Styles
    from qp_cli.render.workbook.follow_up import FollowUpRow
    from qp_cli.render.workbook.summary import SummaryPart
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.situation import Obligation


_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""In memory: nothing of a convention is left in the folder of temporary files; the bytes owe nothing to the disk."""
LARGE_WORKBOOK = 20_000
"""Obligations from which a workbook is put together in a folder of its own, for whoever asks alone, and taken away."""
_NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook's dates have no zone
_WIDTH, _HELD, _ROOM = 110, 125, 6
"""The width of the one column; the letters that it holds, narrower than figures; and points around a line."""
_OPTIONAL = (SITES_LAYOUT, journal.JOURNAL_LAYOUT)
"""The sheets that a convention may have nothing for: they are hidden then, and put no empty page on paper."""
_NOTES = (
    msg(
        "“Overdue” says that a date has passed and that the journal holds no fulfilment: it does not say why, "
        "nor that anybody is at fault."
    ),
    msg(
        "What a date rests on is said beside it: the text, an avenant, a renewal, a termination, the term where the "
        "text gives no date, or a target of the repository. What is awaited by a date derived from "
        "the term, passed or not, is counted among the others."
    ),
    msg("“≤” before a date: what it waits for can only bring it forward."),
    msg("Red: overdue, or breach recorded. Amber: due soon. Green: fulfilled. Grey: discharged, expired or cancelled."),
    msg("The counts are of every obligation of each convention, whatever was chosen for the sheet of obligations."),
    msg("What several owe together is counted once for each legal person: the total can exceed the obligations."),
    msg(
        "The sheet to fill has what is not over; what is owed on request, once it was asked for. "
        "Its yellow cells alone can be changed, and no password locks the others."
    ),
    msg("A cell can hold more than its row shows: the whole of it is read in the cell itself."),
    msg("The numbers are written as they were computed: changing a cell changes no other."),
    msg("The text of each convention prevails, then the repository: this workbook is a copy at one day."),
)


def add_about(
    workbook: Workbook,
    styles: Styles,
    day: date | None,
    counts: tuple[int, int],
    absences: Iterable[Message],
    language: Language,
) -> None:
    """Adds the sheet; `counts` are the conventions and the obligations of the workbook, `absences` what it lacks."""
    sheet = workbook.add_worksheet(sheet_name(language.text(msg("About this workbook"))))
    conventions, obligations = counts
    lines = [
        language.text(msg("Obligations on {day}", day=language.full_day(day)) if day else msg("No convention.")),
        language.text(msgs("{count} convention", "{count} conventions", count=conventions)),
        language.text(msgs("{count} obligation", "{count} obligations", count=obligations)),
        *map(language.text, absences),
        *map(language.text, _NOTES),
        language.text(msg("Made with qp {version}.", version=__version__)),
    ]
    sheet.set_column(0, 0, _WIDTH)
    for row, line in enumerate(lines):
        sheet.set_row(row, height([(line, _HELD)]) + _ROOM)
        sheet.write_string(row, 0, line, styles.wrapped if row else styles.heading)
    set_up_page(sheet, day, language)


def write_workbook(
    ledgers: Iterable[Ledger],
    chosen: Callable[[Ledger], Sequence[Obligation]],
    language: Language,
    absences: Callable[[], Iterable[Message]] = tuple,
) -> bytes:
    """An Excel workbook: a page of totals, a sheet to fill, then the lists of which it is made, and how to read it.

    Each ledger is used once, as it comes, and not kept. The same ones give the same bytes. The counts are of all
    that each convention holds; the sheet of obligations, of what `chosen` gives, in its order. `absences`, asked for
    last, say what the workbook lacks, on its last sheet. What is filled is read back by `qp record --from`.

    Raises:
        UsageError: more rows than a sheet holds.
    """
    return workbook_of((book_part(each, chosen(each), language) for each in ledgers), language, absences)


def workbook_of(
    parts: Iterable[BookPart],
    language: Language,
    absences: Callable[[], Iterable[Message]] = tuple,
    known: Callable[[], Sequence[Message]] = tuple,
) -> bytes:
    """The workbook that the parts of some conventions make; `known` are the states of repositories it is read from.

    Raises:
        UsageError: more rows than a sheet holds.
    """
    from xlsxwriter import Workbook

    held, parts = BytesIO(), iter(parts)
    first = list(islice(parts, 2))
    book = _Book(Workbook(held, _OPTIONS), language, alone=len(first) == 1)
    for part in chain(first, parts):
        book.add(part)
    book.close(absences(), known())
    return held.getvalue()


class BookPart(NamedTuple):
    """What a workbook has of one convention: its rows in each sheet, and its counts.

    Attributes:
        chosen: how many obligations are in the workbook.
    """

    day: date
    chosen: int
    summary: SummaryPart
    follow_up: list[FollowUpRow]
    obligations: list[list[CellValue]]
    people: list[list[CellValue]]
    counts: Counts
    amounts: list[list[CellValue]]
    sites: list[list[CellValue]]
    journal: list[list[CellValue]]
    convention: list[CellValue]


def book_part(ledger: Ledger, chosen: Sequence[Obligation], language: Language) -> BookPart:
    """One convention's rows, in every sheet."""
    situation, counts = ledger.situation, Counts()
    return BookPart(
        situation.as_of,
        len(chosen),
        summary_part(ledger),
        follow_up_rows(ledger, chosen, language),
        list(obligations.obligation_rows(situation, chosen, language)),
        list(counts.rows(situation)),
        counts,
        list(amount_rows(situation, language)),
        list(site_rows(situation, language)),
        list(journal.fact_rows(ledger, language)),
        convention_row(ledger, len(chosen), language),
    )


class _Book:
    """The sheets under way, and what is known once every convention has gone by."""

    def __init__(self, workbook: Workbook, language: Language, *, alone: bool) -> None:
        self._workbook, self._language = workbook, language
        self._styles = make_styles(workbook, language)
        self._summary = SummarySheet(workbook, self._styles, language)
        self._follow_up = FollowUpSheet(workbook, self._styles, language, alone=alone)
        layouts = (obligations.OBLIGATIONS_LAYOUT, PARTIES_LAYOUT, SITES_LAYOUT, journal.JOURNAL_LAYOUT)
        self._obligations, self._people, self._sites, self._journal = (
            Sheet(workbook, layout, self._styles, language, optional=layout in _OPTIONAL, alone=alone)
            for layout in layouts
        )
        self._conventions = Sheet(workbook, CONVENTIONS, self._styles, language)
        self._counts = Counts()
        self._amounts: list[list[CellValue]] = []
        self._day: date | None = None
        self._number, self._chosen = 0, 0

    def add(self, part: BookPart) -> None:
        """One convention's rows, in every sheet."""
        self._summary.add(part.summary)
        self._follow_up.add(part.follow_up)
        self._obligations.extend(part.obligations)
        self._people.extend(part.people)
        self._counts.join(part.counts)
        self._amounts.extend(part.amounts)
        self._sites.extend(part.sites)
        self._journal.extend(part.journal)
        self._conventions.extend([part.convention])
        self._day = part.day
        self._number += 1
        self._chosen += part.chosen

    def _add_amounts(self) -> None:
        """The sheet of amounts, where there is one to sum."""
        if self._amounts:
            alone = self._number == 1
            sheet = Sheet(self._workbook, AMOUNTS_LAYOUT, self._styles, self._language, alone=alone)
            sheet.extend(self._amounts)
            sheet.finish(self._day)

    def close(self, absences: Iterable[Message], known: Sequence[Message] = ()) -> None:
        """The sums, what is set up once the rows are there, the last sheet, and the document's properties."""
        language, day = self._language, self._day
        self._people.add(self._counts.total(language), total=True)
        self._summary.finish(day, known)
        self._follow_up.finish(day)
        self._obligations.finish(day, tones=obligations.tones(language))
        self._people.finish(day, totals=1)
        self._sites.finish(day)
        self._journal.finish(day, tones=journal.TONES)
        self._conventions.finish(day)
        self._add_amounts()
        add_about(self._workbook, self._styles, day, (self._number, self._chosen), absences, language)
        title = language.text(msg("Obligations on {day}", day=language.full_day(day)) if day else msg("No convention."))
        created = datetime.combine(day, time()) if day else _NO_DAY
        self._workbook.set_properties({"title": title, "author": "", "created": created})
        if self._chosen >= LARGE_WORKBOOK:
            self._close_in_a_folder()
        else:
            self._workbook.close()

    def _close_in_a_folder(self) -> None:
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="qp-") as folder:
            self._workbook.in_memory, self._workbook.tmpdir = False, folder
            self._workbook.close()
