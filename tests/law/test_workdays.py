"""Which days count, and finding the next or the previous one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.errors import OutOfRangeError
from qp_cli.law.holidays import holiday_on
from qp_cli.law.periods import DayCount, WorkingDays
from qp_cli.law.workdays import (
    add_working_days,
    is_counted,
    is_working_day,
    next_working_day,
    previous_working_day,
    why_not_working,
)
from qp_cli.law.zones import Zone

DAYS = st.dates(date(1906, 1, 1), date(2099, 12, 1))
ZONES = st.sampled_from(Zone)
ONE = timedelta(days=1)


@given(DAYS, ZONES)
def test_a_working_day_is_neither_saturday_nor_sunday_nor_holiday(day, zone):
    assert is_working_day(day, zone) == (day.isoweekday() < 6 and holiday_on(day, zone) is None)


@given(DAYS, ZONES)
def test_the_next_working_day_is_one_is_not_before_and_skips_none(day, zone):
    found = next_working_day(day, zone)
    assert found >= day
    assert is_working_day(found, zone)
    assert not any(is_working_day(day + n * ONE, zone) for n in range((found - day).days))


@given(DAYS, ZONES)
def test_the_previous_working_day_is_one_is_not_after_and_skips_none(day, zone):
    found = previous_working_day(day, zone)
    assert found <= day
    assert is_working_day(found, zone)
    assert not any(is_working_day(day - n * ONE, zone) for n in range((day - found).days))


@given(DAYS, ZONES)
def test_a_reason_is_given_for_each_day_that_is_not_a_working_day_and_for_no_other(day, zone):
    assert (why_not_working(day, zone) is None) == is_working_day(day, zone)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2021-09-18", "a Saturday"),
        ("2021-09-19", "a Sunday"),
        ("2021-04-05", "Easter Monday"),
        ("2022-01-01", "New Year's Day"),  # a Saturday too
        ("2021-09-20", None),
    ],
)
def test_the_reason_names_the_holiday_or_else_the_weekday(day, reason):
    found = why_not_working(date.fromisoformat(day), Zone.METROPOLE)
    assert (found and str(found)) == reason


def test_saturdays_are_ouvrables_and_not_ouvres():
    saturday = date(2021, 9, 18)
    assert is_counted(saturday, DayCount.OUVRABLES, Zone.METROPOLE)
    assert not is_counted(saturday, DayCount.OUVRES, Zone.METROPOLE)


def test_holidays_and_sundays_are_neither():
    for day in (date(2021, 4, 5), date(2021, 9, 19)):
        assert not any(is_counted(day, kind, Zone.METROPOLE) for kind in DayCount)


@given(DAYS.filter(lambda day: 1910 < day.year < 2090), ZONES, st.integers(1, 300), st.sampled_from(DayCount))
def test_adding_working_days_leaves_exactly_that_many_between(day, zone, number, kind):
    end = add_working_days(day, WorkingDays(number, kind), zone)
    between = [day + n * ONE for n in range(1, (end - day).days + 1)]
    assert sum(is_counted(each, kind, zone) for each in between) == number
    assert is_counted(end, kind, zone)


@given(DAYS.filter(lambda day: 1910 < day.year < 2090), ZONES, st.integers(1, 300), st.sampled_from(DayCount))
def test_working_days_counted_back_from_their_end_return_to_a_counted_origin(day, zone, number, kind):
    length = WorkingDays(number, kind)
    start = add_working_days(day, length, zone, backwards=True)
    assert start < day
    if is_counted(day, kind, zone):
        assert add_working_days(start, length, zone) == day


@pytest.mark.parametrize(("day", "find"), [("2100-12-31", next_working_day), ("1905-01-01", previous_working_day)])
def test_the_search_stops_where_holidays_are_no_longer_known(day, find):
    outside = date.fromisoformat(day)
    with pytest.raises(OutOfRangeError):
        find(outside + ONE if find is next_working_day else outside, Zone.METROPOLE)
