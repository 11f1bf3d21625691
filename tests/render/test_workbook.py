"""The workbook, read back by a program that is not the one that wrote it."""

from __future__ import annotations

import gc
import hashlib
import re
import shutil
import subprocess
import sys
import weakref
import zipfile
from datetime import date, datetime
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from textwrap import dedent
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.model.base import replaced
from qp_cli.model.declarations import Declarations
from qp_cli.model.facts import Journal
from qp_cli.model.reading import read
from qp_cli.model.sites import Sites
from qp_cli.render.language import Language
from qp_cli.render.wording import BASES, COLUMNS, FACTS, state_words
from qp_cli.render.workbook import book as book_module
from qp_cli.render.workbook import journal as journal_sheet
from qp_cli.render.workbook import obligations as obligations_sheet
from qp_cli.render.workbook import packed
from qp_cli.render.workbook import sheet as sheet_module
from qp_cli.render.workbook.book import write_workbook
from qp_cli.render.workbook.cells import LONGEST_CELL, AtMost, harmless_cell, make_styles
from qp_cli.render.workbook.conventions import CONVENTIONS, PARTIES_LAYOUT, SITES_LAYOUT
from qp_cli.render.workbook.packed import PackedWorksheet
from qp_cli.render.workbook.sheet import Layout, Sheet, SheetColumn, is_readable_on_one_page, pages_high, sheet_name
from qp_cli.store.repository import read_repository
from qp_cli.tracking.filters import Choice, choose
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.log import Filter, log_entries
from qp_cli.tracking.portfolio import party_tallies
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import apart, column, soonest
from tests.journal.test_a_year import DAYS, STORY
from tests.tracking import test_properties as generated
from tests.tracking.building import NEIGHBOUR, SHIPPED, convention, day, facts, folder

ENGLISH, FRENCH = Language("en"), Language("fr")
LANGUAGES = pytest.mark.parametrize("language", [ENGLISH, FRENCH], ids=["en", "fr"])
LAYOUTS = [
    obligations_sheet.OBLIGATIONS_LAYOUT,
    PARTIES_LAYOUT,
    SITES_LAYOUT,
    journal_sheet.JOURNAL_LAYOUT,
    CONVENTIONS,
]
NAMES = ("Obligations", "Parties", "Sites", "Journal", "Conventions")
BEFORE = 2
"""The sheets before these: the summary, and the one to fill."""
PARTS = re.compile(
    r"(\[Content_Types\]|_rels/\.rels|docProps/(app|core)|xl/(workbook|styles|sharedStrings|theme/theme1)"
    r"|xl/_rels/workbook\.xml|xl/worksheets/sheet[1-8])(\.xml|\.rels)*"
)
"""Every part of the archive: none for macros, links, images or other files."""


def everything(ledger):
    return soonest(ledger.situation.obligations)


def ledger_of(path, as_of):
    repository = folder(path)
    return open_ledger(Declarations(repository.convention, repository.sites, repository.facts), day(as_of))


def made(body, journal="", as_of="2022-03-01", sites=()):
    return open_ledger(Declarations(convention(body), sites, facts(journal)), day(as_of))


def opened(*ledgers, language=ENGLISH, chosen=everything):
    return load_workbook(BytesIO(write_workbook(ledgers, chosen, language)))


def table(book, name, language=ENGLISH):
    """The rows of a sheet, each cell under the English words of its heading."""
    layout = LAYOUTS[NAMES.index(name)]
    headings = [str(each.heading) for each in layout.columns]
    head, *below = book.worksheets[BEFORE + NAMES.index(name)].iter_rows()
    assert [cell.value for cell in head] == [language.text(each.heading) for each in layout.columns]
    assert len({cell.value for cell in head}) == len(set(headings)) == len(head)
    return [dict(zip(headings, cells, strict=True)) for cells in below]


def values(book, name, language=ENGLISH):
    return [{key: cell.value for key, cell in row.items()} for row in table(book, name, language)]


def as_day(moment):
    return moment.date() if moment else None


def as_text(text):
    return text or ""


