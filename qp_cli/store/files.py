"""Writing an answer's file whole: the old one stays until the new one is complete."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.durable import prepare, put_in_place
from qp_cli.store.reasons import reason


def write_whole(path: Path, data: bytes) -> None:
    """Writes `data` to `path`, replacing what was there in one go; an existing file keeps its mode.

    A link stays, and the file it leads to is replaced; a pipe or a device, such as /dev/null, is written to.

    Raises:
        UsageError: the folder cannot be written to, or the path is no file.
    """
    try:
        if path.is_fifo() or path.is_char_device():
            _pour(path, data)
        else:
            target = _target(path)
            put_in_place(prepare(target, data), target)
    except OSError as error:
        problem = msg("{file} cannot be written: {reason}", file=str(path), reason=reason(error))
        raise UsageError(problem) from error


def _target(path: Path) -> Path:
    """The file that a path leads to, there or not yet.

    Raises:
        OSError: it is a link that leads nowhere.
    """
    if not path.is_symlink():
        return path
    with suppress(FileNotFoundError):
        return Path(os.path.realpath(path, strict=True))
    return Path(os.path.realpath(path))


def _pour(path: Path, data: bytes) -> None:
    """Into a pipe or a device; a reader who has left misses the rest in silence."""
    with suppress(BrokenPipeError), path.open("wb") as stream:
        stream.write(data)
