"""Entries in a folder of the user's own, each under the fingerprint of all it was made from: a hit or a miss, no more.

Whatever is amiss, a damaged entry, a full or read-only disk, somebody else's folder, is a miss, and nothing is said.
"""

from __future__ import annotations

import json
import os
import stat
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from qp_cli.store.digest import sha256

if TYPE_CHECKING:
    from pathlib import Path

MARK = b"qp-cache"
LARGEST = 64_000_000
"""The most bytes an entry may have."""
_ANOTHERS = stat.S_IWGRP | stat.S_IWOTH
_HAS_OWNERS = hasattr(os, "geteuid")
_HEADER = 3
_FLAGS = sum(  # no link followed, no pipe waited for
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC")
)
# What a damaged entry can raise: bytes that are no text, no JSON, nested too deep, or too many.
_DAMAGE = (OSError, ValueError, RecursionError, MemoryError, OverflowError)


class Cache:
    """The entries of one folder; of no folder, no entries."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def load(self, key: str | None) -> object:
        """What was kept under a key; None where nothing was, or nothing that can be relied upon."""
        if self.folder is None or key is None or not _is_ours(self.folder):
            return None
        path = self.folder / key
        try:
            data = _read(path)
            mark, name, checksum, payload = data.split(b"\n", _HEADER)
            if (mark, name, checksum) != (MARK, key.encode(), _checksum(payload)):
                return None
            found: object = json.loads(payload)
        except _DAMAGE:
            return None
        with suppress(OSError):
            os.utime(path)
        return found

    def keep(self, key: str | None, value: object) -> None:
        """Keeps a value of texts, numbers, lists and mappings, where it can be kept."""
        if self.folder is None or key is None:
            return
        try:
            payload = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
            if len(payload) <= LARGEST and _made(self.folder):
                data = b"\n".join((MARK, key.encode(), _checksum(payload), payload))
                _write(self.folder / key, data)
                if key.startswith("0"):  # a key is as good as chance: once in sixteen
                    from qp_cli.store.sweeping import sweep

                    sweep(self.folder, self.folder / key)
        except (*_DAMAGE, TypeError):
            return


def _checksum(payload: bytes) -> bytes:
    return sha256(payload).hexdigest().encode()


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can have put something into a folder."""
    try:
        found = folder.lstat()
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(found.st_mode) and _is_private(found)


def _is_private(found: os.stat_result) -> bool:
    return not _HAS_OWNERS or (found.st_uid == os.geteuid() and not found.st_mode & _ANOTHERS)


def _made(folder: Path) -> bool:
    """Whether the folder is there, made if need be, and ours."""
    for above in reversed(folder.parents):  # ours alone too, whatever the umask
        if not above.exists():
            above.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return _is_ours(folder)


def _read(path: Path) -> bytes:
    """The bytes of an entry, if it is an ordinary file of ours: no link, no pipe, nothing too large."""
    descriptor = os.open(path, os.O_RDONLY | _FLAGS)
    with os.fdopen(descriptor, "rb") as stream:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or not _is_private(found) or found.st_size > LARGEST:
            raise OSError(path)
        return stream.read(LARGEST)


def _write(path: Path, data: bytes) -> None:
    """Puts an entry in place in one go; what a crash leaves of it is known by its checksum."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}.tmp")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
