"""Writing an answer's file whole: the old one stays until the new one is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.durable import prepare, put_in_place
from qp_cli.store.reasons import reason

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Writes `data` to `path`, replacing what was there in one go; an existing file keeps its mode.

    Raises:
        UsageError: the folder cannot be written to, or the path is no file.
    """
    try:
        put_in_place(prepare(path, data), path)
    except OSError as error:
        problem = msg("{file} cannot be written: {reason}", file=str(path), reason=reason(error))
        raise UsageError(problem) from error
