"""What a convention had recorded at a commit: its facts, what they named, and the files that showed them."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.kinds import FORMAT
from qp_cli.store.files import FILES
from qp_cli.store.places import JOURNAL
from qp_cli.store.proofs import fingerprints, pointed_at
from qp_cli.store.repository import read_repository
from qp_cli.store.yaml.reader import read_document
from qp_cli.store.yaml.tree import YamlList

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qp_cli.model.facts import Fact
    from qp_cli.store.commits import Tree
    from qp_cli.store.repository import Repository
    from qp_cli.store.yaml.tree import Document, Value


class Before(NamedTuple):
    """A convention at the commit that it is compared with.

    Attributes:
        name: how messages write the commit.
        folder: where it was, from the top of the work tree.
        repository: what its files declared then.
        facts: those recorded, as far as each can be read.
        had_journal: whether there was a journal with anything in it.
        is_whole: whether all of that journal could be read.
        committed: the files that its facts gave as proof and that were committed too.
        seals: of those whose fingerprint was written since, what it was then; empty where nobody can tell.
    """

    name: str
    folder: str
    repository: Repository
    facts: tuple[Fact, ...]
    had_journal: bool
    is_whole: bool
    committed: frozenset[str] = frozenset()
    seals: Mapping[str, str] = {}


def read_before(tree: Tree, folder: str, now: Repository) -> Before:
    """What a folder said at a commit, beside what it says now, wherever that is.

    Raises:
        RepositoryError: git cannot give it.
    """
    paths = {name: posixpath.join(folder, name) for name in FILES}
    held = {name: tree.read(path) for name, path in paths.items()}
    files = {name: data for name, data in held.items() if data is not None}
    repository = read_repository(now.folder, Path(f"{tree.name}:{folder}"), files)
    is_whole = repository.facts is not None and (JOURNAL in files or paths[JOURNAL] not in tree)
    facts = repository.facts or (() if is_whole else tuple(_readable(repository.documents.get(JOURNAL))))
    names = {fact.proof.file for fact in facts if fact.proof and fact.proof.file}
    committed = frozenset(name for name in names if _path(folder, name) in tree)
    seals = {name: _print(tree, folder, name, now.folder) for name in _newly_sealed(facts, now) & committed}
    return Before(tree.name, folder, repository, facts, bool(facts) or not is_whole, is_whole, committed, seals)


def had_recorded(journal: bytes | None) -> bool:
    """Whether a journal holds anything: a fact, or what cannot be read."""
    document = read_document(journal, JOURNAL) if journal is not None else None
    return document is None or document.root is None or bool(document.root.get("facts"))


def _readable(document: Document | None) -> Iterator[Fact]:
    """The facts of a journal with errors that have none themselves."""
    from qp_cli.model.facts import Journal
    from qp_cli.store.schema import read_alone

    listed: Value = document.root.get("facts") if document and document.root else None
    for fact in listed if isinstance(listed, YamlList) else ():
        if alone := read_alone({"format": FORMAT, "facts": [fact]}, Journal):
            yield from alone.facts


def _newly_sealed(facts: tuple[Fact, ...], now: Repository) -> set[str]:
    """The files whose fingerprint a fact did not give then, and gives now."""
    unsealed = {fact.id: fact.proof.file for fact in facts if fact.proof and not fact.proof.sha256}
    found = (fact.proof.file for fact in now.facts or () if fact.proof and fact.proof.sha256 and fact.id in unsealed)
    return {name for name in found if name} & {name for name in unsealed.values() if name}


def _print(tree: Tree, folder: str, name: str, now: Path) -> str:
    """The SHA-256 of a file as it was committed, or as git-lfs kept it; empty where that is out of reach."""
    found = fingerprints(now, [name])[name].sha256
    if found and tree.holds_file(_path(folder, name), now / name):
        return found
    data = tree.read(_path(folder, name))
    if data is None:
        return ""
    import hashlib

    return pointed_at(data) or hashlib.sha256(data).hexdigest()


def _path(folder: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(folder, name))
