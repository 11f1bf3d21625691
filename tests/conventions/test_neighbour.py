"""A neighbouring convention, written in YAML alone: every date below was counted by hand from its text."""

from __future__ import annotations

from datetime import date

import pytest

from qp_cli.tracking.portfolio import party_tallies
from qp_cli.tracking.summary import StateColumn, apart
from tests.tracking.building import NEIGHBOUR, by_id, day, dues, folder, folder_at, owed, states

QUARTERS = ("2021-11-30", "2022-02-28", "2022-05-31", "2022-08-31", "2022-11-30", "2023-02-28")
"""Each three months from 31 August 2021, up to the term and it included: a month without 31 gives its last day."""
MORE_QUARTERS = ("2023-05-31", "2023-08-31", "2023-11-30", "2024-02-29")
"""Those that the avenant adds, up to 29 February 2024."""
HOLDERS = ("commune", "communaute")


@pytest.fixture(scope="module")
def neighbour():
    return folder(NEIGHBOUR)


@pytest.fixture
def at(neighbour):
    return lambda as_of: folder_at(neighbour, as_of)


def table(situation):
    return {name: (states(situation)[name], due) for name, due in dues(situation).items()}


def one(situation, name):
    return by_id(situation)[name]


def line(situation, name):
    """State, due date, days late."""
    found = one(situation, name)
    return found.state.value, found.due.isoformat() if found.due else None, found.standing.days_late


# --- Before the signature has a date ------------------------------------------------------------------------

BEFORE = {
    **dict.fromkeys(
        [
            "animation/commune",
            "animation/communaute",
            "referent/etat",
            "diagnostic/commune",
            "diagnostic/communaute",
            "strategie/communaute",
            "bilan-travaux/commune",
            "travaux/commune",
            "signaletique/commune/halle",
            "signaletique/commune/gare",
            "demande-prolongation/commune",
            "preavis/commune",
            "comptes/association",
            "comite/commune",
            "comite/communaute",
            "revue/etat",
            "reponse/etat",
            "reponse/departement",
            "expertise/etat",
            "expertise/departement",
        ],
        ("conditional", None),
    ),
    "plan-guide/commune": ("upcoming", "2022-06-30"),  # the day it names bounds it
    "assurance/commune+communaute": ("upcoming", "2021-12-31"),
    "logo/association": ("upcoming", "2022-06-30"),
    # 17 February + 2 months = 17 April 2022, Easter Sunday; the 18th is Easter Monday: Tuesday 19 April.
    "avance/departement": ("upcoming", "2022-04-19"),
}


def test_while_the_signature_has_no_date_nothing_counted_from_it_has_one(at):
    assert table(at("2021-08-30")) == BEFORE


@pytest.mark.parametrize(
    ("name", "waiting"),
    [
        ("animation/commune", ("signature",)),  # through the term
        ("referent/etat", ("signature",)),
        ("diagnostic/commune", ("signature",)),
        ("strategie/communaute", ("diagnostic",)),
        ("plan-guide/commune", ("signature",)),  # dated, and still waiting: it can only come earlier
        ("bilan-travaux/commune", ("achevement",)),
        ("demande-prolongation/commune", ("signature",)),
        ("preavis/commune", ("signature",)),
        ("comptes/association", ("signature",)),  # its series starts on a day, and ends with the term
        ("comite/commune", ("signature",)),
        ("reponse/etat", ("projet-soumis",)),
        ("expertise/etat", ("trigger",)),
        ("logo/association", ()),
    ],
)
def test_what_waits_names_what_it_waits_for(at, name, waiting):
    assert one(at("2021-08-30"), name).deadline.waiting_for == waiting


def test_while_the_signature_has_no_date_there_is_no_term(at):
    term = at("2021-08-30").term
    assert (term.due, term.waiting_for) == (None, ("signature",))


# --- Once it is signed, 31 August 2021 ----------------------------------------------------------------------

