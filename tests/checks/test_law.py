"""What a careful reader notices: each observation, what it leaves alone, and the dates it gives."""

from __future__ import annotations

import pytest

WORDS = "{within: P2M, from: depart}"
DUE = f"due: {WORDS}"


def occurred(event, day):
    return f"  - {{id: f-{event}, kind: occurred, event: {event}, on: {day}}}\n"


def test_the_convention_of_these_tests_has_nothing_to_notice(seen):
    assert seen() == []


# --- Passed before the approval -----------------------------------------------------------------------------

LATE = ("Accord, date: 2022-01-03", "Accord, date: 2022-05-02")


def test_a_date_before_the_approval_is_a_warning_with_both_days(seen, convention):
    ((code, severity, message),) = seen(convention(LATE, (DUE, f"due: ‸{WORDS}")))
    assert (code, severity) == ("QP301", "warning")
    assert "2022-03-10" in message
    assert "approved, on 2022-05-02" in message


def test_the_day_of_the_approval_itself_is_in_time(seen, convention):
    assert seen(convention(("Accord, date: 2022-01-03", "Accord, date: 2022-03-10"))) == []


def test_what_was_performed_in_time_is_left_alone_and_what_was_not_is_not(seen, convention):
    done = "  - {id: f-1, kind: fulfilled, engagement: plan, on: %s}\n"
    assert seen(convention(LATE), done % "2022-03-10") == []
    assert len(seen(convention(LATE, (DUE, f"due: ‸{WORDS}")), done % "2022-03-11")) == 1


def test_without_an_approval_the_signature_counts(seen, convention):
    text = convention(LATE, ("approval: accord", "signature: accord"), (DUE, f"due: ‸{WORDS}"))
    assert "signed, on 2022-05-02" in seen(text)[0][2]
    assert seen(convention(LATE, ("approval: accord\n", ""))) == []


def test_an_approval_dated_by_the_journal_counts_too(seen, convention):
    text = convention(("Accord, date: 2022-01-03", "Accord"), (DUE, f"due: ‸{WORDS}"))
    assert [code for code, _, _ in seen(text, occurred("accord", "2022-05-02"))] == ["QP301"]


def test_a_date_that_an_avenant_put_after_the_approval_is_none_before_it(seen, convention):
    avenant = """\
      - id: f-avenant
        kind: amended
        title: Avenant
        on: 2022-03-01
        changes: [{change: due, target: plan, due: {on: 2022-09-30}}]
    """
    assert seen(convention(LATE), avenant) == []


# --- Ends on a day that is not worked -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "day", "before", "after"),
    [
        ("P1M2D", "Saturday 2022-02-12", "Friday 2022-02-11", "Monday 2022-02-14"),
        ("P3M", "Sunday 2022-04-10", "Friday 2022-04-08", "Monday 2022-04-11"),
        ("P6M4D", "Thursday 2022-07-14 (Bastille Day)", "Wednesday 2022-07-13", "Friday 2022-07-15"),
        ("P3M8D", "Monday 2022-04-18 (Easter Monday)", "Friday 2022-04-15", "Tuesday 2022-04-19"),
    ],
)
def test_an_end_on_a_day_that_is_not_worked_gives_the_days_around_it(tmp_path, convention, period, day, before, after):
    from qp_cli.checks.registry import examine
    from qp_cli.store.repository import read_repository

    (tmp_path / "convention.yaml").write_text(convention((DUE, DUE.replace("P2M", period))), "utf-8")
    (found,) = examine(read_repository(tmp_path))
    assert (found.code, found.severity.value) == ("QP303", "info")
    assert f"“plan” (art. 2) ends on {day}, and the text says nothing" in str(found.message)
    assert before in str(found.hint)
    assert after in str(found.hint)


SUNDAY = "{within: P3M, from: depart%s}"


@pytest.mark.parametrize("regime", ["ccag", "procedure-civile", "quantieme", "duree", "prescription"])
def test_a_regime_chosen_for_the_date_settles_it(seen, convention, regime):
    assert seen(convention((WORDS, SUNDAY % f", regime: {regime}"))) == []


def test_a_regime_of_the_convention_that_carries_over_settles_it(seen, convention):
    assert seen(convention((WORDS, SUNDAY % ""), ("approval:", "regime: ccag\napproval:"))) == []


