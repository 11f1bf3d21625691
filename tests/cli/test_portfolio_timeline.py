"""`qp timeline` over several conventions: one axis, a line each; what a line sums up is in the records in full."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.test_known_at import WITH_GIT, Clone
from tests.conftest import ROOT, small_convention, written

NEIGHBOUR = ROOT / "tests" / "conventions" / "neighbour"
AMP, VALMONT = "quartiers-productifs-amp", "bourgs-vivants-valmont"
PARTIES = "format: qp/1\nparties:\n  - {id: anru, name: ANRU, aliases: [agence]}\n"
PLAIN = {"NO_COLOR": "1"}


def without_options(text):
    """A text whose commands to type have not what was typed to get there."""
    return re.sub(r"(qp \w+)(?: --|.*\\\n).*", r"\1", text)


def engagement(name, day, **more):
    return {"id": name, "title": name, "debtors": ["ville"], "kind": "one-off", "due": {"on": day}, **more}


@pytest.fixture
def several(tmp_path, monkeypatch):
    """A folder with the shipped convention and the tests' second one, and a broken third one where it is asked for."""

    def make(*, broken=False, parties=""):
        top = tmp_path / "territoires"
        (top / "sud").mkdir(parents=True)
        shutil.copytree(ROOT / "data", top / "sud" / "amp" / "data")
        shutil.copytree(NEIGHBOUR, top / "valmont")
        if broken:
            (top / "casse").mkdir()
            (top / "casse" / "convention.yaml").write_text("format: qp/1\nid: casse\ntitre: Cassée\n", "utf-8")
        if parties:
            (top / "parties.yaml").write_text(parties, "utf-8")
        monkeypatch.chdir(tmp_path)
        return top

    return make


@pytest.fixture
def small_ones(tmp_path, monkeypatch):
    """A folder of small conventions, each with its engagements, events and facts."""

    def make(conventions):
        for name, more in conventions.items():
            (tmp_path / "petites" / name).mkdir(parents=True)
            facts = more.pop("facts", ())
            declared = small_convention(id=name, territory=f"Ville de {name}", **more)
            (tmp_path / "petites" / name / "convention.yaml").write_text(written(declared), "utf-8")
            journal = written({"format": "qp/1", "facts": list(facts)}) if facts else "format: qp/1\n"
            (tmp_path / "petites" / name / "journal.yaml").write_text(journal, "utf-8")
        monkeypatch.chdir(tmp_path)
        return "petites"

    return make


def chart(lines, label):
    """The row of a convention, between its name and its count."""
    (found,) = [line for line in lines if line.startswith(f"{label} ")]
    return re.sub(r"  +(\d+|–)$", "", found.removeprefix(label)).strip()


# The chart


@pytest.mark.parametrize("grouping", ["party", "clause", "site"])
def test_each_group_has_a_line_with_the_deadlines_and_the_count_of_its_obligations(qp, several, grouping):
    several()
    asked = ("--data", "territoires", "--group-by", grouping, "--as-of", "2022-09-01", "--lang", "en")
    answer = qp("timeline", *asked, terminal=True, environ={**PLAIN, "COLUMNS": "200"})
    lines = qp("status", *asked, "--format", "csv").rows[1:]
    start = next(number for number, line in enumerate(answer.lines) if " Overdue" in line)
    place = answer.lines[start].index("Overdue")
    numbers = [line[place:].split() for line in answer.lines[start + 1 : answer.lines.index("", start)]]
    found = [int(each[0]) for each in numbers if each and each[0].isdigit()]
    late = [int(line[3]) for line in lines if int(line[3])]
    assert late
    assert found == late


def test_a_party_that_conventions_share_has_one_line_with_all_its_days(qp, small_ones):
    owed = [
        {"id": "bilan", "title": "Bilan", "debtors": ["ville"], "kind": "one-off", "due": {"on": day}}
        for day in ("2026-03-31", "2026-09-30")
    ]
    folder = small_ones({"nord": {"engagements": owed[:1]}, "sud": {"engagements": owed[1:]}})
    (Path(folder) / "parties.yaml").write_text("format: qp/1\nparties:\n  - {id: ville, name: La Ville}\n", "utf-8")
    lines = qp("timeline", "--data", folder, "--group-by", "party", terminal=True, environ=PLAIN).lines
    (line,) = [line for line in lines if line.startswith("La Ville ")]
    assert line.count("!") == 2
    assert line.endswith(" 2")


