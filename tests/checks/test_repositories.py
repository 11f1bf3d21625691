"""What is found in the repositories of this tree: what a careful reader would want to know, and no more."""

from __future__ import annotations

import pytest

from qp_cli.checks.registry import examine
from qp_cli.findings import Severity
from qp_cli.store.repository import read_repository
from tests.tracking.building import NEIGHBOUR, SHIPPED


def written(finding, folder):
    """What stands at a finding's place."""
    line = (folder / finding.span.path.rpartition("/")[2]).read_text("utf-8").splitlines()[finding.span.line - 1]
    return line[finding.span.column - 1 : finding.span.end_column - 1]


@pytest.fixture
def found():
    def read(folder):
        findings = examine(read_repository(folder))
        return [(each.code, each.severity.value, written(each, folder), str(each.message)) for each in findings]

    return read


READER = [
    ("QP301", "warning", "{within: P6M, from: labellisation}", ("art. 1", "2021-09-18", "2022-03-10")),
    ("QP302", "warning", '"2022/2024"', ("art. 4", "2021-03-18", "2023-03-18")),
    ("QP303", "info", "{within: P6M, from: labellisation}", ("art. 1", "Saturday 2021-09-18", "carry-over")),
    (
        "QP304",
        "info",
        "{within: P24M, from: labellisation, regime: quantieme, readings: [duree]}",
        ("art. 4", "Saturday 2023-03-18", "Friday 2023-03-17"),
    ),
    ("QP305", "info", "signature", ("signature", "bloc de signature")),
    ("QP306", "info", "true", ("coordonnateur-suivi", "art. 3", "how often")),
    ("QP307", "warning", "[chef-de-file]", ("art. 2, Chef de file (i)", "ANRU", "1199")),
    ("QP307", "warning", "[chef-de-file]", ("art. 2, Chef de file (ii)", "ANRU")),
    ("QP307", "warning", "[partenaires]", ("art. 2, partenaires", "ANCT, ANRU, Banque des Territoires, Bpifrance")),
    ("QP308", "info", "on-request", ("instruction-projets", "(i)", "no number")),
    ("QP308", "info", "on-request", ("mobilisation-moyens", "(ii)")),
    ("QP309", "warning", "annexée à la convention", ("art. 2, chapeau", "feuille-de-route", "art. 1")),
]


def test_the_shipped_convention_gives_what_a_careful_reader_notices_and_nothing_else(found):
    seen = sorted(found(SHIPPED))
    assert [each[:3] for each in seen] == sorted(each[:3] for each in READER)
    for *place, words in READER:
        assert any(each[:3] == tuple(place) and all(word in each[3] for word in words) for each in seen), words


def test_every_one_of_them_says_what_to_do():
    findings = examine(read_repository(SHIPPED))
    assert all(each.hint for each in findings)
    assert not [each for each in findings if each.severity is Severity.ERROR]


def test_the_roadmap_is_to_be_acted_upon_on_the_friday_before():
    (hint,) = [str(each.hint) for each in examine(read_repository(SHIPPED)) if each.code == "QP303"]
    assert "Friday 2021-09-17" in hint
    assert "Monday 2021-09-20" in hint


def test_the_neighbour_gives_two_observations(found):
    assert [(code, severity) for code, severity, _, _ in found(NEIGHBOUR)] == [("QP303", "info")] * 2
    suspended, accounts = (message for _, _, _, message in found(NEIGHBOUR))
    assert "Sunday 2022-10-30" in suspended  # 31 August, and the 60 days of March and April that did not run
    assert "Sunday 2024-06-30" in accounts
