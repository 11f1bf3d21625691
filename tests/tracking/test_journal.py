"""The journal: which facts count at a day, in what order, and what a cancellation undoes."""

from __future__ import annotations

from itertools import permutations

import pytest

from qp_cli.tracking.journal import cancellations, facts_in_force
from qp_cli.tracking.situation import assess
from tests.tracking.building import at, convention, day, facts, states

BODY = """\
parties:
  - {id: ville, name: Ville}
events:
  - {id: accord, title: Accord}
  - {id: demande, title: Demande, repeats: true}
term: {due: {within: P6M, from: accord}}
engagements:
  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {on: 2022-06-30}}
  - {id: avis, title: Avis, debtors: [ville], kind: on-request, trigger: demande, due: {within: P1M}}
"""
DONE = "  - {id: f1, kind: fulfilled, engagement: plan, on: 2022-03-01}\n"


def voided(name, fact, on):
    return f"  - {{id: {name}, kind: voided, fact: {fact}, on: {on}}}\n"


def test_a_fact_counts_from_its_own_day_not_the_one_it_was_written_on():
    late = DONE.replace("2022-03-01}", "2022-03-01, recorded: 2022-09-01}")
    assert states(at("2022-02-28", BODY, late))["plan/ville"] == "upcoming"
    assert states(at("2022-03-01", BODY, late))["plan/ville"] == "fulfilled"


EVERY_DAY = ("2022-02-28", "2022-03-01", "2022-03-31", "2022-04-01", "2022-06-15")


@pytest.mark.parametrize("as_of", EVERY_DAY)
@pytest.mark.parametrize("on", ["2022-01-01", "2022-03-01", "2022-04-01"])
def test_a_cancelled_fact_never_held_at_any_day_looked_at(as_of, on):
    journal = DONE + voided("v1", "f1", on)
    assert states(at(as_of, BODY, journal)) == states(at(as_of, BODY))


@pytest.mark.parametrize("as_of", EVERY_DAY)
@pytest.mark.parametrize("on", ["2022-01-01", "2022-05-01"])
def test_a_cancellation_that_is_cancelled_has_no_effect_even_by_one_dated_earlier(as_of, on):
    journal = DONE + voided("v1", "f1", "2022-04-01") + voided("v2", "v1", on)
    assert states(at(as_of, BODY, journal)) == states(at(as_of, BODY, DONE))
    again = journal + voided("v3", "v2", "2022-06-01")
    assert states(at(as_of, BODY, again)) == states(at(as_of, BODY))


def test_an_event_whose_fact_is_cancelled_waits():
    journal = "  - {id: f1, kind: occurred, event: accord, on: 2022-01-15}\n"
    assert at("2022-03-31", BODY, journal).term.due == day("2022-07-15")
    assert at("2022-03-31", BODY, journal + voided("v1", "f1", "2022-04-01")).term.waiting_for == ("accord",)


def test_a_request_that_is_cancelled_leaves_its_row():
    journal = "  - {id: f1, kind: occurred, event: demande, on: 2022-01-15}\n"
    assert "avis/ville@2022-01-15" in states(at("2022-03-31", BODY, journal))
    assert "avis/ville" in states(at("2022-03-31", BODY, journal + voided("v1", "f1", "2022-04-01")))


def test_the_fact_that_cancels_is_named_and_is_one_that_is_not_cancelled_itself():
    journal = (
        DONE + voided("v1", "f1", "2022-04-01") + voided("v2", "v1", "2022-04-02") + voided("v3", "f1", "2022-05-01")
    )
    assert {name: fact.id for name, fact in cancellations(facts(journal)).items()} == {"f1": "v3", "v1": "v2"}


def test_an_event_that_happened_keeps_its_first_day():
    journal = "".join(
        f"  - {{id: f{number}, kind: occurred, event: accord, on: {on}}}\n"
        for number, on in enumerate(("2022-02-15", "2022-01-15"))
    )
    assert at("2022-03-01", BODY, journal).term.due == day("2022-07-15")


def test_facts_in_any_order_give_the_same_states():
    recorded = facts(
        DONE
        + "  - {id: f2, kind: occurred, event: demande, on: 2022-01-15}\n"
        + "  - {id: f3, kind: triggered, engagement: avis, on: 2022-01-15}\n"
        + "  - {id: f4, kind: fulfilled, engagement: avis, on: 2022-02-01}\n"
        + voided("v1", "f1", "2022-03-02")
    )
    agreed = convention(BODY)
    found = {
        tuple(states(assess(agreed, (), shuffled, day("2022-06-01"))).items())
        for shuffled in permutations(recorded)
        if [each.id for each in shuffled if each.id in {"f2", "f3"}] == ["f2", "f3"]  # of one day, the first is first
    }
    assert found == {
        (
            ("plan/ville", "due-soon"),
            ("avis/ville@2022-01-15", "fulfilled"),
            ("avis/ville@2022-01-15~f3", "overdue"),
        )
    }


def test_facts_of_one_day_are_taken_in_the_order_they_were_written_down():
    first = "  - {id: z, kind: suspended, engagement: plan, on: 2022-03-01, recorded: 2022-03-01}\n"
    second = "  - {id: a, kind: resumed, engagement: plan, on: 2022-03-01, recorded: 2022-03-02}\n"
    assert states(at("2022-03-01", BODY, second + first))["plan/ville"] == "upcoming"


@pytest.mark.parametrize(("as_of", "known"), [("2022-02-28", 0), ("2022-03-01", 1)])
def test_the_ledger_holds_nothing_after_its_day(as_of, known):
    assert len(facts_in_force(facts(DONE), day(as_of)).about.get("plan", [])) == known


@pytest.mark.parametrize("names", [("v1", "v2", "v3"), ("z1", "y2", "x3")])
def test_cancellations_of_one_day_do_not_depend_on_their_ids(names):
    first, second, third = names
    done = "  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-06-01}\n"
    chain = [
        f"  - {{id: {first}, kind: voided, fact: f-1, on: 2022-06-02}}\n",
        f"  - {{id: {second}, kind: voided, fact: {first}, on: 2022-06-02}}\n",
        f"  - {{id: {third}, kind: voided, fact: {second}, on: 2022-06-02}}\n",
    ]
    expected = [set(), {"f-1"}, {first}, {"f-1", second}]
    for length, gone in enumerate(expected):
        assert cancellations(facts(done + "".join(reversed(chain[:length])))).keys() == gone


def test_cancellations_in_a_circle_lose_no_fact():
    circle = (
        "  - {id: v1, kind: voided, fact: v2, on: 2022-06-02}\n  - {id: v2, kind: voided, fact: v1, on: 2022-06-02}\n"
    )
    assert cancellations(facts(circle)) == {}


def test_two_cancellations_of_one_fact_must_both_fall_before_it_stands_again():
    twice = (
        "  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-06-01}\n"
        "  - {id: v1, kind: voided, fact: f-1, on: 2022-06-02}\n"
        "  - {id: v2, kind: voided, fact: f-1, on: 2022-06-02}\n"
        "  - {id: v3, kind: voided, fact: v1, on: 2022-06-03}\n"
    )
    assert cancellations(facts(twice)).keys() == {"f-1", "v1"}
    assert cancellations(facts(twice + "  - {id: v4, kind: voided, fact: v2, on: 2022-06-03}\n")).keys() == {"v1", "v2"}
