"""States: each of them reached, at the day it begins, and what moves between them."""

from __future__ import annotations

import pytest

from qp_cli.tracking.states import State
from qp_cli.tracking.summary import column
from tests.tracking.building import at, by_id, dues, states

PEOPLE = """\
term: {due: {within: P24M, from: depart}}
events:
  - {id: depart, title: Départ, date: 2022-01-10}
  - {id: accord, title: Accord}
  - {id: demande, title: Demande, repeats: true}
parties:
  - {id: ville, name: Ville}
  - {id: region, name: Région}
engagements:
"""
ONCE = PEOPLE + "  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {on: 2022-06-30}}\n"
OPTION = PEOPLE + "  - {id: retrait, title: Retrait, debtors: [ville], kind: option, due: {on: 2022-06-30}}\n"
RUNNING = PEOPLE + "  - {id: veille, title: Veille, debtors: [ville], kind: continuing}\n"
BY_TERM = PEOPLE + "  - {id: bilan, title: Bilan, debtors: [ville], kind: one-off}\n"
WAITING = PEOPLE + (
    "  - {id: suite, title: Suite, debtors: [ville], kind: one-off, due: {within: P1M, from: accord}}\n"
)
ASKED = PEOPLE + "  - {id: avis, title: Avis, debtors: [ville], kind: on-request, trigger: demande}\n"
YEARLY = PEOPLE + (
    "  - {id: compte, title: Compte, debtors: [ville], kind: recurring, due: {within: P3M, from: "
    "{every: P1Y, first: 2021-12-31, until: 2023-12-31}}}\n"
)
MONTHLY = PEOPLE + (
    "  - {id: point, title: Point, debtors: [ville], kind: recurring, due: {every: P1M, from: depart, "
    "until: 2022-05-10}}\n"
)


def fact(kind, engagement, on, **more):
    keys = {"id": f"f-{kind}-{on}", "kind": kind, "engagement": engagement, "on": on, **more}
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}\n"


def only(as_of, body, journal=""):
    (found,) = at(as_of, body, journal).obligations
    return found


REACHED = {
    "overdue": (ONCE, "", "2022-07-01"),
    "due-soon": (ONCE, "", "2022-05-31"),
    "upcoming": (ONCE, "", "2022-05-30"),
    "open": (ASKED, "  - {id: f1, kind: occurred, event: demande, on: 2022-03-01}\n", "2022-03-01"),
    "in-effect": (RUNNING, "", "2022-01-10"),
    "conditional": (WAITING, "", "2022-06-01"),
    "suspended": (ONCE, fact("suspended", "plan", "2022-03-01"), "2022-03-01"),
    "fulfilled": (ONCE, fact("fulfilled", "plan", "2022-06-30"), "2022-06-30"),
    "fulfilled-late": (ONCE, fact("fulfilled", "plan", "2022-07-01"), "2022-07-01"),
    "discharged": (ONCE, fact("waived", "plan", "2022-03-01"), "2022-03-01"),
    "breached": (ONCE, fact("breached", "plan", "2022-08-01"), "2022-08-01"),
    "expired": (RUNNING, "", "2024-01-11"),
    "exercised": (OPTION, fact("fulfilled", "retrait", "2022-06-30"), "2022-06-30"),
    "lapsed": (OPTION, "", "2022-07-01"),
}


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_reached(state):
    body, journal, as_of = REACHED[state.value]
    assert only(as_of, body, journal).state is state


def test_due_today_is_not_overdue_and_the_day_after_it_is_one_day_late():
    assert only("2022-06-30", ONCE).state == "due-soon"
    assert only("2022-06-30", ONCE).standing.days_late is None
    late = only("2022-07-01", ONCE)
    assert (late.state, late.standing.days_late) == ("overdue", 1)


def test_what_counts_as_soon_is_the_conventions_own():
    assert only("2022-06-23", "due_soon_days: 7\n" + ONCE).state == "due-soon"
    assert only("2022-06-22", "due_soon_days: 7\n" + ONCE).state == "upcoming"
    assert only("2022-06-30", "due_soon_days: 0\n" + ONCE).state == "due-soon"


def test_fulfilled_on_the_day_it_was_due_is_in_time():
    found = only("2022-12-01", ONCE, fact("fulfilled", "plan", "2022-06-30"))
    assert (found.state, found.standing.days_late) == ("fulfilled", None)


