"""Causes: which fact, avenant, edit or mere passing of time moved a state or a deadline."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.law.periods import Period
from qp_cli.model.declarations import Declarations
from qp_cli.model.facts import Breached, Fulfilled, Notified, Waived
from qp_cli.tracking.counterfactuals import MOVING, Counterfactuals
from qp_cli.tracking.diff import changes, explain
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.situation import assess
from tests.tracking.building import convention, day, facts
from tests.tracking.test_properties import DAYS, conventions, journals

SEVERAL = settings(max_examples=100, deadline=None)
BODY = """\
term: {due: {within: P24M, from: depart}}
events:
  - {id: depart, title: Départ, date: 2022-01-31}
  - {id: signature, title: Signature}
  - {id: demande, title: Demande, repeats: true}
parties:
  - {id: ville, name: Ville}
  - {id: region, name: Région}
engagements:
  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {on: 2022-06-30}}
  - {id: suite, title: Suite, debtors: [ville], kind: one-off, due: {within: P1M, from: plan}}
  - {id: annexe, title: Annexe, debtors: [region], kind: one-off, due: {within: P2M, from: signature}}
  - {id: veille, title: Veille, debtors: [region], kind: continuing}
  - {id: avis, title: Avis, debtors: [ville], kind: on-request, trigger: demande, due: {within: P1M}}
