"""What a text cites no clause of is shown without an empty place for it."""

from __future__ import annotations

import re

import pytest

CONVENTION = """\
format: qp/1
id: essai
title: Convention d'essai
signature: signature
term: {due: {within: P24M, from: signature}, renewal: {every: P1Y, notice: P2M}}
events: [{id: signature, title: Signature}]
parties: [{id: ville, name: Ville, signatory: true}]
engagements: [{id: plan, title: Plan, debtors: [ville], kind: one-off, due: {within: P6M, from: signature}}]
"""
SIGNED = "format: qp/1\nfacts: [{id: f1, kind: occurred, event: signature, on: 2024-01-31}]\n"
COMMANDS = ("status", "deadlines", "timeline", "report", "export md", "export ics", "show plan", "show terme")
EMPTY = re.compile(r"\(\s*[–-]?\s*\)(?!\s*[{;=])|,\s*$|,\s*</")


@pytest.fixture(params=["dated", "awaited"])
def repository(request, tmp_path):
    (tmp_path / "convention.yaml").write_text(CONVENTION, "utf-8")
    (tmp_path / "journal.yaml").write_text(SIGNED if request.param == "dated" else "format: qp/1\nfacts: []\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_comma_and_no_brackets_around_nothing(qp, repository, command, lang):
    answer = qp(*command.split(), "--data", str(repository), "--lang", lang, "--as-of", "2024-03-01")
    assert answer.code in {0, 1}
    text = re.sub(r"(?s)<style.*?</style>|<script.*?</script>", "", answer.out)
    text = re.sub(r"\r?\n ", "", text) if command.endswith("ics") else text
    assert [line for line in text.splitlines() if EMPTY.search(line)] == []
