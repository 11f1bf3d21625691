"""A lock that is a file's being there, where the disk has no other; one that was left is not waited for for ever."""

from __future__ import annotations

import errno
import os
import secrets
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = "held"
_LEFT = 120.0
"""Seconds after which the file is one that a machine left: no writer takes a tenth of it."""
_POLL = 0.05
_LACKING = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL})


def has_locks(file: Path) -> bool:
    """Whether the system can lock files where an existing one stands; yes where that one is closed to us.

    Raises:
        OSError: it cannot be locked for another reason.
    """
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except PermissionError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _LACKING:
            return False
        if error.errno not in {errno.EACCES, errno.EAGAIN}:
            raise
    finally:
        os.close(descriptor)
    return True


@contextmanager
def sole_holder(folder: Path, patience: float, mode: int) -> Iterator[None]:
    """Holds the one file of its name in a folder.

    Args:
        folder: of the lock.
        patience: seconds to wait for whoever holds it.
        mode: of the file.

    Raises:
        TimeoutError: others kept it all the time.
        OSError: it cannot be made.
    """
    file = folder / _NAME
    while not _taken(file, mode):
        if patience <= 0:
            raise TimeoutError(str(file))
        _take_away_what_was_left(file)
        time.sleep(_POLL)
        patience -= _POLL
    try:
        yield
    finally:
        with suppress(OSError):
            file.unlink()


def _taken(file: Path, mode: int) -> bool:
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    except FileExistsError:
        return False
    return True


def _take_away_what_was_left(file: Path) -> None:
    """Takes away a file that is too old to be held, by the clock of its disk."""
    beside = file.with_name(f"{_NAME}.{secrets.token_hex(4)}")
    with suppress(FileNotFoundError):
        about = file.lstat()
        try:
            os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            if beside.stat().st_mtime - about.st_mtime > _LEFT:
                file.replace(beside)  # of several who see it, one gets it
        finally:
            beside.unlink(missing_ok=True)
