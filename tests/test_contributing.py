"""CONTRIBUTING.md names files that are there, and the recipes are as short as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
RECIPES = TEXT.split("\n## How to add\n", 1)[1].split("\n## ", 1)[0]
RECIPE = re.compile(
    r"^### (?P<name>.+?) \((?P<count>\d+) files?\)\n(?P<text>.*?)"
    r"(?=^### |\Z)",
    re.MULTILINE | re.DOTALL,
)
FOUND = {each["name"]: each for each in RECIPE.finditer(RECIPES)}
PLACEHOLDER = re.compile(r"NAME|QPnnn|LANG")
WANTED = {
    "An engagement kind",
    "A regime",
    "A zone",
    "A rule",
    "An answer format",
    "A column",
    "A kind of fact",
    "A language",
    "A part of the status screen",
    "A command",
}


def paths_in(text):
    """What is written between backquotes and looks like a path, from the package's folder or from the top."""
    for word in re.findall(r"`([^`\s]+)`", text):
        if "/" in word or word.endswith((".md", ".toml")):
            yield word


def exists(path):
    pattern = PLACEHOLDER.sub("*", path)
    return any(next(base.glob(pattern.rstrip("/")), None) for base in (ROOT, ROOT / "qp_cli"))


def test_every_path_it_names_is_there():
    named = {path for path in paths_in(TEXT) if not path.startswith((".venv", "http", "--"))}
    assert len(named) > 60
    assert sorted(path for path in named if not exists(path)) == []


def test_the_ten_recipes_are_there():
    assert set(FOUND) >= WANTED


@pytest.mark.parametrize("name", FOUND)
def test_a_recipe_touches_as_many_files_as_it_says(name):
    """Those numbered: what a script writes, the catalogue and the tests come on top, named below."""
    steps = re.findall(r"^\d+\. (.+?)(?=\n\d+\. |\n\n|\Z)", FOUND[name]["text"], re.MULTILINE | re.DOTALL)
    assert len(steps) == int(FOUND[name]["count"])
    assert all(next(paths_in(step), None) for step in steps), "each step names its file"


@pytest.mark.parametrize("name", ["An engagement kind", "An answer format", "A column", "A kind of fact"])
def test_what_is_added_most_often_touches_six_files_at_most(name):
    assert int(FOUND[name]["count"]) <= 6
