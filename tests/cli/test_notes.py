"""Notes on every screen: said in the reader's words where people read, by their keys where programs do."""

from __future__ import annotations

import csv
import io
import re

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

pytestmark = pytest.mark.usefixtures("outside")

NON_SIGNATORIES = {
    "chef-de-file-appui/anru",
    "chef-de-file-portage/anru",
    "partenaires-capitalisation/anct",
    "partenaires-capitalisation/anru",
    "partenaires-capitalisation/banque-des-territoires",
    "partenaires-capitalisation/bpifrance",
}
ROADMAP = "feuille-de-route/metropole"
APPROVAL = {
    "en": "earlier than the approval (10 Mar 2022)",
    "fr": "antérieure à l'approbation (10/03/2022)",
}
CARRY = {
    "en": "passed without carry-over, in time until 20 Sep 2021 with it",
    "fr": "échue sans report, à temps jusqu'au 20/09/2021 avec report",
}
STRANGER = {"en": "stated for a non-signatory", "fr": "énoncé pour un non-signataire"}
WORDS = {"before-approval": APPROVAL, "carry-over-unsettled": CARRY, "does-not-sign": STRANGER}
EXPECTED = {ROADMAP: ["before-approval", "carry-over-unsettled"]} | {key: ["does-not-sign"] for key in NON_SIGNATORIES}
DAY = ("--as-of", "2021-09-20")


def flat(answer):
    """A text without its line breaks, which a narrow screen puts anywhere."""
    return " ".join(re.sub(r"\n +", " ", answer.out).split())


def noted(records):
    return {one["id"]: one["notes"] for one in records if one["notes"]}


def counted(text, language):
    """How often each note is said."""
    return {key: text.count(words[language]) for key, words in WORDS.items()}


ONCE_EACH = {"before-approval": 1, "carry-over-unsettled": 1, "does-not-sign": 6}


def test_records_of_every_command_hold_the_keys_last_of_all(qp):
    for command in (["deadlines"], ["export", "json"], ["overdue"], ["show", "feuille-de-route"]):
        form = [] if command[0] == "export" else ["--format", "json"]
        owed = qp(*command, *form, *DAY).json["obligations"]
        expected = EXPECTED if command[0] in {"deadlines", "export"} else {ROADMAP: EXPECTED[ROADMAP]}
        assert noted(owed) == expected, command
        assert all("notes" in one for one in owed)
    (found,) = qp("status", "--format", "json", *DAY).json["conventions"]
    assert noted(found["overdue"]) == {ROADMAP: EXPECTED[ROADMAP]}
    assert all("notes" in one for one in (*found["derived_from_term"], *found["next"]))


def test_a_sheet_holds_them_in_a_column(qp):
    for command in (["deadlines", "--format", "csv"], ["export", "csv"]):
        heading, *lines = qp(*command, *DAY).rows
        place = heading.index("notes")
        assert {line[0]: line[place].split() for line in lines if line[place]} == EXPECTED


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("command", [["deadlines"], ["deadlines", "--format", "md"], ["export", "md"]])
def test_lists_say_them_in_words(qp, command, language):
    said = flat(qp("--lang", language, *command, *DAY, terminal=True, environ={"NO_COLOR": "1"}))
    expected = ONCE_EACH
    if command == ["export", "md"]:  # what is overdue has a table of its own there, besides that of everything
        expected = expected | {"before-approval": 2, "carry-over-unsettled": 2}
        said = said.replace("\\", "")
    assert counted(said, language) == expected


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_stays_within_80_columns(qp, language):
    for command in ("deadlines", "overdue", "status"):
        answer = qp("--lang", language, command, *DAY, terminal=True, environ={"NO_COLOR": "1"})
        assert max(map(len, answer.lines)) <= 80, command
    overdue = flat(qp("--lang", language, "overdue", *DAY, terminal=True, environ={"NO_COLOR": "1"}))
    assert counted(overdue, language) == ONCE_EACH | {"does-not-sign": 0}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_show_says_them_below_the_obligation(qp, language):
    lines = qp("--lang", language, "show", "feuille-de-route", *DAY).lines
    at = next(number for number, line in enumerate(lines) if line.startswith(f"  {ROADMAP}"))
    assert lines[at + 1 : at + 3] == [f"    {APPROVAL[language]}", f"    {CARRY[language]}"]
    assert qp("--lang", language, "show", "partenaires-capitalisation", *DAY).out.count(STRANGER[language]) == 4


@pytest.mark.parametrize("language", ["en", "fr"])
def test_page_workbook_and_calendar_say_them(qp, tmp_path, language):
    page, book, feed = (tmp_path / name for name in ("page.html", "book.xlsx", "feed.ics"))
    for command in (["report"], ["export", "xlsx"], ["export", "ics"]):
        target = {"report": page, "xlsx": book, "ics": feed}[command[-1]]
        assert qp("--lang", language, *command, *DAY, "--output", str(target)).code == 0
    text = page.read_text("utf-8").replace("&#39;", "'")
    assert counted(text, language) == ONCE_EACH
    sheet = next(each for each in load_workbook(book).worksheets if each.title == "Obligations")
    heading, *rows = sheet.iter_rows(values_only=True)
    place = heading.index({"en": "Remarks", "fr": "Remarques"}[language])
    assert counted("\n".join(row[place] or "" for row in rows), language) == ONCE_EACH
    events = [str(event["DESCRIPTION"]) for event in Calendar.from_ical(feed.read_bytes()).walk("VEVENT")]
    assert counted("\n".join(events), language)["before-approval"] == 1


