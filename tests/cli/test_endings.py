"""Denunciations and terminations on the command line: recorded, shown, told."""

from __future__ import annotations

import pytest

CONVENTION = """\
format: qp/1
id: essai
title: Essai
signature: signature
term:
  clause: art. 8
  due: {within: P3Y, from: signature, regime: quantieme}
  renewal: {every: P3Y, notice: P6M, at_most: 2, clause: art. 8}
events: [{id: signature, title: Signature, date: 2021-01-01, clause: art. 1}]
parties: [{id: ville, name: Ville, signatory: true}, {id: etat, name: Etat, signatory: true}]
engagements: [{id: plan, title: Plan, clause: art. 2, debtors: [ville], kind: one-off}]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "convention.yaml").write_text(CONVENTION, "utf-8")
    return str(tmp_path)


def test_show_terme_tells_the_chain(qp, folder):
    told = qp("show", "terme", "--data", folder, "--as-of", "2024-02-01").out
    assert "3 years as signed and 1 × 3 years by tacit renewal: 6 years, counted once from the origin" in told
    assert "Expiry on Monday 1 January 2024: renewed on 2 January 2024" in told
    assert "Renewed by 3 years on 2 January 2027 unless denounced by Wednesday 1 July 2026." in told
    assert "1 renewal is left" in told
    assert "avenant" not in told


def test_a_late_denunciation_is_recorded_and_said_to_have_no_effect(qp, folder):
    answer = qp("record", "denounced", "--by", "ville", "--on", "2023-08-20", "--data", folder)
    assert answer.code == 0
    assert "it has no effect" in answer.err
    found = qp("check", "--data", folder, "--format", "json").json["findings"]
    assert "QP421" in {each["code"] for each in found}
    told = qp("show", "terme", "--data", folder, "--as-of", "2024-02-01", "--format", "json").json
    assert told["renewal"]["made"] == 1
    assert len(told["renewal"]["expiries"][0]["denounced_late_by"]) == 1


def test_a_termination_is_recorded_with_its_notice(qp, folder):
    answer = qp("record", "terminated", "--on", "2022-03-01", "--notice", "P3M", "--by", "ville", "--data", folder)
    assert answer.code == 0
    told = qp("show", "terme", "--data", folder, "--as-of", "2022-04-01").out
    assert "Set by the termination: was Monday 1 January 2024." in told
    assert "Working of Wednesday 1 June 2022" in told


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("denounced",), "--by is missing"),
        (("terminated", "plan"), "about the whole convention"),
        (("denounced", "--by", "ville", "--notice", "P3M"), "--notice does not go with denunciation"),
    ],
)
def test_what_does_not_go_with_an_ending_is_refused(qp, folder, typed, said):
    answer = qp("record", *typed, "--data", folder)
    assert answer.code == 2
    assert said in answer.err


def test_no_fixed_end_is_said(qp, folder, tmp_path):
    start, end = CONVENTION.index("  due:"), CONVENTION.index("events:")
    text = CONVENTION[:start] + "  open_ended: true\n  notice: P3M\n" + CONVENTION[end:]
    (tmp_path / "convention.yaml").write_text(text, "utf-8")
    said = "no fixed end: a termination ends it, with a notice of 3 months"
    assert said in qp("status", "--data", folder, "--as-of", "2022-04-01").out
    assert said in qp("show", "terme", "--data", folder, "--as-of", "2022-04-01").out


def test_the_name_of_the_option_is_reserved_where_there_is_a_renewal(qp, folder, tmp_path):
    (tmp_path / "convention.yaml").write_text(CONVENTION.replace("id: plan", "id: denonciation"), "utf-8")
    found = qp("check", "--data", folder, "--format", "json").json["findings"]
    assert "QP201" in {each["code"] for each in found}
