"""Conventions of one territory, told apart: found in what their files say, before any of them is read."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.store.places import CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SAID = re.compile(rb"^(territory|title): *(.*?) *\r?$", re.MULTILINE)


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
    said = {folder: _said(folder) for folder in folders}
    territories = Counter(territory for territory, _ in said.values() if territory)
    pairs = Counter(said.values())
    alike = {folder: pair for folder, pair in said.items() if territories[pair[0]] > 1}
    return Namesakes(
        frozenset(folder for folder, pair in alike.items() if pairs[pair] == 1),
        frozenset(folder for folder, pair in alike.items() if pairs[pair] > 1),
    )


def _said(folder: Path) -> tuple[bytes, bytes]:
    """The territory and the title, as they are written; empty where they cannot be seen."""
    found: dict[bytes, bytes] = {}
    with suppress(OSError):
        found = {name: text.strip(b"\"'") for name, text in _SAID.findall((folder / CONVENTION).read_bytes())}
    return found.get(b"territory", b""), found.get(b"title", b"")