def test_each_convention_has_a_line_on_a_common_axis_with_its_term_and_how_many_are_overdue(qp, several):
    several()
    lines = qp("timeline", "--data", "territoires", terminal=True, environ=PLAIN).lines
    assert lines[:2] == ["2 conventions", "On Monday 23 November 2026"]
    assert lines[5].endswith("Overdue")
    assert "═" in chart(lines, "Aix-Marseille-Provence")
    assert re.search(r"│ +1$", next(line for line in lines if line.startswith("Aix-Marseille-Provence ")))
    assert re.search(r"│ +37$", next(line for line in lines if line.startswith("Valmont-sur-Isle (commune ")))


def test_the_numbers_of_overdue_are_those_of_status(qp, several):
    several()
    sheet = qp("status", "--data", "territoires", "--format", "csv").rows[1:]
    lines = qp("timeline", "--data", "territoires", terminal=True, environ=PLAIN).lines
    found = [re.search(r"(\d+)$", line)[1] for line in lines[6:9] if "│" in line]
    assert found == [row[3] for row in sheet]


def test_what_is_overdue_comes_first_in_words_soonest_first_each_with_its_convention(qp, small_ones):
    folder = small_ones(
        {
            "a": {"engagements": [engagement("plan", "2026-10-01")]},
            "b": {"engagements": [engagement("bilan", "2026-09-01"), engagement("suite", "2026-12-01")]},
        }
    )
    lines = qp("timeline", "--data", folder, terminal=True, environ=PLAIN).lines
    place = lines.index("Deadline passed, no fulfilment recorded")
    assert lines[place + 1 : place + 3] == [
        "  Tue  1 Sep 2026  bilan  La Ville, overdue, 83 days  Ville de b  bilan",
        "  Thu  1 Oct 2026  plan  La Ville, overdue, 53 days  Ville de a  plan",
    ]
    assert place < lines.index("Signs")


def test_deadlines_and_facts_are_marks_with_the_signs_of_one_convention(qp, small_ones):
    done = {"id": "f-1", "kind": "fulfilled", "engagement": "plan", "on": "2026-05-01"}
    owed = [engagement("plan", "2026-08-01"), engagement("suite", "2027-02-01")]
    folder = small_ones({"a": {"engagements": owed, "facts": [done]}, "b": {"engagements": owed}})
    lines = qp("timeline", "--data", folder, terminal=True, environ=PLAIN).lines
    assert re.fullmatch(r"·? *✓[ ·]+○[ ·]+│[ ·]+◇[ ·]*", chart(lines, "Ville de a"))
    assert re.fullmatch(r"[ ·]*![ ·]+│[ ·]+◇[ ·]*", chart(lines, "Ville de b"))


def test_marks_of_one_column_are_counted_but_an_overdue_one_is_never_behind_a_number(qp, small_ones):
    late = [engagement(f"e{number}", "2026-10-01") for number in range(3)]
    ahead = [engagement(f"e{number}", "2027-10-01") for number in range(3)]
    folder = small_ones({"a": {"engagements": late}, "b": {"engagements": ahead}})
    lines = qp("timeline", "--data", folder, terminal=True, environ=PLAIN).lines
    assert chart(lines, "Ville de a").count("!") == 1
    assert re.search(r"\b3$", chart(lines, "Ville de b"))
    assert any("2-9\u00a0*\u00a0so\u00a0many\u00a0in\u00a0one\u00a0column" in line for line in lines)


def test_a_fact_about_obligations_that_went_different_ways_is_one_mark(qp, small_ones):
    owed = [engagement("plan", "2027-10-01", debtors=["ville", "etat"])]
    parties = [{"id": "ville", "name": "La Ville"}, {"id": "etat", "name": "L'État"}]
    facts = [{"id": "f-1", "kind": "suspended", "engagement": "plan", "on": "2026-03-01"}]
    facts.append({"id": "f-2", "kind": "fulfilled", "engagement": "plan", "by": "ville", "on": "2026-09-01"})
    folder = small_ones({"a": {"parties": parties, "engagements": owed, "facts": facts}, "b": {}})
    record = qp("timeline", "--data", folder, "--format", "json").json["conventions"][0]
    assert sum(mark["fact"] == "f-1" for lane in record["lanes"] for mark in lane["marks"]) == 2
    assert "{" in chart(qp("timeline", "--data", folder, terminal=True, environ=PLAIN).lines, "Ville de a")


