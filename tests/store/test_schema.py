"""Disagreements with the schema: each at its line and column, in the reader's words, all of them at once."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent, indent

import pytest

from qp_cli.errors import RepositoryError
from qp_cli.model.convention import Convention
from qp_cli.model.journal import Journal
from qp_cli.model.sites import Sites
from qp_cli.store import disagreements
from qp_cli.store.disagreements import explain
from qp_cli.store.keys import known_keys, written
from qp_cli.store.reader import read_document
from qp_cli.store.repository import read_repository
from qp_cli.store.schema import validate

CONVENTION = """\
format: qp/1
id: essai
title: Essai
parties:
  - {id: ville, name: Ville}
engagements:
  - id: plan
    title: Plan
    debtors: [ville]
    kind: one-off
"""
"""Ten lines: what a test adds at four spaces stands on line 11."""
FACT = """\
format: qp/1
facts:
  - id: f-1
    kind: %s
    on: 2022-01-01
"""
"""Five lines: what a test adds at four spaces stands on line 6."""
AVENANT = FACT % "amended" + "    title: Avenant\n    changes:\n"
"""Seven lines."""


def see(text, model=Convention):
    """Line, column, code, message and hint of each finding, and that the model is there only without any."""
    document = read_document(text.encode(), "f.yaml")
    assert document.findings == ()
    value, findings = validate(document, model)
    assert (value is None) == bool(findings)
    return [
        (each.span.line, each.span.column, each.code, str(each.message), str(each.hint or ""))
        for each in findings
    ]


def one(text, model=Convention):
    (found,) = see(text, model)
    return found


def top(line):
    """The findings of a convention whose first lines are as they should be, with one line more: the eleventh."""
    return one(CONVENTION + line + "\n")


def engagement(block):
    return one(CONVENTION + indent(dedent(block), "    "))


# --- One sample of each code --------------------------------------------------------------------------------

SAMPLES = [
    # unknown keys
    ("QP101", Convention, CONVENTION + "engagment: []\n", 11, 1, "engagment", "engagements"),
    ("QP101", Convention, CONVENTION + "    debtor: [ville]\n", 11, 5, "debtor", "debtors"),
    ("QP101", Convention, CONVENTION + "    colour: red\n", 11, 5, "colour", "x- is free"),
    ("QP101", Sites, "format: qp/1\nsites:\n  - {id: a, name: A, commune: C, focsu: [x]}\n", 3, 34, "focsu", "focus"),
    # missing
    ("QP102", Convention, CONVENTION.replace("title: Essai\n", ""), 1, 1, "title", ""),
    ("QP102", Convention, CONVENTION.replace("    kind: one-off\n", ""), 7, 5, "kind", ""),
    ("QP102", Journal, "format: qp/1\nfacts:\n  - {id: f-1, kind: voided, on: 2022-01-01}\n", 3, 5, "fact", ""),
    ("QP102", Journal, "format: qp/1\nfacts:\n  - {id: f-1, on: 2022-01-01}\n", 3, 5, "kind", ""),
    # of another type
    ("QP103", Convention, CONVENTION.replace("title: Essai", "title: 2022"), 3, 8, "text", '"2022"'),
    ("QP103", Convention, CONVENTION.replace("title: Essai", "title: true"), 3, 8, "true", '"true"'),
    ("QP103", Convention, CONVENTION.replace("title: Essai", "title: 2022-01-01"), 3, 8, "text", '"2022-01-01"'),
    ("QP103", Convention, CONVENTION.replace("title: Essai", "title:"), 3, 7, "nothing", ""),
    ("QP103", Convention, CONVENTION.replace("title: Essai", "title: [a]"), 3, 8, "not a list", ""),
    ("QP103", Convention, CONVENTION.replace("[ville]", "ville"), 9, 14, "list", "[one, two]"),
    ("QP103", Convention, CONVENTION.replace("{id: ville, name: Ville}", "ville"), 5, 5, "group of keys", ""),
    ("QP103", Convention, CONVENTION + "due_soon_days: '30'\n", 11, 16, "whole number", ""),
    ("QP103", Convention, CONVENTION + "    solidary: yes\n", 11, 15, "true or false", ""),
    ("QP103", Journal, "format: qp/1\nfacts:\n  - annexée\n", 3, 5, "group of keys", ""),
    # not one of
    ("QP104", Convention, CONVENTION.replace("one-off", "oneoff"), 10, 11, "oneoff", "one-off"),
    ("QP104", Convention, CONVENTION + "regime: quantième\n", 11, 9, "quantième", "quantieme"),
    ("QP104", Convention, CONVENTION + "zone: alsace\n", 11, 7, "alsace", "alsace-moselle"),
    ("QP104", Journal, FACT % "fulfiled" + "    engagement: plan\n", 4, 11, "fulfiled", "fulfilled"),
    ("QP104", Journal, AVENANT + "      - {change: exted, target: terme, by: P1M}\n", 8, 18, "exted", "extend"),
    # not of the form
    ("QP105", Convention, CONVENTION.replace("id: essai", "id: Essai Général"), 2, 5, "no id", "etat-referent"),
    ("QP105", Convention, CONVENTION.replace("title: Essai", "title: ''"), 3, 8, "nothing", ""),
    ("QP105", Convention, CONVENTION.replace("title: Essai", "title: '  '"), 3, 8, "nothing", ""),
    ("QP105", Convention, CONVENTION.replace("Essai", "E" * 501), 3, 8, "500", ""),
    ("QP105", Convention, CONVENTION.replace("[ville]", "[]"), 9, 14, "at least 1", ""),
    ("QP105", Journal, FACT % "voided" + "    fact: f-0\n    proof: {url: ftp://x}\n", 7, 18, "web address", ""),
    ("QP105", Journal, FACT % "voided" + "    fact: f-0\n    proof: {sha256: abc}\n", 7, 21, "64", ""),
    # no date
    ("QP106", Convention, CONVENTION + "    due: {on: 31/01/2026}\n", 11, 15, "YYYY-MM-DD", "2026-01-31"),
    ("QP106", Convention, CONVENTION + "    due: {on: 2026-1-5}\n", 11, 15, "YYYY-MM-DD", "2026-01-05"),
    ("QP106", Convention, CONVENTION + '    due: {on: "2026-01-05"}\n', 11, 15, "YYYY-MM-DD", "without quotes"),
    ("QP106", Convention, CONVENTION + '    due: {on: "1769817600"}\n', 11, 15, "1769817600", ""),
    ("QP106", Convention, CONVENTION + "    due: {on: 20260131}\n", 11, 15, "20260131", ""),
    ("QP106", Convention, CONVENTION + "    due: {on: P6M}\n", 11, 15, "P6M", ""),
    ("QP106", Journal, (FACT % "voided").replace("2022-01-01", "null") + "    fact: f-0\n", 5, 9, "not null", ""),
    # no period, no rule
    ("QP107", Convention, CONVENTION + "    due: {within: 6 mois, from: a}\n", 11, 19, "6 mois", ""),
    ("QP107", Convention, CONVENTION + "    due: {rrule: FREQ=HOURLY, from: a}\n", 11, 18, "FREQ", ""),
    ("QP107", Journal, AVENANT + "      - {change: extend, target: terme, by: 12M}\n", 8, 46, "P12M", ""),
    # no due date
    ("QP108", Convention, CONVENTION + "    due: {witin: P6M, from: a}\n", 11, 10, "due date", "within"),
    ("QP108", Convention, CONVENTION + "    due: 2026-01-31\n", 11, 10, "due date", "at_the_latest"),
    ("QP108", Convention, CONVENTION + "    due: {}\n", 11, 10, "due date", "within"),
    # another format
    ("QP109", Convention, CONVENTION.replace("qp/1", "qp/2"), 1, 9, "qp/2", ""),
    ("QP109", Journal, "format: 1\n", 1, 9, "qp/1", ""),
    # out of bounds
    ("QP110", Convention, CONVENTION + "due_soon_days: 4000\n", 11, 16, "3660 or less", ""),
    ("QP110", Convention, CONVENTION + "due_soon_days: -1\n", 11, 16, "0 or more", ""),
]


@pytest.mark.parametrize(("code", "model", "text", "line", "column", "word", "hint"), SAMPLES)
def test_a_disagreement_has_its_code_its_place_and_says_what_is_wrong(code, model, text, line, column, word, hint):
    found = one(text, model)
    assert found[:3] == (line, column, code)
    assert word in found[3]
    assert hint in found[4]


def test_every_code_has_a_sample():
    known = set(re.findall(r"QP1\d\d", Path(disagreements.__file__).read_text(encoding="utf-8")))
    # No value that can be written in YAML gives QP100: it is there for what Pydantic may say one day.
    assert {sample[0] for sample in SAMPLES} == known - {"QP100"}


def test_what_nothing_else_explains_still_has_a_sentence():
    found = explain({"type": "new_in_pydantic", "loc": ("title",), "msg": "?", "input": "x"}, Convention)
    assert (found.code, str(found.message)) == ("QP100", "This value is not accepted here: x")


# --- Unknown keys, at every depth ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "line", "column", "near"),
    [
        ("within: P6M\nfrm: a\n", 12, 7, "from"),
        ("within: P6M\nfrom: a\nregim: duree\n", 13, 7, "regime"),
        ("within: P6M\nfrom:\n  every: P1Y\n  from: a\n  untill: b\n", 15, 9, "until"),
        ("within: P6M\nfrom:\n  rrule: FREQ=YEARLY\n  from: a\n  until_: b\n", 15, 9, "until"),
        ("at_the_latest: P2M\nbefore: a\nregimes: duree\n", 14, 7, "regime"),
        ("earliest_of:\n  - within: P1M\n    from: a\n    regym: duree\n  - on: 2022-01-01\n", 15, 11, "regime"),
        ("latest_of:\n  - on: 2022-01-01\n  - earliest_of:\n    - on: 2022-01-01\n    - every: P1M\n"
         "      from: a\n      untill: b\n", 18, 13, "until"),
        ("every: P1Y\nfrom: a\nuntil: b\nregime_: duree\n", 15, 7, "regime"),
    ],
)
def test_an_unknown_key_inside_a_due_date_is_named_where_it_stands(due, line, column, near):
    offset = {"within: P6M\nfrm": 13, "within: P6M\nfrom: a\nr": 14}
    text = CONVENTION + "    due:\n" + indent(due, "      ")
    wrong = next(number for number, each in enumerate(text.splitlines(), 1) if re.search(_wrong(due), each))
    assert offset is not None
    found = one(text)
    assert found[:3] == (wrong, column, "QP101")
    assert near in found[4]
    assert line <= wrong
