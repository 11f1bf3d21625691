"""Avenants that change a part: an occurrence, a debtor, a site, a request; what ends as soon as it begins."""

from __future__ import annotations

from itertools import combinations, product

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


MONTH_AFTER = "{within: P1M, from: {every: P3M, from: depart, until: 2022-10-10}}"
SITES = one("compte", "recurring", MONTH_AFTER, "ville, region", sites="[nord, sud]")
"""Within a month of 10 April, 10 July and 10 October 2022: 10 May, 10 August, 10 November; four times each."""
DAYS = ("2022-04-10", "2022-07-10", "2022-10-10")
DUE = dict(zip(DAYS, ("2022-05-10", "2022-08-10", "2022-11-10"), strict=True))
LONGER = dict(zip(DAYS, ("2022-06-10", "2022-09-10", "2022-12-10"), strict=True))
PARTS = {"debtor": "ville", "sites": "nord", "occurrence": "2022-07-10"}
NAMED = [keys for several in range(4) for keys in combinations(PARTS, several)]
CASES = [(change, keys) for change in ("extend", "end") for keys in NAMED]
CASES += [("due", keys) for keys in NAMED if "occurrence" in keys]
"""Without an occurrence a series has another rhythm, not another day."""
EFFECT = "2022-03-01"
"""Before any of them falls due."""


@pytest.mark.parametrize(("change", "named"), CASES, ids=lambda each: each if isinstance(each, str) else "-".join(each))
def test_a_change_reaches_the_part_that_it_names_and_nothing_else(change, named):
    what = {"extend": ["by: P1M"], "due": ["due: {on: 2022-12-24}"], "end": []}[change]
    part = [f"{key}: {f'[{PARTS[key]}]' if key == 'sites' else PARTS[key]}" for key in named]
    found = seen("2022-03-02", SITES, avenant(EFFECT, ", ".join([f"change: {change}, target: compte", *what, *part])))
    for place in product(("ville", "region"), ("nord", "sud"), DAYS):
        is_meant = all(PARTS[key] == each for key, each in zip(PARTS, place, strict=True) if key in named)
        debtor, site, occurrence = place
        after = {"extend": LONGER[occurrence], "due": "2022-12-24", "end": DUE[occurrence]}[change]
        state = "discharged" if is_meant and change == "end" else "upcoming"
        expected = (state, after if is_meant else DUE[occurrence])
        assert found.pop(f"compte/{debtor}/{site}@{occurrence}") == expected
    assert found == {}


ANSWER = one("avis", "on-request", "{within: P1M}", "ville, region", trigger="demande")
TWO = (
    "  - {id: f-un, kind: occurred, event: demande, on: 2022-02-01}\n"
    "  - {id: f-deux, kind: occurred, event: demande, on: 2022-02-01}\n"
)
"""Two requests of one day, each to be answered by 1 March."""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("change: extend, target: avis, by: P1M, request: f-un", ("upcoming", "2022-04-01")),
        ("change: due, target: avis, due: {on: 2022-03-24}, request: f-un", ("due-soon", "2022-03-24")),
        ("change: end, target: avis, request: f-un", ("discharged", "2022-03-01")),
    ],
)
@pytest.mark.parametrize("debtor", ["", "ville"])
def test_a_change_of_the_answer_to_one_request_leaves_the_others(change, expected, debtor):
    journal = TWO + avenant("2022-02-15", change + (f", debtor: {debtor}" if debtor else ""))
    found = seen("2022-02-28", ANSWER, journal)
    kept = ("due-soon", "2022-03-01")
    # Of one day, the first that was written down has the day alone.
    second, first = "@2022-02-01", "@2022-02-01~f-deux"
    assert found[f"avis/ville{second}"] == expected
    assert found[f"avis/region{second}"] == (kept if debtor else expected)
    assert (found[f"avis/ville{first}"], found[f"avis/region{first}"]) == (kept, kept)


def test_the_answer_to_one_request_is_handed_over_and_the_next_is_not():
    handed = avenant("2022-02-15", "change: debtors, target: avis, debtor: ville, debtors: [etat], request: f-un")
    later = "  - {id: f-trois, kind: occurred, event: demande, on: 2022-03-01}\n"
    found = seen("2022-03-02", ANSWER, TWO + handed + later)
    first, other = "@2022-02-01", "@2022-03-01"
    assert {name for name in found if name.endswith(first)} == {f"avis/etat{first}", f"avis/region{first}"}
    assert {name for name in found if name.endswith(other)} == {f"avis/ville{other}", f"avis/region{other}"}
