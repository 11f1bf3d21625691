"""Events that follow from others, what falls on their day, and what is counted back from a series."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracking.building import at, states
from tests.tracking.journals import asked

# Three signatures: 10 March, 12 April, and one that is awaited until it is recorded, on 2 May 2022. The entry into
# force is the last of them, 2 May; the opening, one day after, 3 May; three years from 2 May, that day counted, end on
# 1 May 2025.
CONVENTION = """\
signature: entree
term: {due: {within: P3Y, from: entree, regime: duree}}
parties: [{id: ville, name: Ville}, {id: etat, name: État}]
events:
  - {id: signature-etat, title: Signature de l'État, date: 2022-03-10}
  - {id: signature-ville, title: Signature de la ville, date: 2022-04-12}
  - {id: signature-region, title: Signature de la région}
  - {id: entree, title: Entrée, clause: art. 8, when: {latest_of: [signature-etat, signature-ville, signature-region]}}
  - {id: premiere, title: Première, when: {earliest_of: [signature-region, signature-ville, 2022-12-31]}}
  - {id: ouverture, title: Ouverture, when: {within: P1D, from: entree}}
engagements:
  - {id: annonce, title: Annonce, debtors: [ville], kind: one-off, due: {on: ouverture}}
  - {id: suivi, title: Suivi, debtors: [ville], kind: continuing}
  - {id: avis, title: Avis, debtors: [etat], kind: on-request, trigger: ouverture, due: {within: P10D}}
  - {id: revue, title: Revue, debtors: [ville], kind: recurring,
     due: {at_least: P15D, before: {every: P3M, from: entree}}}
  - {id: debut, title: Début, debtors: [ville], kind: one-off, due: {within: P1M, from: premiere}}
"""
SIGNED = asked("2022-05-02", "signature-region")


def dues(situation, name):
    return {one.id: one.due for one in situation.obligations if one.engagement.id == name}


def deadline(situation, name):
    return next(one.deadline for one in situation.obligations if one.id == name)


def test_what_counts_from_a_computed_event_waits_for_what_it_follows_from():
    now = at("2022-05-01", CONVENTION, SIGNED)
    assert deadline(now, "annonce/ville")[:1] == (None,)
    assert deadline(now, "annonce/ville").waiting_for == ("signature-region",)
    assert now.term.waiting_for == ("signature-region",)
    assert states(now)["suivi/ville"] == "conditional"
    assert states(now)["avis/etat"] == "conditional"


def test_a_computed_event_has_its_day_once_all_it_follows_from_have_theirs():
    now = at("2022-05-03", CONVENTION, SIGNED)
    assert now.term.due == date(2025, 5, 1)
    assert dues(now, "annonce") == {"annonce/ville": date(2022, 5, 3)}
    assert states(now)["suivi/ville"] == "in-effect"
    assert dues(now, "avis") == {"avis/etat@2022-05-03": date(2022, 5, 13)}
    assert {each.name: each.day for each in now.computed_events}["entree"] == date(2022, 5, 2)


def test_a_computed_event_asks_for_nothing_before_its_day():
    assert dues(at("2022-05-02", CONVENTION, SIGNED), "avis") == {"avis/etat": None}


def test_the_first_of_several_is_known_and_says_what_could_still_come_before():
    found = deadline(at("2022-05-01", CONVENTION, SIGNED), "debut/ville")
    assert (found.due, found.waiting_for) == (date(2022, 5, 12), ("signature-region",))
    assert deadline(at("2022-05-02", CONVENTION, SIGNED), "debut/ville").waiting_for == ()


def test_the_working_of_an_event_is_part_of_the_working_of_what_counts_from_it():
    found = deadline(at("2022-05-03", CONVENTION, SIGNED), "annonce/ville")
    named = [step.result for step in found.steps if step.rule == "reference"]
    assert named == [date(2022, month, day) for month, day in ((3, 10), (4, 12), (5, 2), (5, 2), (5, 3))]
    assert [step.result for step in found.steps if step.result][-1] == found.due == date(2022, 5, 3)


def test_what_is_counted_back_from_a_series_is_known_by_that_day_and_begins_after_the_one_before():
    # Every three months from 2 May 2022: 2 August, 2 November…; fifteen clear days before: 17 July, 17 October.
    now = at("2022-05-03", CONVENTION, SIGNED)
    found = [one.deadline for one in now.obligations if one.engagement.id == "revue"]
    assert [(each.occurrence, each.begins) for each in found[:2]] == [
        (date(2022, 8, 2), None),
        (date(2022, 11, 2), date(2022, 8, 3)),
    ]


def test_an_event_that_was_recorded_all_the_same_keeps_the_day_that_follows():
    now = at("2022-06-01", CONVENTION, SIGNED + asked("2022-05-20", "ouverture"))
    assert dues(now, "avis") == {"avis/etat@2022-05-03": date(2022, 5, 13)}


def test_a_long_chain_of_events_is_no_deep_one():
    chain = "".join(f"  - {{id: e{n}, title: E, when: {{within: P1D, from: e{n - 1}}}}}\n" for n in range(1, 600))
    body = (
        "parties: [{id: ville, name: Ville}]\nevents:\n  - {id: e0, title: E, date: 2022-01-01}\n"
        f"{chain}engagements:\n  - {{id: plan, title: P, debtors: [ville], kind: one-off, due: {{on: e599}}}}\n"
    )
    assert dues(at("2022-01-01", body), "plan") == {"plan/ville": date(2022, 1, 1) + timedelta(days=599)}


ENDLESS = """\
parties: [{{id: ville, name: Ville}}]
term: {{due: {{on: fin}}}}
events: [{{id: depart, title: Départ, date: 2022-01-10}}, {{id: fin, title: Fin}}]
engagements:
  - {{id: revue, title: Revue, debtors: [ville], kind: recurring,
     due: {{{form}, before: {{every: P3M, from: depart}}}}}}
"""


@pytest.mark.parametrize("form", ["at_least: P15D", "at_the_latest: P1M", "at_least: P7M", "at_least: 5 jours ouvrés"])
@pytest.mark.parametrize("day", ["2022-01-10", "2022-06-29", "2023-01-09", "2023-01-10"])
def test_without_a_known_end_the_row_of_the_next_date_is_there_and_something_is_still_to_come(form, day):
    now = at(day, ENDLESS.format(form=form))
    found = sorted(dues(now, "revue").values())
    one_more = at("2024-12-31", ENDLESS.format(form=form))
    following = [each for each in sorted(dues(one_more, "revue").values()) if each > now.as_of]
    assert following[0] in found  # the next thing to do
    assert found[-1] > now.as_of


DAYS = st.dates(date(2022, 1, 1), date(2023, 12, 31))


@settings(max_examples=25, deadline=None)
@given(parts=st.lists(st.none() | DAYS, min_size=2, max_size=4), form=st.sampled_from(["latest_of", "earliest_of"]))
def test_a_computed_event_is_the_last_or_the_first_of_its_parts_and_waits_exactly_while_it_should(parts, form):
    events = "".join(f"  - {{id: p{n}, title: P{f', date: {day}' if day else ''}}}\n" for n, day in enumerate(parts))
    names = ", ".join(f"p{n}" for n in range(len(parts)))
    body = (
        "parties: [{id: ville, name: Ville}]\nevents:\n"
        f"{events}  - {{id: tout, title: T, when: {{{form}: [{names}]}}}}\n"
        "engagements: [{id: plan, title: P, debtors: [ville], kind: one-off, due: {on: tout}}]\n"
    )
    found = deadline(at("2022-06-01", body), "plan/ville")
    known = [day for day in parts if day]
    awaited = tuple(f"p{n}" for n, day in enumerate(parts) if not day)
    if form == "latest_of":
        assert found.due == (None if awaited else max(known))
    else:
        assert found.due == min(known, default=None)
    assert found.waiting_for == awaited


@settings(max_examples=25, deadline=None)
@given(
    months=st.integers(1, 6),
    back=st.sampled_from(["P15D", "P1M", "5 jours ouvrés", "P2W"]),
    form=st.sampled_from(["at_least", "at_the_latest"]),
    start=st.dates(date(2022, 1, 1), date(2022, 12, 31)),
)
def test_counting_back_from_a_series_is_counting_back_from_each_of_its_days(months, back, form, start):
    body = f"""\
parties: [{{id: ville, name: Ville}}]
term: {{due: {{on: 2024-06-30}}}}
engagements:
  - {{id: reunion, title: R, debtors: [ville], kind: recurring, due: {{every: P{months}M, from: {start}}}}}
  - {{id: dossier, title: D, debtors: [ville], kind: recurring,
     due: {{{form}: {back}, before: {{every: P{months}M, from: {start}}}}}}}
"""
    now = at("2022-01-01", body)
    days = sorted(dues(now, "reunion").values())
    alone = "parties: [{id: ville, name: Ville}]\nengagements:\n" + "".join(
        f"  - {{id: d{n}, title: D, debtors: [ville], kind: one-off, due: {{{form}: {back}, before: {day}}}}}\n"
        for n, day in enumerate(days)
    )
    assert sorted(dues(now, "dossier").values()) == sorted({one.due for one in at("2022-01-01", alone).obligations})