def test_fulfilled_late_says_by_how_many_days_for_good():
    found = only("2023-12-01", ONCE, fact("fulfilled", "plan", "2022-07-10"))
    assert (found.state, found.standing.days_late) == ("fulfilled-late", 10)


def test_a_fulfilment_of_what_runs_is_evidence_and_leaves_its_state():
    found = only("2022-06-01", RUNNING, fact("fulfilled", "veille", "2022-03-01"))
    assert (found.state, found.standing.fulfilled_on) == ("in-effect", None)
    assert found.facts == ("f-fulfilled-2022-03-01",)


def test_what_runs_runs_to_the_last_day_of_the_term():
    # 10 January 2022 + 24 months.
    assert only("2024-01-10", RUNNING).state == "in-effect"
    assert only("2024-01-11", RUNNING).state == "expired"
    assert only("2022-01-09", RUNNING).state == "upcoming"


def test_what_has_no_date_of_its_own_is_owed_by_the_term_and_says_so():
    found = only("2024-01-11", BY_TERM)
    assert (found.state, found.deadline.basis, found.due.isoformat()) == ("overdue", "term", "2024-01-10")


def test_on_request_without_a_number_it_is_open_and_has_no_date():
    found = only("2030-01-01", ASKED, "  - {id: f1, kind: occurred, event: demande, on: 2022-03-01}\n")
    assert (found.id, found.state, found.due) == ("avis/ville@2022-03-01", "open", None)


def test_on_request_without_a_trigger_it_expires_with_the_term():
    assert only("2024-01-10", ASKED).state == "conditional"
    assert only("2024-01-11", ASKED).state == "expired"


def test_on_request_and_asked_it_waits_for_its_event_whatever_the_term():
    body = ASKED.replace("trigger: demande", "trigger: demande, due: {within: P1M, from: accord}")
    asked = only("2024-06-01", body, "  - {id: f1, kind: occurred, event: demande, on: 2022-03-01}\n")
    assert (asked.state, asked.deadline.waiting_for) == ("conditional", ("accord",))


def test_answered_after_its_target_it_is_not_late():
    body = ASKED.replace("trigger: demande", "trigger: demande, target: {within: P10D}")
    asked = "  - {id: f1, kind: occurred, event: demande, on: 2022-03-01}\n"
    found = only("2022-06-01", body, asked + fact("fulfilled", "avis", "2022-05-01"))
    assert (found.state, found.standing.days_late, found.due.isoformat()) == ("fulfilled", None, "2022-03-11")


def test_made_at_national_level_it_never_expires_with_the_term():
    body = ASKED.replace("trigger: demande", "trigger: demande, scope: national")
    assert only("2040-01-01", body).state == "conditional"


def test_a_formal_notice_is_kept_and_changes_no_state():
    found = only("2022-07-01", ONCE, fact("notified", "plan", "2022-06-01", cure="P1M"))
    assert (found.state, found.facts) == ("overdue", ("f-notified-2022-06-01",))


@pytest.mark.parametrize("kind", ["notified", "breached"])
@pytest.mark.parametrize(
    ("body", "on", "about"),
    [
        (YEARLY, "2022-06-15", ["2021-12-31"]),  # due on 31 March: past; those of 2022 and 2023 have not begun
        (YEARLY, "2023-06-15", ["2021-12-31", "2022-12-31"]),  # both past
        (YEARLY, "2022-01-15", ["2021-12-31"]),  # not due, but begun
        (YEARLY, "2021-12-01", ["2021-12-31"]),  # none has begun: the first of them
        (MONTHLY, "2022-03-01", ["2022-02-10"]),  # the one that runs is not what it is about
    ],
)
def test_a_notice_or_a_breach_is_about_what_was_late_and_not_the_series_to_come(kind, body, on, about):
    journal = fact(kind, "compte" if body == YEARLY else "point", on)
    found = at("2024-01-05", body, journal).obligations
    assert [str(one.deadline.occurrence) for one in found if one.facts] == about


def test_a_breach_ends_once_it_is_fulfilled():
    journal = fact("breached", "plan", "2022-08-01") + fact("fulfilled", "plan", "2022-09-01")
    assert only("2022-08-31", ONCE, journal).state == "breached"
    assert only("2022-09-01", ONCE, journal).state == "fulfilled-late"


def test_what_was_fulfilled_before_it_was_waived_stays_fulfilled():
    journal = fact("fulfilled", "plan", "2022-05-01") + fact("waived", "plan", "2022-06-01")
    assert only("2022-12-01", ONCE, journal).state == "fulfilled"


