"""A working goes down to its origin: no step starts from a day that a rule made without the steps that made it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from qp_cli.law.zones import Zone
from qp_cli.tracking.compared_dates import compared_dates, prudent_day
from qp_cli.tracking.reminders import reminders
from qp_cli.tracking.situation import assess
from tests.tracking.building import at
from tests.tracking.journals import avenant
from tests.tracking.test_avenant_properties import lives
from tests.tracking.test_properties import DAYS

# Two years as a quantième from 18 March 2021: Saturday 18 March 2023.
BODY = """\
term: {due: {within: P24M, from: depart}, clause: art. 9%s}
parties: [{id: ville, name: Ville}]
events:
  - {id: depart, title: Départ, date: 2021-03-18}
  - {id: fin, title: Fin, when: {within: P1M, from: terme}}
engagements:
  - {id: referent, title: R, debtors: [ville], kind: one-off}
  - {id: veille, title: V, debtors: [ville], kind: continuing}
  - {id: choix, title: C, debtors: [ville], kind: option}
  - {id: avant, title: A, debtors: [ville], kind: one-off, due: {at_the_latest: P2M, before: terme}}
  - {id: apres, title: P, debtors: [ville], kind: one-off, due: {within: P1M, from: terme}}
  - {id: jour, title: J, debtors: [ville], kind: one-off, due: {on: terme}}
  - {id: suite, title: S, debtors: [ville], kind: one-off, due: {within: P1M, from: fin}}
"""
PLAIN = BODY % ""
RENEWED = BODY % ", renewal: {every: P1Y, notice: P6M}"


def rules(deadline):
    return [(step.rule, step.result) for step in deadline.steps]


def is_whole(deadline):
    """Whether each step that names the term, or rests on it, comes after one that reaches its day."""
    reached = set()
    for step in deadline.steps:
        names_term = step.rule == "reference" and "terme" in str(step.text)
        if (names_term or step.rule == "term") and step.result not in reached:
            return False
        reached.add(step.result)
    return True


@pytest.mark.parametrize("name", ["referent", "veille", "choix", "avant", "apres", "jour", "suite"])
def test_what_rests_on_the_term_has_the_working_of_the_term_first(name):
    situation = at("2022-01-01", PLAIN)
    (found,) = (one.deadline for one in situation.obligations if one.engagement.id == name)
    assert rules(found)[:3] == rules(situation.term)
    assert rules(situation.term) == [
        ("reference", date(2021, 3, 18)),
        ("origin", date(2021, 3, 18)),
        ("period", date(2023, 3, 18)),
    ]
    assert found.steps[-1].result == found.due


def test_the_last_day_to_denounce_has_the_working_of_its_expiry_first():
    situation = at("2023-06-01", RENEWED)
    past, coming = (one for one in situation.obligations if one.engagement.id == "denonciation")
    for one, expiry in ((past, date(2023, 3, 18)), (coming, date(2024, 3, 18))):
        assert rules(one.deadline)[0] == ("reference", date(2021, 3, 18))
        named = next(place for place, step in enumerate(one.deadline.steps) if "terme" in str(step.text))
        assert one.deadline.steps[named].result == one.deadline.steps[named - 1].result == expiry


def test_a_longer_period_is_said_where_it_is_counted():
    """Not in the working of the term, which it is counted from."""
    situation = at("2022-06-01", PLAIN, avenant("2022-05-01", "change: extend, target: apres, by: P1M"))
    (found,) = (one.deadline for one in situation.obligations if one.engagement.id == "apres")
    kinds = [rule for rule, _ in rules(found)]
    assert kinds == ["reference", "origin", "period", "reference", "extension", "origin", "period", *kinds[7:]]
    assert found.due == date(2023, 5, 18)  # Ascension Day: said in the steps that are left


def test_what_runs_to_the_end_that_a_termination_gives_says_how_that_is_reached():
    ended = "  - {id: t, kind: terminated, on: 2022-03-31, notice: P2M}\n"
    situation = at("2022-07-01", PLAIN, ended)
    (found,) = (one.deadline for one in situation.obligations if one.engagement.id == "veille")
    assert rules(found)[0] == ("termination", date(2022, 3, 31))
    assert found.due == date(2022, 5, 31)


@settings(max_examples=100, deadline=None)
@given(lives(), DAYS)
def test_every_working_is_whole(life, as_of):
    agreed, recorded, more = life
    situation = assess(agreed, (), (*recorded, more), as_of)
    for one in situation.obligations:
        assert is_whole(one.deadline), one.deadline.steps


def test_the_term_has_a_prudent_day_and_is_never_carried_over():
    situation = at("2022-01-01", PLAIN)
    found = compared_dates(situation.term, Zone.METROPOLE)
    assert (found.strict, found.prudent, found.carried_over) == (date(2023, 3, 18), date(2023, 3, 17), None)
    running = next(one.deadline for one in situation.obligations if one.engagement.id == "veille")
    assert prudent_day(running, Zone.METROPOLE) == date(2023, 3, 18), "it is owed on its last day too"


def test_the_rungs_of_the_term_count_from_the_friday_as_those_of_any_other_date_do():
    """15 February is 30 days before Friday 17 March; 16 February, 30 days before the Saturday itself, is none."""
    found = {each.key: each.prudent for each in reminders(at("2023-02-15", PLAIN))}
    assert {"terme", "referent/ville", "jour/ville"} <= set(found)
    assert set(found.values()) == {date(2023, 3, 17)}
    assert "terme" not in {each.key for each in reminders(at("2023-02-16", PLAIN))}
