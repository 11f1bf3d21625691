"""JSON, CSV and Markdown: the shapes that scripts rely on, as the contract writes them."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

pytestmark = pytest.mark.usefixtures("outside")

CONTRACT = [
    *("id", "convention", "engagement", "title", "clause", "debtors", "creditors", "sites", "kind", "nature", "state"),
    *("waiting_for", "due", "basis", "days_late", "fulfilled_on", "regime", "origin", "performer", "facts"),
]
EXTENSIONS = [
    "capacities",
    "scope",
    "previous_due",
    "moved_by",
    "replaced_by",
    "cure_due",
    "notes",
    "parts",
    "amount",
    "currency",
    "share",
    "convention_name",
    "debtor_names",
    "creditor_names",
    "performer_name",
    "capacity_names",
    "site_names",
]
STATES = {
    "overdue",
    "due-soon",
    "upcoming",
    "open",
    "in-effect",
    "conditional",
    "suspended",
    "fulfilled",
    "fulfilled-late",
    "discharged",
    "breached",
    "expired",
    "exercised",
    "lapsed",
}
DAYS = ["2021-03-17", "2021-09-18", "2021-09-19", "2023-03-18", "2026-11-23"]


def is_iso(value):
    return value is None or (isinstance(value, str) and date.fromisoformat(value).isoformat() == value)


def check(one):
    """What the contract promises of each obligation."""
    assert list(one) == CONTRACT + EXTENSIONS
    for key in ("id", "convention", "engagement", "title"):
        assert isinstance(one[key], str)
        assert one[key]
    for key in (
        "debtors",
        "creditors",
        "sites",
        "facts",
        "capacities",
        "debtor_names",
        "creditor_names",
        "capacity_names",
        "site_names",
    ):
        assert isinstance(one[key], list)
        assert all(isinstance(each, str) for each in one[key])
    for key in ("due", "fulfilled_on", "origin"):
        assert is_iso(one[key])
    for key in ("clause", "nature", "waiting_for", "regime", "performer"):
        assert one[key] is None or (isinstance(one[key], str) and one[key])
    assert one["id"].startswith(f"{one['engagement']}/")
    assert one["kind"] in {"one-off", "continuing", "recurring", "on-request"}
    assert one["nature"] in {"moyens", "resultat", None}
    assert one["state"] in STATES
    assert one["basis"] in {"text", "term", "target", "amendment", None}
    assert (one["basis"] is None) == (one["due"] is None)
    assert one["debtors"]
    assert one["days_late"] is None or (type(one["days_late"]) is int and one["days_late"] > 0)
    assert (one["days_late"] is not None) == (one["state"] in {"overdue", "fulfilled-late"})
    assert one["state"] != "conditional" or one["waiting_for"]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("command", ["deadlines", "overdue"])
def test_obligations_have_the_keys_types_and_dates_of_the_contract(qp, command, day):
    found = qp(command, "--format", "json", "--as-of", day).json
    assert list(found) == ["schema", "as_of", "obligations"]
    assert (found["schema"], found["as_of"]) == ("qp/1", day)
    for one in found["obligations"]:
        check(one)


def test_days_late_counts_the_days_after_the_due_date(qp):
    for one in qp("overdue", "--format", "json").json["obligations"]:
        assert one["days_late"] == (date(2026, 11, 23) - date.fromisoformat(one["due"])).days


def test_ids_are_unique_and_the_same_on_every_day(qp):
    seen = [
        [one["id"] for one in qp("deadlines", "--format", "json", "--as-of", day).json["obligations"]] for day in DAYS
    ]
    assert all(len(set(ids)) == len(ids) for ids in seen)
    assert len({frozenset(ids) for ids in seen}) == 1


@pytest.mark.parametrize("day", DAYS)
def test_status_has_the_keys_of_the_contract_then_its_own(qp, day):
    found = qp("status", "--format", "json", "--as-of", day).json
    assert list(found) == ["schema", "as_of", "conventions"]
    (convention,) = found["conventions"]
    keys = ["id", "title", "territory", "term", "approved", "parties", "states", "overdue", "derived_from_term", "next"]
    assert list(convention) == [*keys, "signature", "amounts"]
    assert list(convention["term"]) == ["start", "end", "basis", "readings", "falls_due", "suspended_since"]
    assert convention["term"]["falls_due"] == (2 if day == "2023-03-18" else None)
    assert convention["signature"] == {"event": "signature", "date": None}
    assert (convention["term"]["start"], convention["term"]["end"]) == ("2021-03-18", "2023-03-18")
    assert convention["term"]["readings"] == [{"regime": "duree", "end": "2023-03-17"}]
    assert convention["approved"] is (day >= "2022-03-10")
    counts = ["overdue", "due_soon", "in_effect", "fulfilled", "conditional", "other", "derived_from_term", "options"]
    for row in convention["parties"]:
        assert list(row) == ["id", "name", *counts]
        assert all(type(row[count]) is int for count in counts)
    assert set(convention["states"]) == STATES | {"overdue-by-term"}
    for part in ("overdue", "derived_from_term", "next"):
        for one in convention[part]:
            check(one)


def test_json_is_the_same_in_every_language_but_for_sentences(qp):
    english = qp("deadlines", "--format", "json", "--lang", "en").out
    assert qp("deadlines", "--format", "json", "--lang", "fr").out == english
    assert qp("status", "--format", "json", "--lang", "fr").out == qp("status", "--format", "json").out


def test_json_keeps_accents_and_ends_with_one_line_end(qp):
    out = qp("status", "--format", "json").out
    assert "Métropole Aix-Marseille-Provence" in out
    assert out.endswith("}\n")
    assert not out.endswith("\n\n")


def test_csv_has_one_line_per_obligation_and_the_contract_for_a_heading(qp):
    answer = qp("deadlines", "--format", "csv")
    heading, *rows = answer.rows
    assert heading == CONTRACT + EXTENSIONS
    assert len(rows) == 28
    assert {len(row) for row in rows} == {len(heading)}
    first = dict(zip(heading, rows[0], strict=True))
    assert first["id"] == "feuille-de-route/metropole"
    assert (first["due"], first["days_late"], first["fulfilled_on"]) == ("2021-09-18", "1892", "")


def test_csv_lines_end_as_rfc_4180_says(qp):
    out = qp("deadlines", "--format", "csv").out
    assert out.count("\r\n") == out.count("\n") == 29


def test_csv_joins_a_list_by_a_space(qp, repository, small):
    one = small()["engagements"][0]
    declared = small(
        parties=[{"id": "ville", "name": "La Ville"}, {"id": "pays", "name": "Le Pays"}],
        engagements=[{**one, "debtors": ["ville", "pays"], "solidary": True}],
    )
    (row,) = qp("deadlines", "--format", "csv", "--data", str(repository(declared))).rows[1:]
    assert row[5] == "ville pays"


def test_the_status_as_csv_has_one_line_per_legal_person(qp):
    rows = qp("status", "--format", "csv").rows
    assert rows[0] == [
        "id",
        "name",
        "overdue",
        "due_soon",
        "in_effect",
        "fulfilled",
        "conditional",
        "other",
        "derived_from_term",
        "options",
    ]
    assert rows[1] == ["metropole", "Métropole AMP", "1", "0", "0", "0", "0", "6", "1", "0"]
    assert len(rows) == 7


def markdown_cells(line):
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


@pytest.mark.parametrize("command", ["deadlines", "overdue", "status", "parties", "sites"])
def test_markdown_is_a_table_of_even_rows(qp, command):
    lines = qp(command, "--format", "md").lines
    assert len(lines) > 2
    assert re.fullmatch(r"\|( --- \|)+", lines[1])
    assert len({len(markdown_cells(line)) for line in lines}) == 1


TITLES = {
    "formula": '=HYPERLINK("http://example.org","cliquer")',
    "plus": "+33 4 91 00 00 00",
    "minus": "-1+1",
    "at": "@SUM(A1:A9)",
    "wide": "＝1+1",
    "quotes": 'dit "le Charel", commune',
    "pipes": "a | b || c",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "link": "[cliquer](javascript:alert(1)) ![x](http://example.org/x.png)",
    "markup": "[red]rouge[/red] [link=http://example.org]ici[/link] :smile:",
    "braces": "{title} {0} {title.__class__} %s %(x)s {{}}",
    "backslash": "C:\\dossier\\[x\\]",
    "workflow": "::error file=x::y",
}


@pytest.fixture
def titled(qp, repository, small):
    """The obligations of a repository whose titles are the ones above, in a format."""
    one = small()["engagements"][0]
    declared = small(engagements=[{**one, "id": key, "title": title} for key, title in TITLES.items()])
    folder = str(repository(declared))
    return lambda *arguments: qp("deadlines", "--data", folder, *arguments)


def test_titles_come_through_json_unchanged(titled):
    found = {one["engagement"]: one["title"] for one in titled("--format", "json").json["obligations"]}
    assert found == TITLES


def test_a_spreadsheet_that_opens_the_csv_runs_nothing(titled):
    answer = titled("--format", "csv")
    heading, *rows = answer.rows
    found = {row[heading.index("engagement")]: row[heading.index("title")] for row in rows}
    for name in ("formula", "plus", "minus", "at", "wide"):
        assert found[name] == f"'{TITLES[name]}"
    for name in set(TITLES) - {"formula", "plus", "minus", "at", "wide"}:
        assert found[name] == TITLES[name]
    assert '"dit ""le Charel"", commune"' in answer.out


def test_markdown_shows_titles_as_text(titled):
    lines = titled("--format", "md").lines
    assert len(lines) == len(TITLES) + 2
    assert {len(markdown_cells(line)) for line in lines} == {6}
    text = "\n".join(lines)
    for active in ("<script>", "[cliquer](", "![x]", "a | b"):
        assert active not in text
    assert r"\<script\>" in text
    assert r"a \| b \|\| c" in text


def test_the_screen_shows_titles_as_they_are(titled):
    answer = titled()
    for title in TITLES.values():
        assert title in answer.out
    assert "\x1b" not in answer.out


def test_a_fulfilled_obligation_keeps_its_facts_in_every_format(qp, repository, small):
    fact = {"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-30"}
    folder = str(repository(small(), journal=[fact]))
    (one,) = json.loads(qp("deadlines", "--data", folder, "--format", "json").out)["obligations"]
    check(one)
    assert (one["state"], one["fulfilled_on"], one["facts"]) == ("fulfilled", "2026-09-30", ["f-1"])
