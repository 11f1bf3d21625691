"""The ids a repository declares: from the cache, else read without their schema, in little time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.errors import RepositoryError
from qp_cli.store.cache import entry_key
from qp_cli.store.cache_entries import ENTRY, from_plain
from qp_cli.store.files import read_files
from qp_cli.store.places import CONVENTION, JOURNAL, SITES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from qp_cli.model.facts import Fact
    from qp_cli.model.sites import Site
    from qp_cli.store.cache import Cache


def read_identifiers(folder: Path, parts: Sequence[str], cache: Cache) -> list[tuple[str, str]]:
    """Each id of these parts (`engagements`, `sites`, `facts`…) with its title or name; none when unreadable."""
    try:
        files = read_files(folder)
    except RepositoryError:
        return []
    declared = from_plain(cache.load(entry_key(files, ENTRY)))
    if declared is None:
        return [found for part in parts for found in _written(files, part)]
    beside: dict[str, Sequence[Site | Fact]] = {"sites": declared.sites, "facts": declared.facts}
    entries = [
        each for part in parts for each in (beside[part] if part in beside else getattr(declared.convention, part))
    ]
    return [(each.id, getattr(each, "title", "") or getattr(each, "name", "")) for each in entries]


def _written(files: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str]]:
    from qp_cli.store.yaml.reader import read_document

    name = {"sites": SITES, "facts": JOURNAL}.get(part, CONVENTION)
    root = read_document(files[name], name).root if name in files else None
    entries = root.get(part) if root is not None else None
    if not isinstance(entries, list):
        return
    for entry in entries:
        if isinstance(entry, dict) and isinstance(found := entry.get("id"), str):
            yield found, str(entry.get("title") or entry.get("name") or "")