def holds(book, ledger, language):
    """Checks a workbook of one convention against what it was made from."""
    situation = ledger.situation
    shown = values(book, "Obligations", language)
    for one, row in zip(everything(ledger), shown, strict=True):
        assert (row["Id"], row["State code"], as_day(row["Deadline"])) == (one.id, one.state.value, one.due)
        words = state_words(one)
        assert row["State"] == language.text(words)
        assert row["Counted in"] == language.text(COLUMNS[column(one)])
        assert row["Weekday"] == (language.weekday(one.due) if one.due else None)
        assert row["What the date rests on"] == (language.text(BASES[one.deadline.basis]) if one.due else None)
        assert row["Days late"] == one.standing.days_late
        assert as_day(row["Fulfilled on"]) == one.standing.fulfilled_on
        assert as_day(row["Date before it was moved"]) == one.previous_due
        assert as_day(row["Counted from"]) == one.deadline.origin
        assert as_text(row["Facts"]).split() == list(one.facts)
    *people, total = values(book, "Parties", language)
    counted = [str(each) for each in COLUMNS.values()]
    assert [(row["Party's id"], *(row[name] for name in counted), row["Total"]) for row in people] == [
        (row.group.key, *row.counts.values(), row.total) for row in party_tallies(situation)
    ]
    assert total["Convention"] == language.text(msg("Total"))
    assert all(total[name] == sum(row[name] for row in people) for name in (*counted, "Total"))
    assert [row["Id"] for row in values(book, "Sites", language)] == [site.id for site in situation.sites]
    entries = log_entries(situation, ledger.signed, ledger.facts, Filter())
    for entry, row in zip(entries, values(book, "Journal", language), strict=True):
        assert (row["Id"], as_day(row["Day"])) == (entry.fact.id, entry.fact.on)
        assert row["Fact"] == language.text(FACTS[entry.fact.kind])
        assert (row["Cancelled"] is None) is (entry.cancelled_by is None)
    (about,) = values(book, "Conventions", language)
    assert as_day(about["Day looked at"]) == situation.as_of
    assert as_day(about["Term"]) == (situation.term.due if situation.term else None)
    assert about["Obligations"] == len(situation.obligations)


def runs_nothing(book):
    """Every cell is a text, a number, a day or nothing."""
    for sheet in book.worksheets:
        for cell in (cell for cells in sheet.iter_rows() for cell in cells):
            assert cell.data_type in {"s", "n", "d"}, cell.value
            assert cell.hyperlink is None


@LANGUAGES
@pytest.mark.parametrize("as_of", ["2021-09-01", "2021-10-01", "2023-03-18", "2026-11-23"])
def test_it_holds_the_shipped_convention(language, as_of):
    ledger = ledger_of(SHIPPED, as_of)
    book = opened(ledger, language=language)
    holds(book, ledger, language)
    runs_nothing(book)


@LANGUAGES
@pytest.mark.parametrize("as_of", ["2021-06-01", "2022-06-01", "2027-03-01"])
def test_it_holds_the_neighbour_with_its_journal(language, as_of):
    ledger = ledger_of(NEIGHBOUR, as_of)
    holds(opened(ledger, language=language), ledger, language)


