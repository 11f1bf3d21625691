"""Requests of one day: the first that was written down has the day alone, and nothing that comes later takes it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.tracking.situation import assess
from tests.tracking.building import convention, day, facts, states

AGREED = convention(
    """\
    parties: [{id: ville, name: Ville}]
    events: [{id: demande, title: Demande, repeats: true}, {id: datee, title: D, repeats: true, date: 2022-02-01}]
    engagements:
      - id: avis
        title: Avis
        debtors: [ville]
        kind: on-request
        trigger: demande
        due: {within: P1M}
      - id: bilan
        title: Bilan
        debtors: [ville]
        kind: on-request
        trigger: datee
        due: {within: P1M}
    """
)
ASKED = ("kind: triggered, engagement: avis", "kind: occurred, event: demande", "kind: occurred, event: datee")
IDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=3, max_size=6).map("f-{}".format)


def written(lines):
    return facts("".join(f"  - {{{line}}}\n" for line in lines))


def named(recorded):
    """The id of the obligation that each request gave rise to, by the request."""
    found = assess(AGREED, (), recorded, day("2022-02-10")).obligations
    ids = [one.id for one in found]
    assert len(set(ids)) == len(ids)
    asked = {fact.id for fact in recorded if fact.kind in {"triggered", "occurred"}}
    return {name: one.id for one in found for name in one.facts if name in asked}


@st.composite
def recorded(draw):
    """A journal that grows: requests of few days under random ids, written down on any day; some are cancelled."""
    lines, names, asked, undone = [], draw(st.lists(IDS, min_size=2, max_size=7, unique=True)), [], []
    for name in names:
        about = draw(st.sampled_from((*asked, *undone, None, None, None))) if asked else None
        if about:
            undone.append(name)
            lines.append(f"id: {name}, kind: voided, fact: {about}, on: 2022-02-0{draw(st.sampled_from('19'))}")
            continue
        asked.append(name)
        noted = draw(st.sampled_from(("", ", recorded: 2022-02-08", ", recorded: 2022-02-09")))
        on = draw(st.sampled_from(("2022-02-01", "2022-02-01", "2022-02-02")))
        lines.append(f"id: {name}, {draw(st.sampled_from(ASKED))}, on: {on}{noted}")
    return lines


@settings(max_examples=300, deadline=None)
@given(recorded())
def test_a_fact_more_never_changes_the_id_of_an_obligation_that_was_there(lines):
    before = {}
    for length in range(1, len(lines) + 1):
        after = named(written(lines[:length]))
        assert {name: after[name] for name in before if name in after} == {
            name: known for name, known in before.items() if name in after
        }
        before = after


@pytest.mark.parametrize("names", [("f-a", "f-b"), ("f-b", "f-a")])
@pytest.mark.parametrize("about", ASKED[:2])
def test_performance_of_the_first_request_of_a_day_stays_with_it(names, about):
    first, second = names
    lines = [
        f"id: {first}, {about}, on: 2022-02-01, recorded: 2022-02-09",
        "id: done, kind: fulfilled, engagement: avis, occurrence: 2022-02-01, on: 2022-02-02",
        f"id: {second}, {about}, on: 2022-02-01, recorded: 2022-02-08",
    ]
    found = states(assess(AGREED, (), written(lines), day("2022-02-10")))
    assert found["avis/ville@2022-02-01"] == "fulfilled"
    assert named(written(lines))[first] == "avis/ville@2022-02-01"
    assert found[f"avis/ville@2022-02-01~{second}"] == "due-soon"


def test_what_is_recorded_again_after_its_cancellation_has_the_day_alone():
    asked = "kind: triggered, engagement: avis, on: 2022-02-01"
    lines = [f"id: a, {asked}", "id: v, kind: voided, fact: a, on: 2022-02-01", f"id: b, {asked}"]
    assert named(written(lines)) == {"b": "avis/ville@2022-02-01"}
    back = [*lines, "id: w, kind: voided, fact: v, on: 2022-02-01"]
    assert named(written(back)) == {"b": "avis/ville@2022-02-01", "a": "avis/ville@2022-02-01~a"}