def test_no_more_than_two_hundred_lines_are_drawn_and_the_others_counted(qp, small_ones):
    folder = small_ones({f"c{number:03}": {} for number in range(203)})
    lines = qp("timeline", "--data", folder, terminal=True, environ=PLAIN).lines
    assert sum(bool(re.match(r"Ville de c\d{3} ", line)) and "│" in line for line in lines) == 200
    said = "\n".join(lines).replace(" \\\n", "")
    assert "\n… and 3 more rows: qp timeline --format csv" in said
    assert "\n  … and 183 more rows: qp timeline --format csv" in said


def test_what_has_no_deadline_is_said_by_convention(qp, small_ones):
    asked = [{"id": "avis", "title": "Avis", "debtors": ["ville"], "kind": "on-request"}]
    folder = small_ones({"a": {"engagements": asked}, "b": {}})
    lines = qp("timeline", "--data", folder, terminal=True, environ=PLAIN).lines
    assert lines[lines.index("No deadline") + 1] == "  Ville de a: 1 conditional"


def test_an_event_before_the_axis_is_still_said(qp, several):
    several()
    lines = qp("timeline", "--data", "territoires", terminal=True, environ=PLAIN).lines
    assert lines[lines.index("Outside the axis") + 1].startswith("  17 Jul 2020  Le Conseil de la Métropole")


def test_cancelled_facts_are_counted_together(qp, small_ones):
    facts = [{"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-22"}]
    facts.append({"id": "f-2", "kind": "voided", "fact": "f-1", "on": "2026-09-23"})
    folder = small_ones({"a": {"facts": facts}, "b": {"facts": facts}})
    lines = qp("timeline", "--data", folder, terminal=True, environ=PLAIN).lines
    said = " ".join(lines)
    assert "2 cancelled facts are not drawn. To see them: qp log --data " in said.replace(" \\  ", "")


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("width", [40, 60, 80, 110, 150, 240])
def test_no_line_is_wider_than_the_screen(qp, several, monkeypatch, width, code):
    several()
    monkeypatch.setenv("COLUMNS", str(width))
    lines = qp("timeline", "--data", "territoires", "--lang", code, terminal=True, environ=PLAIN).lines
    assert max(map(cell_len, lines)) <= width


def test_a_wide_screen_says_what_comes_next(qp, small_ones, monkeypatch):
    folder = small_ones({"a": {"engagements": [engagement("suite", "2026-12-01")]}, "b": {}})
    monkeypatch.setenv("COLUMNS", "120")
    lines = qp("timeline", "--data", folder, terminal=True, environ=PLAIN).lines
    assert re.search(r"Overdue +Next deadline$", lines[5])
    assert next(line for line in lines if line.startswith("Ville de a ")).endswith("–       Tue 1 Dec 2026")


def test_colour_adds_nothing_to_what_is_written(qp, several):
    several()
    plain = qp("timeline", "--data", "territoires", terminal=True, environ=PLAIN).out
    coloured = qp("timeline", "--data", "territoires", terminal=True, environ={"FORCE_COLOR": "1"}).out
    assert "\x1b[" in coloured
    written_alike = [line.rstrip() for line in re.sub("\x1b\\[[0-9;]*m", "", coloured).splitlines()]
    assert written_alike == plain.splitlines()


def test_a_convention_that_binds_nobody_to_anything_has_an_empty_row(qp, small_ones):
    folder = small_ones({"a": {"engagements": []}, "b": {"engagements": []}})
    lines = qp("timeline", "--data", folder, terminal=True, environ=PLAIN).lines
    assert lines[:2] == ["2 conventions", "On Monday 23 November 2026"]
    for label in ("Ville de a", "Ville de b"):
        assert re.fullmatch(r"[ ·]*│[ ·]*", chart(lines, label))
    assert qp("timeline", "--data", folder, "--party", "ville").out == "No obligation matches.\n"


# Choosing


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_one_convention_chosen_answers_as_it_does_alone(qp, several, form):
    several()
    alone = qp("timeline", "--data", "territoires/valmont", "--format", form)
    assert alone.code == 0
    named = qp("timeline", "--data", "territoires", "--convention", VALMONT, "--format", form)
    assert qp("--convention", VALMONT, "timeline", "--data", "territoires", "--format", form) == named
    assert without_options(named.out) == without_options(alone.out)
    assert (form == "table") is (f"--convention {VALMONT}" in " ".join(named.lines))


@pytest.mark.parametrize("name", ["anru", "agence"])
def test_a_party_keeps_the_conventions_that_concern_it(qp, several, name):
    several(parties=PARTIES)
    record = qp("timeline", "--data", "territoires", "--party", name, "--format", "json").json
    assert [each["convention"] for each in record["conventions"]] == [AMP]
    alone = qp("timeline", "--data", "territoires/sud", "--party", "anru", "--format", "json").json
    assert record["conventions"] == [alone]


