"""Notes: what a reader of an obligation has to know beside its state, each at the days it holds and no other."""

from __future__ import annotations

import pytest

from qp_cli.tracking import states as module
from qp_cli.tracking.portfolio import convention_ref
from qp_cli.tracking.states import Note, in_time_until, notes_on
from tests.tracking.building import SHIPPED, at, by_id, folder, folder_at

PEOPLE = """\
events:
  - {id: depart, title: Départ, date: 2021-03-18}
  - {id: accord, title: Accord, date: 2022-03-10}
  - {id: vote, title: Vote}
parties:
  - {id: ville, name: Ville, signatory: true}
  - {id: maire, name: Maire, organ_of: ville}
  - {id: agence, name: Agence}
roles:
  - {id: pilote, name: Pilote}
  - {id: chef, name: Chef, held_by: [agence]}
engagements:
"""
"""18 September 2021 is a Saturday, 20 September the Monday after."""
PLAN = "  - {id: plan, title: Plan, debtors: [ville], kind: one-off, due: {within: P6M, from: depart}}\n"
YEARLY = "  - {id: compte, title: Compte, debtors: [ville], kind: recurring, due: {every: P1Y, from: depart, "
DONE = "  - {id: fait, kind: fulfilled, engagement: plan, on: %s}\n"


def told(as_of, body, journal=""):
    situation = at(as_of, body, journal)
    return {one.id: [str(note) for note in notes_on(situation, one)] for one in situation.obligations}


def only(as_of, body, journal=""):
    (found,) = told(as_of, body, journal).values()
    return found


def test_the_keys_are_those_of_the_contract():
    assert {note.value for note in Note} == {
        "before-approval",
        "does-not-sign",
        "vacant-role",
        "no-date",
        "carry-over-unsettled",
        "evidence",
        "open-ended",
        "out-of-time",
        "in-part",
    }


def test_an_ordinary_obligation_has_none():
    assert only("2021-04-01", PEOPLE + PLAN) == []


@pytest.mark.parametrize("as_of", ["2021-04-01", "2022-03-10", "2026-01-01"])
def test_a_date_earlier_than_the_approval_says_so_at_every_day(as_of):
    assert only(as_of, "approval: accord\n" + PEOPLE + PLAN) == ["before-approval"]


def test_a_date_on_the_day_of_the_approval_or_without_one_says_nothing():
    same = PLAN.replace("{within: P6M, from: depart}", "{on: 2022-03-10}")
    eve = PLAN.replace("{within: P6M, from: depart}", "{on: 2022-03-09}")
    assert only("2022-01-01", "approval: accord\n" + PEOPLE + same) == []
    assert only("2022-01-01", "approval: accord\n" + PEOPLE + eve) == ["before-approval"]
    assert only("2022-01-01", "approval: vote\n" + PEOPLE + PLAN) == []


def test_an_approval_is_known_from_the_day_that_records_it():
    happened = "  - {id: f1, kind: occurred, event: vote, on: 2021-12-01}\n"
    body = "approval: vote\n" + PEOPLE + PLAN
    assert only("2021-11-30", body, happened) == []
    assert only("2021-12-01", body, happened) == ["before-approval"]


def test_who_does_not_sign_and_an_organ_signs_by_its_legal_person():
    body = PEOPLE + "  - {id: appui, title: Appui, debtors: [maire, agence, chef], kind: continuing}\n"
    assert told("2021-04-01", body) == {"appui/maire": [], "appui/agence": ["does-not-sign"]}


def test_nothing_is_said_of_signing_where_nobody_is_marked_nor_of_the_national_level():
    appui = "  - {id: appui, title: Appui, debtors: [agence], kind: continuing%s}\n"
    assert only("2021-04-01", PEOPLE.replace(", signatory: true", "") + appui % "") == []
    assert only("2021-04-01", PEOPLE + appui % ", scope: national") == []
    assert only("2021-04-01", PEOPLE + appui % "") == ["does-not-sign"]


def test_a_solidary_debt_of_one_who_signs_and_one_who_does_not_says_so():
    body = PEOPLE + "  - {id: appui, title: Appui, debtors: [ville, agence], solidary: true, kind: continuing}\n"
    assert only("2021-04-01", body) == ["does-not-sign"]


