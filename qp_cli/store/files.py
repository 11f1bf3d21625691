"""Writing an answer's file whole: the old one stays until the new one is complete."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.durable import prepare, put_in_place
from qp_cli.store.reasons import reason

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Writes `data` to `path`, replacing what was there in one go; an existing file keeps its mode.

    A pipe or a device, such as /dev/null, is written to, never replaced by a file.

    Raises:
        UsageError: the folder cannot be written to, or the path is no file.
    """
    try:
        if path.is_fifo() or path.is_char_device():
            _pour(path, data)
        else:
            put_in_place(prepare(path, data), path)
    except OSError as error:
        problem = msg("{file} cannot be written: {reason}", file=str(path), reason=reason(error))
        raise UsageError(problem) from error


def _pour(path: Path, data: bytes) -> None:
    """Into a pipe or a device; a reader who has left misses the rest in silence."""
    with suppress(BrokenPipeError), path.open("wb") as stream:
        stream.write(data)
