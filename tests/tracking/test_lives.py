"""Conventions that live: what avenants, facts, series and terms leave of what is owed, each day counted by hand."""

from __future__ import annotations

import pytest

from tests.tracking.building import at, by_id, dues, states
from tests.tracking.journals import about, asked, avenant

HEAD = """\
term: {due: {within: P48M, from: depart}}
events:
  - {id: depart, title: Départ, date: 2022-01-10}
  - {id: accord, title: Accord}
  - {id: demande, title: Demande, repeats: true}
parties:
  - {id: ville, name: Ville}
  - {id: region, name: Région}
  - {id: etat, name: État}
engagements:
"""
"""The term is Saturday 10 January 2026: a durée is never carried over (under quantième nothing is)."""


def one(name, kind, due="", debtors="ville", **more):
    keys = {"id": name, "title": name.title(), "debtors": f"[{debtors}]", "kind": kind, **more}
    if due:
        keys["due"] = due
    return HEAD + "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}\n"


PAST = one("plan", "one-off", "{on: 2022-06-30}")
COMING = one("plan", "one-off", "{on: 2024-06-30}")
HALF = one("plan", "one-off", "{within: P6M, from: depart}")
"""10 July 2022."""
RUNNING = one("veille", "continuing")
YEARLY = one("compte", "recurring", "{every: P1Y, first: 2022-12-31, until: terme}")
"""31 December of 2022, 2023, 2024 and 2025."""
REPORT = one("rapport", "recurring", "{within: P3M, from: {every: P1Y, first: 2022-12-31, until: terme}}")
"""31 March of 2023, 2024, 2025, and of 2026, after the term: the report on its last year."""
ANSWER = one("avis", "on-request", "{within: P1M}", trigger="demande")
EFFECT = "2023-09-01"
TRANSFER = "change: debtors, target: {}, debtors: [region]"
EVE, THEN, LATER = "2023-08-31", EFFECT, "2024-02-01"
WHOEVER = pytest.mark.parametrize("by", [{}, {"by": "ville"}], ids=["nobody", "ville"])


def handed(name, on=EFFECT, **more):
    return avenant(on, TRANSFER.format(name), **more)


def seen(as_of, body, journal=""):
    """What is shown, what an avenant put others in place of apart: state and date by id."""
    situation = at(as_of, body, journal)
    return {each.id: (each.state.value, str(each.due)) for each in situation.obligations if not each.replaced_by}


def gone(as_of, body, journal=""):
    """What an avenant put others in place of, with its date, by id."""
    situation = at(as_of, body, journal)
    found = [each for each in situation.obligations if each.replaced_by]
    assert {each.state.value for each in found} <= {"discharged"}
    return {each.id: str(each.due) for each in found}


# --- A transfer hands over the future, not the past ---------------------------------------------------------


@WHOEVER
@pytest.mark.parametrize("body", [PAST, COMING], ids=["due before", "due after"])
def test_a_one_off_performed_before_a_transfer_stays_with_its_debtor(body, by):
    journal = about("fulfilled", "plan", "2022-06-01", **by) + handed("plan")
    for as_of in (EVE, THEN, LATER):
        assert list(seen(as_of, body, journal)) == ["plan/ville"]
        assert seen(as_of, body, journal)["plan/ville"][0] == "fulfilled"
        assert gone(as_of, body, journal) == {}


@WHOEVER
def test_a_one_off_waived_before_a_transfer_stays_with_its_debtor(by):
    journal = about("waived", "plan", "2022-06-01", **by) + handed("plan")
    assert seen(LATER, COMING, journal) == {"plan/ville": ("discharged", "2024-06-30")}
    assert gone(LATER, COMING, journal) == {}


def test_a_one_off_overdue_at_a_transfer_stays_with_its_debtor():
    found = by_id(at(LATER, PAST, handed("plan")))
    # From 30 June 2022 to 1 February 2024: 184 days to the end of 2022, 365, then 32.
    assert {name: (each.state.value, each.standing.days_late) for name, each in found.items()} == {
        "plan/ville": ("overdue", 581)
    }


@WHOEVER
def test_it_can_still_be_performed_by_whom_it_stayed_with(by):
    journal = handed("plan") + about("fulfilled", "plan", "2023-10-01", **by)
    assert seen(LATER, PAST, journal) == {"plan/ville": ("fulfilled-late", "2022-06-30")}


@pytest.mark.parametrize(
    ("due", "keeps"), [("2023-08-31", True), ("2023-09-01", False), ("2023-09-02", False)], ids=str
)
def test_what_falls_due_on_the_very_day_of_a_transfer_is_handed_over(due, keeps):
    body = one("plan", "one-off", f"{{on: {due}}}")
    expected = {"plan/ville" if keeps else "plan/region": ("overdue", due)}
    assert seen(LATER, body, handed("plan")) == expected
    assert gone(LATER, body, handed("plan")) == ({} if keeps else {"plan/ville": due})


def test_what_is_handed_over_is_shown_once_more_and_only_from_the_change_on():
    assert gone(EVE, COMING, handed("plan")) == {}
    assert gone(THEN, COMING, handed("plan")) == {"plan/ville": "2024-06-30"}
    assert seen(THEN, COMING, handed("plan")) == {"plan/region": ("upcoming", "2024-06-30")}
    assert by_id(at(THEN, COMING, handed("plan")))["plan/ville"].replaced_by == ("a-2023-09-01",)


def test_what_runs_is_handed_over():
    assert seen(LATER, RUNNING, handed("veille")) == {"veille/region": ("in-effect", "2026-01-10")}
    assert gone(LATER, RUNNING, handed("veille")) == {"veille/ville": "2026-01-10"}


@WHOEVER
def test_of_a_series_what_fell_due_before_stays_and_what_falls_due_after_is_handed_over(by):
    done = about("fulfilled", "compte", "2022-12-20", **by)
    assert seen(LATER, YEARLY, done + handed("compte")) == {
        "compte/ville@2022-12-31": ("fulfilled", "2022-12-31"),
        "compte/region@2023-12-31": ("overdue", "2023-12-31"),
        "compte/region@2024-12-31": ("upcoming", "2024-12-31"),
        "compte/region@2025-12-31": ("upcoming", "2025-12-31"),
    }
    assert seen(LATER, YEARLY, handed("compte"))["compte/ville@2022-12-31"] == ("overdue", "2022-12-31")
    assert list(gone(LATER, YEARLY, handed("compte"))) == [
        "compte/ville@2023-12-31",
        "compte/ville@2024-12-31",
        "compte/ville@2025-12-31",
    ]


@WHOEVER
def test_of_nested_periods_it_is_the_day_they_lead_to_that_tells(by):
    # The report on 2022 was due on 31 March 2023, before 1 September; the one on 2023 is due after.
    journal = about("fulfilled", "rapport", "2023-05-16", **by) + handed("rapport")
    found = seen(LATER, REPORT, journal)
    assert found == {
        "rapport/ville@2022-12-31": ("fulfilled-late", "2023-03-31"),
        "rapport/region@2023-12-31": ("upcoming", "2024-03-31"),
        "rapport/region@2024-12-31": ("upcoming", "2025-03-31"),
        "rapport/region@2025-12-31": ("upcoming", "2026-03-31"),
    }
    # 46 days after 31 March is 16 May.
    assert by_id(at(LATER, REPORT, journal))["rapport/ville@2022-12-31"].standing.days_late == 46


