"""The journal against the convention and against itself: what is noticed, and what is let pass."""

from __future__ import annotations

from datetime import date

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
    cancelled = fact(1, early % "2022-01-31") + fact(2, "kind: voided, fact: f-1, on: 2022-02-02")
    assert seen(journal=cancelled) == []
    change = "{change: extend, target: terme, by: P12M}"
    signed = avenant(change, more="    signed: 2022-04-01\n    recorded: ‸2022-03-02\n")
    assert codes(seen(journal=signed)) == ["QP409"]


def test_what_is_suspended_and_resumed_on_one_day_has_not_stopped(seen):
    journal = fact(1, "kind: suspended, engagement: suivi, on: 2022-02-01") + fact(
        2, "kind: ‸resumed, engagement: suivi, on: 2022-02-01"
    )
    ((code, _, message),) = seen(journal=journal)
    assert code == "QP407"
    assert "on one day, 2022-02-01" in message


# --- Whom a performance serves ------------------------------------------------------------------------------


def revues(*days):
    return "".join(fact(number, f"kind: fulfilled, engagement: revue, on: {day}") for number, day in enumerate(days, 1))


def test_performances_serve_the_oldest_owed_and_one_too_many_serves_none(seen):
    assert seen(journal=revues("2022-05-02", "2022-07-11", "2023-01-12")) == []
    ((code, severity, message),) = seen(journal=revues("2022-05-02", "‸2022-06-20"))
    assert (code, severity) == ("QP413", "warning")
    assert "No occurrence of “revue” (art. 4) was owed on 2022-06-20" in message


def test_a_performance_before_the_first_interval_serves_none(seen):
    assert codes(seen(journal=revues("‸2022-01-09"))) == ["QP413"]


def test_one_that_says_which_it_serves_serves_it(seen):
    named = fact(2, "kind: fulfilled, engagement: revue, occurrence: 2023-01-10, on: 2022-06-20")
    assert seen(journal=revues("2022-05-02") + named) == []
    twice = named.replace("{id: f-2", "‸{id: f-3")
    assert codes(seen(journal=revues("2022-05-02") + named + twice)) == ["QP403"]


def test_what_an_avenant_ended_is_no_performance_too_many(seen):
    journal = avenant("{change: end, target: revue}", on="2022-03-01") + revues("2022-05-02").replace("{", "‸{")
    ((code, _, message),) = seen(journal=journal)
    assert code == "QP403"
    assert "was ended by the avenant “f-avenant”" in message


def test_a_default_that_an_avenant_leaves_can_still_be_made_good(seen):
    journal = avenant("{change: end, target: revue}", on="2022-08-01") + revues("2022-09-02")
    assert seen(journal=journal) == []


def test_a_fact_about_nothing_owed_by_those_it_names_is_a_warning(seen, convention):
    text = convention(("debtors: [ville], kind: on-request", "debtors: [toutes], kind: on-request"))
    asked = fact(1, "kind: triggered, engagement: reponse, on: 2022-02-01, to: [ville]")
    asked += fact(2, "kind: triggered, engagement: reponse, on: 2022-02-03, to: [region]")
    waived = "kind: waived, engagement: %sreponse, by: %s, occurrence: 2022-02-01, on: 2022-02-05"
    assert seen(text, asked + fact(3, waived % ("", "ville"))) == []
    ((code, severity, _),) = seen(text, asked + fact(3, waived % ("‸", "region")))
    assert (code, severity) == ("QP402", "warning")


def test_a_performance_counted_from_what_has_no_date_is_known(seen, convention):
    text = convention(
        ("{id: accord, title: Accord, date: 2022-01-03", "{id: ‸accord, title: Accord"),
        ("P2M, from: depart", "P2M, from: accord"),
    )
    found = seen(text, fact(1, "kind: fulfilled, engagement: plan, on: ‸2022-02-01"))
    assert [(code, severity) for code, severity, _ in found] == [("QP305", "info"), ("QP401", "info")]


@pytest.mark.parametrize(
    ("due", "code"),
    [
        ("{within: P2M, from: ‸demande}", "QP208"),
        ("{within: P2M, from: ‸revue}", "QP208"),
        ("{within: P2M, from: ‸inconnu}", "QP202"),
        ("{within: P2M, from: ‸plan}", "QP203"),
    ],
)
def test_nothing_follows_from_a_due_date_that_is_itself_in_error(seen, convention, due, code):
    text = convention(("{within: P2M, from: depart}", due))
    found = seen(text, fact(1, "kind: fulfilled, engagement: plan, on: 2022-02-01"))
    assert codes(found) == [code]


