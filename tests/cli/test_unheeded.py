"""A fact that counts for nothing as it is written is never left aside in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

LOST = {"id": "f-1", "kind": "notified", "engagement": "bilan", "by": "etat", "on": "2026-10-05", "cure": "P1M"}
SAID = {
    "en": "journal.yaml: 1 fact counts for nothing, or for less than it says: qp check {place} tells which.\n",
    "fr": (
        "journal.yaml\u00a0: 1 fait ne compte pour rien, ou pour moins qu'il ne dit\u00a0: "
        "qp check {place} dit lequel.\n"
    ),
}


@pytest.fixture
def folder(repository, small):
    """A convention with a second party that owes nothing, and facts about it."""

    def make(*facts, **more):
        parties = [{"id": "ville", "name": "La Ville"}, {"id": "etat", "name": "L'État"}]
        return str(repository(small(parties=parties, **more), journal=list(facts)))

    return make


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "command", [("status",), ("deadlines",), ("show", "bilan"), ("report",), ("export", "ics"), ("timeline",)]
)
def test_every_reading_command_says_so_cold_and_warm(qp, folder, command, language):
    data = folder(LOST)
    answers = [
        qp(*command, "--data", data, "--lang", language, environ=environ) for environ in ({}, {"QP_NO_CACHE": "1"}, {})
    ]
    for answer in answers:
        assert answer.code == 0
        (said,) = [line for line in answer.err.splitlines(keepends=True) if not line.startswith("Cal")]  # a calendar's
        assert said.startswith("qp: ")
        assert said.endswith(SAID[language].format(place=Path(data, "data")))
    assert len({answer.out for answer in answers}) == 1


def test_facts_are_counted_once_each(qp, folder):
    twice = [{"id": f"f-{day}", "kind": "occurred", "event": "depart", "on": f"2026-09-0{day}"} for day in (3, 4)]
    data = folder(LOST, *twice, events=[{"id": "depart", "title": "Départ"}])
    assert "journal.yaml: 2 facts count for nothing" in qp("status", "--data", data, "--lang", "en").err


@pytest.mark.parametrize("fact", [{**LOST, "by": "ville"}, {**LOST, "kind": "fulfilled", "by": "ville", "cure": None}])
def test_what_counts_needs_no_word(qp, folder, fact):
    data = folder({name: value for name, value in fact.items() if value})
    assert qp("status", "--data", data).err == ""


def test_what_somebody_has_silenced_with_a_reason_is_not_said(qp, folder):
    data = folder(LOST)
    journal = Path(data) / "data" / "journal.yaml"
    text = journal.read_text("utf-8").replace("by: etat\n", "by: etat  # qp: ignore[QP402] Vu avec la préfecture.\n")
    journal.write_text(text, "utf-8")
    assert qp("check", "--data", data).code == 0
    assert qp("status", "--data", data).err == ""