def test_what_can_be_read_as_a_length_what_runs_on_and_a_named_day_are_left_out(seen, convention):
    assert [code for code, _, _ in seen(convention((WORDS, "‸" + SUNDAY % ", readings: [duree]")))] == ["QP304"]
    assert seen(convention((WORDS, "{on: 2022-04-10}"))) == []
    assert seen(convention((WORDS, "{at_the_latest: P3M, before: 2022-07-10}"))) == []
    running = ("kind: continuing}", "kind: continuing, due: {within: P3M, from: depart}}")
    assert seen(convention(running)) == []


def test_a_recurrence_counts_its_ends_on_such_days_once(seen, convention):
    text = convention(("{every: P6M, from: depart, regime: ccag}", "‸{every: P3M, from: depart}"))
    ((code, _, message),) = seen(text)
    assert code == "QP303"
    assert "ends 3 times" in message
    assert "first on Sunday 2022-04-10" in message


def test_the_zone_decides_what_is_a_holiday(seen, convention):
    friday = (WORDS, "{within: P3M5D, from: depart}")
    assert seen(convention(friday)) == []
    text = convention((WORDS, "‸{within: P3M5D, from: depart}"), ("approval:", "zone: alsace-moselle\napproval:"))
    assert "Good Friday" in seen(text)[0][2]


# --- Two readings -------------------------------------------------------------------------------------------

TERM = "{within: P24M, from: depart, regime: quantieme}"


def test_a_term_whose_regime_nobody_chose_has_two_readings(seen, convention):
    ((code, severity, message),) = seen(convention((TERM, "‸{within: P24M, from: depart}")))
    assert (code, severity) == ("QP304", "info")
    assert "Wednesday 2024-01-10 (quantième), or Tuesday 2024-01-09 (durée)" in message


@pytest.mark.parametrize("regime", ["quantieme", "duree"])
def test_a_term_whose_regime_was_chosen_has_one(seen, convention, regime):
    assert seen(convention((TERM, TERM.replace("quantieme", regime)))) == []


def test_a_reading_that_gives_the_same_day_is_none(seen, convention):
    assert seen(convention((TERM, TERM[:-1] + ", readings: [prescription]}"))) == []
    ((_, _, message),) = seen(convention((TERM, "‸" + TERM[:-1] + ", readings: [prescription, duree]}")))
    assert "2024-01-09 (durée)" in message


def test_a_clear_period_at_the_end_of_a_month_is_read_in_two_ways(seen, convention):
    text = convention((WORDS, "‸{within: P1M, from: 2022-01-30, regime: delai-franc}"))
    ((code, _, message),) = seen(text)
    assert code == "QP304"
    assert message.count("délai franc") == 2


def test_a_term_without_a_date_yet_has_no_reading(seen, convention):
    awaited = "  - {id: ‸signature, title: S, clause: art. 1}\n  - {id: demande"
    text = convention((TERM, "{within: P24M, from: signature}"), ("  - {id: demande", awaited))
    assert [code for code, _, _ in seen(text)] == ["QP305"]


# --- Claims -------------------------------------------------------------------------------------------------

CLAIM = 'claims:\n  - {{about: {about}, where: titre, says: {mark}"2022/2024", {years}}}\n'


@pytest.mark.parametrize(
    ("about", "years", "right"),
    [
        ("terme", "first_year: 2022, last_year: 2024", True),
        ("terme", "last_year: 2024", True),
        ("terme", "first_year: 2022", True),
        ("terme", "first_year: 2021, last_year: 2024", False),
        ("terme", "last_year: 2025", False),
        ("plan", "last_year: 2022", True),
        ("plan", "last_year: 2023", False),
        ("depart", "first_year: 2022, last_year: 2022", True),
        ("depart", "first_year: 2021", False),
        ("bilan", "first_year: 2021", True),
    ],
)
def test_years_are_compared_with_what_the_clause_gives(seen, convention, about, years, right):
    text = convention(add=CLAIM.format(about=about, years=years, mark="" if right else "‸"))
    assert [(code, severity) for code, severity, _ in seen(text)] == ([] if right else [("QP302", "warning")])


def test_a_term_that_an_avenant_extends_is_what_counts(seen, convention):
    avenant = """\
      - id: f-avenant
        kind: amended
        title: Avenant
        on: 2023-12-01
        changes: [{change: extend, target: terme, by: P12M}]
    """
    claim = CLAIM.format(about="terme", years="last_year: 2025", mark="")
    assert seen(convention(add=claim), avenant) == []


