"""The journal against the convention and against itself: what is noticed, and what is let pass."""

from __future__ import annotations

import pytest


def fact(number, text):
    return f"  - {{id: f-{number}, {text}}}\n"


def avenant(*changes, on="2022-03-01", name="avenant", more=""):
    lines = "".join(f"      - {change}\n" for change in changes)
    return f"  - id: f-{name}\n    kind: amended\n    title: Avenant\n    on: {on}\n{more}    changes:\n{lines}"


def codes(found):
    return [code for code, _, _ in found]


def test_an_ordinary_journal_has_nothing_wrong(seen):
    journal = (
        fact(1, "kind: fulfilled, engagement: plan, by: maire, on: 2022-02-01, recorded: 2022-02-02")
        + fact(2, "kind: fulfilled, engagement: bilan, by: ville, on: 2022-02-01")
        + fact(3, "kind: fulfilled, engagement: bilan, by: toutes, on: 2022-02-03")
        + fact(4, "kind: fulfilled, engagement: revue, occurrence: 2022-07-10, on: 2022-07-08")
        + fact(5, "kind: fulfilled, engagement: revue, on: 2023-01-09")
        + fact(6, "kind: occurred, event: demande, on: 2022-02-01, by: region, to: [ville]")
        + fact(7, "kind: fulfilled, engagement: reponse, on: 2022-02-04")
        + fact(8, "kind: triggered, engagement: reponse, on: 2022-03-01, by: region, to: [toutes]")
        + fact(9, "kind: suspended, engagement: suivi, on: 2022-03-01")
        + fact(10, "kind: resumed, engagement: suivi, on: 2022-04-01")
        + fact(11, "kind: breached, engagement: plan, on: 2022-05-02")
        + avenant("{change: extend, target: terme, by: P12M}", "{change: end, target: bilan}", on="2022-06-01")
    )
    assert seen(journal=journal) == []


# --- Before its origin --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "kind: fulfilled, engagement: plan, on: ‸2022-01-09",
        "kind: fulfilled, engagement: bilan, on: ‸2022-01-09",
        "kind: suspended, engagement: suivi, on: ‸2022-01-09",
        "kind: breached, engagement: revue, on: ‸2022-01-09",
        "kind: fulfilled, engagement: reponse, on: ‸2022-01-20",
    ],
)
def test_a_fact_before_what_it_is_about_began_is_a_warning(seen, text):
    ((code, severity, _),) = seen(journal=fact(1, text))
    assert (code, severity) == ("QP401", "warning")


def test_the_first_day_itself_and_a_waiver_at_any_time_are_right(seen):
    assert seen(journal=fact(1, "kind: fulfilled, engagement: plan, on: 2022-01-10")) == []
    assert seen(journal=fact(1, "kind: waived, engagement: plan, on: 2021-12-01")) == []


def test_an_answer_before_the_request_is_a_warning(seen):
    journal = fact(1, "kind: occurred, event: demande, on: 2022-02-01") + fact(
        2, "kind: fulfilled, engagement: reponse, on: ‸2022-01-31"
    )
    assert codes(seen(journal=journal)) == ["QP401"]


def test_what_an_avenant_adds_runs_from_the_avenant(seen):
    added = "{change: add, engagement: {id: charte, title: Charte, clause: art. 1, debtors: [ville], kind: one-off}}"
    early, late = (f"kind: fulfilled, engagement: charte, on: {day}" for day in ("‸2022-02-01", "2022-03-01"))
    assert codes(seen(journal=avenant(added) + fact(1, early))) == ["QP401"]
    assert seen(journal=avenant(added) + fact(1, late)) == []


def test_a_cancelled_fact_is_no_longer_looked_at(seen):
    journal = fact(1, "kind: fulfilled, engagement: plan, on: 2021-01-01") + fact(
        2, "kind: voided, fact: f-1, on: 2022-02-01"
    )
    assert seen(journal=journal) == []


# --- Not owed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "kind: fulfilled, engagement: plan, by: ‸region, on: 2022-02-01",
        "kind: waived, engagement: plan, by: ‸region, on: 2022-02-01",
        "kind: triggered, engagement: reponse, to: [‸region], on: 2022-02-01",
        "kind: occurred, event: demande, to: [ville, ‸region], on: 2022-02-01",
    ],
)
def test_a_fact_about_somebody_who_owes_nothing_of_it_is_an_error(seen, text):
    ((code, severity, message),) = seen(journal=fact(1, text))
    assert (code, severity) == ("QP402", "error")
    assert "“Région” owes nothing" in message