def test_it_holds_a_year_of_facts_at_each_of_its_days(tmp_path, qp, monkeypatch):
    shutil.copytree(SHIPPED, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    for on, words in STORY:
        monkeypatch.setattr("qp_cli.cli.clock.now", lambda on=on: datetime.fromisoformat(f"{on}T10:00:00+00:00"))
        assert qp("record", *words, "--who", "Agent", environ={"QP_AS_OF": ""}).code == 0
    for as_of in DAYS:
        ledger = ledger_of(tmp_path / "data", as_of)
        book = opened(ledger, language=FRENCH)
        holds(book, ledger, FRENCH)
    moved = [row for row in values(book, "Obligations", FRENCH) if row["Date before it was moved"]]
    assert moved
    assert all(row["Moved by"] for row in moved)


@settings(max_examples=30, deadline=None)
@given(generated.conventions(), generated.journals(), generated.DAYS)
def test_it_holds_any_convention_and_any_journal(agreed, journal, as_of):
    ledger = open_ledger(Declarations(agreed, generated.PLACES, journal), as_of)
    book = opened(ledger)
    holds(book, ledger, ENGLISH)
    runs_nothing(book)


@LANGUAGES
def test_its_sheets_are_named_in_the_readers_language_and_the_last_says_what_it_is(language):
    book = opened(ledger_of(SHIPPED, "2021-10-01"), language=language)
    last = msg("About this workbook")
    names = (msg("Summary"), msg("Follow-up"), *(layout.name for layout in LAYOUTS), last)
    assert book.sheetnames == [language.text(each) for each in names]
    text = "\n".join(str(row[0]) for row in book.worksheets[-1].iter_rows(values_only=True))
    assert language.full_day(date(2021, 10, 1)) in text
    assert language.text(msg("“≤” before a date: what it waits for can only bring it forward.")) in text


@pytest.mark.parametrize(
    ("text", "name"),
    [("a/b:c*d?e[f]g\\h", "a b c d e f g h"), ("'x'", "x"), ("m" * 40, "m" * 31), ("m" * 30 + "' ", "m" * 30)],
)
def test_a_sheets_name_is_one_that_excel_takes(text, name):
    assert sheet_name(text) == name


@pytest.mark.parametrize(("language", "form"), [(FRENCH, "dd/mm/yyyy"), (ENGLISH, "[$-809]d mmm yyyy")])
def test_dates_are_days_that_the_spreadsheet_can_reckon_with(language, form):
    book = opened(ledger_of(SHIPPED, "2021-10-01"), language=language)
    first = table(book, "Obligations", language)[0]
    assert first["Deadline"].value == datetime(2021, 9, 18)  # noqa: DTZ001 - the day has no zone
    assert first["Deadline"].number_format == form
    assert (first["Days late"].value, first["Days late"].data_type) == (13, "n")


@pytest.mark.parametrize("text", ["1905-01-01", "1905-02-28", "2000-02-29", "2100-12-31"])
def test_the_first_and_the_last_days_that_qp_reckons_with_are_those_days(text):
    body = f"""
    parties: [{{id: ville, name: Ville}}]
    engagements:
      - {{id: acte, title: Acte, debtors: [ville], kind: one-off, due: {{on: {text}}}}}
    """
    (row,) = values(opened(made(body)), "Obligations")
    assert as_day(row["Deadline"]) == day(text)


BOUND = """
parties: [{id: ville, name: Ville}]
events: [{id: livraison, title: Livraison}]
engagements:
  - id: acte
    title: Acte
    debtors: [ville]
    kind: one-off
    due: {earliest_of: [{on: 2022-06-01}, {within: P1M, from: livraison}]}
"""


def test_a_date_that_can_still_come_forward_is_marked_and_stays_a_date():
    (row,) = table(opened(made(BOUND)), "Obligations")
    assert as_day(row["Deadline"].value) == date(2022, 6, 1)
    assert row["Deadline"].number_format.startswith('"≤ "')
    assert row["Waiting for"].value == "livraison"


TERMS = {
    "": (None, "The text sets no term."),
    "term: {due: {within: P1Y, from: livraison}, clause: art. 9}": (None, "no date yet, awaits livraison"),
    "term: {due: {earliest_of: [{on: 2022-06-01}, {within: P1M, from: livraison}]}, clause: art. 9}": (
        date(2022, 6, 1),
        "Term (art. 9)",
    ),
}


@pytest.mark.parametrize("term", TERMS)
def test_what_there_is_to_know_of_the_term_is_said_beside_it(term):
    (row,) = table(opened(made(f"{dedent(BOUND)}{term}\n")), "Conventions")
    end, said = TERMS[term]
    assert as_day(row["Term"].value) == end
    assert row["Term"].number_format.startswith('"≤ "') is bool(end)
    assert said in row["Remarks"].value


def test_before_the_approval_and_with_later_facts_the_remarks_say_so():
    (row,) = values(opened(ledger_of(NEIGHBOUR, "2021-06-01")), "Conventions")
    assert "18 facts are dated later than 1 June 2021." in row["Remarks"]


def test_the_working_stands_in_one_cell_with_its_sources():
    row = values(opened(ledger_of(SHIPPED, "2021-10-01")), "Obligations")[0]
    assert row["Working"].startswith("1. ")
    assert "[" in row["Working"]
    assert "Saturday 18 September 2021" in row["Working"]
    assert "\n" not in row["Working"]


def test_a_cancelled_fact_is_said_to_be_and_by_which():
    journal = """
      - {id: f-un, kind: fulfilled, engagement: acte, on: 2022-01-10}
      - {id: f-deux, kind: voided, fact: f-un, on: 2022-01-20}
    """
    cancelled, cancelling = values(opened(made(BOUND, journal)), "Journal")
    assert cancelled["Cancelled"] == "cancelled on 20 January 2022 by [f-deux]"
    assert (cancelling["Cancels"], cancelling["Cancelled"]) == ("f-un", None)


def test_only_what_was_chosen_is_listed_and_the_counts_are_of_all():
    ledger = ledger_of(SHIPPED, "2021-10-01")

    def of_anru(one):
        return choose(one.situation, Choice(parties=("anru",)))

    book = opened(ledger, chosen=of_anru)
    assert [row["Id"] for row in values(book, "Obligations")] == [one.id for one in of_anru(ledger)]
    (about,) = values(book, "Conventions")
    assert (about["Of which in this workbook"], about["Obligations"]) == (
        len(of_anru(ledger)),
        len(ledger.situation.obligations),
    )
    assert sum(row.total for row in party_tallies(ledger.situation)) == values(book, "Parties")[-1]["Total"]


def test_several_conventions_stand_one_below_the_other():
    ledgers = [ledger_of(path, "2022-06-01") for path in (SHIPPED, NEIGHBOUR)]
    book = opened(*ledgers)
    ids = [ledger.signed.id for ledger in ledgers]
    for name in NAMES:
        shown = [row["Convention's id"] for row in values(book, name) if row["Convention's id"]]
        assert list(dict.fromkeys(shown)) == [each for each in ids if each in shown]
    assert [row["Convention's id"] for row in values(book, "Conventions")] == ids
    total = values(book, "Parties")[-1]["Total"]
    assert total == sum(row.total for ledger in ledgers for row in party_tallies(ledger.situation))


def test_conventions_go_by_one_at_a_time():
    repository = read_repository(SHIPPED)
    seen = []

    def pass_by():
        for _ in range(4):
            ledger = open_ledger(
                Declarations(repository.convention, repository.sites, repository.facts), date(2021, 10, 1)
            )
            gc.collect()
            assert sum(each() is not None for each in seen) <= 1
            seen.append(weakref.ref(ledger.situation.directory))
            yield ledger
            del ledger

    assert write_workbook(pass_by(), everything, ENGLISH)
    assert len(seen) == 4


def test_no_convention_gives_headings_alone():
    book = opened()
    assert [len(values(book, name)) for name in NAMES] == [0, 1, 0, 0, 0]
    runs_nothing(book)


def test_headings_stay_in_sight_columns_filter_and_pages_print():
    book = opened(ledger_of(SHIPPED, "2021-10-01"), language=FRENCH)
    for sheet, layout in zip(book.worksheets[BEFORE:], LAYOUTS, strict=False):
        filtered = sheet.max_row - (layout is PARTIES_LAYOUT)
        assert sheet.freeze_panes == ("B2" if layout is CONVENTIONS else "C2")
        assert sheet.auto_filter.ref == f"A1:{layout.letter(layout.columns[-1])}{filtered}"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_area.endswith(f"${layout.letter(layout.columns[layout.printed - 1])}${sheet.max_row}")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", int(sheet.PAPERSIZE_A4))
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "1er octobre 2021" in sheet.oddFooter.left.text
        assert all(cell.font.bold for cell in sheet[1])
        assert all(sheet.column_dimensions[cell.column_letter].width > 5 for cell in sheet[1])


@pytest.mark.parametrize(
    ("points", "widths", "pages"),
    [
        (400, [40, 40], 0),  # one page, not full
        (600, [40, 40], 1),  # a sixth of a page more, drawn onto the first
        (800, [40, 40], 0),  # half a page more is a page
        (1150, [40, 40], 2),
        (1100, [120, 120], 0),  # as narrow as that, it is small enough
    ],
)
def test_what_spills_over_is_printed_smaller_and_no_page_is_nearly_empty(points, widths, pages):
    assert pages_high(points, widths) == pages


@pytest.mark.parametrize(("points", "readable"), [(0, True), (900, True), (1030, True), (1040, False), (1682, False)])
def test_a_sheet_is_on_one_page_where_that_leaves_it_readable(points, readable):
    assert is_readable_on_one_page(points, [48, *[13] * 7]) is readable


def test_the_first_sheet_of_many_conventions_is_on_as_many_pages_as_it_takes():
    sheet = opened(*[ledger_of(NEIGHBOUR, "2022-06-01"), ledger_of(SHIPPED, "2026-06-01")] * 9).worksheets[0]
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.orientation) == (1, "landscape")
    assert sheet.page_setup.fitToHeight != 1
    assert sheet.page_setup.fitToHeight is not None


