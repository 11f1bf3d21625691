"""In force from the last of three signatures, then suspended as a whole: every date counted by hand.

Signed on 12 April, 20 May and 31 May 2021: in force on 31 May; 18 months: 30 November 2022, which has no 31.
"""

from __future__ import annotations

import pytest

from tests.conventions.tables import Life, each

# Each six months, counted from 31 May 2021.
MEETINGS = ("2021-11-30", "2022-05-31", "2022-11-30")
# Fifteen clear days before: 15 November, 16 May, 15 November, less one day.
FILES = dict(zip(MEETINGS, ("2021-11-14", "2022-05-15", "2022-11-14"), strict=True))


def meetings(state, *days):
    return each(days, state, "comite/communaute@{}")


def files(state, *days):
    return each(days, state, "dossier/communaute@{}", FILES)


NAMES = ("animation/commune", "publication/etat", "chef-de-projet/commune", "strategie/commune")
WAITING = dict.fromkeys((*NAMES, "comite/communaute", "dossier/communaute"), ("conditional", None))
IN_FORCE = {
    "animation/commune": ("in-effect", "2022-11-30"),
    "publication/etat": ("due-soon", "2021-06-01"),  # the day after
    "chef-de-projet/commune": ("upcoming", "2021-07-31"),
    "strategie/commune": ("upcoming", "2022-05-31"),
    **meetings("upcoming", *MEETINGS),
    **files("upcoming", *MEETINGS),
}
NOVEMBER = {
    **IN_FORCE,
    "publication/etat": ("fulfilled", "2021-06-01"),
    "chef-de-projet/commune": ("fulfilled-late", "2021-07-31"),  # 1 September
    **meetings("due-soon", "2021-11-30"),
    **files("due-soon", "2021-11-30"),  # today
}
MET = {**NOVEMBER, **meetings("fulfilled", "2021-11-30"), **files("fulfilled-late", "2021-11-30")}  # the 29th, the 15th
DAYS = {
    "2021-05-20": WAITING,  # the State has not signed
    "2021-05-31": IN_FORCE,
    "2021-11-14": NOVEMBER,
    "2022-02-15": {
        **MET,
        "animation/commune": ("suspended", "2022-11-30"),
        "strategie/commune": ("suspended", "2022-05-31"),
        **meetings("suspended", *MEETINGS[1:]),
        **files("suspended", *MEETINGS[1:]),
    },
    # From 1 to 28 February 28 days did not run: 31 May + 28 = 28 June. What is counted back, and the term, stay.
    "2022-03-01": {**MET, "strategie/commune": ("upcoming", "2022-06-28")},
}


@pytest.fixture(scope="module")
def convention():
    return Life("entree-en-vigueur")


@pytest.mark.parametrize("as_of", DAYS)
def test_every_state_and_date(convention, as_of):
    assert convention.rows(as_of) == DAYS[as_of]


@pytest.mark.parametrize(("as_of", "term"), [("2021-05-30", None), ("2021-05-31", "2022-11-30")])
def test_the_term_is_counted_from_the_last_signature(convention, as_of, term):
    assert convention.term(as_of) == term
