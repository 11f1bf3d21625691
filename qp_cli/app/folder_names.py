"""Conventions by the names of their folders, which people see, where none of them goes by such a name itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.names import key, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from qp_cli.messages import Message


MOST_IDS = 20
"""How many ids a message gives."""
_PART = 3
"""How many letters of a name are enough to find it by a part of it."""


def repository_of(folder: Path) -> Path:
    """The folder that people know: the one above `data`, where that holds the files."""
    full = folder.resolve()
    return full.parent if full.name == "data" else full


def by_their_folders(names: Sequence[str], folders: Sequence[Path]) -> tuple[str, ...]:
    """The names of conventions that are asked for; instead of the name of a folder, that of the convention in it.

    A folder goes by its own name, and by the one that it has below all of them. What a convention itself goes by, its
    id, territory or title, is never taken for a folder.
    """
    found = _folders_called(names, folders) if names else {}
    if not found:
        return tuple(names)
    from qp_cli.store.portfolio import names_in

    goes_by = {key(each) for folder in folders for each in names_in(folder)}
    meant: dict[str, None] = {}
    for name in names:
        own = [] if key(name) in goes_by else found.get(key(name), [])
        meant |= dict.fromkeys([said[0] for said in map(names_in, own) if said] or [name])
    return tuple(meant)


def not_called(problem: Message, name: str, known: Mapping[str, Sequence[str]]) -> UsageError:
    """The error for a name that no convention has: the ids, each with what people call it, or those that are near."""
    by_name = {key(each): own for own, names in known.items() for each in (own, *names)}
    typed = key(name)
    near = dict.fromkeys(by_name[key(each)] for each in nearest(name, by_name))
    near |= dict.fromkeys(own for each, own in by_name.items() if len(typed) >= _PART and typed in each)
    ids = list(near or known)
    names = [f"{own} ({shown(known[own][0])})" if known[own] else own for own in ids[:MOST_IDS]]
    said = ", ".join([*names, *(["…"] if ids[MOST_IDS:] else [])])
    if near:
        return UsageError(msg("{problem} Nearest: {names}.", problem=problem, names=said))
    return UsageError(msg("{problem} Known: {names}.", problem=problem, names=said) if said else problem)


def _folders_called(names: Sequence[str], folders: Sequence[Path]) -> dict[str, list[Path]]:
    """The folders that go by one of these names, each name folded."""
    asked = set(map(key, names))
    called: dict[str, list[Path]] = {}
    places = [repository_of(folder) for folder in folders]
    top = top_of_all(places)
    for folder, place in zip(folders, places, strict=True):
        for name in asked & {key(place.name), key(below(place, top))}:
            called.setdefault(name, []).append(folder)
    return called


def top_of_all(places: Sequence[Path]) -> str:
    """The folder that holds them all; empty where none does."""
    try:
        return os.path.commonpath(places)
    except ValueError:
        return ""


def below(place: Path, top: str) -> str:
    """A folder as it is below the one that holds them all: nothing of the machine it is on."""
    return place.relative_to(top).as_posix() if top and place.is_relative_to(top) else place.name