def test_what_was_fulfilled_before_an_avenant_ended_it_stays_fulfilled():
    journal = fact("fulfilled", "plan", "2022-05-01") + (
        "  - {id: f-fin, kind: amended, title: Avenant, on: 2022-06-01, changes: [{change: end, target: plan}]}\n"
    )
    assert only("2022-12-01", ONCE, journal).state == "fulfilled"
    assert only("2022-12-01", ONCE, journal.splitlines(keepends=True)[1]).state == "discharged"


# --- Suspension ---------------------------------------------------------------------------------------------

PERIOD = ONCE.replace("{on: 2022-06-30}", "{within: P6M, from: 2021-12-30}")
PAUSE = ("suspended", "2022-03-01"), ("resumed", "2022-03-11")


def paused(engagement, *more):
    return "".join(fact(kind, engagement, on) for kind, on in (*PAUSE, *more))


def test_the_days_of_a_suspension_are_added_once_it_ends():
    assert dues(at("2022-03-10", PERIOD, paused("plan")))["plan/ville"] == "2022-06-30"
    assert dues(at("2022-03-11", PERIOD, paused("plan")))["plan/ville"] == "2022-07-10"


def test_two_suspensions_add_up():
    twice = paused("plan", ("suspended", "2022-04-01"), ("resumed", "2022-04-06"))
    assert dues(at("2022-05-01", PERIOD, twice))["plan/ville"] == "2022-07-15"


@pytest.mark.parametrize(
    ("due", "kept"),
    [
        ("{on: 2022-06-30}", "2022-06-30"),
        ("{at_the_latest: P2M, before: 2022-08-15}", "2022-06-15"),
        ("{at_least: P2M, before: 2022-08-15}", "2022-06-14"),
    ],
)
def test_a_day_and_what_is_counted_back_stay_and_the_working_says_so(due, kept):
    body = ONCE.replace("{on: 2022-06-30}", due)
    found = only("2022-05-01", body, paused("plan"))
    assert found.due.isoformat() == kept
    last = found.deadline.steps[-1]
    assert (last.rule, last.result) == ("suspension", None)
    assert "stays" in str(last.text)


@pytest.mark.parametrize("regime", ["quantieme", "ccag", "procedure-civile", "ue-1182-71", "delai-franc"])
def test_the_dates_to_compare_are_made_again_after_a_suspension(regime):
    body = PERIOD.replace("from: 2021-12-30", f"from: 2021-12-30, regime: {regime}")
    found = only("2022-05-01", body, paused("plan")).deadline
    assert found.computation.nominal.isoformat() == "2022-07-10"  # a Sunday
    assert found.computation.carried_over.isoformat() == "2022-07-11"
    assert [step.result for step in found.steps if step.result][-1] == found.due == found.computation.deadline


def test_a_suspension_after_the_deadline_moves_nothing():
    late = fact("suspended", "plan", "2022-07-01") + fact("resumed", "plan", "2022-08-01")
    found = only("2022-08-01", ONCE, late)
    assert (found.due.isoformat(), found.standing.days_late) == ("2022-06-30", 32)


def test_fulfilled_while_it_was_suspended_it_is_not_late():
    journal = fact("suspended", "plan", "2022-06-01") + fact("fulfilled", "plan", "2022-08-01")
    assert only("2022-08-01", ONCE, journal).state == "fulfilled"


def test_a_suspension_never_moves_the_term():
    found = only("2024-01-11", RUNNING, paused("veille"))
    assert (found.state, found.due.isoformat()) == ("expired", "2024-01-10")
    assert only("2024-01-11", BY_TERM, paused("bilan")).due.isoformat() == "2024-01-10"


def test_what_runs_is_suspended_and_runs_again():
    assert only("2022-03-10", RUNNING, paused("veille")).state == "suspended"
    assert only("2022-03-11", RUNNING, paused("veille")).state == "in-effect"


def test_a_suspension_that_names_no_occurrence_is_for_them_all():
    situation = at("2022-03-05", MONTHLY, paused("point"))
    assert set(states(situation).values()) == {"suspended"}


def test_of_a_calendar_only_the_day_that_fell_in_the_suspension_moves():
    after = dues(at("2022-03-11", MONTHLY, paused("point")))
    assert after == {
        "point/ville@2022-02-10": "2022-02-10",  # before it
        "point/ville@2022-03-10": "2022-03-20",  # in it: ten days more
        "point/ville@2022-04-10": "2022-04-10",
        "point/ville@2022-05-10": "2022-05-10",
    }


