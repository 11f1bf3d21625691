"""What people read, word for word, on a terminal of 80 columns on 23 November 2026.

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


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", COMMANDS)
def test_the_answer_is_the_one_that_was_read_and_kept(qp, request, name, language):
    answer = qp("--lang", language, *COMMANDS[name], terminal=True, environ={"NO_COLOR": "1"})
    assert (answer.code, answer.err) == (0, "")
    kept = GOLDEN / f"{name}.{language}.txt"
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        kept.write_bytes(answer.out.encode())
    assert kept.exists(), "write it with --update-golden"
    assert answer.out == kept.read_bytes().decode()


def test_no_file_is_kept_that_no_command_gives():
    expected = {f"{name}.{language}.txt" for name in COMMANDS for language in ("en", "fr")}
    assert {path.name for path in GOLDEN.iterdir()} == expected
