"""The second engine alone: every sourced case, the dates that were once wrong, and what it does where rules meet."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta

from qp_cli.law.periods import DayCount, Period, WorkingDays, parse_delay, parse_period
from qp_cli.law.zones import Zone
from qp_cli.model.dues import REGIME_NAMES
from tests.law.compositions import compositions
from tests.law.second_engine import simulate
from tests.law.test_deadline_cases import CASES, REGIMES, UNITS

CARRYING = ("procedure-civile", "ccag", "ue-1182-71", "delai-franc")
PLAIN = ("quantieme", "silence-administration", "prescription")


def simulated(origin, length, regime="quantieme", zone=Zone.METROPOLE, *, pauses="", extension=None, **how):
    """The date as text; pauses are written `first/resumed`, one after the other."""
    found = simulate(
        date.fromisoformat(origin),
        parse_delay(length),
        regime,
        zone,
        pauses=tuple(tuple(date.fromisoformat(day) for day in one.split("/")) for one in pauses.split()),
        extension=extension and parse_period(extension),
        **how,
    )
    return found and found.isoformat()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_sourced_case(case):
    length = parse_period(case["delay"])
    if case["regime"] in UNITS:
        length = WorkingDays(length.days, UNITS[case["regime"]])
    found = simulate(
        date.fromisoformat(case["start"]),
        length,
        REGIMES[case["regime"]],
        Zone(case["zone"].replace("_", "-")),
        backwards=case["direction"] == "backward",
    )
    assert found == date.fromisoformat(case["expected"]), case["source"]


def test_the_table_of_sourced_cases_is_the_whole_one():
    table = json.loads((Path(__file__).parent / "deadline_cases.json").read_text(encoding="utf-8"))
    assert len(table) == len(CASES) == 123


@pytest.mark.parametrize("regime", REGIME_NAMES)
def test_a_term_is_neither_carried_over_nor_franc_under_any_regime(regime):
    expected = {"duree": "2023-03-17", "a-rebours": None}.get(regime, "2023-03-18")
    assert simulated("2021-03-18", "P24M", regime, is_length=True) == expected
    assert simulated("2021-03-19", "P1D", regime, is_length=True) == {
        "duree": "2021-03-19",
        "a-rebours": None,
    }.get(regime, "2021-03-20")


@pytest.mark.parametrize(
    ("origin", "length", "regime", "how", "expected"),
    [
        ("2021-03-18", "P6M", "ccag", {"pauses": "2021-05-03/2021-06-30"}, "2021-11-15"),
        ("2021-03-18", "P6M", "ccag", {"pauses": "2021-05-03/2021-05-08"}, "2021-09-23"),
        ("2021-03-18", "10 jours ouvrés", "quantieme", {"pauses": "2021-03-22/2021-03-26"}, "2021-04-08"),
        ("2021-08-15", "P2M", "quantieme", {"backwards": True, "pauses": "2021-06-20/2021-07-20"}, "2021-06-15"),
        ("2024-07-31", "P8D", "procedure-civile", {"backwards": True}, "2024-07-22"),
        ("2008-06-19", "P5Y", "prescription", {}, "2013-06-19"),
        ("2021-03-18", "P6M", "a-rebours", {}, None),
        ("2019-01-01", "P1M10D", "duree", {"backwards": True}, "2018-11-23"),
        ("2021-03-22", "P2D", "ue-1182-71", {"backwards": True}, "2021-03-18"),
        ("2021-02-28", "P2M", "delai-franc", {}, "2021-04-29"),
    ],
)
def test_a_date_that_was_once_wrong(origin, length, regime, how, expected):
    assert simulated(origin, length, regime, **how) == expected


@pytest.mark.parametrize(
    ("origin", "length", "regime", "how", "expected"),
    [
        # The days of a pause before the first counted day, or after the end as moved so far, count for nothing.
        ("2021-03-18", "P10D", "quantieme", {"pauses": "2021-03-01/2021-03-19"}, "2021-03-28"),
        ("2021-03-18", "P10D", "quantieme", {"pauses": "2021-03-01/2021-03-20"}, "2021-03-29"),
        ("2021-03-18", "P10D", "duree", {"pauses": "2021-03-01/2021-03-19"}, "2021-03-28"),
        ("2021-03-18", "P10D", "quantieme", {"pauses": "2021-03-28/2021-04-02"}, "2021-04-02"),
        ("2021-03-18", "P10D", "quantieme", {"pauses": "2021-03-29/2021-04-02"}, "2021-03-28"),
        (
            "2021-03-18",
            "P10D",
            "quantieme",
            {"pauses": "2021-03-20/2021-03-21 2021-03-29/2021-03-31"},
            "2021-03-31",
        ),
        # A pause that begins between the nominal end and the day it is carried over to counts for nothing.
        ("2021-03-18", "P2D", "ccag", {"pauses": "2021-03-21/2021-03-25"}, "2021-03-22"),
        # An extension is counted again from the origin: 31 Jan P1M, then P1M more, is 31 March.
        ("2021-01-31", "P1M", "quantieme", {"extension": "P1M"}, "2021-03-31"),
        ("2021-01-31", "P1M", "duree", {"extension": "P1M"}, "2021-03-30"),
        ("2021-01-31", "P1M", "duree", {}, "2021-02-28"),
        ("2021-01-31", "P1M3D", "duree", {}, "2021-03-03"),
        ("2021-01-30", "P1M", "delai-franc", {}, "2021-03-01"),
        ("2022-01-30", "P1M", "delai-franc", {"pauses": "2022-02-01/2022-02-02"}, "2022-03-01"),
        # The day more of a délai franc is a day of the calendar, and does not run in a pause either.
        ("2021-03-15", "4 jours ouvrés", "delai-franc", {}, "2021-03-22"),
        ("2021-03-15", "3 jours ouvrés", "delai-franc", {"pauses": "2021-03-19/2021-03-23"}, "2021-03-23"),
        # Two working days, for whatever has two days or more; what was paused is no day of the period.
        ("2021-03-19", "P1D", "ue-1182-71", {}, "2021-03-22"),
        ("2021-03-19", "P2D", "ue-1182-71", {}, "2021-03-23"),
        ("2021-03-19", "P2D", "ue-1182-71", {"is_length": True}, "2021-03-21"),
        ("2021-03-19", "2 jours ouvrables", "ue-1182-71", {}, "2021-03-23"),
        ("2021-03-19", "1 jour ouvré", "ue-1182-71", {}, "2021-03-22"),
        ("2021-03-20", "P2D", "ue-1182-71", {"pauses": "2021-03-22/2021-03-26"}, "2021-03-29"),
        ("2021-03-19", "P1D", "ue-1182-71", {"pauses": "2021-03-20/2021-03-22"}, "2021-03-22"),
        ("2021-03-19", "P2D", "ue-1182-71", {"pauses": "2021-03-22/2021-03-25"}, "2021-03-23"),
        ("2021-03-22", "P1D", "ue-1182-71", {"backwards": True}, "2021-03-21"),
        ("2021-03-22", "P2D", "ue-1182-71", {"backwards": True, "is_length": True}, "2021-03-20"),
        # Clear: one day earlier, a day of the calendar, never carried.
        ("2021-03-22", "P1M", "a-rebours", {"backwards": True}, "2021-02-21"),
        ("2021-03-31", "P1M", "ccag", {"backwards": True}, "2021-02-27"),
        ("2021-03-31", "P1M", "delai-franc", {"backwards": True}, "2021-02-27"),
        ("2021-03-31", "P1M", "prescription", {"backwards": True}, "2021-02-28"),
        ("2021-03-31", "P1M", "ccag", {"backwards": True, "is_length": True}, "2021-02-28"),
        ("2021-03-23", "1 jour ouvré", "procedure-civile", {"backwards": True}, "2021-03-21"),
        ("2021-03-23", "2 jours ouvrés", "quantieme", {"backwards": True}, "2021-03-19"),
        # The first of the days whose own end is the date, or none.
        ("2021-02-28", "P1M", "duree", {"backwards": True}, "2021-01-29"),
        ("2021-03-27", "P1M", "duree", {"backwards": True}, "2021-02-28"),
        ("2021-03-28", "P1M", "duree", {"backwards": True}, None),
        ("2021-03-30", "P1M", "duree", {"backwards": True}, None),
        ("2021-03-31", "P1M", "duree", {"backwards": True}, "2021-03-01"),
        ("2021-03-22", "1 jour ouvré", "duree", {"backwards": True}, "2021-03-20"),
        ("2021-03-21", "1 jour ouvré", "duree", {"backwards": True}, None),
    ],
)
def test_where_rules_meet(origin, length, regime, how, expected):
    assert simulated(origin, length, regime, **how) == expected


QUESTIONS = compositions("the simulator alone", 2000)


def test_every_sort_of_question_is_drawn():
    sorts = {
        (asked.regime, asked.backwards, bool(asked.pauses), asked.extension is not None, type(asked.length))
        for asked in QUESTIONS
    }
    units = [(False, Period), (True, Period), (False, WorkingDays)]
    assert sorts == {
        (regime, backwards, paused, *unit)
        for regime, backwards, paused, unit in product(REGIME_NAMES, (False, True), (False, True), units)
    }
    assert {asked.zone for asked in QUESTIONS} == set(Zone)
    assert {kind for asked in QUESTIONS if isinstance(kind := asked.length[-1], DayCount)} == set(DayCount)
    assert {(asked.regime, asked.backwards) for asked in QUESTIONS if asked.is_length} == {
        (regime, backwards) for regime in REGIME_NAMES for backwards in (False, True)
    }


def test_nothing_is_given_only_where_a_regime_refuses_or_no_day_fits():
    nothing = {(asked.regime, asked.backwards) for asked in QUESTIONS if asked.simulated() is None}
    assert nothing == {("a-rebours", False), ("duree", True)}
    assert all(asked.simulated() is None for asked in QUESTIONS if asked.regime == "a-rebours" and not asked.backwards)


def test_counted_in_one_step_a_period_without_a_last_day_rule_ends_on_the_same_day():
    checked = 0
    for asked in QUESTIONS:
        if asked.regime not in PLAIN or asked.backwards or isinstance(asked.length, WorkingDays):
            continue
        whole = asked.length if asked.extension is None else asked.length.plus(asked.extension)
        end = asked.origin + relativedelta(months=whole.total_months) + timedelta(days=whole.total_days)
        for first, resumed in asked.pauses:
            if first <= end:
                end += max(resumed - max(first, asked.origin + timedelta(days=1)), timedelta(0))
        assert asked.simulated() == end, str(asked)
        checked += 1
    assert checked > 200
