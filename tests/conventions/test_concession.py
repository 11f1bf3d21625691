"""Ten years with reports due after the term, ended early on six months' notice: every date counted by hand.

A durée from 1 April 2018 ends on 31 March 2028. Notified on 15 September 2021, six months: 15 March 2022.
"""

from __future__ import annotations

import pytest

from tests.conventions.tables import Life, each

FEES = ("2022-04-01", "2023-04-01", "2024-04-01", "2025-04-01", "2026-04-01", "2027-04-01")
# Five months after each 31 December: May has 31 days. That of 2027 is owed after the term.
REPORTS = {f"{year}-12-31": f"{year + 1}-05-31" for year in range(2018, 2028)}
YEARS = tuple(REPORTS)


def fees(state, *days):
    return each(days, state, "redevance/concessionnaire@{}")


def reports(state, *years):
    return each(years, state, "rapport/concessionnaire@{}", REPORTS)


PAID = {
    **fees("fulfilled", "2019-04-01", "2020-04-01", "2021-04-01"),
    **reports("fulfilled", *YEARS[:2]),
}
RUNNING = {
    **PAID,
    "entretien/concessionnaire": ("in-effect", "2028-03-31"),
    **fees("upcoming", *FEES),
    **reports("overdue", "2020-12-31"),
    **reports("upcoming", *YEARS[3:]),
    "rapport-de-fin/concessionnaire": ("upcoming", "2028-06-30"),  # three months: June has no 31
    "inventaire/concessionnaire": ("upcoming", "2027-12-31"),  # three months before
    "travaux/concessionnaire": ("upcoming", "2024-04-01"),
    "reponse/autorite": ("conditional", None),
}
NOTIFIED = {
    **RUNNING,
    "entretien/concessionnaire": ("in-effect", "2022-03-15"),
    **fees("discharged", *FEES),  # each falls due after 15 March 2022
    **reports("upcoming", "2021-12-31"),  # the year is over by then: its report remains owed
    **reports("discharged", *YEARS[4:]),
    "rapport-de-fin/concessionnaire": ("upcoming", "2022-06-15"),  # three months from the end
    "inventaire/concessionnaire": ("upcoming", "2021-12-15"),  # three months before it
    "travaux/concessionnaire": ("discharged", "2024-04-01"),
}
LAST_DAY = {
    **NOTIFIED,
    **reports("fulfilled-late", "2020-12-31"),  # 2 November 2021, due on 31 May
    "inventaire/concessionnaire": ("fulfilled", "2021-12-15"),
    # Asked on 1 March 2022: 30 days are the 31st.
    "reponse/autorite@2022-03-01": ("due-soon", "2022-03-31"),
}
del LAST_DAY["reponse/autorite"]
OVER = {**LAST_DAY, "entretien/concessionnaire": ("expired", "2022-03-15")}
DAYS = {
    "2021-09-14": RUNNING,
    "2021-09-15": NOTIFIED,
    "2022-03-15": LAST_DAY,
    "2022-03-16": OVER,
    "2022-06-16": {
        **OVER,
        **reports("overdue", "2021-12-31"),
        "rapport-de-fin/concessionnaire": ("overdue", "2022-06-15"),
        "reponse/autorite@2022-03-01": ("overdue", "2022-03-31"),
    },
}


@pytest.fixture(scope="module")
def concession():
    return Life("concession")


@pytest.mark.parametrize("as_of", DAYS)
def test_every_state_and_date(concession, as_of):
    assert concession.rows(as_of) == DAYS[as_of]


@pytest.mark.parametrize(
    ("as_of", "term"), [("2021-09-14", "2028-03-31"), ("2021-09-15", "2022-03-15"), ("2022-06-16", "2022-03-15")]
)
def test_the_term_is_the_end_once_it_is_notified(concession, as_of, term):
    assert concession.term(as_of) == term
