"""How a convention ends: tacit renewal, denunciation, termination, no fixed end; dates counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qp_cli.tracking.renewal import MoveKind
from qp_cli.tracking.situation import assess
from qp_cli.tracking.states import Note, State, notes_on
from tests.tracking.building import at, convention, day, facts
from tests.tracking.journals import avenant

FEW = settings(max_examples=25, deadline=None)
BODY = """
signature: signature
term: {clause: art. 8, due: {within: P3Y, from: signature}%s}
events: [{id: signature, title: Signature, date: 2021-01-01}]
parties:
- {id: ville, name: Ville, signatory: true}
- {id: etat, name: État, signatory: true}
- {id: maire, name: Maire, organ_of: ville}
- {id: voisine, name: Voisine}
engagements:
- {id: plan, title: Plan, debtors: [ville], kind: one-off}
- {id: suivi, title: Suivi, debtors: [ville], kind: continuing}
- {id: bilan, title: Bilan, debtors: [ville], kind: recurring, due: {every: P1Y, from: signature}}
- id: rapport
  title: Rapport
  debtors: [ville]
  kind: recurring
  due: {within: P6M, from: {every: P1Y, from: signature}}
- {id: solde, title: Solde, debtors: [etat], kind: one-off, due: {within: P3M, from: terme}}
- {id: avant, title: Avant, debtors: [ville], kind: one-off, due: {at_the_latest: P4M, before: terme}}
- {id: fixe, title: Fixe, debtors: [ville], kind: one-off, due: {on: 2023-06-30}}
- {id: avis, title: Avis, debtors: [etat], kind: on-request, due: {within: P2M}}
"""
RENEWED = BODY % ", renewal: {every: P3Y, notice: P6M, at_most: 2, clause: art. 8}"
OPEN = BODY.replace("due: {within: P3Y, from: signature}%s", "open_ended: true, notice: P3M")
SIGNED = BODY % ""
ENDED = "- {id: t, kind: terminated, on: 2022-03-01, by: ville, notice: P3M}\n"


def denounced(on, by="ville", name="d"):
    return f"- {{id: {name}, kind: denounced, on: {on}, by: {by}}}\n"


def states(situation, engagement):
    return {
        one.id.partition("/")[2]: (one.state, one.due)
        for one in situation.obligations
        if one.engagement.id == engagement
    }


@pytest.mark.parametrize(
    ("as_of", "term", "renewals"),
    [
        ("2024-01-01", "2024-01-01", 0),  # the expiry itself: 3 years from 1 January 2021
        ("2024-01-02", "2027-01-01", 1),
        ("2027-01-01", "2027-01-01", 1),
        ("2027-01-02", "2030-01-01", 2),
        ("2031-06-01", "2030-01-01", 2),  # two at most
    ],
)
def test_the_term_moves_at_each_expiry_counted_from_its_origin(as_of, term, renewals):
    situation = at(as_of, RENEWED)
    assert situation.term.due == day(term)
    assert len(situation.term_moved_by) == renewals
    assert situation.term.steps[-1].result == day(term)


def test_a_month_end_is_kept_by_counting_once():
    body = (
        RENEWED.replace("2021-01-01", "2021-08-31")
        .replace("P3Y, from", "P6M, from")
        .replace("every: P3Y", "every: P1M")
    )
    # 31 August 2021 + P6M = 28 February 2022; + P7M = 31 March, not 28
    assert at("2022-03-01", body).term.due == day("2022-03-31")


def test_a_day_is_renewed_by_lengths_that_begin_on_its_morrow():
    body = RENEWED.replace("{within: P3Y, from: signature}", "{on: 2023-12-31}").replace("every: P3Y", "every: P1Y")
    situation = at("2024-01-01", body)
    assert situation.term.due == day("2024-12-31")
    assert situation.term.origin is None
    assert at("2025-01-01", body).term.due == day("2025-12-31")
    assert at("2026-01-01", body).term.due == day("2025-12-31")


@pytest.mark.parametrize(
    ("on", "term"),
    [("2023-07-01", "2024-01-01"), ("2023-07-02", "2027-01-01"), ("2024-03-01", "2027-01-01")],
)
def test_a_denunciation_counts_until_its_last_day(on, term):
    # six months back from 1 January 2024: 1 July 2023
    assert at("2024-06-01", RENEWED, denounced(on)).term.due == day(term)


def test_a_denunciation_out_of_time_does_nothing_to_a_later_expiry():
    assert at("2027-01-02", RENEWED, denounced("2023-07-02")).term.due == day("2030-01-01")


def test_without_a_notice_the_expiry_itself_is_in_time():
    body = RENEWED.replace(" notice: P6M,", "")
    assert at("2024-01-02", body, denounced("2024-01-01")).term.due == day("2024-01-01")


def test_clear_days_by_the_regime_of_the_renewal():
    body = RENEWED.replace("notice: P6M", "notice: P6M, regime: a-rebours")
    assert states(at("2023-01-01", body), "denonciation")["ville@2024-01-01"] == (State.OPEN, day("2023-06-30"))


def test_each_signatory_has_an_option_for_the_expiries_passed_and_the_next():
    found = states(at("2024-02-01", RENEWED, denounced("2023-08-01", "maire")), "denonciation")
    assert found == {
        "ville@2024-01-01": (State.LAPSED, day("2023-07-01")),
        "etat@2024-01-01": (State.LAPSED, day("2023-07-01")),
        "ville@2027-01-01": (State.OPEN, day("2026-07-01")),
        "etat@2027-01-01": (State.OPEN, day("2026-07-01")),
    }


def test_an_option_is_exercised_by_its_party_or_an_organ_of_it_and_a_late_one_says_so():
    situation = at("2024-02-01", RENEWED, denounced("2023-06-01", "maire") + denounced("2023-08-01", "etat", "e"))
    assert {name: state for name, (state, _) in states(situation, "denonciation").items()} == {
        "ville@2024-01-01": State.EXERCISED,
        "etat@2024-01-01": State.LAPSED,
    }
    late = next(one for one in situation.obligations if one.id == "denonciation/etat@2024-01-01")
    assert Note.OUT_OF_TIME in notes_on(situation, late)


def test_an_avenant_that_redates_the_term_begins_a_new_count():
    journal = """
    - id: a
      kind: amended
      title: Avenant
      on: 2024-06-01
      changes: [{change: due, target: terme, due: {on: 2025-12-31}}]
    """
    assert at("2032-01-01", RENEWED, journal).term.due == day("2031-12-31")  # 2025, 2028, 2031, and no more
    assert at("2032-01-01", RENEWED, journal).term_moved_how == (
        MoveKind.RENEWAL,
        MoveKind.AVENANT,
        MoveKind.RENEWAL,
        MoveKind.RENEWAL,
    )


def test_an_extension_lengthens_the_period_that_runs_and_keeps_the_count():
    journal = """
    - {id: a, kind: amended, title: Avenant, on: 2024-06-01, changes: [{change: extend, target: terme, by: P1Y}]}
    """
    assert at("2027-06-01", RENEWED, journal).term.due == day("2028-01-01")
    assert at("2032-06-01", RENEWED, journal).term.due == day("2031-01-01")


def test_a_renewal_gives_the_dates_of_the_avenant_that_would_have_said_it():
    journal = """
    - {id: a, kind: amended, title: Avenant, on: 2024-01-02, changes: [{change: extend, target: terme, by: P3Y}]}
    """
    for as_of in ("2024-01-02", "2025-05-05", "2027-01-01"):
        tacit, said = at(as_of, RENEWED), at(as_of, SIGNED, journal)
        assert [
            (one.id, one.state, one.due, one.previous_due)
            for one in tacit.obligations
            if one.engagement.kind != "option"
        ] == [(one.id, one.state, one.due, one.previous_due) for one in said.obligations]


def test_what_fell_due_before_an_expiry_stays_as_it_was():
    found = states(at("2024-01-02", RENEWED), "bilan")
    assert found["ville@2022-01-01"] == (State.OVERDUE, day("2022-01-01"))
    assert states(at("2024-01-02", RENEWED), "avant") == {"ville": (State.OVERDUE, day("2023-09-01"))}


def test_a_termination_ends_what_was_to_come_and_leaves_what_was_due():
    # three months from 1 March 2022: 1 June 2022
    situation = at("2022-03-01", SIGNED, ENDED)
    assert situation.term.due == day("2022-06-01")
    assert situation.term.origin == day("2021-01-01")
    assert situation.term_moved_how == (MoveKind.TERMINATION,)
    assert situation.previous_term == day("2024-01-01")
    assert states(situation, "bilan") == {
        "ville@2022-01-01": (State.OVERDUE, day("2022-01-01")),
        "ville@2023-01-01": (State.DISCHARGED, day("2023-01-01")),
        "ville@2024-01-01": (State.DISCHARGED, day("2024-01-01")),
    }
    assert states(situation, "fixe") == {"ville": (State.DISCHARGED, day("2023-06-30"))}
    assert states(situation, "plan") == {"ville": (State.UPCOMING, day("2022-06-01"))}
    assert states(situation, "suivi") == {"ville": (State.IN_EFFECT, day("2022-06-01"))}
    assert states(at("2022-06-02", SIGNED, ENDED), "suivi") == {"ville": (State.EXPIRED, day("2022-06-01"))}


def test_the_last_report_remains_owed_after_a_termination():
    found = states(at("2022-06-15", SIGNED, ENDED), "rapport")
    assert found["ville@2022-01-01"] == (State.DUE_SOON, day("2022-07-01"))
    assert found["ville@2023-01-01"] == (State.DISCHARGED, day("2023-07-01"))


def test_what_is_counted_from_the_term_starts_from_the_early_end():
    assert states(at("2022-03-02", SIGNED, ENDED), "solde") == {"etat": (State.UPCOMING, day("2022-09-01"))}


def test_what_counts_back_from_an_end_too_near_is_owed_by_it():
    # four months before 1 June 2022 is 1 February, before the termination was notified
    situation = at("2022-03-02", SIGNED, ENDED)
    assert states(situation, "avant") == {"ville": (State.UPCOMING, day("2022-06-01"))}
    (one,) = (one for one in situation.obligations if one.engagement.id == "avant")
    assert one.deadline.steps[-1].result == day("2022-06-01")


@pytest.mark.parametrize(("asked", "state"), [("2022-05-31", State.OVERDUE), ("2022-06-02", State.DISCHARGED)])
def test_requests_by_the_end_are_answered(asked, state):
    journal = ENDED + f"- {{id: q, kind: triggered, engagement: avis, by: ville, on: {asked}}}\n"
    ((found, _),) = states(at("2022-12-01", SIGNED, journal), "avis").values()
    assert found is state


def test_of_two_terminations_the_first_to_take_effect_counts():
    later = "- {id: u, kind: terminated, on: 2022-03-10, effect: 2022-12-31}\n"
    sooner = "- {id: u, kind: terminated, on: 2022-03-10, effect: 2022-04-30}\n"
    assert at("2022-03-11", SIGNED, ENDED + later).term.due == day("2022-06-01")
    assert at("2022-03-11", SIGNED, ENDED + sooner).term.due == day("2022-04-30")


def test_a_termination_that_takes_effect_after_an_expiry_acts_once_it_was_renewed():
    journal = "- {id: t, kind: terminated, on: 2023-11-01, effect: 2024-03-31}\n"
    assert at("2023-12-01", RENEWED, journal).term.due == day("2024-01-01")
    assert at("2024-01-02", RENEWED, journal).term.due == day("2024-03-31")
    assert at("2030-01-02", RENEWED, journal).term.due == day("2024-03-31")


def test_nothing_is_renewed_after_a_termination():
    assert at("2030-01-02", RENEWED, ENDED).term.due == day("2022-06-01")
    assert states(at("2030-01-02", RENEWED, ENDED), "denonciation") == {}


def test_without_a_fixed_end_what_is_certain_is_shown():
    situation = at("2022-03-02", OPEN)
    assert situation.term.due is None
    assert states(situation, "suivi") == {"ville": (State.IN_EFFECT, None)}
    assert list(states(situation, "bilan")) == ["ville@2022-01-01", "ville@2023-01-01"]
    assert states(situation, "solde") == {"etat": (State.CONDITIONAL, None)}


def test_the_notice_of_the_text_is_that_of_a_termination_which_says_none():
    journal = "- {id: t, kind: terminated, on: 2022-03-01, by: etat}\n"
    situation = at("2022-03-02", OPEN, journal)
    assert situation.term.due == day("2022-06-01")
    assert states(situation, "solde") == {"etat": (State.UPCOMING, day("2022-09-01"))}
    assert states(situation, "bilan") == {
        "ville@2022-01-01": (State.OVERDUE, day("2022-01-01")),
        "ville@2023-01-01": (State.DISCHARGED, day("2023-01-01")),
    }


DAYS = st.dates(date(2021, 6, 1), date(2030, 12, 31))
FACTS = st.lists(
    st.one_of(
        st.builds(lambda on, by: f"kind: denounced, on: {on}, by: {by}", DAYS, st.sampled_from(("ville", "etat"))),
        st.builds(lambda on: f"kind: terminated, on: {on}, notice: P3M", DAYS),
        st.builds(lambda on: f"kind: fulfilled, engagement: fixe, on: {on}", DAYS),
        st.builds(lambda on: f"kind: fulfilled, engagement: bilan, on: {on}", DAYS),
    ),
    max_size=4,
)
CONVENTIONS = {name: convention(body) for name, body in (("renewed", RENEWED), ("open", OPEN), ("signed", SIGNED))}


def journal_of(texts):
    return facts("".join(f"- {{id: f{number}, {text}}}\n" for number, text in enumerate(texts)))


def told(situation):
    rows = [(one.id, one.state, one.due, one.moved_by, one.facts) for one in situation.obligations]
    return situation.term.due, situation.term_moved_by, sorted(rows)


@FEW
@given(st.sampled_from(sorted(CONVENTIONS)), FACTS, DAYS)
def test_the_order_of_the_file_and_what_comes_later_change_nothing(name, texts, as_of):
    journal = journal_of(texts)
    whole = told(assess(CONVENTIONS[name], (), journal, as_of))
    assert told(assess(CONVENTIONS[name], (), tuple(reversed(journal)), as_of)) == whole
    by_then = tuple(fact for fact in journal if fact.on <= as_of)
    assert told(assess(CONVENTIONS[name], (), by_then, as_of)) == whole


@FEW
@given(st.sampled_from(sorted(CONVENTIONS)), FACTS, DAYS)
def test_every_engagement_has_a_row_and_every_row_an_id_of_its_own(name, texts, as_of):
    situation = assess(CONVENTIONS[name], (), journal_of(texts), as_of)
    ids = [one.id for one in situation.obligations]
    assert len(ids) == len(set(ids))
    assert {one.id for one in situation.convention.engagements} == {one.engagement.id for one in situation.obligations}


@FEW
@given(FACTS.filter(lambda texts: not any("terminated" in text for text in texts)), DAYS)
def test_the_term_moves_forward_alone_and_only_the_day_after_an_expiry(texts, as_of):
    journal, agreed = journal_of(texts), CONVENTIONS["renewed"]
    before = assess(agreed, (), journal, as_of).term.due
    after = assess(agreed, (), journal, as_of + timedelta(days=1)).term.due
    assert after == before or (after > before and as_of >= before)


@FEW
@given(DAYS, DAYS)
def test_a_denunciation_in_time_freezes_the_term_and_one_out_of_time_changes_nothing(on, as_of):
    agreed = CONVENTIONS["renewed"]
    then = assess(agreed, (), (), on).term.due
    last = {2024: date(2023, 7, 1), 2027: date(2026, 7, 1)}.get(then.year, date.min)
    found = assess(agreed, (), facts(denounced(on)), max(on, as_of)).term.due
    assert found == (then if on <= last else assess(agreed, (), (), max(on, as_of)).term.due)


@FEW
@given(
    st.sampled_from(("renewed", "signed")),
    FACTS.filter(lambda texts: not any("terminated" in text for text in texts)),
    DAYS,
)
def test_a_termination_changes_nothing_that_fell_due_or_was_performed(name, texts, on):
    agreed, journal = CONVENTIONS[name], journal_of(texts)
    ended = (*journal, *facts(f"- {{id: t, kind: terminated, on: {on}, notice: P3M}}\n"))
    before = {one.id: one for one in assess(agreed, (), journal, on).obligations}
    situation = assess(agreed, (), ended, on)
    after = {one.id: one for one in situation.obligations}
    for name_, one in before.items():
        done = one.state in {State.FULFILLED, State.FULFILLED_LATE}
        passed = one.due is not None and one.due < on and one.engagement.kind != "option"
        if done or passed:
            assert (after[name_].state, after[name_].due) == (one.state, one.due)


MOVED = "change: due, target: terme, due: {within: P5Y, from: signature}"


@pytest.mark.parametrize(
    "changes",
    [
        (MOVED, "change: end, target: suivi"),
        ("change: end, target: suivi", MOVED),
        ("change: extend, target: terme, by: P2Y", "change: end, target: suivi"),
    ],
)
def test_what_ends_on_the_day_the_term_moves_ended_under_the_term_before(changes):
    situation = at("2023-05-02", SIGNED, avenant("2023-05-01", *changes))
    assert situation.term.due == day("2026-01-01")
    assert states(situation, "suivi") == {"ville": (State.DISCHARGED, day("2024-01-01"))}
    (one,) = [each for each in situation.obligations if each.engagement.id == "suivi"]
    assert (one.previous_due, one.moved_by) == (None, ())


def test_what_ends_on_the_day_it_is_given_another_date_keeps_the_one_that_was_shown():
    changes = ("change: extend, target: avant, by: P1M", "change: end, target: avant")
    situation = at("2023-05-02", SIGNED, avenant("2023-05-01", *changes))
    # four months back from 1 January 2024
    assert states(situation, "avant") == {"ville": (State.DISCHARGED, day("2023-09-01"))}


@pytest.mark.parametrize("separately", [False, True])
def test_two_avenants_of_one_day_end_as_one_does(separately):
    changes = (MOVED, "change: end, target: plan")
    apart = avenant("2023-05-01", changes[0], name="a") + avenant("2023-05-01", changes[1], name="b")
    situation = at("2023-05-02", SIGNED, apart if separately else avenant("2023-05-01", *changes))
    assert states(situation, "plan") == {"ville": (State.DISCHARGED, day("2024-01-01"))}


# --- What a reader stumbled upon ------------------------------------------------------------------------------

ENDS_AFTER_THE_EXPIRY = "- {id: t, kind: terminated, on: 2023-11-01, by: etat, notice: P6M}\n"  # 1 May 2024


def test_a_termination_that_ends_after_the_expiry_is_told_and_ends_what_is_renewed():
    for as_of in ("2023-11-01", "2024-01-01"):
        renewals = at(as_of, RENEWED, ENDS_AFTER_THE_EXPIRY).renewals
        assert [(end.fact, end.on) for end in renewals.ends_later] == [("t", date(2024, 5, 1))]
    now = at("2024-01-02", RENEWED, ENDS_AFTER_THE_EXPIRY)
    assert now.term.due == date(2024, 5, 1)
    assert now.renewals.ends_later == ()


def test_nothing_is_left_to_renew_once_it_is_terminated():
    assert at("2024-01-02", RENEWED).renewals.left == 1
    assert at("2024-01-02", RENEWED, ENDS_AFTER_THE_EXPIRY).renewals[1:3] == (1, 0)
    assert at("2022-03-01", RENEWED, ENDED).renewals[1:3] == (0, 0)


LASTING = SIGNED.replace(
    "engagements:\n",
    "engagements:\n"
    "- {id: comptes, title: Comptes, debtors: [ville], kind: recurring,\n"
    "   due: {within: P6M, from: {every: P1Y, first: 2021-12-31, until: fin-comptes}}}\n"
    "- {id: rendu, title: Rendu, debtors: [ville], kind: one-off, due: {on: 2022-05-31}}\n"
    "- {id: versement, title: Versement, debtors: [etat], kind: one-off, due: {within: P30D, from: rendu}}\n",
).replace("events: [", "events: [{id: fin-comptes, title: F, when: {within: P1Y, from: terme}}, ")


def test_a_series_that_the_text_has_go_on_after_the_end_does():
    # Ended on 1 June 2022, so until 1 June 2023: the accounts of 2022 too, by 30 June 2023.
    now = at("2022-07-01", LASTING, ENDED)
    assert states(now, "comptes")["ville@2022-12-31"] == (State.UPCOMING, date(2023, 6, 30))
    assert states(now, "comptes")["ville@2023-12-31"][0] is State.DISCHARGED


def test_what_is_paid_upon_a_report_that_was_due_is_paid_when_it_comes_after_the_end():
    done = "- {id: r, kind: fulfilled, engagement: rendu, on: 2022-07-10}\n"
    assert states(at("2022-07-01", LASTING, ENDED), "versement") == {"etat": (State.CONDITIONAL, None)}
    # 10 July and 30 days: 9 August.
    assert states(at("2022-07-10", LASTING, ENDED + done), "versement") == {"etat": (State.DUE_SOON, date(2022, 8, 9))}


def test_a_term_that_an_avenant_dated_rests_on_it_whatever_suspension_moved_it_since():
    stopped = (
        "  - {id: s, kind: suspended, engagement: all, term: true, on: 2023-06-01}\n"
        "  - {id: r, kind: resumed, engagement: all, on: 2023-07-01}\n"
    )
    # Five years from 1 January 2021, and the 30 days of June.
    now = at("2023-07-02", SIGNED, avenant("2023-05-01", MOVED) + stopped)
    assert (now.term.due, now.term.basis) == (date(2026, 1, 31), "amendment")
    assert at("2023-07-02", SIGNED, stopped).term.basis == "text"
