"""Conventions checked side by side: an id that two of them have, and the parties they share."""

from __future__ import annotations

import pytest

CONVENTION = """\
format: qp/1
id: {id}
title: Convention {id}
parties:
  - {{id: ville, name: Ville, signatory: true}}
  - {{id: anh, name: {name}, signatory: true}}
engagements:
  - {{id: plan, title: Plan, clause: art. 1, debtors: [ville, anh], kind: one-off, due: {{on: 2022-06-01}}}}
"""
PARTIES = "format: qp/1\nparties:\n  - {id: agence, name: Agence de la halle, aliases: [ADH], ids: [anh]}\n"


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """Two conventions in folders of their own, and the parties they share above them."""

    def make(first="nord", second="sud", *, names=("Agence de la halle", "ADH"), parties=PARTIES):
        for folder, each, name in zip(("a", "b"), (first, second), names, strict=True):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "convention.yaml").write_text(CONVENTION.format(id=each, name=name), "utf-8")
        if parties:
            (tmp_path / "parties.yaml").write_text(parties, "utf-8")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return make


def found(answer):
    return [(each["code"], each["path"], each["line"]) for each in answer.json["findings"]]


def test_two_conventions_with_ids_and_shared_parties_of_their_own_have_nothing_wrong(qp, beside):
    beside()
    answer = qp("check", ".", "--format", "json")
    assert (answer.code, found(answer)) == (0, [])
    assert answer.json["summary"]["files"] == 3


def test_an_id_that_another_convention_has_is_an_error_at_the_second_one(qp, beside):
    beside("nord", "nord")
    answer = qp("check", ".", "--format", "json")
    assert (answer.code, found(answer)) == (1, [("QP213", "b/convention.yaml", 2)])
    assert "nord" in answer.json["findings"][0]["message"]
    text = qp("check", ".", "--lang", "en").out
    assert "a/convention.yaml:2:5: the other one" in text


@pytest.mark.parametrize("alone", ["a", "b"])
def test_each_of_them_checked_alone_is_right(qp, beside, alone):
    beside("nord", "nord")
    assert qp("check", alone, "--format", "json").json["findings"] == []


def test_the_id_of_a_shared_party_under_another_name_is_a_warning(qp, beside):
    beside(names=("Agence de la halle", "Agence du quai"))
    answer = qp("check", ".", "--format", "json")
    assert (answer.code, found(answer)) == (0, [("QP214", "b/convention.yaml", 6)])
    assert found(qp("check", "b", "--format", "json")) == [("QP214", "b/convention.yaml", 6)]


def test_what_is_wrong_with_the_file_of_shared_parties_is_found_once(qp, beside):
    beside(parties="format: qp/1\nparties:\n  - {id: Agence, name: A}\n  - {id: x, nom: Y}\n")
    answer = qp("check", ".", "--format", "json")
    assert answer.code == 1
    assert [(code, path, line) for code, path, line in found(answer) if path == "parties.yaml"] == [
        ("QP105", "parties.yaml", 3),
        ("QP102", "parties.yaml", 4),
        ("QP101", "parties.yaml", 4),
    ]


def test_an_id_that_two_shared_parties_have_is_an_error(qp, beside):
    beside(parties=PARTIES + "  - {id: autre, name: Autre agence, ids: [anh]}\n")
    answer = qp("check", ".", "--format", "json")
    assert answer.code == 1
    assert found(answer) == [("QP201", "parties.yaml", 4)]


def test_the_nearest_file_of_shared_parties_is_the_one_that_counts(qp, beside):
    folder = beside(names=("Agence du quai", "ADH"))
    (folder / "a" / "parties.yaml").write_text(
        "format: qp/1\nparties:\n  - {id: quai, name: Agence du quai, ids: [anh]}\n", "utf-8"
    )
    assert found(qp("check", ".", "--format", "json")) == []
