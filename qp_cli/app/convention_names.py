"""The names that conventions are asked for by: ids, territories, titles, else those of their folders."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qp_cli.errors import Called, Sort, UsageError, unknown_by_words
from qp_cli.messages import msg
from qp_cli.names import key, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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


class Wanted:
    """The conventions asked for by id, territory or title; every one where no name is given."""

    def __init__(self, names: Iterable[str]) -> None:
        self._asked = {key(name): name for name in names}
        self._known: dict[str, tuple[str, ...]] = {}
        self._met: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._asked)

    def takes(self, names: Sequence[str]) -> bool:
        """Whether a convention of these names, its id first, is one of them."""
        found = {key(name) for name in names} & self._asked.keys()
        if names:
            self._known.setdefault(names[0], tuple(names[1:]))
        self._met |= found
        return bool(found) or not self._asked

    def confirm(self, *, unread: bool = False) -> None:
        """Refuses a name that none of the conventions met has; `unread` says that some could not be read.

        Raises:
            UsageError: nobody is called so; the ids are given with what each is called, the nearest ones first.
        """
        for name, text in self._asked.items():
            if name in self._met:
                continue
            if unread:
                problem = msg("No convention that could be read is called “{name}”.", name=shown(text))
                raise _not_called(problem, text, self._known)
            problem = msg("No convention is called “{name}”.", name=shown(text))
            things = self._called()
            raise unknown_by_words(problem, Sort.CONVENTION, text, things) or _not_called(problem, text, self._known)

    def _called(self) -> Iterator[tuple[str, Called]]:
        """Each name of the conventions met, with what it is the name of."""
        for own, names in self._known.items():
            for each in (own, *names):
                yield each, Called(own, names[-1] if names else own)


def _not_called(problem: Message, name: str, known: Mapping[str, Sequence[str]]) -> UsageError:
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


def ambiguous(name: str, one: Path, other: Path) -> UsageError:
    """The error for an id that two conventions have, in these folders."""
    from qp_cli.app.opening import shown_path

    folders = [shown_path(each).as_posix() for each in (one, other)]
    return UsageError(
        msg(
            "Two conventions have the id “{id}”, {one} and {other}: name one with --data.",
            id=shown(name),
            one=folders[0],
            other=folders[1],
        )
    )
