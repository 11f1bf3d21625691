"""Where a repository is: named, found upwards, or the one that comes with qp."""

from __future__ import annotations

from pathlib import Path

from qp_cli.errors import RepositoryError
from qp_cli.messages import msg

CONVENTION = "convention.yaml"
SITES = "sites.yaml"
JOURNAL = "journal.yaml"


def named(folder: Path) -> Path:
    """The folder that holds `convention.yaml`: this one, or its `data`.

    Raises:
        RepositoryError: neither does.
    """
    found = holding(folder)
    if found is None:
        raise RepositoryError(msg("There is no {file} in {folder}", file=CONVENTION, folder=str(folder)))
    return found


def upwards(start: Path) -> Path | None:
    """The nearest folder, from `start` up, that holds a convention; None where there is none."""
    for folder in (start, *start.parents):
        if found := holding(folder):
            return found
    return None


def embedded() -> Path:
    """The folder of the convention that comes with qp: beside the package in a source tree, else inside it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    return inside if (inside / CONVENTION).is_file() else package.parent / "data"


def holding(folder: Path) -> Path | None:
    """The folder that holds `convention.yaml`: the `data` of this one, or this one; None where neither does."""
    for candidate in (folder / "data", folder):
        if (candidate / CONVENTION).is_file():
            return candidate
    return None