def test_states_and_sites_choose_as_in_one(qp, several):
    several()
    choice = ("--state", "overdue", "--site", "aix-encagnane", "--format", "json")
    record = qp("timeline", "--data", "territoires", *choice).json
    assert record["conventions"] == [qp("timeline", "--data", "territoires/sud", *choice).json]


def test_nothing_that_matches_is_said_and_an_unknown_name_is_refused(qp, several):
    several()
    assert qp("timeline", "--data", "territoires", "--state", "breached").out == "No obligation matches.\n"
    refused = qp("timeline", "--data", "territoires", "--party", "personne")
    assert (refused.code, refused.out) == (2, "")
    assert "No party, group or role is called “personne”." in refused.err


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_a_broken_one_is_reported_and_does_not_hide_the_others(qp, several, form):
    several(broken=True)
    answer = qp("timeline", "--data", "territoires", "--format", form)
    assert answer.code == 1
    assert "territoires/casse/convention.yaml:3:1: QP101" in answer.err
    whole = qp("timeline", "--data", "territoires/sud", "--data", "territoires/valmont", "--format", form)
    assert whole.code == 0
    if form == "json":
        assert answer.json == {**whole.json, "left_out": [{"path": "casse", "reason": "errors"}]}
    elif form == "csv":
        heading, *rows = whole.rows
        last = ["casse", *[""] * (len(heading) - 1), "errors"]
        assert answer.rows == [[*heading, "left_out"], *([*row, ""] for row in rows), last]
    else:
        lacks = "1 convention could not be read or counted, and is left out: casse\n" if form == "table" else ""
        assert lacks in answer.out
        assert without_options(whole.out) == without_options(answer.out.replace(lacks, ""))


# Formats


def test_json_holds_the_object_of_each_convention(qp, several):
    several()
    answer = qp("timeline", "--data", "territoires", "--format", "json")
    alone = [qp("timeline", "--data", f"territoires/{name}", "--format", "json").json for name in ("sud", "valmont")]
    assert answer.json == {"schema": "qp/1", "as_of": "2026-11-23", "conventions": alone}
    assert answer.out == json.dumps(answer.json, ensure_ascii=False, indent=2) + "\n"
    nothing = qp("timeline", "--data", "territoires", "--state", "breached", "--format", "json").json
    assert nothing == {"schema": "qp/1", "as_of": "2026-11-23", "conventions": []}


def test_csv_has_the_lines_of_each_after_its_id(qp, several):
    several()
    heading, *rows = qp("timeline", "--data", "territoires", "--format", "csv").rows
    expected = []
    for name, own in (("sud", AMP), ("valmont", VALMONT)):
        first, *lines = qp("timeline", "--data", f"territoires/{name}", "--format", "csv").rows
        assert heading == ["convention", *first]
        expected += [[own, *line] for line in lines]
    assert rows == expected


def test_markdown_has_the_rows_of_each_after_its_name(qp, several):
    several()
    lines = qp("timeline", "--data", "territoires", "--format", "md", "--lang", "fr").lines
    assert lines[0].startswith("| Convention | Jour | Engagement | Débiteur |")
    alone = qp("timeline", "--data", "territoires/sud", "--format", "md", "--lang", "fr").lines[2:]
    rows = [line for line in alone if line.startswith("| ")]
    assert lines[2 : 2 + len(rows)] == [f"| Aix-Marseille-Provence {line}" for line in rows]
    assert r"\* échéance déduite du terme, non écrite dans le texte" in alone[len(rows) :]
    assert lines.count(r"\* échéance déduite du terme, non écrite dans le texte") == 1


def test_known_at_stands_for_all_of_them(qp, tmp_path):
    made = Clone(tmp_path)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "convention.yaml").write_text(written(small_convention(id=name)), "utf-8")
    made.commit("2026-09-01T12:00:00+0200")
    moved = small_convention(id="b", engagements=[engagement("autre", "2026-12-01")])
    (tmp_path / "b" / "convention.yaml").write_text(written(moved), "utf-8")
    made.commit("2026-10-09T09:00:00+0200")

    def lanes(*arguments):
        record = qp("--data", str(tmp_path), *arguments, "--format", "json", environ=WITH_GIT).json
        return [lane["id"] for each in record["conventions"] for lane in each["lanes"]]

    assert lanes("timeline") == ["bilan", "autre"]
    assert lanes("timeline", "--known-at", "2026-10-01") == ["bilan", "bilan"]
    assert lanes("--known-at", "2026-10-01", "timeline") == ["bilan", "bilan"]
