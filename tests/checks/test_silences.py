"""Silences: real comments only, with a reason, of what can be silenced, and never for nothing."""

from __future__ import annotations

import pytest

from qp_cli.checks.registry import examine
from qp_cli.store.repository import read_repository

TEXT = """\
format: qp/1
id: essai
title: Essai
term: {clause: art. 9, due: {within: P24M, from: depart, regime: duree}}
events:
  - {id: depart, title: Départ, date: 2022-01-10, clause: art. 1}
parties:
  - {id: ville, name: Ville}
engagements:
  - id: plan
    title: Plan
    clause: art. 2
    debtors: [ville]
    kind: one-off
    due: {within: P3M, from: depart}
"""
DUE = "    due: {within: P3M, from: depart}"


@pytest.fixture
def codes(tmp_path):
    """The code and line of each finding of a convention."""

    def read(text, **files):
        for name, content in {"convention": text, **files}.items():
            (tmp_path / f"{name}.yaml").write_bytes(content.encode())
        return [(each.code, each.span.line, each.span.column) for each in examine(read_repository(tmp_path))]

    return read


def on_due(comment, *, above=False):
    return TEXT.replace(DUE, f"    {comment}\n{DUE}" if above else f"{DUE}  {comment}")


def test_without_a_silence_the_finding_is_there(codes):
    assert codes(TEXT) == [("QP303", 15, 10)]


@pytest.mark.parametrize(
    "comment",
    [
        "# qp: ignore[QP303] décidé en comité",
        "# qp:ignore[QP303] décidé",
        "#  qp: ignore [ qp303 ]  décidé",
        "# note # qp: ignore[QP303] décidé",
    ],
)
@pytest.mark.parametrize("above", [False, True])
def test_a_comment_on_the_line_or_alone_above_it_silences(codes, comment, above):
    assert codes(on_due(comment, above=above and not comment.startswith("# note"))) == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_make_no_difference(codes, end):
    assert codes(on_due("# qp: ignore[QP303] décidé").replace("\n", end)) == []


def test_several_codes_can_share_a_comment_and_each_must_serve(codes):
    assert codes(on_due("# qp: ignore[QP303, QP304] décidé")) == [("QP505", 15, 59)]


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("title: Plan", 'title: "Plan # qp: ignore[QP303] décidé"'),
        TEXT.replace("title: Plan", "title: 'Plan # qp: ignore[QP303] décidé'"),
        TEXT.replace(DUE, f"    note: |\n      texte\n      # qp: ignore[QP303] décidé\n{DUE}"),
        TEXT.replace(DUE, f"    note: >-\n      # qp: ignore[QP303] décidé\n{DUE}"),
        TEXT.replace(DUE, f"    'x-a # qp: ignore[QP303] b': 1\n{DUE}"),
    ],
)
def test_what_is_no_comment_silences_nothing_and_is_not_called_idle(codes, text):
    assert [code for code, _, _ in codes(text)] == ["QP303"]


def test_the_first_line_of_a_block_can_end_in_a_comment(codes):
    text = TEXT.replace(DUE, f"{DUE}\n    note: |  # qp: ignore[QP303] décidé\n      texte")
    assert [code for code, _, _ in codes(text)] == ["QP303", "QP505"]


def test_a_comment_two_lines_above_or_at_the_end_of_the_line_above_does_not_reach(codes):
    above = TEXT.replace("kind: one-off", "kind: one-off  # qp: ignore[QP303] décidé")
    assert codes(above) == [("QP505", 14, 33), ("QP303", 15, 10)]
    twice = on_due("# qp: ignore[QP303] décidé\n    # autre remarque", above=True)
    assert [code for code, _, _ in codes(twice)] == ["QP505", "QP303"]


@pytest.mark.parametrize(
    ("comment", "column"),
    [
        ("# qp: ignore[QP303]", 52),
        ("# qp: ignore[QP303]   ", 52),
        ("# qp: ignore", 39),
        ("# qp: ignore[]", 39),
        ("# qp: ignore QP303 décidé", 39),
    ],
)
def test_a_silence_without_a_reason_or_a_code_is_an_error_and_silences_nothing(codes, comment, column):
    assert codes(on_due(comment)) == [("QP303", 15, 10), ("QP506", 15, column)]


