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


SUSPENDED = "Terme suspendu depuis le 1er mars 2022 : sa date d'alors, le 10 janvier 2025, ne court pas."


@pytest.mark.parametrize("on", ["2022-03-15", SEEN_ON])
@pytest.mark.parametrize("command", [("status",), ("show", "terme"), ("report",)])
def test_a_term_that_is_suspended_is_neither_running_nor_passed(asked, command, on):
    said = asked(PAUSED[:1], *command, on=on)
    assert SUSPENDED in said.replace("&#39;", "'")
    assert "Terme non échu" not in said
    assert "Terme échu" not in said


def test_the_timeline_and_json_say_since_when_the_term_is_suspended(repository, qp):
    folder = repository(CONVENTION, journal=PAUSED[:1])
    asked = ("--data", str(folder), "--as-of", SEEN_ON)
    assert "suspended since 1 March 2022" in " ".join(qp("timeline", *asked, "--lang", "en").out.split())
    status, term, timeline = (
        qp(*command, *asked, "--format", "json").json for command in (("status",), ("show", "terme"), ("timeline",))
    )
    assert status["conventions"][0]["term"]["suspended_since"] == "2022-03-01"
    assert term["suspended_since"] == timeline["term"]["suspended_since"] == "2022-03-01"


@pytest.mark.parametrize("due", [None, {"within": "P1M", "from": "terme"}], ids=["by the term", "after the term"])
@pytest.mark.parametrize("kind", ["one-off", "option"])
def test_what_rests_on_a_suspended_term_waits_for_it(repository, qp, due, kind):
    """The engagement alone was resumed: its date is still the term's, or counted from there."""
    own = {**CONVENTION["engagements"][0], "kind": kind, **({"due": due} if due else {})}
    resumed = {"id": "f-2", "kind": "resumed", "engagement": "bilan", "on": "2022-04-01"}
    folder = repository({**CONVENTION, "engagements": [own]}, journal=[PAUSED[0], resumed])
    seen = qp("deadlines", "--all", "--data", str(folder), "--as-of", SEEN_ON, "--format", "json").json
    assert [(each["state"], each["days_late"]) for each in seen["obligations"]] == [("suspended", None)]