# --- Requests and notices -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kind: triggered, engagement: ‸plan, on: 2022-02-01", "not owed on request"),
        ("kind: occurred, event: demande, on: 2022-02-01, to: ‸[ville]", "asks nothing of anybody"),
        ("kind: triggered, engagement: reponse, on: ‸2024-01-11", "after the term of the convention, 2024-01-10"),
    ],
)
def test_a_request_that_starts_nothing_is_a_warning(seen, convention, text, words):
    agreed = convention((", trigger: demande", "")) if "event: demande" in text else convention()
    ((code, severity, message),) = seen(agreed, fact(1, text))
    assert (code, severity) == ("QP415", "warning")
    assert words in message


def test_nothing_is_asked_under_what_an_avenant_ended(seen):
    end = avenant("{change: end, target: reponse}", on="2022-02-01")
    asked = "kind: triggered, engagement: %sreponse, on: 2022-02-%s"
    assert codes(seen(journal=end + fact(1, asked % ("‸", "01")))) == ["QP415"]
    end = avenant("{change: end, target: reponse}", on="2022-02-02")
    assert seen(journal=end + fact(1, asked % ("", "01"))) == []


def test_a_notice_of_what_is_done_and_a_second_breach_are_warnings(seen):
    assert codes(seen(journal=DONE + fact(2, "kind: ‸notified, engagement: plan, on: 2022-05-01"))) == ["QP416"]
    breach = fact(1, "kind: breached, engagement: plan, on: 2022-05-01")
    assert codes(seen(journal=breach + fact(2, "kind: ‸breached, engagement: plan, on: 2022-05-02"))) == ["QP416"]
    assert (
        seen(journal=breach + fact(2, "kind: voided, fact: f-1, on: 2022-05-02") + breach.replace("f-1", "f-3")) == []
    )


def test_a_notice_before_any_date_had_passed_is_known(seen):
    notice = "kind: notified, engagement: %s, on: %s"
    ((code, severity, message),) = seen(journal=fact(1, notice % ("plan", "‸2022-03-10")))
    assert (code, severity) == ("QP417", "info")
    assert "the first is 2022-03-10" in message
    assert seen(journal=fact(1, notice % ("plan", "2022-03-11"))) == []
    assert seen(journal=fact(1, notice % ("suivi", "2022-03-11"))) == [], "what runs on is owed at any time"


# --- What avenants change -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ("{change: extend, target: plan, by: P1M, debtor: ‸region}", "QP402", "“Région” owes nothing of “plan”"),
        ("{change: extend, target: plan, by: P1M, debtor: ‸personne}", "QP202", "“personne”"),
        ("{change: extend, target: plan, by: P1M, sites: ‸[halle]}", "QP402", "not kept site by site"),
        ("{change: end, target: bilan, sites: [‸gare]}", "QP402", "does not concern “Gare”"),
        ("{change: end, target: bilan, sites: [‸port]}", "QP202", "“port”"),
        ("{change: extend, target: plan, by: P1M, occurrence: ‸2022-03-10}", "QP211", "owed once"),
        ("{change: end, target: revue, occurrence: ‸2022-07-11}", "QP211", "no occurrence on 2022-07-11"),
        ("{change: due, target: revue, due: ‸{on: 2022-07-31}}", "QP206", "this gives it one date"),
        (
            "{change: due, target: revue, occurrence: 2022-07-10, due: ‸{every: P1Y, from: depart}}",
            "QP206",
            "comes back",
        ),
        ("{change: end, target: plan, since: ‸2022-03-02}", "QP414", "applies from 2022-03-01"),
        ("{change: end, target: ‸terme}", "QP414", "cannot be ended"),
        ("{change: debtors, target: ‸terme, debtors: [ville]}", "QP414", "Nobody owes the term"),
        ("{change: extend, target: terme, by: P1M, debtor: ‸ville}", "QP414", "no part to change"),
        ("{change: extend, target: terme, by: P1M, occurrence: ‸2022-07-10}", "QP414", "no part to change"),
    ],
)
def test_a_change_that_reaches_nothing_is_an_error(seen, convention, change, code, words):
    text = convention(("kind: one-off}", "kind: one-off, sites: [halle]}"))
    found = seen(text, avenant(change))
    assert code in codes(found)
    assert {severity for _, severity, _ in found} == {"error"}
    assert any(words in message for _, _, message in found)


@pytest.mark.parametrize(
    "change",
    [
        "{change: extend, target: plan, by: P2M, debtor: ville, since: 2022-02-01}",
        "{change: end, target: bilan, sites: [halle]}",
        "{change: end, target: revue, occurrence: 2022-07-10}",
        "{change: due, target: revue, occurrence: 2022-07-10, due: {on: 2022-07-29}}",
        "{change: debtors, target: bilan, debtor: region, debtors: [ville]}",
    ],
)
def test_a_change_of_a_part_is_right(seen, convention, change):
    text = convention(("kind: one-off}", "kind: one-off, sites: [halle]}"))
    assert seen(text, avenant(change)) == []


