"""Due dates and periods as the model reads them: the eight forms, and types that are never bent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pydantic_core import ValidationError

from qp_cli.law.periods import DayCount, Period, WorkingDays
from qp_cli.law.regimes import REGIMES
from qp_cli.model.base import Day, DelayText, Id, PeriodText
from qp_cli.model.dues import (
    FORMS,
    REGIME_NAMES,
    AtLeast,
    AtTheLatest,
    Due,
    EarliestOf,
    Every,
    LatestOf,
    On,
    Rule,
    Within,
)
from qp_cli.model.reading import read

FORM_OF = {
    "on": (On, {"on": date(2021, 12, 31)}),
    "within": (Within, {"within": "P6M", "from": "labellisation"}),
    "at_the_latest": (AtTheLatest, {"at_the_latest": "P2M", "before": "terme"}),
    "at_least": (AtLeast, {"at_least": "P2M", "before": "terme"}),
    "earliest_of": (EarliestOf, {"earliest_of": [{"on": date(2021, 12, 31)}, {"within": "P1M", "from": "a"}]}),
    "latest_of": (LatestOf, {"latest_of": [{"on": date(2021, 12, 31)}, {"within": "P1M", "from": "a"}]}),
    "every": (Every, {"every": "P1Y", "from": "signature"}),
    "rrule": (Rule, {"rrule": "FREQ=YEARLY", "from": "signature"}),
}


def test_the_forms_are_those_of_the_design():
    assert list(FORMS) == list(FORM_OF)


@pytest.mark.parametrize(("model", "value"), FORM_OF.values(), ids=list(FORM_OF))
def test_each_form_is_told_by_the_key_that_opens_it(model, value):
    assert type(read(Due, value)) is model


def test_a_period_is_never_a_timedelta():
    due = read(Due, {"within": "P6M", "from": "a"})
    assert due.within == Period(months=6)
    assert not isinstance(due.within, timedelta)
    with pytest.raises(ValidationError):
        read(DelayText, timedelta(days=180))


def test_a_delay_is_a_period_or_working_days_and_a_recurrence_only_a_period():
    assert read(DelayText, "10 jours ouvrés") == WorkingDays(10, DayCount.OUVRES)
    with pytest.raises(ValidationError):
        read(PeriodText, "10 jours ouvrés")


@pytest.mark.parametrize("value", ["2021-12-31", "1769817600", 20260131, 1769817600, "P6M", True, None])
def test_a_day_is_a_date_and_nothing_else_becomes_one(value):
    with pytest.raises(ValidationError):
        read(Day, value)
    if value != "1769817600":  # what could be an id
        with pytest.raises(ValidationError):
            read(Due, {"on": value})


@pytest.mark.parametrize("value", [6, 180, "", "6M", "P", "P0D", "PT6H", "-P6M", "p6m", None, True])
def test_a_period_is_text_of_one_form(value):
    with pytest.raises(ValidationError):
        read(Due, {"within": value, "from": "a"})


def test_an_origin_is_a_name_a_day_or_a_series():
    assert read(Due, {"within": "P6M", "from": "a"}).from_ == "a"
    assert read(Due, {"within": "P6M", "from": date(2021, 12, 31)}).from_ == date(2021, 12, 31)
    series = read(Due, {"within": "P6M", "from": {"every": "P1Y", "from": date(2021, 12, 31)}}).from_
    assert isinstance(series, Every)
    assert series.until == "terme"
    rule = read(Due, {"within": "P6M", "from": {"rrule": "FREQ=YEARLY", "from": "a", "until": date(2025, 1, 1)}}).from_
    assert isinstance(rule, Rule)


def test_forms_nest():
    inner = {"latest_of": [{"on": date(2021, 12, 31)}, {"at_least": "P2M", "before": "terme"}]}
    due = read(Due, {"earliest_of": [inner, {"on": date(2022, 12, 31)}]})
    assert [type(choice) for choice in due.earliest_of] == [LatestOf, On]


def test_the_first_or_last_of_one_date_is_refused():
    with pytest.raises(ValidationError, match="at least 2"):
        read(Due, {"earliest_of": [{"on": date(2021, 12, 31)}]})


def test_the_regimes_of_the_model_are_those_of_the_law():
    assert list(REGIME_NAMES) == [regime.name for regime in REGIMES]


@pytest.mark.parametrize("name", ["etat", "f-7c1e20", "a", "2021", "a-b-c"])
def test_an_id_is_lower_case_with_single_hyphens(name):
    assert read(Id, name) == name


@pytest.mark.parametrize("name", ["", "État", "a_b", "-a", "a-", "a--b", "a b", "a/b", "A", "../a", "a\n", "x" * 81])
def test_anything_else_is_no_id(name):
    with pytest.raises(ValidationError):
        read(Id, name)
