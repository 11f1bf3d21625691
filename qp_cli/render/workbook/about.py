"""The last sheet: the day looked at, what the other sheets hold, and how to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli import __version__
from qp_cli.messages import msg, msgs
from qp_cli.render.workbook.paper import height, set_up_page
from qp_cli.render.workbook.sheet import sheet_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xlsxwriter import Workbook

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import Styles

_WIDTH, _HELD, _ROOM = 110, 125, 6
"""The width of the one column; the letters that it holds, narrower than figures; and points around a line."""
_NOTES = (
    msg(
        "“Overdue” says that a date has passed and that the journal holds no fulfilment: it does not say why, "
        "nor that anybody is at fault."
    ),
    msg(
        "What a date rests on is said beside it: the text, an avenant, the term where the text gives no date, or a "
        "target of the repository. What is late or near by a date derived from the term is counted among the others."
    ),
    msg("“≤” before a date: what it waits for can only bring it forward."),
    msg("Red: overdue, or breach recorded. Amber: due soon. Green: fulfilled. Grey: discharged, expired or cancelled."),
    msg("The counts are of every obligation of each convention, whatever was chosen for the sheet of obligations."),
    msg("What several owe together is counted once for each legal person: the total can exceed the obligations."),
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
