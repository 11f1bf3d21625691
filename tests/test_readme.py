"""The README: its pictures are there, and every command is named and exists; tests/outputs holds the pictures true."""

from __future__ import annotations

import re
from pathlib import Path

from qp_cli.cli.parser import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


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
