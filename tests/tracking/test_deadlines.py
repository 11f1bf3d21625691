"""Deadlines: what each way of writing a due date gives, and that nothing undated is ever guessed."""

from __future__ import annotations

import pytest

from tests.tracking.building import at, by_id, dues, states

HEAD = """\
events:
  - {id: depart, title: Départ, date: 2022-01-31}
  - {id: accord, title: Accord}
  - {id: livraison, title: Livraison}
parties:
  - {id: ville, name: Ville}
  - {id: region, name: Région}
engagements:
"""
UNDATED = [
    "{within: P6M, from: accord}",
    "{within: 10 jours ouvrés, from: accord}",
    "{at_the_latest: P2M, before: accord}",
    "{at_least: P2M, before: accord}",
    "{within: P6M, from: {every: P1Y, from: accord, until: 2030-12-31}}",
    "{within: P6M, from: {every: P1Y, first: 2021-12-31, until: accord}}",
    "{every: P1M, from: accord, until: 2030-12-31}",
    "{every: P1M, from: 2021-12-31, until: accord}",
    "{rrule: FREQ=YEARLY, from: accord, until: 2030-12-31}",
    "{rrule: FREQ=YEARLY, from: 2021-12-31, until: accord}",
    "{earliest_of: [{within: P6M, from: accord}, {within: P1M, from: accord}]}",
    "{latest_of: [{within: P6M, from: accord}, {on: 2022-12-31}]}",
    "{earliest_of: [{latest_of: [{within: P6M, from: accord}, {on: 2022-12-31}]}, {at_least: P1M, before: accord}]}",
]


def body(due, kind="one-off", term=""):
    return f"{term}{HEAD}  - {{id: plan, title: Plan, debtors: [ville], kind: {kind}, due: {due}}}\n"


def only(due, as_of="2022-02-01", journal="", **more):
    (found,) = at(as_of, body(due, **more), journal).obligations
    return found


def series(due, as_of="2022-02-01", **more):
    return [one.due.isoformat() for one in at(as_of, body(due, "recurring", **more)).obligations]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("{on: 2022-06-30}", "2022-06-30"),
        ("{within: P1M, from: depart}", "2022-02-28"),  # February has no 31
        ("{within: P2M, from: depart}", "2022-03-31"),
        ("{within: P1M, from: 2022-05-15}", "2022-06-15"),
        ("{within: P1M, from: depart, regime: duree}", "2022-02-28"),  # 1 March stands for it, and its eve
        ("{within: P45D, from: depart}", "2022-03-17"),  # 28 days of February, then 17
        ("{at_the_latest: P2M, before: depart}", "2021-11-30"),  # November has no 31
        ("{at_least: P2M, before: depart}", "2021-11-29"),
        ("{at_the_latest: P2M, before: 2022-05-15}", "2022-03-15"),
        ("{at_least: P2M, before: 2022-05-15}", "2022-03-14"),
        ("{within: 5 jours ouvrés, from: depart}", "2022-02-07"),  # Monday 31; 1-4, Monday 7
        ("{within: 5 jours ouvrables, from: depart}", "2022-02-05"),  # 1-5, Saturday counted
        ("{earliest_of: [{within: P6M, from: depart}, {on: 2022-06-30}]}", "2022-06-30"),
        ("{latest_of: [{within: P6M, from: depart}, {on: 2022-06-30}]}", "2022-07-31"),
    ],
)
def test_a_due_date_gives_its_day(due, expected):
    found = only(due)
    assert found.due.isoformat() == expected
    assert (found.deadline.basis, found.deadline.waiting_for) == ("text", ())
    assert found.deadline.steps[-1].result == found.due


@pytest.mark.parametrize("due", UNDATED)
def test_a_reference_without_a_date_never_gives_one(due):
    kind = "recurring" if "every" in due or "rrule" in due else "one-off"
    found = only(due, kind=kind)
    assert (found.id, found.due, found.state) == ("plan/ville", None, "conditional")
    assert found.deadline.waiting_for == ("accord",)


