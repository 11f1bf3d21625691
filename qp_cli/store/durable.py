"""A file replaced so that a crash at any instant leaves the old one or the new one, whole and on the disk."""

from __future__ import annotations

import os
import re
import secrets
import stat
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_STALE = 3600.0
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""How long to wait for whoever holds the file, an antivirus most often, before each new try."""


def prepare(path: Path, data: bytes) -> Path:
    """A temporary file beside `path` with `data`, on the disk; an existing file's mode is its own.

    Stale ones that earlier runs left are swept away.

    Raises:
        OSError: it cannot be written; nothing is left of it.
    """
    beside = path.parent / f".{path.name}.{secrets.token_hex(4)}.tmp"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            if path.exists():
                beside.chmod(stat.S_IMODE(path.stat().st_mode))
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            _flush(descriptor)
        finally:
            os.close(descriptor)
        _sweep(path, beside)
    except BaseException:
        discard(beside)
        raise
    return beside


def put_in_place(beside: Path, path: Path) -> None:
    """Makes a prepared file the file itself; tries again for a while when somebody holds the old one.

    Raises:
        OSError: the old file is still there, whole; the prepared one is gone.
    """
    try:
        for pause in _PAUSES:
            try:
                beside.replace(path)
            except PermissionError:
                time.sleep(pause)
            else:
                return
        beside.replace(path)
    except BaseException:
        discard(beside)
        raise


def confirm(folder: Path) -> None:
    """Puts a folder's list of names on the disk, where the system can.

    Raises:
        OSError: the disk did not take it; the file itself is in place.
    """
    if os.name == "nt":  # a folder cannot be opened there, and the journal of the disk holds its names
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _flush(descriptor)
    except OSError as error:
        import errno

        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def discard(beside: Path) -> None:
    """Takes a temporary file away, if it can be."""
    with suppress(OSError):
        beside.unlink(missing_ok=True)


def _flush(descriptor: int) -> None:
    """Down to the disk itself: on macOS, `fsync` alone stops at the drive's cache."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _sweep(path: Path, fresh: Path) -> None:
    """Takes away what runs that were killed left more than an hour ago, by the clock of the disk."""
    ours = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{8}}\.tmp")
    with suppress(OSError):
        limit = fresh.stat().st_mtime - _STALE
        for other in path.parent.iterdir():
            if ours.fullmatch(other.name) and other.lstat().st_mtime < limit:
                discard(other)
