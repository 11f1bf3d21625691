"""A suspension of all that runs, told: what its end moved is not said to be moved by an avenant, its keys are there."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook

from tests.conftest import small_convention

DUE = {"within": "P6M", "from": "depart"}
CONVENTION = small_convention(
    events=[{"id": "depart", "title": "Départ", "date": "2022-01-10"}],
    term={"due": {"within": "P3Y", "from": "depart"}, "clause": "art. 9"},
)
CONVENTION["engagements"][0]["due"] = DUE
CONVENTION["engagements"].append({**CONVENTION["engagements"][0], "id": "avis"})
JOURNAL = [
    {"id": "f-1", "kind": "suspended", "engagement": "all", "on": "2022-03-01", "term": True},
    {"id": "f-2", "kind": "resumed", "engagement": "all", "on": "2022-04-01"},
    {"id": "f-3", "kind": "suspended", "engagement": ["bilan", "avis"], "on": "2022-05-02"},
]
TERM = {
    "en": "Moved by the resumption: was Friday 10 January 2025.",
    "fr": "Déplacé par la reprise\u00a0: était fixé au vendredi 10 janvier 2025.",
}


@pytest.fixture
def asked(repository, qp):
    folder = repository(CONVENTION, journal=JOURNAL)

    def ask(*arguments):
        answer = qp(*arguments, "--data", str(folder), "--as-of", "2022-06-01")
        assert answer.code == 0, answer.err
        return answer

    return ask


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("arguments", [("status",), ("show", "terme"), ("report",), ("show", "bilan"), ("timeline",)])
def test_no_avenant_is_named_where_there_was_none(asked, arguments, language):
    said = asked(*arguments, "--lang", language).out.lower()
    shown = re.sub(r"--data\s+\S+", "", said.split("</style>")[-1])  # the folder is called after this test
    assert "avenant" not in shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_resumption_is_what_moved_the_term(asked, language):
    for command in (("show", "terme"), ("status",)):
        assert TERM[language] in asked(*command, "--lang", language).out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_heading_of_the_workbook_names_an_avenant(asked, tmp_path, language):
    path = tmp_path / "obligations.xlsx"
    asked("export", "xlsx", "--output", str(path), "--lang", language)
    book = load_workbook(path)
    assert not [cell.value for sheet in book for cell in sheet[1] if "avenant" in str(cell.value)]


def test_the_journal_says_for_programs_what_was_suspended(asked):
    facts = asked("log", "--format", "json").json["facts"]
    found = [(one["engagement"], one["engagements"], one["term"]) for one in facts]
    assert found == [("all", ["all"], True), ("all", ["all"], False), ("bilan, avis", ["bilan", "avis"], False)]
    heading, *lines = asked("log", "--format", "csv").lines
    assert heading.split(",")[-4:] == ["engagements", "term", "completes", "request"]
    assert lines[0].endswith(",all,True,,")
