"""The shipped convention at the days that matter to its reader."""

from __future__ import annotations

from collections import Counter

import pytest

from qp_cli.errors import UsageError
from qp_cli.tracking.filters import Choice, choose, find_party
from qp_cli.tracking.portfolio import party_tallies
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import StateColumn, apart, column, overdue_ones
from tests.tracking.building import SHIPPED, by_id, day, folder, folder_at, owed, states

PARTNERS = ("anct", "anru", "banque-des-territoires", "bpifrance")
CONTINUING = {
    "meilleurs-efforts/metropole",
    "meilleurs-efforts/etat",
    "etat-animation/etat",
    "etat-cofinancement/etat",
    "etat-experts/etat",
    "metropole-dynamiques/metropole",
    "metropole-moyens/metropole",
    "gouvernance/metropole",
    "coordonnateur-suivi/metropole",
    "chef-de-file-appui/anru",
    "chef-de-file-portage/anru",
    *(f"partenaires-capitalisation/{partner}" for partner in PARTNERS),
}
UNDATED_ONE_OFF = {"etat-referent/etat", "coordonnateur-designation/metropole"}
ON_REQUEST = {
    f"{engagement}/{partner}"
    for engagement in ("instruction-projets", "mobilisation-moyens")
    for partner in ("ministere-ville", *PARTNERS)
}
EVERYTHING = CONTINUING | UNDATED_ONE_OFF | ON_REQUEST | {"feuille-de-route/metropole"}


@pytest.fixture(scope="module")
def shipped():
    return folder(SHIPPED)


@pytest.fixture
def at(shipped):
    return lambda as_of: folder_at(shipped, as_of)


def in_state(situation, state):
    return {name for name, found in states(situation).items() if found == state}


# --- Days --------------------------------------------------------------------------------------------------


def test_there_is_one_obligation_per_engagement_and_debtor_and_no_other(at):
    assert set(states(at("2021-09-18"))) == EVERYTHING


def test_before_the_labellisation_nothing_runs_yet(at):
    situation = at("2021-03-17")
    assert in_state(situation, "in-effect") == set()
    assert in_state(situation, "upcoming") == EVERYTHING - ON_REQUEST


def test_from_the_labellisation_on_the_continuing_ones_run(at):
    assert in_state(at("2021-03-18"), "in-effect") == CONTINUING


def test_thirty_days_before_the_roadmap_is_due_soon_and_the_day_before_that_it_is_not(at):
    # 18 September less 30 days is 19 August.
    assert states(at("2021-08-18"))["feuille-de-route/metropole"] == "upcoming"
    assert states(at("2021-08-19"))["feuille-de-route/metropole"] == "due-soon"


def test_on_the_day_the_roadmap_is_due_nothing_is_overdue(at):
    situation = at("2021-09-18")
    assert in_state(situation, "overdue") == set()
    assert states(situation)["feuille-de-route/metropole"] == "due-soon"
    assert not situation.approved


def test_the_day_after_the_roadmap_is_one_day_late_and_nothing_else(at):
    situation = at("2021-09-19")
    assert in_state(situation, "overdue") == {"feuille-de-route/metropole"}
    roadmap = by_id(situation)["feuille-de-route/metropole"]
    assert roadmap.due == day("2021-09-18")
    assert roadmap.standing.days_late == 1
    assert roadmap.deadline.basis == "text"
    assert roadmap.deadline.computation.prudent == day("2021-09-17")
    assert roadmap.deadline.computation.carried_over == day("2021-09-20")


def test_the_convention_is_approved_from_10_march_2022_on(at):
    assert not at("2022-03-09").approved
    assert at("2022-03-10").approved


def test_on_the_last_day_of_the_term_the_continuing_ones_still_run(at):
    situation = at("2023-03-18")
    assert in_state(situation, "in-effect") == CONTINUING
    assert in_state(situation, "due-soon") == UNDATED_ONE_OFF


def test_the_term_is_18_march_2023_and_its_other_reading_the_eve(at):
    term = at("2022-06-01").term
    assert term.due == day("2023-03-18")
    assert term.origin == day("2021-03-18")
    assert [(each.regime.name, each.day) for each in term.readings] == [("duree", day("2023-03-17"))]


