"""docs/fr/reference.md and docs/en/reference.md: every command and option, as qp has them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from qp_cli.cli.parser import COMMANDS

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_in_step_with_the_commands(script):
    assert script.out_of_step() == [], "run python scripts/reference.py"


def test_a_page_that_is_not_is_told(script, tmp_path):
    for code in script.WORDS:
        (tmp_path / code).mkdir()
        (tmp_path / code / "reference.md").write_text(f"{script.MARK}\nautre chose\n", "utf-8")
    assert script.out_of_step(tmp_path) == ["fr/reference.md", "en/reference.md"]


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_command_has_its_table(code, script):
    text = script.page(code)
    assert [name for name in COMMANDS if f"### `qp {name}`\n" not in text] == []
    assert "| `--fail-on " in text