def test_a_thing_said_done_needs_its_fact(seen, convention):
    claim = "claims: [{about: bilan, where: art. 2, says: %sle bilan annexé, done: true}]\n"
    ((code, severity, message),) = seen(convention(add=claim % "‸"))
    assert (code, severity) == ("QP309", "warning")
    assert "no fulfilment of it is recorded" in message
    one = "  - {id: f-1, kind: fulfilled, engagement: bilan, by: ville, on: 2022-02-01}\n"
    assert len(seen(convention(add=claim % "‸"), one)) == 1, "the region has not performed"
    both = one + "  - {id: f-2, kind: fulfilled, engagement: bilan, by: region, on: 2022-02-02}\n"
    assert seen(convention(add=claim % ""), both) == []


def test_an_event_said_done_needs_its_day(seen, convention):
    event = ("  - {id: demande", "  - {id: avis, title: Avis, clause: visas}\n  - {id: demande")
    claim = "claims: [{about: avis, where: visas, says: %sl'avis rendu, done: true}]\n"
    ((code, _, message),) = seen(convention(event, add=claim % "‸"))
    assert (code, "it has no date" in message) == ("QP309", True)
    assert seen(convention(event, add=claim % ""), occurred("avis", "2022-01-02")) == []


# --- Undated events -----------------------------------------------------------------------------------------

AVIS = "  - {{id: {}avis, title: Avis, clause: visas}}\n  - {{id: demande"


def test_an_undated_event_that_nothing_depends_on_is_left_alone(seen, convention):
    assert seen(convention(("  - {id: demande", AVIS.format("")))) == []


def test_an_undated_event_that_dates_count_from_says_how_many(seen, convention):
    text = convention(("  - {id: demande", AVIS.format("‸")), (WORDS, "{within: P2M, from: avis}"))
    ((code, severity, message),) = seen(text)
    assert (code, severity) == ("QP305", "info")
    assert "1 date is counted from it" in message


def test_an_undated_signature_or_approval_is_named_as_such(seen, convention):
    text = convention(("  - {id: demande", AVIS.format("‸")), ("approval: accord", "approval: accord\nsignature: avis"))
    assert "The signature, “avis” (visas), has no date" in seen(text)[0][2]
    assert seen(text.replace("‸", ""), occurred("avis", "2022-01-02")) == []
    text = convention(("id: accord, title: Accord, date: 2022-01-03", "id: ‸accord, title: Accord"))
    assert "The approval" in seen(text)[0][2]


# --- What the text leaves open ------------------------------------------------------------------------------


def test_reports_without_a_frequency_are_noticed_where_the_reader_marked_them(seen, convention):
    suivi = "kind: continuing}"
    ((code, severity, _),) = seen(convention((suivi, "kind: continuing, reporting: ‸true}")))
    assert (code, severity) == ("QP306", "info")
    assert seen(convention(("kind: recurring,", "kind: recurring, reporting: true,"))) == []
    assert seen(convention(("kind: one-off}", "kind: one-off, reporting: true}"))) == []


AGENCY = ("groups:", "  - {id: agence, name: Agence}\n  - {id: antenne, name: Antenne, organ_of: agence}\ngroups:")


@pytest.mark.parametrize("debtors", ["[agence]", "[antenne]", "[ville, antenne]"])
def test_a_debtor_who_does_not_sign_is_named(seen, convention, debtors):
    text = convention(AGENCY, ("debtors: [toutes]", f"debtors: ‸{debtors}"))
    ((code, severity, message),) = seen(text)
    assert (code, severity) == ("QP307", "warning")
    assert "which does not sign" in message


def test_an_organ_of_a_signatory_is_bound_through_it(seen, convention):
    assert seen(convention(("debtors: [toutes]", "debtors: [maire, region]"))) == []


def test_each_member_of_a_group_is_looked_at(seen, convention):
    text = convention(AGENCY, ("members: [ville, region]", "members: [ville, region, agence, antenne]"),
                      ("debtors: [toutes]", "debtors: ‸[toutes]"))  # fmt: skip
    assert "Agence, Antenne, which do not sign" in seen(text)[0][2]


