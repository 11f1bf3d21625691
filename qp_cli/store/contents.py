"""What the files of a repository hold, as bytes."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from qp_cli.errors import RepositoryError
from qp_cli.messages import msg
from qp_cli.store.door import Door, read_plain
from qp_cli.store.places import CONVENTION, DATA, JOURNAL, PARTIES, SITES, is_there, misnamed
from qp_cli.store.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = (CONVENTION, SITES, JOURNAL)
_MARK = re.compile(rb"^format: *qp/", re.MULTILINE)


def read_files(folder: Path, shown: Path | None = None) -> dict[str, bytes]:
    """What each file of a folder holds, by its name; one that is not there and need not be is left out.

    A file under nearly the name of one of them, or in a folder beside, is there with nothing: its name alone is told.

    Args:
        folder: where they are.
        shown: how messages write the folder.

    Raises:
        RepositoryError: a file that cannot be opened.
    """
    found: dict[str, bytes] = {}
    name = CONVENTION
    try:
        door = Door(folder)
        for name in FILES:
            if name == CONVENTION or is_there(folder / name):
                found[name] = door.read(name)
    except OSError as error:
        file = ((shown or folder) / name).as_posix()
        raise RepositoryError(msg("{file} cannot be read: {reason}", file=file, reason=reason(error))) from error
    others = [each for each, right in misnamed(folder).items() if right != PARTIES]
    return found | dict.fromkeys([*others, *_elsewhere(folder)], b"")


def _elsewhere(folder: Path) -> Iterator[str]:
    """The files of the same repository that are not where its convention is: above its `data`, or in it."""
    around = ".." if folder.name == DATA else DATA
    for name in (SITES, JOURNAL):
        other = f"{around}/{name}"
        with suppress(OSError):
            if is_there(folder / other) and _MARK.search(read_plain(folder / around / name)):
                yield other
