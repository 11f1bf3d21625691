"""`qp report`: a page in a file or on stdout, the same for the same data and day."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.conftest import ROOT
from tests.render.dom import parse

COLUMNS = ["overdue", "due_soon", "in_effect", "fulfilled", "conditional", "other"]


def test_without_output_the_page_goes_to_stdout(qp, outside):
    answer = qp("report", "--lang", "en")
    assert answer.code == 0
    assert answer.out.startswith("<!doctype html>")
    (line,) = answer.err.splitlines()
    assert line.startswith("No repository of qp here: showing Aix-Marseille-Provence")
    assert list(outside.iterdir()) == []


def test_with_output_the_page_goes_to_the_file_alone(qp, outside):
    answer = qp("report", "--output", "page.html", "--data", str(ROOT))
    page = (outside / "page.html").read_bytes()
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"Written: page.html ({round(len(page) / 1000)} kB)\n"
    assert page.decode() == qp("report", "--data", str(ROOT)).out


@pytest.mark.usefixtures("shipped")
def test_nothing_pours_a_page_on_a_terminal(qp, monkeypatch, tmp_path):
    monkeypatch.setattr("qp_cli.cli.commands.report.is_terminal", lambda _: True)
    for summary in ([], ["--summary"]):
        answer = qp("report", *summary)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.endswith("qp report --open, or name its file, qp report --output page.html\n")
        assert qp("report", *summary, "--output", str(tmp_path / "page.html")).code == 0


@pytest.fixture
def browser(tmp_path):
    """The environment of a reader whose browser notes what it is asked to show; and where it does."""
    noted, program = tmp_path / "shown.txt", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{noted}"\n', "utf-8")
    program.chmod(0o755)
    return {"BROWSER": str(program)}, noted


@pytest.mark.skipif(os.name == "nt", reason="the browser of the test is a shell script")
def test_open_shows_the_file_once_it_is_written_and_gives_it_a_name_where_none_is_given(qp_process, tmp_path, browser):
    environ, noted = browser
    place = tmp_path / "dossier à voir"
    shutil.copytree(ROOT / "data", place / "data")
    asked = [(), ("--summary",), ("-o", "page.html")]
    names = ["quartiers-productifs-amp-2026-11-23", "quartiers-productifs-amp-2026-11-23-summary", "page"]
    for words in asked:
        answer = qp_process("report", "--open", "--as-of", "2026-11-23", *words, cwd=place, environ=environ)
        assert answer.code == 0, answer.err
        assert answer.out == ""
    paths = [place / f"{name}.html" for name in names]
    assert all(path.read_text("utf-8").startswith("<!doctype html>") for path in paths)
    assert noted.read_text("utf-8").splitlines() == [path.as_uri() for path in paths]


@pytest.mark.usefixtures("shipped")
def test_open_starts_nothing_where_nothing_was_written_and_says_where_the_page_is_without_a_browser(
    qp, monkeypatch, tmp_path
):
    started = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(started.append(address)))
    page = tmp_path / "page.html"
    refused = qp("report", "--open", "--party", "personne", "-o", str(page))
    assert (refused.code, started) == (2, [])
    told = qp("report", "--open", "-o", str(page))
    assert (told.code, started) == (0, [page.as_uri()])
    assert told.err.endswith(f"No browser was found: open {page} in yours.\n")


@pytest.mark.usefixtures("shipped")
def test_the_sheet_is_short_and_has_the_answer_what_is_overdue_and_who_signs(qp):
    whole, sheet = qp("report").out, qp("report", "--summary").out
    assert len(sheet) < len(whole) / 3
    page = parse(sheet)
    assert page.one("p", class_="answer late").text == parse(whole).one("p", class_="answer late").text
    assert [row.attrs["data-obligation"] for row in page.all("tr", data_obligation=None)] == [
        "feuille-de-route/metropole",
        "coordonnateur-designation/metropole",
        "etat-referent/etat",
    ]
    assert [each.text for each in page.one(id="signatures").all("li")] == ["Métropole AMP", "État"]
    assert not page.all("details") + page.all("script") + page.all("input")
    for option in (["--contacts"], ["--group-by", "party"]):
        assert qp("report", "--summary", *option).code == 2


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("party", "signing"),
    [
        ("metropole", ["Métropole AMP"]),
        ("la préfecture", ["État"]),
        ("signataires", ["Métropole AMP", "État"]),
        ("anru", ["ANRU"]),
        ("chef de file", ["Chef de file"]),
    ],
)
def test_the_sheet_of_one_party_is_signed_by_those_that_it_concerns(qp, party, signing):
    page = parse(qp("report", "--summary", "--party", party).out)
    assert [each.text for each in page.one(id="signatures").all("li")] == signing


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.usefixtures("shipped")
def test_its_language_is_the_one_asked_for(qp, language):
    page = parse(qp("report", "--lang", language).out)
    assert page.one("html").attrs["lang"] == language
    said = {"fr": "Échéance dépassée, aucune exécution enregistrée", "en": "Deadline passed, no fulfilment recorded"}
    assert page.one("h2", id="overdue-title").text == said[language]


@pytest.mark.parametrize("day", ["2021-09-18", "2021-10-01", "2023-03-18", "2026-11-23"])
@pytest.mark.usefixtures("shipped")
def test_its_counts_are_those_of_status_in_json(qp, day):
    (convention,) = qp("status", "--format", "json", "--as-of", day).json["conventions"]
    page = parse(qp("report", "--as-of", day).out)
    assert page.one("header").one("time").attrs["datetime"] == day
    for row in convention["parties"]:
        cells = page.one("tr", data_party=row["id"]).all("td", data_count=None)
        assert {cell.attrs["data-column"]: int(cell.attrs["data-count"]) for cell in cells} == {
            column: row[column] for column in COLUMNS
        }


@pytest.mark.usefixtures("shipped")
def test_a_party_is_found_by_any_of_its_names(qp):
    pages = {qp("report", "--party", name).out for name in ("etat", "ÉTAT", "l'État")}
    assert len(pages) == 1
    assert qp("report").out not in pages


@pytest.mark.usefixtures("shipped")
def test_an_unknown_party_is_a_mistake_of_usage_and_writes_nothing(qp, tmp_path):
    answer = qp("report", "--party", "anri", "--output", str(tmp_path / "page.html"))
    assert answer.code == 2
    assert "anru" in answer.err
    assert list(tmp_path.glob("page*")) == []


@pytest.mark.usefixtures("shipped")
def test_the_page_is_one_party_s_sheet_and_a_second_party_is_refused_before_anything_is_written(qp, tmp_path):
    page = tmp_path / "page.html"
    answer = qp("report", "--party", "etat", "--party", "anru", "--output", str(page))
    assert (answer.code, answer.out, page.exists()) == (2, "", False)
    assert answer.err == "qp: The page is the sheet of one party: give --party once\n"


def test_two_processes_in_two_folders_give_the_same_bytes(qp_process, tmp_path):
    pages = set()
    for number, seed in enumerate(("1", "2")):
        place = tmp_path / f"dossier-{number}"
        shutil.copytree(ROOT / "data", place / "data")
        answer = qp_process(
            "report", "-o", "page.html", "--as-of", "2022-01-01", cwd=place, environ={"PYTHONHASHSEED": seed}
        )
        assert answer.code == 0, answer.err
        pages.add((place / "page.html").read_bytes())
    assert len(pages) == 1


def test_the_page_says_nothing_of_the_machine_it_was_made_on(qp, repository, small):
    declared = small()
    del declared["engagements"][0]["clause"]
    folder = repository(declared)
    page = qp("report", "--data", str(folder)).out
    assert str(folder) not in page
    assert "convention.yaml:" in parse(page).one(id="findings").text


@pytest.mark.usefixtures("shipped")
def test_a_console_that_lacks_letters_gets_a_page_that_still_has_them(qp):
    page = qp("report", encoding="ascii").out
    assert page.isascii()
    assert parse(page).raw == parse(qp("report").out).raw


def test_broken_files_give_their_findings_and_no_page(qp, repository, tmp_path):
    answer = qp("report", "--data", str(repository("format: qp/1\nid: [")), "-o", str(tmp_path / "page.html"))
    assert answer.code == 3
    assert "convention.yaml" in answer.err
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_sheet_says_what_its_counts_mean_and_cuts_no_word(qp, language):
    page = parse(qp("report", "--summary", "--as-of", "2026-11-27", "--lang", language).out)
    said = [each.text for each in page if "besides" in each.attrs.get("class", "")]
    assert said[-1].count(":") == 2
    titles = {one["title"] for one in qp("export", "json", "--as-of", "2026-11-27").json["obligations"]}
    shown = [each.children[0] for each in page if each.tag == "th" and each.attrs.get("scope") == "row"]
    assert shown
    for text in shown:
        begun = text.removesuffix("…")
        assert any(title == text or title.startswith((f"{begun} ", f"{begun},")) for title in titles), text
