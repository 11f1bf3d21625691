"""Mistakes that their place explains: told once, with what to write, which is then accepted."""

from __future__ import annotations

import pytest

from qp_cli.checks.registry import examine
from qp_cli.store.repository import read_repository

CONVENTION = """\
format: qp/1
id: essai
title: Essai
term: {clause: art. 9, due: {within: P3Y, from: depart}}
events:
  - {id: depart, title: Départ, date: 2021-03-18, clause: art. 1}
parties:
  - {id: ville, name: Ville, signatory: true}
engagements:
  - {id: plan, title: Plan, clause: art. 2, debtors: [ville], kind: one-off, due: {within: P6M, from: depart}}
"""
TERM = "due: {within: P3Y, from: depart}}"
DUE = "due: {within: P6M, from: depart}"
AVENANT = "\n  - id: a-1\n    kind: amended\n    title: Avenant\n    on: 2021-05-01\n    "


def errors(tmp_path, old="", new="", facts="facts: []"):
    (tmp_path / "convention.yaml").write_text(CONVENTION.replace(old, new) if old else CONVENTION, "utf-8")
    (tmp_path / "journal.yaml").write_text(f"format: qp/1\n{facts}\n", "utf-8")
    return [each for each in examine(read_repository(tmp_path)) if each.severity.value == "error"]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        (TERM, f"{TERM[:-1]}, renewal: {{every: P3Y, at_the_latest: P6M}}}}", "Write notice: P6M"),
        (TERM, f"{TERM[:-1]}, renewal: {{every: P3Y, within: 6 mois}}}}", "Write notice: P6M"),
        (TERM, f"{TERM[:-1]}, renewal: {{tacit: true}}}}", "Write renewal: {every: P3Y}"),
        (
            TERM,
            f"{TERM[:-2]}, renewal: {{every: P3Y}}}}}}",
            "Write due: {within: P3Y, from: depart}, renewal: {every: P3Y}",
        ),
        (DUE, f"{DUE[:-1]}, note: Lu}}", f"Write {DUE}, note: Lu"),
        ("date: 2021-03-18", "date: 18-03-21", "Write 2021-03-18"),
        ("date: 2021-03-18", "date: 18/3/21", "Write 2021-03-18"),
        (DUE, "due: {date: 31-08-21}", "Write due: {on: 2021-08-31}"),
        (DUE, "due: {on: 31-08-21}", "Write 2021-08-31"),
        (DUE, "due: 31-08-21", "Write due: {on: 2021-08-31}"),
        (DUE, "due: 6 mois", f"Write {DUE}"),
        (DUE, "due: {within: P6M, from: …}", "Write from: depart"),
        (DUE, "due: {within: P6M, from: '?'}", "Write from: depart"),
        (DUE, "within: P6M, due: {from: depart}", f"Write {DUE}"),
        (
            DUE,
            f"every: P1Y, {DUE}",
            "Keep due: as it is and leave every out, or write due: {every: P1Y}",
        ),
    ],
)
def test_a_mistake_of_the_convention_is_told_once_with_what_to_write(tmp_path, old, new, hint):
    (found,) = errors(tmp_path, old, new)
    assert str(found.hint) == hint


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("change: extend\n    target: plan\n    by: P1M", "changes: [{change: extend, target: plan, by: P1M}]"),
        ("change: prolonger\n    target: plan", "changes: [{change: extend, target: plan, by: …}]"),
        ("change: mettre fin\n    target: plan", "changes: [{change: end, target: plan}]"),
        ("changes: extend\n    target: plan\n    by: P1M", "changes: [{change: extend, target: plan, by: P1M}]"),
        ("changes: [extend]\n    target: plan\n    by: P1M", "{change: extend, target: plan, by: P1M}"),
        ("changes: [{change: prolonger, target: plan, by: P1M}]", None),
        ("changes: {change: extend, target: plan, by: P1M}", "changes: [{change: extend, target: plan, by: P1M}]"),
        ("changes: [{change: extend, target: plan, due: P1M}]", "by: P1M"),
        (
            "changes: [{change: extend, target: plan, due: {on: 2021-12-01}}]",
            "{change: due, target: plan, due: {on: 2021-12-01}}",
        ),
    ],
)
def test_a_mistake_of_an_avenant_is_told_once_with_what_to_write(tmp_path, written, hint):
    (found,) = errors(tmp_path, facts=f"facts:{AVENANT}{written}")
    assert str(found.hint) == (f"Write {hint}" if hint else "Did you mean: extend?")


@pytest.mark.parametrize("written", ["changes: [{change: extend, target: plan, by: P1M}]"])
def test_what_is_to_be_written_of_an_avenant_is_accepted(tmp_path, written):
    assert errors(tmp_path, facts=f"facts:{AVENANT}{written}") == []


def test_a_renewal_that_is_said_to_be_none_is_left_out(tmp_path):
    (found,) = errors(tmp_path, TERM, f"{TERM[:-1]}, renewal: {{tacit: false}}}}")
    assert str(found.hint).startswith("Leave renewal out")


ITEMS = ["facts:", "  - id: f-1", "    kind: waived", "  - id: f-2", "    kind: waived"]


@pytest.mark.parametrize(
    ("row", "without_dash", "written"),
    [
        (3, "    id: f-2", "  - id: f-2"),
        (3, "    - id: f-2", "  - id: f-2"),
        (1, "    id: f-1", "  - id: f-1"),
    ],
)
def test_a_dash_that_is_missing_is_told_with_the_whole_line(read, row, without_dash, written):
    rows = [without_dash if number == row else line for number, line in enumerate(ITEMS)]
    (found,) = read("\n".join([*rows, ""])).findings
    assert found.span.line == row + 1
    assert f"“{written}”" in str(found.hint)
    rows[row] = written
    assert rows == ITEMS
