"""One repository with one mistake of each family: all of them in one run, each at its line and column."""

from __future__ import annotations

import pytest

FILES = {
    "convention.yaml": """\
format: qp/1
id: essai
title: avenant ‸#2 à la convention
term: {clause: art. 9, due: ‸{within: P24M, from: depart}}
events:
  - {id: depart, title: Départ, date: 2022-01-10, clause: art. 1}
parties:
  - {id: ville, name: Ville}
  - {id: ‸ville-neuve, name: Ville neuve}
engagements:
  - {id: plan, title: Plan, clause: art. 2, debtors: [ville, ‸vile], kind: one-off, due: {on: 2022-03-31}}
""",
    "journal.yaml": """\
format: qp/1
facts:
  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-02-15, recorded: ‸2022-01-15}
""",
    "sites.yaml": """\
format: qp/1
sites:
  - {id: halle, name: Halle, commune: Bourg, ‸comune: Bourg}
""",
}
EXPECTED = {"QP009", "QP101", "QP202", "QP304", "QP409", "QP502"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text.replace("‸", ""), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_mistake_of_each_family_is_found_in_one_run_at_its_place(qp):
    answer = qp("check", "--format", "json", "--data", ".")
    assert answer.code == 1
    places = {
        (name, number, column + 1 - line[:column].count("‸"))
        for name, text in FILES.items()
        for number, line in enumerate(text.splitlines(), 1)
        for column, character in enumerate(line)
        if character == "‸"
    }
    found = answer.json["findings"]
    assert {each["code"] for each in found} == EXPECTED
    assert {(each["path"], each["line"], each["column"]) for each in found} == places
    assert len(found) == len(places)


@pytest.mark.usefixtures("folder")
def test_the_text_shows_each_place_and_its_line(qp):
    out = qp("check", "--data", ".").out
    for code in EXPECTED:
        assert f": {code} " in out
    assert "convention.yaml:11:" in out