def test_engagements_made_elsewhere_and_repositories_that_name_no_signatory_are_left_out(seen, convention):
    national = convention(
        AGENCY, ("debtors: [toutes], kind: one-off", "debtors: [agence], kind: one-off, scope: national")
    )
    assert seen(national) == []
    unsaid = convention(AGENCY, ("debtors: [toutes]", "debtors: [agence, toutes]"), ("Ville, signatory: true", "Ville"),
                        ("Région, signatory: true", "Région"))  # fmt: skip
    assert seen(unsaid) == []


def test_a_request_without_a_number_is_noticed_until_the_team_sets_an_aim(seen, convention):
    due = ", trigger: demande,\n     due: {within: 10 jours ouvrés}}"
    ((code, severity, _),) = seen(convention(("kind: on-request" + due, "kind: ‸on-request, trigger: demande}")))
    assert (code, severity) == ("QP308", "info")
    assert seen(convention((due, ", trigger: demande, target: {within: P1M}}"))) == []


def test_an_engagement_that_an_avenant_ended_is_not_discussed(seen, convention):
    ended = """\
      - id: f-avenant
        kind: amended
        title: Avenant
        on: 2022-03-01
        changes: [{change: end, target: suivi}]
    """
    assert seen(convention(("kind: continuing}", "kind: continuing, reporting: true}")), ended) == []


def test_a_reading_whose_days_are_out_of_the_years_computed_is_left_out(tmp_path):
    (tmp_path / "convention.yaml").write_text(
        "format: qp/1\nid: c\ntitle: C\nparties:\n  - {id: ville, name: Ville}\n"
        "term: {clause: art. 1, due: {within: P1D, from: 1905-01-01}}\n",
        encoding="utf-8",
    )
    from qp_cli.checks.registry import examine
    from qp_cli.store.repository import read_repository

    assert "QP304" not in {each.code for each in examine(read_repository(tmp_path))}


# --- A regime for something else ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["silence-administration", "prescription"])
def test_a_regime_that_counts_something_else_is_doubted_as_a_conventions_own(seen, convention, name):
    ((code, severity, message),) = seen(convention(("title: Essai\n", f"title: Essai\nregime: ‸{name}\n")))
    assert (code, severity) == ("QP310", "warning")
    assert name in message


@pytest.mark.parametrize("name", ["silence-administration", "prescription"])
def test_such_a_regime_is_left_alone_on_a_due_date_of_its_own(seen, convention, name):
    assert seen(convention((DUE, f"due: {{within: P2M, from: depart, regime: {name}}}"))) == []


@pytest.mark.parametrize("name", ["quantieme", "duree", "procedure-civile", "ccag", "ue-1182-71", "delai-franc"])
def test_the_other_regimes_suit_a_convention(seen, convention, name):
    assert seen(convention(("title: Essai\n", f"title: Essai\nregime: {name}\n"))) == []


# --- Months that lack the day ---------------------------------------------------------------------------------

SERIES = "{every: P6M, from: depart, regime: ccag}"


def rule(text, start="2022-01-10", until="2026-12-31", mark="‸"):
    return f'{{rrule: {mark}"{text}", from: {start}, until: {until}}}'


