"""How a sheet looks printed, and the heights of its rows: not every spreadsheet works them out by itself."""

from __future__ import annotations

from functools import lru_cache
from textwrap import wrap
from typing import TYPE_CHECKING

from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xlsxwriter.worksheet import Worksheet

    from qp_cli.render.language import Language

_A4 = 9
_LINE, _TALLEST = 15, 405
"""Points of a line of text, and of a row at the most."""


def height(texts: Iterable[tuple[object, int]]) -> int:
    """The height of a row, in points, in which its texts show, each given with the width of its column."""
    lines = 1
    for text, width in texts:
        narrow = width * 17 // 20  # in a font that is wider than the usual one
        if isinstance(text, str) and (len(text) > narrow or "\n" in text):
            lines = max(lines, _lines(text, narrow))
    return min(_LINE * lines, _TALLEST)


@lru_cache(maxsize=4096)
def _lines(text: str, width: int) -> int:
    """How many lines a text takes."""
    return sum(len(wrap(line, width)) or 1 for line in text.split("\n"))


def set_up_page(sheet: Worksheet, day: date | None, language: Language) -> None:
    """A4, landscape, one page wide; the day looked at, the sheet's name and page numbers at the foot."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    on = language.text(msg("On {day}", day=language.full_day(day))) if day else ""
    pages = language.text(msg("Page {page} of {pages}", page="&P", pages="&N"))
    sheet.set_footer(f"&L{on}&C&A&R{pages}")
