"""What an entry of the cache was made from, as its key: the files' bytes, and the code that read them."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli import __version__
from qp_cli.store.contents import FILES
from qp_cli.store.digest import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LAYOUT = 1
"""Of the entries; another number leaves all earlier ones aside."""
_PACKAGE = Path(__file__).resolve().parent.parent
_WITHOUT = frozenset({"cli", "render", "locale", "data", "docs", "__pycache__"})
"""The parts of qp that no entry depends on."""


def key(files: Mapping[str, bytes], *about: str) -> str | None:
    """The key of what follows from the contents of a repository's files; None where the code cannot be told.

    Args:
        files: what each holds, by its name.
        about: what was made of them, and whatever else it was made from.
    """
    code = code_print()
    if code is None:
        return None
    parts = [str(LAYOUT), __version__, code, *about]
    digest = sha256()
    for part in (each.encode(errors="surrogatepass") for each in parts):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    for name in FILES:
        data = files.get(name)
        digest.update(b"-" if data is None else b"%d:" % len(data))
        digest.update(data or b"")
    for name in sorted(files.keys() - set(FILES)):
        digest.update(b"%d:" % len(name) + name.encode(errors="surrogatepass"))
    return digest.hexdigest()


@cache
def code_print() -> str | None:
    """What tells this state of the code from any other: the sizes and times of its files; None where it has none.

    A version alone would not do: whoever works on qp changes its code between two versions.
    """
    try:
        found = sorted(_sources(str(_PACKAGE), ""))
    except OSError:
        return None
    return sha256(repr(found).encode()).hexdigest() if found else None


def _sources(folder: str, below: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as listed:
        for each in listed:
            name = f"{below}/{each.name}"
            if each.name.endswith(".py"):
                about = each.stat()
                yield name, about.st_size, about.st_mtime_ns
            elif each.name not in _WITHOUT and each.is_dir():
                yield from _sources(each.path, name)
