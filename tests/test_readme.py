"""The README: its pictures are there, and every command is named and exists; tests/outputs holds the pictures true."""

from __future__ import annotations

import re
from pathlib import Path

from qp_cli.cli.parser import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FRENCH = (ROOT / "README.fr.md").read_text(encoding="utf-8")


def test_its_pictures_are_there():
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert shown == ["docs/pictures/status.svg", "docs/pictures/page.png"]
    assert all((ROOT / path).is_file() for path in shown)


def test_every_command_has_its_line_or_is_named():
    assert {*re.findall(r"`qp ([a-z]+)", README)} >= {*COMMANDS}


def test_every_command_it_names_exists():
    named = set(re.findall(r"`qp ([a-z]+)", README))
    assert named <= {*COMMANDS, "COMMAND"}
    assert set(re.findall(r"^\| `qp([a-z ]*)`", README, re.MULTILINE))


def test_its_two_commands_stand_alone_on_their_lines():
    blocks = re.findall(r"```sh\n(.*?)```", README.partition("## Start")[2], re.DOTALL)
    assert [block.count("\n") for block in blocks] == [1, 1]
    assert blocks[0].startswith("python3 -m venv .venv && ")
    assert "-m pytest" in blocks[1]


def test_the_french_one_is_found_at_once_and_names_the_same_commands():
    assert "README.fr.md" in README.partition("## Start")[0]
    asked = [
        {re.match(r"qp(?: [a-z]+)?", name)[0] for name in re.findall(r"`(qp[^`]*)`", row)}
        for text in (README, FRENCH)
        for row in re.findall(r"^\| (`qp.*?) \|", text, re.MULTILINE)
    ]
    half = len(asked) // 2
    assert asked[:half] == asked[half:]


def test_its_first_command_is_the_same_in_french():
    first = re.search(r"```sh\n(.*?)```", README, re.DOTALL)[1]
    assert first in FRENCH