def test_what_a_role_without_holder_owes():
    body = PEOPLE + "  - {id: suivi, title: Suivi, debtors: [pilote], kind: continuing}\n"
    assert only("2021-04-01", body) == ["vacant-role"]


def test_a_series_that_gives_no_date():
    assert only("2021-04-01", PEOPLE + YEARLY + "until: 2021-06-30}}\n") == ["no-date"]


def test_a_series_whose_end_is_not_known():
    body = "term: {due: {within: P24M, from: vote}}\n" + PEOPLE + YEARLY + "until: terme}}\n"
    assert told("2022-04-01", body) == {
        "compte/ville@2022-03-18": ["open-ended"],
        "compte/ville@2023-03-18": ["open-ended"],
    }


@pytest.mark.parametrize(("as_of", "said"), [("18", False), ("19", True), ("20", True), ("21", False)])
def test_between_the_nominal_and_the_carried_over_date(as_of, said):
    situation = at(f"2021-09-{as_of}", PEOPLE + PLAN)
    (one,) = situation.obligations
    assert notes_on(situation, one) == ((Note.CARRY_OVER_UNSETTLED,) if said else ())
    assert str(in_time_until(situation, one)) == ("2021-09-20" if said else "None")


def test_what_was_performed_in_between_says_so_for_good_and_what_came_after_does_not():
    for on, said in (("2021-09-18", []), ("2021-09-20", ["carry-over-unsettled"]), ("2021-09-21", [])):
        assert only("2026-01-01", PEOPLE + PLAN, DONE % on) == said


def test_a_regime_that_settles_the_matter_leaves_nothing_to_say():
    for regime in ("procedure-civile", "ccag", "duree", "delai-franc"):
        assert only("2021-09-20", f"regime: {regime}\n" + PEOPLE + PLAN) == [], regime


def test_a_fixed_date_a_length_and_a_target_are_not_carried_over():
    fixed = PLAN.replace("{within: P6M, from: depart}", "{on: 2021-09-18}")
    assert only("2021-09-19", PEOPLE + fixed) == []
    assert only("2021-09-19", PEOPLE + PLAN.replace("one-off", "continuing")) == []
    target = "  - {id: avis, title: Avis, debtors: [ville], kind: on-request, trigger: vote, target: {within: P6M}}\n"
    happened = "  - {id: f1, kind: occurred, event: vote, on: 2021-03-18}\n"
    body = PEOPLE.replace("title: Vote", "title: Vote, repeats: true") + target
    assert only("2021-09-19", body, happened) == []


def test_a_performance_that_serves_nothing_is_kept_as_evidence():
    body = PEOPLE + YEARLY + "until: 2023-03-18}}\n"
    early = "  - {id: f1, kind: fulfilled, engagement: compte, on: 2021-03-01}\n"
    situation = at("2021-04-01", body, early)
    noted = {one.id: one.evidence for one in situation.obligations if Note.EVIDENCE in notes_on(situation, one)}
    assert noted == {"compte/ville@2022-03-18": ("f1",)}


def test_lists_of_several_conventions_keep_what_notes_need():
    situation = at("2022-04-01", "approval: accord\n" + PEOPLE + PLAN)
    (one,) = situation.obligations
    assert notes_on(convention_ref(situation), one) == notes_on(situation, one) == (Note.BEFORE_APPROVAL,)


def test_the_shipped_convention_says_what_a_careful_reader_notices():
    situation = folder_at(folder(SHIPPED), "2022-03-10")
    found = {name: notes_on(situation, one) for name, one in by_id(situation).items() if notes_on(situation, one)}
    assert found == {
        "feuille-de-route/metropole": (Note.BEFORE_APPROVAL,),
        "chef-de-file-appui/anru": (Note.DOES_NOT_SIGN,),
        "chef-de-file-portage/anru": (Note.DOES_NOT_SIGN,),
        "partenaires-capitalisation/anct": (Note.DOES_NOT_SIGN,),
        "partenaires-capitalisation/anru": (Note.DOES_NOT_SIGN,),
        "partenaires-capitalisation/banque-des-territoires": (Note.DOES_NOT_SIGN,),
        "partenaires-capitalisation/bpifrance": (Note.DOES_NOT_SIGN,),
    }


def test_assessing_a_day_asks_for_no_note(monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr(module, "_notes", refuse)
    assert len(folder_at(folder(SHIPPED), "2022-03-10").obligations) == 28
