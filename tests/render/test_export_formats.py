"""The sheet for a French spreadsheet and the page of Markdown: readable, and nothing in them acts."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.model.base import replaced
from qp_cli.model.declarations import Declarations
from qp_cli.render.formats import escape_markdown, to_excel_csv
from qp_cli.render.language import Language
from qp_cli.render.markdown import markdown_page
from qp_cli.render.workbook.obligations import excel_csv
from qp_cli.tracking.filters import Choice, choose
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.states import State
from tests.tracking.building import SHIPPED, convention, day, facts, folder

FRENCH, ENGLISH = Language("fr"), Language("en")
ACTIVE = tuple("=+-@＝＋－＠")


def cell(value):
    """One cell as the sheet writes it."""
    written = to_excel_csv(["a"], [[value, "fin"]])
    _, (found, _) = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""), delimiter=";")
    return found


@pytest.mark.parametrize("mark", ACTIVE)
@pytest.mark.parametrize("before", ["", " ", "  ", "'", '"', "\u00a0"], ids=ascii)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe_even_after_spaces_or_quotes(mark, before):
    assert cell(f"{before}{mark}1+1") == f"'{before}{mark}1+1"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("1;=2", "1;'=2"),
        ("1,=cmd|'/c calc'!A1,2", "1,'=cmd|'/c calc'!A1,2"),
        ('a;"=HYPERLINK(1)', "a;'\"=HYPERLINK(1)"),
        ("a|@SUM(1)", "a|'@SUM(1)"),
        ("@SUM(1+1)*cmd", "'@SUM(1+1)*cmd"),
        ("a\t=1", "a =1"),
        ("a\r\n=1", "a =1"),
    ],
)
def test_it_does_wherever_another_setting_would_end_a_cell_and_a_cell_is_one_line(text, written):
    assert cell(text) == written


@pytest.mark.parametrize("text", ["1-2", "3.1", "12/2021", "007", "1E5", "1234567890123456", "10:30"])
def test_a_text_that_a_spreadsheet_would_make_a_day_or_another_number_stays_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["art. 1", "4", "Bouches-du-Rhône", "a = b", "x@y", "l'État", "≤ 18/09/2021", "–"])
def test_ordinary_words_are_left_as_they_are(text):
    assert cell(text) == text


def test_numbers_and_days_are_no_text():
    assert [cell(value) for value in (-3, 0, 1892, date(2021, 9, 18))] == ["-3", "0", "1892", "18/09/2021"]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_texts_make_one_line_of_as_many_cells_none_of_which_runs_whatever_ends_a_cell(texts):
    written = to_excel_csv(["h"] * len(texts), [texts])
    heading, row = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert len(row) == len(heading) == len(texts)
    for found in row:
        for part in re.split("[,;|\t]", found):
            assert not part.lstrip(" \u00a0\"'").startswith(ACTIVE) or "'" in part


def test_the_sheet_is_in_words_with_a_mark_semicolons_and_french_days():
    repository = folder(SHIPPED)
    ledger = open_ledger(Declarations(repository.convention, repository.sites, repository.facts), day("2026-11-23"))
    made = excel_csv([ledger], lambda each: each.situation.obligations, FRENCH)
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.count(b"\n") == made.count(b"\r\n") == 29
    rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))
    first = rows[0]
    assert (first["Échéance"], first["Situation"], first["Débiteur"]) == (
        "18/09/2021",
        "échéance dépassée",
        "Métropole AMP",
    )
    assert first["Clause"] == "art. 1"
    assert "1892" in first.values()
    assert "échéance écrite dans le texte" in first.values()


ACTS = (
    "@all",
    "x@y.fr",
    "#12",
    "depot#12",
    "!12",
    "GH-12",
    "~bug",
    '%"Version 1"',
    "&12",
    "$12",
    "^alert#1",
    "[issue:12]",
    "[[page]]",
    ":smile:",
    "https://example.org",
    "www.example.org",
    "[ici](http://example.org)",
    "![image](http://example.org/x.png)",
    "<script>alert(1)</script>",
    "<!-- caché -->",
    "&#64;all",
    "`code`",
    "**gras** _italique_",
    "a | b",
    "$x^2$",
)
REFERENCES = re.compile(r"[@#!~%&$^][\w\"]|://|:\w+:|GH-\d|www\.|\[\[|\[\w+:")
"""What the hosts look for in the text that is left once the marks of Markdown are read."""


def rendered(text):
    """The text as a page shows it: backslashes and entities read."""
    from html import unescape

    return unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))


@pytest.mark.parametrize("text", ACTS)
def test_nothing_of_a_text_is_left_for_markdown_or_its_host_to_act_on(text):
    written = escape_markdown(text)
    assert not re.search(r"(?<!\\)[<>`*_|\[\]~]", written)
    assert not re.search(r"&(?!amp;|#36;|#8203;)", written)
    assert not REFERENCES.search(rendered(written))
    assert rendered(written).replace("\u200b", "") == text


@pytest.mark.parametrize("text", ["l'État", "art. 2, État (ii)", "n° 12", "50 %", "2021-09-18", "12 h : oui", "[f-1]"])
def test_ordinary_words_have_no_space_of_no_width(text):
    assert "&#8203;" not in escape_markdown(text)
    assert rendered(escape_markdown(text)) == text


BODY = """\
parties: [{id: ville, name: Ville}, {id: region, name: Région}]
engagements:
  - {id: plan, title: Plan, clause: art. 1, debtors: [ville], kind: one-off, due: {on: 2022-04-30}}
  - {id: bilan, title: Bilan, clause: art. 2, debtors: [region], kind: one-off, due: {on: 2022-06-30}}