def test_whoever_asks_need_not_owe(seen):
    assert seen(journal=fact(1, "kind: occurred, event: demande, by: region, on: 2022-02-01")) == []


def test_a_debtor_that_an_avenant_replaced_or_put_in_place_is_one(seen):
    change = avenant("{change: debtors, target: plan, debtors: [region]}")
    for by, day in (("ville", "2022-02-01"), ("region", "2022-03-02")):
        assert seen(journal=change + fact(1, f"kind: fulfilled, engagement: plan, by: {by}, on: {day}")) == []


def test_a_site_that_the_engagement_does_not_concern_is_an_error(seen, convention):
    text = convention(("kind: one-off}", "kind: one-off, sites: [halle]}"))
    found = seen(text, fact(1, "kind: fulfilled, engagement: bilan, sites: [halle, ‸gare], on: 2022-02-01"))
    assert codes(found) == ["QP402"]


# --- After discharge ----------------------------------------------------------------------------------------

DONE = fact(1, "kind: fulfilled, engagement: plan, on: 2022-02-01")


@pytest.mark.parametrize("kind", ["fulfilled", "waived", "suspended"])
def test_what_was_discharged_is_not_discharged_again(seen, kind):
    journal = DONE + f"  - ‸{{id: f-2, kind: {kind}, engagement: plan, on: 2022-02-03}}\n"
    ((code, severity, message),) = seen(journal=journal)
    assert (code, severity) == ("QP403", "warning")
    assert "“f-1”" in message


def test_a_breach_found_later_and_the_performance_of_another_debtor_are_right(seen):
    assert seen(journal=DONE + fact(2, "kind: breached, engagement: plan, on: 2022-05-02")) == []
    journal = fact(1, "kind: fulfilled, engagement: bilan, by: ville, on: 2022-02-01") + fact(
        2, "kind: fulfilled, engagement: bilan, on: 2022-03-01"
    )
    assert seen(journal=journal) == [], "it still counts for the region"


def test_what_a_waiver_or_an_avenant_ended_is_not_performed(seen):
    waived = fact(1, "kind: waived, engagement: bilan, on: 2022-02-01")
    after = "  - ‸{id: f-2, kind: fulfilled, engagement: bilan, on: 2022-02-03}\n"
    assert codes(seen(journal=waived + after)) == ["QP403"]
    ended = avenant("{change: end, target: bilan}", on="2022-02-03")
    assert codes(seen(journal=ended + after)) == ["QP403"]
    assert seen(journal=ended + after.replace("‸", "").replace("2022-02-03", "2022-02-02")) == []


# --- Evidence only ------------------------------------------------------------------------------------------


def test_performance_of_what_runs_on_is_pointed_out_once(seen):
    journal = "".join(
        fact(number, f"kind: {'‸' * (number == 1)}fulfilled, engagement: suivi, on: 2022-0{number}-11")
        for number in (1, 2, 3)
    )
    ((code, severity, _),) = seen(journal=journal)
    assert (code, severity) == ("QP404", "info")


def test_sites_of_an_engagement_that_is_not_kept_by_site_are_a_warning(seen):
    ((code, severity, _),) = seen(journal=fact(1, "kind: fulfilled, engagement: plan, sites: ‸[halle], on: 2022-02-01"))
    assert (code, severity) == ("QP404", "warning")


# --- Late extensions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "more", "severity"),
    [
        ("2024-01-10", "", None),
        ("2024-01-11", "", "error"),
        ("2023-06-01", "    signed: 2024-01-11\n", "error"),
        ("2024-06-01", "    signed: 2024-01-09\n", "warning"),
        ("2023-06-01", "    effect: 2024-01-11\n", "warning"),
        ("2023-06-01", "    effect: 2024-01-10\n", None),
    ],
)
def test_the_term_is_extended_before_it_ends(seen, on, more, severity):
    mark = "‸" if severity else ""
    found = seen(journal=avenant(f"{{change: extend, target: {mark}terme, by: P12M}}", on=on, more=more))
    assert [(code, weight) for code, weight, _ in found] == ([("QP405", severity)] if severity else [])


def test_an_extension_in_time_for_one_reading_only_is_a_warning(seen, convention):
    term = "{within: P24M, from: depart, regime: quantieme%s}"
    text = convention((term % "", term % ", readings: [duree]"))
    found = seen(text, avenant("{change: extend, target: ‸terme, by: ‸P12M}", on="2024-01-10"))
    assert [(code, severity) for code, severity, _ in found] == [("QP405", "warning"), ("QP304", "info")]
    assert "in time for one reading" in found[0][2]
    assert codes(seen(text, avenant("{change: extend, target: terme, by: ‸P12M}", on="2024-01-09"))) == ["QP304"]