@pytest.mark.parametrize("due", UNDATED)
def test_the_same_reference_once_dated_gives_one(due):
    kind = "recurring" if "every" in due or "rrule" in due else "one-off"
    journal = "  - {id: f1, kind: occurred, event: accord, on: 2022-06-15}\n"
    found = at("2022-06-15", body(due, kind), journal).obligations
    assert found
    assert all(one.due and not one.deadline.waiting_for for one in found)


def test_of_the_earliest_a_known_branch_bounds_it_and_the_other_is_still_named():
    due = "{earliest_of: [{within: P18M, from: accord}, {on: 2022-12-31}]}"
    found = only(due)
    assert (found.due.isoformat(), found.state, found.deadline.waiting_for) == ("2022-12-31", "upcoming", ("accord",))
    assert only(due, as_of="2023-01-01").state == "overdue"
    awaited = [step for step in found.deadline.steps if step.rule == "awaited"]
    assert len(awaited) == 1
    assert "accord" in str(awaited[0].text)


def test_of_the_earliest_a_branch_that_gets_its_date_can_only_bring_it_forward():
    due = "{earliest_of: [{within: P1M, from: accord}, {on: 2022-12-31}]}"
    soon = "  - {id: f1, kind: occurred, event: accord, on: 2022-03-10}\n"
    late = "  - {id: f1, kind: occurred, event: accord, on: 2022-12-10}\n"
    assert only(due, "2022-12-20", soon).due.isoformat() == "2022-04-10"
    assert only(due, "2022-12-20", late).due.isoformat() == "2022-12-31"
    assert only(due, "2022-12-20", soon).deadline.waiting_for == ()


def test_of_the_latest_every_undated_branch_is_waited_for():
    due = "{latest_of: [{within: P1M, from: accord}, {on: 2022-12-31}, {within: P1M, from: livraison}]}"
    assert only(due).deadline.waiting_for == ("accord", "livraison")
    one = "  - {id: f1, kind: occurred, event: accord, on: 2022-03-10}\n"
    assert only(due, "2022-04-01", one).deadline.waiting_for == ("livraison",)
    assert only(due, "2023-06-01", one).due is None


def test_an_event_that_will_happen_later_has_no_date_yet():
    due = "{within: P1M, from: accord}"
    journal = "  - {id: f1, kind: occurred, event: accord, on: 2022-03-10}\n"
    assert only(due, "2022-03-09", journal).due is None
    assert only(due, "2022-03-10", journal).due.isoformat() == "2022-04-10"


def test_every_so_long_is_counted_from_the_origin_each_time():
    assert series("{every: P1M, from: depart, until: 2022-05-31}") == [
        "2022-02-28",
        "2022-03-31",  # not 28 March
        "2022-04-30",
        "2022-05-31",  # `until` included
    ]


def test_the_last_occurrence_is_the_last_before_until():
    assert series("{every: P1M, from: depart, until: 2022-05-30}")[-1] == "2022-04-30"


def test_a_rule_gives_the_days_of_the_rfc():
    due = '{rrule: "FREQ=MONTHLY;BYDAY=-1FR", from: depart, until: 2022-04-30}'
    assert series(due) == ["2022-02-25", "2022-03-25", "2022-04-29"]


def test_within_of_each_year_end_starts_with_the_day_that_is_written_and_until_bounds_the_origins():
    due = "{within: P6M, from: {every: P1Y, first: 2021-12-31, until: 2023-12-31}}"
    assert series(due) == ["2022-06-30", "2023-06-30", "2024-06-30"]


def test_within_of_each_anniversary_starts_one_period_after_the_event():
    due = "{within: P1M, from: {every: P1Y, from: depart, until: 2024-01-31}}"
    assert series(due) == ["2023-02-28", "2024-02-29"]


def test_without_until_a_recurrence_ends_with_the_term():
    term = "term: {due: {within: P3M, from: depart}}\n"
    assert series("{every: P1M, from: depart}", term=term) == ["2022-02-28", "2022-03-31", "2022-04-30"]


def test_an_occurrence_is_told_apart_by_its_day():
    found = at("2022-02-01", body("{every: P1M, from: depart, until: 2022-03-31}", "recurring"))
    assert list(by_id(found)) == ["plan/ville@2022-02-28", "plan/ville@2022-03-31"]


