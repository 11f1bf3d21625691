"""What an answer about several conventions lacks: those that could not be read, parties left apart."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qp_cli.cli.conventions import MOST
from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qp_cli.cli.conventions import Conventions
    from qp_cli.messages import Message


def absences(conventions: Conventions) -> list[Message]:
    """How many conventions are left out, and which; that parties are not put together as they could be.

    It is known once every convention has gone by.
    """
    found: list[Message] = []
    if count := len(conventions.left_out):
        names = [_name(folder, conventions.folders) for folder in conventions.left_out]
        if count > MOST:
            names = [*names[:MOST], "…"]
        text = msgs(
            "{count} convention could not be read or counted, and is left out: {names}",
            "{count} conventions could not be read or counted, and are left out: {names}",
            count=count,
            names=", ".join(names),
        )
        found.append(text)
    return found + [msg("{file} has errors: its parties are left apart.", file=path.name) for path in conventions.apart]


def _name(folder: Path, folders: Sequence[Path]) -> str:
    """A folder as it is below the one that holds them all: nothing of the machine it is on."""
    named = _repository(folder)
    try:
        return named.relative_to(os.path.commonpath(map(_repository, folders))).as_posix()
    except ValueError:
        return named.name


def _repository(folder: Path) -> Path:
    """The folder that people know: the one above `data`, where that holds the files."""
    full = folder.resolve()
    return full.parent if full.name == "data" else full
