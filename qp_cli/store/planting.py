"""Files written where there were none: all of them or none, and never over anything."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.durable import confirm
from qp_cli.store.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


def refuse_what_is_there(folder: Path, names: Iterable[str]) -> None:
    """Looks for anything that stands where the files would.

    Raises:
        UsageError: there is something, which is named; or the folder is no folder, or out of reach.
    """
    try:
        if b"\0" in os.fsencode(folder):
            raise UsageError(msg("{file} is no folder.", file=str(folder)))
        if os.path.lexists(folder) and not folder.is_dir():
            raise UsageError(msg("{file} is no folder.", file=str(folder)))
        taken = sorted({path.relative_to(folder).as_posix() for name in names for path in _in_the_way(folder, name)})
    except OSError as error:
        raise _unwritable(folder, error) from error
    except ValueError as error:  # a name that no system takes
        raise UsageError(msg("{file} is no folder.", file=str(folder))) from error
    if taken:
        problem = msg("Nothing was written: {folder} already has {names}.", folder=str(folder), names=", ".join(taken))
        raise UsageError(problem)


def _in_the_way(folder: Path, name: str) -> Iterator[Path]:
    """The file itself where it exists, or the first folder above it that is none, or that leads elsewhere."""
    path = folder / name
    for above in reversed([each for each in path.parents if each != folder and each.is_relative_to(folder)]):
        if os.path.lexists(above) and (above.is_symlink() or not above.is_dir()):
            yield above
            return
    if os.path.lexists(path):
        yield path


def in_git(folder: Path) -> bool:
    """Whether the folder, or one above it, already holds a git repository."""
    with suppress(OSError):
        where = folder.resolve()
        return any((each / ".git").exists() for each in (where, *where.parents))
    return False


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the files, in their order, and the folders they need; they are on the disk when this returns.

    Raises:
        UsageError: one of them exists, or cannot be written; all that was written is gone again.
    """
    refuse_what_is_there(folder, files)
    made: list[Path] = []
    try:
        for name, data in files.items():
            path = folder / name
            _make_folder(path.parent, made)
            with path.open("xb") as stream:
                made.append(path)
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for parent in {(folder / name).parent for name in files}:
            confirm(parent)
    except BaseException as error:
        _unmake(made)
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from error
        raise


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Makes a folder and those above it, each noted once it is ours."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, made)
    folder.mkdir()
    made.append(folder)


def _unmake(made: list[Path]) -> None:
    """Takes away what was made, last first; a folder into which somebody else put a file stays."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(msg("{file} cannot be written: {reason}", file=str(folder), reason=reason(error)))
