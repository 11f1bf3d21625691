"""A count of working days names the public holidays that it left out, and those alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qp_cli.law.computation import compute_deadline
from qp_cli.law.counting import Pause
from qp_cli.law.holidays import Zone, holiday_on
from qp_cli.law.periods import DayCount, WorkingDays
from qp_cli.law.regimes import find_regime
from qp_cli.render.language import Language

QUANTIEME = find_regime("quantieme")
FIRST = date(2026, 4, 20)


def said(origin, number, kind=DayCount.OUVRES, zone=Zone.METROPOLE, **how):
    """The step's text in French, and its source; None where there is none."""
    found = compute_deadline(origin, WorkingDays(number, kind), QUANTIEME, zone, **how)
    steps = [step for step in found.steps if step.rule == "skipped-holidays"]
    return (Language("fr").text(steps[0].text), steps[0].source) if steps else None


def test_each_is_named_with_its_day_its_name_and_its_source():
    text, source = said(FIRST, 20)
    assert text == (
        "Jours fériés non comptés\u00a0: 1er mai 2026 (fête du Travail), 8 mai 2026 (victoire de 1945), "
        "14 mai 2026 (Ascension)"
    )
    assert source.startswith("C. trav. art. L. 3133-1 ; loi n° 47-778 du 30 avril 1947")
    assert source.count("L. 3133-1") == 1


@pytest.mark.parametrize(
    ("origin", "number", "kind", "how", "count"),
    [
        (date(2026, 6, 1), 10, DayCount.OUVRES, {}, 0),
        (date(2026, 8, 10), 5, DayCount.OUVRES, {}, 0),  # 15 August 2026 is a Saturday
        (date(2026, 8, 10), 5, DayCount.OUVRABLES, {}, 1),
        (date(2026, 5, 1), 1, DayCount.OUVRES, {}, 0),  # the origin is not counted anyway
        (date(2026, 5, 15), 10, DayCount.OUVRES, {"backwards": True}, 3),
        # 8 May is in the pause, and Whit Monday within the days that it adds
        (FIRST, 20, DayCount.OUVRES, {"pauses": (Pause(date(2026, 5, 7), date(2026, 5, 12)),)}, 3),
    ],
)
def test_those_that_fall_on_a_day_that_would_not_count_are_left_out(origin, number, kind, how, count):
    found = said(origin, number, kind, **how)
    assert (found[0].count("2026 (") if found else 0) == count


def test_a_long_count_names_the_first_and_says_how_many_more():
    text, _ = said(date(2026, 1, 2), 250)
    assert text.count("2026 (") == 6
    assert text.endswith("2 autres")


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 40), st.sampled_from(DayCount))
def test_days_counted_weekends_and_days_named_are_all_days_of_the_span(origin, number, kind):
    found = compute_deadline(origin, WorkingDays(number, kind), QUANTIEME, Zone.METROPOLE)
    span = [origin + timedelta(days=each) for each in range(1, (found.nominal - origin).days + 1)]
    weekend = 5 if kind is DayCount.OUVRES else 6
    holidays = [day for day in span if day.weekday() < weekend and holiday_on(day, Zone.METROPOLE)]
    steps = [step for step in found.steps if step.rule == "skipped-holidays"]
    assert (steps[0].text.number if steps else 0) == len(holidays)
    assert number + sum(day.weekday() >= weekend for day in span) + len(holidays) == len(span)
