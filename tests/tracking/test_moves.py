"""Moves: the date before an avenant, what it replaced, notices and their cure, suspensions of what was late."""

from __future__ import annotations

from tests.tracking.building import at, by_id

BODY = """\
regime: procedure-civile
term: {due: {within: P24M, from: depart, regime: quantieme}}
events:
  - {id: depart, title: Départ, date: 2022-01-31}
parties:
  - {id: ville, name: Ville}
  - {id: region, name: Région}
engagements:
  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {within: P1M, from: depart}}
  - {id: bilan, title: Bilan, debtors: [ville], kind: one-off}
"""


def amended(*changes, on="2022-02-10"):
    listed = ", ".join(changes)
    return f"  - {{id: f-av, kind: amended, title: Avenant, on: {on}, changes: [{listed}]}}\n"


def test_a_date_moved_by_an_avenant_keeps_the_one_it_had():
    found = by_id(at("2022-02-15", BODY, amended("{change: extend, target: plan, by: P1M}")))["plan/ville"]
    # one month from 31 January ended on Monday 28 February; two months, counted again, on Thursday 31 March
    assert (found.previous_due.isoformat(), found.due.isoformat()) == ("2022-02-28", "2022-03-31")
    assert found.moved_by == ("f-av",)


def test_what_the_term_dates_moves_with_the_term_and_says_by_which_avenant():
    situation = at("2022-02-15", BODY, amended("{change: extend, target: terme, by: P12M}"))
    found = by_id(situation)["bilan/ville"]
    assert (found.previous_due.isoformat(), found.due.isoformat()) == ("2024-01-31", "2025-01-31")
    assert found.moved_by == ("f-av",)
    assert (situation.previous_term.isoformat(), situation.term_moved_by) == ("2024-01-31", ("f-av",))


def test_before_the_avenant_nothing_has_moved():
    situation = at("2022-02-09", BODY, amended("{change: extend, target: terme, by: P12M}"))
    assert situation.previous_term is None
    assert all(one.previous_due is None and not one.moved_by for one in situation.obligations)


def test_what_an_avenant_replaced_stays_visible_and_names_it():
    found = by_id(at("2022-03-15", BODY, amended("{change: debtors, target: plan, debtors: [region]}")))
    assert (found["plan/region"].state.value, found["plan/region"].replaced_by) == ("overdue", ())
    assert (found["plan/ville"].state.value, found["plan/ville"].replaced_by) == ("discharged", ("f-av",))
    assert found["plan/ville"].standing.days_late is None


def twice(first, second):
    """Two avenants, the second in effect a month after the first."""
    return amended(first).replace("f-av", "f-1") + amended(second, on="2022-03-10").replace("f-av", "f-2")


def test_what_is_replaced_keeps_the_date_that_an_earlier_avenant_gave_it():
    longer, other = "{change: extend, target: plan, by: P1M}", "{change: debtors, target: plan, debtors: [region]}"
    found = by_id(at("2022-03-15", BODY, twice(longer, other)))["plan/ville"]
    assert (found.previous_due.isoformat(), found.due.isoformat()) == ("2022-02-28", "2022-03-31")
    assert (found.moved_by, found.replaced_by) == (("f-1",), ("f-2",))
    assert found.state.value == "discharged"


def test_what_an_avenant_added_and_a_later_one_replaced_stays_visible():
    added = "{change: add, engagement: {id: note, title: Note, debtors: [ville], kind: one-off, due: {on: 2022-06-01}}}"
    other = "{change: debtors, target: note, debtors: [region]}"
    found = by_id(at("2022-03-15", BODY, twice(added, other)))
    assert found["note/region"].state.value == "upcoming"
    assert (found["note/ville"].state.value, found["note/ville"].replaced_by) == ("discharged", ("f-2",))
    assert found["note/ville"].due.isoformat() == "2022-06-01"
    assert (found["note/ville"].previous_due, found["note/ville"].moved_by) == (None, ())


def test_what_was_done_before_it_was_replaced_stays_done():
    done = "  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-02-01}\n"
    journal = done + amended("{change: debtors, target: plan, debtors: [region]}")
    assert by_id(at("2022-03-15", BODY, journal))["plan/ville"].state.value == "fulfilled"


def test_a_formal_notice_sets_a_cure_period_under_the_regime_of_the_convention():
    notice = "  - {id: f-n, kind: notified, engagement: plan, on: 2022-03-10, cure: P1M}\n"
    found = by_id(at("2022-03-15", BODY, notice))["plan/ville"]
    assert found.state.value == "overdue"
    # 10 April 2022 is a Sunday: procedure-civile carries it over to Monday
    assert (found.standing.notice.on.isoformat(), found.standing.notice.cure.due.isoformat()) == (
        "2022-03-10",
        "2022-04-11",
    )
    assert by_id(at("2022-03-09", BODY, notice))["plan/ville"].standing.notice is None


def test_a_notice_without_a_period_stands_without_a_cure_and_falls_with_performance():
    notice = "  - {id: f-n, kind: notified, engagement: plan, on: 2022-03-10}\n"
    assert by_id(at("2022-03-15", BODY, notice))["plan/ville"].standing.notice.cure is None
    done = notice + "  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-03-12}\n"
    assert by_id(at("2022-03-15", BODY, done))["plan/ville"].standing.notice is None


def test_what_was_late_when_it_was_suspended_says_by_how_much():
    suspended = "  - {id: f-s, kind: suspended, engagement: plan, on: 2022-03-10}\n"
    found = by_id(at("2022-06-01", BODY, suspended))["plan/ville"]
    assert (found.state.value, found.standing.days_late) == ("suspended", 10)
    early = "  - {id: f-s, kind: suspended, engagement: plan, on: 2022-02-20}\n"
    assert by_id(at("2022-06-01", BODY, early))["plan/ville"].standing.days_late is None


def test_what_counts_from_an_engagement_that_an_avenant_touched_says_the_date_it_had():
    body = BODY + "  - {id: suite, title: Suite, debtors: [ville], kind: one-off, due: {within: P1M, from: plan}}\n"
    done = "  - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-02-01, by: ville}\n"
    avenant = amended("{change: debtors, target: plan, debtors: [ville, region]}")
    found = by_id(at("2022-02-15", body, done + avenant))["suite/ville"]
    # one month from 1 February, when one alone owed the plan; since the avenant the Région's part is awaited
    assert (found.previous_due.isoformat(), found.due, found.deadline.waiting_for) == ("2022-03-01", None, ("plan",))
