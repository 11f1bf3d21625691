"""How periods are read, written and put together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.errors import InvalidPeriodError
from qp_cli.law.periods import DayCount, Period, WorkingDays, parse_delay, parse_period

NUMBERS = st.integers(min_value=0, max_value=9999)
PERIODS = st.builds(Period, NUMBERS, NUMBERS, NUMBERS, NUMBERS).filter(
    lambda period: period.total_months or period.total_days
)
WORKING_DAYS = st.builds(WorkingDays, st.integers(1, 9999), st.sampled_from(DayCount))


@given(PERIODS)
def test_a_period_is_read_back_as_it_is_written(period):
    assert parse_period(str(period)) == period


@given(WORKING_DAYS)
def test_working_days_are_read_back_as_they_are_written(length):
    assert parse_delay(str(length)) == length


@given(st.text(alphabet="P0123456789YMWDT-+., ٣６", max_size=12))
def test_a_text_is_a_period_or_a_refusal_and_nothing_else(text):
    try:
        period = parse_period(text)
    except InvalidPeriodError as error:
        assert str(error)  # noqa: PT017 - both outcomes are right, each says something
    else:
        assert text.isascii()
        assert period.total_months or period.total_days


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P6M", Period(months=6)),
        ("P24M", Period(months=24)),
        ("P1Y2M10D", Period(1, 2, 0, 10)),
        ("P3W", Period(weeks=3)),
        ("P1Y2M3W4D", Period(1, 2, 3, 4)),
        ("P9999D", Period(days=9999)),
        ("P0Y6M", Period(months=6)),
        ("P06M", Period(months=6)),
    ],
)
def test_periods_are_iso_8601_in_years_months_weeks_and_days(text, period):
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "P0D",
        "P0Y0M",
        "6",
        "P6",
        "-P6M",
        "P-6M",
        "+P6M",
        "P1.5M",
        "P1,5M",
        "P10000D",
        "P6M\n",
        " P6M",
        "P6M ",
        "P 6M",
        "P6D1M",
        "P6M6M",
        "P1M1Y",
        "P6m",
        "p6M",
        "P６M",  # full-width digit
        "P٣M",  # Arabic-Indic digit
        "P6М",  # Cyrillic letter
        "P6M/2021-01-01",
        "P" + "9" * 5000 + "D",
        "10 jours ouvrés",
    ],
)
def test_anything_else_is_no_period(text):
    with pytest.raises(InvalidPeriodError):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("6 mois", "P6M"),
        ("6M", "P6M"),
        ("p6m", "P6M"),
        (" P6M", "P6M"),
        ("6 Mois", "P6M"),
        ("2 ans", "P2Y"),
        ("1 année", "P1Y"),
        ("3 semaines", "P3W"),
        ("15 jours", "P15D"),
        ("15j", "P15D"),
        ("2 years", "P2Y"),
    ],
)
def test_a_refusal_suggests_what_was_probably_meant(text, suggestion):
    with pytest.raises(InvalidPeriodError, match=f"write {suggestion}$"):
        parse_delay(text)


@pytest.mark.parametrize("text", ["PT48H", "P1DT2H", "pt48h", "PT30M"])
def test_hours_are_refused_as_hours(text):
    with pytest.raises(InvalidPeriodError, match="counts hours"):
        parse_delay(text)


def test_a_refusal_that_guesses_nothing_names_the_expected_forms():
    with pytest.raises(InvalidPeriodError, match=r"P6M, P1Y2M10D.*jours ouvrés"):
        parse_delay("bientôt")


def test_a_refusal_repeats_only_the_start_of_a_long_text():
    with pytest.raises(InvalidPeriodError) as caught:
        parse_delay("9" * 5000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("10 jours ouvrés", WorkingDays(10, DayCount.OUVRES)),
        ("1 jour ouvré", WorkingDays(1, DayCount.OUVRES)),
        ("10 jours ouvres", WorkingDays(10, DayCount.OUVRES)),
        ("10 jours ouvre\u0301s", WorkingDays(10, DayCount.OUVRES)),  # e and a combining accent
        ("10 JOURS OUVRÉS", WorkingDays(10, DayCount.OUVRES)),
        ("10\u00a0jours\u00a0ouvrés", WorkingDays(10, DayCount.OUVRES)),
        ("1 jour ouvrable", WorkingDays(1, DayCount.OUVRABLES)),
        ("5 Jours Ouvrables", WorkingDays(5, DayCount.OUVRABLES)),
    ],
)
def test_working_days_are_read_without_regard_to_accents_and_case(text, length):
    assert parse_delay(text) == length


@pytest.mark.parametrize(
    "text",
    ["0 jour ouvré", "10  jours ouvrés", "10 jours", "-1 jour ouvré", "１0 jours ouvrés", "10 jours ouvrés.",
     "10 jours ouvrés\n", "dix jours ouvrés", "10 jours fériés", "1.5 jour ouvré", "10000 jours ouvrés"],
)  # fmt: skip
def test_other_wordings_are_no_working_days(text):
    with pytest.raises(InvalidPeriodError):
        parse_delay(text)


def test_a_period_stays_as_the_text_gave_it():
    assert str(parse_period("P24M")) == "P24M"
    assert str(parse_period("P1Y2M10D")) == "P1Y2M10D"
    assert parse_period("P24M") != parse_period("P2Y")


def test_working_days_are_written_in_french():
    assert str(WorkingDays(1, DayCount.OUVRES)) == "1 jour ouvré"
    assert str(WorkingDays(10, DayCount.OUVRES)) == "10 jours ouvrés"
    assert str(WorkingDays(1, DayCount.OUVRABLES)) == "1 jour ouvrable"


def test_periods_add_up_part_by_part():
    assert Period(months=24).plus(Period(months=12)) == Period(months=36)
    assert Period(1, 2, 3, 4).plus(Period(4, 3, 2, 1)) == Period(5, 5, 5, 5)


def test_a_period_repeats_part_by_part():
    assert Period(1, 2, 3, 4).times(3) == Period(3, 6, 9, 12)


def test_totals_are_in_months_and_in_days():
    assert Period(years=1, months=2).total_months == 14
    assert Period(weeks=2, days=3).total_days == 17