def test_an_occurrence_performed_ahead_of_a_transfer_stays_with_its_debtor():
    journal = about("fulfilled", "compte", "2023-08-01", occurrence="2023-12-31") + handed("compte")
    found = seen(LATER, YEARLY, journal)
    assert found["compte/ville@2023-12-31"][0] == "fulfilled"
    assert "compte/region@2023-12-31" not in found


@pytest.mark.parametrize("to", [{}, {"to": "[ville]"}], ids=["all", "ville"])
def test_requests_made_of_the_old_debtor_pass_to_the_new_one_when_the_answer_falls_due_after(to):
    journal = (
        asked("2023-07-20", **to)  # due 20 August, before the transfer
        + asked("2023-08-15", **to)  # due 15 September, after it
        + asked("2023-10-01", **to)
        + handed("avis")
    )
    assert seen(EVE, ANSWER, journal) == {
        "avis/ville@2023-07-20": ("overdue", "2023-08-20"),
        "avis/ville@2023-08-15": ("due-soon", "2023-09-15"),
    }
    assert seen(LATER, ANSWER, journal) == {
        "avis/ville@2023-07-20": ("overdue", "2023-08-20"),
        "avis/region@2023-08-15": ("overdue", "2023-09-15"),
        "avis/region@2023-10-01": ("overdue", "2023-11-01"),
    }
    assert gone(LATER, ANSWER, journal) == {"avis/ville@2023-08-15": "2023-09-15"}


def test_an_answer_given_before_a_transfer_stays_and_the_new_debtor_answers_the_next_request():
    journal = asked("2023-08-15") + about("fulfilled", "avis", "2023-08-20") + handed("avis")
    answered = {"avis/ville@2023-08-15": ("fulfilled", "2023-09-15")}
    assert seen(LATER, ANSWER, journal) == answered
    assert seen(LATER, ANSWER, journal + asked("2024-01-20")) == {
        **answered,
        "avis/region@2024-01-20": ("due-soon", "2024-02-20"),
    }


def test_what_was_never_asked_is_handed_over_as_it_stands():
    assert seen(LATER, ANSWER, handed("avis")) == {"avis/region": ("conditional", "None")}
    assert gone(LATER, ANSWER, handed("avis")) == {"avis/ville": "None"}


def test_a_series_without_an_end_replaces_only_what_was_shown():
    body = YEARLY.replace("term: {due: {within: P48M, from: depart}}\n", "").replace(", until: terme", "")
    # On the eve, 31 August 2023: 2022, and the next one, 2023. At 1 February 2024: 2023, and the next one, 2024.
    assert seen(LATER, body, handed("compte")) == {
        "compte/ville@2022-12-31": ("overdue", "2022-12-31"),
        "compte/region@2023-12-31": ("overdue", "2023-12-31"),
        "compte/region@2024-12-31": ("upcoming", "2024-12-31"),
    }
    assert gone(LATER, body, handed("compte")) == {"compte/ville@2023-12-31": "2023-12-31"}


# --- Parts of a transfer ------------------------------------------------------------------------------------

BOTH = one("plan", "one-off", "{on: 2024-06-30}", debtors="ville, region")
PLACES = one("plan", "one-off", "{on: 2024-06-30}", sites="[nord, sud]")


def test_one_debtor_of_several_hands_over():
    journal = avenant(EFFECT, "change: debtors, target: plan, debtor: ville, debtors: [etat]")
    assert list(seen(LATER, BOTH, journal)) == ["plan/region", "plan/etat"]
    assert list(gone(LATER, BOTH, journal)) == ["plan/ville"]


def test_one_debtor_may_hand_over_to_another_who_owes_already():
    journal = avenant(EFFECT, "change: debtors, target: plan, debtor: ville, debtors: [region]")
    assert list(seen(LATER, BOTH, journal)) == ["plan/region"]
    assert list(gone(LATER, BOTH, journal)) == ["plan/ville"]


def test_one_site_is_handed_over():
    journal = avenant(EFFECT, "change: debtors, target: plan, debtors: [region], sites: [nord]")
    assert sorted(seen(LATER, PLACES, journal)) == ["plan/region/nord", "plan/ville/sud"]
    assert list(gone(LATER, PLACES, journal)) == ["plan/ville/nord"]
    done = about("fulfilled", "plan", "2023-10-01")
    assert {state for state, _ in seen(LATER, PLACES, journal + done).values()} == {"fulfilled"}


def test_one_occurrence_is_handed_over():
    journal = avenant(EFFECT, "change: debtors, target: compte, debtors: [region], occurrence: 2024-12-31")
    assert sorted(seen(LATER, YEARLY, journal)) == [
        "compte/region@2024-12-31",
        "compte/ville@2022-12-31",
        "compte/ville@2023-12-31",
        "compte/ville@2025-12-31",
    ]
    assert list(gone(LATER, YEARLY, journal)) == ["compte/ville@2024-12-31"]


def test_an_occurrence_that_is_named_is_handed_over_whenever_it_fell_due():
    journal = avenant(EFFECT, "change: debtors, target: compte, debtors: [region], occurrence: 2022-12-31")
    found = seen(LATER, YEARLY, journal)
    assert found["compte/region@2022-12-31"] == ("overdue", "2022-12-31")
    assert "compte/ville@2022-12-31" not in found


def test_a_transfer_since_an_earlier_day_reaches_back_to_it():
    journal = avenant(EFFECT, "change: debtors, target: compte, debtors: [region], since: 2022-12-31")
    assert {name.partition("@")[0] for name in seen(LATER, YEARLY, journal)} == {"compte/region"}
    assert "compte/ville@2022-12-31" in gone(LATER, YEARLY, journal)
    journal = avenant(EFFECT, "change: debtors, target: compte, debtors: [region], since: 2023-01-01")
    assert seen(LATER, YEARLY, journal)["compte/ville@2022-12-31"] == ("overdue", "2022-12-31")


# --- Several avenants in a row ------------------------------------------------------------------------------


def test_from_one_to_another_and_back():
    journal = handed("plan", "2023-01-01") + avenant("2023-07-01", "change: debtors, target: plan, debtors: [ville]")
    assert list(seen("2023-03-01", COMING, journal)) == ["plan/region"]
    assert list(gone("2023-03-01", COMING, journal)) == ["plan/ville"]
    assert list(seen("2023-08-01", COMING, journal)) == ["plan/ville"]
    assert list(gone("2023-08-01", COMING, journal)) == ["plan/region"]