TWO = (
    HEAD
    + """\
  - {id: plan, title: Plan, debtors: [ville, region], kind: one-off, due: {on: 2022-06-30}}
  - {id: suite, title: Suite, debtors: [ville], kind: one-off, due: {within: P1M, from: plan}}
"""
)


def test_from_an_engagement_means_the_day_its_last_debtor_fulfilled():
    first = "  - {id: f1, kind: fulfilled, engagement: plan, by: region, on: 2022-05-31}\n"
    both = first + "  - {id: f2, kind: fulfilled, engagement: plan, by: ville, on: 2022-03-01}\n"
    assert states(at("2022-06-01", TWO, first))["suite/ville"] == "conditional"
    assert dues(at("2022-06-01", TWO, both))["suite/ville"] == "2022-06-30"
    assert dues(at("2022-05-30", TWO, both))["suite/ville"] is None


def test_from_an_engagement_fulfilled_twice_means_the_first_time():
    twice = "".join(
        f"  - {{id: f{number}, kind: fulfilled, engagement: plan, on: {on}}}\n"
        for number, on in enumerate(("2022-03-15", "2022-05-15"))
    )
    assert dues(at("2022-06-01", TWO, twice))["suite/ville"] == "2022-04-15"


def test_from_a_solidary_engagement_any_of_them_is_enough():
    solidary = TWO.replace("kind: one-off, due: {on: 2022-06-30}", "solidary: true, kind: one-off")
    first = "  - {id: f1, kind: fulfilled, engagement: plan, by: region, on: 2022-05-15}\n"
    assert dues(at("2022-06-01", solidary, first))["suite/ville"] == "2022-06-15"


def test_other_readings_are_shown_beside_the_one_that_is_kept():
    found = only("{within: P24M, from: depart, readings: [duree, procedure-civile]}")
    # Wednesday 31 January 2024; its eve; and no carry-over of a Wednesday.
    assert found.due.isoformat() == "2024-01-31"
    assert [(each.regime.name, each.day.isoformat()) for each in found.deadline.readings] == [
        ("duree", "2024-01-30"),
        ("procedure-civile", "2024-01-31"),
    ]


def test_the_regime_of_the_convention_holds_where_a_due_date_names_none():
    # 15 May 2022 is a Sunday.
    due = "{within: P1M, from: 2022-04-15}"
    assert only(due).due.isoformat() == "2022-05-15"
    assert only(due, term="regime: procedure-civile\n").due.isoformat() == "2022-05-16"
    own = "{within: P1M, from: 2022-04-15, regime: quantieme}"
    assert only(own, term="regime: procedure-civile\n").due.isoformat() == "2022-05-15"


def test_the_zone_of_the_convention_says_which_days_are_holidays():
    # 26 December 2022, a Monday, is one in Alsace-Moselle alone.
    due = "{within: P1M, from: 2022-11-26, regime: procedure-civile}"
    assert only(due).due.isoformat() == "2022-12-26"
    assert only(due, term="zone: alsace-moselle\n").due.isoformat() == "2022-12-27"


def test_a_request_counts_from_its_own_day_unless_another_origin_is_named():
    asked = HEAD.replace("id: accord,", "id: demande, repeats: true,") + (
        "  - {id: avis, title: Avis, debtors: [ville], kind: on-request, trigger: demande, due: %s}\n"
    )
    journal = "  - {id: f1, kind: occurred, event: demande, on: 2022-03-31}\n"
    counted = {due: dues(at("2022-04-01", asked % due, journal)) for due in ("{within: P1M}", "{on: 2022-12-01}")}
    assert counted == {
        "{within: P1M}": {"avis/ville@2022-03-31": "2022-04-30"},
        "{on: 2022-12-01}": {"avis/ville@2022-03-31": "2022-12-01"},
    }
    first = "{earliest_of: [{within: P3M, from: demande}, {on: 2022-06-15}]}"
    assert dues(at("2022-04-01", asked % first, journal)) == {"avis/ville@2022-03-31": "2022-06-15"}


def test_a_term_that_waits_for_itself_gives_no_date_and_does_not_hang():
    term = "term: {due: {within: P1M, from: terme}}\n"
    assert only("{at_the_latest: P1M, before: terme}", term=term).due is None