def test_what_an_avenant_ended_is_not_changed_any_more(seen):
    end = avenant("{change: end, target: plan}", on="2022-02-01", name="un")
    again = avenant("{change: %s, target: ‸plan%s}", on="2022-02-02", name="deux")
    assert codes(seen(journal=end + again % ("end", ""))) == ["QP414"]
    assert codes(seen(journal=end + again % ("extend", ", by: P2M"))) == ["QP414"]
    cancelled = fact(1, "kind: voided, fact: f-un, on: 2022-02-02")
    assert seen(journal=end + (again % ("extend", ", by: P2M")).replace("‸", "") + cancelled) == []


def test_changes_of_a_cancelled_avenant_are_not_looked_at(seen):
    change = avenant("{change: extend, target: plan, by: P1M, debtor: region, since: 2023-01-01}")
    assert seen(journal=change + fact(1, "kind: voided, fact: f-avenant, on: 2022-03-02")) == []


# --- Series -------------------------------------------------------------------------------------------------

SERIES = "{every: P6M, from: depart, regime: ccag}"


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("{every: P3Y, from: depart}", "none by its end, 2024-01-10"),
        ("{every: P6M, from: depart, until: 2022-01-09}", "none by its end, 2022-01-09"),
        ('{rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", from: depart}', "none by its end"),
        ('{rrule: "FREQ=MONTHLY;UNTIL=20211231", from: depart}', "none by its end"),
        ("{within: P1M, from: {every: P3Y, from: depart, until: terme}}", "none by its end"),
    ],
)
def test_a_series_without_a_date_is_a_warning_once(seen, convention, due, words):
    ((code, severity, message),) = seen(convention((SERIES, f"‸{due}")))
    assert (code, severity) == ("QP218", "warning")
    assert message.startswith("“revue” (art. 4) is recurring, and nothing of it falls due (no date: ")
    assert words in message


def test_a_series_that_an_avenant_leaves_without_a_date_is_pointed_out_there(seen):
    change = "{change: due, target: revue, due: ‸{every: P3Y, from: 2022-07-01}}"
    assert codes(seen(journal=avenant(change, on="2022-01-11"))) == ["QP218"]


def test_a_series_that_waits_has_not_lost_its_dates(seen, convention):
    text = convention(
        (SERIES, "{every: P3Y, from: accord}"),
        ("{id: accord, title: Accord, date: 2022-01-03", "{id: ‸accord, title: Accord"),
    )
    assert codes(seen(text)) == ["QP305"]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("‸{every: P6M}", "Nothing says from where"),
        ("‸{every: P6M, from: depart, first: 2022-03-01}", "both from and first"),
        ("{within: P1M, from: ‸{every: P6M}}", "Nothing says from where"),
    ],
)
def test_a_series_says_from_where_it_is_counted_in_one_way(seen, convention, due, words):
    found = seen(convention((SERIES, due)))
    assert [(code, severity) for code, severity, _ in found] == [("QP206", "error")]
    assert words in found[0][2]


def test_a_first_date_refers_to_what_exists_and_never_to_itself(seen, convention):
    assert codes(seen(convention((SERIES, "{every: P6M, first: ‸rien}")))) == ["QP202"]
    assert codes(seen(convention((SERIES, "{every: P6M, first: ‸demande}")))) == ["QP208"]
    loop = convention(
        ("due: {within: P2M, from: depart}", "due: {within: P2M, from: ‸bilan}"),
        ("kind: one-off}", "kind: one-off, due: {within: P1M, from: plan}}"),
    )
    assert codes(seen(loop)) == ["QP203"]
    far = convention((SERIES, "{every: P6M, first: ‸1901-01-01, until: 2024-01-10}"))
    assert codes(seen(far)) == ["QP110"]


def test_what_a_role_without_holder_owes_is_still_a_row(convention):
    from qp_cli.model.convention import Convention
    from qp_cli.store.schema import validate
    from qp_cli.store.yaml.reader import read_document
    from qp_cli.tracking.situation import assess

    text = convention(
        ("groups:\n", "roles:\n  - {id: pilote, name: Pilote}\ngroups:\n"),
        ("art. 2, debtors: [ville]", "art. 2, debtors: [pilote]"),
    )
    agreed, _ = validate(read_document(text.encode(), "convention.yaml"), Convention)
    rows = assess(agreed, (), (), date(2022, 2, 1)).obligations
    assert [one.id for one in rows if one.engagement.id == "plan"] == ["plan/pilote"]