def test_a_series_handed_over_and_back_gives_each_what_fell_due_in_its_time():
    body = one("point", "recurring", "{every: P6M, from: depart}")
    journal = handed("point", "2023-01-10") + avenant("2023-08-01", "change: debtors, target: point, debtors: [ville]")
    # 10 July 2022; 10 January and 10 July 2023; from 10 January 2024 on, to the term, 10 January 2026.
    assert sorted(seen(LATER, body, journal), key=lambda name: name[-10:]) == [
        "point/ville@2022-07-10",
        "point/region@2023-01-10",
        "point/region@2023-07-10",
        "point/ville@2024-01-10",
        "point/ville@2024-07-10",
        "point/ville@2025-01-10",
        "point/ville@2025-07-10",
        "point/ville@2026-01-10",
    ]
    assert set(gone(LATER, body, journal)) == {
        "point/ville@2023-01-10",
        "point/ville@2023-07-10",
        "point/region@2024-01-10",
        "point/region@2024-07-10",
        "point/region@2025-01-10",
        "point/region@2025-07-10",
        "point/region@2026-01-10",
    }


def test_lengthened_then_handed_over():
    journal = avenant("2023-02-01", "change: extend, target: rapport, by: P2M") + handed("rapport", "2023-04-15")
    # 3 + 2 months from 31 December 2022: 31 May 2023, after 15 April.
    found = by_id(at(LATER, REPORT, journal))
    assert (found["rapport/region@2022-12-31"].state.value, str(found["rapport/region@2022-12-31"].due)) == (
        "overdue",
        "2023-05-31",
    )
    old = found["rapport/ville@2022-12-31"]
    assert (str(old.due), str(old.previous_due), old.replaced_by) == ("2023-05-31", "2023-03-31", ("a-2023-04-15",))


def test_handed_over_then_lengthened():
    journal = handed("rapport", "2023-02-01") + avenant("2023-03-15", "change: extend, target: rapport, by: P2M")
    found = by_id(at(LATER, REPORT, journal))
    new, old = found["rapport/region@2022-12-31"], found["rapport/ville@2022-12-31"]
    assert (str(new.due), str(new.previous_due), new.moved_by) == ("2023-05-31", "2023-03-31", ("a-2023-03-15",))
    assert (str(old.due), old.previous_due, old.replaced_by) == ("2023-03-31", None, ("a-2023-02-01",))


def test_one_site_ended_then_the_rest_handed_over():
    journal = avenant("2023-02-01", "change: end, target: plan, sites: [nord]") + handed("plan")
    assert sorted(seen(LATER, PLACES, journal).items()) == [
        ("plan/region/sud", ("upcoming", "2024-06-30")),
        ("plan/ville/nord", ("discharged", "2024-06-30")),
    ]
    assert list(gone(LATER, PLACES, journal)) == ["plan/ville/sud"]


def test_two_changes_of_one_avenant():
    journal = avenant(EFFECT, "change: due, target: plan, due: {on: 2024-09-30}", TRANSFER.format("plan"))
    assert seen(LATER, COMING, journal) == {"plan/region": ("upcoming", "2024-09-30")}
    assert gone(LATER, COMING, journal) == {"plan/ville": "2024-06-30"}  # 30 September was never shown of it


# --- An end leaves defaults ---------------------------------------------------------------------------------


def ended(name, more=""):
    return avenant(EFFECT, f"change: end, target: {name}{more}")


def test_an_end_leaves_what_was_overdue_and_discharges_what_was_to_come():
    assert seen(LATER, PAST, ended("plan")) == {"plan/ville": ("overdue", "2022-06-30")}
    assert seen(LATER, COMING, ended("plan")) == {"plan/ville": ("discharged", "2024-06-30")}
    assert seen(LATER, RUNNING, ended("veille")) == {"veille/ville": ("discharged", "2026-01-10")}
    found = seen("2023-10-02", YEARLY, ended("compte"))
    # 275 days after 31 December 2022 is 2 October 2023.
    assert by_id(at("2023-10-02", YEARLY, ended("compte")))["compte/ville@2022-12-31"].standing.days_late == 275
    assert [state for state, _ in found.values()] == ["overdue", "discharged", "discharged", "discharged"]


@WHOEVER
def test_an_end_leaves_what_was_performed(by):
    done = about("fulfilled", "rapport", "2023-05-16", **by)
    found = seen(LATER, REPORT, done + ended("rapport"))
    assert [state for state, _ in found.values()] == ["fulfilled-late", "discharged", "discharged", "discharged"]


def test_an_end_leaves_answers_that_fell_due_and_discharges_the_others():
    journal = asked("2023-07-20") + asked("2023-08-15") + ended("avis")
    assert seen(LATER, ANSWER, journal) == {
        "avis/ville@2023-07-20": ("overdue", "2023-08-20"),
        "avis/ville@2023-08-15": ("discharged", "2023-09-15"),
    }


def test_an_end_of_a_part_leaves_the_rest():
    assert seen(LATER, PLACES, ended("plan", ", sites: [nord]")) == {
        "plan/ville/nord": ("discharged", "2024-06-30"),
        "plan/ville/sud": ("upcoming", "2024-06-30"),
    }
    assert seen(LATER, BOTH, ended("plan", ", debtor: region")) == {
        "plan/ville": ("upcoming", "2024-06-30"),
        "plan/region": ("discharged", "2024-06-30"),
    }
    found = seen(LATER, YEARLY, ended("compte", ", occurrence: 2022-12-31"))
    assert [state for state, _ in found.values()] == ["discharged", "overdue", "upcoming", "upcoming"]
    found = seen(LATER, YEARLY, ended("compte", ", since: 2022-12-31"))
    assert [state for state, _ in found.values()] == ["discharged"] * 4


def test_an_end_of_a_series_without_an_end_brings_no_date_that_was_never_shown():
    body = YEARLY.replace("term: {due: {within: P48M, from: depart}}\n", "").replace(", until: terme", "")
    for as_of in ("2023-09-01", "2025-09-01"):
        assert seen(as_of, body, ended("compte")) == {
            "compte/ville@2022-12-31": ("overdue", "2022-12-31"),
            "compte/ville@2023-12-31": ("discharged", "2023-12-31"),
        }


# --- Another due date ---------------------------------------------------------------------------------------

HALF_YEARLY = "change: due, target: compte, due: {every: P6M, first: 2024-03-31, until: terme}"


@pytest.mark.parametrize("occurrence", [{}, {"occurrence": "2022-12-31"}], ids=["unnamed", "named"])
@WHOEVER
def test_a_new_rhythm_begins_at_its_day_and_the_old_dates_keep_their_facts(by, occurrence):
    done = about("fulfilled", "compte", "2022-12-20", **by, **occurrence)
    found = seen(LATER, YEARLY, done + avenant(EFFECT, HALF_YEARLY))
    assert found == {
        "compte/ville@2022-12-31": ("fulfilled", "2022-12-31"),
        "compte/ville@2024-03-31": ("upcoming", "2024-03-31"),
        "compte/ville@2024-09-30": ("upcoming", "2024-09-30"),
        "compte/ville@2025-03-31": ("upcoming", "2025-03-31"),
        "compte/ville@2025-09-30": ("upcoming", "2025-09-30"),
    }
    assert gone(LATER, YEARLY, avenant(EFFECT, HALF_YEARLY)) == {
        "compte/ville@2023-12-31": "2023-12-31",
        "compte/ville@2024-12-31": "2024-12-31",
        "compte/ville@2025-12-31": "2025-12-31",
    }
    assert seen(LATER, YEARLY, avenant(EFFECT, HALF_YEARLY))["compte/ville@2022-12-31"][0] == "overdue"