def test_of_periods_only_the_one_that_had_begun_moves():
    after = dues(at("2022-03-11", YEARLY, paused("compte")))
    assert after == {
        "compte/ville@2021-12-31": "2022-04-10",  # 31 March, ten days more
        "compte/ville@2022-12-31": "2023-03-31",
        "compte/ville@2023-12-31": "2024-03-31",
    }


def test_an_open_suspension_of_one_occurrence_leaves_the_others():
    journal = fact("suspended", "compte", "2022-03-01", occurrence="2021-12-31")
    found = states(at("2022-03-15", YEARLY, journal))
    assert found["compte/ville@2021-12-31"] == "suspended"
    assert found["compte/ville@2022-12-31"] == "upcoming"


# --- Which occurrence, which debtor -------------------------------------------------------------------------


def test_a_fulfilment_that_names_no_occurrence_goes_to_the_oldest_whose_interval_has_begun():
    journal = fact("fulfilled", "compte", "2022-03-01") + fact("fulfilled", "compte", "2022-03-02")
    found = states(at("2022-04-01", YEARLY, journal))
    # The accounts of 2022 cannot have been rendered before 2022 was over: the second is evidence.
    assert list(found.values()) == ["fulfilled", "upcoming", "upcoming"]
    journal = fact("fulfilled", "compte", "2023-01-01") + fact("fulfilled", "compte", "2023-01-02")
    assert list(states(at("2023-02-01", YEARLY, journal)).values()) == ["fulfilled-late", "fulfilled", "upcoming"]


def test_meetings_of_one_period_do_not_settle_those_of_the_next():
    """Four meetings in the first month: the second month still wants its own."""
    held = "".join(fact("fulfilled", "point", f"2022-02-{number:02}") for number in (1, 2, 3, 4))
    found = states(at("2022-03-11", MONTHLY, held))
    assert found["point/ville@2022-02-10"] == "fulfilled"
    assert found["point/ville@2022-03-10"] == "overdue"


def test_a_performance_that_serves_nothing_is_kept_as_evidence():
    early = fact("fulfilled", "point", "2022-01-05")  # before the series begins, 10 January
    found = by_id(at("2022-02-01", MONTHLY, early))
    assert {one.state for one in found.values()} == {"due-soon", "upcoming"}
    assert found["point/ville@2022-02-10"].facts == ("f-fulfilled-2022-01-05",)


def test_a_fulfilment_that_names_its_occurrence_goes_there():
    journal = fact("fulfilled", "compte", "2023-01-15", occurrence="2022-12-31")
    found = states(at("2023-02-01", YEARLY, journal))
    assert list(found.values()) == ["overdue", "fulfilled", "upcoming"]


def test_a_fulfilment_skips_the_occurrence_that_was_waived():
    journal = fact("waived", "compte", "2022-02-01", occurrence="2021-12-31") + fact(
        "fulfilled", "compte", "2023-03-01"
    )
    found = states(at("2023-04-01", YEARLY, journal))
    assert list(found.values()) == ["discharged", "fulfilled", "upcoming"]


def test_a_waiver_that_names_no_occurrence_discharges_all_that_is_still_owed():
    journal = fact("fulfilled", "compte", "2022-03-01") + fact("waived", "compte", "2022-04-01")
    found = states(at("2022-04-01", YEARLY, journal))
    assert list(found.values()) == ["fulfilled", "discharged", "discharged"]


def test_an_answer_goes_to_a_request_that_had_been_made():
    requests = "".join(
        f"  - {{id: f{number}, kind: occurred, event: demande, on: {on}}}\n"
        for number, on in enumerate(("2022-03-01", "2022-05-01"))
    )
    answers = fact("fulfilled", "avis", "2022-03-20") + fact("fulfilled", "avis", "2022-03-21")
    found = states(at("2022-06-01", ASKED, requests + answers))
    # The second answer came before the second request: it cannot be its answer.
    assert found == {"avis/ville@2022-03-01": "fulfilled", "avis/ville@2022-05-01": "open"}


