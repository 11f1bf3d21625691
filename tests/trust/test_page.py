"""`docs/trust.md`: each of its lines names tests that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "trust.md").read_text("utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| ---")]


def test_the_page_has_its_parts():
    parts = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    assert {"What is run", "What is read", "What is written"} <= set(parts)
    assert len(NAMED) > 30


@pytest.mark.parametrize("row", [row for row in ROWS if not row.endswith("| held by |")], ids=lambda row: row[2:50])
def test_each_line_is_held_by_a_test(row):
    assert "`tests/" in row.split(" | ")[-1]


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda text: text)
def test_each_test_named_is_there(file, name):
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_page_is_found_from_the_others():
    assert "docs/trust.md" in (ROOT / "README.md").read_text("utf-8")
    assert "docs/trust.md" in (ROOT / "SECURITY.md").read_text("utf-8")
    assert "SECURITY.md" in PAGE