def test_the_dates_of_a_new_rhythm_before_its_effect_are_not_owed():
    early = HALF_YEARLY.replace("2024-03-31", "2022-03-31")
    found = seen(LATER, YEARLY, avenant(EFFECT, early))
    assert list(found) == [
        "compte/ville@2022-12-31",
        "compte/ville@2023-09-30",
        "compte/ville@2024-03-31",
        "compte/ville@2024-09-30",
        "compte/ville@2025-03-31",
        "compte/ville@2025-09-30",
    ]


def test_a_date_that_both_rhythms_give_is_one_and_keeps_its_facts():
    both = HALF_YEARLY.replace("2024-03-31", "2023-12-31")
    done = about("fulfilled", "compte", "2023-08-01", occurrence="2023-12-31")
    found = seen(LATER, YEARLY, done + avenant(EFFECT, both))
    # The half-years from 31 December 2023: 30 June is what 31 June would be.
    assert list(found) == [
        "compte/ville@2022-12-31",
        "compte/ville@2023-12-31",
        "compte/ville@2024-12-31",
        "compte/ville@2025-12-31",
        "compte/ville@2024-06-30",
        "compte/ville@2025-06-30",
    ]
    assert found["compte/ville@2023-12-31"][0] == "fulfilled"
    assert gone(LATER, YEARLY, done + avenant(EFFECT, both)) == {}


@pytest.mark.parametrize("change", ["due: {on: 2024-12-31}", "due: {within: P36M, from: depart}"])
def test_another_date_touches_a_one_off_still_owed_whenever_it_is_concluded(change):
    journal = avenant(EFFECT, f"change: due, target: plan, {change}")
    found = by_id(at(LATER, PAST, journal))["plan/ville"]
    assert (found.state.value, str(found.previous_due), found.moved_by) == ("upcoming", "2022-06-30", ("a-2023-09-01",))


@WHOEVER
@pytest.mark.parametrize("kind", ["fulfilled", "waived"])
@pytest.mark.parametrize("change", ["change: due, target: plan, due: {on: 2024-12-31}", "change: end, target: plan"])
def test_nothing_touches_a_one_off_performed_or_waived_before(kind, change, by):
    done = about(kind, "plan", "2022-07-10", **by)
    before, after = (
        by_id(at(LATER, PAST, journal))["plan/ville"] for journal in (done, done + avenant(EFFECT, change))
    )
    assert after == before


# --- A longer period ----------------------------------------------------------------------------------------


def longer(name, by, more="", on=EFFECT):
    return avenant(on, f"change: extend, target: {name}, by: {by}{more}")


@WHOEVER
def test_a_longer_period_does_not_forgive_what_was_late(by):
    done = about("fulfilled", "rapport", "2023-05-16", **by)
    found = by_id(at(LATER, REPORT, done + longer("rapport", "P2M")))
    assert found["rapport/ville@2022-12-31"].standing.days_late == 46
    assert [str(each.due) for each in found.values()] == ["2023-03-31", "2024-05-31", "2025-05-31", "2026-05-31"]
    assert [str(each.previous_due) for each in found.values()] == ["None", "2024-03-31", "2025-03-31", "2026-03-31"]


def test_a_longer_period_since_an_earlier_day_reaches_what_fell_due_from_it_on():
    done = about("fulfilled", "rapport", "2023-05-16")
    found = by_id(at(LATER, REPORT, done + longer("rapport", "P2M", ", since: 2023-03-31")))
    first = found["rapport/ville@2022-12-31"]
    assert (first.state.value, str(first.due)) == ("fulfilled", "2023-05-31")
    found = by_id(at(LATER, REPORT, done + longer("rapport", "P2M", ", since: 2023-04-01")))
    assert found["rapport/ville@2022-12-31"].state.value == "fulfilled-late"


def test_a_longer_period_for_one_occurrence():
    found = dues(at(LATER, REPORT, longer("rapport", "P2M", ", occurrence: 2022-12-31")))
    assert list(found.values()) == ["2023-05-31", "2024-03-31", "2025-03-31", "2026-03-31"]


def test_a_longer_period_for_one_debtor():
    body = one("plan", "one-off", "{within: P6M, from: depart}", debtors="ville, region")
    assert dues(at(LATER, body, longer("plan", "P24M", ", debtor: region"))) == {
        "plan/ville": "2022-07-10",
        "plan/region": "2024-07-10",
    }


def test_a_longer_period_for_one_site():
    body = one("plan", "one-off", "{within: P6M, from: depart}", sites="[nord, sud]")
    assert dues(at(LATER, body, longer("plan", "P24M", ", sites: [nord]"))) == {
        "plan/ville/nord": "2024-07-10",
        "plan/ville/sud": "2022-07-10",
    }


def test_longer_periods_for_one_site_then_for_all_are_counted_together():
    body = one("plan", "one-off", "{within: P6M, from: depart}", sites="[nord, sud]")
    journal = longer("plan", "P24M", ", sites: [nord]", on="2023-01-01") + longer("plan", "P1M")
    assert dues(at(LATER, body, journal)) == {"plan/ville/nord": "2024-08-10", "plan/ville/sud": "2022-08-10"}
    backwards = longer("plan", "P1M", on="2023-01-01") + longer("plan", "P24M", ", sites: [nord]")
    assert dues(at(LATER, body, backwards)) == {"plan/ville/nord": "2024-08-10", "plan/ville/sud": "2022-08-10"}


def test_a_longer_period_reaches_the_answers_that_fall_due_after():
    journal = asked("2023-07-20") + asked("2023-08-15") + asked("2023-10-01") + longer("avis", "P2M")
    assert dues(at(LATER, ANSWER, journal)) == {
        "avis/ville@2023-07-20": "2023-08-20",
        "avis/ville@2023-08-15": "2023-11-15",
        "avis/ville@2023-10-01": "2024-01-01",
    }


@WHOEVER
def test_an_answer_handed_in_late_stays_late(by):
    # From 20 August to 5 October: 46 days.
    journal = (
        asked("2023-07-20") + about("fulfilled", "avis", "2023-10-05", **by) + longer("avis", "P2M", on="2024-01-01")
    )
    found = by_id(at(LATER, ANSWER, journal))["avis/ville@2023-07-20"]
    assert (found.state.value, found.standing.days_late) == ("fulfilled-late", 46)


