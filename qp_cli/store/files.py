"""Writing a file whole: the old one stays until the new one is complete."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from qp_cli.errors import UsageError
from qp_cli.messages import msg


def write_whole(path: Path, data: bytes) -> None:
    """Writes `data` to `path`, replacing what was there in one go.

    Raises:
        UsageError: the folder cannot be written to, or the path is no file.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(path.stat().st_mode if path.exists() else 0o644)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(msg("{file} cannot be written: {reason}", file=str(path), reason=reason)) from error
