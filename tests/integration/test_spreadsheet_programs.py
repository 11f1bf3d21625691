"""The workbook in a real spreadsheet program: what it shows, and that it runs nothing of it."""

from __future__ import annotations

import csv
import shutil
import subprocess

import pytest

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