def test_a_longer_period_touches_a_one_off_still_owed_whenever_it_is_concluded():
    found = by_id(at(LATER, HALF, longer("plan", "P24M")))["plan/ville"]
    # 30 months from 10 January 2022.
    assert (found.state.value, str(found.due), str(found.previous_due)) == ("upcoming", "2024-07-10", "2022-07-10")
    assert by_id(at(LATER, HALF, longer("plan", "P12M")))["plan/ville"].state.value == "overdue"


def test_a_date_by_the_term_follows_the_term_and_a_date_counted_back_from_it_does_when_it_falls_due_after():
    body = (
        one("bilan", "one-off")
        + "  - {id: avant, title: A, debtors: [ville], kind: one-off, due: {at_the_latest: P36M, before: terme}}\n"
    )
    # 36 months before 10 January 2026: 10 January 2023, before the avenant.
    found = by_id(at(LATER, body, longer("terme", "P12M")))
    assert (str(found["bilan/ville"].due), str(found["bilan/ville"].previous_due)) == ("2027-01-10", "2026-01-10")
    assert (found["avant/ville"].state.value, str(found["avant/ville"].due)) == ("overdue", "2023-01-10")
    near = body.replace("P36M", "P18M")
    # 18 months before 10 January 2026, 10 July 2024, and then before 10 January 2027.
    found = by_id(at(LATER, near, longer("terme", "P12M")))["avant/ville"]
    assert (str(found.due), str(found.previous_due), found.moved_by) == ("2025-07-10", "2024-07-10", ("a-2023-09-01",))


def test_a_longer_term_gives_a_series_its_further_dates():
    assert list(dues(at(LATER, YEARLY, longer("terme", "P12M"))).values()) == [
        "2022-12-31",
        "2023-12-31",
        "2024-12-31",
        "2025-12-31",
        "2026-12-31",
    ]


# --- The date before ----------------------------------------------------------------------------------------


def paused(name, first, resumed, **more):
    return about("suspended", name, first, **more) + about("resumed", name, resumed, **more)


def test_the_date_before_is_the_one_shown_on_the_eve_of_the_first_avenant_that_moved_it():
    journal = longer("plan", "P1M", on="2022-05-01") + longer("plan", "P1M", on="2022-06-01")
    found = by_id(at("2022-06-15", HALF, journal))["plan/ville"]
    assert (str(found.due), str(found.previous_due)) == ("2022-09-10", "2022-07-10")
    assert found.moved_by == ("a-2022-05-01", "a-2022-06-01")


def test_the_date_before_is_known_with_the_suspensions_of_that_day():
    journal = paused("plan", "2022-03-01", "2022-03-11") + longer("plan", "P1M", on="2022-06-01")
    later = journal + paused("plan", "2022-07-01", "2022-07-06")
    found = by_id(at("2022-06-15", HALF, journal))["plan/ville"]
    # 10 July and 10 days; 10 August and 10 days, then 5 more.
    assert (str(found.due), str(found.previous_due)) == ("2022-08-20", "2022-07-20")
    found = by_id(at("2022-07-15", HALF, later))["plan/ville"]
    assert (str(found.due), str(found.previous_due)) == ("2022-08-25", "2022-07-20")


def test_a_suspension_still_open_on_the_eve_had_moved_nothing_yet():
    journal = paused("plan", "2022-03-01", "2022-06-11") + longer("plan", "P1M", on="2022-06-01")
    found = by_id(at("2022-06-15", HALF, journal))["plan/ville"]
    # From 1 March to 10 June: 102 days; 10 August and 102 days is 20 November.
    assert (str(found.due), str(found.previous_due)) == ("2022-11-20", "2022-07-10")


def test_a_date_that_was_not_known_on_the_eve_is_not_given_as_the_one_before():
    body = one("suite", "one-off", "{within: P1M, from: accord}")
    journal = longer("suite", "P1M", on="2022-04-01") + asked("2022-05-01", "accord")
    found = by_id(at("2022-05-15", body, journal))["suite/ville"]
    assert (str(found.due), found.previous_due) == ("2022-07-01", None)


# --- A retroactive avenant, an early end --------------------------------------------------------------------


def test_a_retroactive_avenant_shows_once_signed_and_reaches_from_its_effect_on():
    journal = avenant("2023-09-20", TRANSFER.format("plan"), signed="2023-09-20", effect="2023-09-01", name="a1")
    body = one("plan", "one-off", "{on: 2023-09-10}")
    assert seen("2023-09-19", body, journal) == {"plan/ville": ("overdue", "2023-09-10")}
    assert seen("2023-09-20", body, journal) == {"plan/region": ("overdue", "2023-09-10")}
    assert gone("2023-09-20", body, journal) == {"plan/ville": "2023-09-10"}
    before = body.replace("2023-09-10", "2023-08-31")
    assert seen("2023-09-20", before, journal) == {"plan/ville": ("overdue", "2023-08-31")}


def test_a_retroactive_avenant_leaves_what_was_performed_before_it_was_signed():
    journal = avenant("2023-09-20", TRANSFER.format("plan"), signed="2023-09-20", effect="2023-09-01", name="a1")
    done = about("fulfilled", "plan", "2023-09-12", by="ville")
    body = one("plan", "one-off", "{on: 2023-09-30}")
    assert seen(LATER, body, done + journal) == {"plan/ville": ("fulfilled", "2023-09-30")}


EARLY = avenant(EFFECT, "change: due, target: terme, due: {on: 2024-01-31}")


def test_after_an_early_end_nothing_of_a_series_falls_due():
    found = at(LATER, REPORT, EARLY)
    assert seen(LATER, REPORT, EARLY) == {"rapport/ville@2022-12-31": ("overdue", "2023-03-31")}
    # The report on 2023 would fall due on 31 March 2024, after 31 January.
    assert list(gone(LATER, REPORT, EARLY)) == [
        "rapport/ville@2023-12-31",
        "rapport/ville@2024-12-31",
        "rapport/ville@2025-12-31",
    ]
    assert str(found.previous_term) == "2026-01-10"
    assert seen(LATER, YEARLY, EARLY) == {
        "compte/ville@2022-12-31": ("overdue", "2022-12-31"),
        "compte/ville@2023-12-31": ("overdue", "2023-12-31"),
    }


def test_after_the_term_the_report_on_the_last_year_is_owed():
    assert seen("2026-03-01", REPORT)["rapport/ville@2025-12-31"] == ("due-soon", "2026-03-31")
    assert seen("2026-04-01", REPORT)["rapport/ville@2025-12-31"] == ("overdue", "2026-03-31")


def test_an_early_end_moves_what_runs_and_what_the_term_dates():
    body = one("bilan", "one-off") + "  - {id: veille, title: V, debtors: [ville], kind: continuing}\n"
    assert seen(LATER, body, EARLY) == {
        "bilan/ville": ("overdue", "2024-01-31"),
        "veille/ville": ("expired", "2024-01-31"),
    }