def test_each_extension_is_measured_against_the_term_before_it(seen):
    first = avenant("{change: extend, target: terme, by: P12M}", on="2023-12-01", name="un")
    second = avenant("{change: extend, target: terme, by: P12M}", on="2024-12-01", name="deux")
    third = avenant("{change: due, target: ‸terme, due: {on: 2028-01-10}}", on="2026-12-01", name="trois")
    assert seen(journal=first + second) == []
    assert codes(seen(journal=first + second + third)) == ["QP405"]


def test_a_date_of_an_engagement_moved_after_it_passed_is_a_warning(seen):
    late = avenant("{change: due, target: ‸plan, due: {on: 2022-06-30}}", on="2022-03-11")
    ((code, severity, _),) = seen(journal=late)
    assert (code, severity) == ("QP405", "warning")
    assert seen(journal=late.replace("‸", "").replace("2022-03-11", "2022-03-10")) == []


# --- Facts against one another ------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "severity"), [("2022-01-11", "error"), ("2022-01-10", "warning")])
def test_an_event_that_has_its_date_gets_no_other(seen, day, severity):
    ((code, weight, _),) = seen(journal=fact(1, f"kind: occurred, event: depart, on: ‸{day}"))
    assert (code, weight) == ("QP406", severity)


def test_an_event_dated_by_the_journal_gets_one_date(seen, convention):
    text = convention(("Accord, date: 2022-01-03", "Accord"))
    journal = fact(1, "kind: occurred, event: accord, on: ‸2022-01-05") + fact(
        2, "kind: occurred, event: accord, on: 2022-01-03"
    )
    assert codes(seen(text, journal)) == ["QP406"]
    assert seen(text, journal.replace("‸", "") + fact(3, "kind: voided, fact: f-1, on: 2022-02-01")) == []
    assert (
        seen(
            journal=fact(1, "kind: occurred, event: demande, on: 2022-02-01")
            + fact(2, "kind: occurred, event: demande, on: 2022-02-01")
        )
        == []
    )


def test_suspensions_and_resumptions_alternate(seen):
    start, stop = "kind: %ssuspended, engagement: suivi, on: %s", "kind: %sresumed, engagement: suivi, on: %s"
    assert codes(seen(journal=fact(1, stop % ("‸", "2022-02-01")))) == ["QP407"]
    twice = fact(1, start % ("", "2022-02-01")) + fact(2, start % ("‸", "2022-02-02"))
    assert codes(seen(journal=twice)) == ["QP407"]
    right = "".join(fact(number, (start, stop)[number % 2] % ("", f"2022-0{number + 1}-01")) for number in (2, 3, 4, 5))
    assert seen(journal=right) == []


def test_a_resumption_for_all_serves_the_one_that_was_suspended(seen):
    journal = fact(1, "kind: suspended, engagement: bilan, by: ville, on: 2022-02-01") + fact(
        2, "kind: resumed, engagement: bilan, on: 2022-03-01"
    )
    assert seen(journal=journal) == []


def test_cancellations_cancel_something_once_and_no_cancellation(seen):
    journal = DONE + fact(2, "kind: voided, fact: f-1, on: 2022-02-02")
    assert seen(journal=journal) == []
    assert codes(seen(journal=journal + fact(3, "kind: voided, fact: ‸f-1, on: 2022-02-03"))) == ["QP408"]
    assert codes(seen(journal=journal + fact(3, "kind: voided, fact: ‸f-2, on: 2022-02-03"))) == ["QP408"]
    assert codes(seen(journal=fact(1, "kind: voided, fact: ‸f-1, on: 2022-02-03"))) == ["QP408"]


def test_nothing_is_written_down_before_it_happened(seen):
    early = "kind: fulfilled, engagement: plan, on: 2022-02-01, recorded: %s"
    assert codes(seen(journal=fact(1, early % "‸2022-01-31"))) == ["QP409"]
    assert seen(journal=fact(1, early % "2022-02-01")) == []
    change = "{change: extend, target: terme, by: P12M}"
    signed = avenant(change, more="    signed: 2022-04-01\n    recorded: ‸2022-03-02\n")
    assert codes(seen(journal=signed)) == ["QP409"]
