"""Recurring dates: month ends kept, rules read strictly, an end to everything."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qp_cli.errors import InvalidPeriodError, OutOfRangeError
from qp_cli.law.computation import compute_deadline
from qp_cli.law.periods import Period, parse_period
from qp_cli.law.recurrence import MAX_OCCURRENCES, occurrences, rule_occurrences, validate_rule
from qp_cli.law.regimes import find_regime
from qp_cli.law.zones import Zone


def dates(*texts):
    return tuple(date.fromisoformat(text) for text in texts)


# --- every -------------------------------------------------------------------------------------------------


def test_each_occurrence_is_counted_from_the_origin_and_keeps_the_month_end():
    found = occurrences(date(2021, 1, 31), Period(months=1), date(2021, 5, 31))
    assert found == dates("2021-02-28", "2021-03-31", "2021-04-30", "2021-05-31")


def test_the_first_comes_one_period_after_the_origin_and_until_is_included():
    found = occurrences(date(2021, 3, 18), Period(years=1), date(2023, 3, 18))
    assert found == dates("2022-03-18", "2023-03-18")
    assert occurrences(date(2021, 3, 18), Period(years=1), date(2023, 3, 17)) == dates("2022-03-18")


def test_the_origin_itself_comes_first_when_asked_for():
    found = occurrences(date(2021, 12, 31), Period(years=1), date(2022, 12, 31), first=0)
    assert found == dates("2021-12-31", "2022-12-31")


def test_nothing_recurs_before_one_period_has_passed():
    assert occurrences(date(2021, 3, 18), Period(years=1), date(2021, 12, 31)) == ()


@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.builds(Period, st.integers(0, 2), st.integers(0, 14), st.integers(0, 3), st.integers(0, 40)),
)
def test_the_nth_occurrence_is_n_periods_added_once(origin, every):
    assume(every.total_months or every.total_days > 13)
    found = occurrences(origin, every, date(2035, 1, 1))
    plain = find_regime("quantieme")
    assert all(
        day == compute_deadline(origin, every.times(n), plain, Zone.METROPOLE).deadline
        for n, day in enumerate(found, 1)
    )
    assert list(found) == sorted(set(found))


def test_an_empty_period_never_recurs():
    with pytest.raises(InvalidPeriodError):
        occurrences(date(2021, 3, 18), Period(), date(2022, 3, 18))


def test_a_recurrence_has_at_most_a_thousand_dates():
    start = date(2021, 1, 1)
    last = start + timedelta(days=MAX_OCCURRENCES)
    assert len(occurrences(start, Period(days=1), last)) == MAX_OCCURRENCES
    with pytest.raises(OutOfRangeError, match="1000"):
        occurrences(start, Period(days=1), last + timedelta(days=1))


def test_a_period_that_leads_past_every_year_simply_ends():
    assert occurrences(date(2021, 1, 1), parse_period("P9999Y9999D"), date(2100, 12, 31)) == ()


@pytest.mark.parametrize(("start", "until"), [("1904-01-01", "2021-01-01"), ("2021-01-01", "2101-01-01")])
def test_bounds_outside_the_years_computed_are_refused(start, until):
    for found in (
        lambda: occurrences(date.fromisoformat(start), Period(years=1), date.fromisoformat(until)),
        lambda: rule_occurrences("FREQ=YEARLY", date.fromisoformat(start), date.fromisoformat(until)),
    ):
        with pytest.raises(OutOfRangeError):
            found()


# --- RFC 5545 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY", ("2021-01-31", "2021-03-31", "2021-05-31")),  # short months are skipped, by the RFC
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ("2021-01-31", "2021-02-28", "2021-03-31")),
        ("FREQ=MONTHLY;BYDAY=1MO;UNTIL=20210401", ("2021-02-01", "2021-03-01")),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ("2021-02-26", "2021-03-31")),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=18", ("2021-03-18",)),
        ("FREQ=YEARLY;BYYEARDAY=100", ("2021-04-10",)),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", ("2021-05-17",)),
        ("FREQ=WEEKLY;INTERVAL=8", ("2021-01-31", "2021-03-28", "2021-05-23")),
        ("FREQ=DAILY;INTERVAL=50;UNTIL=20210510", ("2021-01-31", "2021-03-22")),
    ],
)
def test_a_rule_gives_the_days_of_rfc_5545(rule, expected):
    assert rule_occurrences(rule, date(2021, 1, 31), date(2021, 5, 31)) == dates(*expected)


def numbers(low, high, *, signed=False):
    values = st.integers(low, high)
    if signed:
        values = values | values.map(lambda number: -number)
    return st.lists(values, min_size=1, max_size=3, unique=True).map(lambda found: ",".join(map(str, found)))


WEEKDAYS = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True)
RANKED = st.tuples(st.sampled_from(["", "1", "2", "4", "5", "-1", "-3"]), st.sampled_from(["MO", "WE", "SU"]))
OPTIONAL = {
    "DAILY": {"BYMONTHDAY": numbers(1, 31, signed=True), "BYDAY": WEEKDAYS.map(",".join)},
    "WEEKLY": {"BYDAY": WEEKDAYS.map(",".join)},
    "MONTHLY": {
        "BYMONTHDAY": numbers(1, 31, signed=True),
        "BYDAY": RANKED.map("".join),
        "BYSETPOS": numbers(1, 5, signed=True),
    },
    "YEARLY": {
        "BYMONTHDAY": numbers(1, 31, signed=True),
        "BYYEARDAY": numbers(1, 366, signed=True),
        "BYDAY": RANKED.map("".join),
        "BYSETPOS": numbers(1, 5, signed=True),
    },
}


@st.composite
def rule_texts(draw):
    frequency = draw(st.sampled_from(list(OPTIONAL)))
    common = {
        "INTERVAL": st.integers(1, 4).map(str),
        "COUNT": st.integers(1, 9).map(str),
        "BYMONTH": numbers(1, 12),
        "WKST": st.sampled_from(["MO", "SU", "WE"]),
    }
    parts = draw(st.fixed_dictionaries({}, optional=common | OPTIONAL[frequency]))
    if frequency == "YEARLY" and draw(st.booleans()):
        parts = {"BYWEEKNO": draw(numbers(1, 51, signed=True)), "BYDAY": draw(WEEKDAYS.map(",".join))} | {
            name: value for name, value in parts.items() if name in ("INTERVAL", "COUNT", "WKST")
        }
    if "BYSETPOS" in parts and len(set(parts) & {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYDAY"}) == 0:
        del parts["BYSETPOS"]
    return ";".join([f"FREQ={frequency}", *(f"{name}={value}" for name, value in parts.items())])


LATE = 7600
"""Years, a multiple of the calendar's 400: so late, dateutil soon meets the year 9999 and stops."""


