"""`qp diff`: what changed between two days or two revisions, and what changed it."""

from __future__ import annotations

import os

import pytest

from tests.cli.test_known_at import DONE, Clone
from tests.conftest import ROOT, small_convention

WITH_GIT = {"PATH": os.environ["PATH"]}
AVENANT = {
    "id": "a-1",
    "kind": "amended",
    "title": "Avenant n° 1",
    "on": "2026-09-10",
    "changes": [
        {"change": "due", "target": "bilan", "due": {"on": "2026-12-31"}},
        {"change": "due", "target": "terme", "due": {"on": "2027-12-31"}},
    ],
}
WITH_TERM = {"term": {"due": {"on": "2026-12-31"}}}


@pytest.fixture
def ask(qp, repository):
    folder = repository(small_convention(**WITH_TERM), journal=[DONE, AVENANT])

    def run(*arguments, **more):
        return qp("--data", str(folder), "diff", *arguments, **more)

    return run


def told(answer):
    assert answer.code == 0
    return {
        one["id"]: (
            (one["state_before"], one["state_after"]),
            (one["due_before"], one["due_after"]),
            [cause["fact"] or cause["kind"] for cause in one["causes"]],
        )
        for one in answer.json["changes"]
    }


def test_a_fact_an_avenant_and_time(ask):
    found = ask("2026-08-31", "2026-09-05", "--format", "json")
    assert told(found) == {"bilan/ville": (("upcoming", "due-soon"), ("2026-10-01", "2026-10-01"), ["time"])}
    assert (found.json["term"], found.json["facts"], found.err) == (None, [], "")
    found = ask("2026-09-05", "2026-09-15", "--format", "json")
    assert told(found) == {"bilan/ville": (("due-soon", "upcoming"), ("2026-10-01", "2026-12-31"), ["a-1"])}
    assert found.json["term"]["due_after"] == "2027-12-31"
    assert told(ask("2026-09-15", "2026-09-25", "--format", "json"))["bilan/ville"][2] == ["f-1"]


def test_the_words(ask):
    assert ask("2026-09-05", "15/09/2026").out == (
        "Convention d'essai\n"
        "From: the files as they are, on Saturday 5 September 2026\n"
        "To: the files as they are, on Tuesday 15 September 2026\n"
        "\n"
        "Term of the convention\n"
        "  31 Dec 2026 → 31 Dec 2027\n"
        "  by [a-1]: avenant “Avenant n° 1”, 10 September 2026\n"
        "\n"
        "Remettre le bilan (bilan)  La Ville\n"
        "  due soon → upcoming\n"
        "  deadline: 1 Oct 2026 → 31 Dec 2026\n"
        "  by [a-1]: avenant “Avenant n° 1”, 10 September 2026\n"
        "\n"
        "2 changes.\n"
    )


def test_back_in_time(ask):
    found = ask("2026-09-25", "2026-09-15", "--format", "json")
    assert told(found)["bilan/ville"][0] == ("fulfilled", "upcoming")
    (cause,) = found.json["changes"][0]["causes"]
    assert (cause["fact"], cause["gone"]) == ("f-1", True)
    assert "without [f-1]: performance recorded, 20 September 2026" in ask("2026-09-25", "2026-09-15").out


