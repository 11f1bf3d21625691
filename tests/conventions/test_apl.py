"""Three years, tacitly renewed twice, then denounced too late, so renewed a last time: every date counted by hand.

From 1 July 2014 to 30 June 2017; each renewal gives three years from 1 July: to 30 June 2020, 2023 and 2026. Six
months before 30 June is 30 December.
"""

from __future__ import annotations

import pytest

from tests.conventions.tables import Life, each

RENTS = "etat-loyers/bailleur@{}"
# Two months after 31 December: February has no 31, so its last day.
RENTS_DUE = {
    "2014-12-31": "2015-02-28",
    "2015-12-31": "2016-02-29",
    "2016-12-31": "2017-02-28",
    "2017-12-31": "2018-02-28",
    "2018-12-31": "2019-02-28",
    "2019-12-31": "2020-02-29",
    "2020-12-31": "2021-02-28",
    "2021-12-31": "2022-02-28",
    "2022-12-31": "2023-02-28",
    "2023-12-31": "2024-02-29",
    "2024-12-31": "2025-02-28",
    "2025-12-31": "2026-02-28",
}
YEARS = tuple(RENTS_DUE)


def rents(state, *years):
    return each(years, state, RENTS, RENTS_DUE)


def options(state, expiry, due):
    return {f"denonciation/{who}@{expiry}": (state, due) for who in ("etat", "bailleur")}


LATE = {
    "bilan/bailleur": ("fulfilled", "2017-04-30"),  # two months before 30 June, performed on the 12th
    "diagnostic/bailleur": ("overdue", "2017-03-30"),  # three months before: no renewal forgives it
    RENTS.format("2014-12-31"): ("fulfilled", "2015-02-28"),
    RENTS.format("2015-12-31"): ("fulfilled-late", "2016-02-29"),  # 4 March
}
LAPSED_2017 = options("lapsed", "2017-06-30", "2016-12-30")
LAPSED_2020 = options("lapsed", "2020-06-30", "2019-12-30")
RENEWED_TWICE = {
    "entretien/bailleur": ("in-effect", "2023-06-30"),
    **LATE,
    RENTS.format("2016-12-31"): ("fulfilled-late", "2017-02-28"),  # 5 September 2017
    **rents("fulfilled", *YEARS[3:8]),
    **rents("upcoming", "2022-12-31"),
    **LAPSED_2017,
    **LAPSED_2020,
}
DAYS = {
    "2017-06-30": {  # the last day of the first three years
        "entretien/bailleur": ("in-effect", "2017-06-30"),
        **LATE,
        **rents("overdue", "2016-12-31"),
        **LAPSED_2017,
    },
    "2017-07-01": {  # renewed
        "entretien/bailleur": ("in-effect", "2020-06-30"),
        **LATE,
        **rents("overdue", "2016-12-31"),
        **rents("upcoming", *YEARS[3:6]),
        **LAPSED_2017,
        **options("open", "2020-06-30", "2019-12-30"),
    },
    "2022-12-30": {**RENEWED_TWICE, **options("open", "2023-06-30", "2022-12-30")},  # the last day to denounce
    "2023-01-15": {**RENEWED_TWICE, **options("lapsed", "2023-06-30", "2022-12-30")},  # denounced, too late
    "2023-07-01": {  # renewed a third and last time: nobody has anything to denounce any more
        **RENEWED_TWICE,
        "entretien/bailleur": ("in-effect", "2026-06-30"),
        **rents("fulfilled", "2022-12-31"),  # 27 February 2023
        **rents("upcoming", *YEARS[9:]),
        **options("lapsed", "2023-06-30", "2022-12-30"),
    },
}


@pytest.fixture(scope="module")
def apl():
    return Life("apl")


@pytest.mark.parametrize("as_of", DAYS)
def test_every_state_and_date(apl, as_of):
    assert apl.rows(as_of) == DAYS[as_of]


@pytest.mark.parametrize(
    ("as_of", "term"),
    [
        ("2017-06-30", "2017-06-30"),
        ("2017-07-01", "2020-06-30"),
        ("2020-06-30", "2020-06-30"),
        ("2020-07-01", "2023-06-30"),
        ("2023-01-15", "2023-06-30"),
        ("2023-06-30", "2023-06-30"),
        ("2023-07-01", "2026-06-30"),
        ("2026-07-01", "2026-06-30"),  # three renewals at most
    ],
)
def test_the_term_moves_at_each_expiry(apl, as_of, term):
    assert apl.term(as_of) == term
