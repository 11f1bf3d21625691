"""Contacts: shown to those who work with the files, on a page only where it is asked for; nothing in them acts."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

HOSTILE = "<script>alert(1)</script>"
CONVENTION = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'essai",
    "parties": [
        {"id": "ville", "name": "Ville", "signatory": True, "contact": {"email": "mairie@exemple.fr"}},
        {"id": "service", "name": "Service", "organ_of": "ville", "contact": {"name": HOSTILE}},
    ],
    "engagements": [
        {"id": "plan", "title": "Plan", "debtors": ["ville"], "kind": "one-off"},
        {
            "id": "bilan",
            "title": "Bilan",
            "debtors": ["ville"],
            "kind": "one-off",
            "contact": {"name": "Mme Martin", "telephone": "+33 4 91 00 00 00"},
        },
    ],
}
SITES = [{"id": "halle", "name": "Halle", "commune": "Bourg", "contact": {"name": "La régie"}}]


@pytest.fixture
def asked(repository, qp):
    folder = repository(CONVENTION, sites=SITES)

    def ask(*arguments):
        answer = qp(*arguments, "--data", str(folder), "--as-of", "2022-05-01", "--lang", "en")
        assert answer.code == 0, answer.err
        return answer

    return ask


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["show", "bilan"], "Contact: Mme Martin, +33 4 91 00 00 00"),
        (["show", "plan"], "Contact: Ville – mairie@exemple.fr"),
        (["parties"], "contact: mairie@exemple.fr"),
        (["parties", "--format", "md"], "contact: mairie@"),
        (["sites"], "contact: La régie"),
    ],
)
def test_who_follows_it_is_told(asked, command, said):
    assert said in asked(*command).out


def test_records_and_the_workbook_have_them(asked, tmp_path):
    parties = {each["id"]: each["contact"] for each in asked("parties", "--format", "json").json["parties"]}
    assert parties == {"ville": "mairie@exemple.fr", "service": HOSTILE}
    assert asked("sites", "--format", "json").json["sites"][0]["contact"] == "La régie"
    assert asked("show", "bilan", "--format", "json").json["contact"] == {
        "name": "Mme Martin",
        "email": None,
        "telephone": "+33 4 91 00 00 00",
        "language": None,
    }
    path = tmp_path / "obligations.xlsx"
    asked("export", "xlsx", "--output", str(path))
    heading, *lines = load_workbook(path)["Obligations"].iter_rows(values_only=True)
    found = {line[heading.index("Engagement")]: line[heading.index("Contact")] for line in lines}
    assert found == {"plan": "mairie@exemple.fr", "bilan": "Mme Martin, +33 4 91 00 00 00"}


def test_a_page_and_a_calendar_leave_them_out_unless_asked(asked):
    secrets = ("mairie@exemple.fr", "Mme Martin", "+33 4 91", "régie", "alert(1)")
    for answer in (asked("report"), asked("export", "ics"), asked("timeline", "--format", "md")):
        assert not [each for each in secrets if each in answer.out]
    page = asked("report", "--contacts").out
    assert [each for each in secrets if each not in page] == []
    assert HOSTILE not in page


@pytest.mark.parametrize(
    "email",
    [
        "mairie",
        "a@b",
        "a b@exemple.fr",
        "a@exemple.fr?cc=b@exemple.fr",
        "mailto:a@exemple.fr",
        "a@-exemple.fr",
        "<a@b.fr>",
    ],
)
def test_what_is_no_address_is_refused(repository, qp, email):
    party = {"id": "ville", "name": "Ville", "contact": {"email": email}}
    folder = repository({**CONVENTION, "parties": [party]}, sites=SITES)
    found = qp("check", "--data", str(folder), "--format", "json").json["findings"]
    assert "QP105" in {each["code"] for each in found}