@pytest.mark.parametrize("code", ["QP009", "QP101", "QP201", "QP505", "QP506", "QP399", "E501"])
def test_what_cannot_be_silenced_or_does_not_exist_is_an_error(codes, code):
    assert codes(on_due(f"# qp: ignore[{code}] décidé")) == [("QP303", 15, 10), ("QP506", 15, 52)]


def test_an_error_of_reference_is_not_silenced(codes):
    text = TEXT.replace("debtors: [ville]", "debtors: [vile]  # qp: ignore[QP202] connu")
    assert {code for code, _, _ in codes(text)} >= {"QP202", "QP506"}


# --- In the convention --------------------------------------------------------------------------------------

IGNORE = "ignore:\n  - {{code: {}, at: {}, reason: décidé en comité}}\n"


def test_an_entry_of_the_convention_silences_what_is_at_that_id(codes):
    assert codes(TEXT + IGNORE.format("QP303", "plan")) == []


@pytest.mark.parametrize("at", ["depart", "terme", "nowhere"])
def test_an_entry_at_another_id_is_idle(codes, at):
    assert codes(TEXT + IGNORE.format("QP303", at)) == [("QP303", 15, 10), ("QP505", 17, 12)]


def test_an_entry_reaches_the_term_a_fact_and_a_claim(codes):
    term = TEXT.replace(", regime: duree", "").replace("P3M", "P2M")
    assert codes(term) == [("QP304", 4, 29)]
    assert codes(term + IGNORE.format("QP304", "terme")) == []
    early = "format: qp/1\nfacts:\n  - {id: f-1, kind: fulfilled, engagement: plan, on: 2021-02-01}\n"
    text = TEXT.replace("P3M", "P2M")
    assert [code for code, _, _ in codes(text, journal=early)] == ["QP401"]
    assert codes(text + IGNORE.format("QP401", "f-1"), journal=early) == []
    claims = "claims:\n  - {about: terme, where: titre, says: '2023', first_year: 2023, last_year: 2023}\n"
    nothing = "format: qp/1\nfacts: []\n"
    assert codes(text + claims, journal=nothing) == [("QP302", 17, 40)]
    assert codes(text + claims + IGNORE.format("QP302", "terme"), journal=nothing) == []


def test_an_entry_at_an_engagement_reaches_what_an_avenant_makes_of_it(codes):
    avenant = """\
format: qp/1
facts:
  - id: a-1
    kind: amended
    title: Avenant
    on: 2022-02-01
    changes:
      - {change: due, target: plan, due: {within: P15M, from: 2022-02-20}}
      - change: add
        engagement: {id: suite, title: S, debtors: [ville], kind: one-off, due: {within: P3M, from: depart}}
"""
    found = [("QP303", 8, 42), ("QP501", 10, 26), ("QP303", 10, 81)]
    assert codes(TEXT, journal=avenant) == found
    assert codes(TEXT + IGNORE.format("QP303", "plan"), journal=avenant) == found[1:]
    assert codes(TEXT + IGNORE.format("QP303", "suite"), journal=avenant) == found[:2]
    assert codes(TEXT + IGNORE.format("QP303", "a-1"), journal=avenant) == found[1:2]


def test_an_entry_needs_a_reason_and_a_code_of_the_families_that_can_be_silenced(codes):
    assert codes(TEXT + "ignore:\n  - {code: QP303, at: plan}\n")[0][0] == "QP102"
    assert codes(TEXT + IGNORE.format("QP202", "plan")) == [("QP105", 17, 12)]
    assert codes(TEXT + IGNORE.format("QP399", "plan")) == [("QP303", 15, 10), ("QP506", 17, 12)]


# --- Rules that did not run ---------------------------------------------------------------------------------


def test_a_silence_of_a_rule_that_could_not_run_is_not_called_idle(codes):
    text = on_due("# qp: ignore[QP303] décidé")
    assert [code for code, _, _ in codes(text, journal="format: qp/1\nfacts: 3\n")] == ["QP103"]


def test_a_silence_is_read_in_every_file(codes):
    journal = (
        "format: qp/1\nfacts:\n"
        "  # qp: ignore[QP401] remis d'avance, vérifié\n"
        "  - {id: f-1, kind: fulfilled, engagement: plan, on: 2021-02-01}\n"
    )
    assert codes(TEXT.replace("P3M", "P2M"), journal=journal) == []
    sites = "format: qp/1\nsites: []  # qp: ignore[QP504] rien\n"
    assert codes(TEXT.replace("P3M", "P2M"), sites=sites) != []
