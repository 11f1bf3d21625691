"""Two towns merge: the new one takes over, from the signature on, what they still owed; every date counted by hand."""

from __future__ import annotations

import pytest

from tests.conventions.tables import Life, each

# From 15 June 2021 every six months, until the term, 1 March 2023.
REPORTS = ("2021-06-15", "2021-12-15", "2022-06-15", "2022-12-15")


def reports(who, state, *days):
    return each(days, state, f"bilan/{who}@{{}}")


BEFORE = {
    "animation/ville-a": ("in-effect", "2023-03-01"),
    "animation/ville-b": ("in-effect", "2023-03-01"),
    "plan/ville-a": ("upcoming", "2022-09-01"),  # 18 months from 1 March 2021
    "plan/ville-b": ("upcoming", "2022-09-01"),
    **reports("ville-a", "fulfilled", "2021-06-15"),
    **reports("ville-a", "upcoming", *REPORTS[1:]),
    **reports("ville-b", "overdue", "2021-06-15"),
    **reports("ville-b", "upcoming", *REPORTS[1:]),
}
EVE = {
    **BEFORE,
    **reports("ville-a", "fulfilled", "2021-12-15"),
    **reports("ville-b", "overdue", "2021-12-15"),
}
# What Ville A had performed stays its own; what Ville B still owed is the new town's.
MERGED = {
    "animation/ville-a": ("discharged", "2023-03-01"),
    "animation/ville-b": ("discharged", "2023-03-01"),
    "animation/commune-nouvelle": ("in-effect", "2023-03-01"),
    "plan/ville-a": ("discharged", "2022-09-01"),
    "plan/ville-b": ("discharged", "2022-09-01"),
    "plan/commune-nouvelle": ("upcoming", "2022-09-01"),
    **reports("ville-a", "fulfilled", *REPORTS[:2]),
    **reports("ville-a", "discharged", *REPORTS[2:]),
    **reports("ville-b", "discharged", *REPORTS),
    **reports("commune-nouvelle", "overdue", *REPORTS[:2]),
    **reports("commune-nouvelle", "upcoming", *REPORTS[2:]),
}
DAYS = {
    "2021-06-16": BEFORE,
    "2021-12-31": EVE,
    "2022-01-01": MERGED,
    "2022-02-10": {**MERGED, **reports("commune-nouvelle", "fulfilled-late", "2021-06-15")},
    "2022-09-01": {
        **MERGED,
        "plan/commune-nouvelle": ("fulfilled", "2022-09-01"),  # on 31 August
        **reports("commune-nouvelle", "fulfilled-late", "2021-06-15"),
        **reports("commune-nouvelle", "overdue", "2022-06-15"),
    },
}


@pytest.fixture(scope="module")
def merger():
    return Life("fusion")


@pytest.mark.parametrize("as_of", DAYS)
def test_every_state_and_date(merger, as_of):
    assert merger.rows(as_of) == DAYS[as_of]


def test_the_new_town_signs_from_the_day_it_joins(merger):
    situation = merger.at("2022-01-01")
    joined = [one for one in situation.obligations if one.debtor.parties == ("commune-nouvelle",)]
    assert joined
    assert {situation.directory.not_signing(one.engagement, one.debtor.parties) for one in joined} == {()}