"""
DONE = "  - {id: f1, kind: fulfilled, engagement: plan, on: 2022-07-12}\n"
AGAIN = "  - {id: f2, kind: fulfilled, engagement: plan, on: 2022-07-13}\n"
VOID = "  - {id: v1, kind: voided, fact: f1, on: 2022-07-15}\n"
SIGNED = "  - {id: s1, kind: occurred, event: signature, on: 2022-03-01}\n"
NOTICE = "  - {id: n1, kind: notified, engagement: plan, on: 2022-07-05, cure: P15D}\n"
LATER = (
    "  - {id: a1, kind: amended, title: A, on: 2022-06-01,\n"
    "     changes: [{change: due, target: plan, due: {on: 2022-07-10}}]}\n"
)
LONGER = "  - {id: a2, kind: amended, title: B, on: 2022-05-01, changes: [{change: extend, target: terme, by: P12M}]}\n"
OTHERS = (
    "  - {id: a3, kind: amended, title: C, on: 2022-05-01,\n"
    "     changes: [{change: debtors, target: plan, debtors: [region]}]}\n"
)


def side(as_of, journal="", body=BODY):
    agreed, told = convention(body), facts(journal)
    return open_ledger(Declarations(agreed, (), told), day(as_of))


def told(difference):
    """Each change with its causes: an id where there is one, preceded by a minus when it no longer counts."""
    return {one.change.id: [said(cause) for cause in one.causes] for one in difference.explained}


def said(cause):
    if cause.kind == "time":
        return "time"
    if cause.fact is None:
        return ("edit", *cause.names)
    name = f"{'-' if cause.gone else ''}{cause.fact.id}"
    return name if cause.kind == "fact" else (cause.kind.value, name)


def between(first, last, journal="", body=BODY):
    return explain(side(first, journal, body), side(last, journal, body))


def test_nothing_differs_from_itself():
    found = between("2022-07-20", "2022-07-20", DONE)
    assert (found.explained, found.term, found.facts) == ((), (), ())


def test_a_day_that_passes_is_time():
    assert told(between("2022-06-30", "2022-07-01")) == {"plan/ville": ["time"]}


def test_a_fulfilment_is_the_cause_even_though_time_made_it_late():
    found = told(between("2022-06-30", "2022-07-20", DONE))
    assert found["plan/ville"] == ["f1"]


def test_what_runs_from_an_engagement_is_moved_by_its_fulfilment():
    assert told(between("2022-06-30", "2022-07-20", DONE))["suite/ville"] == ["f1"]


def test_what_runs_from_an_event_is_moved_by_the_fact_that_dates_it():
    assert told(between("2022-02-20", "2022-03-02", SIGNED)) == {"annexe/region": ["s1"]}


def test_back_in_time_the_same_fact_does_not_count_yet():
    assert told(between("2022-03-02", "2022-02-20", SIGNED)) == {"annexe/region": ["-s1"]}
    assert told(between("2022-07-01", "2022-06-30")) == {"plan/ville": ["time"]}


def test_a_fact_cancelled_within_the_days_compared_leaves_time_as_the_cause():
    found = between("2022-06-30", "2022-07-16", DONE + VOID)
    assert told(found) == {"plan/ville": ["time"]}
    assert found.silent == ()  # what never held has nothing to say


def test_what_was_cancelled_never_held_so_no_day_sees_it_go():
    assert told(between("2022-07-14", "2022-07-16", DONE + VOID)) == {}


def test_between_two_revisions_a_cancellation_is_the_cause_of_what_it_undoes():
    before, after = (side("2022-07-16", journal) for journal in (DONE, DONE + VOID))
    assert told(explain(before, after)) == {"plan/ville": ["v1"], "suite/ville": ["v1"]}


def test_of_two_facts_that_each_suffice_both_are_named():
    found = told(between("2022-07-11", "2022-07-14", DONE + AGAIN))
    assert found["plan/ville"] == ["f1", "f2"]


def test_a_formal_notice_moves_no_state_but_opens_a_cure_period():
    found = between("2022-07-04", "2022-07-06", NOTICE)
    (one,) = found.explained
    assert ([said(cause) for cause in one.causes], one.cures) == (["n1"], (None, day("2022-07-20")))
    assert told(between("2022-06-30", "2022-07-06", NOTICE))["plan/ville"] == ["n1", "time"]


def test_an_avenant_moves_a_date_and_time_the_state():
    assert told(between("2022-05-20", "2022-06-15", LATER))["plan/ville"] == [("amendment", "a1"), "time"]


def test_an_avenant_without_which_it_would_be_overdue_is_the_cause_of_the_state_too():
    assert told(between("2022-05-20", "2022-07-01", LATER))["plan/ville"] == [("amendment", "a1")]


def test_a_longer_term_is_told_of_the_term_and_of_what_runs_to_it():
    found = between("2022-04-30", "2022-05-02", LONGER)
    assert [said(cause) for cause in found.term] == [("amendment", "a2")]
    assert found.terms == (day("2024-01-31"), day("2025-01-31"))
    assert told(found) == {"veille/region": [("amendment", "a2")]}


def test_other_debtors_are_the_avenants_doing_for_those_who_leave_and_those_who_come():
    found = told(between("2022-04-30", "2022-05-02", OTHERS))
    assert found == {"plan/region": [("amendment", "a3")], "plan/ville": [("amendment", "a3")]}


def test_a_request_brings_an_obligation_in_place_of_the_one_that_waited():
    asked = "  - {id: d1, kind: occurred, event: demande, on: 2022-03-01}\n"
    assert told(between("2022-02-20", "2022-03-02", asked)) == {"avis/ville@2022-03-01": ["d1"], "avis/ville": ["d1"]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2022-06-30}}", "2022-08-31}}", {"plan/ville": [("edit", "plan")]}),
        ("date: 2022-01-31", "date: 2022-07-25", {"veille/region": [("edit", "depart")]}),
        ("title: Plan", "title: Le plan", {}),
        ("term: {", "due_soon_days: 0\nterm: {", {}),
    ],
)
def test_an_edit_of_the_convention_is_told_by_what_was_edited(old, new, expected):
    assert told(explain(side("2022-07-20"), side("2022-07-20", body=BODY.replace(old, new)))) == expected


def test_an_edit_at_the_top_of_the_file_is_told_by_its_key():
    edited = side("2022-06-20", body=f"due_soon_days: 2\n{BODY}")
    assert told(explain(side("2022-06-20"), edited)) == {"plan/ville": [("edit", "due_soon_days")]}


def test_a_fact_and_an_edit_are_told_apart():
    edited = side("2022-07-20", DONE, BODY.replace("P2M, from: signature", "P2M, from: depart"))
    found = told(explain(side("2022-07-20"), edited))
    assert found == {"plan/ville": ["f1"], "suite/ville": ["f1"], "annexe/region": [("edit", "annexe")]}


def test_a_fact_written_down_later_than_its_day_is_the_cause_between_revisions():
    assert told(explain(side("2022-07-20"), side("2022-07-20", DONE)))["plan/ville"] == ["f1"]


def test_an_entry_that_was_edited_or_removed_is_told():
    earlier = DONE.replace("07-12", "06-12")
    found = told(explain(side("2022-07-20", DONE), side("2022-07-20", earlier)))
    assert found == {"plan/ville": [("edit", "f1")], "suite/ville": [("edit", "f1")]}
    assert told(explain(side("2022-07-20", DONE), side("2022-07-20")))["plan/ville"] == ["-f1"]


def outcome(situation):
    return {one.id: (one.state, one.due) for one in situation.obligations}


def applied(before, found):
    """What was, with the changes carried out."""
    after = dict(before)
    for change in found:
        if change.after is None:
            del after[change.id]
        else:
            after[change.id] = (change.after.state, change.after.due)
    return after


def moved(found):
    return {change.id: (change.states, change.dues) for change in found if change.moved}


def composed(first, second):
    """Two steps as one: what comes back to where it was is no change."""
    steps = {}
    for name in (*first, *second):
        (state, due), (last_state, last_due) = first.get(name, second.get(name)), second.get(name, first.get(name))
        steps[name] = ((state[0], last_state[1]), (due[0], last_due[1]))
    return {name: step for name, step in steps.items() if step[0][0] is not step[0][1] or step[1][0] != step[1][1]}


@SEVERAL
@given(conventions(), journals(), DAYS, DAYS, DAYS)
def test_two_differences_in_a_row_make_the_whole_one(agreed, recorded, first, second, third):
    one, two, three = (assess(agreed, (), recorded, as_of) for as_of in (first, second, third))
    assert applied(applied(outcome(one), changes(one, two)), changes(two, three)) == outcome(three)
    assert composed(moved(changes(one, two)), moved(changes(two, three))) == moved(changes(one, three))


@SEVERAL
@given(conventions(), conventions(), conventions(), journals(), journals(), DAYS)
def test_revisions_compose_as_days_do(first, second, third, recorded, more, as_of):
    one, two, three = (
        assess(agreed, (), told, as_of) for agreed, told in ((first, recorded), (second, more), (third, recorded))
    )
    assert composed(moved(changes(one, two)), moved(changes(two, three))) == moved(changes(one, three))


@SEVERAL
@given(conventions(), journals(), journals(), DAYS, DAYS)
def test_every_change_has_a_cause_and_back_again_the_same_undone(agreed, recorded, more, first, last):
    one, two = (open_ledger(Declarations(agreed, (), told), as_of) for told, as_of in ((recorded, first), (more, last)))
    there, back = explain(one, two), explain(two, one)
    for each in there.explained:
        kinds = {cause.kind.value for cause in each.causes}
        assert kinds
        assert first != last or "time" not in kinds
        assert "edit" not in kinds or any(cause.fact for cause in each.causes)
    if first != last:
        undone = {one.change.id: {_key(cause, undone=True) for cause in one.causes} for one in back.explained}
        assert {one.change.id: {_key(cause) for cause in one.causes} for one in there.explained} == undone


def _key(cause, *, undone=False):
    return (
        cause.kind,
        cause.fact.id if cause.fact else None,
        cause.gone is not undone and cause.kind in {"fact", "amendment"},
    )


@SEVERAL
@given(conventions(), journals(), DAYS, DAYS)
def test_without_any_fact_or_edit_only_time_moves(agreed, recorded, first, last):
    kept = tuple(fact for fact in recorded if max(fact.on, getattr(fact, "applies_from", fact.on)) <= min(first, last))
    one, two = (open_ledger(Declarations(agreed, (), kept), as_of) for as_of in (first, last))
    found = explain(one, two)
    assert {cause.kind.value for each in found.explained for cause in each.causes} <= {"time"}
    assert found.facts == ()


@SEVERAL
@given(conventions(), journals(most=1), DAYS)
def test_one_fact_more_is_the_only_cause_there_is(agreed, recorded, as_of):
    one, two = (open_ledger(Declarations(agreed, (), told), as_of) for told in ((), recorded))
    for each in explain(one, two).explained:
        assert [cause.fact.id for cause in each.causes] == ["f0"]


@SEVERAL
@given(conventions(), DAYS, DAYS, st.booleans())
def test_a_suspension_of_all_is_the_only_cause_there_is(agreed, on, as_of, term):
    stopped = facts(f"  - {{id: f0, kind: suspended, engagement: all, term: {str(term).lower()}, on: {on}}}\n")
    one, two = (open_ledger(Declarations(agreed, (), told), as_of) for told in ((), stopped))
    found = explain(one, two)
    assert {cause.fact.id if cause.fact else None for each in found.explained for cause in each.causes} <= {"f0"}
    assert not found.explained or found.silent == ()


def test_a_suspension_of_all_and_its_end_move_what_they_stop():
    stop = "  - {id: p1, kind: suspended, engagement: all, on: 2022-03-01}\n"
    start = "  - {id: r1, kind: resumed, engagement: all, on: 2022-03-11}\n"
    signed = SIGNED.replace("2022-03-01", "2022-02-15")
    assert told(between("2022-02-28", "2022-03-02", signed + stop))["annexe/region"] == ["p1"]
    assert told(between("2022-03-02", "2022-03-12", signed + stop + start))["annexe/region"] == ["r1"]


def cure_of(one):
    return one and one.standing.notice and one.standing.notice.cure and one.standing.notice.cure.due


def by_definition(earlier, later, change):
    """The ids that an outcome would differ without, in the whole of both sides; None where that tells nothing."""
    worlds = Counterfactuals(earlier, later)
    found = set()
    for look in (lambda one: one and one.state, lambda one: one and one.due, cure_of):
        before, after = look(change.before), look(change.after)
        if before == after:
            continue
        if look(worlds.frozen.obligations.get(change.id)) == after:
            continue
        necessary = {name for name in worlds.suspects if look(worlds.without(name).obligations.get(change.id)) != after}
        if not necessary:
            return None
        found |= necessary
    return found


@SEVERAL
@given(conventions(), journals(most=6), DAYS, DAYS)
def test_the_causes_are_what_the_outcome_would_differ_without(agreed, recorded, first, last):
    _held_against_the_definition(agreed, recorded, first, last)


@SEVERAL
@given(conventions(), journals(most=6), DAYS, DAYS)
def test_so_they_are_where_nothing_moves_a_date(agreed, recorded, first, last):
    still = tuple(fact for fact in recorded if not isinstance(fact, MOVING))
    _held_against_the_definition(agreed, still, first, last)


@SEVERAL
@given(conventions(), journals(most=6), DAYS, DAYS)
def test_so_they_are_where_formal_notices_set_a_cure_period(agreed, recorded, first, last):
    served = [_noticed(fact) if isinstance(fact, Breached | Waived | Fulfilled) else fact for fact in recorded]
    _held_against_the_definition(agreed, tuple(served), first, last)


def _noticed(fact):
    """A formal notice instead of another fact, two times in three."""
    if fact.on.day % 3 == 0:
        return fact
    words = {"id": fact.id, "on": fact.on, "engagement": fact.engagement, "by": fact.by, "sites": fact.sites}
    return Notified(kind="notified", cure=Period(days=20), **words)


def _held_against_the_definition(agreed, recorded, first, last):
    first, last = sorted((first, last))
    one, two = (open_ledger(Declarations(agreed, (), recorded), as_of) for as_of in (first, last))
    for each in explain(one, two).explained:
        expected = by_definition(one, two, each.change)
        named = {cause.fact.id for cause in each.causes if cause.fact}
        assert expected is None or named == expected


def test_what_others_perform_is_no_cause():
    names = ", ".join(f"p-{number}" for number in range(4))
    parties = "\n".join(f"  - {{id: p-{number}, name: P{number}}}" for number in range(4))
    body = BODY.replace("debtors: [ville], kind: one-off, due: {on: 2022-06-30}",
                        f"debtors: [{names}], kind: one-off, due: {{on: 2022-06-30}}")  # fmt: skip
    body = body.replace("  - {id: region", f"{parties}\n  - {{id: region")
    done = "".join(
        f"  - {{id: f{number}, kind: fulfilled, engagement: plan, by: p-{number % 4}, on: 2022-06-0{number + 1}}}\n"
        for number in range(5)
    )
    found = told(between("2022-05-30", "2022-06-20", done, body))
    assert {name: found[name] for name in sorted(found) if name.startswith("plan")} == {
        "plan/p-0": ["f0", "f4"],  # each would have sufficed
        "plan/p-1": ["f1"],
        "plan/p-2": ["f2"],
        "plan/p-3": ["f3"],
    }
