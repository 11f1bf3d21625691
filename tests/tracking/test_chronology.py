"""A convention on a time axis: every date and every fact that counts has its place, and nothing else does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from qp_cli.model.declarations import Declarations
from qp_cli.tracking.journal import effective_on
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.timeline import BarKind, MarkKind, timeline_of
from tests.tracking.building import SHIPPED, convention, day, facts, folder
from tests.tracking.test_properties import DAYS, conventions, journals, voiding

SEVERAL = settings(max_examples=120, deadline=None)
PARTIES = """\
parties:
  - {id: ville, name: La Ville}
  - {id: etat, name: État}
"""
EVENTS = """\
signature: signature
events:
  - {id: signature, title: Signature, date: 2021-03-18}
  - {id: demande, title: Demande, repeats: true}
  - {id: annonce, title: Annonce, date: 2019-05-02}
term: {clause: art. 4, due: {within: P24M, from: signature}}
"""


def at(as_of, engagements="", journal="", *, head=PARTIES + EVENTS):
    """The timeline, at a day, of engagements and a journal given as text."""
    body = f"{head}engagements: {engagements or '[]'}\n"
    ledger = open_ledger(Declarations(convention(body), (), facts(journal)), day(as_of))
    return timeline_of(ledger, ledger.situation.obligations)


def owed(name="bilan", **more):
    """One engagement of the City, as YAML in one line."""
    said = {"id": name, "title": f"Engagement {name}", "debtors": "[ville]", "kind": "one-off", **more}
    return "{" + ", ".join(f"{key}: {value}" for key, value in said.items()) + "}"


def shown(row):
    return [(mark.day.isoformat(), mark.kind.value) for mark in row.marks]


def spans(row):
    return [(each.kind.value, str(each.start), str(each.end)) for each in row.bars]


# The axis


def test_the_axis_goes_from_the_quarter_of_the_origin_to_that_of_the_last_date():
    axis = at("2022-01-01", f"[{owed(due='{within: P6M, from: signature}')}]").axis
    assert (axis.start, axis.end) == (date(2021, 1, 1), date(2023, 3, 31))


def test_the_axis_reaches_the_day_looked_at_when_all_is_past():
    assert at("2031-11-23").axis.end == date(2031, 12, 31)


def test_an_axis_where_nothing_is_dated_is_the_year_looked_at():
    timeline = at("2022-06-15", f"[{owed(kind='on-request')}]", head=PARTIES)
    assert (timeline.axis.start, timeline.axis.end) == (date(2022, 1, 1), date(2022, 12, 31))
    assert (timeline.term, timeline.marks) == (None, ())


def test_an_event_long_before_the_convention_does_not_stretch_the_axis_but_is_kept():
    timeline = at("2022-01-01")
    assert [mark.event.id for mark in timeline.outside] == ["annonce"]
    assert [(mark.day, mark.kind) for mark in timeline.marks] == [
        (date(2021, 3, 18), MarkKind.EVENT),
        (date(2023, 3, 18), MarkKind.TERM),
    ]


def test_the_axis_holds_the_approval_and_the_signature_wherever_they_are():
    head = f"{PARTIES}approval: vote\nevents: [{{id: vote, title: Vote, date: 2024-02-01}}]\n"
    timeline = at("2022-06-15", head=head)
    assert (timeline.axis.start, timeline.axis.end) == (date(2022, 4, 1), date(2024, 3, 31))
    assert timeline.outside == ()


# What has a mark


def test_a_deadline_has_its_state_and_the_period_that_leads_to_it():
    (row,) = at("2021-10-01", f"[{owed(due='{within: P6M, from: signature}')}]").rows
    assert shown(row) == [("2021-09-18", "due")]
    assert row.marks[0].state.value == "overdue"
    assert spans(row) == [("period", "2021-03-18", "2021-09-18")]


def test_a_deadline_that_the_text_names_has_no_period():
    (row,) = at("2021-10-01", f"[{owed(due='{on: 2021-12-31}')}]").rows
    assert row.bars == ()


def test_a_period_counted_back_from_its_origin_is_no_stretch():
    (row,) = at("2021-10-01", f"[{owed(due='{at_the_latest: P2M, before: terme}')}]").rows
    assert (shown(row), row.bars) == ([("2023-01-18", "due")], ())


def test_facts_and_the_end_of_a_cure_period_are_marked_on_their_days():
    journal = """\
      - {id: f-1, kind: notified, engagement: bilan, on: 2021-10-20, cure: P1M}
    """
    (row,) = at("2021-11-01", f"[{owed(due='{within: P6M, from: signature}')}]", journal).rows
    assert shown(row) == [("2021-09-18", "due"), ("2021-10-20", "notified"), ("2021-11-20", "cure_due")]


def test_an_avenant_is_a_mark_of_the_convention_and_leaves_the_date_it_moved():
    journal = """\
      - {id: f-1, kind: amended, on: 2022-01-15, effect: 2022-02-01, title: Avenant n° 1,
         changes: [{change: extend, target: terme, by: P12M}]}
    """
    timeline = at("2022-03-01", f"[{owed()}]", journal)
    assert shown(timeline.rows[0]) == [("2023-03-18", "previous_due"), ("2024-03-18", "due")]
    assert [(mark.day.isoformat(), mark.kind.value) for mark in timeline.marks] == [
        ("2021-03-18", "event"),
        ("2022-02-01", "amended"),
        ("2023-03-18", "previous_term"),
        ("2024-03-18", "term"),
    ]


def test_a_cancelled_fact_has_no_mark_nor_has_its_cancellation_and_both_are_counted():
    journal = """\
      - {id: f-1, kind: fulfilled, engagement: bilan, on: 2021-06-01}
      - {id: f-2, kind: voided, fact: f-1, on: 2021-07-01}
      - {id: f-3, kind: fulfilled, engagement: bilan, on: 2022-07-01}
    """
    timeline = at("2021-08-01", f"[{owed()}]", journal)
    assert shown(timeline.rows[0]) == [("2023-03-18", "due")]
    assert (timeline.cancelled, timeline.later) == (1, 1)


def test_a_fact_about_nobody_who_owes_is_a_mark_of_the_convention():
    journal = "  - {id: f-1, kind: triggered, engagement: reponse, to: [etat], on: 2021-06-01}\n"
    timeline = at("2021-08-01", f"[{owed('reponse', kind='on-request')}]", journal)
    assert [mark.fact.id for mark in timeline.marks if mark.fact] == ["f-1"]


# Bars


def test_a_continuing_engagement_is_in_effect_from_the_origin_of_the_term_to_the_term():
    (row,) = at("2022-01-01", f"[{owed(kind='continuing')}]").rows
    assert spans(row) == [("in_effect", "2021-03-18", "2023-03-18")]


@pytest.mark.parametrize("kind", ["waived", "breached"])
def test_a_fact_that_ends_a_continuing_engagement_ends_its_stretch(kind):
    journal = f"  - {{id: f-1, kind: {kind}, engagement: bilan, on: 2021-12-01}}\n"
    (row,) = at("2022-01-01", f"[{owed(kind='continuing')}]", journal).rows
    assert spans(row) == [("in_effect", "2021-03-18", "2021-12-01")]


def test_an_avenant_that_ends_an_engagement_ends_its_stretch():
    journal = """\
      - {id: f-1, kind: amended, on: 2021-12-01, title: Avenant n° 1, changes: [{change: end, target: bilan}]}
    """
    (row,) = at("2022-01-01", f"[{owed(kind='continuing')}]", journal).rows
    assert spans(row) == [("in_effect", "2021-03-18", "2021-12-01")]


def test_suspensions_are_stretches_and_the_last_may_still_run():
    journal = """\
      - {id: f-1, kind: suspended, engagement: bilan, on: 2021-05-01}
      - {id: f-2, kind: resumed, engagement: bilan, on: 2021-06-01}
      - {id: f-3, kind: suspended, engagement: bilan, on: 2021-12-01}
    """
    timeline = at("2022-01-01", f"[{owed(kind='continuing')}]", journal)
    paused = [each for each in timeline.rows[0].bars if each.kind is BarKind.SUSPENDED]
    assert [(str(each.start), str(each.end)) for each in paused] == [
        ("2021-05-01", "2021-06-01"),
        ("2021-12-01", "None"),
    ]
    assert timeline.until(paused[1]) == date(2022, 1, 1)


def test_a_recurring_engagement_has_one_lane_one_stretch_and_a_mark_per_occurrence():
    due = "{every: P6M, from: signature, until: terme}"
    (row,) = at("2022-01-01", f"[{owed(kind='recurring', due=due)}]").rows
    assert shown(row) == [(text, "due") for text in ("2021-09-18", "2022-03-18", "2022-09-18", "2023-03-18")]
    assert spans(row) == [("period", "2021-03-18", "2023-03-18")]


def test_a_request_without_a_number_in_the_text_runs_until_it_is_answered():
    journal = "  - {id: f-1, kind: occurred, event: demande, on: 2021-06-01}\n"
    asked = f"[{owed(kind='on-request', trigger='demande')}]"
    timeline = at("2021-08-01", asked, journal)
    (row,) = timeline.rows
    assert (spans(row), shown(row)) == ([("period", "2021-06-01", "None")], [("2021-06-01", "occurred")])
    assert timeline.until(row.bars[0]) == date(2021, 8, 1)
    answered = f"{journal}  - {{id: f-2, kind: fulfilled, engagement: bilan, on: 2021-07-01}}\n"
    (row,) = at("2021-08-01", asked, answered).rows
    assert spans(row) == [("period", "2021-06-01", "2021-07-01")]


# Rows


def test_debtors_share_a_lane_while_nothing_tells_them_apart():
    both = owed(debtors="[ville, etat]")
    (row,) = at("2022-01-01", f"[{both}]").rows
    assert (row.id, [debtor.key for debtor in row.debtors]) == ("bilan", ["ville", "etat"])
    assert [one.id for one in row.marks[0].obligations] == ["bilan/ville", "bilan/etat"]
    journal = "  - {id: f-1, kind: fulfilled, engagement: bilan, by: etat, on: 2021-06-01}\n"
    rows = at("2022-01-01", f"[{both}]", journal).rows
    assert [row.id for row in rows] == ["bilan/etat", "bilan/ville"]
    assert not any(row.alone for row in rows)


def test_lanes_come_by_their_first_deadline_then_by_id_and_the_undated_last():
    several = [
        owed("z", kind="on-request"),
        owed("c", due="{on: 2022-01-01}"),
        owed("b", due="{on: 2022-06-01}"),
        owed("a", due="{on: 2022-06-01}"),
        owed("y", kind="on-request"),
    ]
    timeline = at("2021-06-01", f"[{', '.join(several)}]")
    assert [row.id for row in timeline.rows] == ["c", "a", "b", "y", "z"]
    assert [row.is_drawn for row in timeline.rows] == [True, True, True, False, False]
    assert [one.id for row in timeline.rows for one in row.undated] == ["y/ville", "z/ville"]


def test_a_choice_of_obligations_leaves_out_the_others_and_their_facts():
    repository = folder(SHIPPED)
    journal = facts("  - {id: f-1, kind: fulfilled, engagement: feuille-de-route, on: 2021-09-01}\n")
    ledger = open_ledger(Declarations(repository.convention, repository.sites, journal), day("2021-10-01"))
    some = [one for one in ledger.situation.obligations if one.engagement.id == "etat-referent"]
    timeline = timeline_of(ledger, some)
    assert [row.id for row in timeline.rows] == ["etat-referent"]
    assert [mark for mark in timeline.marks if mark.fact] == []


# Whatever the convention and the journal


@SEVERAL
@given(conventions(), journals(), DAYS)
def test_every_dated_obligation_has_exactly_one_deadline_mark_and_every_other_is_told_as_undated(agreed, told, as_of):
    ledger = open_ledger(Declarations(agreed, (), told), as_of)
    timeline = timeline_of(ledger, ledger.situation.obligations)
    marked = sorted(
        (one.id, mark.day, mark.state)
        for row in timeline.rows
        for mark in row.marks
        if mark.kind is MarkKind.DUE
        for one in mark.obligations
    )
    undated = [one.id for row in timeline.rows for one in row.undated]
    assert marked == sorted((one.id, one.due, one.state) for one in ledger.situation.obligations if one.due)
    assert sorted(undated) == sorted(one.id for one in ledger.situation.obligations if not one.due)


@SEVERAL
@given(conventions(), journals(), DAYS)
def test_every_fact_that_counts_has_a_mark_on_the_day_it_takes_effect(agreed, told, as_of):
    voided = (*told, *(voiding("v", told[0].id, as_of) if told else ()))
    ledger = open_ledger(Declarations(agreed, (), voided), as_of)
    timeline = timeline_of(ledger, ledger.situation.obligations)
    marks = [*timeline.marks, *(mark for row in timeline.rows for mark in row.marks)]
    expected = {fact.id: effective_on(fact) for fact in told[1:] if effective_on(fact) <= as_of}
    assert {mark.fact.id: mark.day for mark in marks if mark.fact and mark.kind is not MarkKind.CURE_DUE} == expected


@SEVERAL
@given(conventions(), journals(), DAYS)
def test_the_axis_holds_the_day_looked_at_the_term_every_mark_and_every_stretch(agreed, told, as_of):
    ledger = open_ledger(Declarations(agreed, (), told), as_of)
    timeline = timeline_of(ledger, ledger.situation.obligations)
    days = [as_of, *(mark.day for mark in timeline.marks)]
    days += [each for each in (timeline.start, timeline.term, timeline.previous_term) if each]
    for row in timeline.rows:
        days += [mark.day for mark in row.marks]
        days += [each for bar in row.bars for each in (bar.start, timeline.until(bar))]
        assert all(bar.end is None or bar.start <= bar.end for bar in row.bars)
    assert all(map(timeline.axis.holds, days))
    assert not any(timeline.axis.holds(mark.day) for mark in timeline.outside)
    assert (timeline.axis.start.day, (timeline.axis.end + timedelta(days=1)).day) == (1, 1)


@SEVERAL
@given(conventions(), journals(), DAYS)
def test_each_obligation_is_on_one_lane_and_lane_ids_are_unique(agreed, told, as_of):
    ledger = open_ledger(Declarations(agreed, (), told), as_of)
    rows = timeline_of(ledger, ledger.situation.obligations).rows
    assert sorted(one.id for row in rows for one in row.obligations) == sorted(
        one.id for one in ledger.situation.obligations
    )
    assert len({row.id for row in rows}) == len(rows)
