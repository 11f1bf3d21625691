"""Of what stops everything, the first places are listed; the others are counted, and nothing is looked for there."""

from __future__ import annotations

import pytest

from qp_cli.checks.blocking import blocking_findings
from qp_cli.names import KnownNames
from qp_cli.store.repository import read_repository

CONVENTION = """\
format: qp/1
id: essai
title: Essai
parties: [{id: ville, name: Ville}]
engagements:
"""


@pytest.fixture
def looked_for(monkeypatch):
    """The names that nearest ones were looked for."""
    names = []
    nearest = KnownNames.nearest
    monkeypatch.setattr(KnownNames, "nearest", lambda self, name: names.append(name) or nearest(self, name))
    return names


def test_a_nearest_name_is_looked_for_where_it_is_shown_alone(tmp_path, looked_for):
    lines = [f"- {{id: e-{n}, title: T, clause: a, debtors: [vile], kind: one-off}}" for n in range(50)]
    (tmp_path / "convention.yaml").write_text(CONVENTION + "\n".join(lines) + "\n", "utf-8")
    found = [each for each in blocking_findings(read_repository(tmp_path)) if each.code == "QP202"]
    assert [each.span.line for each in found] == [*range(6, 27)]
    assert [str(each.hint) for each in found[:20]] == ["Did you mean: ville?"] * 20
    assert str(found[-1].message) == "30 more places like those above are not listed."
    assert looked_for == ["vile"] * 20


def test_each_file_has_its_own(tmp_path):
    lines = ["- {id: plan, title: T, clause: a, debtors: [vile], kind: one-off}"]
    (tmp_path / "convention.yaml").write_text(CONVENTION + "\n".join(lines) + "\n", "utf-8")
    facts = [f"- {{id: f-{n}, kind: waived, engagement: plan, by: vile-{n}, on: 2021-01-01}}" for n in range(21)]
    (tmp_path / "journal.yaml").write_text("format: qp/1\nfacts:\n" + "\n".join(facts) + "\n", "utf-8")
    found = [each for each in blocking_findings(read_repository(tmp_path)) if each.code == "QP202"]
    assert [each.span.path.endswith("convention.yaml") for each in found] == [True] + 21 * [False]
    assert str(found[-1].message) == "1 more place like those above is not listed."
