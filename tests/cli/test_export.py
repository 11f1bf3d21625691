"""`qp export`: a calendar, a workbook, a sheet, a page of Markdown or JSON, to take away."""

from __future__ import annotations

import zipfile

import pytest
from icalendar import Calendar

pytestmark = pytest.mark.usefixtures("outside")

FORMATS = ("ics", "xlsx", "csv", "md", "json")


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize("more", [(), ("--party", "etat"), ("--state", "overdue"), ("--within", "90d")], ids=str)
def test_csv_and_json_are_what_deadlines_answers(qp, form, more):
    assert qp("export", form, *more).out == qp("deadlines", "--format", form, *more).out


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_to_a_file_whole_and_the_same_each_time(qp, outside, form):
    written = []
    for _ in range(2):
        answer = qp("export", form, "--output", f"fichier.{form}", terminal=True)
        assert (answer.code, answer.out) == (0, "")
        written.append((outside / f"fichier.{form}").read_bytes())
    assert written[0] == written[1] != b""
    assert [each.name for each in outside.iterdir()] == [f"fichier.{form}"]


def test_a_workbook_is_a_workbook(qp, outside):
    qp("export", "xlsx", "-o", "obligations.xlsx")
    assert "xl/workbook.xml" in zipfile.ZipFile(outside / "obligations.xlsx").namelist()


def test_a_calendar_is_a_calendar_and_formats_are_read_without_regard_to_case(qp):
    answer = qp("export", "ICS", "--as-of", "2021-05-01")
    assert len(Calendar.from_ical(answer.out.encode()).walk("VEVENT")) == 4


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_of_markdown_speaks_the_readers_language(qp, language):
    words = {"fr": "## Obligations\n\n| Échéance |", "en": "## Obligations\n\n| Deadline |"}
    assert words[language] in qp("export", "md", "--lang", language).out


def test_what_is_piped_is_utf_8_whatever_the_console_is_and_a_terminal_gets_what_it_can_show(qp):
    as_it_is = qp("export", "csv", "--excel-fr", "--lang", "fr").out.encode()
    assert qp("export", "csv", "--excel-fr", "--lang", "fr", encoding="latin-1").out.encode("latin-1") == as_it_is
    shown = qp("export", "md", "--lang", "fr", terminal=True, encoding="cp850").out
    assert "| Métropole AMP |" in shown
    assert "| - |" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Name a format: qp export ics|xlsx|csv|md|json"),
        (("pdf",), "“pdf” is not one of ics, xlsx, csv, md, json"),
        (("ics", "--excel-fr"), "--excel-fr goes with csv: qp export csv --excel-fr"),
        (("csv", "--party", "personne"), "No party, group or role is called “personne”."),
        (("ics", "--party", "anur"), "Nearest: anru"),
        (("md", "--within", "bientôt"), "bientôt"),
        (("md", "--state", "perdu"), "“perdu” is not one of"),
    ],
)
def test_a_mistake_is_one_clear_line_and_exit_2(qp, shipped, arguments, words):
    assert shipped
    answer = qp("export", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert answer.err.count("\n") == 1


def test_a_workbook_on_a_terminal_asks_for_a_file(qp):
    answer = qp("export", "xlsx", terminal=True)
    assert (answer.code, answer.out) == (2, "")
    assert "--output" in answer.err


def test_options_given_before_the_command_stand(qp, repository):
    folder = str(repository())
    before = qp("--data", folder, "--as-of", "2026-09-01", "export", "md")
    assert before.out == qp("export", "md", "--data", folder, "--as-of", "2026-09-01").out
    assert "# Convention d'essai" in before.out


def test_what_becomes_due_within_thirty_days_makes_a_page(qp, repository):
    folder = str(repository())
    soon = qp("export", "md", "--within", "30d", "--data", folder, "--as-of", "2026-09-15").out
    assert "What is overdue, and what falls due by Thursday 15 October 2026." in soon
    assert "| La Ville | bilan | art. 1 | Remettre le bilan |" in soon
    later = qp("export", "md", "--within", "30d", "--data", folder, "--as-of", "2026-08-15").out
    assert "Nothing becomes due by Monday 14 September 2026." in later


@pytest.mark.parametrize(
    ("more", "days"),
    [
        ((), ["2021-09-18", "2023-03-18", "2023-03-18", "2023-03-18"]),
        (("--party", "etat"), ["2023-03-18", "2023-03-18"]),
        (("--party", "anru"), ["2023-03-18"]),
        (("--within", "P6M"), ["2021-09-18"]),
        (("--state", "upcoming"), ["2021-09-18", "2023-03-18", "2023-03-18"]),
    ],
    ids=str,
)
def test_a_calendar_holds_what_is_chosen_and_the_term_unless_states_or_days_leave_it_out(qp, more, days):
    made = qp("export", "ics", "--as-of", "2021-05-01", *more).out
    assert sorted(each.start.isoformat() for each in Calendar.from_ical(made).walk("VEVENT")) == days


def test_several_conventions_make_one_calendar_one_sheet_and_one_page(qp, repository, small):
    folders = [str(repository(small(id=name, title=f"Convention {name}"), name=name)) for name in ("nord", "sud")]
    asked = [part for folder in folders for part in ("--data", folder)]
    events = Calendar.from_ical(qp("export", "ics", *asked).out).walk("VEVENT")
    assert sorted(str(each["summary"]) for each in events) == [
        "La Ville: Remettre le bilan – Convention nord",
        "La Ville: Remettre le bilan – Convention sud",
    ]
    assert len(qp("export", "csv", *asked).rows) == 3
    assert qp("export", "csv", "--excel-fr", *asked).out.count("\r\n") == 3
    assert qp("export", "md", *asked).out.count("\n# Convention") == 1


def test_a_broken_repository_makes_nothing_and_exits_with_3(qp, repository):
    answer = qp("export", "ics", "--data", str(repository("format: qp/1\n")))
    assert (answer.code, answer.out) == (3, "")
