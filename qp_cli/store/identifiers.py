"""The ids a repository declares, read without its schema: what completion needs, in little time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.store.places import CONVENTION, SITES
from qp_cli.store.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def read_identifiers(folder: Path, parts: Sequence[str]) -> list[tuple[str, str]]:
    """Each id of these parts (`engagements`, `parties`, `sites`…) with its title or name; none when unreadable."""
    return [found for part in parts for found in _ids(folder, part)]


def _ids(folder: Path, part: str) -> Iterator[tuple[str, str]]:
    path = folder / (SITES if part == "sites" else CONVENTION)
    try:
        root = read_document(path.read_bytes(), path.name).root
    except OSError:
        return
    entries = root.get(part) if root is not None else None
    if not isinstance(entries, list):
        return
    for entry in entries:
        if isinstance(entry, dict) and isinstance(name := entry.get("id"), str):
            yield name, str(entry.get("title") or entry.get("name") or "")
