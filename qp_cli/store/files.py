"""Writing an answer's file whole: the old one stays until the new one is complete."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.durable import prepare, put_in_place
from qp_cli.store.reasons import RefusedFileError, reason

if TYPE_CHECKING:
    from pathlib import Path


def write_answer(path: Path, data: bytes) -> None:
    """Writes an answer where it was asked for, if that is no file of somebody else's: see `destination`.

    A pipe or a device, such as /dev/null, is written to.

    Raises:
        UsageError: the folder cannot be written to, the path is no file, or what is there stays.
    """
    from qp_cli.store.destinations import destination

    try:
        target = destination(path)
        if target.is_fifo() or target.is_char_device():
            _pour(target, data)
        else:
            write_whole(target, data, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    except ValueError as error:
        raise _unwritable(path, RefusedFileError(msg("no system takes such a name"))) from error


def write_whole(path: Path, data: bytes, shown: Path | None = None) -> None:
    """Writes `data` to `path`, replacing what was there in one go; an existing file keeps its mode.

    Args:
        path: the file itself, no link to it.
        data: what it is to hold.
        shown: how messages write it.

    Raises:
        UsageError: the folder cannot be written to, or the path is no file.
    """
    try:
        put_in_place(prepare(path, data), path)
    except OSError as error:
        raise _unwritable(shown or path, error) from error


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(msg("{file} cannot be written: {reason}", file=str(path), reason=reason(error)))


def _pour(path: Path, data: bytes) -> None:
    """Into a pipe or a device; a reader who has left misses the rest in silence."""
    with suppress(BrokenPipeError), path.open("wb") as stream:
        stream.write(data)
