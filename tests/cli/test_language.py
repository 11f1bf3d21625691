"""The reader's language: an option, QP_LANG, else the locale; French for `fr*`, English for anything else."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.usefixtures("outside")

ENGLISH, FRENCH = "Monday 23 November 2026", "lundi 23 novembre 2026"
COMMANDS = [
    ["status"],
    ["deadlines"],
    ["overdue"],
    ["show", "feuille-de-route"],
    ["show", "terme"],
    ["show", "instruction-projets"],
    ["parties"],
    ["sites"],
    ["calc", "2021-03-18", "P6M"],
    ["--help"],
    ["deadlines", "--help"],
    ["calc", "--help"],
]


def speaks(answer):
    return {ENGLISH: "en", FRENCH: "fr"}[re.search(rf"{ENGLISH}|{FRENCH}", answer.out)[0]]


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "fr_CA.utf8"}, "fr"),
        ({"LANG": "FR_be"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "QP_LANG": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "QP_LANG": "fr"}, "fr"),
        ({"LANG": "en_US.UTF-8", "QP_LANG": "FR"}, "fr"),
    ],
)
def test_the_environment_chooses_the_language(qp, environ, expected):
    assert speaks(qp("status", environ=environ)) == expected


@pytest.mark.parametrize(
    "environ", [{"QP_LANG": "fr"}, {"LANG": "fr_FR.UTF-8"}, {"LANG": "fr_FR.UTF-8", "QP_LANG": "x"}]
)
def test_a_language_that_is_none_is_refused_in_the_readers(qp, environ):
    answer = qp("status", "--lang", "de", environ=environ)
    assert (answer.code, answer.err) == (
        2,
        "qp: --lang\u00a0: «\u00a0de\u00a0» n'est pas admis\u00a0; valeurs\u00a0: fr, en\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "fr", "status"],
        ["status", "--lang", "fr"],
        ["status", "--lang=fr"],
        ["--lang", "en", "status", "--lang", "FR"],
    ],
)
def test_an_option_wins_over_the_environment_before_or_after_the_command(qp, arguments):
    assert speaks(qp(*arguments, environ={"QP_LANG": "en", "LANG": "en_US.UTF-8"})) == "fr"


def test_the_status_in_french_gives_the_same_dates_in_french(qp):
    out = qp("status", "--lang", "fr").out
    assert FRENCH in out
    assert "18/03/2021" in out
    assert "sam" in out
    assert "18/09/2021" in out
    assert re.search("1[ \u202f\u00a0]892 jours", out)
    assert "vendredi 17 mars 2023" in out


def test_the_working_in_french_names_days_and_months_in_french(qp):
    out = qp("show", "feuille-de-route", "--lang", "fr").out
    for piece in ("samedi 18 septembre 2021", "vendredi 17 septembre 2021", "lundi 20 septembre 2021", "6 mois"):
        assert piece in out
    assert qp("calc", "2021-03-18", "P6M", "--lang", "fr").lines[0] == "samedi 18 septembre 2021"


def test_the_first_of_a_month_is_written_1er_in_french(qp):
    assert qp("calc", "2021-09-01", "P1M", "--lang", "fr").lines[0] == "vendredi 1er octobre 2021"


def test_findings_and_errors_are_in_french_too(qp):
    english, french = (qp("show", "x", "--lang", code).err for code in ("en", "fr"))
    assert "Aucun" in french
    assert "No engagement" in english
    assert "No " not in french


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_sentence_shows_its_placeholders(qp, command):
    for code in ("en", "fr"):
        assert not re.search(r"\{[a-z_0-9]*\}", qp("--lang", code, *command).out)


def test_machine_formats_keep_iso_dates_in_french(qp):
    assert qp("deadlines", "--lang", "fr", "--format", "json").json["as_of"] == "2026-11-23"
    rows = qp("deadlines", "--lang", "fr", "--format", "csv").rows
    assert rows == qp("deadlines", "--lang", "en", "--format", "csv").rows
