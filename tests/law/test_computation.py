"""Deadlines under each regime, the working they show, and what always holds of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from qp_cli.errors import InvalidPeriodError, OutOfRangeError, UsageError
from qp_cli.law.computation import compute_deadline
from qp_cli.law.counting import Pause
from qp_cli.law.periods import DayCount, Period, WorkingDays, parse_delay
from qp_cli.law.regimes import REGIMES, find_regime
from qp_cli.law.workdays import is_counted, is_working_day
from qp_cli.law.zones import Zone

DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))
PERIODS = st.builds(Period, st.integers(0, 5), st.integers(0, 36), st.integers(0, 8), st.integers(0, 90)).filter(
    lambda period: period.total_months or period.total_days
)
DELAYS = PERIODS | st.builds(WorkingDays, st.integers(1, 60), st.sampled_from(DayCount))
ZONES = st.sampled_from(Zone)
ALL = st.sampled_from(REGIMES)
CARRYING = st.sampled_from([regime for regime in REGIMES if regime.carry_over])
NOT_CARRYING = ["quantieme", "duree", "silence-administration", "prescription", "a-rebours"]
PLAIN = ["quantieme", "silence-administration", "prescription"]
ONE = timedelta(days=1)


def result(origin, delay, regime="quantieme", zone=Zone.METROPOLE, *, backwards=False):
    rule = find_regime(regime)
    back = backwards or rule.backwards_only
    return compute_deadline(date.fromisoformat(origin), parse_delay(delay), rule, zone, backwards=back)


def either_way(origin, delay, regime, zone, backwards):
    """A regime that only counts backwards is asked for nothing else."""
    return compute_deadline(origin, delay, regime, zone, backwards=backwards or regime.backwards_only)


def deadline(*args, **options):
    return result(*args, **options).deadline.isoformat()


def rules(computation):
    return [step.rule for step in computation.steps]


# --- The convention's six months ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regime", "expected"),
    [
        ("quantieme", "2021-09-18"),
        ("duree", "2021-09-17"),
        ("procedure-civile", "2021-09-20"),
        ("ccag", "2021-09-20"),
        ("ue-1182-71", "2021-09-20"),
        ("delai-franc", "2021-09-20"),
        ("silence-administration", "2021-09-18"),
        ("prescription", "2021-09-18"),
        ("a-rebours", "2020-09-17"),
    ],
)
def test_six_months_from_18_march_2021(regime, expected):
    assert deadline("2021-03-18", "P6M", regime) == expected


def test_an_end_on_a_saturday_gives_three_dates():
    found = result("2021-03-18", "P6M")
    assert (found.prudent, found.strict, found.carried_over) == (
        date(2021, 9, 17), date(2021, 9, 18), date(2021, 9, 20),
    )  # fmt: skip


def test_the_working_says_that_the_end_is_a_saturday_and_stays():
    found = result("2021-03-18", "P6M")
    assert rules(found) == ["origin", "period", "non-working-day", "no-carry-over"]
    assert "a Saturday" in str(found.steps[2].text)
    # Unsettled: admitted outside proceedings, refused for a notice; 04-44.544 is about durées.
    assert "06-19.567" in found.steps[3].source
    assert "F32360" in found.steps[3].source
    assert "04-44.544" not in found.steps[3].source
    assert "unsettled" in str(found.steps[3].text)


def test_the_working_shows_the_carry_over_with_its_article():
    found = result("2021-03-18", "P6M", "procedure-civile")
    assert rules(found) == ["origin", "period", "non-working-day", "carry-over", "beside"]
    assert found.steps[3].result == found.deadline
    assert found.steps[3].source == found.steps[2].source == "CPC art. 642 al. 2"
    assert found.steps[4] == (*found.steps[4][:2], "CPC art. 643 et 644", None)


# --- Month ends --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "delay", "expected"),
    [
        ("2021-08-31", "P6M", "2022-02-28"),
        ("2019-12-31", "P2M", "2020-02-29"),
        ("2020-02-29", "P1Y", "2021-02-28"),
        ("2020-02-29", "P4Y", "2024-02-29"),
        ("2021-02-28", "P1M", "2021-03-28"),
        ("2021-01-30", "P1M1D", "2021-03-01"),
        ("2012-02-29", "P88Y", "2100-02-28"),
    ],
)
def test_a_day_the_target_month_lacks_becomes_its_last_day(origin, delay, expected):
    assert deadline(origin, delay) == expected


def test_the_working_says_so_and_says_nothing_when_the_month_has_the_day():
    assert "month-end" in rules(result("2021-08-31", "P6M"))
    assert "month-end" not in rules(result("2021-08-28", "P6M"))


def test_months_are_counted_once_from_the_origin_and_never_chained():
    twice = deadline(deadline("2021-01-31", "P1M"), "P1M")
    assert twice == "2021-03-28"
    assert deadline("2021-01-31", "P2M") == "2021-03-31"


@given(DAYS, PERIODS)
def test_the_total_is_added_once_months_first(origin, period):
    end = compute_deadline(origin, period, find_regime("quantieme"), Zone.METROPOLE).deadline
    assert end == origin + relativedelta(months=period.total_months) + relativedelta(days=period.total_days)


@given(DAYS, st.integers(1, 3000))
def test_days_counted_forwards_and_back_return_to_the_origin(origin, number):
    plain = find_regime("quantieme")
    there = compute_deadline(origin, Period(days=number), plain, Zone.METROPOLE).deadline
    assert compute_deadline(there, Period(days=number), plain, Zone.METROPOLE, backwards=True).deadline == origin


@given(DAYS, st.integers(1, 60), ALL, ZONES)
def test_a_month_more_never_ends_earlier(origin, months, regime, zone):
    assume(not regime.backwards_only)
    shorter = compute_deadline(origin, Period(months=months), regime, zone)
    assert compute_deadline(origin, Period(months=months + 1), regime, zone).deadline > shorter.deadline


@given(DAYS, PERIODS, ALL, ZONES)
def test_a_day_later_never_ends_earlier(origin, period, regime, zone):
    later = either_way(origin + ONE, period, regime, zone, backwards=False)
    assert later.deadline >= either_way(origin, period, regime, zone, backwards=False).deadline


# --- Carry-over --------------------------------------------------------------------------------------------


@given(DAYS, DELAYS, CARRYING, ZONES)
def test_a_carry_over_lands_on_a_working_day_never_earlier_and_skips_none(origin, delay, regime, zone):
    found = compute_deadline(origin, delay, regime, zone)
    assert is_working_day(found.deadline, zone)
    assert found.deadline >= found.nominal
    skipped = [found.nominal + n * ONE for n in range((found.deadline - found.nominal).days)]
    assert not any(is_working_day(day, zone) for day in skipped)
    assert ("carry-over" in rules(found)) == (found.deadline != found.nominal)


@pytest.mark.parametrize("name", NOT_CARRYING)
@given(origin=DAYS, delay=DELAYS, zone=ZONES)
def test_the_other_regimes_carry_nothing_over_and_say_so(name, origin, delay, zone):
    found = either_way(origin, delay, find_regime(name), zone, backwards=False)
    assert found.deadline == found.nominal == found.strict
    idle = not is_working_day(found.nominal, zone)
    assert ("non-working-day" in rules(found)) == ("no-carry-over" in rules(found)) == idle


@given(DAYS, DELAYS, ALL, ZONES, st.booleans())
def test_nothing_is_ever_carried_over_backwards(origin, delay, regime, zone, backwards):
    found = either_way(origin, delay, regime, zone, backwards=backwards)
    if found.backwards:
        assert found.deadline == found.nominal
        assert found.carried_over is None
        assert "carry-over" not in rules(found)


@given(DAYS, DELAYS, ALL, ZONES, st.booleans())
def test_prudent_strict_and_carried_over_come_in_that_order(origin, delay, regime, zone, backwards):
    found = either_way(origin, delay, regime, zone, backwards=backwards)
    if not regime.compared:
        assert found.prudent is found.carried_over is None
        return
    assert found.prudent <= found.strict
    assert is_working_day(found.prudent, zone)
    if found.carried_over:
        assert found.strict <= found.carried_over
        assert is_working_day(found.carried_over, zone)
    if is_working_day(found.strict, zone):
        assert found.prudent == found.strict == found.deadline
        assert found.carried_over in (None, found.strict)


# --- Durée -------------------------------------------------------------------------------------------------


@given(DAYS, PERIODS)
def test_a_duree_ends_on_the_eve_of_the_quantieme_when_no_month_end_interferes(origin, period):
    assume(origin.day <= 28)
    same_number = compute_deadline(origin, period, find_regime("quantieme"), Zone.METROPOLE).deadline
    assert compute_deadline(origin, period, find_regime("duree"), Zone.METROPOLE).deadline == same_number - ONE


@pytest.mark.parametrize(
    ("origin", "delay", "expected"),
    [
        ("2021-08-31", "P6M", "2022-02-28"),
        ("2020-02-29", "P1Y", "2021-02-28"),
        ("2021-01-30", "P1M", "2021-02-28"),
        ("2021-01-31", "P2M", "2021-03-30"),
        ("2021-01-31", "P1M10D", "2021-03-10"),
        ("2021-03-18", "P1D", "2021-03-18"),
        ("2100-01-01", "P1Y", "2100-12-31"),
    ],
)
def test_a_duree_fills_the_months_it_covers(origin, delay, expected):
    assert deadline(origin, delay, "duree") == expected


@given(DAYS, DELAYS, ZONES)
def test_a_duree_is_never_carried_over(origin, delay, zone):
    assert compute_deadline(origin, delay, find_regime("duree"), zone).carried_over is None


ONE_UNIT = st.integers(1, 60).map(lambda months: Period(months=months)) | st.integers(1, 400).map(
    lambda days: Period(days=days)
)


@given(DAYS, ONE_UNIT)
def test_a_duree_counted_back_from_its_last_day_starts_on_its_first(last, period):
    assume((last + ONE).day <= 28)
    regime = find_regime("duree")
    first = compute_deadline(last, period, regime, Zone.METROPOLE, backwards=True).deadline
    assert compute_deadline(first, period, regime, Zone.METROPOLE).deadline == last


def test_the_first_day_of_a_duree_counts_among_working_days_if_it_is_one():
    assert deadline("2021-03-18", "2 jours ouvrés", "duree") == "2021-03-19"  # from a Thursday
    assert deadline("2021-03-20", "2 jours ouvrés", "duree") == "2021-03-23"  # from a Saturday
    assert deadline("2021-03-19", "2 jours ouvrés", "duree", backwards=True) == "2021-03-18"


# --- Délai franc -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "delay", "used", "other"),
    [
        ("2021-03-18", "P2M", "2021-05-19", None),
        ("2021-02-28", "P2M", "2021-04-29", "2021-05-03"),  # or from 1 March: 1 May, a Saturday
        ("2020-11-30", "P1M", "2020-12-31", "2021-01-04"),  # or from 1 December: 1 January, a Friday
        ("2020-12-31", "P2M", "2021-03-01", None),
        ("2021-01-29", "P1M", "2021-03-01", None),  # 28 February, a Sunday, or 1 March: the same Monday
        ("2024-01-29", "P1M", "2024-02-29", "2024-03-01"),  # from 30 January, or 29 February and one day
        ("2021-03-18", "P10D", "2021-03-29", None),
    ],
)
def test_a_delai_franc_uses_the_earlier_of_its_two_readings_and_says_the_other(origin, delay, used, other):
    found = result(origin, delay, "delai-franc")
    assert found.deadline.isoformat() == used
    assert (found.other_reading and found.other_reading.isoformat()) == other
    assert ("other-reading" in rules(found)) == bool(other)


@given(DAYS, PERIODS, ZONES)
def test_the_other_reading_is_never_the_earlier(origin, period, zone):
    found = compute_deadline(origin, period, find_regime("delai-franc"), zone)
    assert found.other_reading is None or found.other_reading > found.deadline


@given(DAYS, st.integers(1, 400), ZONES)
def test_a_delai_franc_in_days_has_one_day_more(origin, number, zone):
    found = compute_deadline(origin, Period(days=number), find_regime("delai-franc"), zone)
    assert found.nominal == origin + timedelta(days=number + 1)


# --- European Union ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "delay", "expected"),
    [
        ("2026-05-29", "P2D", "2026-06-02"),  # Friday: Saturday, Sunday, Monday, and a second working day
        ("2026-05-28", "P2D", "2026-06-01"),  # Thursday: Friday and, carried over, Monday
        ("2026-05-29", "P1D", "2026-06-01"),  # a single day needs no second
        ("2021-12-23", "P3D", "2021-12-27"),  # Friday and, carried over, Monday
        ("2026-05-29", "2 jours ouvrables", "2026-06-02"),
    ],
)
def test_a_european_period_of_two_days_holds_two_working_days(origin, delay, expected):
    assert deadline(origin, delay, "ue-1182-71") == expected


def test_the_working_names_paragraph_5_where_it_applied():
    found = result("2026-05-29", "P2D", "ue-1182-71")
    step = found.steps[rules(found).index("minimum-working-days")]
    assert step.source == "Règl. (CEE, Euratom) n° 1182/71 art. 3 § 5"
    assert "minimum-working-days" not in rules(result("2026-05-28", "P2D", "ue-1182-71"))


@given(DAYS, DELAYS, ZONES)
def test_every_european_period_of_two_days_or_more_holds_two_working_days(origin, delay, zone):
    found = compute_deadline(origin, delay, find_regime("ue-1182-71"), zone)
    days = [origin + n * ONE for n in range(1, (found.deadline - origin).days + 1)]
    assert len(days) < 2 or delay in (Period(days=1), *ONE_WORKING_DAY) or count(days, zone) >= 2


ONE_WORKING_DAY = tuple(WorkingDays(1, kind) for kind in DayCount)


def count(days, zone):
    return sum(is_working_day(day, zone) for day in days)


# --- Backwards ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("regime", [*PLAIN, "ue-1182-71"])
def test_at_the_latest_two_months_before_keeps_the_day_number(regime):
    assert deadline("2023-03-18", "P2M", regime, backwards=True) == "2023-01-18"


@pytest.mark.parametrize("regime", ["a-rebours", "delai-franc", "procedure-civile", "ccag"])
def test_at_least_two_months_before_is_one_day_earlier(regime):
    found = result("2023-03-18", "P2M", regime, backwards=True)
    assert found.deadline == date(2023, 1, 17)
    assert "clear-days" in rules(found)


def test_a_rebours_refuses_what_runs_forwards():
    with pytest.raises(InvalidPeriodError, match="only counts backwards"):
        compute_deadline(date(2021, 3, 18), Period(months=6), find_regime("a-rebours"), Zone.METROPOLE)


@pytest.mark.parametrize("regime", ["procedure-civile", "ccag"])
def test_clear_days_say_the_older_reading_beside_and_end_on_the_date_kept(regime):
    found = result("2024-07-31", "P8D", regime, backwards=True)
    assert found.deadline == date(2024, 7, 22)
    assert found.other_reading == date(2024, 7, 23)
    assert [step.result for step in found.steps if step.result][-1] == found.deadline
    assert found.steps[rules(found).index("other-reading")].result is None


def test_a_european_period_holds_two_working_days_backwards_too():
    found = result("2021-03-22", "P2D", "ue-1182-71", backwards=True)  # a Monday
    assert found.deadline == date(2021, 3, 18)
    assert "minimum-working-days" in rules(found)
    assert deadline("2021-03-22", "P1D", "ue-1182-71", backwards=True) == "2021-03-21"
    assert deadline("2021-03-26", "P2D", "ue-1182-71", backwards=True) == "2021-03-24"


def test_a_duree_counted_backwards_begins_on_the_first_day_that_ends_it_there():
    found = result("2019-01-01", "P1M10D", "duree", backwards=True)
    assert found.deadline == date(2018, 11, 23)
    assert found.is_exact
    assert deadline("2018-11-23", "P1M10D", "duree") == "2019-01-01"
    assert deadline("2018-11-22", "P1M10D", "duree") != "2019-01-01"


def test_a_duree_that_no_first_day_makes_end_there_says_so():
    found = result("2023-02-27", "P1M2D", "duree", backwards=True)
    ends = {deadline(f"2023-01-{day:02}", "P1M2D", "duree") for day in range(20, 32)}
    assert found.is_exact is ("2023-02-27" in ends)
    inexact = [
        day for day in (date(2023, 3, 1) + n * ONE for n in range(31))
        if not result(day.isoformat(), "P1M2D", "duree", backwards=True).is_exact
    ]  # fmt: skip
    assert inexact
    for day in inexact:
        found = result(day.isoformat(), "P1M2D", "duree", backwards=True)
        assert "No first day" in str(found.steps[-1].text)
        assert deadline(found.deadline.isoformat(), "P1M2D", "duree") < day.isoformat()
        assert deadline((found.deadline + ONE).isoformat(), "P1M2D", "duree") > day.isoformat()


# --- Prescription, silence ---------------------------------------------------------------------------------


def test_a_prescription_runs_by_whole_days_and_says_the_reading_from_0_h():
    found = result("2008-06-19", "P5Y", "prescription")
    assert found.deadline == date(2013, 6, 19)
    assert found.other_reading == date(2013, 6, 18)
    assert (found.prudent, found.carried_over) == (None, None)
    assert {step.source for step in found.steps} == {"C. civ. art. 2228 et 2229"}
    assert not any("day number" in str(step.text) for step in found.steps)
    assert found.steps[-1].result is None


@pytest.mark.parametrize("regime", ["silence-administration", "prescription"])
def test_an_end_on_a_saturday_has_no_date_to_compare_where_nothing_is_carried_over(regime):
    found = result("2021-03-18", "P6M", regime)
    assert (found.deadline, found.prudent, found.carried_over) == (date(2021, 9, 18), None, None)
    assert "no-carry-over" in rules(found)


def test_silence_starts_by_the_article_on_the_receipt():
    assert "L. 114-3" in result("2025-01-02", "P1M", "silence-administration").steps[0].source


# --- Sources, by unit --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delay", "paragraph"),
    [("P8D", "al. 1"), ("P2W", "al. 1"), ("P6M", "al. 2"), ("P1Y", "al. 2"), ("P1M10D", "al. 3")],
)
@pytest.mark.parametrize("regime", ["quantieme", "procedure-civile"])
def test_each_step_cites_the_paragraph_for_its_unit(delay, paragraph, regime):
    found = result("2021-03-18", delay, regime)
    counted = [step for step in found.steps if step.rule in {"origin", "period", "days"}]
    assert all(paragraph in step.source for step in counted)
    assert all(("comparer" in step.source) is (regime == "quantieme") for step in counted)


def test_a_ccag_names_its_edition_and_sub_article():
    assert result("2021-03-18", "P6M", "ccag").steps[1].source == "CCAG-FCS et CCAG-PI 2021 art. 3.2.1 et 3.2.3"
    assert "3.2.2" in result("2021-03-18", "P6D", "ccag").steps[1].source
    assert "3.2.4" in result("2021-03-18", "P6M", "ccag").steps[-1].source


# --- Lengths: a term, what runs on -------------------------------------------------------------------------


@pytest.mark.parametrize("regime", [each.name for each in REGIMES if not each.backwards_only])
def test_a_length_is_never_carried_over_nor_franc_under_any_regime(regime):
    found = compute_deadline(date(2021, 3, 18), Period(months=24), find_regime(regime), Zone.METROPOLE, is_length=True)
    assert found.deadline == date(2023, 3, 17 if regime == "duree" else 18)  # a Saturday
    assert (found.prudent, found.carried_over, found.other_reading) == (None, None, None)
    assert found.steps[-1].result == found.deadline
    assert not {"carry-over", "no-carry-over", "non-working-day", "extra-day"} & {*rules(found)}


# --- Suspensions -------------------------------------------------------------------------------------------


def paused(origin, delay, regime, *pauses, backwards=False):
    days = tuple(Pause(date.fromisoformat(first), date.fromisoformat(resumed)) for first, resumed in pauses)
    rule = find_regime(regime)
    return compute_deadline(
        date.fromisoformat(origin), parse_delay(delay), rule, Zone.METROPOLE, backwards=backwards, pauses=days
    )


@pytest.mark.parametrize(
    ("delay", "regime", "pause", "expected"),
    [
        ("P6M", "ccag", ("2021-05-03", "2021-06-30"), "2021-11-15"),  # 18 September and 58 days: a Monday
        ("P6M", "ccag", ("2021-05-03", "2021-05-08"), "2021-09-23"),  # not the Saturday, nor Monday and 5 days
        ("10 jours ouvrés", "quantieme", ("2021-03-22", "2021-03-26"), "2021-04-08"),  # Easter Monday is 5 April
        ("P6M", "quantieme", ("2021-09-18", "2021-09-20"), "2021-09-20"),  # the last day did not run
        ("P6M", "quantieme", ("2021-09-19", "2021-09-30"), "2021-09-18"),  # begun once it had ended
        ("P6M", "quantieme", ("2021-03-01", "2021-03-18"), "2021-09-18"),  # over before it ran
        ("P6M", "quantieme", ("2021-03-01", "2021-03-20"), "2021-09-19"),  # one day of it did not run: 19 March
        ("P6M", "duree", ("2021-03-01", "2021-03-20"), "2021-09-19"),  # two: 18 and 19 March
    ],
)
def test_a_suspension_stops_the_period_and_the_end_is_found_again(delay, regime, pause, expected):
    found = paused("2021-03-18", delay, regime, pause)
    assert found.deadline.isoformat() == expected
    assert [step.result for step in found.steps if step.result][-1] == found.deadline


def test_what_is_counted_back_is_not_moved_by_a_suspension():
    assert paused("2021-08-15", "P2M", "quantieme", ("2021-06-01", "2021-07-01"), backwards=True).deadline == date(
        2021, 6, 15
    )


@pytest.mark.parametrize(("regime", "expected"), [("quantieme", "2021-03-29"), ("a-rebours", "2021-03-28")])
def test_working_days_counted_back(regime, expected):
    assert deadline("2021-03-31", "2 jours ouvrés", regime, backwards=True) == expected


@pytest.mark.parametrize(
    ("regime", "source"),
    [("procedure-civile", "88-19.900"), ("a-rebours", "96-13.391"), ("ue-1182-71", "art. 3 § 4")],
)
def test_the_working_says_why_nothing_is_carried_over_backwards(regime, source):
    # A Saturday each time: from a Tuesday clear of two days, or four days before a Wednesday.
    found = result(
        *(("2021-09-22", "P4D") if regime == "ue-1182-71" else ("2021-09-21", "P2D")), regime, backwards=True
    )
    step = found.steps[rules(found).index("no-carry-over")]
    assert source in step.source
    assert step.result == found.deadline


# --- Zones -------------------------------------------------------------------------------------------------


def test_good_friday_in_alsace_moselle_is_counted_and_the_commune_named():
    found = result("2021-03-02", "P1M", "procedure-civile", Zone.ALSACE_MOSELLE)
    assert found.deadline == date(2021, 4, 6)
    assert "holiday-note" in rules(found)
    assert "holiday-note" not in rules(result("2021-03-02", "P1M", "procedure-civile"))


@pytest.mark.parametrize(
    ("origin", "delay", "noted"),
    [
        ("2021-04-01", "2 jours ouvrés", True),  # Good Friday is skipped
        ("2021-04-02", "2 jours ouvrés", False),  # Good Friday is the origin, counted nowhere
        ("2021-03-03", "P1M", True),  # a Saturday whose prudent date Good Friday moves
        ("2021-03-01", "P1M", False),
        ("2021-03-31", "1 jour ouvré", False),
    ],
)
def test_good_friday_is_noted_only_where_it_played_a_part(origin, delay, noted):
    found = result(origin, delay, zone=Zone.ALSACE_MOSELLE)
    assert ("holiday-note" in rules(found)) == noted


def test_good_friday_is_noted_when_it_put_off_a_european_end():
    found = result("2021-04-01", "P2D", "ue-1182-71", Zone.ALSACE_MOSELLE)
    assert found.deadline == date(2021, 4, 7)
    assert rules(found).count("holiday-note") == 1


# --- The working -------------------------------------------------------------------------------------------


@given(DAYS, DELAYS, ALL, ZONES, st.booleans())
def test_every_working_starts_at_the_origin_cites_each_source_and_reaches_the_deadline(
    origin, delay, regime, zone, backwards
):
    found = either_way(origin, delay, regime, zone, backwards=backwards)
    assert found.steps[0].rule == "origin"
    assert found.steps[0].result == origin
    assert all(step.source and str(step.text) for step in found.steps)
    reached = [step.result for step in found.steps if step.result]
    assert reached[-1] == found.deadline
    assert len(rules(found)) == len(set(rules(found)))


@given(DAYS, st.integers(1, 60), st.sampled_from(DayCount), ZONES)
def test_a_length_in_working_days_ends_on_a_day_it_counts(origin, number, kind, zone):
    found = compute_deadline(origin, WorkingDays(number, kind), find_regime("quantieme"), zone)
    assert is_counted(found.deadline, kind, zone)
    assert "working-days" in rules(found)


def test_computing_twice_gives_equal_results():
    assert result("2021-03-18", "P6M") == result("2021-03-18", "P6M")


@pytest.mark.parametrize(
    ("origin", "delay"),
    [
        (date(1904, 12, 31), Period(days=1)),
        (date(2101, 1, 1), Period(days=1)),
        (date(9999, 12, 31), Period(days=1)),
        (date(2021, 3, 18), Period(years=80)),
        (date(2021, 3, 18), Period(9999, 9999, 9999, 9999)),
        (date(2021, 3, 18), Period(weeks=9999)),
        (date(2095, 3, 18), WorkingDays(9999, DayCount.OUVRES)),
        (date(2100, 12, 31), Period(days=2)),
        (date(2021, 3, 18), Period(days=9_999_999)),
    ],
)
def test_years_outside_1905_to_2100_are_refused(origin, delay):
    for regime in REGIMES:
        if not regime.backwards_only:
            with pytest.raises(OutOfRangeError, match="1905 to 2100"):
                compute_deadline(origin, delay, regime, Zone.METROPOLE)


def test_so_are_years_before_when_counting_backwards():
    for regime in REGIMES:
        with pytest.raises(OutOfRangeError):
            compute_deadline(date(1910, 1, 1), Period(years=6), regime, Zone.METROPOLE, backwards=True)


# --- Regimes -----------------------------------------------------------------------------------------------


def test_the_regimes_are_those_a_convention_can_name():
    assert [regime.name for regime in REGIMES] == [
        "quantieme", "duree", "procedure-civile", "ccag", "ue-1182-71", "delai-franc",
        "silence-administration", "prescription", "a-rebours",
    ]  # fmt: skip


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.name)
def test_each_regime_says_its_rule_its_scope_and_its_sources(regime):
    assert str(regime.title)
    assert str(regime.scope)
    assert all((regime.source, *regime.counting, regime.end_source))
    assert regime.backwards_source
    assert len({regime, find_regime(regime.name)}) == 1


@pytest.mark.parametrize("name", ["quantieme", "Quantième", "QUANTIEME", " quantième"])
def test_a_regime_is_found_without_regard_to_case_and_accents(name):
    assert find_regime(name).name == "quantieme"


def test_an_unknown_regime_gets_the_nearest_names():
    with pytest.raises(UsageError, match="delai-franc"):
        find_regime("delai-frank")
    with pytest.raises(UsageError, match=r"quantieme.*a-rebours"):
        find_regime("zzz")
