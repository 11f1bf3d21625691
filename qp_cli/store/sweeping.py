"""A cache kept within bounds: the entries used last, and none that nobody has used for a season."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

MOST = 4096
"""The most entries kept."""
LARGEST = 256_000_000
"""The most bytes kept."""
UNUSED = 90 * 86_400.0
"""Seconds after which an entry that nobody used is taken away."""
_STALE = 3600.0
_NAME = 64


class Limits(NamedTuple):
    """How much is kept: entries, bytes, seconds without use."""

    entries: int = MOST
    size: int = LARGEST
    unused: float = UNUSED


def sweep(folder: Path, fresh: Path, limits: Limits | None = None) -> None:
    """Takes away what is beyond the limits, those used longest ago first; raises nothing.

    Args:
        folder: the cache's own; nothing in it is touched but entries, and what crashes left of them.
        fresh: the entry just written, which stays, and by whose time all is judged.
        limits: else those of this module.
    """
    most = limits or Limits(MOST, LARGEST, UNUSED)
    with suppress(OSError):
        now = fresh.stat().st_mtime
        count = size = 0
        for used, each, path in sorted(_entries(folder), reverse=True):
            temporary = path.endswith(".tmp")
            count += not temporary
            size += each
            old = now - used > (_STALE if temporary else most.unused)
            if path != str(fresh) and (old or (not temporary and (count > most.entries or size > most.size))):
                with suppress(OSError):
                    Path(path).unlink()


def _entries(folder: Path) -> list[tuple[float, int, str]]:
    """When each entry was last used, its size, and where it is."""
    found = []
    with os.scandir(folder) as listed:
        for each in listed:
            if _is_entry(each.name) and each.is_file(follow_symlinks=False):
                about = each.stat(follow_symlinks=False)
                found.append((about.st_mtime, about.st_size, each.path))
    return found


def _is_entry(name: str) -> bool:
    """Whether a name is one of ours: a fingerprint, or a temporary file's beside it."""
    key = name.removeprefix(".").partition(".")[0]
    return len(key) == _NAME and set(key) <= set("0123456789abcdef") and (key == name or name.endswith(".tmp"))
