"""Any text that a repository may hold comes back from each output as it was, by a parser that is not qp's.

What is allowed instead, and nothing else: where a text is shown on one line, one blank for a line break with the blanks
around it, none at the ends of the text (`line`); in a sheet, an apostrophe before what a spreadsheet would run
(`same_cell`); in a calendar, `‹` for the first sign of a tag (`untagged`); in the log of a CI, the first sign of a
command written out (`told`); in SARIF, what its viewers take for a link or a part of a message (`plain`).
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from qp_cli.app.check_result import Checked
from qp_cli.findings import Finding, Severity, Span
from qp_cli.messages import msg
from qp_cli.render.findings.github import write_annotations
from qp_cli.render.findings.gitlab import write_code_quality
from qp_cli.render.findings.junit import write_junit
from qp_cli.render.findings.sarif import write_sarif
from qp_cli.render.language import Language
from qp_cli.store.yaml.characters import refused
from tests.conftest import run_here, small_convention, written
from tests.outputs.hostile import ADMITTED

ENGLISH = Language("en")
MARKS = "abcéŒ漢🧾 \n\\;,:|\"'`<>&=+-@＝#*_[](){}$%~!^/.?0N\u00a0\u202f’«»"
PAYLOADS = sorted(ADMITTED.values())
LINES = (
    "C:\\Notes",
    "\\\\srv\\Nord",
    "un\ndeux\n",
    "\n a \n\n b",
    "=1\n+2\n",
    "007",
    "3.1",
    "_x0041_",
    "<r>a</r>",
    "a\\",
)
TEXTS = (
    st.one_of(
        st.text(MARKS, min_size=1, max_size=25),
        st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Cf")), min_size=1, max_size=10),
        st.sampled_from([*LINES, *PAYLOADS]),
    )
    .filter(lambda text: re.search(r"\S", text))
    .filter(lambda text: not refused().search(text))
)
SOME = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def examples(test):
    """The texts that were altered once are tried each time."""
    for text in LINES:
        test = example(text)(test)
    return SOME(given(TEXTS)(test))


PLACE = "ICI"
CONVENTION = small_convention(title=PLACE, territory=PLACE)
CONVENTION["parties"].append({"id": "etat", "name": PLACE})
CONVENTION["engagements"][0] |= {"title": PLACE, "clause": PLACE, "note": PLACE, "due": {"on": date(2027, 3, 1)}}
FACT = {"id": "f-1", "kind": "notified", "engagement": "bilan", "on": date(2026, 3, 1), "note": PLACE}
JOURNAL = {"format": "qp/1", "facts": [FACT]}


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """One command about a convention in which a text stands wherever people write one."""
    monkeypatch.setenv("COLUMNS", "80")
    folder = tmp_path / "data"
    folder.mkdir()

    def run(text, *arguments):
        quoted = json.dumps(text, ensure_ascii=False)  # which YAML reads as JSON does
        for name, declared in (("convention", CONVENTION), ("journal", JOURNAL)):
            (folder / f"{name}.yaml").write_text(written(declared).replace(PLACE, quoted), "utf-8")
        answer = run_here(*arguments, "--data", str(tmp_path), environ={"QP_LANG": "en"})
        assert answer.code == 0, answer.err
        return answer.out.replace("\\u003a:", "::").replace("\\u0023#", "##")

    run.folder = folder
    return run


def line(text):
    """A text on one line: a blank for each run of blanks with the end of a line in it, none at either end."""
    if "\n" not in text:
        return text
    runs = re.split("([ \n]+)", text)
    return "".join(" " if "\n" in run else run for run in runs).strip(" ")


STARTS = "=+-@＝＋－＠"


def same_cell(cell, text):
    """Whether a cell is the text: letter for letter, or with apostrophes before what would be run or made a number."""
    if cell == text:
        return True
    runs = re.search(f"(^|[,;|\t\n])[\\s\"']*[{STARTS}]|^\n", text) or re.fullmatch(r"[\d\s./,:eE+-]+", text)
    return bool(runs) and cell.replace("'", "") == text.replace("'", "")


def untagged(text):
    """The text without the first sign of its tags."""
    return re.sub("<(?=[A-Za-z/!?])", "‹", text)


@examples
def test_json_gives_the_text(ask, text):
    (one,) = json.loads(ask(text, "deadlines", "--format", "json"))["obligations"]
    assert (one["title"], one["clause"]) == (text, text)
    (shown,) = json.loads(ask(text, "status", "--format", "json"))["conventions"]
    assert (shown["title"], shown["territory"]) == (text, text)
    (fact,) = json.loads(ask(text, "log", "--format", "json"))["facts"]
    assert fact["note"] == text


@examples
def test_csv_gives_the_text(ask, text):
    for arguments, name in ((("export", "csv"), "title"), (("deadlines", "--format", "csv"), "clause")):
        heading, row = csv.reader(io.StringIO(ask(text, *arguments), newline=""))
        assert same_cell(dict(zip(heading, row, strict=True))[name], text)


@examples
def test_the_sheet_of_french_spreadsheets_gives_the_text_on_one_line(ask, text):
    answer = ask(text, "export", "csv", "--excel-fr").removeprefix("\ufeff")
    heading, row = csv.reader(io.StringIO(answer, newline=""), delimiter=";")
    found = dict(zip(heading, row, strict=True))
    assert all(same_cell(found[name], line(text)) for name in ("Subject", "Clause", "Convention"))


@examples
def test_markdown_gives_the_text_on_one_line(ask, text):
    tokens = MarkdownIt("commonmark").enable("table").parse(ask(text, "deadlines", "--format", "md"))
    cells = ["".join(each.content for each in token.children) for token in tokens if token.type == "inline"]
    heading, row = cells[:6], cells[6:]
    found = dict(zip(heading, row, strict=True))
    for name in ("Subject", "Clause"):
        assert found[name].replace("\u200b", "").strip() == line(text).strip()


@examples
def test_a_screen_shows_the_text_on_one_line_and_has_as_many_rows(ask, text):
    shown = ask(text, "deadlines")
    assert line(text).rstrip() in shown
    assert shown.count("\n") == ask("un", "deadlines").count("\n")


@examples
def test_a_calendar_gives_the_text_with_its_lines(ask, text):
    (event,) = Calendar.from_ical(ask(text, "export", "ics")).events
    kept = untagged(text).strip("\n")
    assert str(event["summary"]) == f"La Ville: {kept}"
    assert f"\nClause: {kept}\n" in event["description"]
    assert f"\n\n{kept}\n\n" in event["description"]
    assert list(map(str, event["categories"].cats)) == ["La Ville", text.strip("\n")]


@examples
def test_a_workbook_gives_the_text_with_its_lines(ask, text):
    ask(text, "export", "xlsx", "--output", str(ask.folder / "a.xlsx"))
    book = load_workbook(ask.folder / "a.xlsx")
    for sheet, names in (("Obligations", ("Subject", "Clause", "Convention")), ("Journal", ("Note",))):
        heading, row = book[sheet].iter_rows(values_only=True)
        found = dict(zip(heading, row, strict=True))
        assert [found[name] for name in names] == [text] * len(names)


class Said(HTMLParser):
    """What a page says, an element at a time."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.texts = set()
        self.feed(page)
        self.close()

    def handle_data(self, data):
        """A text between two tags."""
        self.texts.add(data.strip())


