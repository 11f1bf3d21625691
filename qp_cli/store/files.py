"""The one door by which files are read: ordinary ones, inside their repository, so many bytes of them, at once."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.errors import RepositoryError
from qp_cli.messages import msg
from qp_cli.store.places import (
    CONVENTION,
    DATA,
    JOURNAL,
    PARTIES,
    SITES,
    RefusedFileError,
    as_named,
    is_there,
    leads_out,
    misnamed,
    reason,
    top_of,
)
from qp_cli.store.yaml.text import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader


MOST_BYTES = MAX_BYTES + 1
"""The bytes that are read of a file: one more than it may have, so that the rest can be told."""
_FLAGS = os.O_RDONLY
for _name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK"):
    _FLAGS |= getattr(os, _name, 0)


class Door:
    """The way into the folder of a convention, as it is named."""

    def __init__(self, folder: Path) -> None:
        """Looks where the folder is.

        Raises:
            OSError: it is out of reach.
        """
        self._folder = as_named(folder)
        self._place = os.path.realpath(self._folder)
        top = top_of(self._folder)
        self._top = Path(os.path.realpath(top))
        self._plain = self._place == str(self._top / self._folder.relative_to(top))

    def read(self, name: str) -> bytes:
        """What a file holds, but for what is beyond `MOST` bytes.

        Raises:
            OSError: it is not there, no ordinary file, a link that is not followed, or cannot be opened.
        """
        with open_plain(self.find(name)) as stream:
            return stream.read(MOST_BYTES)

    def find(self, name: str) -> str:
        """Where a file of the folder really is.

        Raises:
            OSError: it is not there, or behind a link that is not followed.
        """
        path = self._folder / name
        if not stat.S_ISLNK(path.lstat().st_mode):
            target = str(Path(self._place, name))
            if self._plain:
                return target
        else:
            target = _follow(path)
        if leads_out(target, str(self._top)):
            raise RefusedFileError(msg("it is reached by a link that leads out of the repository"))
        if Path(target).suffix.casefold() not in {".yaml", ".yml"}:
            raise RefusedFileError(msg("it is a link to what is no YAML file"))
        return target


def read_plain(path: Path) -> bytes:
    """What a file of a repository holds, as the door of its folder lets it through.

    Raises:
        OSError: it is not there, no ordinary file, a link that is not followed, or cannot be opened.
    """
    return Door(path.parent).read(path.name)


def open_plain(path: str | Path) -> BufferedReader:
    """An ordinary file, open; a pipe or a device is not even touched, for some wait and some answer for ever.

    Raises:
        OSError: it is none, or cannot be opened.
    """
    _refuse_others(os.lstat(path).st_mode)
    descriptor = os.open(path, _FLAGS)
    try:
        _refuse_others(os.fstat(descriptor).st_mode)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _refuse_others(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise RefusedFileError(msg("it is a folder"))
    if not stat.S_ISREG(mode):
        raise RefusedFileError(msg("it is no ordinary file"))


def _follow(link: Path) -> str:
    """Where a link leads.

    Raises:
        OSError: nowhere, or round in a circle.
    """
    try:
        return os.path.realpath(link, strict=True)
    except FileNotFoundError as error:
        raise RefusedFileError(msg("it is a link that leads nowhere")) from error


FILES = (CONVENTION, SITES, JOURNAL)
_MARK = re.compile(rb"^format: *[\"']?qp/", re.MULTILINE)
_HEAD = 4096
"""How many bytes of a file its format stands in, comments before it included."""


def is_of_qp(path: Path) -> bool:
    """Whether the first lines of a file say that it is one of qp's; no where they cannot be read."""
    with suppress(OSError), open_plain(path) as stream:
        return _MARK.search(stream.read(_HEAD)) is not None
    return False


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
