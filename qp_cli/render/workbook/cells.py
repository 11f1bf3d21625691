"""What a cell holds, how it looks, and text made harmless to the spreadsheet that opens it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.render.visible import inert

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from qp_cli.render.language import Language

LONGEST_CELL = 32_767
"""UTF-16 units of a cell's text, at the most, in Excel."""
FIRST_COUNTED = date(1900, 3, 1)
"""The first day that is one number in every spreadsheet: Excel knows none before 1900, and a 29 February 1900."""
_DIGITS = 15
"""Of a number, those that every spreadsheet keeps."""
_FORBIDDEN = re.compile("[\ufffe\uffff]")
"""What XML 1.0 cannot carry, besides control characters and surrogates."""
_DATES = {"fr": "dd/mm/yyyy", "en": "[$-809]d mmm yyyy"}
"""As the screens write days; the English months whatever the spreadsheet's own language."""


class AtMost(NamedTuple):
    """A day that can still come earlier: what it waits for can only bring it forward."""

    day: date


CellValue = str | int | Decimal | date | AtMost | None


class Styles(NamedTuple):
    """The few formats that all the cells of a workbook share.

    A text that begins as a formula does is stored as text, and is marked as such (`quotePrefix`): typed over or
    filled down, it stays text. It is not altered: what people read, and compare with the files, is what was written.
    """

    heading: Format
    heading_right: Format
    text: Format
    wrapped: Format
    quoted: Format
    number: Format
    money: Format
    day: Format
    bound: Format
    total: Format
    total_number: Format
    title: Format
    wrapped_title: Format
    plain_line: Format


def date_format(language: Language) -> str:
    """How a spreadsheet is told to write days."""
    return _DATES[language.code]


def make_styles(workbook: Workbook, language: Language) -> Styles:
    """The formats of a workbook; dates as the language writes them."""
    plain: dict[str, object] = {"valign": "top"}
    days = date_format(language)
    right: dict[str, object] = {"align": "right", "indent": 1}
    wrapped = {**plain, "text_wrap": True}
    heading = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#DCE3EC", "bottom": 1}
    total = {**plain, "top": 1, "bold": True}
    return Styles(
        heading=workbook.add_format(heading),
        heading_right=workbook.add_format({**heading, **right}),
        text=workbook.add_format(plain),
        wrapped=workbook.add_format(wrapped),
        quoted=workbook.add_format({**wrapped, "quote_prefix": True, "num_format": "@"}),
        number=workbook.add_format({**plain, **right, "num_format": "0"}),
        money=workbook.add_format({**plain, **right, "num_format": "#,##0.00"}),
        day=workbook.add_format({**plain, "num_format": days, **right}),
        bound=workbook.add_format({**plain, "num_format": f'"≤ "{days}', **right}),
        total=workbook.add_format(total),
        total_number=workbook.add_format({**total, **right, "num_format": "0"}),
        wrapped_title=workbook.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"}),
        title=workbook.add_format({"bold": True, "font_size": 14}),
        plain_line=workbook.add_format({"valign": "top"}),
    )


def harmless_cell(text: str, language: Language) -> str:
    """The text with its lines, what cannot be shown written out, cut with a word that says so when no cell holds it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", inert(lines))
    if len(shown) <= LONGEST_CELL // 2 or _units(shown) <= LONGEST_CELL:
        return shown
    end = language.text(msg("… [cut here: a cell of a workbook holds no more]"))
    kept = shown.encode("utf-16-le")[: 2 * (LONGEST_CELL - _units(end))]
    return kept.decode("utf-16-le", "ignore") + end


def is_exact(number: Decimal) -> bool:
    """Whether a spreadsheet keeps a number to the last digit."""
    return len(number.as_tuple().digits) <= _DIGITS


def plain(text: str) -> str:
    """A text that XlsxWriter writes as it is read: one between `<r>` and `</r>` would be taken for XML of its own."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escape(text, quote=False)}</t></r>'
    return text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
