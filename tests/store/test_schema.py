"""Disagreements with the schema: each at its line and column, in the reader's words, all of them at once."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent, indent

import pytest

from qp_cli.errors import RepositoryError
from qp_cli.model.convention import Convention
from qp_cli.model.facts import Journal
from qp_cli.model.sites import Sites
from qp_cli.store import schema_messages as disagreements
from qp_cli.store.repository import read_repository
from qp_cli.store.schema import validate
from qp_cli.store.schema_messages import explain_disagreement, known_keys, written
from qp_cli.store.yaml.reader import read_document

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
    return [(each.span.line, each.span.column, each.code, str(each.message), str(each.hint or "")) for each in findings]


def one(text, model=Convention):
    (found,) = see(text, model)
    return found


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
    ("QP103", Convention, CONVENTION.replace("[ville]", "ville"), 9, 14, "list", "[ville]"),
    ("QP103", Convention, CONVENTION.replace("[ville]", "{a: b}"), 9, 14, "list", "[one, two]"),
    ("QP103", Convention, CONVENTION.replace("{id: ville, name: Ville}", "ville"), 5, 5, "group of keys", ""),
    ("QP103", Convention, CONVENTION + "due_soon_days: '30'\n", 11, 16, "the text “30”", "without quotes"),
    ("QP103", Convention, CONVENTION + "    solidary: yes\n", 11, 15, "true or false", ""),
    ("QP103", Journal, "format: qp/1\nfacts:\n  - annexée\n", 3, 5, "group of keys", ""),
    # not one of
    ("QP104", Convention, CONVENTION.replace("one-off", "oneoff"), 10, 11, "oneoff", "one-off"),
    ("QP104", Convention, CONVENTION + "regime: quantième\n", 11, 9, "quantième", "quantieme"),
    ("QP104", Convention, CONVENTION + "zone: alsace\n", 11, 7, "alsace", "alsace-moselle"),
    ("QP104", Journal, FACT % "fulfiled" + "    engagement: plan\n", 4, 11, "fulfiled", "fulfilled"),
    ("QP104", Journal, AVENANT + "      - {change: exted, target: terme, by: P1M}\n", 8, 18, "exted", "extend"),
    # not of the form
    ("QP105", Convention, CONVENTION.replace("id: essai", "id: Essai Général"), 2, 5, "no id", "essai-general"),
    ("QP105", Convention, CONVENTION.replace("title: Essai", "title: ''"), 3, 8, "nothing", ""),
    ("QP105", Convention, CONVENTION.replace("title: Essai", "title: '  '"), 3, 8, "nothing", ""),
    ("QP105", Convention, CONVENTION.replace("Essai", "E" * 501), 3, 8, "500", ""),
    ("QP105", Convention, CONVENTION.replace("[ville]", "[]"), 9, 14, "at least 1", ""),
    ("QP105", Journal, FACT % "voided" + "    fact: f-0\n    proof: {url: ftp://x}\n", 7, 18, "web address", ""),
    ("QP105", Journal, FACT % "voided" + "    fact: f-0\n    proof: {sha256: abc}\n", 7, 21, "64", ""),
    # no date
    ("QP106", Convention, CONVENTION + "    due: {on: 31/01/2026}\n", 11, 15, "YYYY-MM-DD", "2026-01-31"),
    ("QP106", Convention, CONVENTION + "    due: {on: 2026-1-5}\n", 11, 15, "YYYY-MM-DD", "2026-01-05"),
    (
        "QP106",
        Convention,
        CONVENTION + '    due: {on: "2026-01-05"}\n',
        11,
        15,
        "the text “2026-01-05”",
        "without quotes",
    ),
    ("QP106", Convention, CONVENTION + "    due: {on: 20260131}\n", 11, 15, "20260131", ""),
    ("QP105", Convention, CONVENTION + "    due: {on: P6M}\n", 11, 15, "P6M", ""),
    # what stands where a date is counted from
    (
        "QP108",
        Convention,
        CONVENTION + "    due: {within: P6M, from: [a, b]}\n",
        11,
        30,
        "several",
        "latest_of: [a, b]",
    ),
    ("QP108", Convention, CONVENTION + "    due: {within: P6M, from: {latest_of: [a, b]}}\n", 11, 30, "name", "when:"),
    (
        "QP108",
        Convention,
        CONVENTION + "    due: {every: P6M, from: {every: P1M, from: a}}\n",
        11,
        29,
        "recurrence",
        "",
    ),
    ("QP108", Convention, CONVENTION + "    due: {within: P6M, from: {evry: P1Y, from: a}}\n", 11, 30, "from", "every"),
    # what the format does not provide for, and what comes closest
    ("QP107", Convention, CONVENTION + "    due: {within: 15 jours francs, from: a}\n", 11, 19, "P15D", ""),
    ("QP106", Convention, CONVENTION + "    due: {on: 31 décembre 2021}\n", 11, 15, "31 décembre", "2021-12-31"),
    ("QP107", Convention, CONVENTION + "    due: {within: 48 heures, from: a}\n", 11, 19, "hours", ""),
    (
        "QP107",
        Convention,
        CONVENTION + "    due: {within: 30 jours fin de mois, from: a}\n",
        11,
        19,
        "BYMONTHDAY=-1",
        "",
    ),
    ("QP108", Convention, CONVENTION + "    due: {not_before: 2022-01-01}\n", 11, 10, "Windows", "last day"),
    ("QP101", Convention, CONVENTION + "    penalty: 100\n", 11, 5, "Penalties", "note"),
    ("QP101", Convention, CONVENTION + "    seuil: 100\n", 11, 5, "Thresholds", "occurred"),
    ("QP101", Convention, CONVENTION + "    silence: accord\n", 11, 5, "Silence", "when:"),
    ("QP101", Convention, CONVENTION + "    business_hours: true\n", 11, 5, "Hours", "P2D"),
    ("QP106", Journal, (FACT % "voided").replace("2022-01-01", "null") + "    fact: f-0\n", 5, 9, "not null", ""),
    # no period, no rule
    ("QP107", Convention, CONVENTION + "    due: {within: 6 mois, from: a}\n", 11, 19, "6 mois", ""),
    ("QP107", Convention, CONVENTION + "    due: {rrule: FREQ=HOURLY, from: a}\n", 11, 18, "FREQ", ""),
    ("QP107", Journal, AVENANT + "      - {change: extend, target: terme, by: 12M}\n", 8, 45, "P12M", ""),
    # no due date
    ("QP108", Convention, CONVENTION + "    due: {witin: P6M, from: a}\n", 11, 10, "due date", "within"),
    ("QP108", Convention, CONVENTION + "    due: 2026-01-31\n", 11, 10, "due date", "{on: 2026-01-31}"),
    ("QP108", Convention, CONVENTION + "    due: {}\n", 11, 10, "due date", "within"),
    # another format
    ("QP109", Convention, CONVENTION.replace("qp/1", "qp/2"), 1, 9, "qp/2", ""),
    ("QP109", Journal, "format: 1\n", 1, 9, "qp/1", ""),
    # out of bounds
    ("QP110", Convention, CONVENTION + "due_soon_days: 4000\n", 11, 16, "3660 or less", ""),
    ("QP110", Convention, CONVENTION + "due_soon_days: -1\n", 11, 16, "0 or more", ""),
    ("QP110", Convention, CONVENTION + "    due: {on: 1904-12-31}\n", 11, 15, "1905 to 2100, not in 1904-12-31", ""),
]
ADDED = "{id: a, title: A, debtors: [b], kind: one-off, due: {on: ‸}}"
DAYS = [
    (Convention, CONVENTION + "events: [{id: e, title: E, date: ‸}]\n"),
    (Convention, CONVENTION + "source: {title: Texte, date: ‸}\n"),
    (Convention, CONVENTION + "term: {due: {on: ‸}}\n"),
    (Convention, CONVENTION + "    due: {on: ‸}\n"),
    (Convention, CONVENTION + "    due: {within: P1M, from: ‸}\n"),
    (Convention, CONVENTION + "    due: {at_the_latest: P1M, before: ‸}\n"),
    (Convention, CONVENTION + "    due: {at_least: P1M, before: ‸}\n"),
    (Convention, CONVENTION + "    due: {earliest_of: [{on: 2026-01-01}, {latest_of: [{on: 2026-01-01}, {on: ‸}]}]}\n"),
    (Convention, CONVENTION + "    due: {every: P1M, from: ‸}\n"),
    (Convention, CONVENTION + "    due: {every: P1M, from: a, until: ‸}\n"),
    (Convention, CONVENTION + "    due: {rrule: FREQ=DAILY, from: ‸, until: 2026-01-01}\n"),
    (Convention, CONVENTION + "    due: {within: P1M, from: {every: P1Y, from: ‸}}\n"),
    (Convention, CONVENTION + "    target: {within: P1M, from: ‸}\n"),
    (Journal, (FACT % "voided").replace("2022-01-01", "‸") + "    fact: f-0\n"),
    (Journal, FACT % "voided" + "    fact: f-0\n    recorded: ‸\n"),
    (Journal, FACT % "fulfilled" + "    engagement: a\n    occurrence: ‸\n"),
    (Journal, AVENANT.replace("    changes:", "    signed: ‸\n    changes:") + "      - {change: end, target: a}\n"),
    (Journal, AVENANT.replace("    changes:", "    effect: ‸\n    changes:") + "      - {change: end, target: a}\n"),
    (Journal, AVENANT + "      - {change: due, target: a, due: {on: ‸}}\n"),
    (Journal, AVENANT + "      - {change: due, target: a, due: {every: P1Y, from: b, until: ‸}}\n"),
    (
        Journal,
        AVENANT + "      - {change: add, engagement: {id: a, title: A, debtors: [b], kind: one-off, due: {on: ‸}}}\n",
    ),
]


@pytest.mark.parametrize(("model", "text"), DAYS)
def test_a_day_is_one_of_the_years_that_are_computed_wherever_it_stands(model, text):
    line, column = next((n, each.index("‸") + 1) for n, each in enumerate(text.splitlines(), 1) if "‸" in each)
    for day in ("1905-01-01", "2100-12-31"):
        assert see(text.replace("‸", day), model) == []
    for day in ("0001-01-01", "1904-12-31", "2101-01-01", "9999-12-31"):
        found = one(text.replace("‸", day), model)
        assert found[:4] == (line, column, "QP110", f"qp computes from 1905 to 2100, not in {day}")


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
    found = explain_disagreement({"type": "new_in_pydantic", "loc": ("title",), "msg": "?", "input": "x"}, Convention)
    assert (found.code, str(found.message)) == ("QP100", "This value is not accepted here: x")


NESTED = """\
latest_of:
  - on: 2022-01-01
  - earliest_of:
    - on: 2022-01-01
    - every: P1M
      from: a
      untill: b
