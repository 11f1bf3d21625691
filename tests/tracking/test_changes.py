"""Changes: what differs between two situations, and which facts did it."""

from __future__ import annotations

from qp_cli.tracking.diff import changes
from tests.tracking.building import at

BODY = (
    "term: {due: {on: 2023-12-31}}\n"
    "parties:\n  - {id: ville, name: Ville}\n"
    "engagements:\n"
    "  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {on: 2022-06-30}}\n"
    "  - {id: veille, title: Veille, debtors: [ville], kind: continuing}\n"
)
DONE = "  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-07-12}\n"
ADDED = (
    "  - {id: f-2, kind: amended, title: Avenant, on: 2022-05-01, changes: [{change: add, engagement:\n"
    "      {id: bilan, title: Bilan, debtors: [ville], kind: one-off, due: {on: 2022-09-30}}}]}\n"
)


def test_the_same_situation_differs_in_nothing():
    assert changes(at("2022-07-20", BODY), at("2022-07-20", BODY)) == []


def test_a_fulfilment_changes_one_state_and_is_named():
    (found,) = changes(at("2022-07-20", BODY), at("2022-07-20", BODY, DONE))
    assert (found.id, [state.value for state in found.states]) == ("plan/ville", ["overdue", "fulfilled-late"])
    assert found.facts == ("f-1",)
    assert found.moved


def test_time_alone_changes_states_without_any_fact():
    (found,) = changes(at("2022-06-30", BODY), at("2022-07-01", BODY))
    assert ([state.value for state in found.states], found.facts) == (["due-soon", "overdue"], ())


def test_what_appears_or_disappears_has_no_other_side():
    (found,) = changes(at("2022-06-01", BODY), at("2022-06-01", BODY, ADDED))
    assert (found.id, found.before, found.dues[1].isoformat()) == ("bilan/ville", None, "2022-09-30")
    (back,) = changes(at("2022-06-01", BODY, ADDED), at("2022-06-01", BODY))
    assert (back.id, back.after, back.facts) == ("bilan/ville", None, ("f-2",))
