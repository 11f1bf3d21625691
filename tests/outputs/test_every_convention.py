"""Each repository of `tests/conventions` of the new words, by every output, in both languages, at a telling day."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO

import pytest
from openpyxl import load_workbook

from tests.conftest import ROOT
from tests.outputs.test_french import words
from tests.outputs.test_no_english import NAMES, english

CASES = {  # the day looked at, an earlier one to compare with, what is shown of it, what the term is said to be
    "apl": ("2023-01-15", "2022-12-30", "etat-loyers", ("reconduction tacite", "tacit renewal")),
    "concession": ("2021-09-15", "2021-09-14", "inventaire", ("résiliation", "termination")),
    "subvention": ("2023-03-15", "2022-09-20", "compte-rendu-financier", ("15 août 2023", "15 August 2023")),
    "fusion": ("2022-01-01", "2021-12-31", "bilan", ("1er mars 2023", "1 March 2023")),
    "sans-terme": ("2023-06-30", "2022-01-15", "effacement", ("résiliation", "termination")),
    "entree-en-vigueur": ("2022-03-01", "2021-05-20", "vigueur", ("30 novembre 2022", "30 November 2022")),
}
LANGUAGES = ("fr", "en")
OUTPUTS = (
    ("status",),
    ("deadlines",),
    ("show", "{}"),
    ("show", "terme"),
    ("timeline",),
    ("log",),
    ("diff", "<", ">"),
    ("export", "md"),
    ("export", "csv", "--excel-fr"),
    ("report",),
)


@pytest.fixture
def asked(qp):
    def ask(name, *arguments, language="en", **more):
        day, earlier, shown, _ = CASES[name]
        said = [{"<": earlier, ">": day, "{}": shown}.get(each, each) for each in arguments]
        folder = str(ROOT / "tests" / "conventions" / name)
        at = () if said[0] == "diff" else ("--as-of", day)
        answer = qp(*said, "--data", folder, "--lang", language, *at, **more)
        assert answer.code == 0, answer.err
        return answer

    return ask


@pytest.mark.parametrize("arguments", OUTPUTS, ids=" ".join)
@pytest.mark.parametrize("name", CASES)
def test_every_output_is_given_in_both_languages_and_in_french_says_no_english(asked, name, arguments):
    french, in_english = (words(asked(name, *arguments, language=language).out) for language in LANGUAGES)
    assert french != in_english
    assert not re.search(r"\{[a-z_0-9]*\}", french + in_english)
    assert english(french, NAMES if "csv" in arguments else frozenset()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_the_timeline_holds_in_eighty_columns(asked, name, language):
    answer = asked(name, "timeline", language=language, terminal=True, environ={"NO_COLOR": "1", "TERM": "dumb"})
    assert [line for line in answer.lines if len(line) > 80] == []
    assert CASES[name][0][:4] in answer.out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_the_term_is_told_with_what_moved_it(asked, name, language):
    told = CASES[name][3][LANGUAGES.index(language)]
    assert told in " ".join(asked(name, "show", "terme", language=language).out.split())
    assert told in " ".join(asked(name, "report", language=language).out.split())


@pytest.mark.parametrize("name", ["apl", "concession", "sans-terme"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_status_says_what_moved_the_term(asked, name, language):
    assert CASES[name][3][LANGUAGES.index(language)] in asked(name, "status", language=language).out


@pytest.mark.parametrize("name", CASES)
def test_the_formats_have_the_same_rows(asked, name, tmp_path):
    rows = json.loads(asked(name, "deadlines", "--format", "json").out)["obligations"]
    found = {one["id"]: (one["state"], one["due"]) for one in rows}
    table = csv.DictReader(StringIO(asked(name, "deadlines", "--format", "csv").out))
    assert {row["id"]: (row["state"], row["due"] or None) for row in table} == found
    path = tmp_path / "obligations.xlsx"
    asked(name, "export", "xlsx", "--output", str(path), language="fr")
    book = load_workbook(path)
    heading, *lines = book["Obligations"].iter_rows(values_only=True)
    assert {line[heading.index("Identifiant")] for line in lines} == set(found)
    texts = (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert english("\n".join(texts), NAMES) == []
    assert json.loads(asked(name, "deadlines", "--format", "json", language="fr").out)["obligations"] == rows
