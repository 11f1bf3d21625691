"""One sheet: its heading in the first row, a row per thing, set up to be filtered, sorted and printed."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple, cast

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.render.formats import ACTIVE
from qp_cli.render.workbook.cells import FIRST_COUNTED, AtMost, harmless_cell, is_exact, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import CellValue, Styles
    from qp_cli.render.workbook.packed import PackedWorksheet


ROWS = 1_048_576
"""Rows of a sheet, at the most, in Excel; the heading is one of them."""
Look = dict[str, str | int]
_RULED: Look = {"bottom": 4, "left": 4, "right": 4, "border_color": "#BFBFBF"}
"""Hairlines around each cell, an empty one too."""
_ROOM = 6
"""Points around a heading."""
_ARROW = 3
"""Characters that bold letters and the arrow of a filter take, in a column no narrower than its heading's words."""
_LONGEST_NAME = 31
_A4 = 9
_PAGE = (784, 516)
"""Points of an A4 sheet on its side, within its margins: the width, the height."""
_CHARACTERS, _PADDING = (5.25, 6.8), 3.75
"""Points of a column's width for each character, in Excel's font and where another stands for it; and around them."""
_SMALLEST = 0.5
"""How small letters may be printed for that, beside their size on the screen."""
_SPILT = 0.2
"""What may be left over for a last page, of a page for each before it, and is drawn onto those by printing smaller."""
LINE, _TALLEST = 15, 405
"""Points of a line of text, and of a row at the most."""


def height(texts: Iterable[tuple[object, int]]) -> int:
    """The height of a row, in points, in which its texts show, each given with the width of its column."""
    lines = 1
    for text, width in texts:
        narrow = width * 17 // 20  # in a font that is wider than the usual one
        if isinstance(text, str) and (len(text) > narrow or "\n" in text):
            lines = max(lines, _lines(text, narrow))
    return min(LINE * lines, _TALLEST)


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)


@lru_cache(maxsize=4096)
def _lines(text: str, width: int) -> int:
    """How many lines a text takes."""
    return sum(len(wrap(line, width)) or 1 for line in text.split("\n"))


def pages_high(points: float, widths: Sequence[int]) -> int:
    """How many pages a sheet is made to fit, so that none is nearly empty; 0 where it is left to its length.

    Args:
        points: the height of its rows.
        widths: those of its printed columns, in characters.
    """
    found = 0
    for character in _CHARACTERS:
        scale = min(1.0, _PAGE[0] / sum(width * character + _PADDING for width in widths))
        pages = points * scale / _PAGE[1]
        whole = int(pages)
        if whole and pages - whole <= _SPILT * whole:
            found = whole
    scale = min(1.0, _PAGE[0] / sum(width * _CHARACTERS[0] + _PADDING for width in widths))
    return found if found and min(scale, found * _PAGE[1] / points) >= _SMALLEST else 0


def is_readable_on_one_page(points: float, widths: Sequence[int]) -> bool:
    """Whether a sheet may be printed on one page, its letters still large enough; its arguments: see `pages_high`."""
    width = sum(each * _CHARACTERS[0] + _PADDING for each in widths)
    return min(_PAGE[0] / width, _PAGE[1] / points if points else 1) >= _SMALLEST


