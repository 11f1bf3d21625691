"""A repository read: convention, sites and journal, the documents they come from, and what is wrong with them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from qp_cli.findings import Finding, Severity
from qp_cli.messages import msg
from qp_cli.model.base import Declared
from qp_cli.model.convention import Convention
from qp_cli.model.kinds import FORMAT
from qp_cli.store.files import FILES, read_files
from qp_cli.store.places import CONVENTION, JOURNAL, SITES, intended_name
from qp_cli.store.schema import merged, validate
from qp_cli.store.yaml.reader import read_document
from qp_cli.store.yaml.tree import START, span_at

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact
    from qp_cli.model.sites import Site
    from qp_cli.store.yaml.tree import Document


def misnamed_file(name: str, folder: Path, there: Container[str] = ()) -> Finding:
    """What there is to say of it: an error where the file that is read is not there, else a warning.

    Args:
        name: its own, from the folder.
        folder: where the file that is read would be, as findings write it.
        there: the files that are.
    """
    shown = os.path.normpath(folder / name).replace(os.sep, "/")
    if "/" in name:
        return _misplaced(name, shown, there)
    right = intended_name(name) or name
    severity = Severity.WARNING if right in there else Severity.ERROR
    message = msg("“{name}” is not read: the file that is read is called {right}", name=name, right=right)
    hint = msg("Put what it says into {right}, or give it another name", right=right)
    if severity is Severity.ERROR:
        hint = msg("Rename it to {right}", right=right)
    return Finding("QP013", severity, message, span_at(shown, START), hint)


def _misplaced(name: str, shown: str, there: Container[str]) -> Finding:
    right = name.rpartition("/")[2]
    severity = Severity.WARNING if right in there else Severity.ERROR
    message = msg("“{name}” is not read: the files that are read are beside {right}", name=name, right=CONVENTION)
    return Finding("QP013", severity, message, span_at(shown, START), msg("Move it there, or delete it"))


def without_convention(name: str, folder: Path) -> Finding:
    """What there is to say of a journal, or of sites, in a folder that holds no convention: nothing of it is shown."""
    message = msg("“{name}” is not read: there is no {right} beside it", name=name, right=CONVENTION)
    hint = msg("Put {right} back beside it, or move it to where its convention is", right=CONVENTION)
    shown = os.path.normpath(folder / name).replace(os.sep, "/")
    return Finding("QP013", Severity.ERROR, message, span_at(shown, START), hint)


def closed_file(shown: str, why: Message) -> Finding:
    """What there is to say of a file of shared parties that cannot be read."""
    message = msg("This file cannot be read: {reason}", reason=why)
    return Finding("QP014", Severity.ERROR, message, span_at(shown, START), msg("Put an ordinary file in its place"))


_Model = TypeVar("_Model", bound=Declared)
_EMPTY_JOURNAL = {"format": FORMAT, "facts": []}


class Repository(NamedTuple):
    """What the files of one folder declare; a part is None when its file could not be read."""

    folder: Path
    documents: dict[str, Document]
    findings: tuple[Finding, ...]
    convention: Convention | None
    sites: tuple[Site, ...] | None
    facts: tuple[Fact, ...] | None


class _Reading:
    """The contents of a repository's files while they are being read."""

    def __init__(self, shown: Path, files: Mapping[str, bytes]) -> None:
        self.shown = shown
        self.files = files
        self.documents: dict[str, Document] = {}
        self.findings: list[Finding] = []

    def open(self, name: str) -> Document | None:
        """The document of that name; None when there is no such file, and there need be none."""
        if name not in self.files:
            return None
        document = read_document(self.files[name], (self.shown / name).as_posix())
        self.documents[name] = document
        self.findings.extend(document.findings)
        return document

    def validate(self, document: Document, model: type[_Model]) -> _Model | None:
        """What a document declares, or None once its findings are noted."""
        value, findings = validate(document, model)
        self.findings = merged(self.findings, findings)
        return value

    def convention(self) -> Convention | None:
        document = self.open(CONVENTION)
        return self.validate(document, Convention) if document else None

    def sites(self) -> tuple[Site, ...] | None:
        from qp_cli.model.sites import Sites

        document = self.open(SITES)
        if document is None:
            return ()
        declared = self.validate(document, Sites)
        return declared.sites if declared else None

    def facts(self) -> tuple[Fact, ...] | None:
        """The facts; a journal without any needs no model, and most begin so."""
        document = self.open(JOURNAL)
        if document is None or document.root == _EMPTY_JOURNAL:
            return ()
        from qp_cli.model.facts import Journal

        declared = self.validate(document, Journal)
        return declared.facts if declared else None


def read_repository(folder: Path, shown: Path | None = None, files: Mapping[str, bytes] | None = None) -> Repository:
    """The repository in a folder.

    Args:
        folder: where its files are, or were.
        shown: how findings write the folder.
        files: what they hold by name, where it is not what the folder holds now.

    Raises:
        RepositoryError: a file that cannot be opened.
    """
    held = read_files(folder, shown) if files is None else files
    reading = _Reading(shown or folder, held)
    convention, sites, facts = reading.convention(), reading.sites(), reading.facts()
    others = [misnamed_file(name, reading.shown, held) for name in held if name not in FILES]
    return Repository(folder, reading.documents, (*reading.findings, *others), convention, sites, facts)
