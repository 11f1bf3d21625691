"""No fixed end, three months' notice: what starts when it is terminated. Every date was counted by hand.

Notified on 30 June 2023, three months: 30 September 2023.
"""

from __future__ import annotations

import pytest

from tests.conventions.tables import Life

REVIEW = "revue/metropole@{}"
NOTIFIED = {
    "securite/agence": ("in-effect", "2023-09-30"),
    REVIEW.format("2021-01-15"): ("fulfilled", "2021-01-15"),
    REVIEW.format("2022-01-15"): ("overdue", "2022-01-15"),
    REVIEW.format("2023-01-15"): ("fulfilled-late", "2023-01-15"),  # 20 January
    REVIEW.format("2024-01-15"): ("discharged", "2024-01-15"),  # the next one, as the eve showed it
    "effacement/agence": ("upcoming", "2023-10-30"),  # one month from the end
}
OVER = {**NOTIFIED, "securite/agence": ("expired", "2023-09-30"), "effacement/agence": ("due-soon", "2023-10-30")}
DAYS = {
    "2020-06-01": {
        "securite/agence": ("in-effect", None),
        REVIEW.format("2021-01-15"): ("upcoming", "2021-01-15"),
        "effacement/agence": ("conditional", None),
    },
    "2022-01-15": {  # due today, and the next one
        "securite/agence": ("in-effect", None),
        REVIEW.format("2021-01-15"): ("fulfilled", "2021-01-15"),
        REVIEW.format("2022-01-15"): ("due-soon", "2022-01-15"),
        REVIEW.format("2023-01-15"): ("upcoming", "2023-01-15"),
        "effacement/agence": ("conditional", None),
    },
    "2023-06-30": NOTIFIED,
    "2023-10-01": OVER,
    "2023-10-31": {**OVER, "effacement/agence": ("overdue", "2023-10-30")},
}


@pytest.fixture(scope="module")
def agreement():
    return Life("sans-terme")


@pytest.mark.parametrize("as_of", DAYS)
def test_every_state_and_date(agreement, as_of):
    assert agreement.rows(as_of) == DAYS[as_of]


@pytest.mark.parametrize(("as_of", "is_open"), [("2023-06-29", True), ("2023-06-30", False)])
def test_once_it_has_an_end_no_date_is_said_to_be_without(agreement, as_of, is_open):
    reviews = [one for one in agreement.at(as_of).obligations if one.engagement.id == "revue"]
    assert {one.deadline.is_open_ended for one in reviews if one.state.value != "discharged"} == {is_open}


@pytest.mark.parametrize(("as_of", "term"), [("2023-06-29", None), ("2023-06-30", "2023-09-30")])
def test_the_term_has_a_date_once_it_is_terminated(agreement, as_of, term):
    assert agreement.term(as_of) == term