JANUARY_2022 = {
    # 31 August 2021 + 18 months: February 2023 has no 31, so its last day.
    "animation/commune": ("in-effect", "2023-02-28"),
    "animation/communaute": ("in-effect", "2023-02-28"),
    "referent/etat": ("upcoming", "2023-02-28"),
    "diagnostic/commune": ("fulfilled", "2021-12-31"),
    "diagnostic/communaute": ("overdue", "2021-12-31"),
    "strategie/communaute": ("conditional", None),
    "plan-guide/commune": ("upcoming", "2022-05-31"),  # nine months, before 30 June
    "bilan-travaux/commune": ("conditional", None),
    "travaux/commune": ("upcoming", "2022-08-31"),
    "signaletique/commune/halle": ("upcoming", "2022-02-28"),
    "signaletique/commune/gare": ("upcoming", "2022-02-28"),
    "assurance/commune+communaute": ("fulfilled", "2021-12-31"),
    "logo/association": ("upcoming", "2022-06-30"),
    "avance/departement": ("upcoming", "2022-04-19"),
    "demande-prolongation/commune": ("upcoming", "2022-12-28"),  # the same day number
    "preavis/commune": ("upcoming", "2022-12-27"),  # two clear months
    "comptes/association@2021-12-31": ("upcoming", "2022-06-30"),  # June has no 31
    "comptes/association@2022-12-31": ("upcoming", "2023-06-30"),
    "revue/etat@2022-01-11": ("fulfilled", "2022-01-11"),  # Tuesdays 4 and 11
    "revue/etat@2023-01-10": ("upcoming", "2023-01-10"),  # Tuesdays 3 and 10
    "reponse/etat": ("conditional", None),
    "reponse/departement": ("conditional", None),
    "expertise/etat": ("conditional", None),
    "expertise/departement": ("conditional", None),
    **{f"comite/{who}@{quarter}": ("upcoming", quarter) for who in HOLDERS for quarter in QUARTERS[1:]},
    **{f"comite/{who}@2021-11-30": ("overdue", "2021-11-30") for who in HOLDERS},
}


def test_once_signed_every_date_is_counted_from_the_signature(at):
    assert table(at("2022-01-15")) == JANUARY_2022


def test_the_day_of_the_signature_changes_everything_and_not_the_eve(at):
    assert at("2021-08-30").term.due is None
    assert at("2021-08-31").term.due == day("2023-02-28")


def test_each_debtor_answers_for_its_own_part(at):
    situation = at("2022-01-15")
    assert line(situation, "diagnostic/commune") == ("fulfilled", "2021-12-31", None)
    assert line(situation, "diagnostic/communaute") == ("overdue", "2021-12-31", 15)


def test_a_solidary_obligation_is_one_and_any_debtor_discharges_it(at):
    found = one(at("2022-01-15"), "assurance/commune+communaute")
    assert found.debtor.parties == ("commune", "communaute")
    assert found.standing.fulfilled_on == day("2021-12-20")
    assert found.facts == ("f-assurance",)


def test_a_holder_of_the_role_owes_in_that_capacity(at):
    assert all(name.startswith(("animation", "diagnostic", "comite")) for name in owed(at("2022-01-15"), "co-pilotes"))
    assert len(owed(at("2022-01-15"), "co-pilotes")) == 2 + 2 + 12


def test_a_period_counted_from_an_engagement_runs_from_its_last_debtor(at):
    # The second diagnostic is of 31 January 2022, 31 days late: two months later is 31 March.
    assert line(at("2022-01-31"), "diagnostic/communaute") == ("fulfilled-late", "2021-12-31", 31)
    assert line(at("2022-01-30"), "strategie/communaute") == ("conditional", None, None)
    assert line(at("2022-01-31"), "strategie/communaute") == ("upcoming", "2022-03-31", None)
    assert line(at("2022-06-10"), "strategie/communaute") == ("overdue", "2022-03-31", 71)  # 30 + 31 + 10


def test_a_fact_about_one_site_leaves_the_other_owed(at):
    situation = at("2022-06-10")
    assert line(situation, "signaletique/commune/gare") == ("fulfilled", "2022-02-28", None)
    assert line(situation, "signaletique/commune/halle") == ("overdue", "2022-02-28", 102)  # 31 + 30 + 31 + 10


def test_the_site_filter_keeps_the_site_and_what_names_none(at):
    kept = owed(at("2022-06-10"), sites=("la gare",))
    assert "signaletique/commune/gare" in kept
    assert "signaletique/commune/halle" not in kept
    assert "travaux/commune" in kept


def test_a_suspension_stops_the_period_and_a_resumption_gives_its_days_back(at):
    assert line(at("2022-02-28"), "travaux/commune") == ("upcoming", "2022-08-31", None)
    assert line(at("2022-03-01"), "travaux/commune") == ("suspended", "2022-08-31", None)
    assert line(at("2022-04-29"), "travaux/commune") == ("suspended", "2022-08-31", None)
    # From 1 March to 30 April: 60 days; 31 August + 30 = 30 September, + 30 = 30 October.
    assert line(at("2022-04-30"), "travaux/commune") == ("upcoming", "2022-10-30", None)
    assert line(at("2022-10-31"), "travaux/commune") == ("overdue", "2022-10-30", 1)