def by_dateutil(rule, start, last):
    begin, end = (datetime(day.year + LATE, day.month, day.day) for day in (start, last))  # noqa: DTZ001
    found = rrulestr(rule, dtstart=begin).between(begin, end, inc=True)
    return tuple(date(moment.year - LATE, moment.month, moment.day) for moment in found)


@settings(max_examples=200, deadline=None)
@given(rule_texts(), st.dates(date(2019, 1, 1), date(2024, 12, 31)))
def test_the_days_are_those_of_dateutil(rule, start):
    last = start + timedelta(days=900)
    assert rule_occurrences(rule, start, last) == by_dateutil(rule, start, last)


@pytest.mark.parametrize("start", ["2000-02-29", "2001-01-31", "2003-12-31"])
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=2,4,12",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTHDAY=-31,31,1",
        "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=-1,28,29",
        "FREQ=YEARLY;BYDAY=53MO,-53SU,1FR",
        "FREQ=YEARLY;BYMONTH=12;BYDAY=-1MO,5TU",
        "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=YEARLY;BYMONTHDAY=1,2,3;BYYEARDAY=1,60,-1",
        "FREQ=YEARLY;BYYEARDAY=366,-366,60",
        "FREQ=YEARLY;BYWEEKNO=9,-20;BYDAY=MO,SU",
        "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=30,-1;BYSETPOS=-1",
        "FREQ=MONTHLY;INTERVAL=5",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=-29",
        "FREQ=MONTHLY;BYDAY=5FR,-5MO;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=29,-3;BYDAY=SA,SU",
        "FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;INTERVAL=3;WKST=TH",
    ],
)
def test_thirty_years_are_those_of_dateutil(rule, start):
    begin = date.fromisoformat(start)
    last = date(2030, 12, 31)
    assert rule_occurrences(rule, begin, last) == by_dateutil(rule, begin, last)