def test_the_first_sheet_is_one_page_with_its_title_day_and_totals():
    ledger = ledger_of(NEIGHBOUR, "2022-06-01")
    book = opened(ledger, ledger_of(SHIPPED, "2022-06-01"), language=FRENCH)
    alone = opened(ledger, language=FRENCH).worksheets[0]
    for sheet in (book.worksheets[0], alone):
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet["A2"].value == "Obligations au mercredi 1er juin 2022"
    assert alone["A1"].value == ledger.signed.title
    assert alone["A3"].value == f"{len(ledger.situation.obligations)} obligations"
    rows = [[cell.value for cell in row] for row in alone.iter_rows()]
    total = next(row for row in rows if row[0] == "Total")
    counted = [row.counts for row in party_tallies(ledger.situation)]
    assert total[1:8] == [sum(each[name] for each in counted) for name in counted[0]]
    assert total[8] == sum(total[1:8])
    late = [one for one in everything(ledger) if column(one) == "overdue"]
    assert late[0].engagement.title in [row[0] for row in rows[rows.index(total) :]]


@LANGUAGES
def test_the_first_sheet_names_what_the_term_alone_makes_late(language):
    ledger = ledger_of(SHIPPED, "2026-11-27")
    sheet = opened(ledger, language=language).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = [row[0] for row in rows].index(language.text(msg("Derived from the term"))) + 1
    shown = [(row[0], as_day(row[4]), row[5]) for row in rows[first : first + 2]]
    assert shown == [
        (one.engagement.title, one.due, one.standing.days_late) for one in apart(ledger.situation.obligations)
    ]


