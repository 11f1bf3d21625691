"""A performance beside the transfer of what it is about: nothing that was recorded disappears without a word."""

from __future__ import annotations

import pytest

from tests.conftest import small_convention

CONVENTION = small_convention(parties=[{"id": "ville", "name": "La Ville"}, {"id": "region", "name": "La Région"}])
TRANSFER = {
    "id": "f-1",
    "kind": "amended",
    "title": "Avenant n° 1",
    "on": "2026-03-02",
    "effect": "2026-04-01",
    "changes": [{"change": "debtors", "target": "bilan", "debtors": ["region"]}],
}
BY_THE_NEW = {"id": "f-2", "kind": "fulfilled", "engagement": "bilan", "by": "region", "on": "2026-05-04"}
BY_THE_FORMER = {"id": "f-3", "kind": "fulfilled", "engagement": "bilan", "by": "ville", "on": "2026-03-16"}


@pytest.fixture
def ask(repository, qp):
    def ask(journal, *arguments):
        folder = repository(CONVENTION, journal=journal)
        answer = qp(*arguments, "--data", str(folder), "--lang", "en", environ={"QP_AS_OF": "2026-06-01"})
        return answer, " ".join(f"{answer.out} {answer.err}".split())

    return ask


def test_a_performance_that_an_earlier_one_leaves_nothing_to_is_told_when_that_one_is_recorded(ask):
    answer, said = ask([TRANSFER, BY_THE_NEW], "record", "fulfilled", "bilan", "--by", "ville", "--on", "2026-03-16")
    assert answer.code == 0
    assert "performance of 4 May 2026 (f-2), which has no effect any more with this fact of 16 March 2026" in said


def test_check_and_show_tell_of_the_performance_that_serves_nothing(ask):
    _, said = ask([TRANSFER, BY_THE_NEW, BY_THE_FORMER], "check")
    assert "QP402" in said
    assert "Nothing was left to hand over to La Région on 1 April 2026 (Avenant n° 1, f-1)" in said


def test_show_keeps_the_performance_that_serves_nothing_and_the_avenant(ask):
    _, said = ask([TRANSFER, BY_THE_NEW, BY_THE_FORMER], "show", "bilan")
    assert "4 May 2026 performance recorded, serves nothing that is owed [f-2]" in said
    assert "avenant recorded [f-1]" in said


@pytest.mark.parametrize(
    ("by", "on", "owed"),
    [
        ("ville", "2026-05-04", "Owed by La Région since 1 April 2026 (Avenant n° 1, f-1): check --by"),
        ("region", "2026-03-16", "Owed by La Région from 1 April 2026 on only (Avenant n° 1, f-1): check --by"),
    ],
    ids=["former debtor after", "new debtor before"],
)
def test_a_performance_by_who_does_not_owe_it_is_told_who_does_and_since_when(ask, by, on, owed):
    answer, said = ask([TRANSFER], "record", "fulfilled", "bilan", "--by", by, "--on", on)
    assert answer.code == 2
    assert owed in said
