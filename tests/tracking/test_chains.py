"""Dates counted from one another, in long chains and in circles: each is worked out once, however deep."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.tracking.building import at, by_id, day

LONG = 1500
PEOPLE = """\
events: [{id: depart, title: Départ, date: 2020-01-01}]
parties: [{id: ville, name: Ville}]
engagements:
"""


def chain(length):
    return PEOPLE + "".join(
        f"  - {{id: e{n}, title: É{n}, debtors: [ville], kind: one-off, due: {{within: P1D, from: {before}}}}}\n"
        for n, before in ((n, f"e{n - 1}" if n else "depart") for n in range(length))
    )


def performed(length):
    return "".join(f"  - {{id: f{n}, kind: fulfilled, engagement: e{n}, on: 2020-01-02}}\n" for n in range(length))


@pytest.mark.parametrize("avenant", ["", "  - {id: a, kind: amended, title: A, on: 2020-01-05, changes: [%s]}\n"])
def test_a_long_chain_is_no_deep_one(avenant):
    change = f"{{change: extend, target: e{LONG - 1}, by: P1M}}"
    found = by_id(at("2020-02-01", chain(LONG), performed(LONG - 1) + (avenant % change if avenant else "")))
    assert found["e0/ville"].due == day("2020-01-02")
    last = found[f"e{LONG - 1}/ville"]
    assert last.due == day("2020-02-03" if avenant else "2020-01-03")  # a day, or a month and a day, from 2 January


def test_a_circle_waits_for_itself():
    body = chain(3).replace("from: depart", "from: e2")
    assert {one.due for one in by_id(at("2020-02-01", body)).values()} == {None}


DEEP = 8000
"""Far deeper than Python's stack."""


def test_a_deep_chain_of_events_gives_its_last_day_and_the_whole_working():
    events = "".join(
        f"  - {{id: ev{n}, title: Ev, when: {{within: P1D, from: {before}}}}}\n"
        for n, before in ((n, f"ev{n - 1}" if n else "depart") for n in range(DEEP))
    )
    body = PEOPLE.replace("events: [{id: depart, title: Départ, date: 2020-01-01}]\n", "")
    body = "events:\n  - {id: depart, title: Départ, date: 2020-01-01}\n" + events + body
    body += (
        f"  - {{id: plan, title: Plan, debtors: [ville], kind: one-off, due: {{within: P1D, from: ev{DEEP - 1}}}}}\n"
    )
    found = by_id(at("2020-02-01", body))["plan/ville"]
    assert found.due == day("2020-01-01") + timedelta(DEEP + 1)
    named = [step for step in found.deadline.steps if step.rule == "reference"]
    assert [step.result for step in named] == [day("2020-01-01") + timedelta(n) for n in range(DEEP + 1)]


def test_a_deep_chain_of_cancellations_leaves_every_other_fact():
    body = PEOPLE + "  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {on: 2020-01-31}}\n"
    told = "  - {id: f0, kind: fulfilled, engagement: plan, on: 2020-01-02}\n" + "".join(
        f"  - {{id: f{n}, kind: voided, fact: f{n - 1}, on: 2020-01-03}}\n" for n in range(1, DEEP + 1)
    )
    assert by_id(at("2020-01-10", body, told))["plan/ville"].state == "fulfilled"


def test_a_deep_chain_of_organs_acts_for_its_legal_person():
    organs = "".join(f"  - {{id: o{n}, name: O{n}, organ_of: {f'o{n - 1}' if n else 'ville'}}}\n" for n in range(DEEP))
    body = "parties:\n  - {id: ville, name: Ville}\n" + organs + "engagements:\n"
    body += "  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {on: 2020-01-31}}\n"
    told = f"  - {{id: f0, kind: fulfilled, engagement: plan, by: o{DEEP - 1}, on: 2020-01-02}}\n"
    assert by_id(at("2020-01-10", body, told))["plan/ville"].state == "fulfilled"
