"""The sheet that people fill: a row per obligation that is not over, its yellow cells for what was done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.follow_up import FILLED, FOLLOW_UP_HEADINGS, FollowUp, is_followed, mark_of
from qp_cli.messages import msg
from qp_cli.render.columns import debtor
from qp_cli.render.formats import ACTIVE
from qp_cli.render.wording import state_words
from qp_cli.render.workbook.cells import AtMost, date_format, harmless_cell
from qp_cli.render.workbook.sheet import Layout, Sheet, SheetColumn
from qp_cli.tracking.portfolio import convention_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter import Workbook

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import CellValue, Styles
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.portfolio import ConventionRef
    from qp_cli.tracking.situation import Obligation

_TOP = 2
"""Rows above the heading: the day, and what to do."""
_FIRST_DAY, _LAST_DAY = date(1905, 1, 1), date(2100, 12, 31)
_LONGEST_LIST = 255
"""Characters of the choices of a cell, with the commas between them."""
_MOST_RANGES = 2_000
"""Lists of choices that a sheet is given: a portfolio's spreadsheet would open slowly with more."""
_YELLOW = "#FFF6CC"
_WIDTHS = {FollowUp.DONE_ON: 12, FollowUp.BY: 16, FollowUp.PROOF: 24, FollowUp.REMARK: 26}
FOLLOW_UP_LAYOUT = Layout(
    msg("Follow-up"),
    (
        SheetColumn(msg("Convention"), 17),
        SheetColumn(msg("Subject"), 36),
        SheetColumn(msg("Debtor"), 16),
        SheetColumn(msg("Sites"), 12),
        SheetColumn(msg("Occurrence of"), 12, right=True),
        SheetColumn(msg("Deadline"), 12, right=True),
        SheetColumn(msg("State"), 14),
        *(SheetColumn(FOLLOW_UP_HEADINGS[each], _WIDTHS[each]) for each in FILLED),
        SheetColumn(msg("Engagement"), 24),
        SheetColumn(FOLLOW_UP_HEADINGS[FollowUp.ID], 40),
        SheetColumn(FOLLOW_UP_HEADINGS[FollowUp.MARK], 40),
    ),
    frozen=2,
    printed=11,
)
_FIRST = 7
"""The first of the columns to fill."""
_HINTS: dict[FollowUp, Message] = {
    FollowUp.DONE_ON: msg("The day on which it was done, such as 18/03/2021. Leave it empty as long as it was not."),
    FollowUp.BY: msg("Who did it, of those who owe it; empty: the debtor of the row."),
    FollowUp.PROOF: msg(
        "A web address, or the name of a file of the repository, such as preuves/pv.pdf. It needs a day."
    ),
    FollowUp.REMARK: msg("What the journal should say of it, in a few words. It needs a day."),
}
_PROTECTED = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True}


class FollowUpRow(NamedTuple):
    """A row of the sheet, and those who owe what it is about, parted by commas as a cell's list has them."""

    cells: list[CellValue]
    names: str


def follow_up_rows(ledger: Ledger, chosen: Sequence[Obligation], language: Language) -> list[FollowUpRow]:
    """A row for each of these that is not over."""
    convention = convention_ref(ledger.situation, chosen)
    mark = str(mark_of(ledger.situation, ledger.facts))
    return [
        FollowUpRow(_row(convention, one, mark, language), _names(convention, one, language))
        for one in filter(is_followed, chosen)
    ]


def _names(convention: ConventionRef, one: Obligation, language: Language) -> str:
    """Those who owe it; their ids where a name holds a comma; none where they are too many for a cell."""
    labels = [convention.directory.label(party) for party in one.debtor.parties]
    if any("," in each or each.startswith(ACTIVE) for each in labels):
        labels = list(one.debtor.parties)
    names = ",".join(harmless_cell(each, language) for each in labels)
    return names if len(names) <= _LONGEST_LIST else ""


class FollowUpSheet:
    """The sheet under way: locked but for the cells to fill, without a password."""

    def __init__(self, workbook: Workbook, styles: Styles, language: Language, *, alone: bool) -> None:
        self._sheet = Sheet(workbook, FOLLOW_UP_LAYOUT, styles, language, top=_TOP, alone=alone)
        self._first = int(alone)
        self._styles, self._language = styles, language
        free: dict[str, object] = {"locked": False, "bg_color": _YELLOW, "valign": "top", "border": 4}
        self._free = workbook.add_format({**free, "text_wrap": True, "num_format": "@"})
        self._free_day = workbook.add_format({**free, "num_format": date_format(language), "align": "right"})
        self._choices: dict[str, list[int]] = {}

    def add(self, rows: Iterable[FollowUpRow]) -> None:
        """A row for each of these."""
        for cells, names in rows:
            self._sheet.add(cells)
            row, worksheet = self._sheet.row, self._sheet.worksheet
            for place, column in enumerate(FILLED, _FIRST):
                free = self._free_day if column is FollowUp.DONE_ON else self._free
                worksheet.write_blank(row, place, None, free)
            if names:
                self._choices.setdefault(names, []).append(row)

    def finish(self, day: date | None) -> None:
        """What depends on how many rows there are: what is said above them, hints, choices, and the lock."""
        worksheet, language = self._sheet.worksheet, self._language
        on = msg("Follow-up on {day}", day=language.full_day(day)) if day else msg("No convention.")
        how = msg("Fill the yellow cells and save: qp record takes what was done out of the file, and shows it first.")
        worksheet.write_string(0, self._first, language.text(on), self._styles.title)
        worksheet.write_string(1, self._first, language.text(how), self._styles.plain_line)
        self._sheet.finish(day)
        self._add_hints()
        worksheet.protect("", _PROTECTED)

    def _add_hints(self) -> None:
        worksheet, first, last = self._sheet.worksheet, _TOP + 1, self._sheet.row
        if last < first:
            return
        for place, column in enumerate(FILLED, _FIRST):
            if column is FollowUp.BY:
                continue
            rule: dict[str, object] = {"validate": "any"}
            if column is FollowUp.DONE_ON:
                rule = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
            worksheet.data_validation(first, place, last, place, {**rule, **self._hint(column)})
        for names, rows in list(self._choices.items())[:_MOST_RANGES]:
            rule = {"validate": "list", "source": names.split(","), "error_type": "warning", **self._hint(FollowUp.BY)}
            place = _FIRST + FILLED.index(FollowUp.BY)
            (start, end), *others = _runs(rows)
            more = [[first, place, last, place] for first, last in others]
            worksheet.data_validation(start, place, end, place, {**rule, "other_cells": more})

    def _hint(self, column: FollowUp) -> dict[str, object]:
        language = self._language
        return {
            "input_title": language.text(FOLLOW_UP_HEADINGS[column]),
            "input_message": language.text(_HINTS[column]),
            "error_title": language.text(FOLLOW_UP_HEADINGS[column]),
            "error_message": language.text(_HINTS[column]),
        }


def _row(convention: ConventionRef, one: Obligation, mark: str, language: Language) -> list[CellValue]:
    """What is known of an obligation; nothing in the cells to fill."""
    due = one.due
    return [
        convention.label,
        one.engagement.title,
        debtor(one, convention.directory),
        ", ".join(convention.sites.get(site, site) for site in one.sites),
        one.deadline.occurrence,
        AtMost(due) if due and one.deadline.waiting_for else due,
        language.text(state_words(one)),
        *(None for _ in FILLED),
        one.engagement.id,
        one.id,
        mark,
    ]


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows that follow each other, as their first and last."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
