"""Several conventions: the folders that hold them, and the parties that they share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import RepositoryError
from qp_cli.messages import msg
from qp_cli.store.places import CONVENTION, holding
from qp_cli.store.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.findings import Finding
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.tree import Document

PARTIES = "parties.yaml"


def conventions_in(folder: Path) -> list[Path]:
    """The folders that hold a `convention.yaml`: this one or its `data`, else those below it, at any depth, in order.

    Hidden folders are left out, and links to folders are not followed.

    Raises:
        RepositoryError: there is none, or the folder cannot be read.
    """
    if found := holding(folder):
        return [found]
    below = sorted(_walk(folder))
    if not below:
        raise RepositoryError(msg("There is no {file} in {folder}, nor below", file=CONVENTION, folder=str(folder)))
    return below


def _walk(folder: Path) -> Iterable[Path]:
    def refuse(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise error

    for path, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if CONVENTION in files:
            folders.clear()
            yield Path(path)


def parties_near(folder: Path) -> Path | None:
    """The nearest `parties.yaml`, from a convention's folder up to the top of its git repository, if any."""
    full = folder.resolve()
    for each in (full, *full.parents):
        if (each / PARTIES).is_file():
            return each / PARTIES
        if (each / ".git").exists():
            return None
    return None


def portfolio_above(start: Path) -> list[Path]:
    """The conventions below the nearest folder, from `start` up, that holds a `parties.yaml`; none where there is none.

    Raises:
        RepositoryError: no convention is below it.
    """
    for folder in (start, *start.parents):
        if (folder / PARTIES).is_file():
            return conventions_in(folder)
    return []


class SharedParties(NamedTuple):
    """What a `parties.yaml` declares; `parties` is None when it could not be read."""

    document: Document
    findings: tuple[Finding, ...]
    parties: tuple[SharedParty, ...] | None


def read_parties(path: Path, shown: Path) -> SharedParties:
    """The shared parties of a file.

    Raises:
        RepositoryError: it cannot be opened.
    """
    from qp_cli.model.parties import Parties
    from qp_cli.store.reader import read_document
    from qp_cli.store.schema import validate

    try:
        data = path.read_bytes()
    except OSError as error:
        problem = msg("{file} cannot be read: {reason}", file=shown.as_posix(), reason=reason(error))
        raise RepositoryError(problem) from error
    document = read_document(data, shown.as_posix())
    declared, findings = validate(document, Parties)
    return SharedParties(document, (*document.findings, *findings), declared.parties if declared else None)
