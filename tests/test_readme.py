"""The README: its pictures are there, and each command that it names runs; tests/outputs holds the pictures true."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from qp_cli.cli.parser import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FRENCH = (ROOT / "README.fr.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("code", "text"), [("en", README), ("fr", FRENCH)])
def test_its_pictures_are_there_in_its_language(code, text):
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert shown == [f"docs/pictures/status.{code}.svg", f"docs/pictures/page.{code}.png"]
    assert all((ROOT / path).is_file() for path in shown)


@pytest.mark.parametrize("text", [README, FRENCH])
def test_what_it_links_to_is_there(text):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert len(links) > 10
    assert [path for path in links if not (ROOT / path).exists()] == []


def test_it_opens_in_both_languages_and_leads_to_the_french_one():
    opening = README.partition("\n## ")[0]
    assert opening.index("README.fr.md") < opening.index("What a convention asks")
    assert "docs/fr/README.md" in opening


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


NOT_RUN = {
    "qp COMMAND --help": "tests/cli/test_help.py has the page of each",
    "qp COMMANDE --help": "the same",
    "qp --install-completion": "changes the reader's shell; tests/integration/test_shells.py tries what it installs",
}
"""What no test runs as it stands, each with the reason."""
MORE = {
    ("init",): ["--template", "blank", "--id", "neuf", "--title", "Neuf", "--party", "A", "--party", "B"],
    ("export", "xlsx"): ["--output", "x.xlsx"],
}
"""What is asked at a terminal, and where what is no text goes."""
FAILS = {"qp deadlines --fail-on overdue": 1}


def commands(text):
    """What is typed in a README, each alternative by itself."""
    spans = sorted({" ".join(each.split()) for each in re.findall(r"`(qp(?: [^`]*)?)`", text)} - {*NOT_RUN})
    for each in spans:
        first, _, last = each.replace("\\|", "|").rpartition(" ")
        yield from (f"{first} {one}".strip() for one in last.split("|"))


@pytest.mark.parametrize(("code", "text"), [("en", README), ("fr", FRENCH)])
def test_each_command_that_it_names_runs(qp, tmp_path, monkeypatch, code, text):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    git = [shutil.which("git"), "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *arguments], check=True)
    monkeypatch.chdir(tmp_path)
    ran = set()
    for line in commands(text):
        _, *words = shlex.split(line)
        more = [each for start, options in MORE.items() if (*words[: len(start)],) == start for each in options]
        answer = qp(*words, *more, environ={"QP_LANG": code, "PATH": os.environ["PATH"]})
        assert answer.code == FAILS.get(line, 0), (line, answer.err)
        ran.add(words[0] if words else "status")
    assert ran == {*COMMANDS}