def test_the_sheet_for_french_spreadsheets_says_them(qp, tmp_path):
    target = tmp_path / "suivi.csv"
    assert qp("--lang", "fr", "export", "csv", "--excel-fr", *DAY, "--output", str(target)).code == 0
    text = target.read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert sum(STRANGER["fr"] in row["Remarques"] for row in rows) == 6


def test_several_conventions_say_the_same(qp, tmp_path):
    import shutil

    from tests.conftest import ROOT

    for name in ("un", "deux"):
        shutil.copytree(ROOT / "data", tmp_path / name)
    other = tmp_path / "deux" / "convention.yaml"
    other.write_text(other.read_text("utf-8").replace("id: quartiers-productifs-amp", "id: autre", 1), "utf-8")
    both = [part for name in ("un", "deux") for part in ("--data", str(tmp_path / name))]
    owed = qp("deadlines", "--format", "json", *both, *DAY).json["obligations"]
    assert sorted(one["convention"] for one in owed if one["notes"]) == ["autre"] * 7 + ["quartiers-productifs-amp"] * 7
    exported = qp("export", "json", *both, *DAY).json["obligations"]
    assert [one["notes"] for one in exported if one["id"] == ROADMAP] == [EXPECTED[ROADMAP]] * 2
    said = flat(qp("overdue", *both, *DAY))
    assert counted(said, "en") == {"before-approval": 2, "carry-over-unsettled": 2, "does-not-sign": 0}


def test_what_an_engagement_without_obligation_lacks_is_said_in_its_row(qp, repository, small):
    one = small()["engagements"][0]
    body = small(
        events=[{"id": "depart", "title": "Départ", "date": "2026-01-01"}],
        roles=[{"id": "pilote", "name": "Pilote"}],
        engagements=[
            {
                **one,
                "id": "serie",
                "kind": "recurring",
                "due": {"every": "P3Y", "from": "depart", "until": "2026-12-31"},
            },
            {**one, "id": "suivi", "kind": "continuing", "debtors": ["pilote"]},
        ],
    )
    data = ("--data", str(repository(body)))
    for command in (["deadlines", "--all"], ["show", "serie"]):
        said = flat(qp(*command, *data))
        assert "no date: this series gives none by its end, 31 December 2026" in said
        assert "no number in the text" not in said
    assert "owed by a role that nobody holds" in flat(qp("deadlines", "--all", *data))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "series without a known end",
                "a performance that serves no date, kept as evidence [f1]",
                "stated for a non-signatory too: Région",
            ],
        ),
        (
            "fr",
            [
                "série sans fin connue",
                "exécution sans échéance correspondante, conservée comme preuve [f1]",
                "énoncé aussi pour un non-signataire\u00a0: Région",
            ],
        ),
    ],
)
def test_each_other_note_is_said_in_words(qp, repository, small, language, words):
    one = small()["engagements"][0]
    body = small(
        term={"clause": "art. 9", "due": {"within": "P24M", "from": "vote"}},
        events=[
            {"id": "depart", "title": "Départ", "date": "2026-10-01"},
            {"id": "vote", "title": "Vote"},
        ],
        parties=[
            {"id": "ville", "name": "Ville", "signatory": True},
            {"id": "region", "name": "Région"},
        ],
        engagements=[
            {**one, "id": "point", "kind": "recurring", "due": {"every": "P1Y", "from": "depart", "until": "terme"}},
            {**one, "id": "appui", "kind": "continuing", "debtors": ["ville", "region"], "solidary": True},
        ],
    )
    early = {"id": "f1", "kind": "fulfilled", "engagement": "point", "on": "2026-09-01"}
    answer = qp("--lang", language, "deadlines", "--all", "--data", str(repository(body, journal=[early])))
    assert (answer.code, answer.err) == (0, "")
    assert [word for word in words if word not in answer.out] == []


def test_the_status_of_several_conventions_asks_for_no_note(qp, tmp_path, monkeypatch):
    import shutil

    from tests.conftest import ROOT

    for name in ("un", "deux"):
        shutil.copytree(ROOT / "data", tmp_path / name)
    other = tmp_path / "deux" / "convention.yaml"
    other.write_text(other.read_text("utf-8").replace("id: quartiers-productifs-amp", "id: autre", 1), "utf-8")
    monkeypatch.setattr("qp_cli.render.notes.notes_on", None)
    monkeypatch.setattr("qp_cli.render.columns.notes_on", None)
    both = [part for name in ("un", "deux") for part in ("--data", str(tmp_path / name))]
    assert qp("status", *both, *DAY).code == 0