def test_an_early_end_before_the_first_date_of_a_series_leaves_a_row_that_says_so():
    journal = avenant("2022-06-01", "change: due, target: terme, due: {on: 2022-06-30}")
    for body in (REPORT, YEARLY):
        found = at("2022-06-15", body, journal).obligations
        (left,) = [each for each in found if not each.replaced_by]
        assert (left.due, left.deadline.without_date is not None) == (None, True)


# --- Facts --------------------------------------------------------------------------------------------------

RECORDED = {
    "fulfilled": about("fulfilled", "plan", "2022-03-01"),
    "waived": about("waived", "plan", "2022-03-01"),
    "suspended": about("suspended", "plan", "2022-03-01"),
    "breached": about("breached", "plan", "2022-03-01"),
    "notified": about("notified", "plan", "2022-03-01", cure="P1M"),
    "extended": longer("plan", "P24M", on="2022-03-01"),
    "redated": avenant("2022-03-01", "change: due, target: plan, due: {on: 2022-05-01}"),
    "handed over": handed("plan", "2022-03-01"),
    "ended": avenant("2022-03-01", "change: end, target: plan"),
    "term": longer("terme", "P12M", on="2022-03-01"),
}


@pytest.mark.parametrize("on", ["2022-01-01", "2022-03-01", "2022-08-01"])
@pytest.mark.parametrize("fact", RECORDED)
def test_what_is_voided_never_held_at_any_day(fact, on):
    line = RECORDED[fact]
    name = line.partition("id: ")[2].partition(",")[0]
    voided = f"  - {{id: v1, kind: voided, fact: {name}, on: {on}}}\n"
    for as_of in ("2022-02-28", "2022-03-01", "2022-07-31", "2022-08-01", LATER):
        assert at(as_of, HALF, line + voided).obligations == at(as_of, HALF).obligations
        assert at(as_of, HALF, line + voided).term == at(as_of, HALF).term


QUARTERLY = one("comite", "recurring", "{every: P3M, from: depart}")


@WHOEVER
def test_four_meetings_in_one_quarter_do_not_settle_the_next_ones(by):
    held = "".join(about("fulfilled", "comite", f"2022-02-0{number}", **by) for number in (1, 2, 3, 4))
    found = [state for state, _ in seen("2023-01-15", QUARTERLY, held).values()]
    # 10 April 2022 was held; 10 July, 10 October and 10 January passed without.
    assert found[:5] == ["fulfilled", "overdue", "overdue", "overdue", "upcoming"]


@WHOEVER
def test_meetings_of_each_quarter_settle_each_quarter_whatever_came_late(by):
    held = "".join(
        about("fulfilled", "comite", on, **by) for on in ("2022-07-11", "2022-07-12", "2022-10-10", "2022-10-11")
    )
    # On 11 July the third quarter has begun: the two of July settle the first two, late.
    # 10 October settles its own quarter, and 11 October the one that has just begun.
    found = [state for state, _ in seen("2023-01-15", QUARTERLY, held).values()]
    assert found[:4] == ["fulfilled-late", "fulfilled-late", "fulfilled", "fulfilled"]


@pytest.mark.parametrize(("on", "state"), [("2022-01-09", "upcoming"), ("2022-01-10", "fulfilled")])
def test_the_first_interval_begins_at_the_origin(on, state):
    assert seen("2022-02-01", QUARTERLY, about("fulfilled", "comite", on))["comite/ville@2022-04-10"][0] == state


@pytest.mark.parametrize(("on", "state"), [("2022-04-10", "upcoming"), ("2022-04-11", "fulfilled")])
def test_the_next_interval_begins_the_day_after_the_date_before(on, state):
    held = about("fulfilled", "comite", "2022-02-01") + about("fulfilled", "comite", on)
    assert seen("2022-05-01", QUARTERLY, held)["comite/ville@2022-07-10"][0] == state


@pytest.mark.parametrize(("on", "state"), [("2023-12-30", "upcoming"), ("2023-12-31", "fulfilled")])
def test_the_interval_of_a_nested_period_begins_on_its_own_origin(on, state):
    held = about("fulfilled", "rapport", "2023-02-01") + about("fulfilled", "rapport", on)
    assert seen("2024-01-10", REPORT, held)["rapport/ville@2023-12-31"][0] == state


@pytest.mark.parametrize(("on", "state"), [("2022-02-28", "upcoming"), ("2022-03-01", "fulfilled")])
def test_an_answer_serves_a_request_from_its_day_on(on, state):
    journal = asked("2022-03-01") + about("fulfilled", "avis", on)
    assert seen("2022-03-01", ANSWER, journal) == {"avis/ville@2022-03-01": (state, "2022-04-01")}


def test_each_debtor_and_site_has_its_own_oldest_debt():
    body = one("comite", "recurring", "{every: P3M, from: depart}", debtors="ville, region")
    held = about("fulfilled", "comite", "2022-02-01", by="ville") + about("fulfilled", "comite", "2022-04-20")
    found = seen("2022-05-01", body, held)
    assert [found[f"comite/{who}@2022-{day}"][0] for who in ("ville", "region") for day in ("04-10", "07-10")] == [
        "fulfilled",
        "fulfilled",
        "fulfilled-late",
        "upcoming",
    ]


# --- Series, terms, absences --------------------------------------------------------------------------------

WITHOUT = {
    "longer than the convention": ("{every: P5Y, from: depart, until: terme}", HEAD),
    "an end before the first date": ("{every: P1Y, from: depart, until: 2022-06-30}", HEAD),
    "30 February": ('{rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", from: depart}', HEAD),
    "a past UNTIL": ('{rrule: "FREQ=YEARLY;UNTIL=20210101", from: depart}', HEAD),
    "periods from nothing": ("{within: P3M, from: {every: P5Y, from: depart, until: terme}}", HEAD),
}


@pytest.mark.parametrize("journal", ["", handed("compte"), ended("compte")], ids=["as signed", "handed over", "ended"])
@pytest.mark.parametrize("case", WITHOUT)
def test_a_series_without_a_date_has_one_row_that_says_why(case, journal):
    due, _ = WITHOUT[case]
    body = one("compte", "recurring", due)
    for as_of in ("2021-01-01", EVE, THEN, "2030-01-01"):
        left = [each for each in at(as_of, body, journal).obligations if not each.replaced_by]
        assert len(left) == 1
        assert left[0].deadline.without_date is not None


@pytest.mark.parametrize("kind", ["one-off", "continuing", "recurring", "on-request"])
def test_a_role_without_holder_and_a_group_of_it_have_their_row(kind):
    due = "{every: P1Y, from: depart}" if kind == "recurring" else ""
    body = one("acte", kind, due, debtors="pilote").replace(
        "engagements:", "roles:\n  - {id: pilote, name: Pilote}\nengagements:"
    )
    found = {name.partition("@")[0] for name in seen(LATER, body)}
    assert found == {"acte/pilote"}


ENDLESS = HEAD.replace("term: {due: {within: P48M, from: depart}}\n", "")


