"""Dates that the end of a suspension moved, an avenant, or both: every screen says what moved them, from which date."""

from __future__ import annotations

import re

import pytest

from tests.conftest import small_convention

CONVENTION = small_convention(
    events=[{"id": "depart", "title": "Départ", "date": "2022-01-10"}],
    term={"due": {"within": "P3Y", "from": "depart"}, "clause": "art. 9"},
)
CONVENTION["engagements"][0].pop("due", None)
CONVENTION["engagements"][0]["kind"] = "one-off"
PAUSED = [
    {"id": "f-1", "kind": "suspended", "engagement": "all", "on": "2022-03-01", "term": True},
    {"id": "f-2", "kind": "resumed", "engagement": "all", "on": "2022-04-01"},
]
AVENANT = {
    "id": "f-3",
    "kind": "amended",
    "title": "Avenant n° 1",
    "on": "2022-05-02",
    "changes": [{"change": "due", "target": "terme", "due": {"on": "2025-12-31"}}],
}
LISTS = ["deadlines", "timeline", "status", "overdue"]
SEEN_ON = "2026-02-02"


@pytest.fixture
def asked(repository, qp):
    def ask(journal, *arguments, on=SEEN_ON):
        folder = repository(CONVENTION, journal=journal)
        answer = qp(*arguments, "--data", str(folder), "--as-of", on, "--lang", "fr")
        assert answer.code in {0, 1}, answer.err
        return " ".join(answer.out.split())

    return ask


@pytest.mark.parametrize("command", LISTS)
@pytest.mark.parametrize(
    ("journal", "said"),
    [
        (PAUSED, "avant la reprise : 10/01/2025"),
        ([AVENANT], "avant l'avenant : 10/01/2025"),
        ([*PAUSED, AVENANT], "avant la reprise, puis l'avenant : 10/01/2025"),
    ],
    ids=["resumption", "avenant", "both"],
)
def test_lists_say_what_moved_a_date_and_from_which(asked, journal, said, command):
    assert said in asked(journal, command)


@pytest.mark.parametrize("command", ["deadlines", "timeline", "overdue"])
@pytest.mark.parametrize(
    ("journal", "meaning"),
    [
        (PAUSED, "† déplacée par la reprise"),
        ([AVENANT], "† modifiée par avenant"),
        ([*PAUSED, AVENANT], "† déplacée : ce qui l'a déplacée est dit à côté"),
    ],
    ids=["resumption", "avenant", "both"],
)
def test_the_mark_of_a_moved_date_has_one_meaning(asked, journal, meaning, command):
    said = asked(journal, command)
    assert re.findall(r"(?<![*\d])† ", said) == ["† "], said
    assert meaning in said