def test_a_waiver_discharges(at):
    assert line(at("2022-04-30"), "logo/association") == ("upcoming", "2022-06-30", None)
    assert line(at("2022-05-01"), "logo/association") == ("discharged", "2022-06-30", None)
    assert line(at("2024-03-01"), "logo/association") == ("discharged", "2022-06-30", None)


def test_the_due_date_with_a_regime_of_its_own_is_carried_over(at):
    found = one(at("2022-04-19"), "avance/departement")
    assert (found.state, found.deadline.regime.name) == ("due-soon", "ccag")
    assert found.deadline.computation.nominal == day("2022-04-17")
    assert line(at("2022-04-20"), "avance/departement") == ("overdue", "2022-04-19", 1)


def test_the_other_due_dates_are_never_carried_over(at):
    # 31 December 2022 is a Saturday; 30 June 2024 a Sunday.
    assert one(at("2022-01-15"), "diagnostic/commune").deadline.regime.name == "quantieme"
    assert one(at("2024-03-01"), "comptes/association@2023-12-31").due == date(2024, 6, 30)


# --- On request ---------------------------------------------------------------------------------------------


def test_each_submission_starts_ten_working_days_for_each_debtor(at):
    # From Friday 8 April 2022, in Alsace-Moselle: 11-14 (4), not Good Friday 15 nor Easter Monday 18, 19-22 (8),
    # 25 and 26 (10).
    situation = at("2022-04-09")
    assert line(situation, "reponse/etat@2022-04-08") == ("due-soon", "2022-04-26", None)
    assert line(situation, "reponse/departement@2022-04-08") == ("due-soon", "2022-04-26", None)
    assert "reponse/etat" not in states(situation)


def test_the_zone_counts_its_own_holidays(at):
    # From Friday 16 December 2022: 19-23 (5), not the 26th, 27-30 (9), Monday 2 January 2023 (10).
    assert line(at("2022-12-16"), "reponse/etat@2022-12-16") == ("due-soon", "2023-01-02", None)


def test_a_submission_addressed_to_one_of_them_binds_that_one_alone(at):
    # From Wednesday 1 June 2022: 2-3 (2), not Whit Monday 6, 7-10 (6), 13-16 (10).
    situation = at("2022-06-10")
    assert line(situation, "reponse/departement@2022-06-01") == ("due-soon", "2022-06-16", None)
    assert "reponse/etat@2022-06-01" not in states(situation)


def test_a_triggered_fact_starts_it_as_the_event_would(at):
    # From Monday 5 September 2022: 6-9 (4), 12-16 (9), Monday 19 (10).
    situation = at("2022-09-05")
    assert line(situation, "reponse/etat@2022-09-05") == ("due-soon", "2022-09-19", None)
    assert "reponse/departement@2022-09-05" not in states(situation)


def test_an_answer_discharges_its_own_debtor_only(at):
    situation = at("2022-06-10")
    assert line(situation, "reponse/etat@2022-04-08") == ("fulfilled", "2022-04-26", None)
    assert line(situation, "reponse/departement@2022-04-08") == ("overdue", "2022-04-26", 45)  # 4 + 31 + 10


def test_a_target_is_shown_and_never_overdue(at):
    # 10 May + 15 days.
    assert line(at("2022-05-10"), "expertise/etat@2022-05-10") == ("due-soon", "2022-05-25", None)
    found = one(at("2022-06-10"), "expertise/etat@2022-05-10")
    assert (found.state, found.due, found.standing.days_late) == ("open", day("2022-05-25"), None)
    assert found.deadline.basis == "target"
    assert line(at("2022-06-10"), "expertise/departement") == ("conditional", None, None)


# --- The avenant: signed 10 December 2022, in effect 15 January 2023 -----------------------------------------


@pytest.mark.parametrize("as_of", ["2022-12-09", "2022-12-10", "2023-01-01", "2023-01-14"])
def test_signed_and_not_yet_in_effect_the_avenant_moves_nothing(at, as_of):
    situation = at(as_of)
    assert situation.term.due == day("2023-02-28")
    assert situation.term.basis == "text"
    assert not [name for name in states(situation) if name.startswith("comite/commune@2023-05")]


def test_between_signature_and_effect_the_notices_before_the_term_are_late(at):
    situation = at("2023-01-01")
    assert line(situation, "demande-prolongation/commune") == ("overdue", "2022-12-28", 4)
    assert line(situation, "preavis/commune") == ("overdue", "2022-12-27", 5)
    assert line(situation, "animation/commune") == ("in-effect", "2023-02-28", None)
    assert line(situation, "reponse/departement@2022-12-16") == ("due-soon", "2023-01-02", None)


