"""A suspension of all that runs, of several engagements, and of the term; each ends as it began."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracking.building import at, states
from tests.tracking.journals import about, avenant

# Three years from 10 January 2022, that day counted: 9 January 2025. Six months: 10 July 2022.
CONVENTION = """\
term: {due: {within: P3Y, from: depart, regime: duree}, clause: art. 9}
parties: [{id: ville, name: Ville}, {id: etat, name: État}]
events: [{id: depart, title: Départ, date: 2022-01-10}]
engagements:
  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {within: P6M, from: depart}}
  - {id: fixe, title: Fixe, debtors: [ville], kind: one-off, due: {on: 2022-06-30}}
  - {id: avant, title: Avant, debtors: [etat], kind: one-off, due: {at_the_latest: P2M, before: terme}}
  - {id: suivi, title: Suivi, debtors: [ville, etat], kind: continuing}
  - {id: revue, title: Revue, debtors: [etat], kind: recurring, due: {every: P6M, from: depart}}
  - {id: avis, title: Avis, debtors: [etat], kind: on-request, due: {within: P30D}}
"""
NAMES = ("plan", "fixe", "avant", "suivi", "revue", "avis")


def pausing(kind, on, target="all", **more):
    return about(kind, target, on, **more, id=f"f-{kind}-{on}-{target.strip('[]').replace(', ', '-')}")


def shown(situation):
    return {one.id: (one.state, one.due, one.standing.days_late) for one in situation.obligations}


def due(situation, name):
    return next(one.due for one in situation.obligations if one.id == name)


STOPPED = pausing("suspended", "2022-03-01")


def test_all_that_runs_stops_and_the_term_stays():
    now = at("2022-03-02", CONVENTION, STOPPED)
    assert set(states(now).values()) == {"suspended"}
    after = at("2022-04-01", CONVENTION, STOPPED + pausing("resumed", "2022-04-01"))
    assert due(after, "plan/ville") == date(2022, 8, 10)  # 31 days of March after 10 July
    assert due(after, "fixe/ville") == date(2022, 6, 30)
    assert due(after, "avant/etat") == date(2024, 11, 9)
    assert after.term.due == date(2025, 1, 9)


def test_the_term_moves_where_the_fact_says_so_and_what_is_counted_back_from_it_with_it():
    journal = pausing("suspended", "2022-03-01", term="true") + pausing("resumed", "2022-04-01")
    during, after = at("2022-03-15", CONVENTION, journal), at("2022-04-01", CONVENTION, journal)
    assert during.term.due == date(2025, 1, 9)
    assert (after.term.due, after.previous_term) == (date(2025, 2, 9), date(2025, 1, 9))
    assert after.term_moved_by == ("f-resumed-2022-04-01-all",)
    assert due(after, "avant/etat") == date(2024, 12, 9)
    assert due(after, "suivi/ville") == date(2025, 2, 9)


def test_what_fell_due_before_the_term_moved_stays_as_it_was():
    journal = about("fulfilled", "avant", "2024-11-20") + pausing("suspended", "2024-12-01", term="true")
    after = at("2025-02-01", CONVENTION, journal + pausing("resumed", "2025-01-31"))
    assert after.term.due == date(2025, 3, 11)  # 61 days after 9 January
    assert shown(after)["avant/etat"] == ("fulfilled-late", date(2024, 11, 9), 11)


def test_nothing_expires_while_the_term_is_stopped():
    stopped = pausing("suspended", "2024-12-01", term="true")
    assert states(at("2025-02-01", CONVENTION, stopped))["suivi/ville"] == "suspended"
    assert states(at("2025-02-01", CONVENTION, stopped.replace(", term: true", "")))["suivi/ville"] == "expired"


def test_an_avenant_that_dates_the_term_anew_is_the_new_base():
    journal = pausing("suspended", "2022-03-01", term="true") + pausing("resumed", "2022-04-01")
    anew = avenant("2022-05-01", "change: due, target: terme, due: {within: P4Y, from: depart, regime: duree}")
    longer = avenant("2022-05-01", "change: extend, target: terme, by: P1Y")
    assert at("2022-05-01", CONVENTION, journal + anew).term.due == date(2026, 1, 9)
    assert at("2022-05-01", CONVENTION, journal + longer).term.due == date(2026, 2, 9)


def test_a_resumption_of_one_ends_it_for_that_one_and_that_of_all_what_all_began():
    journal = STOPPED + pausing("resumed", "2022-03-11", "plan") + pausing("suspended", "2022-03-15", "suivi")
    now = at("2022-04-01", CONVENTION, journal + pausing("resumed", "2022-04-01"))
    assert due(now, "plan/ville") == date(2022, 7, 20)  # 10 days
    assert states(now)["suivi/ville"] == "suspended"  # its own suspension goes on
    assert states(now)["revue/etat@2022-07-10"] == "upcoming"


def test_what_is_asked_or_added_during_a_suspension_is_not_suspended_by_it():
    asked = "  - {id: f-q, kind: triggered, engagement: avis, on: 2022-03-10}\n"
    added = avenant(
        "2022-03-10",
        "change: add, engagement: {id: suite, title: S, debtors: [ville], kind: one-off, due: {on: 2022-09-01}}",
    )
    now = states(at("2022-03-12", CONVENTION, STOPPED + asked + added))
    assert (now["avis/etat@2022-03-10"], now["suite/ville"]) == ("due-soon", "upcoming")


DAYS = st.dates(date(2022, 2, 1), date(2023, 12, 31))


@settings(max_examples=25, deadline=None)
@given(days=st.lists(DAYS, min_size=2, max_size=4, unique=True), as_of=DAYS, listed=st.booleans())
def test_a_suspension_of_all_is_that_of_each_one(days, as_of, listed):
    kinds = [("suspended", "resumed")[number % 2] for number in range(len(days))]
    target = f"[{', '.join(NAMES)}]" if listed else "all"
    together = "".join(pausing(kind, day, target) for kind, day in zip(kinds, sorted(days), strict=True))
    apart = "".join(pausing(kind, day, name) for kind, day in zip(kinds, sorted(days), strict=True) for name in NAMES)
    assert shown(at(str(as_of), CONVENTION, together)) == shown(at(str(as_of), CONVENTION, apart))


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(5)))
def test_the_order_of_facts_in_the_file_changes_nothing(order):
    lines = [
        pausing("suspended", "2022-03-01", term="true"),
        pausing("resumed", "2022-03-11", "plan"),
        pausing("suspended", "2022-03-15", "[suivi, revue]"),
        pausing("resumed", "2022-04-01"),
        about("fulfilled", "plan", "2022-03-20"),
    ]
    mixed = at("2022-06-01", CONVENTION, "".join(lines[place] for place in order))
    written = at("2022-06-01", CONVENTION, "".join(lines))
    assert (shown(mixed), mixed.term) == (shown(written), written.term)


@pytest.mark.parametrize("target", ["all", "[plan, suivi]"])
def test_a_suspension_of_a_party_alone_stops_what_it_owes(target):
    now = states(at("2022-03-02", CONVENTION, pausing("suspended", "2022-03-01", target, by="ville")))
    assert (now["plan/ville"], now["suivi/ville"], now["suivi/etat"]) == ("suspended", "suspended", "in-effect")
