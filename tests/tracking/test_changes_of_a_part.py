"""Avenants that change a part: an occurrence, a debtor, a site, a request; what ends as soon as it begins."""

from __future__ import annotations

import pytest

from tests.tracking.journals import avenant
from tests.tracking.test_lives import gone, one, seen

SERIES = one("compte", "recurring", "{every: P3M, from: depart}")
"""10 April, 10 July and 10 October 2022, and so on."""
AWAITED = "change: due, target: compte, due: {every: P3M, from: accord}"
ENDED = "change: end, target: compte"


@pytest.mark.parametrize(
    "journal",
    [
        avenant("2022-03-01", AWAITED, ENDED, name="av"),
        avenant("2022-03-01", AWAITED, name="av0") + avenant("2022-03-01", ENDED, name="av1"),
    ],
    ids=["one avenant", "two of one day"],
)
def test_a_series_that_is_dated_anew_and_ended_on_one_day_has_a_row_ended_by_that_avenant(journal):
    assert seen("2022-05-01", SERIES, journal) == {"compte/ville": ("discharged", "None")}


def test_a_series_ended_then_dated_anew_on_one_day_is_ended():
    journal = avenant("2022-03-01", ENDED, AWAITED, name="av")
    assert {state for state, _ in seen("2022-05-01", SERIES, journal).values()} == {"discharged"}
    assert gone("2022-05-01", SERIES, journal) == {}


def test_a_new_rhythm_whose_days_have_all_passed_and_a_new_debtor_leave_a_row_without_date():
    """The first day, 1 August 2026, comes after the term; every day of the new rhythm comes before its effect."""
    body = one("compte", "recurring", "{every: P1Y, first: 2026-08-01}")
    rhythm = "change: due, target: compte, due: {every: P3M, from: depart, until: 2023-01-10}"
    journal = avenant("2024-08-18", rhythm, "change: debtors, target: compte, debtor: ville, debtors: [region]")
    assert seen("2024-08-23", body, journal) == {"compte/region": ("open", "None")}