def test_the_day_after_the_term_the_continuing_ones_have_expired(at):
    situation = at("2023-03-19")
    assert in_state(situation, "expired") == CONTINUING
    assert in_state(situation, "in-effect") == set()


def test_the_day_after_the_term_what_has_no_date_of_its_own_is_late_by_the_term_and_counted_apart(at):
    situation = at("2023-03-19")
    found = by_id(situation)
    for name in UNDATED_ONE_OFF:
        assert found[name].state == State.OVERDUE
        assert found[name].due == day("2023-03-18")
        assert found[name].deadline.basis == "term"
        assert found[name].standing.days_late == 1
        assert column(found[name]) == "other"
    assert [one.id for one in overdue_ones(situation.obligations)] == ["feuille-de-route/metropole"]
    assert {one.id for one in apart(situation.obligations)} == UNDATED_ONE_OFF


def test_long_after_the_national_ones_still_wait_for_their_trigger(at):
    situation = at("2026-11-23")
    assert in_state(situation, "conditional") == ON_REQUEST
    found = by_id(situation)
    assert found["instruction-projets/anru"].deadline.waiting_for == ("proposition-soumise",)
    assert found["mobilisation-moyens/anru"].deadline.waiting_for == ("action-approuvee",)
    # 18 September 2021 to 2026: five years and a 29 February, 1826 days; then 12 + 31 + 23.
    assert found["feuille-de-route/metropole"].standing.days_late == 1892
    # 18 March 2023 to 2026: 1096 days; then 13 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 23.
    assert found["etat-referent/etat"].standing.days_late == 1346


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        # overdue, due soon, in effect, fulfilled, conditional, other
        ("2021-09-18", {"metropole": (0, 1, 5, 0, 0, 1), "etat": (0, 0, 4, 0, 2, 1), "anru": (0, 0, 3, 0, 2, 0)}),
        ("2021-09-19", {"metropole": (1, 0, 5, 0, 0, 1), "etat": (0, 0, 4, 0, 2, 1), "anct": (0, 0, 1, 0, 2, 0)}),
        ("2023-03-18", {"metropole": (1, 0, 5, 0, 0, 1), "etat": (0, 0, 4, 0, 2, 1), "bpifrance": (0, 0, 1, 0, 2, 0)}),
        ("2023-03-19", {"metropole": (1, 0, 0, 0, 0, 6), "etat": (0, 0, 0, 0, 2, 5), "anru": (0, 0, 0, 0, 2, 3)}),
        ("2026-11-23", {"metropole": (1, 0, 0, 0, 0, 6), "etat": (0, 0, 0, 0, 2, 5), "anru": (0, 0, 0, 0, 2, 3)}),
    ],
)
def test_the_counts_have_one_row_per_legal_person(at, as_of, expected):
    rows = party_tallies(at(as_of))
    assert {row.counts[StateColumn.OPTIONS] for row in rows} == {0}
    owed = [column for column in StateColumn if column is not StateColumn.OPTIONS]
    found = {row.group.key: tuple(row.counts[column] for column in owed) for row in rows}
    assert list(found) == ["metropole", "etat", "anct", "anru", "banque-des-territoires", "bpifrance"]
    assert {party: found[party] for party in expected} == expected


def test_an_organ_never_has_a_row_of_its_own(at):
    assert not {row.group.key for row in party_tallies(at("2022-01-01"))} & {
        "ministere-ville",
        "prefet",
        "coordonnateur",
    }


# --- Whose they are ----------------------------------------------------------------------------------------


@pytest.fixture
def today(at):
    return at("2022-06-01")


def test_the_state_owes_its_own_and_its_organs(today):
    assert set(owed(today, "etat")) == {
        "meilleurs-efforts/etat",
        "etat-animation/etat",
        "etat-referent/etat",
        "etat-cofinancement/etat",
        "etat-experts/etat",
        "instruction-projets/ministere-ville",
        "mobilisation-moyens/ministere-ville",
    }


def test_an_organ_owes_its_own_only(today):
    assert set(owed(today, "ministere-ville")) == {
        "instruction-projets/ministere-ville",
        "mobilisation-moyens/ministere-ville",
    }
    assert owed(today, "prefet") == []


