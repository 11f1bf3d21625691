"""Conventions of one territory, told apart: found in what their files say, before any of them is read."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.store.door import read_plain
from qp_cli.store.places import CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SAID = re.compile(rb"^(id|territory|title): *(.*?) *\r?$", re.MULTILINE)


class _Said(NamedTuple):
    """What a file says of its convention, as it is written; empty where that cannot be seen."""

    id: bytes
    territory: bytes
    title: bytes


class Namesakes(NamedTuple):
    """The folders of conventions whose territory is that of another one.

    Attributes:
        by_title: those whose title tells them apart.
        by_id: those that have the title of another one too.
    """

    by_title: frozenset[Path] = frozenset()
    by_id: frozenset[Path] = frozenset()


def namesakes(folders: Iterable[Path]) -> Namesakes:
    """Those among some conventions' folders.

    A file that says its territory in an unusual way, over several lines say, goes for another territory: all that
    comes of it is a label that is less clear.
    """
    said = {folder: _read(folder) for folder in folders}
    once = {each.id or folder: each for folder, each in said.items()}.values()  # of one id, only one is shown
    territories = Counter(each.territory for each in once if each.territory)
    titles = Counter((each.territory, each.title) for each in once)
    alike = {folder: titles[each[1:]] for folder, each in said.items() if territories[each.territory] > 1}
    return Namesakes(
        frozenset(folder for folder, count in alike.items() if count == 1),
        frozenset(folder for folder, count in alike.items() if count > 1),
    )


def names_in(folder: Path) -> tuple[str, ...]:
    """What a convention that cannot be read goes by, its id first, as far as its file can be seen."""
    return tuple(text.decode(errors="replace") for text in _read(folder) if text)


def _read(folder: Path) -> _Said:
    found: dict[bytes, bytes] = {}
    with suppress(OSError):
        found = {name: text.strip(b"\"'") for name, text in _SAID.findall(read_plain(folder / CONVENTION))}
    return _Said(*(found.get(name.encode(), b"") for name in _Said._fields))
