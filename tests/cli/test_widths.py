"""Screens of 60, 80 and 120 columns: nothing past the edge, where a terminal would cut it inside a word."""

from __future__ import annotations

import re

import pytest

from qp_cli.cli.parser import COMMANDS
from qp_cli.render.layout import Line
from qp_cli.render.plain_writer import width_of
from qp_cli.render.screen import Screen
from tests.conftest import ROOT

NEIGHBOUR = ("--data", str(ROOT / "tests" / "conventions" / "neighbour"), "--as-of", "2022-03-09")
SCREENS = (
    *(("status",), ("deadlines",), ("deadlines", "--all"), ("overdue",), ("timeline",), ("parties",), ("sites",)),
    *(("show", "feuille-de-route"), ("show", "instruction-projets"), ("show", "terme"), ("log",)),
    *(("diff", "2021-01-01"), ("check",), ("check", "--explain", "QP304"), ("rules",), ("remind",)),
    *(("record", "fulfilled", "feuille-de-route", "--on", "2022-10-30", "--dry-run"), ("calc", "2021-03-18", "P6M")),
    *((command, *NEIGHBOUR) for command in ("status", "deadlines", "overdue", "timeline", "log", "sites")),
    *(("check", *NEIGHBOUR[:2]), ("diff", "2021-08-30", "2022-03-09", *NEIGHBOUR[:2]), ("--help",)),
    *(("help", command) for command in COMMANDS),
)


@pytest.fixture
def wide(qp, shipped, monkeypatch):
    """What a terminal of so many columns shows."""
    assert shipped == ROOT

    def shown(columns, language, *arguments):
        monkeypatch.setenv("COLUMNS", str(columns))
        answer = qp("--lang", language, *arguments, terminal=True, environ={"NO_COLOR": "1"})
        assert answer.code == 0, answer.err
        return answer.lines

    return shown


FOLDER = "  --data "
"""What begins a line with a path alone, in a command to type: it is never cut."""


@pytest.mark.parametrize("arguments", SCREENS, ids=" ".join)
def test_no_line_goes_past_the_edge(wide, arguments):
    for columns in (60, 80, 120):
        for language in ("fr", "en"):
            lines = wide(columns, language, *arguments)
            assert [line for line in lines if width_of(line) > columns and not line.startswith(FOLDER)] == []


def test_on_a_narrow_screen_headings_stand_on_one_line_and_empty_columns_are_named(wide):
    lines = wide(60, "fr", "status")
    assert "Débiteur               Dépassées En attente Autres" in lines
    assert "Colonnes vides\u00a0: Proches, En cours, Exécutées" in lines
    assert not any("Colonnes vides" in line for line in wide(80, "fr", "status"))


@pytest.mark.parametrize("colour", [{"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}])
def test_where_nothing_has_room_beside_a_name_it_stands_above_its_figures(qp, monkeypatch, colour):
    monkeypatch.setenv("COLUMNS", "60")
    answer = qp("status", *NEIGHBOUR, "--lang", "fr", terminal=True, environ=colour)
    lines = [line.rstrip() for line in re.sub("\x1b\\[[0-9;]*m", "", answer.out).splitlines()]
    place = lines.index("Débiteur")
    assert lines[place + 1].split("  ")[-1] == "Dépassées Proches En cours Exécutées En attente Autres"
    assert lines[place + 2] == "Valmont"
    ends = [found.end() for found in re.finditer(r"En \w+|[^\W\d]+", lines[place + 1])]
    assert [found.end() for found in re.finditer(r"[\d·]+", lines[place + 3])] == ends
    assert re.findall(r"[\d·]+", lines[place + 3]) == ["3", "·", "1", "3", "1", "8"]


def test_what_goes_on_hangs_in():
    drawn = Screen(20).draw(Line("un deux trois quatre cinq six", margin=2, hang=2))
    assert drawn == "  un deux trois\n    quatre cinq six\n"


def test_a_finding_is_one_line_for_programs_and_folded_for_people(wide, qp):
    piped = qp("--lang", "fr", "check").lines
    [line] = [each for each in piped if "QP301" in each]
    folded = wide(60, "fr", "check")
    first = next(place for place, each in enumerate(folded) if "QP301" in each)
    assert line == " ".join(each.strip() for each in folded[first : first + 4])
    assert [each[:2] for each in folded[first + 1 : first + 4]] == ["  "] * 3
