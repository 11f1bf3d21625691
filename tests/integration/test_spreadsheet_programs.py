"""The workbook in a real spreadsheet program: what it shows, and that it runs nothing of it."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from datetime import date

import pytest
from openpyxl import load_workbook

from qp_cli.render.language import Language
from qp_cli.render.workbook.book import write_workbook
from tests.render.test_workbook import BOUND, TEXTS, everything, hostile_ledger, made

OFFICE = shutil.which("soffice")
SHEETS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1"
"""Semicolons, UTF-8, cells as they are shown, every sheet in a file of its own."""
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The rows of each sheet, as LibreOffice shows them: one run of it, and its own settings, for every test."""
    folder = tmp_path_factory.mktemp("tableur")
    ledgers = [hostile_ledger(), made(BOUND)]
    (folder / "classeur.xlsx").write_bytes(write_workbook(ledgers, everything, Language("fr")))
    settings = f"-env:UserInstallation={(folder / 'reglages').as_uri()}"
    command = [OFFICE, "--headless", settings, "--convert-to", SHEETS, "--outdir", folder, folder / "classeur.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    sheets = {}
    for path in folder.glob("classeur-*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            sheets[path.stem.removeprefix("classeur-")] = list(csv.reader(file, delimiter=";"))
    return sheets


def test_every_sheet_opens(shown):
    assert len(shown) == 8
    assert all(rows for rows in shown.values())


def test_every_text_is_shown_as_it_was_written_and_no_formula_is_worked_out(shown):
    _, *rows = shown["Obligations"]
    acts = {row[1]: row for row in rows}
    for rank, text in enumerate(TEXTS.values()):
        assert acts[f"acte-{rank}"][2] == text
        assert acts[f"acte-{rank}"][3] == text
    _, *notes = shown["Journal"]
    assert [row[9] for row in notes] == list(TEXTS.values())


def test_days_are_shown_as_days_and_one_that_can_come_forward_with_its_mark(shown):
    _, *rows = shown["Obligations"]
    first, bound = rows[0], next(row for row in rows if row[1] == "acte")
    assert first[7:9] == ["01/02/2022", "mardi"]
    assert bound[7:9] == ["≤ 01/06/2022", "mercredi"]


def converted(folder, path, form):
    """A file as LibreOffice saves it in another form."""
    settings = f"-env:UserInstallation={(folder / 'reglages').as_uri()}"
    command = [OFFICE, "--headless", settings, "--convert-to", form, "--outdir", folder / "sorti", path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "sorti"


def test_what_is_filled_is_the_same_facts_from_excels_file_libreoffices_and_its_csv(qp, repository, small, tmp_path):
    folder = repository(small())
    made, filled = tmp_path / "suivi.xlsx", tmp_path / "rempli.xlsx"
    assert qp("export", "xlsx", "--data", str(folder), "--lang", "fr", "--output", str(made)).code == 0
    book = load_workbook(made)
    page = book["Suivi"]
    head = {cell.value: cell.column for cell in page[3]}
    rows = range(4, page.max_row + 1)
    for number, row in enumerate(rows):
        page.cell(row, head["Exécuté le"]).value = (
            date(2026, 9, 1 + number) if number % 2 else f"{1 + number} août 2026"
        )
        page.cell(row, head["Remarque"]).value = f"n° {number} ; « été »\nfin"
    book.save(filled)
    ods = converted(tmp_path, filled, "ods") / "rempli.ods"
    back = converted(tmp_path, ods, "xlsx") / "rempli.xlsx"
    text = converted(tmp_path, filled, SHEETS) / "rempli-Suivi.csv"
    told = []
    for path in (filled, ods, back, text):
        answer = qp("record", "--from", str(path), "--data", str(folder), "--lang", "fr", "--dry-run")
        assert answer.code == 0, answer.err
        told.append(re.sub("(Suivi!)?(?=H[0-9]+)", "", answer.out))
    assert rows
    assert told[0].count("août 2026") == (len(rows) + 1) // 2
    assert told == told[:1] * 4
    command = [sys.executable, "-m", "qp_cli", "record", "--from", ods, "--data", folder, "--lang", "en"]
    for words in ("recorded in", "all recorded already" if len(rows) > 1 else "recorded already"):
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60)
        assert words in done.stdout