def test_two_requests_of_one_day_are_two_and_each_answer_counts_once():
    requests = "".join(f"  - {{id: f{number}, kind: occurred, event: demande, on: 2022-03-01}}\n" for number in "12")
    once = fact("fulfilled", "avis", "2022-03-20", occurrence="2022-03-01")
    twice = once + fact("fulfilled", "avis", "2022-03-21", occurrence="2022-03-01")
    assert list(states(at("2022-04-01", ASKED, requests + once)).values()) == ["fulfilled", "open"]
    found = states(at("2022-04-01", ASKED, requests + twice))
    assert found == {"avis/ville@2022-03-01": "fulfilled", "avis/ville@2022-03-01~f2": "fulfilled"}


BOTH = PEOPLE + (
    "  - {id: plan, title: Plan, debtors: [ville, region], kind: one-off, solidary: %s, due: {on: 2022-06-30}}\n"
)


@pytest.mark.parametrize("who", ["ville", "region"])
def test_solidary_any_debtor_discharges_all(who):
    found = only("2022-05-01", BOTH % "true", fact("fulfilled", "plan", "2022-05-01", by=who))
    assert (found.id, found.state) == ("plan/ville+region", "fulfilled")


def test_not_solidary_each_debtor_answers_for_its_own():
    found = states(at("2022-07-01", BOTH % "false", fact("fulfilled", "plan", "2022-05-01", by="ville")))
    assert found == {"plan/ville": "fulfilled", "plan/region": "overdue"}


def test_a_fact_that_names_nobody_is_for_every_debtor():
    found = states(at("2022-07-01", BOTH % "false", fact("fulfilled", "plan", "2022-05-01")))
    assert found == {"plan/ville": "fulfilled", "plan/region": "fulfilled"}


def test_every_obligation_carries_the_facts_that_concern_it():
    journal = fact("fulfilled", "plan", "2022-05-01", by="ville")
    found = by_id(at("2022-07-01", BOTH % "false", journal))
    assert found["plan/ville"].facts == ("f-fulfilled-2022-05-01",)
    assert found["plan/region"].facts == ()


@pytest.mark.parametrize(
    ("as_of", "journal", "state"),
    [
        ("2022-01-01", "", "open"),
        ("2022-06-30", "", "open"),
        ("2022-07-01", "", "lapsed"),
        ("2022-06-29", fact("fulfilled", "retrait", "2022-06-30"), "open"),
        ("2022-06-30", fact("fulfilled", "retrait", "2022-06-30"), "exercised"),
        ("2030-01-01", fact("fulfilled", "retrait", "2022-06-30"), "exercised"),
        ("2022-07-01", fact("fulfilled", "retrait", "2022-07-01"), "lapsed"),
        ("2022-06-30", fact("waived", "retrait", "2022-06-30"), "discharged"),
        ("2022-07-01", fact("waived", "retrait", "2022-07-01"), "lapsed"),
        ("2022-07-01", fact("breached", "retrait", "2022-06-01"), "lapsed"),
        ("2022-07-01", fact("suspended", "retrait", "2022-06-30"), "suspended"),
        ("2022-07-02", fact("suspended", "retrait", "2022-07-01"), "lapsed"),
    ],
)
def test_an_option_is_open_to_the_end_of_its_day_then_exercised_or_lapsed_and_never_late(as_of, journal, state):
    found = only(as_of, OPTION, journal)
    assert (found.state, found.standing.days_late, found.standing.notice) == (state, None, None)


def test_an_option_without_a_day_is_open_until_the_term_and_for_ever_without_one():
    without = OPTION.replace(", due: {on: 2022-06-30}", "")
    assert only("2024-01-10", without).state == "open"
    assert only("2024-01-11", without).state == "lapsed"
    endless = without.replace("term: {due: {within: P24M, from: depart}}\n", "")
    assert (only("2050-01-01", endless).state, only("2050-01-01", endless).due) == ("open", None)


def test_an_option_counted_from_what_has_no_date_waits_for_it():
    waiting = OPTION.replace("{on: 2022-06-30}", "{within: P1M, from: accord}")
    assert only("2022-02-01", waiting).state == "conditional"
    agreed = "  - {id: f1, kind: occurred, event: accord, on: 2022-02-01}\n"
    assert only("2022-03-01", waiting, agreed).state == "open"
    assert only("2022-03-02", waiting, agreed).state == "lapsed"


def test_each_debtor_has_its_own_option():
    both = OPTION.replace("[ville]", "[ville, region]")
    done = fact("fulfilled", "retrait", "2022-05-01", by="region")
    assert states(at("2022-07-01", both, done)) == {"retrait/ville": "lapsed", "retrait/region": "exercised"}