def test_from_a_day_to_the_day_looked_at(ask):
    assert told(ask("2026-09-15", "--as-of", "2026-09-25", "--format", "json"))["bilan/ville"][2] == ["f-1"]
    assert ask("2026-09-15", "--format", "json").json["to"] == {
        "as_of": "2026-11-23",
        "commit": None,
        "committed_on": None,
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_changed(ask, language):
    answer = ask("2026-09-25", "2026-09-26", "--lang", language)
    assert (answer.code, answer.err, len(answer.lines)) == (0, "", 5)
    assert told(ask("2026-09-25", "2026-09-26", "--format", "json")) == {}


def test_facts_that_changed_nothing_are_told_too(qp, repository):
    notified = {"id": "n-1", "kind": "notified", "engagement": "bilan", "on": "2026-10-10"}
    folder = repository(journal=[notified])
    out = qp("--data", str(folder), "diff", "2026-10-09", "2026-10-11").out
    assert "No state and no deadline changed." in out
    assert "Facts that changed no state and no deadline\n  by [n-1]: formal notice" in out


def test_a_cure_period_is_a_deadline(qp, repository):
    notified = {"id": "n-1", "kind": "notified", "engagement": "bilan", "on": "2026-10-10", "cure": "P15D"}
    folder = repository(journal=[notified])
    assert "cure period until: – → 25 Oct 2026" in qp("--data", str(folder), "diff", "2026-10-09", "2026-10-11").out
    (change,) = qp("--data", str(folder), "diff", "2026-10-09", "2026-10-11", "--format", "json").json["changes"]
    assert (change["cure_before"], change["cure_after"]) == (None, "2026-10-25")


def test_a_sheet_and_a_page(ask):
    heading, term, row = ask("2026-09-05", "2026-09-15", "--format", "csv").rows
    assert dict(zip(heading, term, strict=True))["due_after"] == "2027-12-31"
    assert dict(zip(heading, row, strict=True))["causes"] == "amendment:a-1"
    lines = ask("2026-09-05", "2026-09-15", "--format", "md").lines
    assert lines[0] == "| Engagement | Debtor | State | Deadline | Cause |"
    assert lines[3].startswith("| bilan | La Ville | due soon → upcoming | 1 Oct 2026 → 31 Dec 2026 |")


def test_what_changed_alike_is_told_together(qp, shipped):
    out = qp("--data", str(shipped), "diff", "2021-03-01", "2021-03-20").out
    assert out.count("upcoming → running") == 1


@pytest.fixture
def clone(tmp_path):
    """The convention; a fulfilment written down late; another date in the convention."""
    made = Clone(tmp_path)
    made.write("convention.yaml", small_convention())
    made.commit("2026-09-01T12:00:00+0200")
    made.git("tag", "v1")
    made.write("journal.yaml", {"facts": [DONE]})
    made.commit("2026-10-05T23:30:00+0200")
    made.git("tag", "v2")
    moved = small_convention()
    moved["engagements"][0]["due"]["on"] = "2026-09-10"
    made.write("convention.yaml", moved)
    made.commit("2026-10-09T09:00:00+0200")
    made.git("tag", "v3")
    return made


@pytest.fixture
def compare(qp, clone):
    def run(*arguments, **more):
        return qp("--data", str(clone.folder), "diff", *arguments, environ=WITH_GIT, **more)

    return run


def test_between_revisions_a_fact_written_down_or_an_edit(compare):
    dues = ("2026-10-01", "2026-10-01")
    assert told(compare("v1", "v2", "--format", "json")) == {"bilan/ville": (("overdue", "fulfilled"), dues, ["f-1"])}
    found = compare("v2", "v3", "--format", "json")
    dues = ("2026-10-01", "2026-09-10")
    assert told(found) == {"bilan/ville": (("fulfilled", "fulfilled-late"), dues, ["edit"])}
    assert found.json["changes"][0]["causes"][0]["edited"] == ["bilan"]
    assert set(told(compare("v1", "v3", "--format", "json"))["bilan/ville"][2]) == {"f-1", "edit"}


def test_a_revision_removed_a_fact(compare):
    found = compare("v2", "v1", "--format", "json")
    assert found.json["changes"][0]["causes"][0]["gone"] is True


def test_from_a_revision_to_the_files_as_they_are(compare, clone):
    assert told(compare("v3", "--format", "json")) == {}
    clone.write("journal.yaml", {"facts": []})
    assert told(compare("v3", "--format", "json"))["bilan/ville"][0] == ("fulfilled-late", "overdue")


@pytest.mark.parametrize(
    ("arguments", "is_said"),
    [
        (["HEAD"], False),
        (["HEAD", "2026-10-01"], False),
        (["2026-10-01", "HEAD"], False),
        (["HEAD~1", "HEAD"], True),
        (["2026-10-01", "2026-10-20", "--known-at", "HEAD"], True),
    ],
)
def test_changes_without_a_commit_are_left_out_where_no_side_is_the_files_as_they_are(
    compare, clone, arguments, is_said
):
    clone.write("journal.yaml", {"facts": []})
    answer = compare(*arguments)
    assert ("Changes that are not committed are left out." in answer.err) is is_said
    assert answer.code == 0


def test_revisions_seen_on_another_day(compare):
    assert told(compare("v1", "v2", "--as-of", "2026-09-19", "--format", "json")) == {}
    ends = compare("v1", "v2", "--as-of", "2026-09-19", "--format", "json").json
    assert (ends["from"]["as_of"], ends["from"]["committed_on"]) == ("2026-09-19", "2026-09-01")


def test_the_edit_in_words(compare):
    answer = compare("v2", "v3")
    assert "  by an edit of the convention: bilan\n" in answer.out
    assert ", seen on Monday 23 November 2026\n" in answer.out


def test_a_day_and_a_revision(compare):
    found = compare("2026-09-05", "v2", "--format", "json")
    assert [end["commit"] is None for end in (found.json["from"], found.json["to"])] == [True, False]


def test_two_days_as_they_were_known(compare):
    asked = ["2026-09-15", "2026-10-02", "--format", "json"]
    assert told(compare(*asked, "--known-at", "2026-10-04"))["bilan/ville"][0] == ("due-soon", "overdue")
    assert told(compare(*asked, "--known-at", "v2"))["bilan/ville"][0] == ("due-soon", "fulfilled")
    answer = compare("v1", "--known-at", "v2")
    assert (answer.code, answer.out) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["nowhere"], 2),
        (["v1", "nowhere"], 2),
        (["2026-02-30"], 2),
        (["v1", "v2", "v3"], 2),
        (["--", "-x"], 2),
        (["v1", "--format", "xml"], 2),
    ],
)
def test_what_cannot_be_compared_is_one_line(compare, arguments, code):
    answer = compare(*arguments)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.splitlines()[-1].startswith("qp: ")
    assert sum(line.startswith("qp: ") for line in answer.err.splitlines()) == 1


@pytest.mark.usefixtures("outside")
def test_days_of_the_convention_that_comes_with_qp(qp):
    assert qp("diff", "2021-09-18", "2021-09-19", "--format", "json").json["changes"][0]["state_after"] == "overdue"
    assert qp("diff", "HEAD", environ=WITH_GIT).code == 3


def test_what_the_term_alone_made_late_is_said_in_its_own_words(qp):
    words = ("diff", "2023-03-18", "2023-03-20", "--data", str(ROOT), "--lang")
    for language, said in (
        ("en", "due soon by the term → overdue by the term"),
        ("fr", "terme proche → terme dépassé"),
    ):
        assert said in qp(*words, language).out
    changes = qp(*words, "en", "--format", "json").json["changes"]
    assert {one["state_after"] for one in changes if one["engagement"] == "etat-referent"} == {"overdue"}
