"""The machine and the versions that figures come from: never a name, a path or an address."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_VERSION = re.compile(r"\d+(\.\d+)+")
_PATH = re.compile(r"(?<![\w.:/])/[\w.-]+/\S*")
_GIB = 1024**3
_PATIENCE = 60


def describe() -> str:
    """Cores, memory, system and Python in one line."""
    parts = [f"{os.cpu_count()} cores"]
    if memory := _memory():
        parts.append(f"{memory / _GIB:.0f} GiB of memory")
    return ", ".join([*parts, f"{_system()} ({platform.machine()})", f"Python {platform.python_version()}"])


def _memory() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return 0


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def versions(programs: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The version that each program tells of itself; a program that tells none is left out."""
    return {name: version for name, command in programs.items() if (version := _version(command))}


def _version(command: Sequence[str]) -> str:
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE)
    except (OSError, subprocess.SubprocessError):
        return ""
    found = _VERSION.search(told.stdout + told.stderr)
    return found[0] if found else ""


def without_paths(text: str, folders: Mapping[str, str]) -> str:
    """A text with the folders of this run under plain names, and no other path of this machine."""
    for path, name in folders.items():
        text = text.replace(path, name)
    return _PATH.sub("…", text)
