"""`qp overdue`: what is overdue, grouped by party, with the days after the date."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("outside")


def test_the_overdue_obligation_stands_under_its_party_with_the_days_after_its_date(qp):
    answer = qp("overdue")
    assert "Métropole AMP: deadline passed, no fulfilment recorded" in answer.lines
    (line,) = [line for line in answer.lines if "feuille-de-route" in line]
    assert "Sat 18 Sep 2021" in line
    assert "1,892 days" in line


def test_dates_derived_from_the_term_come_after_and_apart(qp):
    answer = qp("overdue")
    apart = answer.out.index("Date derived from the term, not written in the text (counted apart)")
    assert answer.out.index("feuille-de-route") < apart < answer.out.index("etat-referent")


def test_nothing_is_overdue_on_the_last_day(qp):
    answer = qp("overdue", "--as-of", "2021-09-18")
    assert "Nothing is overdue by a date of the text." in answer.lines
    assert qp("overdue", "--as-of", "2021-09-18", "--format", "json").json["obligations"] == []


def test_it_holds_the_overdue_obligations_alone(qp):
    found = qp("overdue", "--format", "json").json["obligations"]
    assert [(one["id"], one["days_late"], one["basis"]) for one in found] == [
        ("feuille-de-route/metropole", 1892, "text"),
        ("coordonnateur-designation/metropole", 1346, "term"),
        ("etat-referent/etat", 1346, "term"),
    ]


def test_it_can_be_asked_of_one_party(qp):
    found = qp("overdue", "--party", "État", "--format", "json").json["obligations"]
    assert [one["id"] for one in found] == ["etat-referent/etat"]


def test_a_fulfilment_recorded_in_time_or_not_ends_it(qp, repository, small):
    fact = {"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "by": "ville", "on": "2026-11-01"}
    folder = str(repository(small(), journal=[fact]))
    assert qp("overdue", "--data", folder, "--format", "json").json["obligations"] == []
    (one,) = qp("deadlines", "--data", folder, "--format", "json").json["obligations"]
    assert (one["state"], one["days_late"], one["fulfilled_on"]) == ("fulfilled-late", 31, "2026-11-01")
    assert one["facts"] == ["f-1"]


@pytest.mark.parametrize("more", [(), ("--group-by", "party")], ids=str)
def test_rows_by_a_date_of_the_term_are_told_apart_in_every_format(qp, more):
    heading, *rows = qp("overdue", "--format", "csv", *more).rows
    assert [row[heading.index("basis")] for row in rows] == ["text", "term", "term"]
    lines = [line for line in qp("overdue", "--format", "md", *more).lines if "| Sat " in line]
    words = {line.split(" | ")[3]: line.split(" | ")[1] for line in lines}
    assert words == {
        "feuille-de-route": "overdue, 1,892 days; earlier than the approval (10 Mar 2022)",
        "coordonnateur-designation": "overdue by the term, 1,346 days",
        "etat-referent": "overdue by the term, 1,346 days",
    }
