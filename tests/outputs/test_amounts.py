"""Amounts: told with their engagement, summed per party, state and currency without a rounding, nothing else."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.tracking.building import convention

PARTIES = [{"id": name, "name": name.capitalize(), "signatory": True} for name in ("ville", "etat")]


def engagement(name, amount, **more):
    due = {"on": "2022-09-30"}
    made = {"id": name, "title": name, "clause": "art. 2", "debtors": ["ville"], "kind": "one-off", "due": due}
    return {**made, "amount": amount, **more}


CONVENTION = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'essai",
    "parties": PARTIES,
    "engagements": [
        engagement("un", {"value": "0.10", "share": "30 %"}),
        engagement("deux", {"value": "0.20"}),
        engagement("trois", {"value": 30000}, debtors=["ville", "etat"]),
        engagement("ensemble", {"value": 5}, debtors=["ville", "etat"], solidary=True),
        engagement("ailleurs", {"value": 7, "currency": "CHF"}, due={"on": "2022-01-31"}),
    ],
}


@pytest.fixture
def asked(repository, qp):
    folder = repository(CONVENTION)

    def ask(*arguments):
        answer = qp(*arguments, "--data", str(folder), "--as-of", "2022-05-01")
        assert answer.code == 0, answer.err
        return answer

    return ask


def test_sums_are_exact_and_by_party_state_and_currency(asked):
    (found,) = asked("status", "--format", "json").json["conventions"]
    assert [tuple(each.values()) for each in found["amounts"]] == [
        ("ville", "overdue", "CHF", "7.00", 1),
        ("ville", "upcoming", "EUR", "30005.30", 4),
        ("etat", "upcoming", "EUR", "30005.00", 2),
    ]
    assert list(found["amounts"][0]) == ["party", "state", "currency", "total", "obligations"]


def test_each_row_has_the_amount_as_it_is_declared(asked):
    owed = asked("deadlines", "--format", "json").json["obligations"]
    found = {one["id"]: (one["amount"], one["currency"], one["share"]) for one in owed}
    assert found["un/ville"] == ("0.10", "EUR", "30 %")
    assert found["trois/etat"] == found["trois/ville"] == ("30000", "EUR", None)


@pytest.mark.parametrize(
    ("language", "said", "summed"),
    [
        ("en", "0.10\u00a0EUR (30 % of the whole)", "30,005.30\u00a0EUR"),
        ("fr", "0,10\u00a0EUR", "30\u00a0005,30\u00a0EUR"),
    ],
)
def test_it_is_told_in_words_and_the_page_has_the_sums(asked, language, said, summed):
    assert said in asked("show", "un", "--lang", language).out
    page = asked("report", "--lang", language).out
    assert said in page
    assert summed in page


def test_the_workbook_has_numbers(asked, tmp_path):
    path = tmp_path / "obligations.xlsx"
    asked("export", "xlsx", "--output", str(path), "--lang", "en")
    heading, *lines = load_workbook(path)["Obligations"].iter_rows(values_only=True)
    amounts = {line[heading.index("Id")]: line[heading.index("Amount")] for line in lines}
    assert (amounts["trois/etat"], amounts["un/ville"]) == (30000, 0.1)


def test_the_workbook_has_the_sums_on_a_sheet_of_their_own(asked, tmp_path):
    path = tmp_path / "obligations.xlsx"
    asked("export", "xlsx", "--output", str(path), "--lang", "fr")
    heading, *lines = load_workbook(path)["Montants"].iter_rows(values_only=True)
    assert heading[:6] == ("Convention", "Débiteur", "Situation", "Montant", "Devise", "Obligations")
    assert [line[1:6] for line in lines] == [
        ("Ville", "échéance dépassée", 7, "CHF", 1),
        ("Ville", "à venir", 30005.3, "EUR", 4),
        ("Etat", "à venir", 30005, "EUR", 2),
    ]


def test_no_sheet_of_amounts_where_there_is_none(repository, qp, tmp_path):
    path = tmp_path / "obligations.xlsx"
    folder = repository({**CONVENTION, "engagements": [engagement("un", None)]})
    assert qp("export", "xlsx", "--output", str(path), "--data", str(folder), "--lang", "en").code == 0
    assert "Amounts" not in load_workbook(path).sheetnames


def test_a_french_spreadsheet_reads_the_amounts_as_numbers(asked):
    lines = [line.split(";") for line in asked("export", "csv", "--excel-fr", "--lang", "fr").lines]
    place = lines[0].index("Montant")
    found = {line[1]: line[place] for line in lines[1:]}
    assert {name: found[name] for name in ("un", "trois")} == {"un": "0,10", "trois": "30000"}


@pytest.mark.parametrize(
    "value", ["-1", "1.005", '"30 000"', "1e3", "true", "0x10", "1000.5.5", '"€ 30"', "12345678901234"]
)
def test_what_is_no_exact_amount_is_refused(qp, tmp_path, value):
    text = f"""\
format: qp/1
id: essai
title: Essai
parties: [{{id: ville, name: Ville}}]
engagements:
  - {{id: un, title: Un, debtors: [ville], kind: one-off, amount: {{value: {value}}}}}
"""
    (tmp_path / "convention.yaml").write_text(text, "utf-8")
    found = qp("check", "--format", "json", "--data", str(tmp_path)).json["findings"]
    assert {each["code"] for each in found if each["severity"] == "error"} <= {"QP105", "QP103", "QP010"}
    assert any(each["severity"] == "error" for each in found)


@pytest.mark.parametrize("value", ["0", "30000", "1234.50", "0.1", '"7"'])
def test_what_is_an_amount_is_read_without_a_rounding(value):
    body = (
        "parties: [{id: ville, name: Ville}]\nengagements:\n"
        f"  - {{id: un, title: Un, debtors: [ville], kind: one-off, amount: {{value: {value}}}}}\n"
    )
    (found,) = convention(body).engagements
    assert (found.amount.value, found.amount.currency) == (value.strip('"'), "EUR")
