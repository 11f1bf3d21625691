"""One writer at a time: a lock file beside the journal, which the system lets go of when its holder dies."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 30.0
"""Seconds that a writer waits for the others."""
_POLL = 0.01


def lock_path(path: Path) -> Path:
    """The lock file of a file; it stays, empty: taking it away would let two writers in."""
    return path.parent / f".{path.name}.lock"


@contextmanager
def held(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the lock of a file; whoever may write to the folder may take it.

    Raises:
        UsageError: others kept it all the time, or it cannot be made.
    """
    from filelock import FileLock, Timeout

    try:
        _refuse_others(lock_path(path))
        mode = path.parent.stat().st_mode & 0o666 | 0o600
        lock = FileLock(lock_path(path), timeout=patience, mode=mode, poll_interval=_POLL)
        lock.acquire()
    except Timeout as error:
        problem = msg("{file} is being written by another process: nothing was recorded.", file=str(path))
        raise UsageError(problem) from error
    except OSError as error:
        problem = msg("{file} cannot be written: {reason}", file=str(path), reason=reason(error))
        raise UsageError(problem) from error
    try:
        yield
    finally:
        lock.release()


def _refuse_others(lock: Path) -> None:
    """Refuses a lock file that somebody made into something else, which would be emptied or waited for.

    Raises:
        UsageError: it is a link, a pipe or a device.
        OSError: it is out of reach.
    """
    try:
        mode = lock.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise UsageError(msg("{file} is no ordinary file: nothing is written to it.", file=str(lock)))
