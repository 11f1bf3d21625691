"""Examining conventions one after the other: each by itself, and what is left of it once it was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.registry import examine
from qp_cli.errors import RepositoryError
from qp_cli.store.places import CONVENTION
from qp_cli.store.portfolio import parties_near
from qp_cli.store.repository import read_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from qp_cli.cli.vicinity import Vicinity
    from qp_cli.findings import Finding, Span
    from qp_cli.messages import Message
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.tree import Document

Lines = dict[int, str]
"""Lines of a file by their number, from 1."""


class Folder(NamedTuple):
    """A convention to examine: where it is, and how findings write that."""

    path: Path
    shown: Path


class Examined(NamedTuple):
    """What is kept of a convention: plain values, small beside its files.

    Attributes:
        findings: all of them but those that come from the conventions beside it, by place then code.
        files: the files that were read, as findings name them.
        lines: the lines that findings, and the id, begin on, by file.
        name: its id, where it could be read.
        place: where that id stands.
        parties: the file of shared parties that it was examined beside.
        problem: why its files cannot be opened; nothing else is known then.
    """

    findings: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()
    lines: Mapping[str, Lines] = {}
    name: str = ""
    place: Span | None = None
    parties: Path | None = None
    problem: Message | None = None


def examine_each(folders: Iterable[Folder], vicinity: Vicinity) -> Iterator[Examined]:
    """What is found in each folder, in their order."""
    for folder in folders:
        try:
            near = parties_near(folder.path)
            examined = examine_folder(folder, vicinity.parties(near))
        except RepositoryError as error:
            yield Examined(problem=error.message)
        else:
            yield examined._replace(parties=near)


def examine_folder(folder: Folder, parties: tuple[SharedParty, ...]) -> Examined:
    """What is found in one folder, beside the parties that conventions share.

    Raises:
        RepositoryError: a file cannot be opened.
    """
    repository = read_repository(folder.path, folder.shown)
    findings = tuple(examine(repository, parties))
    name, place = "", None
    if repository.convention:
        name, place = repository.convention.id, repository.documents[CONVENTION].span(("id",))
    spans = [*(finding.span for finding in findings), *([place] if place else [])]
    documents = {document.path: document for document in repository.documents.values()}
    lines = {path: lines_shown(document, spans) for path, document in documents.items()}
    return Examined(findings, tuple(documents), lines, name, place)


def lines_shown(document: Document, spans: Iterable[Span]) -> Lines:
    """The lines of a document that places begin on."""
    numbers = sorted({span.line for span in spans if span.path == document.path})
    lines = document.lines if numbers else []
    return {number: lines[number - 1] for number in numbers if number <= len(lines)}
