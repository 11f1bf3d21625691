"""Silences: no term, no date of approval, an event that the convention dates, a fact that names no occurrence."""

from __future__ import annotations

from tests.tracking.building import at, by_id, states

PARTIES = "parties:\n  - {id: ville, name: Ville}\n"
ENDLESS = PARTIES + (
    "engagements:\n"
    "  - {id: veille, title: Veille, debtors: [ville], kind: continuing}\n"
    "  - {id: bilan, title: Bilan, debtors: [ville], kind: one-off}\n"
)
DATED = PARTIES + (
    "term: {due: {on: 2023-12-31}}\n"
    "events:\n  - {id: mise-en-service, title: Mise en service, date: 2022-05-02}\n"
    "engagements:\n"
    "  - {id: reception, title: Réception, debtors: [ville], kind: on-request, trigger: mise-en-service,\n"
    "     due: {within: P10D}}\n"
)


def test_without_a_term_what_continues_is_in_effect_and_a_one_off_is_open():
    assert states(at("2030-01-01", ENDLESS)) == {"veille/ville": "in-effect", "bilan/ville": "open"}


def test_an_event_that_the_convention_dates_starts_what_it_triggers_from_its_day_on():
    assert states(at("2022-05-01", DATED)) == {"reception/ville": "conditional"}
    found = by_id(at("2022-05-02", DATED))["reception/ville@2022-05-02"]
    assert (found.state.value, found.due.isoformat(), found.facts) == ("due-soon", "2022-05-12", ())


def test_an_awaited_approval_has_not_happened():
    body = "approval: accord\nevents:\n  - {id: accord, title: Accord}\n" + PARTIES
    assert not at("2030-01-01", body).approved
    occurred = "  - {id: f-1, kind: occurred, event: accord, on: 2029-05-01}\n"
    assert at("2030-01-01", body, occurred).approved
    assert not at("2029-04-30", body, occurred).approved


def test_a_breach_that_names_no_occurrence_is_of_all_that_stand():
    body = PARTIES + (
        "term: {due: {on: 2023-12-31}}\n"
        "engagements:\n"
        "  - {id: point, title: Point, debtors: [ville], kind: recurring,\n"
        "     due: {every: P1M, from: 2022-01-10, until: 2022-04-10}}\n"
    )
    facts = (
        "  - {id: f-1, kind: fulfilled, engagement: point, on: 2022-02-01}\n"
        "  - {id: f-2, kind: breached, engagement: point, on: 2022-05-01}\n"
    )
    assert states(at("2022-06-01", body, facts)) == {
        "point/ville@2022-02-10": "fulfilled",
        "point/ville@2022-03-10": "breached",
        "point/ville@2022-04-10": "breached",
    }
