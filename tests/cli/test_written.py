"""What is written into a file is said in one line on stderr, by every command and in both languages."""

from __future__ import annotations

import re

import pytest

from qp_cli.cli.parser import COMMANDS, make_command
from tests.conftest import small_convention
from tests.tracking.building import NEIGHBOUR, SHIPPED

LINE = {"en": r"Written: {} \(\d+ kB\)", "fr": r"Écrit\u00a0: {} \(\d+\u00a0?.?ko\)"}
ASKED = {
    "status": [()],
    "deadlines": [(), ("--format", "json"), ("--format", "csv"), ("--format", "md")],
    "overdue": [()],
    "timeline": [(), ("--format", "json")],
    "show": [("plan-guide",), ("terme",), ("signature",), ("plan-guide", "--format", "json")],
    "parties": [()],
    "sites": [()],
    "log": [()],
    "diff": [("2021-10-01", "2022-10-01")],
    "report": [(), ("--summary",)],
    "export": [(form,) for form in ("ics", "xlsx", "csv", "md", "json")] + [("csv", "--excel-fr")],
    "calc": [("2021-03-18", "P6M")],
    "check": [(), ("--format", "json"), ("--explain", "QP101")],
    "rules": [()],
    "schema": [("journal",), ("deadlines",)],
}
"""For each command that takes `--output`, how it is asked; reminders go into a folder, and say so themselves."""
CASES = [(name, more, lang) for name, several in ASKED.items() for more in several for lang in ("en", "fr")]


def test_no_command_that_writes_a_file_is_left_out():
    taking = {name for name in COMMANDS if "output" in {each.name for each in make_command(name).params}}
    assert taking == {*ASKED, "remind"}


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize(("name", "more", "lang"), CASES, ids=str)
def test_the_file_is_named_with_its_size_in_one_line(qp, outside, name, more, lang):
    where = () if name in {"calc", "rules"} else ("--data", str(NEIGHBOUR))
    path = outside / "réponse"
    answer = qp(name, *more, *where, "--lang", lang, "--output", str(path))
    assert (answer.code, answer.out) == (0, "")
    said = [line for line in answer.err.splitlines() if re.search(r"Written|Écrit", line)]
    assert len(said) == 1
    assert re.fullmatch(LINE[lang].format(re.escape(str(path))), said[0]), said
    assert path.stat().st_size


def test_nothing_is_said_to_be_written_where_nothing_is(qp, outside):
    answer = qp("status", "--data", str(NEIGHBOUR), "--output", str(outside / "absent" / "page.txt"))
    assert answer.code == 2
    assert "Written" not in answer.err


LEFT_OUT = "left out: 1 obligation without a date and 1 continuing, without a day in the calendar"
LAISSES = "laissés de côté\u00a0: 1 obligation sans date et 1 continue, sans jour dans le calendrier"
CONVENTION = {
    **small_convention(),
    "term": {"due": {"on": "2023-01-31"}},
    "events": [{"id": "depart", "title": "Départ", "date": "2022-01-31"}, {"id": "accord", "title": "Accord"}],
    "engagements": [
        {
            "id": "plan",
            "title": "P",
            "debtors": ["ville"],
            "kind": "one-off",
            "due": {"within": "P3M", "from": "depart"},
        },
        {
            "id": "suite",
            "title": "S",
            "debtors": ["ville"],
            "kind": "one-off",
            "due": {"within": "P3M", "from": "accord"},
        },
        {"id": "appui", "title": "A", "debtors": ["ville"], "kind": "continuing"},
    ],
}


@pytest.mark.parametrize(
    ("lang", "as_of", "said"),
    [
        (
            "en",
            "2022-03-01",
            f"Calendar: 2 events, 2 to come; {LEFT_OUT}",
        ),
        (
            "en",
            "2024-03-01",
            f"Calendar: 2 events, 0 to come; {LEFT_OUT}",
        ),
        (
            "fr",
            "2024-03-01",
            f"Calendrier\u00a0: 2 événements, 0 à venir\u00a0; {LAISSES}",
        ),
    ],
)
def test_a_calendar_says_how_many_events_it_has_and_what_it_leaves_out(qp, repository, lang, as_of, said):
    folder = repository(CONVENTION)
    for more in ((), ("--output", str(folder / "x.ics"))):
        answer = qp("export", "ics", "--data", str(folder), "--lang", lang, "--as-of", as_of, *more)
        assert answer.code == 0
        assert answer.err.splitlines()[-1] == said


def test_a_calendar_of_several_conventions_counts_them_together(qp):
    folders = ("--data", str(NEIGHBOUR), "--data", str(SHIPPED))
    each = [qp("export", "ics", "--data", where, "--lang", "en").err for where in (str(NEIGHBOUR), str(SHIPPED))]
    together = qp("export", "ics", *folders, "--lang", "en").err
    counts = [[int(number) for number in re.findall(r"\d+", line)] for line in (*each, together)]
    assert counts[2][:2] == [one + other for one, other in zip(counts[0][:2], counts[1][:2], strict=True)]


def test_nothing_of_a_calendar_is_said_of_another_export(qp):
    assert qp("export", "json", "--data", str(NEIGHBOUR)).err == ""


MISNAMED = [
    (["report"], "fiche.pdf", "HTML"),
    (["report", "--summary"], "fiche.docx", "HTML"),
    (["report"], "fiche.XLSX", "HTML"),
    (["export", "xlsx"], "suivi.csv", "XLSX"),
    (["export", "csv"], "suivi.xlsx", "CSV"),
    (["export", "ics"], "suivi.json", "ICS"),
    (["deadlines", "--format", "json"], "suivi.csv", "JSON"),
]


@pytest.mark.parametrize(("arguments", "name", "form"), MISNAMED, ids=str)
def test_a_name_that_says_another_form_is_told_of_in_a_line(qp, tmp_path, arguments, name, form):
    path = tmp_path / name
    answer = qp(*arguments, "--output", str(path), "--lang", "fr")
    assert answer.code == 0
    assert f"qp: {path} contient du {form}, quelle que soit la fin de son nom." in answer.err.splitlines()


@pytest.mark.parametrize(("arguments", "_", "form"), MISNAMED, ids=str)
@pytest.mark.parametrize("ending", ["{}", "txt", ""])
def test_a_name_that_says_the_form_or_none_is_not(qp, tmp_path, arguments, _, form, ending):
    path = tmp_path / f"suivi.{ending.format(form.lower())}".rstrip(".")
    assert "contient" not in qp(*arguments, "--output", str(path), "--lang", "fr").err
