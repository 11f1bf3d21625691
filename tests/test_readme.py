"""The README: what it shows is what qp prints, and every command it names exists."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from qp_cli.cli.usage import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def printed(*arguments: str) -> str:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("QP_")}
    environ |= {"PYTHONUTF8": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "qp_cli", *arguments], cwd=ROOT, env=environ, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def test_the_recorded_output_is_what_the_command_prints():
    command, shown = re.search(r"`qp (status [^`]*)`, recorded:\n\n```text\n(.*?)```", README, re.DOTALL).groups()
    assert printed(*command.split()) == shown


def test_every_command_it_names_exists():
    named = set(re.findall(r"`qp ([a-z]+)", README))
    assert named <= {*COMMANDS, "COMMAND"}
    assert set(re.findall(r"^\| `qp([a-z ]*)`", README, re.MULTILINE))


def test_its_two_commands_stand_alone_on_their_lines():
    blocks = re.findall(r"```sh\n(.*?)```", README.partition("## Start")[2], re.DOTALL)
    assert [block.count("\n") for block in blocks] == [1, 1]
    assert blocks[0].startswith("python3 -m venv .venv && ")
    assert "-m pytest" in blocks[1]
