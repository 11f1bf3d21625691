"""A repository read: its convention, sites and journal, the documents they come from, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from qp_cli.errors import RepositoryError
from qp_cli.messages import msg
from qp_cli.model.base import Declared
from qp_cli.model.convention import Convention
from qp_cli.model.journal import Journal
from qp_cli.model.sites import Sites
from qp_cli.store.places import CONVENTION, JOURNAL, SITES
from qp_cli.store.reader import read_document
from qp_cli.store.schema import validate

if TYPE_CHECKING:
    from pathlib import Path

    from qp_cli.findings import Finding
    from qp_cli.model.journal import Fact
    from qp_cli.model.sites import Site
    from qp_cli.store.tree import Document

Model = TypeVar("Model", bound=Declared)


class Repository(NamedTuple):
    """What the files of one folder declare; a part is None when its file could not be read."""

    folder: Path
    documents: dict[str, Document]
    findings: tuple[Finding, ...]
    convention: Convention | None
    sites: tuple[Site, ...] | None
    facts: tuple[Fact, ...] | None


def read_repository(folder: Path, shown: Path | None = None) -> Repository:
    """The repository in a folder; `shown` is how its path is written in findings.

    Raises:
        RepositoryError: a file that cannot be opened.
    """
    documents: dict[str, Document] = {}
    findings: list[Finding] = []

    def read(name: str, model: type[Model]) -> Model | None:
        document = _open(folder / name, ((shown or folder) / name).as_posix())
        documents[name] = document
        findings.extend(document.findings)
        value, disagreements = validate(document, model)
        findings.extend(disagreements)
        return value

    convention = read(CONVENTION, Convention)
    sites = read(SITES, Sites) if (folder / SITES).exists() else Sites(format="qp/1")
    journal = read(JOURNAL, Journal) if (folder / JOURNAL).exists() else Journal(format="qp/1")
    return Repository(
        folder,
        documents,
        tuple(findings),
        convention,
        sites.sites if sites else None,
        journal.facts if journal else None,
    )


def _open(path: Path, shown: str) -> Document:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RepositoryError(msg("{file} cannot be read: {reason}", file=shown, reason=reason)) from error
    return read_document(data, shown)
