"""The pages in the Nu Html Checker, the W3C's own: not one error; skipped with a word where it is absent."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import gathered
from tests.conftest import ROOT, run_here

SHEETS = {
    "page": ["report", "--data", str(ROOT)],
    "page-en": ["report", "--data", str(ROOT), "--lang", "en"],
    "neighbour": ["report", "--data", str(ROOT / "tests" / "conventions" / "neighbour"), "--as-of", "2022-09-01"],
    "summary": ["report", "--summary", "--data", str(ROOT)],
    "portfolio": ["report", "--data", "several", "--group-by", "party"],
    "portfolio-summary": ["report", "--summary", "--data", "several"],
}
"""The pages, and how they are asked for; `several` holds a hostile convention and one that cannot be read."""


@pytest.fixture(scope="module")
def checker():
    """The command of the checker: `vnu` on the PATH, which runs the jar of npm's package `vnu-jar`."""
    found = shutil.which("vnu")
    if found is None:
        pytest.skip("vnu, the Nu Html Checker, is not installed")
    return [found, "--stdout", "--exit-zero-always", "--errors-only", "--format", "json"]


def faults(checker, folder):
    """What the checker finds in each page of a folder."""
    done = subprocess.run(
        [*checker, *sorted(map(str, folder.glob("*.html")))], capture_output=True, encoding="utf-8", check=True
    )
    return [(Path(each["url"]).name, each["message"]) for each in json.loads(done.stdout)["messages"]]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages, each in its file."""
    folder = tmp_path_factory.mktemp("nu")
    gathered(folder / "several")
    for name, words in SHEETS.items():
        asked = [str(folder / "several") if word == "several" else word for word in words]
        language = [] if "--lang" in asked else ["--lang", "fr"]
        answer = run_here(*asked, *language, "--output", str(folder / f"{name}.html"))
        assert answer.code == int("several" in words), answer.err
    return folder


def test_every_page_is_valid(checker, pages):
    assert faults(checker, pages) == []


def test_a_fault_would_be_found(checker, pages, tmp_path):
    text = re.sub("<tbody>", '<tbody role="rowgroup">', (pages / "page.html").read_text("utf-8"))
    (tmp_path / "page.html").write_text(f"{text}<p id='main'>", "utf-8")
    assert len(faults(checker, tmp_path)) > 2
