"""A value that stands under another key of the same due date, or a key beside `due`: told once, with what to write."""

from __future__ import annotations

import pytest

from qp_cli.checks.registry import examine
from qp_cli.store.repository import read_repository

CONVENTION = """\
format: qp/1
id: essai
title: Essai
term: {{clause: art. 9, due: {{on: 2024-03-18}}}}
events:
  - {{id: depart, title: Départ, date: 2021-03-18, clause: art. 1}}
parties:
  - {{id: ville, name: Ville, signatory: true}}
engagements:
  - id: plan
    title: Plan
    clause: art. 2
    debtors: [ville]
    kind: one-off
    {due}
"""


@pytest.mark.parametrize(
    ("due", "said", "hint"),
    [
        ("due: {on: P6M}", "“P6M” is a period, and on: takes a day or a name", "within: P6M, from: depart"),
        ("due: {on: 6 mois}", "“6 mois” is a period, and on: takes a day or a name", "within: P6M, from: depart"),
        ("due: {within: 2021-12-31}", "“2021-12-31” is a day, and within: takes a period", "on: 2021-12-31"),
        ("due: {within: 31/12/2021}", "“31/12/2021” is a day, and within: takes a period", "on: 2021-12-31"),
        ("due: {within: depart}", "“depart” is a name, and within: takes a period", "within: P6M, from: depart"),
        ("due:\n    within: P6M\n    from: depart", "“within” stands under due", "due: {within: P6M, from: depart}"),
        ("within: P6M\n    from: depart", "“within” stands under due", "due: {within: P6M, from: depart}"),
        ("on: 2021-12-31", "“on” stands under due", "due: {on: 2021-12-31}"),
    ],
)
def test_what_belongs_to_another_key_is_told_once_with_what_to_write(tmp_path, due, said, hint):
    (tmp_path / "convention.yaml").write_text(CONVENTION.format(due=due), "utf-8")
    (found,) = examine(read_repository(tmp_path))
    assert said in str(found.message)
    assert str(found.hint) == f"Write {hint}"


def test_what_is_to_be_written_instead_is_accepted(tmp_path):
    for due in ("due: {within: P6M, from: depart}", "due: {on: 2021-12-31}"):
        (tmp_path / "convention.yaml").write_text(CONVENTION.format(due=due), "utf-8")
        assert [each for each in examine(read_repository(tmp_path)) if each.severity.value == "error"] == []