@examples
def test_a_page_gives_the_text_on_one_line(ask, text):
    said = Said(ask(text, "report")).texts
    assert line(text).strip() in said


def told(message):
    """A text as a log shows it once the runner read it, what would start a command written out."""
    return re.sub("#(?=#[\\w.]*\\[)", "\\\\u0023", re.sub("(?m)^(\\s*):(?=:)", "\\1\\\\u003a", message))


def plain(message):
    """A message of SARIF as its viewers show it, without what keeps them from making a link or looking for a part."""
    return re.sub(r"\\(?=[\[\]])", "", re.sub(r"\{\{(\d+)\}\}", r"{\1}", message))


@examples
def test_reports_of_a_check_give_the_text_on_one_line(text):
    span = Span("data/convention.yaml", 1, 1, 1, 2)
    found = Finding("QP501", Severity.ERROR, msg("“{text}” is said", text=text), span, msg("{text}", text=text))
    checked = Checked((found,), (span.path,), {})
    said = f"“{line(text)}” is said"

    (failure,) = ET.fromstring(write_junit(checked, ENGLISH)).iter("failure")  # noqa: S314 - of our own
    assert failure.get("message") == said
    assert line(text) in failure.text
    (row,) = json.loads(write_code_quality(checked, ENGLISH))
    assert row["description"] == said
    (result,) = json.loads(write_sarif(checked, (), ENGLISH))["runs"][0]["results"]
    assert plain(result["message"]["text"].partition("\n")[0]) == plain(said)
    (annotation,) = write_annotations(checked, ENGLISH).splitlines()
    message = annotation.split("::", 2)[2]
    for code, sign in (("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        message = message.replace(code, sign)
    assert message == told(f"{said}\n→ {line(text)}")


@examples
def test_a_journal_gives_another_reader_what_was_typed_on_one_line(ask, text):
    assume(line(text).strip())
    ask(text, "status")
    journal = ask.folder / "journal.yaml"
    journal.unlink()
    environ = {"QP_LANG": "en", "QP_DATA": str(ask.folder)}
    answer = run_here("record", "fulfilled", "bilan", f"--note={text}", f"--who={text}", environ=environ)
    assert answer.code == 0, answer.err
    (fact,) = yaml.safe_load(journal.read_text("utf-8"))["facts"]
    assert (fact["note"], fact["recorded_by"]) == (line(text), line(text))