def set_up_page(sheet: Worksheet, day: date | None, language: Language) -> None:
    """A4, landscape, one page wide; the day looked at, the sheet's name and page numbers at the foot."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    on = language.text(msg("On {day}", day=language.full_day(day))) if day else ""
    pages = language.text(msg("Page {page} of {pages}", page="&P", pages="&N"))
    sheet.set_footer(f"&L{on}&C&A&R{pages}")


class SheetColumn(NamedTuple):
    """A heading, the width in characters, and whether what is below stands to the right, as numbers and days do."""

    heading: Message
    width: int
    right: bool = False


class Layout(NamedTuple):
    """A sheet's name and columns.

    Attributes:
        frozen: how many first columns stay in sight.
        printed: how many first columns go on paper, long texts going on below: all of them would be too small to read.
    """

    name: Message
    columns: tuple[SheetColumn, ...]
    frozen: int
    printed: int

    @property
    def widths(self) -> list[int]:
        """The width of each column."""
        return [column.width for column in self.columns]

    def letter(self, column: SheetColumn) -> str:
        """The letter, or letters, of a column."""
        from xlsxwriter.utility import xl_col_to_name

        return str(xl_col_to_name(self.columns.index(column)))


class Tone(NamedTuple):
    """What a row looks like when one of its columns holds a text; any text, where none is given."""

    column: SheetColumn
    text: str | None
    look: Look

    def criteria(self, layout: Layout, row: int = 2) -> str:
        """The rule, as a spreadsheet has it: words of qp's own, that data is compared with and is never part of.

        It is written for one row, numbered from 1, the first below the heading.
        """
        letter = layout.letter(self.column)
        if self.text is None:
            return f'=${letter}{row}<>""'
        return f'=${letter}{row}="{self.text.replace(chr(34), chr(34) * 2)}"'


class Sheet:
    """A sheet under way; `top` rows are left free above its heading. Without rows, it is hidden where it may be.

    The first column, which says of each row which convention it is of, is hidden where there is but one.
    """

    def __init__(
        self,
        workbook: Workbook,
        layout: Layout,
        styles: Styles,
        language: Language,
        *,
        top: int = 0,
        optional: bool = False,
        alone: bool = False,
    ) -> None:
        from qp_cli.render.workbook.packed import PackedWorksheet

        self._workbook, self._layout, self._styles, self._language = workbook, layout, styles, language
        made = workbook.add_worksheet(sheet_name(language.text(layout.name)), PackedWorksheet)
        self.worksheet = self._sheet = cast("PackedWorksheet", made)
        self._row, self._top, self._is_optional, self._first = top, top, optional, int(alone)
        headings = [language.text(column.heading) for column in layout.columns]
        for place, (heading, column) in enumerate(zip(headings, layout.columns, strict=True)):
            shown = None if place or not alone else {"hidden": True}
            self._sheet.set_column(place, place, max(column.width, _longest_word(heading) + _ARROW), None, shown)
            self._sheet.write_string(top, place, heading, styles.heading_right if column.right else styles.heading)
        self._points = height(zip(headings, layout.widths, strict=True)) + _ROOM
        self._sheet.set_row(top, self._points)

    def add(self, values: Sequence[CellValue], *, total: bool = False) -> None:
        """One more row, a value per column; nothing is written for None. A row of sums is bold, below a line.

        Raises:
            UsageError: a sheet holds no more rows.
        """
        layout = self._layout
        self._row += 1
        if self._row >= ROWS:
            text = msg("A sheet of a workbook holds {count} rows at the most: choose fewer obligations", count=ROWS - 1)
            raise UsageError(text)
        self._sheet.pack_before(self._row)
        points = height(list(zip(values, layout.widths, strict=True))[self._first : layout.printed])
        self._sheet.set_row(self._row, points)
        self._points += points
        for place, value in enumerate(values):
            if total:
                self._sheet.write_blank(self._row, place, None, self._styles.total)
            if value is not None and value != "":
                self._write(place, value, total=total)

    @property
    def row(self) -> int:
        """The number of the last row written, from 0."""
        return self._row

    def extend(self, rows: Iterable[Sequence[CellValue]]) -> None:
        """Several more rows, as they come."""
        for values in rows:
            self.add(values)

    def _write(self, place: int, value: CellValue, *, total: bool) -> None:
        """One cell, by a call that names its type: nothing is left to be guessed from the data."""
        row, styles = self._row, self._styles
        match value:
            case str():
                text = harmless_cell(value, self._language)
                usual = styles.wrapped if place < self._layout.printed else styles.text
                marked = styles.quoted if text.startswith(ACTIVE) else usual
                self._sheet.write_string(row, place, plain(text), styles.total if total else marked)
            case int():
                self._sheet.write_number(row, place, value, styles.total_number if total else styles.number)
            case Decimal() if is_exact(value):
                self._sheet.write_number(row, place, float(value), styles.money)
            case Decimal():
                self._sheet.write_string(row, place, f"{value:.2f}", styles.money)
            case date():
                self._write_day(place, value, "", styles.day)
            case AtMost(day):
                self._write_day(place, day, "≤ ", styles.bound)

    def _write_day(self, place: int, day: date, mark: str, look: Format) -> None:
        """A day as a number that spreadsheets count from 1900, or in words where they do not agree on which it is."""
        if day < FIRST_COUNTED:
            self._sheet.write_string(self._row, place, mark + self._language.short_day(day).strip(), look)
        else:
            self._sheet.write_datetime(self._row, place, datetime.combine(day, time()), look)

    def finish(self, day: date | None, *, tones: Sequence[Tone] = (), totals: int = 0) -> None:
        """What depends on how many rows there are; the last `totals` rows are left out of filters."""
        sheet, layout, last = self._sheet, self._layout, self._row - totals
        sheet.freeze_panes(self._top + 1, layout.frozen)
        sheet.autofilter(self._top, 0, last, len(layout.columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{layout.letter(layout.columns[-1])}{self._row + 1}"})
        if last > self._top:
            for tone in tones:
                self._paint(tone.criteria(layout, self._top + 2), tone.look, last)
            self._paint(f"=ROW()>{self._top + 1}", {}, last)
        sheet.print_area(0, 0, self._row, layout.printed - 1)
        sheet.repeat_rows(self._top)
        set_up_page(sheet, day, self._language)
        widths = layout.widths[self._first : layout.printed]
        sheet.fit_to_pages(1, pages_high(self._points + self._top * LINE, widths))
        if last == self._top and self._is_optional:
            sheet.hide()

    def _paint(self, criteria: str, look: Look, row: int) -> None:
        """A rule over every row; the first that holds is used, by every spreadsheet."""
        looks = self._workbook.add_format(_RULED | look)
        rule = {"type": "formula", "criteria": criteria, "format": looks, "stop_if_true": True}
        self._sheet.conditional_format(self._top + 1, 0, row, len(self._layout.columns) - 1, rule)


def sheet_name(text: str) -> str:
    """A name that Excel takes: no sign of its addresses, 31 characters at the most."""
    return re.sub(r"[][:*?/\\]", " ", text)[:_LONGEST_NAME].strip("' ")