"""


def page(as_of, choice=None, title=None, language=ENGLISH, journal=""):
    signed = convention(BODY)
    if title:
        engagements = tuple(replaced(each, title=title) for each in signed.engagements)
        signed = replaced(signed, title=title, engagements=engagements)
    ledger = open_ledger(Declarations(signed, (), facts(journal)), day(as_of))
    wanted = choice or Choice()
    return markdown_page([ledger], lambda each: choose(each.situation, wanted), language, wanted)


def test_a_page_has_a_heading_counts_what_is_overdue_what_is_next_and_everything_with_clauses():
    made = page("2022-06-01")
    assert [line for line in made.splitlines() if line.startswith("#")] == [
        "# Convention d'essai",
        "## Deadline passed, no fulfilment recorded",
        "## Next",
        "## Obligations",
    ]
    assert "| Ville | 1 | 0 | 0 | 0 | 0 | 0 |" in made
    assert "| Sat 30 Apr 2022 | overdue, 32 days | Ville | plan | art. 1 | Plan |" in made


def test_a_page_of_what_is_due_within_a_time_says_so_and_says_that_there_is_nothing():
    within = Choice(until=date(2022, 5, 30))
    assert "What is overdue, and what falls due by Monday 30 May 2022." in page("2022-04-20", within)
    assert "Nothing becomes due" not in page("2022-04-20", within)
    overdue_only = page("2022-05-01", within)
    assert "Nothing becomes due by Monday 30 May 2022." in overdue_only
    assert "## Deadline passed, no fulfilment recorded" in overdue_only
    nothing = page("2022-03-01", Choice(until=date(2022, 3, 31)))
    assert nothing.endswith("Nothing becomes due by Thursday 31 March 2022.\n")


@pytest.mark.parametrize(
    "choice",
    [
        Choice(parties=("ville",)),
        Choice(states=frozenset({State.OVERDUE})),
        Choice(until=date(2022, 7, 30)),
    ],
    ids=str,
)
def test_the_counts_of_a_page_that_is_narrowed_say_of_what_they_are(choice):
    counts = "| Party | Overdue |"
    assert f"\n\nAmong these obligations:\n\n{counts}" in page("2022-06-01", choice)
    assert "Among these" not in page("2022-06-01")
    assert counts in page("2022-06-01")


DONE = """\
  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-04-10}
  - {id: f-2, kind: waived, engagement: bilan, on: 2022-04-10}
"""


def test_a_page_of_what_is_due_within_a_time_leaves_out_what_nothing_is_owed_of_any_more():
    within = Choice(until=date(2022, 7, 30))
    first = page("2022-06-01", within, journal=DONE.splitlines(keepends=True)[0])
    assert "What is fulfilled, discharged, expired or recorded as breached is left out; so are closed options." in first
    assert "| plan |" not in first
    assert "| Région | 0 | 1 | 0 | 0 | 0 | 0 |" in first
    assert "Ville" not in first.partition("left out.")[2]
    both = page("2022-06-01", within, journal=DONE)
    assert both.endswith("Nothing becomes due by Saturday 30 July 2022.\n")
    assert "| plan |" in page("2022-06-01", journal=DONE)


def test_a_page_within_a_time_shows_the_states_that_are_asked_for():
    asked = Choice(states=frozenset({State.FULFILLED}), until=date(2022, 7, 30))
    made = page("2022-06-01", asked, journal=DONE)
    assert "| plan |" in made
    assert "left out" not in made


def test_a_page_says_what_it_was_narrowed_to_and_nothing_of_states_it_leaves_out():
    assert "Only: Ville" in page("2022-06-01", Choice(parties=("VILLE",)))
    states = page("2022-06-01", Choice(states=frozenset({"due-soon"})))
    assert "Only: due soon" in states
    assert "overdue by a date" not in states


@pytest.mark.parametrize("text", [*ACTS, "/close", "- [x] fait", "fin\n/close\n# titre", "| a | b |"])
def test_no_line_of_a_page_begins_with_data_and_its_lines_are_as_many(text):
    made = page("2022-06-01", title=text)
    assert len(made.splitlines()) == len(page("2022-06-01").splitlines())
    assert not [line for line in made.splitlines() if line.startswith("/")]
    assert {line[0] for line in made.splitlines() if line} <= set("#|ONT")