def endless(due, kind="recurring", head=ENDLESS):
    return one("acte", kind, due).replace(HEAD, head)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        # From 10 January 2022, every year: up to 1 February 2024, and the next one.
        ("{every: P1Y, from: depart}", ["2023-01-10", "2024-01-10", "2025-01-10"]),
        ("{every: P1Y, first: depart}", ["2022-01-10", "2023-01-10", "2024-01-10", "2025-01-10"]),
        ("{within: P3M, from: {every: P1Y, from: depart}}", ["2023-04-10", "2024-04-10", "2025-04-10"]),
        ('{rrule: "FREQ=YEARLY", from: depart}', ["2022-01-10", "2023-01-10", "2024-01-10", "2025-01-10"]),
    ],
)
def test_without_a_known_end_a_series_has_its_dates_up_to_the_day_and_the_next_one(due, expected):
    awaiting = ENDLESS.replace("events:", "term: {due: {within: P48M, from: accord}}\nevents:")
    for head in (ENDLESS, awaiting):
        assert [day for _, day in seen(LATER, endless(due, head=head)).values()] == expected


def test_without_a_known_end_what_runs_is_in_effect_and_a_one_off_is_open():
    assert seen(LATER, endless("", "continuing")) == {"acte/ville": ("in-effect", "None")}
    assert seen(LATER, endless("", "one-off")) == {"acte/ville": ("open", "None")}


@pytest.mark.parametrize("key", ["signature", "approval"])
def test_a_series_of_a_convention_whose_signature_or_approval_is_awaited_is_conditional(key):
    head = f"{key}: accord\n" + ENDLESS.replace("events:", "term: {due: {within: P48M, from: accord}}\nevents:")
    assert seen(LATER, endless("{every: P1Y, from: depart}", head=head)) == {"acte/ville": ("conditional", "None")}


def test_a_series_counted_from_what_the_term_awaits_is_conditional():
    head = ENDLESS.replace("events:", "term: {due: {within: P48M, from: accord}}\nevents:")
    assert seen(LATER, endless("{every: P1Y, from: accord}", head=head)) == {"acte/ville": ("conditional", "None")}


def test_a_series_until_an_awaited_event_is_conditional():
    assert seen(LATER, one("acte", "recurring", "{every: P1Y, from: depart, until: accord}")) == {
        "acte/ville": ("conditional", "None")
    }


@pytest.mark.parametrize(
    ("due", "first"),
    [
        ("{every: P1Y, from: 2022-12-31}", "2023-12-31"),
        ("{every: P1Y, first: 2022-12-31}", "2022-12-31"),
        ("{within: P6M, from: {every: P1Y, from: 2022-12-31}}", "2024-06-30"),
        ("{within: P6M, from: {every: P1Y, first: 2022-12-31}}", "2023-06-30"),
        ('{rrule: "FREQ=YEARLY", from: 2022-12-31}', "2022-12-31"),
    ],
)
def test_from_is_never_the_first_date_and_first_is(due, first):
    assert next(iter(dues(at(LATER, one("acte", "recurring", due))).values())) == first


# --- Suspensions of what comes back -------------------------------------------------------------------------


def test_of_a_series_only_the_dates_in_the_pause_move_by_its_days():
    pause = paused("comite", "2022-04-01", "2022-04-16")
    # 10 April falls in it: 15 days later, 25 April. 10 July does not.
    found = list(dues(at(LATER, QUARTERLY, pause)).values())
    assert found[:3] == ["2022-04-25", "2022-07-10", "2022-10-10"]


@pytest.mark.parametrize(
    "due", ["{every: P1Y, first: 2022-04-10}", '{rrule: "FREQ=YEARLY", from: 2022-04-10}'], ids=["first", "rrule"]
)
def test_a_day_that_the_text_names_never_moves_and_says_so(due):
    found = next(iter(at(LATER, one("acte", "recurring", due), paused("acte", "2022-04-01", "2022-04-16")).obligations))
    assert str(found.due) == "2022-04-10"
    assert (found.deadline.steps[-1].rule, found.deadline.steps[-1].result) == ("suspension", None)


def test_a_pause_and_a_longer_period_are_counted_together():
    journal = paused("plan", "2022-03-01", "2022-03-11") + longer("plan", "P1M", on="2022-05-01")
    assert dues(at("2022-06-01", HALF, journal)) == {"plan/ville": "2022-08-20"}  # 10 August, 10 days more
    journal = longer("plan", "P1M", on="2022-02-01") + paused("plan", "2022-07-15", "2022-07-25")
    assert dues(at("2022-08-01", HALF, journal)) == {"plan/ville": "2022-08-20"}


@WHOEVER
def test_a_suspension_passes_to_the_new_debtor_with_what_it_suspends(by):
    journal = paused("plan", "2022-03-01", "2022-03-11", **by) + handed("plan", "2022-05-01")
    assert seen("2022-06-01", HALF, journal) == {"plan/region": ("upcoming", "2022-07-20")}
    assert gone("2022-06-01", HALF, journal) == {"plan/ville": "2022-07-20"}


def test_states_and_rows_of_a_convention_without_facts_are_one_for_each_engagement():
    assert set(states(at("2021-01-01", RUNNING))) == {"veille/ville"}


# --- The kinds around them ----------------------------------------------------------------------------------


def test_two_changes_of_one_avenant_count_as_one_move():
    two = avenant(EFFECT, "change: extend, target: plan, by: P6M", "change: extend, target: plan, by: P18M")
    found = by_id(at(LATER, HALF, two))["plan/ville"]
    assert (str(found.due), str(found.previous_due)) == ("2024-07-10", "2022-07-10")
    assert (found.moved_by, found.facts) == (("a-2023-09-01",), ("a-2023-09-01",))


def test_an_avenant_that_gives_a_date_and_takes_it_back_has_moved_nothing():
    same = avenant(EFFECT, "change: extend, target: plan, by: P6M", "change: due, target: plan, due: {on: 2022-07-10}")
    found = by_id(at(LATER, HALF, same))["plan/ville"]
    assert (str(found.due), found.previous_due, found.moved_by) == ("2022-07-10", None, ())


def test_two_avenants_of_one_day_have_one_eve():
    journal = longer("plan", "P1M", on="2022-05-01") + avenant("2022-05-01", TRANSFER.format("plan"), name="b")
    found = by_id(at("2022-06-15", HALF, journal))
    assert (str(found["plan/region"].due), str(found["plan/ville"].due)) == ("2022-08-10", "2022-07-10")


SERIES_AT_PLACES = one("compte", "recurring", "{every: P1Y, first: 2022-12-31, until: terme}", sites="[nord, sud]")
NORTH = avenant(EFFECT, "change: debtors, target: compte, debtors: [region], sites: [nord]")


@pytest.mark.parametrize(
    ("more", "last"),
    [
        (longer("terme", "P12M", on="2023-10-01"), "2026-12-31"),
        (avenant("2023-10-01", "change: due, target: compte, due: {every: P1Y, first: 2024-03-31}"), "2025-03-31"),
    ],
    ids=["longer term", "new rhythm"],
)
def test_what_comes_later_at_a_site_that_was_handed_over_is_owed_by_who_took_it(more, last):
    found = seen(LATER, SERIES_AT_PLACES, NORTH + more)
    assert f"compte/region/nord@{last}" in found
    assert f"compte/ville/sud@{last}" in found
    assert not {f"compte/ville/nord@{last}", f"compte/region/sud@{last}"} & set(found)


