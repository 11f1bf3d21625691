"""`qp calc`: a date and its working, with no repository at all."""

from __future__ import annotations

from itertools import pairwise

import pytest

pytestmark = pytest.mark.usefixtures("outside")


def deadline(qp, *arguments):
    answer = qp("calc", "--format", "json", *arguments)
    assert answer.code == 0, answer.err
    return answer.json["deadline"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("2021-03-18", "P6M"), "2021-09-18"),
        (("18/03/2021", "P6M"), "2021-09-18"),
        (("18 mars 2021", "6 mois"), "2021-09-18"),
        (("2021-03-18", "P24M"), "2023-03-18"),
        (("2021-03-18", "P24M", "--regime", "duree"), "2023-03-17"),
        (("2021-03-18", "P6M", "--regime", "procedure-civile"), "2021-09-20"),
        (("2021-03-18", "P6M", "--regime", "ccag"), "2021-09-20"),
        (("2021-01-31", "P1M"), "2021-02-28"),
        (("2020-01-31", "P1M"), "2020-02-29"),
        (("2021-03-18", "P1Y2M10D"), "2022-05-28"),
        (("2026-04-30", "10 jours ouvrés"), "2026-05-19"),
        (("2026-04-30", "5 jours ouvrables"), "2026-05-07"),
        (("2023-03-18", "P2M", "--backwards"), "2023-01-17"),
        (("2023-03-18", "P2M", "--backwards", "--regime", "quantieme"), "2023-01-18"),
    ],
)
def test_a_period_from_a_day_gives_a_day(qp, arguments, expected):
    assert deadline(qp, *arguments) == expected


def test_a_zone_has_its_own_holidays(qp):
    arguments = ("2026-12-24", "1 jour ouvré")
    assert deadline(qp, *arguments, "--zone", "metropole") == "2026-12-28"
    assert deadline(qp, "2026-12-18", "1 jour ouvré", "--zone", "reunion") == "2026-12-21"
    assert deadline(qp, "2027-12-17", "1 jour ouvré", "--zone", "reunion") == "2027-12-21"
    assert deadline(qp, "2027-12-17", "1 jour ouvré", "--zone", "metropole") == "2027-12-20"


def test_it_says_nothing_of_a_repository_and_needs_none(qp):
    answer = qp("calc", "2021-03-18", "P6M", environ={"QP_DATA": "/nowhere"})
    assert (answer.code, answer.err) == (0, "")


def test_the_screen_gives_the_date_first_then_the_working_then_the_three_dates(qp):
    answer = qp("calc", "2021-03-18", "P6M")
    assert answer.lines[0] == "Saturday 18 September 2021"
    assert answer.lines[1] == "6 months from Thursday 18 March 2021"
    assert "quantieme" in answer.out
    places = [answer.out.index(text) for text in ("Working\n", "strict", "Friday 17 September", "Monday 20")]
    assert all(before < after for before, after in pairwise(places))


def test_a_date_on_a_working_day_has_no_other_dates_beside_it(qp):
    answer = qp("calc", "2021-03-15", "P6M")
    assert answer.lines[0] == "Wednesday 15 September 2021"
    assert "prudent" not in answer.out
    assert "carried over:" not in answer.out


def test_its_json_holds_the_keys_of_the_contract(qp):
    found = qp("calc", "2021-03-18", "P6M", "--format", "json").json
    assert list(found) == [
        "schema",
        "origin",
        "period",
        "regime",
        "zone",
        "backwards",
        "deadline",
        "weekday",
        "steps",
        "strict",
        "prudent",
        "carried_over",
        "other_reading",
    ]
    assert found | {"steps": []} == {
        "schema": "qp/1",
        "origin": "2021-03-18",
        "period": "P6M",
        "regime": "quantieme",
        "zone": "metropole",
        "backwards": False,
        "deadline": "2021-09-18",
        "weekday": "Saturday",
        "steps": [],
        "strict": "2021-09-18",
        "prudent": "2021-09-17",
        "carried_over": "2021-09-20",
        "other_reading": None,
    }
    assert all(list(step) == ["rule", "text", "source", "result"] for step in found["steps"])
    assert found["steps"][-1]["result"] in {None, "2021-09-18"}


def test_the_other_reading_of_a_clear_period_is_given(qp):
    found = qp("calc", "2021-01-31", "P1M", "--regime", "delai-franc", "--format", "json").json
    assert found["other_reading"] is None or found["other_reading"] > found["deadline"]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("2021-02-30", "P6M"), "There is no such day: 2021-02-30"),
        (("30/02/2021", "P6M"), "There is no such day: 30/02/2021"),
        (("2021-3-8", "P6M"), "“2021-3-8” is no date: write 2021-10-01 or 01/10/2021"),
        (("20210318", "P6M"), "is no date"),
        (("tomorrow", "P6M"), "“tomorrow” is no date"),
        (("", "P6M"), "is empty"),
        (("1800-01-01", "P6M"), "from 1905 to 2100"),
        (("2099-12-31", "P6Y"), "from 1905 to 2100"),
        (("2021-03-18", "P9999Y"), "from 1905 to 2100"),
        (("1905-02-01", "P2M", "--backwards"), "from 1905 to 2100"),
        (("2021-03-18", "PT6H"), "“PT6H”"),
        (("2021-03-18", "six mois"), "“six mois”"),
        (("2021-03-18", "P-6M"), "“P-6M”"),
        (("2021-03-18", "P0M"), "“P0M”"),
        (("2021-03-18", "0 jours ouvrés"), "“0 jours ouvrés”"),
        (("2021-03-18", "0 mois"), "“0 mois”"),
        (("2021-03-18", "P6M", "--regime", "ccga"), "ccag"),
        (("2021-03-18", "P6M", "--zone", "alsace"), "alsace-moselle"),
        (("2021-03-18", "P6M", "--zone", "atlantis"), "metropole"),
        (("2021-03-18", "P6M", "--format", "csv"), "table, json"),
        (("2021-03-18",), "PERIOD is missing."),
        ((), "ORIGIN is missing."),
    ],
)
def test_what_it_cannot_take_is_one_line_that_says_what_to_write(qp, arguments, part):
    answer = qp("calc", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("qp: ")
    assert part in answer.err
    assert answer.err.count("\n") == 1


def test_on_80_columns_nothing_is_longer(qp):
    answer = qp("calc", "2021-03-18", "P6M", terminal=True)
    assert max(map(len, answer.lines)) <= 80


@pytest.mark.parametrize("regime", ["procedure-civile", "ccag", "ue-1182-71", "delai-franc"])
def test_a_regime_that_carries_over_is_not_said_to_need_a_text_that_does(qp, regime):
    answer = qp("calc", "2021-03-18", "P6M", "--regime", regime, "--lang", "fr")
    assert "report\u00a0: jour ouvré suivant, comme le prévoit la règle" in answer.out
    assert "si un texte le prévoit" not in answer.out


def test_where_no_text_carries_over_it_is_said_that_one_would_have_to(qp):
    answer = qp("calc", "2021-03-18", "P6M", "--lang", "fr")
    assert "report\u00a0: jour ouvré suivant si un texte le prévoit" in answer.out
    assert "comme le prévoit la règle" not in answer.out
