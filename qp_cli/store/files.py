"""Writing a file whole: the old one stays until the new one is complete."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.reasons import reason

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Writes `data` to `path`, replacing what was there in one go; an existing file keeps its mode.

    Raises:
        UsageError: the folder cannot be written to, or the path is no file.
    """
    beside = path.parent / f".{path.name}.{secrets.token_hex(4)}.tmp"
    try:
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            if path.exists():
                beside.chmod(path.stat().st_mode)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        problem = msg("{file} cannot be written: {reason}", file=str(path), reason=reason(error))
        raise UsageError(problem) from error
