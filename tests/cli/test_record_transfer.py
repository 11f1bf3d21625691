"""`qp record` of what is handed over: the avenant that does it, and who performed what afterwards."""

from __future__ import annotations

import shlex

import pytest
import yaml

CONVENTION = {
    "format": "qp/1",
    "id": "essai",
    "title": "Convention d'essai",
    "term": {"due": {"on": "2028-10-01"}},
    "events": [{"id": "debut", "title": "Début", "date": "2024-10-01"}],
    "parties": [
        {"id": "ville", "name": "La Ville"},
        {"id": "metropole", "name": "La Métropole"},
        {"id": "etat", "name": "L'État"},
    ],
    "engagements": [
        {
            "id": "points",
            "title": "Points",
            "debtors": ["ville"],
            "kind": "recurring",
            "due": {"every": "P6M", "from": "debut", "until": "terme"},
        },
        {
            "id": "comptes",
            "title": "Comptes",
            "debtors": ["ville", "etat"],
            "kind": "recurring",
            "due": {"every": "P1Y", "from": "debut", "until": "terme"},
        },
        {"id": "avis", "title": "Avis", "debtors": ["ville"], "kind": "on-request", "due": {"within": "P1M"}},
    ],
}
TRANSFER = ("avenant", "points", "--to", "metropole", "--title", "Avenant n° 1", "--on", "2025-11-01")


@pytest.fixture
def folder(repository):
    return repository(CONVENTION)


@pytest.fixture
def record(qp, folder):
    return lambda *arguments: qp("record", *arguments, "--data", str(folder))


@pytest.fixture
def facts(folder):
    return lambda: yaml.safe_load((folder / "data" / "journal.yaml").read_text("utf-8"))["facts"]


def test_a_transfer_is_recorded(record, facts):
    answer = record(*TRANSFER)
    assert answer.code == 0, answer.err
    assert "points/metropole@2026-04-01: new" in answer.out
    assert "points/ville@2025-10-01" not in answer.out
    assert facts()[0]["changes"] == [{"change": "debtors", "target": "points", "debtors": ["metropole"]}]


def test_one_of_several_debtors_hands_over_its_share(record, facts):
    answer = record("transfert", "comptes", "--by", "ville", "--to", "La Métropole", "--title", "n° 1")
    assert answer.code == 0, answer.err
    expected = {"change": "debtors", "target": "comptes", "debtor": "ville", "debtors": ["metropole"]}
    assert facts()[0]["changes"] == [expected]
    assert "comptes/metropole@2027-10-01: new" in answer.out


def test_one_occurrence_is_given_more_time(record, facts):
    answer = record("avenant", "points", "--occurrence", "2027-04-01", "--due-on", "2027-05-01", "--title", "n° 1")
    assert answer.code == 0, answer.err
    (change,) = facts()[0]["changes"]
    assert str(change["occurrence"]) == "2027-04-01"
    assert "points/ville@2027-04-01: still upcoming; date 1 April 2027 → 1 May 2027" in answer.out


def test_the_term_is_handed_over_to_nobody(record):
    answer = record("avenant", "terme", "--to", "metropole", "--title", "n° 1")
    assert answer.code == 2
    assert "Nobody owes the term" in answer.err


def test_who_does_not_owe_is_told_from_those_who_do_or_did(record):
    record(*TRANSFER)
    answer = record("fulfilled", "points", "--by", "etat", "--on", "2026-05-01")
    assert answer.code == 2
    assert "“L'État” owes nothing of “points” (Name one of: metropole, ville)" in answer.err


def test_what_is_written_by_hand_is_shown_with_its_file(record, folder):
    answer = record("avenant", "points", "--title", "n° 1")
    assert answer.code == 2
    assert f"at the end of {folder / 'data' / 'journal.yaml'}: - {{id: f-avenant, kind: amended, " in answer.err


def test_after_a_transfer_who_performed_is_to_be_said(record, qp):
    assert record(*TRANSFER).code == 0
    answer = record("fulfilled", "points", "--on", "2026-05-01", "--note", "reçu le jour même")
    assert (answer.code, answer.out) == (2, "")
    assert "La Ville owes points/ville@2025-04-01, La Métropole owes points/metropole@2026-04-01" in answer.err
    first, second = (line.removeprefix("qp ") for line in answer.err.strip().split("With --by: ")[1].split(" or "))
    for command, served in ((first, "points/ville@2025-04-01"), (second, "points/metropole@2026-04-01")):
        answer = qp(*shlex.split(command))
        assert answer.code == 0, answer.err
        assert f"It serves the oldest one still owed, {served}: written as its occurrence." in answer.err


def test_a_request_that_was_not_answered_stays_with_whom_it_was_made_of(record):
    record("triggered", "avis", "--on", "2025-03-01")
    record("avenant", "avis", "--to", "metropole", "--title", "n° 1", "--on", "2025-11-01")
    record("triggered", "avis", "--on", "2026-03-01")
    answer = record("fulfilled", "avis", "--on", "2026-03-10")
    assert answer.code == 2
    assert "La Ville owes avis/ville@2025-03-01, La Métropole owes avis/metropole@2026-03-01" in answer.err


@pytest.mark.parametrize(
    ("arguments", "served"),
    [
        (("--on", "2025-10-15"), "points/ville@2025-04-01"),
        (("--on", "2026-05-01", "--by", "metropole"), "points/metropole@2026-04-01"),
        (("--on", "2026-05-01", "--by", "ville"), "points/ville@2025-04-01"),
    ],
)
def test_nothing_is_asked_where_it_is_plain(record, arguments, served):
    record(*TRANSFER)
    answer = record("fulfilled", "points", *arguments, "--dry-run")
    assert answer.code == 0, answer.err
    assert f"still owed, {served}:" in answer.err


def test_nothing_is_asked_once_who_handed_over_owes_nothing_more(record):
    for day in ("2025-04-01", "2025-10-01"):
        assert record("fulfilled", "points", "--on", day).code == 0
    record(*TRANSFER)
    assert record("fulfilled", "points", "--on", "2026-05-01").code == 0
