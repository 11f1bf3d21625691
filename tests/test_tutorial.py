"""docs/en/getting-started.md and docs/fr/prise-en-main.md: commands run one after the other, and show what is written.

A line `…` stands for any lines; the ids that qp makes up are not compared.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    code: (ROOT / "docs" / name).read_text("utf-8")
    for code, name in (("en", "en/getting-started.md"), ("fr", "fr/prise-en-main.md"))
}
BLOCK = re.compile(r"^```(sh|text|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MADE_UP = re.compile(r"f-[0-9a-z]{10}\b")
MISTAKE = "signatur}"
"""What is wrong in the convention as it is first shown; the reader puts it right after the first check."""


def blocks(code):
    """The blocks of a page, each with its sort."""
    return BLOCK.findall(PAGES[code])


def looks_like(shown):
    """A pattern of an output, as the page shows it."""
    lines = [r"(?:.*\n)*" if line == "…" else re.escape(line) + "\n" for line in MADE_UP.sub("f-", shown).splitlines()]
    return re.compile("".join(lines) + r"\n?")


@pytest.mark.parametrize("code", PAGES)
def test_each_command_shows_what_the_page_says(code, qp, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answers, compared = [], 0
    for sort, text in blocks(code):
        if sort == "yaml":
            path = Path(text.partition("\n")[0].removeprefix("# "))
            assert path.is_file()
            path.write_text(text, "utf-8")
        elif sort == "text":
            assert looks_like(text).fullmatch(MADE_UP.sub("f-", answers[-1].out)), answers[-1].out
            compared += 1
        else:
            for line in text.splitlines():
                program, command, *arguments = shlex.split(line)
                assert program == "qp"
                answers.append(qp(command, *arguments, environ={"QP_LANG": code}))
                if command == "init":
                    monkeypatch.chdir(arguments[0])
                if answers[-1].code:
                    path = Path("data", "convention.yaml")
                    path.write_text(path.read_text("utf-8").replace(MISTAKE, "signature}"), "utf-8")
    assert [answer.code for answer in answers] == [0, 1, *[0] * (len(answers) - 2)]
    assert compared > 8
    assert {each.name for each in Path().glob("*.*")} >= {
        "comite.html",
        "association.html",
        "suivi.xlsx",
        "echeances.ics",
    }


def test_both_pages_run_the_same_on_the_same():
    english, french = ([text for sort, text in blocks(code) if sort != "text"] for code in PAGES)
    assert english == french
