"""Examining conventions one after the other, and what is left of each; then what is wrong between them."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.opening import shown_path
from qp_cli.checks.portfolio import party_findings, same_id, undeclared, usable_parties
from qp_cli.errors import RepositoryError
from qp_cli.store.cache import entry_key
from qp_cli.store.files import FILES, read_files
from qp_cli.store.places import CONVENTION
from qp_cli.store.portfolio import conventions_in, parties_near, read_parties
from qp_cli.store.yaml.tree import lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qp_cli.findings import Finding, Span
    from qp_cli.messages import Message
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.cache import Cache
    from qp_cli.store.cache_entries import KeptFindings
    from qp_cli.store.portfolio import PartiesFile
    from qp_cli.store.repository import Repository
    from qp_cli.store.yaml.tree import Document

_ENTRY = "findings"
Lines = dict[int, str]
"""Lines of a file by their number, from 1."""


class Folder(NamedTuple):
    """A convention to examine: where it is, and how findings write that."""

    path: Path
    shown: Path


class Examined(NamedTuple):
    """What is kept of a convention: plain values, small beside its files.

    Attributes:
        findings: all of them but those that come from the conventions beside it, by place then code.
        files: the files that were read, as findings name them.
        lines: the lines that findings, and the id, begin on, by file.
        name: its id, where it could be read.
        place: where that id stands.
        names: what it goes by, its id first; as they are written, where it could not be read.
        people: the ids of its parties; None where it could not be read.
        parties: the file of shared parties that it was examined beside.
        problem: why its files cannot be opened; nothing else is known then.
    """

    findings: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()
    lines: Mapping[str, Lines] = {}
    name: str = ""
    place: Span | None = None
    names: tuple[str, ...] = ()
    people: tuple[str, ...] | None = None
    parties: Path | None = None
    problem: Message | None = None


class Vicinity:
    """The neighbourhood of the conventions of one check, in their order."""

    def __init__(self) -> None:
        self._files: dict[Path, PartiesFile] = {}
        self._beside: dict[Path, dict[Path, tuple[str, ...] | None]] = {}
        self._ids: dict[str, Span] = {}

    def parties(self, path: Path | None) -> tuple[SharedParty, ...]:
        """The usable parties of a file of shared parties, which is read once; none where there is no file."""
        return usable_parties(self._shared(path)) if path else ()

    def meet(self, examined: Examined, folder: Path) -> Sequence[Finding]:
        """The findings of a convention, by place then code, with the one it has if its id was met before."""
        if examined.parties:
            self._beside.setdefault(examined.parties, {})[folder.resolve()] = examined.people
        if examined.place is None:
            return examined.findings
        other = self._ids.setdefault(examined.name, examined.place)
        if other is examined.place:
            return examined.findings
        from qp_cli.checks.blocking import in_order

        return in_order([*examined.findings, same_id(examined.name, examined.place, other)])

    def findings(self, paths: Iterable[Path]) -> list[Finding]:
        """What is wrong with files of shared parties, once the conventions they are for were met."""
        return [finding for path in paths for finding in self._of(path)]

    def _of(self, path: Path) -> Iterator[Finding]:
        shared = self._shared(path)
        yield from party_findings(shared)
        if usable_parties(shared) and self._all_met(path):
            people = (people for people in self._beside[path].values() if people)
            yield from undeclared(shared, frozenset(chain.from_iterable(people)))

    def _all_met(self, path: Path) -> bool:
        """Whether every convention that a file of shared parties is the nearest of was met, and read."""
        met = self._beside[path]
        try:
            all_below = conventions_in(path.parent)
        except (OSError, RepositoryError):
            return False
        below = {folder.resolve() for folder in all_below.folders if parties_near(folder) == path}
        return not all_below.unread and None not in met.values() and met.keys() >= below

    def documents(self, paths: Iterable[Path]) -> dict[str, Document]:
        """Those files, as findings name them."""
        shared = map(self._shared, paths)
        return {each.document.path: each.document for each in shared}

    def _shared(self, path: Path) -> PartiesFile:
        if path not in self._files:
            self._files[path] = read_parties(path, shown_path(path))
        return self._files[path]


class Examiner:
    """What finds what there is to find in a folder: the same in each of the processes that it goes to."""

    def __init__(self, vicinity: Vicinity, cache: Cache) -> None:
        self._vicinity = vicinity
        self._cache = cache

    def __reduce__(self) -> tuple[object, ...]:
        return Examiner, (Vicinity(), self._cache)

    def __call__(self, folder: Folder) -> Examined:
        """What is found in a folder; of one that cannot be opened, why."""
        try:
            near = parties_near(folder.path)
            examined = examine_folder(folder, self._vicinity.parties(near), self._cache)
        except RepositoryError as error:
            return Examined(problem=error.message)
        return examined._replace(parties=near)


def examine_folder(folder: Folder, parties: tuple[SharedParty, ...], cache: Cache) -> Examined:
    """What is found in one folder, beside the parties that conventions share; kept for the next time.

    Raises:
        RepositoryError: a file cannot be opened.
    """
    from qp_cli.checks.registry import examine
    from qp_cli.checks.repository import Subject
    from qp_cli.store.cache_entries import KeptFindings, findings_to_plain
    from qp_cli.store.proofs import read_proofs
    from qp_cli.store.repository import read_repository

    files = read_files(folder.path, folder.shown)
    repository = read_repository(folder.path, folder.shown, files)
    proofs = read_proofs(repository)
    findings = tuple(examine(repository, parties, proofs))
    name, place, people = "", None, None
    if repository.convention:
        name, place = repository.convention.id, repository.documents[CONVENTION].span(("id",))
        people = tuple(party.id for party, _ in Subject(repository).parties_named)
    looked_at = {each: (found.sha256, found.trouble or "") for each, found in proofs.items()}
    kept = KeptFindings(findings, looked_at, name, place, _names(repository), people)
    cache.keep(_entry(folder, files, parties), findings_to_plain(kept))
    documents = {document.path: document for document in repository.documents.values()}
    return _examined(kept, tuple(documents), lambda path: documents[path].lines)


def _names(repository: Repository) -> tuple[str, ...]:
    """What a convention goes by, as its file writes it, errors or not."""
    document = repository.documents.get(CONVENTION)
    root = document.root if document else None
    if not isinstance(root, dict):
        from qp_cli.store.portfolio import names_in

        return names_in(repository.folder)
    written = [root.get(name) for name in ("id", "territory", "title")]
    return tuple(text for text in written if isinstance(text, str) and text)


def recall(folder: Folder, vicinity: Vicinity, cache: Cache) -> Examined | None:
    """What an earlier run found in a folder where nothing it looked at has changed; None for any other."""
    from qp_cli.store.cache_entries import findings_from_plain
    from qp_cli.store.yaml.text import text_of

    try:
        near = parties_near(folder.path)
        files = read_files(folder.path, folder.shown)
        kept = findings_from_plain(cache.load(_entry(folder, files, vicinity.parties(near))))
    except RepositoryError:  # which is told in its turn
        return None
    if kept is None or kept.proofs != _proofs(folder.path, kept.proofs):
        return None
    held = {(folder.shown / name).as_posix(): files[name] for name in FILES if name in files}
    return _examined(kept, tuple(held), lambda path: lines_of(text_of(held[path])))._replace(parties=near)


def _entry(folder: Folder, files: Mapping[str, bytes], parties: tuple[SharedParty, ...]) -> str | None:
    return entry_key(files, _ENTRY, folder.shown.as_posix(), repr(parties))


def _proofs(folder: Path, names: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """What a folder holds under the names of proofs now: read again, for a fingerprint alone tells."""
    if not names:
        return {}
    from qp_cli.store.proofs import fingerprints

    return {name: (found.sha256, found.trouble or "") for name, found in fingerprints(folder, names).items()}


def _examined(kept: KeptFindings, files: tuple[str, ...], lines: Callable[[str], Sequence[str]]) -> Examined:
    """What is kept of a convention: of the lines of its files, those that show."""
    spans = [*(finding.span for finding in kept.findings), *([kept.place] if kept.place else [])]
    shown = {path: _lines_at(path, lines, spans) for path in files}
    return Examined(kept.findings, files, shown, kept.name, kept.place, kept.names, kept.parties)


def lines_shown(document: Document, spans: Iterable[Span]) -> Lines:
    """The lines of a document that places begin on."""
    return _lines_at(document.path, lambda _: document.lines, spans)


def _lines_at(path: str, read: Callable[[str], Sequence[str]], spans: Iterable[Span]) -> Lines:
    """Those of a file's lines that places begin on; a file where none does is not even split."""
    numbers = sorted({span.line for span in spans if span.path == path})
    lines = read(path) if numbers else ()
    return {number: lines[number - 1] for number in numbers if number <= len(lines)}


def path_from(root: Path, path: Path) -> str:
    """A path as seen from the root; absolute when it is outside."""
    for full, base in ((path.absolute(), root), (path.resolve(), root.resolve())):
        plain = Path(os.path.normpath(full))
        if plain.is_relative_to(base):
            return plain.relative_to(base).as_posix()
    return path.resolve().as_posix()