@pytest.mark.parametrize("number", [1, 2, 52, 53])
def test_weeks_are_numbered_as_in_iso_8601(number):
    first, last = date(2015, 1, 1), date(2032, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    expected = tuple(day for day in days if day.isocalendar().week == number)
    assert rule_occurrences(f"FREQ=YEARLY;BYWEEKNO={number};BYDAY=MO,TU,WE,TH,FR,SA,SU", first, last) == expected


def test_week_minus_one_is_the_last_of_its_year():
    found = rule_occurrences("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TH", date(2015, 1, 1), date(2032, 12, 31))
    assert len(found) == 18
    assert all((day + timedelta(days=7)).isocalendar().week == 1 for day in found)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ",
        "FREQ=",
        "INTERVAL=2",
        "RRULE:FREQ=DAILY",
        "freq=daily",
        "FREQ=daily",
        "FREQ=HOURLY",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=DAILY;BYEASTER=0",
        "FREQ=DAILY;X-FOO=1",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;",
        "FREQ=DAILY;;COUNT=1",
        "FREQ=DAILY; COUNT=1",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=1,2",
        "FREQ=DAILY;INTERVAL=١",  # Arabic-Indic digit
        "FREQ=DAILY;COUNT=1.5",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=99999",
        "FREQ=DAILY;COUNT=1;UNTIL=20211231",
        "FREQ=DAILY;UNTIL=20210230",
        "FREQ=DAILY;UNTIL=2021-12-31",
        "FREQ=DAILY;UNTIL=20211231T000000Z",
        "FREQ=DAILY;UNTIL=2021W011",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;BYMONTH=-1",
        "FREQ=DAILY;BYMONTHDAY=32",
        "FREQ=DAILY;BYMONTHDAY=0",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=99MO",
        "FREQ=MONTHLY;BYYEARDAY=1",
        "FREQ=MONTHLY;BYWEEKNO=1;BYDAY=MO",
        "FREQ=YEARLY;BYWEEKNO=1",
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=DAILY;WKST=1",
        "FREQ=DAILY\nFREQ=DAILY",
        "FREQ=DAILY;BYMONTH=" + "1," * 5000 + "1",
    ],
)
def test_any_other_rule_is_refused(rule):
    with pytest.raises(InvalidPeriodError) as caught:
        validate_rule(rule)
    assert len(str(caught.value)) < 300
    with pytest.raises(InvalidPeriodError):
        rule_occurrences(rule, date(2021, 1, 1), date(2022, 1, 1))


def test_a_right_rule_is_accepted():
    validate_rule("FREQ=YEARLY;INTERVAL=2;UNTIL=20301231;BYMONTH=6,12;BYMONTHDAY=-1;WKST=MO")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;BYDAY=53MO;BYYEARDAY=1",
        "FREQ=YEARLY;INTERVAL=9999;BYYEARDAY=1",
        "FREQ=WEEKLY;INTERVAL=9999;BYMONTH=2;BYDAY=MO",
    ],
)
def test_a_rule_that_never_holds_ends_soon(rule):
    began = time.perf_counter()
    assert rule_occurrences(rule, date(1906, 1, 3), date(2100, 12, 31)) == ()
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=DAILY;COUNT=1001", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"])
def test_a_rule_has_at_most_a_thousand_dates(rule):
    with pytest.raises(OutOfRangeError, match="1000"):
        rule_occurrences(rule, date(1906, 1, 1), date(2100, 12, 31))
    assert len(rule_occurrences("FREQ=DAILY;COUNT=1000", date(1906, 1, 1), date(2100, 12, 31))) == 1000


def test_a_last_day_before_the_start_leaves_nothing():
    for frequency in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        assert rule_occurrences(f"FREQ={frequency}", date(2021, 5, 5), date(2021, 5, 4)) == ()
