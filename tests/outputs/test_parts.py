"""Performance in part is told wherever an obligation is: on the screen, in records, on the page, in the workbook."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

CONVENTION = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'essai",
    "parties": [{"id": "ville", "name": "Ville", "signatory": True}],
    "engagements": [
        {
            "id": "plan",
            "title": "Plan",
            "clause": "art. 2",
            "debtors": ["ville"],
            "kind": "one-off",
            "due": {"on": "2022-09-30"},
        },
    ],
}
JOURNAL = [
    {"id": "f-1", "kind": "fulfilled", "engagement": "plan", "on": "2022-03-01", "part": "1/3"},
    {"id": "f-2", "kind": "fulfilled", "engagement": "plan", "on": "2022-04-01", "partly": True},
]
SAID = "performed in part: 1/3 on 1 Mar 2022; a part on 1 Apr 2022"


@pytest.fixture
def asked(repository, qp):
    folder = repository(CONVENTION, journal=JOURNAL)

    def ask(*arguments):
        answer = qp(*arguments, "--data", str(folder), "--as-of", "2022-05-01", "--lang", "en")
        assert answer.code == 0, answer.err
        return answer

    return ask


@pytest.mark.parametrize("command", [("deadlines", "--format", "md"), ("show", "plan"), ("report",), ("export", "ics")])
def test_a_part_is_told_with_its_day_and_share(asked, command):
    assert SAID in asked(*command).out.replace("\r\n ", "").replace("\\;", ";")


def test_records_have_it(asked):
    (one,) = asked("deadlines", "--format", "json").json["obligations"]
    assert (one["state"], one["fulfilled_on"], one["parts"], one["notes"]) == (
        "upcoming",
        None,
        ["2022-03-01:1/3", "2022-04-01:partly"],
        ["in-part"],
    )
    facts = asked("log", "--format", "json").json["facts"]
    assert [(each["part"], each["partly"]) for each in facts] == [("1/3", False), (None, True)]
    assert "in part: 1/3" in asked("log").out
    assert "in part: 1/3" in asked("timeline", "--format", "md").out


def test_the_workbook_has_it(asked, tmp_path):
    path = tmp_path / "obligations.xlsx"
    asked("export", "xlsx", "--output", str(path))
    heading, line = load_workbook(path)["Obligations"].iter_rows(values_only=True)
    assert line[heading.index("Remarks")] == SAID