def test_which_convention_a_row_is_of_is_hidden_where_there_is_but_one_and_its_rows_are_lower():
    one, other = ledger_of(NEIGHBOUR, "2022-03-09"), ledger_of(SHIPPED, "2022-03-09")
    alone, beside = opened(one), opened(one, other)
    shown = {name: [book[name].column_dimensions["A"].hidden for book in (alone, beside)] for name in alone.sheetnames}
    repeated = ("Follow-up", "Obligations", "Parties", "Sites", "Journal")
    assert shown == {name: [name in repeated, False] for name in alone.sheetnames}
    assert (alone["Follow-up"]["B1"].value, beside["Follow-up"]["A1"].value) == (
        "Follow-up on Wednesday 9 March 2022",
    ) * 2
    heights = [
        [book["Obligations"].row_dimensions[row].height or 15 for row in range(2, 38)] for book in (alone, beside)
    ]
    assert sum(heights[0]) < sum(heights[1])
    named = {row["Convention"] for row in values(alone, "Obligations")}
    assert named == {one.situation.convention.territory}  # still there for whoever reads the file


def test_the_first_sheet_says_in_how_many_days_what_comes_next_falls_due():
    sheet = opened(ledger_of(NEIGHBOUR, "2022-03-09"))["Summary"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for heading, days in (("Overdue", "Days late"), ("Next", "Days left")):
        place = next(place for place, row in enumerate(rows) if row[0] == heading)
        assert rows[place][5] == days
        listed = list(takewhile(lambda row: isinstance(row[4], datetime), rows[place + 1 :]))
        assert len(listed) > 4
        assert all(row[5] == abs((as_day(row[4]) - date(2022, 3, 9)).days) for row in listed)


def test_a_portfolio_of_many_conventions_still_has_one_page_of_totals():
    ledger = ledger_of(SHIPPED, "2022-06-01")
    sheet = opened(*[ledger] * 30).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    counted = [row for row in rows if row[8] is not None][1:]
    assert (len(counted), counted[-2][0]) == (22, "Others (10)")
    assert counted[-1][8] == 30 * len(ledger.situation.obligations) == sum(row[8] for row in counted[:-1])


@LANGUAGES
def test_no_heading_is_broken_within_a_word(language):
    for sheet in opened(ledger_of(NEIGHBOUR, "2022-06-01"), language=language).worksheets[1:-1]:
        found = [(each.min, each.max, each.width) for each in sheet.column_dimensions.values()]
        for row in sheet.iter_rows(min_row=1, max_row=3):
            for cell in row:
                if cell.font.bold and cell.font.size == 11:
                    longest = max(map(len, str(cell.value or "").split()), default=0)
                    assert longest + 2 <= next(width for first, last, width in found if first <= cell.column <= last)


@LANGUAGES
def test_colours_follow_the_words_that_the_rows_hold(language):
    book = opened(ledger_of(NEIGHBOUR, "2022-06-01"), language=language)
    found = [rule for ranges in book.worksheets[BEFORE].conditional_formatting for rule in ranges.rules]
    compared = {rule.formula[0] for rule in found}
    for state in ("overdue", "due_soon", "fulfilled"):
        letter = obligations_sheet.OBLIGATIONS_LAYOUT.letter(obligations_sheet.COUNTED)
        assert f'${letter}2="{language.text(COLUMNS[state])}"' in compared
    assert f'${obligations_sheet.OBLIGATIONS_LAYOUT.letter(obligations_sheet.STATE_CODE)}2="breached"' in compared
    assert {rule.type for rule in found} == {"expression"}


def test_the_document_names_nobody_and_is_dated_by_the_day_looked_at():
    properties = opened(ledger_of(SHIPPED, "2021-10-01")).properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.title == "Obligations on Friday 1 October 2021"
    assert properties.created.date() == date(2021, 10, 1)


TEXTS = {
    "=1+1": "=1+1",
    "=cmd|'/c calc'!A1": "=cmd|'/c calc'!A1",
    '=HYPERLINK("https://example.org";"ici")': '=HYPERLINK("https://example.org";"ici")',
    "{=1+1}": "{=1+1}",
    "+1+1": "+1+1",
    "-1+1": "-1+1",
    "@SUM(1,1)": "@SUM(1,1)",
    "＝1+1": "＝1+1",
    "\t=1+1": "\t=1+1",
    "'=1+1": "'=1+1",
    "01001": "01001",
    "1e5": "1e5",
    "2026-01-31": "2026-01-31",
    "TRUE": "TRUE",
    "#N/A": "#N/A",
    '<b>gras</b> & "guillemets" ]]>': '<b>gras</b> & "guillemets" ]]>',
    "<r><t>gras</t></r>": "<r><t>gras</t></r>",
    "<r>& <f>1+1</f></r>": "<r>& <f>1+1</f></r>",
    "_x0041_ et _x000D_": "_x0041_ et _x000D_",
    "javascript:alert(1)": "javascript:alert(1)",
    "https://example.org/": "https://example.org/",
    "internal:Sites!A1": "internal:Sites!A1",
    "un\r\ndeux\rtrois\nquatre": "un\ndeux\ntrois\nquatre",
    "nul\x00 cloche\x07 échap\x1b[31m": "nul\\u0000 cloche\\u0007 échap\\u001b[31m",
    "droite\u202eà gauche\u2066": "droite\\u202eà gauche\\u2066",
    "moitié \ud83d seule": "moitié \\ud83d seule",
    "hors de XML \ufffe\uffff": "hors de XML \\ufffe\\uffff",
    "  des espaces  ": "  des espaces  ",
    "é😀": "é😀",
}
"""What data can hold, and what the cell holds then."""
ACTIVE = ("=", "+", "-", "@", "＝", "\t")


def hostile_ledger():
    """A convention whose every free text is one of these, though the reader would refuse some."""
    plain = made("""
    territory: T
    parties: [{id: ville, name: Ville}]
    events: [{id: choc, title: Choc}]
    engagements:
      - {id: acte, title: Acte, clause: art. 1, debtors: [ville], kind: one-off, due: {on: 2022-02-01}}
    """)
    (model,) = plain.signed.engagements
    acts = tuple(replaced(model, id=f"acte-{rank}", title=text, clause=text) for rank, text in enumerate(TEXTS))
    party = replaced(plain.signed.parties[0], name="=1+1")
    agreed = replaced(plain.signed, engagements=acts, parties=(party,), territory="=1+1", title="=2+2")
    raw = {
        "format": "qp/1",
        "facts": [{"id": "f-0", "kind": "fulfilled", "engagement": "acte-0", "on": date(2022, 1, 1)}],
    }
    (fact,) = read(Journal, raw).facts
    noted = tuple(replaced(fact, id=f"f-{rank}", note=text, recorded_by=text) for rank, text in enumerate(TEXTS))
    place = read(Sites, {"format": "qp/1", "sites": [{"id": "s", "name": "N", "commune": "C"}]}).sites[0]
    places = tuple(
        replaced(place, id=f"s-{rank}", name=text, districts=(text, text), note=text) for rank, text in enumerate(TEXTS)
    )
    return open_ledger(Declarations(agreed, places, noted), date(2022, 3, 1))


@pytest.fixture(scope="module")
def hostile():
    """The same, made once."""
    return hostile_ledger()


def test_no_text_acts_and_each_is_read_as_it_was_written(hostile):
    book = opened(hostile)
    runs_nothing(book)
    shown = {row["Engagement"].value: row for row in table(book, "Obligations")}
    for rank, text in enumerate(TEXTS.values()):
        cell = shown[f"acte-{rank}"]["Subject"]
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.quotePrefix is text.startswith(ACTIVE)
        assert shown[f"acte-{rank}"]["Clause"].value == text
    assert [row["Note"] for row in values(book, "Journal")] == list(TEXTS.values())
    assert [row["Name"] for row in values(book, "Sites")] == list(TEXTS.values())
    assert {row["Convention"] for row in values(book, "Obligations")} == {"=1+1"}


def test_the_archive_holds_sheets_and_nothing_that_runs_or_fetches(hostile):
    with zipfile.ZipFile(BytesIO(write_workbook([hostile], everything, FRENCH))) as archive:
        for name in archive.namelist():
            assert PARTS.fullmatch(name), name
            text = archive.read(name).decode()
            ET.fromstring(text)  # noqa: S314 - our own bytes
            assert 'TargetMode="External"' not in text
            assert not re.search(r"<(f|hyperlink|oleObject|drawing|legacyDrawing)[ >/]", text)
        names = re.findall(r'<definedName name="([^"]*)"', archive.read("xl/workbook.xml").decode())
    assert set(names) == {"_xlnm._FilterDatabase", "_xlnm.Print_Area", "_xlnm.Print_Titles"}


@LANGUAGES
@pytest.mark.parametrize("text", ["x" * 40_000, "😀" * 20_000, "é\n" * 20_000])
def test_a_text_that_no_cell_holds_is_cut_with_a_word_that_says_so(language, text):
    held = harmless_cell(text, language)
    end = language.text(msg("… [cut here: a cell of a workbook holds no more]"))
    assert len(held.encode("utf-16-le")) // 2 in {LONGEST_CELL, LONGEST_CELL - 1}
    assert held.endswith(end)
    assert text.startswith(held.removesuffix(end))


@pytest.mark.parametrize("text", ["x" * LONGEST_CELL, "😀" * (LONGEST_CELL // 2)])
def test_a_text_that_a_cell_just_holds_is_whole(text):
    assert harmless_cell(text, ENGLISH) == text


def test_more_rows_than_a_sheet_holds_is_an_error_not_a_loss(monkeypatch):
    monkeypatch.setattr(sheet_module, "ROWS", 28)
    ledger = ledger_of(SHIPPED, "2021-10-01")
    assert len(ledger.situation.obligations) == 28
    with pytest.raises(UsageError, match="27 rows"):
        write_workbook([ledger], everything, ENGLISH)
    monkeypatch.setattr(sheet_module, "ROWS", 29)
    assert len(values(opened(ledger), "Obligations")) == 28


SCRIPT = """
import hashlib
from datetime import date
from qp_cli.render.language import Language
from qp_cli.render.workbook import write_workbook
from qp_cli.model.declarations import Declarations
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.summary import soonest
from tests.tracking.building import NEIGHBOUR, folder

read = folder(NEIGHBOUR)
ledger = open_ledger(Declarations(read.convention, read.sites, read.facts), date(2022, 6, 1))
written = write_workbook([ledger], lambda one: soonest(one.situation.obligations), Language("fr"))
print(hashlib.sha256(written).hexdigest())
"""


def test_the_same_data_and_day_give_the_same_bytes_in_any_process(clean_environ):
    here = write_workbook([ledger_of(NEIGHBOUR, "2022-06-01")], everything, FRENCH)
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        environ = clean_environ(PYTHONHASHSEED=seed, TZ=zone)
        root = NEIGHBOUR.parents[2]
        done = subprocess.run([sys.executable, "-c", SCRIPT], env=environ, cwd=root, capture_output=True, check=True)
        assert done.stdout.decode().strip() == hashlib.sha256(here).hexdigest()
    with zipfile.ZipFile(BytesIO(here)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def parts(data):
    """Each part of a workbook, by its name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def neighbour_in_plain_rows(monkeypatch):
    """What XlsxWriter writes by itself, no row packed."""
    monkeypatch.setattr(PackedWorksheet, "pack_before", lambda *_: None)
    monkeypatch.setattr(PackedWorksheet, "_write_rows", Worksheet._write_rows)
    book = opened(ledger_of(NEIGHBOUR, "2022-06-01"))
    monkeypatch.undo()
    return book


def look(cell):
    """A cell's value, and all that is seen of it."""
    styles = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
    return cell.value, cell.number_format, *map(repr, styles)


def looks(book):
    """All that is seen of a workbook's cells and rows."""
    return {
        sheet.title: (
            [[look(cell) for cell in row] for row in sheet.iter_rows()],
            {row: dimension.height for row, dimension in sheet.row_dimensions.items()},
            sheet.dimensions,
        )
        for sheet in book
    }


@pytest.mark.parametrize("block", [1, 3, 256])
def test_packed_rows_are_those_that_the_library_writes_by_itself(monkeypatch, neighbour_in_plain_rows, block):
    monkeypatch.setattr(packed, "_BLOCK", block)
    assert looks(opened(ledger_of(NEIGHBOUR, "2022-06-01"))) == looks(neighbour_in_plain_rows)


def test_a_large_workbook_is_put_together_in_a_folder_that_is_taken_away(monkeypatch, tmp_path):
    ledger = ledger_of(NEIGHBOUR, "2022-06-01")
    small = parts(write_workbook([ledger], everything, ENGLISH))
    monkeypatch.setattr(book_module, "LARGE_WORKBOOK", 1)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made_in = []
    monkeypatch.setattr("xlsxwriter.packager.Packager._set_tmpdir", lambda packager, folder: (
        made_in.append((Path(folder).parent, Path(folder).stat().st_mode & 0o777)), setattr(packager, "tmpdir", folder)
    ))  # fmt: skip
    large = write_workbook([ledger], everything, ENGLISH)
    assert made_in == [(tmp_path, 0o700)]
    assert list(tmp_path.iterdir()) == []
    assert parts(large) == small
    assert write_workbook([ledger], everything, ENGLISH) == large


def test_nothing_is_left_of_a_large_workbook_that_was_interrupted(monkeypatch, tmp_path):
    monkeypatch.setattr(book_module, "LARGE_WORKBOOK", 1)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("xlsxwriter.packager.Packager._write_styles_file", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_workbook([ledger_of(NEIGHBOUR, "2022-06-01")], everything, ENGLISH)
    assert list(tmp_path.iterdir()) == []


def interrupted(_):
    raise KeyboardInterrupt


TWO_DAYS = Layout(msg("Day"), (SheetColumn(msg("Day"), 13), SheetColumn(msg("Deadline"), 13)), frozen=1, printed=2)


@LANGUAGES
@settings(max_examples=20, deadline=None)
@given(st.lists(st.dates(), max_size=8))
@example([date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(1899, 12, 31), date(1905, 1, 1), date.max])
def test_a_day_that_spreadsheets_do_not_agree_on_is_a_text_and_every_other_a_date(language, days):
    held = BytesIO()
    workbook = Workbook(held)
    sheet = Sheet(workbook, TWO_DAYS, make_styles(workbook, language), language)
    sheet.extend((each, AtMost(each)) for each in days)
    sheet.finish(None)
    workbook.close()
    _, *rows = load_workbook(held).active.iter_rows(values_only=True)
    for each, (shown, bound) in zip(days, rows, strict=True):
        if each < date(1900, 3, 1):
            assert (shown, bound) == (language.short_day(each).strip(), f"≤ {language.short_day(each).strip()}")
        else:
            assert (as_day(shown), as_day(bound)) == (each, each)


FAR = """
parties: [{id: ville, name: Ville}]
events: [{id: approbation, title: Approbation}]
term: {due: {within: P5Y, from: approbation}, clause: art. 9}
engagements: [{id: etude, title: Étude, debtors: [ville], clause: art. 1, kind: one-off}]
"""


def test_what_is_counted_of_the_term_has_a_heading_that_holds_what_is_far_ahead_too():
    ledger = made(FAR, "- {id: f-un, kind: occurred, event: approbation, on: 2022-01-10}")
    assert [(one.state, one.derived) for one in ledger.situation.obligations] == [(State.UPCOMING, True)]
    ville, _total = values(opened(ledger), "Parties")
    assert ville["Of which by a date derived from the term, passed or not"] == 1
