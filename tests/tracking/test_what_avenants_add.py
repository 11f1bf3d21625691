"""Avenants that add a party, a member, a holder, an event or a site: who owes what from then on, each day by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.model.base import replaced
from qp_cli.model.facts import Journal
from qp_cli.model.reading import read
from qp_cli.tracking.assessment import Assessment
from qp_cli.tracking.situation import assess
from tests.tracking.building import at, by_id, convention, day, facts
from tests.tracking.journals import about, asked, avenant
from tests.tracking.test_avenant_properties import NEWCOMER, avenants, living
from tests.tracking.test_lives import seen
from tests.tracking.test_properties import DAYS, journals

HEAD = """\
term: {due: {within: P48M, from: depart}}
events:
  - {id: depart, title: Départ, date: 2022-01-10}
  - {id: demande, title: Demande, repeats: true}
parties:
  - {id: etat, name: État, signatory: true}
  - {id: ville-a, name: Ville A, signatory: true}
groups:
  - {id: villes, name: Villes, members: [ville-a]}
roles:
  - {id: pilote, name: Pilote}
engagements:
"""
COMES = "change: add, party: {id: ville-b, name: Ville B, signatory: true}"
JOINS = (COMES, "change: add, member: ville-b, group: villes")
EFFECT = "2023-09-01"
JOINED = avenant(EFFECT, *JOINS)


def body(kind, due="", **more):
    keys = {"id": "plan", "title": "Plan", "debtors": "[villes]", "kind": kind, **more}
    if due:
        keys["due"] = due
    return HEAD + "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}\n"


YEARLY = body("recurring", "{every: P1Y, first: 2022-12-31, until: terme}")


def test_a_member_owes_with_its_group_what_falls_due_from_its_effect_on():
    found = seen("2024-02-01", YEARLY, JOINED)
    assert found == {
        "plan/ville-a@2022-12-31": ("overdue", "2022-12-31"),
        "plan/ville-a@2023-12-31": ("overdue", "2023-12-31"),
        "plan/ville-a@2024-12-31": ("upcoming", "2024-12-31"),
        "plan/ville-a@2025-12-31": ("upcoming", "2025-12-31"),
        "plan/ville-b@2023-12-31": ("overdue", "2023-12-31"),
        "plan/ville-b@2024-12-31": ("upcoming", "2024-12-31"),
        "plan/ville-b@2025-12-31": ("upcoming", "2025-12-31"),
    }
    assert not any("ville-b" in name for name in seen("2023-08-31", YEARLY, JOINED))


@pytest.mark.parametrize(
    ("due", "expected"),
    [("{on: 2023-08-31}", False), ("{on: 2023-09-01}", True), ("{within: P24M, from: depart}", True), ("", True)],
)
def test_of_what_is_owed_once_a_member_owes_what_falls_due_on_its_effect_or_after(due, expected):
    found = seen("2024-02-01", body("one-off", due), JOINED)
    assert ("plan/ville-b" in found) is expected


def test_a_party_that_joins_signs_from_that_day_and_is_known_from_then():
    before, after = at("2023-08-31", YEARLY, JOINED), at(EFFECT, YEARLY, JOINED)
    assert "ville-b" not in before.directory.parties
    assert after.directory.parties["ville-b"].signatory
    engagement = after.convention.engagements[0]
    assert after.directory.not_signing(engagement, ["ville-b"]) == ()
    assert by_id(after)["plan/ville-b@2023-12-31"].facts == (f"a-{EFFECT}",)


def test_who_is_who_is_one_thing_where_nobody_comes():
    made = Assessment(convention(YEARLY), facts(avenant(EFFECT, "change: extend, target: terme, by: P1M")), day(EFFECT))
    assert made.versions[0].directory is made.versions[1].directory


def test_a_group_that_owes_together_is_one_debtor_with_its_new_member():
    joint = YEARLY.replace("members: [ville-a]", "members: [ville-a, etat]").replace("kind:", "solidary: true, kind:")
    found = seen("2024-02-01", joint, JOINED)
    assert set(found) == {
        "plan/ville-a+etat@2022-12-31",
        "plan/ville-a+etat+ville-b@2023-12-31",
        "plan/ville-a+etat+ville-b@2024-12-31",
        "plan/ville-a+etat+ville-b@2025-12-31",
    }


def test_who_takes_up_a_role_that_nobody_held_owes_what_comes():
    vacant = YEARLY.replace("[villes]", "[pilote]")
    found = seen("2024-02-01", vacant, avenant(EFFECT, "change: add, holder: etat, role: pilote"))
    assert set(found) == {
        "plan/pilote@2022-12-31",
        "plan/etat@2023-12-31",
        "plan/etat@2024-12-31",
        "plan/etat@2025-12-31",
    }


def test_a_request_made_before_is_not_of_the_new_member_and_one_made_after_is():
    answer = body("on-request", "{within: P3M}", trigger="demande")
    journal = asked("2023-08-01") + JOINED + asked("2023-10-01")
    found = seen("2023-12-01", answer, journal)
    assert set(found) == {"plan/ville-a@2023-08-01", "plan/ville-a@2023-10-01", "plan/ville-b@2023-10-01"}
    later = journal + avenant("2023-10-15", "change: extend, target: terme, by: P12M")
    assert set(seen("2023-12-01", answer, later)) == set(found)
    dated = journal + avenant("2023-10-15", "change: due, target: plan, due: {within: P6M}")
    assert set(seen("2023-12-01", answer, dated)) == set(found)


def test_performance_that_names_nobody_serves_who_owed_on_its_day():
    fulfilled = about("fulfilled", "plan", "2023-06-01") + JOINED
    found = seen("2024-02-01", body("one-off", "{on: 2024-06-30}"), fulfilled)
    assert found == {"plan/ville-a": ("fulfilled", "2024-06-30"), "plan/ville-b": ("upcoming", "2024-06-30")}


def test_one_occurrence_that_was_moved_or_ended_for_all_is_so_for_the_new_member():
    moved = "change: due, target: plan, occurrence: 2023-12-31, due: {on: 2024-03-31}"
    ended = "change: end, target: plan, occurrence: 2024-12-31"
    found = seen("2024-02-01", YEARLY, avenant("2023-03-01", moved, ended) + JOINED)
    assert found["plan/ville-b@2023-12-31"] == ("upcoming", "2024-03-31")
    assert "plan/ville-b@2024-12-31" not in found


def test_a_site_is_one_more_place_where_engagements_are_owed():
    there = YEARLY.replace("kind:", "sites: [sud], kind:")
    site = "change: add, site: {id: nord, name: Nord, commune: X}, engagements: [plan]"
    found = at("2024-02-01", there, avenant(EFFECT, site))
    assert {one.id for one in found.obligations} == {
        "plan/ville-a/sud@2022-12-31",
        *(f"plan/ville-a/{place}@{year}-12-31" for place in ("sud", "nord") for year in (2023, 2024, 2025)),
    }
    assert [each.id for each in found.sites] == ["nord"]
    assert at("2023-08-31", there, avenant(EFFECT, site)).sites == ()


def test_an_event_is_what_dates_can_be_counted_from():
    event = "change: add, event: {id: livraison, title: Livraison}"
    due = "change: due, target: plan, due: {within: P3M, from: livraison}"
    once = body("one-off", "{on: 2024-06-30}")
    journal = avenant(EFFECT, event, due)
    assert seen("2023-10-01", once, journal) == {"plan/ville-a": ("conditional", "None")}
    delivered = journal + asked("2024-01-15", "livraison")
    assert seen("2024-02-01", once, delivered) == {"plan/ville-a": ("upcoming", "2024-04-15")}


FIRST_DAY = "1990-01-01"
"""Before whatever the generated conventions and journals name."""
JOINING = {"change": "add", "member": NEWCOMER, "group": "group"}


def amending(on, *changes):
    fact = {"id": "joins", "kind": "amended", "title": "Avenant", "on": day(str(on)), "changes": list(changes)}
    return read(Journal, {"format": "qp/1", "facts": [fact]}).facts


@st.composite
def grouped(draw):
    """A convention whose engagements are owed by a group, and what was recorded, avenants of its first one among it."""
    agreed = draw(living())
    engagements = tuple(replaced(each, debtors=("group",), solidary=False) for each in agreed.engagements)
    agreed = replaced(agreed, engagements=engagements)
    facts = tuple(fact for fact in draw(journals()) if fact.kind != "amended")
    if draw(st.booleans()):
        facts = (*facts, draw(avenants(agreed, partial=True)))
    return agreed, facts


def rows(agreed, facts, as_of):
    return {one.id: one for one in assess(agreed, (), facts, as_of).obligations}


SEVERAL = settings(max_examples=150, deadline=None)


@SEVERAL
@given(grouped(), DAYS, DAYS)
def test_a_new_member_changes_nothing_of_the_others_and_owes_nothing_that_fell_due_before(life, effect, as_of):
    agreed, facts = life
    facts = tuple(fact for fact in facts if fact.kind != "amended")
    before, after = rows(agreed, facts, as_of), rows(agreed, (*facts, *amending(effect, JOINING)), as_of)
    others = {name: one for name, one in after.items() if one.debtor.key != NEWCOMER}
    assert {name: (one.standing, one.facts) for name, one in others.items()} == {
        name: (one.standing, one.facts) for name, one in before.items()
    }
    for name in after.keys() - before.keys():
        assert after[name].due is None or after[name].due >= effect
    if as_of < effect:
        assert after.keys() == before.keys()


@SEVERAL
@given(grouped(), DAYS)
def test_a_member_that_joins_on_the_first_day_owes_what_it_would_have_owed_as_signed(life, as_of):
    agreed, facts = life
    groups = tuple(replaced(each, members=(*each.members, NEWCOMER)) for each in agreed.groups)
    expected = rows(replaced(agreed, groups=groups), facts, as_of)
    found = rows(agreed, (*facts, *amending(FIRST_DAY, JOINING)), as_of)
    assert {name: (one.state, one.due, one.previous_due) for name, one in found.items()} == {
        name: (one.state, one.due, one.previous_due) for name, one in expected.items()
    }


@SEVERAL
@given(grouped(), DAYS, DAYS)
def test_a_new_site_changes_nothing_at_the_others_and_nothing_that_fell_due_before_is_owed_there(life, effect, as_of):
    agreed, facts = life
    facts = tuple(fact for fact in facts if fact.kind != "amended")
    engagements = tuple(replaced(each, sites=("nord",)) for each in agreed.engagements)
    agreed = replaced(agreed, engagements=engagements)
    site = {"change": "add", "site": {"id": "neuf", "name": "Neuf", "commune": "C"}, "engagements": ["e0"]}
    before, after = rows(agreed, facts, as_of), rows(agreed, (*facts, *amending(effect, site)), as_of)
    assert {name: one.standing for name, one in after.items() if one.sites != ("neuf",)} == {
        name: one.standing for name, one in before.items()
    }
    for name in after.keys() - before.keys():
        assert after[name].due is None or after[name].due >= effect
