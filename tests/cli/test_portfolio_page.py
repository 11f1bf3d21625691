"""`qp report` over several conventions: one page whose counts are those of `status`, whatever is left out of it."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.cli.test_known_at import WITH_GIT, Clone
from tests.conftest import ROOT, small_convention, written
from tests.render.dom import parse

NEIGHBOUR = ROOT / "tests" / "conventions" / "neighbour"
COLUMNS = ("overdue", "due_soon", "in_effect", "fulfilled", "conditional", "other")
AMP, VALMONT = "quartiers-productifs-amp", "bourgs-vivants-valmont"
PARTIES = """\
format: qp/1
parties:
  - {id: anru, name: Agence nationale pour la rénovation urbaine, short: ANRU, aliases: [agence]}
  - {id: etat, name: L'État, short: État}
"""
SECTIONS = {"overdue": "overdue", "derived": "derived_from_term", "upcoming": "next"}


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


def counted(row):
    """The counts that a row carries, and shows."""
    cells = row.all("td", data_count=None)
    shown = [0 if cell.text == "·" else int(re.sub(r"\D", "", cell.text)) for cell in cells]
    assert shown == [int(cell.attrs["data-count"]) for cell in cells]
    return dict(zip((cell.attrs["data-column"] for cell in cells), shown, strict=True))


def added(records):
    """The counts of several records together."""
    return {column: sum(record[column] for record in records) for column in COLUMNS}


@pytest.mark.parametrize("grouping", ["convention", "party", "clause", "site"])
def test_its_groups_are_counted_as_status_counts_them(qp, several, grouping):
    several(parties=PARTIES)
    asked = ("--data", "territoires", "--as-of", "2022-09-01", "--group-by", grouping)
    page = parse(qp("report", *asked).out)
    rows = page.one(id="groups").all("tr", data_group=None)
    lines = qp("status", *asked, "--format", "csv").rows[1:]
    assert [row.attrs["data-group"] for row in rows] == [line[0] for line in lines]
    assert [list(counted(row).values()) for row in rows] == [list(map(int, line[3:9])) for line in lines]
    assert "groups" not in qp("report", *asked[:4]).out.partition("<main")[2]


@pytest.mark.parametrize("day", ["2021-10-01", "2022-09-01", "2022-12-31", "2026-11-23"])
def test_its_counts_and_its_lists_are_those_of_status_over_the_same_folder(qp, several, day):
    several(parties=PARTIES)
    status = qp("status", "--data", "territoires", "--as-of", day, "--format", "json").json
    sheet = qp("status", "--data", "territoires", "--as-of", day, "--format", "csv").rows
    answer = qp("report", "--data", "territoires", "--as-of", day)
    assert (answer.code, answer.err) == (0, "")
    page = parse(answer.out)
    rows = page.one(id="conventions").all("tr", data_convention=None)
    lines = dict(zip((each["id"] for each in status["conventions"]), sheet[1:], strict=True))
    assert {row.attrs["data-convention"] for row in rows} == set(lines)
    for row in rows:
        line = lines[row.attrs["data-convention"]]
        assert list(counted(row).values()) == list(map(int, line[3:9]))
        assert [each.attrs["datetime"] for each in row.all("td")[-1].all("time")] == [line[10]] * bool(line[10])
    late = [counted(row)["overdue"] for row in rows]
    assert late == sorted(late, reverse=True)
    folded = [row for fold in page.one(id="conventions").all("details") for row in fold.all("tr", data_convention=None)]
    assert folded == [row for row in rows if not counted(row)["overdue"]]
    assert counted(page.one(id="conventions").one("tfoot").one("tr")) == added([status["total"]])
    assert status["total"]["options"] == 0  # so that the page has no column for them
    people = {row.attrs["data-party"]: counted(row) for row in page.one(id="parties").all("tr", data_party=None)}
    assert people == {each["id"]: added([each]) for each in status["shared_parties"]}
    assert people
    for section, key in SECTIONS.items():
        shown = page.one(id=section).all("tr", data_obligation=None)
        found = {(row.attrs["data-convention"], row.attrs["data-obligation"], row.attrs["data-state"]) for row in shown}
        listed = [one for each in status["conventions"] for one in each[key]]
        assert found == {(one["convention"], one["id"], one["state"]) for one in listed}
        assert len(shown) == len(listed)
        dues = [row.one("td", data_label="Deadline").one("time").attrs["datetime"] for row in shown]
        assert dues == sorted(dues)


def test_each_row_says_its_convention_its_clause_and_the_working_of_its_date(qp, several):
    several()
    page = parse(qp("report", "--data", "territoires").out)
    row = page.one("tr", data_obligation="feuille-de-route/metropole")
    assert row.one("td", data_label="Convention").text.startswith("Aix-Marseille-Provence")
    assert row.one("td", data_label="Clause").text == "art. 1"
    assert row.one("td", data_label="Days after the date").text == "1,892"
    assert "18 September 2021" in row.one("details").one("ol").text


def test_the_term_of_each_says_its_days_its_clause_and_how_far_it_has_run(qp, several):
    several()
    page = parse(qp("report", "--data", "territoires", "--as-of", "2022-03-18").out)
    row = page.one(id="conventions").one("tr", data_convention=AMP)
    term = row.one("td", data_label="Term of the convention")
    assert [day.attrs["datetime"] for day in term.all("time")] == ["2021-03-18", "2023-03-18"]
    assert "(art. 4)" in term.text
    assert term.one("svg").attrs["aria-label"] == "50 % of the term has run"
    assert "The term still runs: 365 days left." in term.text


def test_without_the_file_of_shared_parties_nobody_is_counted_across(qp, several):
    several()
    page = parse(qp("report", "--data", "territoires").out)
    assert not page.all(id="parties")
    assert not page.all("a", href="#parties")


@pytest.mark.parametrize("name", [VALMONT, "Valmont-sur-Isle (commune imaginaire)"])
def test_one_convention_chosen_has_the_page_it_has_alone(qp, several, name):
    several()
    chosen = qp("report", "--data", "territoires", "--convention", name)
    assert chosen == qp("report", "--data", "territoires/valmont")
    assert qp("--convention", name, "report", "--data", "territoires") == chosen


def test_several_chosen_have_a_page_together(qp, several):
    top = several()
    shutil.copytree(top / "valmont", top / "tiers")
    (top / "tiers" / "convention.yaml").write_text(written(small_convention()), "utf-8")
    for name in ("sites.yaml", "journal.yaml"):
        (top / "tiers" / name).unlink()
    page = parse(qp("report", "--data", "territoires", "--convention", "essai", "--convention", AMP).out)
    rows = page.one(id="conventions").one("tbody").all("tr")
    assert [row.attrs["data-convention"] for row in rows] == [AMP, "essai"]
    assert page.one("h1").text == "2 conventions"


@pytest.mark.parametrize("name", ["anru", "agence", "Agence nationale pour la rénovation urbaine"])
def test_a_party_keeps_what_concerns_it_and_says_where_nothing_does(qp, several, name):
    several(parties=PARTIES)
    owed = qp("deadlines", "--data", "territoires", "--party", name, "--format", "csv").rows[1:]
    page = parse(qp("report", "--data", "territoires", "--party", name).out)
    assert page.one("p", class_="party").text == "Only what concerns ANRU"
    (row,) = page.one(id="conventions").one("tbody").all("tr")
    assert row.attrs["data-convention"] == AMP
    assert sum(counted(row).values()) == len(owed)
    assert [each.attrs["data-party"] for each in page.one(id="parties").all("tr", data_party=None)] == ["anru"]
    assert "In 1 other convention, nothing concerns ANRU." in page.one(id="conventions").text


def test_a_party_that_one_convention_alone_knows_is_found_there(qp, several):
    several(parties=PARTIES)
    page = parse(qp("report", "--data", "territoires", "--party", "departement").out)
    assert page.one("p", class_="party").text == "Only what concerns Département"
    assert {row.attrs["data-convention"] for row in page.all("tr", data_obligation=None)} == {VALMONT}
    assert not page.all(id="parties")


def test_in_french_a_party_is_named_without_the_article_that_its_name_would_want(qp, several):
    several(parties=PARTIES)
    page = parse(qp("report", "--data", "territoires", "--party", "etat", "--lang", "fr").out)
    assert page.one("p", class_="party").text == "Seulement ce qui concerne : État"
    assert page.one("title").text.startswith("2 conventions – État")


def test_a_party_that_nobody_knows_is_a_mistake_of_usage_and_writes_nothing(qp, several, tmp_path):
    several(parties=PARTIES)
    answer = qp("report", "--data", "territoires", "--party", "personne", "-o", "page.html", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert "No party, group or role is called “personne”." in answer.err
    assert not (tmp_path / "page.html").exists()


def test_what_is_left_out_is_reported_said_in_the_page_and_asks_for_exit_1(qp, several, tmp_path):
    top = several(broken=True)
    shutil.copytree(top / "valmont", top / "valmont-bis")
    answer = qp("report", "--data", "territoires", "-o", "page.html", "--lang", "en")
    assert (answer.code, answer.out) == (1, "")
    assert "territoires/casse/convention.yaml:3:1: QP101" in answer.err
    page = parse((tmp_path / "page.html").read_text("utf-8"))
    assert page.one("header").one("p", class_="warning").text == (
        "2 conventions could not be read or counted, and are left out: casse, valmont-bis"
    )
    assert page.one("h1").text == "2 conventions"
    assert str(tmp_path) not in (tmp_path / "page.html").read_text("utf-8")


def test_a_file_of_shared_parties_with_errors_is_said_in_the_page_too(qp, several):
    several(parties=PARTIES + "  - {id: anru, name: Encore}\n")
    answer = qp("report", "--data", "territoires", "--lang", "en")
    assert answer.code == 1
    page = parse(answer.out)
    assert page.one("p", class_="warning").text == "parties.yaml has errors: its parties are left apart."
    assert not page.all(id="parties")


def test_when_none_can_be_read_no_page_is_written(qp, several, tmp_path):
    top = several(broken=True)
    shutil.rmtree(top / "sud")
    (top / "valmont" / "convention.yaml").write_text("rien\n", "utf-8")
    answer = qp("report", "--data", "territoires", "-o", "page.html")
    assert answer.code == 3
    assert not (tmp_path / "page.html").exists()


def test_it_is_the_same_from_wherever_it_is_made(qp, several, tmp_path, monkeypatch):
    top = several(broken=True, parties=PARTIES)
    here = qp("report", "--data", "territoires").out
    monkeypatch.chdir(ROOT)
    assert qp("report", "--data", str(top)).out == here
    moved = tmp_path / "ailleurs"
    shutil.move(top, moved)
    assert qp("report", "--data", str(moved)).out == here


@pytest.fixture
def clone(tmp_path):
    """A git repository of two conventions: the second one's date was moved on 9 October 2026."""
    made = Clone(tmp_path)
    for name, day in (("a", "2026-10-01"), ("b", "2026-10-01")):
        declared = small_convention(id=name, territory=name.upper())
        declared["engagements"][0]["due"]["on"] = day
        (tmp_path / name).mkdir()
        (tmp_path / name / "convention.yaml").write_text(written(declared), "utf-8")
    made.commit("2026-09-01T12:00:00+0200")
    declared["engagements"][0]["due"]["on"] = "2026-09-10"
    (tmp_path / "b" / "convention.yaml").write_text(written(declared), "utf-8")
    made.commit("2026-10-09T09:00:00+0200")
    return made


@pytest.mark.parametrize("before", [True, False])
def test_known_at_shows_what_the_repository_said_then_and_says_so_once(qp, clone, before):
    known = ("--known-at", "2026-10-01")
    arguments = (*known, "report") if before else ("report", *known)
    answer = qp("--data", str(clone.folder), *arguments, environ=WITH_GIT)
    assert (answer.code, [line for line in answer.err.splitlines() if "left out" in line]) == (0, [])
    page = parse(answer.out)
    days = [row.one("td", data_label="Deadline").text for row in page.all("tr", data_obligation=None)]
    assert days == ["Thu 1 Oct 2026", "Thu 1 Oct 2026"]
    (warning,) = page.all("p", class_="warning")
    assert warning.text.startswith("As the repository stood in commit ")