def test_in_effect_the_term_is_counted_again_from_the_signature(at):
    # 31 August 2021 + 30 months: the last day of February 2024, the 29th; not a year after 28 February 2023.
    situation = at("2023-01-15")
    assert situation.term.due == day("2024-02-29")
    assert situation.term.basis == "amendment"
    assert situation.term.origin == day("2021-08-31")


def test_in_effect_whatever_hangs_on_the_term_follows_it(at):
    situation = at("2023-01-15")
    assert line(situation, "animation/communaute") == ("in-effect", "2024-02-29", None)
    assert line(situation, "referent/etat") == ("upcoming", "2024-02-29", None)
    assert one(situation, "referent/etat").deadline.basis == "term"
    # Both had passed before the avenant took effect: they stay as they were.
    assert line(situation, "demande-prolongation/commune") == ("overdue", "2022-12-28", 18)
    assert line(situation, "preavis/commune") == ("overdue", "2022-12-27", 19)
    assert line(situation, "comptes/association@2023-12-31") == ("upcoming", "2024-06-30", None)
    assert line(situation, "revue/etat@2024-01-09") == ("upcoming", "2024-01-09", None)  # Tuesdays 2 and 9
    assert line(situation, "revue/etat@2023-01-10") == ("overdue", "2023-01-10", 5)
    meetings = [name for name in states(situation) if name.startswith("comite/commune@")]
    assert meetings == [f"comite/commune@{quarter}" for quarter in (*QUARTERS, *MORE_QUARTERS)]


def test_what_does_not_hang_on_the_term_stays(at):
    before, after = dues(at("2023-01-14")), dues(at("2023-01-15"))
    moved = {name for name in before if before[name] != after[name]}
    assert moved == {
        "animation/commune",
        "animation/communaute",
        "referent/etat",
    }


# --- After --------------------------------------------------------------------------------------------------


def test_the_latest_of_two_waits_for_both(at):
    assert line(at("2023-05-01"), "bilan-travaux/commune") == ("conditional", None, None)
    # 2 May 2023 + 3 months is after 30 June.
    assert line(at("2023-05-02"), "bilan-travaux/commune") == ("upcoming", "2023-08-02", None)


def test_accounts_are_due_by_the_end_of_each_june_and_the_first_came_in_time(at):
    situation = at("2023-07-01")
    assert line(situation, "comptes/association@2021-12-31") == ("fulfilled", "2022-06-30", None)
    assert line(situation, "comptes/association@2022-12-31") == ("overdue", "2023-06-30", 1)
    assert line(situation, "comptes/association@2023-12-31") == ("upcoming", "2024-06-30", None)


def test_after_the_new_term(at):
    situation = at("2024-03-01")
    assert line(situation, "animation/commune") == ("expired", "2024-02-29", None)
    assert line(situation, "referent/etat") == ("overdue", "2024-02-29", 1)
    assert {one.id for one in apart(situation.obligations)} == {"referent/etat"}
    assert line(situation, "demande-prolongation/commune") == ("overdue", "2022-12-28", 429)  # 3 + 365 + 31 + 29 + 1
    assert line(situation, "bilan-travaux/commune") == ("overdue", "2023-08-02", 212)
    assert line(situation, "expertise/departement") == ("expired", None, None)
    assert line(situation, "comptes/association@2023-12-31") == ("upcoming", "2024-06-30", None)


def test_the_counts_have_a_row_per_legal_person_and_a_solidary_one_counts_for_each(at):
    found = {row.group.key: row for row in party_tallies(at("2022-01-15"))}
    assert list(found) == ["commune", "communaute", "etat", "departement", "association"]
    # Commune: animation, diagnostic, plan-guide, bilan, travaux, two sites, assurance, two notices, six meetings.
    assert found["commune"].total == 16
    assert found["commune"].counts == {
        StateColumn.OVERDUE: 1,
        StateColumn.DUE_SOON: 0,
        StateColumn.IN_EFFECT: 1,
        StateColumn.FULFILLED: 2,
        StateColumn.CONDITIONAL: 1,
        StateColumn.OTHER: 11,
        StateColumn.OPTIONS: 0,
    }
    # Communauté: animation, diagnostic, stratégie, assurance, six meetings.
    assert found["communaute"].total == 10
    assert found["communaute"].counts[StateColumn.OVERDUE] == 2
