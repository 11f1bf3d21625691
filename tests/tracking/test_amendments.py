"""Avenants: what each change does, from the day it is signed and in effect."""

from __future__ import annotations

import pytest

from tests.tracking.building import at, by_id, convention, dues, facts, states

BODY = """\
term: {due: {within: P1M, from: depart}}
events:
  - {id: depart, title: Départ, date: 2022-01-31}
parties:
  - {id: ville, name: Ville}
  - {id: region, name: Région}
engagements:
  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {within: P1M, from: depart}}
  - {id: veille, title: Veille, debtors: [ville], kind: continuing}
"""


def avenant(*changes, on="2022-02-10", name="a1", **more):
    keys = {"id": name, "kind": "amended", "title": "Avenant", "on": on, **more}
    return (
        "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + f", changes: [{', '.join(changes)}]}}\n"
    )


EXTEND = "{change: extend, target: plan, by: P1M}"


def test_an_extension_is_counted_again_from_the_origin():
    # One month from 31 January ends on 28 February; two months end on 31 March, not on 28 March.
    assert dues(at("2022-02-09", BODY, avenant(EXTEND)))["plan/ville"] == "2022-02-28"
    assert dues(at("2022-02-10", BODY, avenant(EXTEND)))["plan/ville"] == "2022-03-31"


def test_two_extensions_are_counted_together_from_the_origin():
    journal = avenant(EXTEND) + avenant(EXTEND, on="2022-03-15", name="a2")
    assert dues(at("2022-03-15", BODY, journal))["plan/ville"] == "2022-04-30"
    found = by_id(at("2022-03-15", BODY, journal))["plan/ville"]
    assert (found.deadline.basis, found.facts) == ("amendment", ("a1", "a2"))


def test_an_extension_of_the_term_moves_what_runs_to_it_and_says_it_is_the_term():
    journal = avenant("{change: extend, target: terme, by: P1M}")
    situation = at("2022-02-10", BODY, journal)
    assert situation.term.due.isoformat() == "2022-03-31"
    assert situation.term.basis == "amendment"
    found = by_id(situation)["veille/ville"]
    assert (found.due.isoformat(), found.deadline.basis) == ("2022-03-31", "term")
    assert by_id(situation)["plan/ville"].deadline.basis == "text"


@pytest.mark.parametrize(
    ("signed", "effect", "first"),
    [
        ("2022-02-10", "2022-02-20", "2022-02-20"),
        ("2022-02-20", "2022-02-10", "2022-02-20"),  # retroactive: it cannot apply before it is signed
        ("2022-02-10", None, "2022-02-12"),
        (None, "2022-02-20", "2022-02-20"),
        (None, None, "2022-02-12"),
    ],
)
def test_an_avenant_applies_once_it_is_both_signed_and_in_effect(signed, effect, first):
    dates = {key: value for key, value in (("signed", signed), ("effect", effect)) if value}
    (fact,) = facts(avenant(EXTEND, on="2022-02-12", **dates))
    assert fact.applies_from.isoformat() == first
    journal = avenant(EXTEND, on="2022-02-12", **dates)
    assert dues(at(first, BODY, journal))["plan/ville"] == "2022-03-31"
    eve = first[:-2] + f"{int(first[-2:]) - 1:02}"
    assert dues(at(eve, BODY, journal))["plan/ville"] == "2022-02-28"


def test_a_new_due_date_replaces_the_old_one():
    found = by_id(at("2022-02-10", BODY, avenant("{change: due, target: plan, due: {on: 2022-09-30}}")))["plan/ville"]
    assert (found.due.isoformat(), found.deadline.basis, found.facts) == ("2022-09-30", "amendment", ("a1",))


def test_the_term_can_be_dated_anew():
    situation = at("2022-02-10", BODY, avenant("{change: due, target: terme, due: {on: 2025-12-31}}"))
    assert dues(situation)["veille/ville"] == "2025-12-31"


def test_other_debtors_owe_in_the_place_of_the_first():
    journal = avenant("{change: debtors, target: plan, debtors: [region]}")
    assert list(states(at("2022-02-09", BODY, journal))) == ["plan/ville", "veille/ville"]
    assert states(at("2022-02-10", BODY, journal)) == {
        "plan/region": "due-soon",
        "veille/ville": "in-effect",
        "plan/ville": "discharged",
    }


def test_an_engagement_is_added():
    added = (
        "{change: add, engagement: {id: carte, title: Carte, debtors: [region], kind: one-off, due: {on: 2022-05-31}}}"
    )
    assert "carte/region" not in states(at("2022-02-09", BODY, avenant(added)))
    found = by_id(at("2022-02-10", BODY, avenant(added)))["carte/region"]
    assert (found.state, found.due.isoformat(), found.facts) == ("upcoming", "2022-05-31", ("a1",))


def test_an_engagement_that_ends_is_discharged_and_stays_listed():
    for target in ("plan", "veille"):
        found = by_id(at("2022-02-10", BODY, avenant(f"{{change: end, target: {target}}}")))[f"{target}/ville"]
        assert (found.state, found.facts) == ("discharged", ("a1",))


def test_the_changes_of_an_avenant_apply_in_their_order():
    journal = avenant("{change: due, target: plan, due: {within: P2M, from: depart}}", EXTEND)
    assert dues(at("2022-02-10", BODY, journal))["plan/ville"] == "2022-04-30"
    journal = avenant(EXTEND, "{change: due, target: plan, due: {within: P2M, from: depart}}")
    assert dues(at("2022-02-10", BODY, journal))["plan/ville"] == "2022-03-31"


def test_avenants_apply_in_the_order_they_take_effect_whatever_the_file_says():
    redate = "{change: due, target: plan, due: {within: P2M, from: depart}}"
    late_first = avenant(EXTEND, on="2022-03-01", name="a2") + avenant(redate, on="2022-02-10", name="a1")
    assert dues(at("2022-03-01", BODY, late_first))["plan/ville"] == "2022-04-30"


def test_the_convention_as_signed_is_left_untouched():
    signed = convention(BODY)
    before = repr(signed)
    at("2022-03-01", BODY, avenant(EXTEND, "{change: end, target: veille}"))
    assert repr(signed) == before


def test_a_cancelled_avenant_no_longer_moves_anything():
    journal = avenant(EXTEND) + "  - {id: v1, kind: voided, fact: a1, on: 2022-02-20}\n"
    assert dues(at("2022-02-19", BODY, journal))["plan/ville"] == "2022-02-28"
    found = by_id(at("2022-02-20", BODY, journal))["plan/ville"]
    assert (found.due.isoformat(), found.deadline.basis, found.facts) == ("2022-02-28", "text", ())