"""

# --- Unknown keys, at every depth ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "line", "column", "near"),
    [
        ("within: P6M\nfrm: a\n", 13, 7, "from"),
        ("within: P6M\nfrom: a\nregim: duree\n", 14, 7, "regime"),
        ("within: P6M\nfrom:\n  every: P1Y\n  from: a\n  untill: b\n", 16, 9, "until"),
        ("within: P6M\nfrom:\n  rrule: FREQ=YEARLY\n  from: a\n  untill: b\n", 16, 9, "until"),
        ("at_the_latest: P2M\nbefore: a\nregimes: duree\n", 14, 7, "regime"),
        ("on: 2022-01-01\nonn: 2022-01-01\n", 13, 7, "on"),
        ("earliest_of:\n  - within: P1M\n    from: a\n    regym: duree\n  - on: 2022-01-01\n", 15, 11, "regime"),
        (NESTED, 18, 13, "until"),
        ("every: P1Y\nfrom: a\nuntil: b\nregime_: duree\n", 15, 7, "regime"),
    ],
)
def test_an_unknown_key_inside_a_due_date_is_named_where_it_stands(due, line, column, near):
    found = one(CONVENTION + "    due:\n" + indent(due, "      "))
    assert found[:3] == (line, column, "QP101")
    assert near in found[4]


def test_a_wrong_value_inside_a_due_date_is_named_where_it_stands():
    text = CONVENTION + dedent("""\
        #
            due:
              earliest_of:
                - within: P1M
                  from: Premier Jour
                - within: P1M
                  from: a
                  regime: quantime
                - on: 31/01/2026
        """)
    assert [(line, column, code) for line, column, code, *_ in see(text)] == [
        (15, 17, "QP105"),
        (18, 19, "QP104"),
        (19, 15, "QP106"),
    ]


def test_what_is_missing_in_a_due_date_is_told_at_its_first_key():
    assert one(CONVENTION + "    due:\n      at_the_latest: P2M\n")[:4] == (
        12,
        7,
        "QP102",
        "The key “before” is missing",
    )


KINDS = {
    "fulfilled": "engagement: plan",
    "waived": "engagement: plan",
    "suspended": "engagement: plan",
    "resumed": "engagement: plan",
    "notified": "engagement: plan",
    "breached": "engagement: plan",
    "triggered": "engagement: plan",
    "occurred": "event: signature",
    "voided": "fact: f-0",
}


@pytest.mark.parametrize(("kind", "about"), KINDS.items())
def test_an_unknown_key_inside_a_fact_is_named_where_it_stands(kind, about):
    found = one(f"{FACT % kind}    {about}\n    recoded: 2022-01-02\n", Journal)
    assert found[:3] == (7, 5, "QP101")
    assert "recorded" in found[4]


@pytest.mark.parametrize(("kind", "about"), KINDS.items())
def test_a_misspelt_key_of_a_fact_is_told_where_it_stands_and_not_missed_beside(kind, about):
    key, value = about.split(": ")
    found = see(f"{FACT % kind}    {key[:-1]}: {value}\n", Journal)
    assert [each[:3] for each in found] == [(6, 5, "QP101")]
    assert key in found[0][4]


@pytest.mark.parametrize(("kind", "about"), KINDS.items())
def test_a_key_that_nothing_was_written_for_is_missed(kind, about):
    key = about.partition(":")[0]
    found = see(f"{FACT % kind}    zzzz: 1\n", Journal)
    assert [each[:3] for each in found] == [(3, 5, "QP102"), (6, 5, "QP101")]
    assert f"“{key}” is missing" in found[0][3]
    assert f"Add {key}: …" in found[0][4]


@pytest.mark.parametrize(
    ("change", "line", "column", "code", "word"),
    [
        ("- change: extend\n  target: terme\n  by: P1M\n  on_: a\n", 11, 9, "QP101", "on_"),
        ("- change: due\n  target: plan\n  due: {on: 2022-01-01}\n  duee: a\n", 11, 9, "QP101", "duee"),
        ("- change: due\n  target: plan\n  due:\n    within: P6M\n    frm: a\n", 12, 11, "QP101", "frm"),
        ("- change: debtors\n  target: plan\n  debtors: [a]\n  debiteur: a\n", 11, 9, "QP101", "debiteur"),
        ("- change: debtors\n  target: plan\n  debtors: []\n", 10, 18, "QP105", "at least 1"),
        ("- change: end\n  target: plan\n  targt: a\n", 10, 9, "QP101", "targt"),
        (
            "- change: add\n  engagement:\n    id: a\n    title: A\n    debtors: [a]\n    kind: one-of\n",
            13,
            17,
            "QP104",
            "one-of",
        ),
        ("- target: plan\n", 8, 9, "QP102", "change"),
        ("- end\n", 8, 9, "QP103", "group of keys"),
    ],
)
def test_a_disagreement_inside_an_avenant_is_named_where_it_stands(change, line, column, code, word):
    found = one(AVENANT + indent(change, "      "), Journal)
    assert found[:3] == (line, column, code)
    assert word in found[3]


def test_a_list_that_is_short_only_by_what_was_refused_in_it_is_not_said_to_be_short():
    assert [each[2] for each in see(AVENANT + "      - {change: end, target: Plan}\n", Journal)] == ["QP105"]
    assert "no id" in one(AVENANT + "      - {change: end, target: Plan}\n", Journal)[3]
    assert "at least 1" in one(AVENANT[:-1] + " []\n", Journal)[3]


def test_an_unknown_key_near_to_none_is_answered_with_those_that_are_known():
    hint = one(CONVENTION + "    due: {on: 2022-01-01, zzz: 1}\n")[4]
    assert hint == "Known here: on. A key that begins with x- is free."


def test_a_key_near_to_several_is_answered_with_them():
    assert "change" in one(AVENANT + "      - {change: end, target: plan, chang: a}\n", Journal)[4]


# --- Free keys ----------------------------------------------------------------------------------------------


def test_a_key_that_begins_with_x_is_free_at_every_level():
    text = dedent("""\
        format: qp/1
        x-owner: direction
        id: essai
        title: Essai
        source: {title: Texte, x-shelf: 3}
        term: {x-a: [1], due: {x-b: {x-c: 1}, on: 2022-01-01}}
        parties:
          - {id: ville, x-siret: 12345, name: Ville}
        engagements:
          - id: plan
            x-color: red
            title: Plan
            debtors: [ville]
            kind: one-off
            due:
              x-why: lecture
              earliest_of:
                - {on: 2022-01-01, x-d: null}
                - {within: P1M, from: {every: P1M, from: a, x-e: 1}, x-f: 1}
        """)
    assert see(text) == []
    journal = AVENANT + "      - {change: extend, target: terme, by: P1M, x-g: 1}\n    x-h: {any: [thing]}\n"
    assert see(journal, Journal) == []
    assert (
        see("format: qp/1\nsites:\n  - {id: a, name: A, commune: C, x-lat: 1, zooms: [{name: Z, x-y: 1}]}\n", Sites)
        == []
    )


def test_only_that_beginning_makes_a_key_free():
    assert [each[2] for each in see(CONVENTION + "xowner: a\nX-owner: a\n")] == ["QP101", "QP101"]


# --- All at once --------------------------------------------------------------------------------------------


def test_every_mistake_of_a_file_is_found_at_once_in_its_order():
    text = dedent("""\
        format: qp/1
        id: Essai
        title:
        zone: alsace
        due_soon_days: dix
        term: {due: {within: 6M, from: signature}}
        parties:
          - {id: ville, name: Ville, organe_of: etat}
          - {name: État}
        engagment: []
        engagements:
          - id: plan
            title: Plan
            debtors: ville
            kind: one-of
            due: {on: 31/01/2026}
        """)
    assert [(line, column, code) for line, column, code, *_ in see(text)] == [
        (2, 5, "QP105"),
        (3, 7, "QP103"),
        (4, 7, "QP104"),
        (5, 16, "QP103"),
        (6, 22, "QP107"),
        (8, 30, "QP101"),
        (9, 5, "QP102"),
        (10, 1, "QP101"),
        (14, 14, "QP103"),
        (15, 11, "QP104"),
        (16, 15, "QP106"),
    ]


def test_a_date_that_cannot_be_is_not_proposed():
    assert one(CONVENTION + "    due: {on: 31/02/2026}\n")[4] == "That month ends on 2026-02-28"
    assert one(CONVENTION + "    due: {on: 1/2/2026}\n")[4] == "Write 2026-02-01"


def test_a_long_value_is_echoed_short_and_a_group_not_at_all():
    assert len(one(CONVENTION.replace("one-off", "z" * 400))[3]) < 120
    assert "…" in one(CONVENTION + "    nature: {a: 1}\n")[3]


# --- The files of a repository ------------------------------------------------------------------------------


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_repository_needs_no_sites_and_no_journal(tmp_path):
    found = read_repository(write(tmp_path, convention=CONVENTION))
    assert (found.convention.id, found.sites, found.facts, found.findings) == ("essai", (), (), ())


def test_a_file_with_a_mistake_is_none_and_the_others_are_read(tmp_path):
    found = read_repository(write(tmp_path, convention=CONVENTION, sites="format: qp/1\nsites: 3\n", journal="- a\n"))
    assert (found.convention.id, found.sites, found.facts) == ("essai", None, None)
    assert [(each.code, Path(each.span.path).name) for each in found.findings] == [
        ("QP103", "sites.yaml"),
        ("QP011", "journal.yaml"),
    ]


def test_a_file_that_is_no_yaml_gets_its_own_findings_and_none_of_the_schemas(tmp_path):
    found = read_repository(write(tmp_path, convention="format: qp/1\nid: [\n"))
    assert found.convention is None
    assert [each.code[:3] for each in found.findings] == ["QP0"]


def test_findings_name_the_file_as_it_is_to_be_shown(tmp_path):
    found = read_repository(write(tmp_path, convention="format: qp/2\n"), Path("data"))
    assert {each.span.path for each in found.findings} == {"data/convention.yaml"}


def test_a_folder_without_a_convention_cannot_be_read(tmp_path):
    with pytest.raises(RepositoryError) as caught:
        read_repository(tmp_path)
    assert "convention.yaml" in str(caught.value)
    assert caught.value.exit_code == 3


# --- Paths --------------------------------------------------------------------------------------------------


EVERY = ("engagements", 0, "due", "within", "from", "every", "from", "name")
REDATED = ("facts", 1, "amended", "changes", 0, "due", "due", "on", "on")


@pytest.mark.parametrize(
    ("model", "loc", "expected"),
    [
        (Convention, ("title",), ("title",)),
        (Convention, EVERY, ("engagements", 0, "due", "from", "from")),
        (Convention, ("term", "due", "on", "on"), ("term", "due", "on")),
        (Journal, REDATED, ("facts", 1, "changes", 0, "due", "on")),
        (Journal, ("facts", 1, "fulfilled", "nowhere", "x"), ("facts", 1, "nowhere", "x")),
    ],
)
def test_a_path_is_given_as_the_file_has_it(model, loc, expected):
    assert written(model, loc) == expected


def test_the_known_keys_are_those_a_reader_writes():
    assert "from" in known_keys(Convention, ("engagements", 0, "due", "within"))
    assert "from_" not in known_keys(Convention, ("engagements", 0, "due", "within"))
    assert known_keys(Convention, ("title",)) == []
    assert known_keys(Journal, ("facts", 0, "voided"))[-2:] == ["kind", "fact"]


def test_of_one_code_the_first_places_are_listed_and_the_others_counted(tmp_path):
    keys = "".join(f"inconnue{number}: 1\n" for number in range(50))
    (tmp_path / "convention.yaml").write_text(f"format: qp/1\nid: c\ntitle: T\nparties: []\n{keys}", "utf-8")
    found = [each for each in read_repository(tmp_path).findings if each.code == "QP101"]
    assert [each.span.line for each in found] == [*range(5, 26)]
    assert str(found[-1].message) == "30 more places like those above are not listed."
