"""Small repositories whose findings are expected where the mark ‸ stands."""

from __future__ import annotations

from textwrap import dedent

import pytest

from qp_cli.checks.registry import examine
from qp_cli.store.repository import read_repository

CONVENTION = """\
format: qp/1
id: essai
title: Essai
approval: accord
term: {clause: art. 9, due: {within: P24M, from: depart, regime: quantieme}}
events:
  - {id: depart, title: Départ, date: 2022-01-10, clause: art. 1}
  - {id: accord, title: Accord, date: 2022-01-03, clause: délibération}
  - {id: demande, title: Demande, repeats: true, clause: art. 5}
parties:
  - {id: ville, name: Ville, signatory: true}
  - {id: region, name: Région, signatory: true}
  - {id: maire, name: Maire, organ_of: ville}
groups:
  - {id: toutes, name: Toutes les parties, members: [ville, region]}
engagements:
  - {id: plan, title: Plan, clause: art. 2, debtors: [ville], kind: one-off, due: {within: P2M, from: depart}}
  - {id: bilan, title: Bilan, clause: art. 3, debtors: [toutes], kind: one-off}
  - {id: suivi, title: Suivi, clause: art. 4, debtors: [ville], support: [toutes], kind: continuing}
  - {id: revue, title: Revue, clause: art. 4, debtors: [ville], kind: recurring,
     due: {every: P6M, from: depart, regime: ccag}}
  - {id: reponse, title: Réponse, clause: art. 5, debtors: [ville], kind: on-request, trigger: demande,
     due: {within: 10 jours ouvrés}}
"""
SITES = (
    "format: qp/1\nsites:\n  - {id: halle, name: Halle, commune: Bourg}\n  - {id: gare, name: Gare, commune: Bourg}\n"
)


@pytest.fixture
def convention():
    """The convention that a test starts from; nothing is wrong in it."""

    def change(*replacements, add=""):
        text = CONVENTION
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        return text + add

    return change


@pytest.fixture
def seen(tmp_path):
    """The findings of a repository as code and message, once they stand where the marks do."""

    def read(convention=CONVENTION, journal="", sites=SITES):
        texts = {"convention": convention, "journal": f"format: qp/1\nfacts:\n{dedent(journal)}", "sites": sites}
        if not journal:
            del texts["journal"]
            (tmp_path / "journal.yaml").unlink(missing_ok=True)
        marks = set()
        for name, text in texts.items():
            for number, line in enumerate(text.splitlines(), 1):
                parts = line.split("‸")
                marks |= {(f"{name}.yaml", number, len("".join(parts[:rank])) + 1) for rank in range(1, len(parts))}
            (tmp_path / f"{name}.yaml").write_text(text.replace("‸", ""), "utf-8")
        found = examine(read_repository(tmp_path))
        places = {(each.span.path.rpartition("/")[2], each.span.line, each.span.column) for each in found}
        assert places == marks, [(each.code, str(each.message), each.span) for each in found]
        return [(each.code, each.severity.value, str(each.message)) for each in found]

    return read