@pytest.mark.parametrize(
    ("text", "start", "until", "day", "month"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2022-01-10", "2026-12-31", 31, "February 2022"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2022-03-31", "2026-12-31", 31, "April 2022"),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "2022-03-31", "2026-12-31", 30, "February 2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=29", "2024-01-31", "2026-12-31", 29, "February 2025"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,31", "2022-03-01", "2026-12-31", 31, "April 2022"),
        ("FREQ=MONTHLY;BYMONTHDAY=29,30,31", "2022-03-01", "2026-12-31", 29, "February 2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=-31", "2022-03-01", "2026-12-31", -31, "April 2022"),
        ("FREQ=MONTHLY", "2022-01-31", "2026-12-31", 31, "February 2022"),
        ("FREQ=MONTHLY;INTERVAL=3", "2022-01-31", "2026-12-31", 31, "April 2022"),
        ("FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=31", "2022-02-01", "2026-12-31", 31, "February 2022"),
        ("FREQ=YEARLY", "2024-02-29", "2026-12-31", 29, "February 2025"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2024-01-01", "2026-12-31", 29, "February 2025"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", "2024-01-01", "2026-12-31", 29, "February 2026"),
        ("FREQ=YEARLY;BYMONTH=4,5;BYMONTHDAY=31", "2022-01-01", "2026-12-31", 31, "April 2022"),
        ("FREQ=YEARLY;BYMONTHDAY=31", "2022-03-01", "2026-12-31", 31, "April 2022"),
        ("FREQ=DAILY;BYMONTHDAY=31", "2022-03-01", "2026-12-31", 31, "April 2022"),
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=31", "2022-03-01", "2026-12-31", 31, "April 2022"),
        ("FREQ=MONTHLY;BYMONTHDAY=30,31;BYSETPOS=1", "2022-03-01", "2026-12-31", 30, "February 2023"),
    ],
)
def test_a_rule_that_passes_over_a_month_names_the_first(seen, convention, text, start, until, day, month):
    ((code, severity, message),) = seen(convention((SERIES, rule(text, start, until))))
    assert (code, severity) == ("QP311", "info")
    assert message == f"“{text}” gives no day {day} in {month}, which has none: RFC 5545 passes over it"


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=28", "2022-01-10", "2026-12-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2022-01-10", "2026-12-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=31,-1", "2022-01-10", "2026-12-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2022-01-10", "2026-12-31"),
        ("FREQ=MONTHLY;BYDAY=5MO", "2022-01-31", "2026-12-31"),
        ("FREQ=WEEKLY", "2022-01-31", "2026-12-31"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "2022-01-10", "2026-12-31"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", "2022-01-10", "2026-12-31"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2024-01-01", "2025-02-27"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "2024-01-01", "2032-12-31"),
        ("FREQ=YEARLY;BYYEARDAY=366", "2024-01-01", "2028-12-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2022-07-01", "2022-09-29"),
        ("FREQ=MONTHLY;COUNT=2;BYMONTHDAY=31", "2022-07-01", "2026-12-31"),
        ("FREQ=MONTHLY;UNTIL=20220831;BYMONTHDAY=31", "2022-07-01", "2026-12-31"),
    ],
)
def test_a_rule_that_passes_over_none_is_left_alone(seen, convention, text, start, until):
    assert seen(convention((SERIES, rule(text, start, until, mark="")))) == []


def test_months_are_passed_over_in_a_series_that_periods_are_counted_from_and_in_avenants(seen, convention):
    text = "FREQ=MONTHLY;BYMONTHDAY=31"
    nested = f"{{within: P1M, from: {rule(text, '2022-03-31', '2023-12-31')}, regime: ccag}}"
    assert [code for code, _, _ in seen(convention((SERIES, nested)))] == ["QP311"]
    avenant = f"""\
      - id: f-avenant
        kind: amended
        title: Avenant
        on: 2022-03-01
        changes: [{{change: due, target: revue, due: {rule(text, "2022-03-31", "2023-12-31")}}}]
    """
    assert [code for code, _, _ in seen(convention(), avenant)] == ["QP311"]


def test_a_rule_whose_origin_has_no_date_yet_is_left_alone(seen, convention):
    origin = "{id: retour, title: Retour, clause: art. 1}"
    declared = convention(
        ("events:\n", f"events:\n  - {origin.replace('retour', '‸retour')}\n"),
        (SERIES, "{rrule: FREQ=MONTHLY;BYMONTHDAY=31, from: retour}"),
    )
    assert {code for code, _, _ in seen(declared)} == {"QP305"}


@pytest.mark.parametrize("end", ["", ", until: terme"])
def test_without_a_known_end_a_rule_is_followed_as_far_as_dates_are_computed(seen, convention, end):
    term = "term: {clause: art. 9, due: {within: P24M, from: depart, regime: quantieme}}\n"
    series = f"{{rrule: ‸FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29, from: 2024-02-29{end}}}"
    ((_, _, message),) = seen(convention((term, ""), (SERIES, series)))
    assert "February 2100" in message


def test_the_other_reading_of_a_term_that_was_suspended_has_the_days_that_did_not_run_too(seen, convention):
    # 24 months from 10 January 2022: 10 January 2024, or 9 January as a durée; 31 days of May more.
    term = "due: {within: P24M, from: depart, regime: quantieme}"
    pauses = """\
      - {id: f-1, kind: suspended, engagement: all, term: true, on: 2022-05-01}
      - {id: f-2, kind: resumed, engagement: all, on: 2022-06-01}
    """
    found = seen(convention((term, "due: ‸{within: P24M, from: depart}")), pauses)
    assert [code for code, _, _ in found] == ["QP304"]
    assert "2024-02-10" in found[0][2]
    assert "2024-02-09" in found[0][2]