def test_a_site_handed_over_then_all_the_engagement():
    everything = avenant("2023-10-01", "change: debtors, target: compte, debtors: [etat]")
    found = set(seen(LATER, SERIES_AT_PLACES, NORTH + everything))
    days = ("2023-12-31", "2024-12-31", "2025-12-31")
    assert found == {"compte/ville/nord@2022-12-31", "compte/ville/sud@2022-12-31"} | {
        f"compte/etat/{site}@{day}" for site in ("nord", "sud") for day in days
    }


def test_a_request_made_after_a_site_was_handed_over_is_of_who_took_it():
    body = one("avis", "on-request", "{within: P1M}", trigger="demande", sites="[nord, sud]")
    journal = avenant(EFFECT, "change: debtors, target: avis, debtors: [region], sites: [nord]") + asked("2023-10-01")
    assert set(seen(LATER, body, journal)) == {"avis/region/nord@2023-10-01", "avis/ville/sud@2023-10-01"}


def test_an_occurrence_that_was_lengthened_is_handed_over_with_its_date():
    journal = longer("rapport", "P2M", ", occurrence: 2023-12-31") + handed("rapport", "2023-10-01")
    found = by_id(at(LATER, REPORT, journal))["rapport/region@2023-12-31"]
    assert str(found.due) == "2024-05-31"
    assert str(by_id(at(LATER, REPORT, journal))["rapport/region@2024-12-31"].due) == "2025-03-31"


def test_what_is_suspended_stays_so_for_whom_it_is_handed_to():
    journal = about("suspended", "plan", "2022-03-01") + handed("plan", "2022-05-01")
    assert seen("2022-06-01", HALF, journal) == {"plan/region": ("suspended", "2022-07-10")}
    again = journal + about("resumed", "plan", "2022-05-31")
    # From 1 March to 30 May: 91 days after 10 July is 9 October.
    assert seen("2022-06-01", HALF, again) == {"plan/region": ("upcoming", "2022-10-09")}


@pytest.mark.parametrize(
    "change",
    [longer("terme", "P12M"), avenant(EFFECT, HALF_YEARLY), handed("compte")],
    ids=["longer term", "new rhythm", "transfer"],
)
def test_what_an_avenant_brings_to_a_series_that_is_suspended_is_suspended(change):
    journal = about("suspended", "compte", "2023-02-01") + change
    assert {state for state, _ in seen(LATER, YEARLY, journal).values()} == {"suspended"}


def test_a_new_debtor_beside_the_others_has_the_suspensions_of_all():
    beside = avenant("2022-05-01", "change: debtors, target: plan, debtors: [ville, region]")
    found = dues(at("2022-06-01", HALF, paused("plan", "2022-03-01", "2022-03-11") + beside))
    assert found == {"plan/ville": "2022-07-20", "plan/region": "2022-07-20"}


def test_a_request_made_after_an_end_is_owed_by_nobody_and_the_row_stays():
    assert seen(LATER, ANSWER, ended("avis") + asked("2023-10-01")) == {"avis/ville": ("discharged", "None")}


def test_an_end_of_what_still_waited_for_its_dates_keeps_its_row():
    body = one("acte", "recurring", "{every: P1Y, from: accord}")
    journal = ended("acte") + asked("2023-10-01", "accord")
    for as_of in (THEN, LATER):
        assert [state for state, _ in seen(as_of, body, journal).values()] == ["discharged"]


@pytest.mark.parametrize("more", ["", ", debtor: ville"])
def test_of_two_debtors_one_performed_and_the_other_hands_over(more):
    done = about("fulfilled", "plan", "2023-08-01", by="region")
    journal = done + avenant(EFFECT, f"change: debtors, target: plan, debtors: [etat]{more}")
    assert seen(LATER, BOTH, journal) == {
        "plan/region": ("fulfilled", "2024-06-30"),
        "plan/etat": ("upcoming", "2024-06-30"),
    }


def test_a_rhythm_given_up_and_taken_again_is_the_first_one():
    back = avenant("2023-10-01", "change: due, target: compte, due: {every: P1Y, first: 2022-12-31, until: terme}")
    found = seen(LATER, YEARLY, avenant(EFFECT, HALF_YEARLY) + back)
    assert [day for _, day in found.values()] == ["2022-12-31", "2023-12-31", "2024-12-31", "2025-12-31"]
    assert sorted(gone(LATER, YEARLY, avenant(EFFECT, HALF_YEARLY) + back).values()) == [
        "2024-03-31",
        "2024-09-30",
        "2025-03-31",
        "2025-09-30",
    ]


def test_a_part_that_was_lengthened_stays_so_when_a_longer_term_brings_more_of_it():
    body = REPORT.replace("kind: recurring", "kind: recurring, sites: [nord, sud]")
    journal = longer("rapport", "P2M", ", sites: [nord]") + longer("terme", "P12M", on="2023-10-01")
    found = dues(at(LATER, body, journal))
    assert found["rapport/ville/nord@2026-12-31"] == "2027-05-31"
    assert found["rapport/ville/sud@2026-12-31"] == "2027-03-31"


def test_a_term_counted_from_what_is_owed_by_the_term_has_its_date_once_that_is_performed():
    body = HEAD.replace("from: depart}}", "from: bilan}}") + (
        "  - {id: bilan, title: B, debtors: [ville], kind: one-off}\n"
        "  - {id: veille, title: V, debtors: [ville], kind: continuing}\n"
    )
    journal = about("fulfilled", "bilan", "2022-03-01")
    # 48 months from 1 March 2022.
    assert seen(LATER, body, journal) == {
        "bilan/ville": ("fulfilled", "2026-03-01"),
        "veille/ville": ("in-effect", "2026-03-01"),
    }


def test_a_site_that_is_ended_is_awaited_no_more_by_what_counts_from_the_others():
    body = PLACES + "  - {id: suite, title: S, debtors: [ville], kind: one-off, due: {within: P1M, from: plan}}\n"
    journal = about("fulfilled", "plan", "2023-05-02", sites="[sud]") + ended("plan", ", sites: [nord]")
    assert seen(EVE, body, journal)["suite/ville"] == ("conditional", "None")
    assert seen(THEN, body, journal)["suite/ville"] == ("overdue", "2023-06-02")


def test_an_engagement_added_when_all_its_dates_have_passed_still_has_its_row():
    series = "{every: P1Y, first: 2022-03-01, until: 2023-03-01}"
    added = f"{{id: note, title: N, debtors: [ville], kind: recurring, due: {series}}}"
    journal = avenant(EFFECT, f"change: add, engagement: {added}")
    assert [one.engagement.id for one in at(LATER, RUNNING, journal).obligations] == ["veille", "note"]
