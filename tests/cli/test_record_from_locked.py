"""`qp record --from`: what was typed over what qp wrote is told, cell by cell; nothing of the sheet is ignored."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from tests.cli.test_record_from import CONVENTION, SITES


@pytest.fixture
def folder(repository):
    return repository(CONVENTION, sites=SITES)


@pytest.fixture
def given(qp, folder, tmp_path):
    """Exports the sheet, changes the cells named by id and heading, and records from it."""

    def run(changed, *arguments, lang="en", between=()):
        path = tmp_path / "sheet.xlsx"
        assert qp("export", "xlsx", "--data", str(folder), "--lang", lang, "--output", str(path)).code == 0
        if between:
            assert qp("record", *between, "--data", str(folder)).code == 0
        book = load_workbook(path)
        page = book["Suivi" if lang == "fr" else "Follow-up"]
        columns = {cell.value: cell.column for cell in page[3]}
        rows = {
            page.cell(n, columns["Identifiant" if lang == "fr" else "Id"]).value: n for n in range(4, page.max_row + 1)
        }
        for (name, heading), value in changed.items():
            page.cell(rows[name], columns[heading]).value = value
        book.save(path)
        return qp("record", "--from", str(path), "--data", str(folder), *arguments)

    return run


@pytest.mark.parametrize(
    ("heading", "value", "words"),
    [
        ("Deadline", date(2030, 1, 31), "Follow-up!F4: 31 January 2030 stands where the deadline is 1 March 2026"),
        ("Deadline", "31/01/2030", "qp record amended plan/ville --due-on 2030-01-31 --title …"),
        ("State", "fulfilled", "Follow-up!G4: “fulfilled” stands where qp wrote “overdue”"),
        ("Debtor", "L'État", "Follow-up!C4: “L'État” stands where qp wrote “La Ville”"),
        ("Subject", "Programme", "Follow-up!B4: “Programme” stands where qp wrote “Plan”"),
    ],
)
@pytest.mark.parametrize("done", [None, date(2026, 2, 1)], ids=["left", "filled"])
def test_a_cell_that_is_not_to_be_filled_is_told(given, folder, heading, value, words, done):
    answer = given({("plan/ville", heading): value, ("plan/ville", "Done on"): done})
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert "1 cell is refused" in answer.err
    assert not (folder / "data" / "journal.yaml").exists()


def test_a_sheet_that_is_older_than_the_journal_is_held_against_what_it_showed(given):
    moved = ("amended", "plan", "--due-on", "2026-06-30", "--title", "n° 1", "--on", "2026-01-10")
    answer = given({("suite/ville", "Done on"): date(2026, 2, 1)}, "--dry-run", between=moved)
    assert answer.code == 0, answer.err


def test_the_day_that_an_avenant_gave_since_may_be_written_over_the_old_one(given):
    moved = ("amended", "plan", "--due-on", "2026-06-30", "--title", "n° 1", "--on", "2026-01-10")
    changed = {("plan/ville", "Deadline"): date(2026, 6, 30), ("plan/ville", "Done on"): date(2026, 2, 1)}
    assert given(changed, "--dry-run", between=moved).code == 0


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_an_untouched_sheet_says_nothing(given, lang):
    answer = given({}, lang=lang)
    assert (answer.code, answer.err) == (0, "")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Proof", "www.exemple.fr/pv.pdf", "a web address begins with https://, as in https://www.exemple.fr/pv.pdf"),
        ("Proof", "exemple.gouv.fr/pv", "as in https://exemple.gouv.fr/pv"),
        ("Proof", "preuves/pv.pdf", "There is no file “preuves/pv.pdf” in the folder data: put it there"),
    ],
)
def test_what_a_proof_lacks_is_said(given, column, value, words):
    answer = given({("plan/ville", "Done on"): date(2026, 2, 1), ("plan/ville", column): value})
    assert answer.code == 2
    assert words in answer.err


def test_all_cells_of_a_row_are_told_at_once(given):
    changed = {"Done on": date(2027, 2, 1), "Done by": "Vile", "Proof": "rien.pdf", "Deadline": date(2030, 1, 1)}
    answer = given({("plan/ville", heading): value for heading, value in changed.items()})
    assert "4 cells are refused" in answer.err


def test_a_remark_alone_says_what_to_do(given):
    answer = given({("plan/ville", "Remark"): "en cours"})
    assert (
        "Follow-up!H4: A remark is recorded with what was done: give the day of it, or empty the remark" in answer.err
    )