def test_anru_owes_in_its_three_capacities(today):
    assert set(owed(today, "anru")) == {
        "partenaires-capitalisation/anru",
        "instruction-projets/anru",
        "mobilisation-moyens/anru",
        "chef-de-file-appui/anru",
        "chef-de-file-portage/anru",
    }


def test_the_chef_de_file_owes_in_that_capacity_alone(today):
    assert set(owed(today, "chef-de-file")) == {"chef-de-file-appui/anru", "chef-de-file-portage/anru"}


def test_the_partners_are_whoever_of_the_four_owes_something(today):
    expected = {name for name in EVERYTHING if name.rpartition("/")[2] in PARTNERS}
    assert set(owed(today, "partenaires")) == expected
    assert {one.debtor.parties[0] for one in choose(today, Choice(parties=("partenaires",)))} == set(PARTNERS)


def test_the_coordonnateur_is_shown_what_it_performs(today):
    assert owed(today, "coordonnateur") == ["coordonnateur-suivi/metropole"]


def test_the_metropole_owes_seven_obligations(today):
    assert set(owed(today, "metropole")) == {
        "feuille-de-route/metropole",
        "meilleurs-efforts/metropole",
        "metropole-dynamiques/metropole",
        "metropole-moyens/metropole",
        "coordonnateur-designation/metropole",
        "gouvernance/metropole",
        "coordonnateur-suivi/metropole",
    }


@pytest.mark.parametrize(
    ("typed", "party"),
    [
        ("État", "etat"),
        ("ETAT", "etat"),
        ("l’état", "etat"),
        ("Métropole AMP", "metropole"),
        ("intercommunalite beneficiaire", "metropole"),
        ("chef de file", "chef-de-file"),
        ("CHEF-DE-FILE", "chef-de-file"),
        ("caisse des depots", "banque-des-territoires"),
        ("Agence nationale pour la rénovation urbaine", "anru"),
        ("signataires", "parties"),
        ("la métropole", "metropole"),
        ("la Banque-des-Territoires", "banque-des-territoires"),
    ],
)
def test_a_party_is_found_by_any_of_its_names_without_case_or_accents(today, typed, party):
    assert owed(today, typed) == owed(today, party) != []


def test_an_unknown_party_is_refused_with_the_nearest_name(today):
    with pytest.raises(UsageError, match=r"“metropol”.*metropole") as caught:
        owed(today, "metropol")
    assert caught.value.exit_code == 2


def test_several_parties_are_alternatives(today):
    assert set(owed(today, "chef-de-file", "coordonnateur")) == {
        "chef-de-file-appui/anru",
        "chef-de-file-portage/anru",
        "coordonnateur-suivi/metropole",
    }


def test_everything_matches_every_site_as_no_engagement_names_one(today):
    assert set(owed(today, sites=("Marseille Nord",))) == EVERYTHING


def test_a_name_that_the_file_does_not_say_gets_the_nearest_that_it_does(today):
    for said in ("la préfecture", "le Préfet des Bouches‑du‑Rhône"):
        assert find_party(today, said) == "prefet"
    with pytest.raises(UsageError, match=r"Nearest: prefet \(Préfet des Bouches-du-Rhône\)\."):
        find_party(today, "préfecture des Bouches-du-Rhône")


def test_a_site_is_found_by_its_alias_and_an_unknown_one_is_refused(today):
    assert set(owed(today, sites=("le charel",))) == EVERYTHING
    with pytest.raises(UsageError, match="marseille-nord"):
        owed(today, sites=("Marseille Nrd",))


def test_states_and_a_last_day_narrow_the_choice(today):
    late = choose(today, Choice(states=frozenset({State.OVERDUE})))
    assert [one.id for one in late] == ["feuille-de-route/metropole"]
    soon = choose(today, Choice(until=day("2021-09-18")))
    assert [one.id for one in soon] == ["feuille-de-route/metropole"]
    assert choose(today, Choice(until=day("2021-09-17"))) == []


def test_each_state_of_the_shipped_convention_is_one_it_can_be_in(at):
    for as_of in ("2021-01-01", "2021-09-18", "2022-03-10", "2023-03-18", "2023-03-19", "2026-11-23"):
        count = Counter(states(at(as_of)).values())
        assert sum(count.values()) == len(EVERYTHING)
        assert not set(count) & {"fulfilled", "fulfilled-late", "breached", "suspended", "discharged"}
