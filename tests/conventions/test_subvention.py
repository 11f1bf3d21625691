"""A yearly subsidy in three instalments, each counted from a report, the last one handed in in two parts.

Every date was counted by hand.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.conventions.tables import Life
from tests.tracking.building import by_id

# 15 February 2022: 13 days to the 28th, 17 more to 17 March. 31 December + 6 months: June has no 31.
SIGNED = {
    "acompte/etat": ("upcoming", "2022-03-17"),
    "rapport-intermediaire/association": ("upcoming", "2022-09-30"),
    "deuxieme-versement/etat": ("conditional", None),
    "compte-rendu-financier/association": ("upcoming", "2023-06-30"),
    "solde/etat": ("conditional", None),
}
REPORTED = {
    **SIGNED,
    "acompte/etat": ("fulfilled-late", "2022-03-17"),  # 20 March
    "rapport-intermediaire/association": ("fulfilled", "2022-09-30"),  # 20 September
    # 20 September: 10 days to the 30th, 20 more to 20 October.
    "deuxieme-versement/etat": ("due-soon", "2022-10-20"),
}
PAID = {**REPORTED, "deuxieme-versement/etat": ("fulfilled", "2022-10-20")}
WHOLE = {
    **PAID,
    "compte-rendu-financier/association": ("fulfilled", "2023-06-30"),
    "solde/etat": ("upcoming", "2023-08-20"),  # two months from the whole, 20 June
}
DAYS = {
    "2022-03-18": {**SIGNED, "acompte/etat": ("overdue", "2022-03-17")},
    "2022-09-20": REPORTED,
    "2023-03-15": PAID,  # half of the accounts: they are owed as they were, and nothing runs from them
    "2023-06-20": WHOLE,
    "2023-08-21": {**WHOLE, "solde/etat": ("overdue", "2023-08-20")},
}


@pytest.fixture(scope="module")
def subsidy():
    return Life("subvention")


@pytest.mark.parametrize("as_of", DAYS)
def test_every_state_and_date(subsidy, as_of):
    assert subsidy.rows(as_of) == DAYS[as_of]


def test_the_term_is_eighteen_months_from_the_signature(subsidy):
    assert subsidy.term("2022-02-15") == "2023-08-15"


def test_the_whole_is_of_the_day_of_its_last_part(subsidy):
    report = by_id(subsidy.at("2023-06-20"))["compte-rendu-financier/association"]
    assert report.standing.fulfilled_on == date(2023, 6, 20)
    assert report.facts == ("f-compte", "f-annexes")