def test_what_is_counted_from_an_option_is_counted_from_its_exercise_in_time():
    body = OPTION + (
        "  - {id: suite, title: Suite, debtors: [region], kind: one-off, due: {within: P1M, from: retrait}}\n"
    )
    early, late = (fact("fulfilled", "retrait", on) for on in ("2022-05-01", "2022-08-01"))
    assert dues(at("2022-09-01", body, early))["suite/region"] == "2022-06-01"
    assert states(at("2022-09-01", body, late))["suite/region"] == "conditional"


def test_days_of_an_option_that_did_not_run_come_after_its_day():
    body = OPTION.replace("{on: 2022-06-30}", "{within: P2M, from: depart}")
    journal = fact("suspended", "retrait", "2022-03-01") + fact("resumed", "retrait", "2022-03-11")
    assert only("2022-03-20", body, journal).state == "open"
    assert only("2022-03-21", body, journal).state == "lapsed"
    done = fact("fulfilled", "retrait", "2022-03-20")
    assert only("2022-03-21", body, journal + done).state == "exercised"
    assert only("2022-03-21", body, journal + done).out_of_time == ()


def test_an_exercise_out_of_time_is_kept_and_said():
    found = only("2022-08-01", OPTION, fact("fulfilled", "retrait", "2022-07-01"))
    assert (found.facts, found.out_of_time) == (("f-fulfilled-2022-07-01",),) * 2


def test_options_are_counted_apart():
    body = OPTION + "  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {on: 2022-06-30}}\n"
    assert [column(one) for one in at("2022-07-01", body).obligations] == ["options", "overdue"]


def parts(*said):
    return "".join(
        f"  - {{id: f{number}, kind: fulfilled, engagement: plan, on: {on}, {share}}}\n"
        for number, (on, share) in enumerate(said)
    )


@pytest.mark.parametrize(
    ("said", "state", "done"),
    [
        ([("2022-05-01", "part: 1/3")], "due-soon", None),
        ([("2022-05-01", "part: 1/3"), ("2022-06-01", "part: 66 %")], "due-soon", None),
        ([("2022-05-01", "part: 1/3"), ("2022-06-01", "part: 2/3")], "fulfilled", "2022-06-01"),
        ([("2022-05-01", "part: 12.5 %"), ("2022-06-01", "part: 87.5 %")], "fulfilled", "2022-06-01"),
        ([("2022-05-01", "part: 100 %")], "fulfilled", "2022-05-01"),
        ([("2022-05-01", "partly: true"), ("2022-06-01", "part: 99.99 %")], "due-soon", None),
        ([("2022-05-01", "part: 1/3"), ("2022-06-01", "partly: false")], "fulfilled", "2022-06-01"),
        ([("2022-05-01", "part: 3/4"), ("2022-06-01", "part: 3/4")], "fulfilled", "2022-06-01"),
    ],
)
def test_parts_discharge_nothing_until_they_are_the_whole(said, state, done):
    found = only("2022-06-30", ONCE, parts(*said))
    assert found.state == state
    assert str(found.standing.fulfilled_on) == str(done)
    assert [str(each.on) for each in found.parts] == [on for on, share in said if "false" not in share]


def test_parts_that_come_to_the_whole_after_the_date_are_late_and_before_that_it_is_overdue():
    said = parts(("2022-05-01", "part: 1/2"), ("2022-07-02", "part: 1/2"))
    assert only("2022-07-01", ONCE, said).state == "overdue"
    found = only("2022-07-02", ONCE, said)
    assert (found.state, found.standing.days_late) == ("fulfilled-late", 2)


def test_parts_serve_the_oldest_occurrence_until_it_is_whole_and_what_is_counted_from_it_waits():
    body = YEARLY.replace("compte", "plan")
    half = [("2022-02-01", "part: 1/2"), ("2023-02-01", "part: 1/2")]
    assert at("2022-12-01", body, parts(*half)).obligations[0].state == "overdue"
    one, two, _ = at("2023-02-01", body, parts(*half)).obligations
    assert (one.state, two.state) == ("fulfilled-late", "upcoming")
    counted = ONCE + (
        "  - {id: suite, title: Suite, debtors: [region], kind: one-off, due: {within: P1M, from: plan}}\n"
    )
    said = parts(("2022-05-01", "part: 1/2"), ("2022-06-01", "part: 1/2"))
    assert dues(at("2022-05-31", counted, said))["suite/region"] is None
    assert dues(at("2022-06-01", counted, said))["suite/region"] == "2022-07-01"
