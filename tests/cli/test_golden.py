"""What people read, word for word, on a terminal of 80 columns on 23 November 2026; some of it at 60 and 120 too.

A change of an answer shows up here as a difference to be read. Once read and wanted:
`pytest tests/cli/test_golden.py --update-golden`, in both languages at once.
"""

from __future__ import annotations

from pathlib import Path

import pytest

GOLDEN = Path(__file__).with_name("golden")
COMMANDS = {
    "status": ["status"],
    "status-before-approval": ["status", "--as-of", "2021-09-19"],
    "status-last-day": ["status", "--as-of", "2023-03-18"],
    "deadlines": ["deadlines"],
    "overdue": ["overdue"],
    "timeline": ["timeline"],
    "show-feuille-de-route": ["show", "feuille-de-route"],
    "show-terme": ["show", "terme"],
    "show-instruction-projets": ["show", "instruction-projets"],
    "calc": ["calc", "2021-03-18", "P6M"],
    "calc-backwards": ["calc", "2023-03-18", "10 jours ouvrés", "--backwards", "--zone", "alsace-moselle"],
    "parties": ["parties"],
    "sites": ["sites"],
}
WIDTHS = dict.fromkeys(("status", "status-before-approval", "deadlines", "overdue", "timeline"), ("60", "80", "120"))
SCREENS = [(name, width) for name in COMMANDS for width in WIDTHS.get(name, ("80",))]


def golden(name, width, language):
    """The file of an answer; its width is named where it is not that of most terminals."""
    return f"{name}{'' if width == '80' else f'-{width}'}.{language}.txt"


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("name", "width"), SCREENS)
def test_the_answer_is_the_one_that_was_read_and_kept(qp, monkeypatch, request, name, width, language):
    monkeypatch.setenv("COLUMNS", width)
    answer = qp("--lang", language, *COMMANDS[name], terminal=True, environ={"NO_COLOR": "1"})
    assert (answer.code, answer.err) == (0, "")
    assert max(map(len, answer.lines)) <= int(width)
    kept = GOLDEN / golden(name, width, language)
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        kept.write_bytes(answer.out.encode())
    assert kept.exists(), "write it with --update-golden"
    assert answer.out == kept.read_bytes().decode()


def test_no_file_is_kept_that_no_command_gives():
    expected = {golden(name, width, language) for name, width in SCREENS for language in ("en", "fr")}
    assert {path.name for path in GOLDEN.iterdir()} == expected
