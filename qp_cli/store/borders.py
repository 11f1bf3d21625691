"""Where a repository ends, and what leads out of it: links are followed inside, never to what is hidden there."""

from __future__ import annotations

import os
from pathlib import Path

from qp_cli.store.places import DATA, is_there


def as_named(path: Path) -> Path:
    """The whole path, its links as they are; what stands before a `..` is where the system would go back from."""
    full = path.absolute()
    if ".." not in full.parts:
        return full
    last = len(full.parts) - full.parts[::-1].index("..")
    return Path(os.path.realpath(Path(*full.parts[:last])), *full.parts[last:])


def top_of(folder: Path) -> Path:
    """The top of the repository that a convention's folder is in: that of its git work tree, else the one above `data`.

    Args:
        folder: in full, as it is named.

    Raises:
        OSError: a folder above is out of reach.
    """
    for each in (folder, *folder.parents):
        if is_there(each / ".git"):
            return each
    return folder.parent if folder.name == DATA else folder


def leads_out(target: str, top: str) -> bool:
    """Whether a file is outside a folder, or in what is hidden there: `.git`, `.env`, `.ssh`.

    Args:
        target: where it really is.
        top: where the folder really is.
    """
    try:
        inside = Path(target).relative_to(top)
    except ValueError:
        return True
    return any(part.startswith(".") for part in inside.parts)
