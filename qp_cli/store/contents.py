"""What the files of a repository hold, as bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.errors import RepositoryError
from qp_cli.messages import msg
from qp_cli.store.places import CONVENTION, JOURNAL, SITES
from qp_cli.store.reasons import reason

if TYPE_CHECKING:
    from pathlib import Path

FILES = (CONVENTION, SITES, JOURNAL)


def read_files(folder: Path, shown: Path | None = None) -> dict[str, bytes]:
    """What each file of a folder holds, by its name; one that is not there and need not be is left out.

    Args:
        folder: where they are.
        shown: how messages write the folder.

    Raises:
        RepositoryError: a file that cannot be opened.
    """
    found: dict[str, bytes] = {}
    for name in FILES:
        path = folder / name
        if name != CONVENTION and not path.exists():
            continue
        try:
            found[name] = path.read_bytes()
        except OSError as error:
            file = ((shown or folder) / name).as_posix()
            raise RepositoryError(msg("{file} cannot be read: {reason}", file=file, reason=reason(error))) from error
    return found
