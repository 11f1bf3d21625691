"""Conventions and journals for tests, built from YAML text by the real reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

from qp_cli.checks.registry import examine
from qp_cli.findings import Severity
from qp_cli.model.convention import Convention
from qp_cli.model.facts import Journal
from qp_cli.model.sites import Sites
from qp_cli.store.repository import read_repository
from qp_cli.store.schema import validate
from qp_cli.store.yaml.reader import read_document
from qp_cli.tracking.filters import Choice, choose
from qp_cli.tracking.situation import assess

SHIPPED = Path(__file__).parents[2] / "data"
NEIGHBOUR = Path(__file__).parents[1] / "conventions" / "neighbour"
HEAD = """\
format: qp/1
id: essai
title: Convention d'essai
"""
FILES = {Convention: "convention.yaml", Journal: "journal.yaml", Sites: "sites.yaml"}


def day(text):
    return date.fromisoformat(text)


def read(text, model):
    """The model a text declares; a finding fails the test."""
    document = read_document(dedent(text).encode(), FILES[model])
    value, findings = validate(document, model)
    assert [str(finding.message) for finding in (*document.findings, *findings)] == []
    return value


def convention(body):
    return read(HEAD + dedent(body), Convention)


def facts(body):
    return read(f"format: qp/1\nfacts:\n{dedent(body)}" if body else "format: qp/1\n", Journal).facts


def at(as_of, body, journal=""):
    """The situation at a day of a convention and a journal given as text."""
    return assess(convention(body), (), facts(journal), day(as_of))


def folder(path):
    """A repository of this tree, read as the commands read it."""
    repository = read_repository(path)
    errors = [str(each.message) for each in examine(repository) if each.severity is Severity.ERROR]
    assert errors == []
    return repository


def folder_at(repository, as_of, journal=None):
    """The situation of a repository at a day, with another journal if one is given."""
    recorded = repository.facts if journal is None else journal
    return assess(repository.convention, repository.sites, recorded, day(as_of))


def by_id(situation):
    found = {one.id: one for one in situation.obligations}
    assert len(found) == len(situation.obligations)
    return found


def states(situation):
    return {one.id: one.state.value for one in situation.obligations}


def dues(situation):
    return {one.id: one.due.isoformat() if one.due else None for one in situation.obligations}


def owed(situation, *parties, sites=()):
    """The ids that `--party` and `--site` keep."""
    return [one.id for one in choose(situation, Choice(parties=parties, sites=sites))]
