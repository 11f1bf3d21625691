"""What an answer about several conventions lacks: those that could not be read, parties left apart."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qp_cli.cli.conventions import MOST, Absence
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
    lacking = conventions.lacking
    if count := len(lacking):
        names = [_name(folder, conventions.folders) for folder in lacking]
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


def left_out(conventions: Conventions) -> list[dict[str, object]]:
    """The same for machine formats: where each is, and why, in a word; known once every convention has gone by.

    The words are `unread` for what cannot be opened or looked into, `errors` for files with errors, `repeated-id`, and
    `parties-apart` for a file of parties that puts nobody together.
    """
    found: list[tuple[str, str]] = [
        (_name(folder, conventions.folders), why.value) for folder, why in conventions.lacking.items()
    ]
    found += [(path.name, Absence.PARTIES.value) for path in conventions.apart]
    return [{"path": path, "reason": why} for path, why in found]


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
