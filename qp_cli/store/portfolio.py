"""Several conventions: the folders that hold them, the parties that they share, and how they are told apart."""

from __future__ import annotations

import os
import re
from collections import Counter
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import RepositoryError
from qp_cli.messages import msg
from qp_cli.names import collated
from qp_cli.store.files import is_of_qp, read_plain
from qp_cli.store.places import (
    CONVENTION,
    DATA,
    JOURNAL,
    PARTIES,
    SITES,
    holding,
    intended_name,
    is_there,
    reason,
    refuse_misnamed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qp_cli.findings import Finding
    from qp_cli.messages import Message
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.yaml.tree import Document


_NEARLY = ("parties.yml", "Parties.yaml", "Parties.yml", "PARTIES.YAML", "PARTIES.YML", "parties.yaml.txt")


class Below(NamedTuple):
    """What a folder holds.

    Attributes:
        folders: those of its conventions, in the order of their names.
        unread: what may hold one, and cannot be looked into or is not called so, or what has lost its own, each with
            the reason.
    """

    folders: list[Path]
    unread: dict[Path, Message]


MOST_FOLDERS = 50_000
"""How many folders are looked through for conventions: a country's are in a tenth of them, a machine has more."""


def conventions_in(folder: Path, step: Callable[[], None] | None = None) -> Below:
    """The folders that hold a `convention.yaml`: this one or its `data`, else those below it, at any depth.

    Hidden folders are left out, and links to folders are not followed, but for a `data`.

    Args:
        folder: where to look.
        step: hears of each folder that is looked through.

    Raises:
        RepositoryError: there is none, or too many folders would have to be looked through.
        OSError: the folder cannot be read.
    """
    if found := holding(folder):
        return Below([found], {})
    refuse_misnamed(folder)
    unread: dict[Path, Message] = {}
    below = sorted(_walk(folder, unread, step), key=_by_name)
    if not below:
        problem = msg("There is no {file} in {folder}, nor below", file=CONVENTION, folder=str(folder))
        for path, why in sorted(unread.items(), key=lambda item: _by_name(item[0])):
            problem = msg("{problem}; {folder} is left out: {reason}", problem=problem, folder=str(path), reason=why)
            break
        raise RepositoryError(problem)
    return Below(below, unread)


def _by_name(path: Path) -> list[tuple[str, str, str]]:
    """Where a folder stands among those that people read, by the name of each folder it is in."""
    return [collated(part) for part in path.parts]


def _walk(folder: Path, unread: dict[Path, Message], step: Callable[[], None] | None) -> Iterable[Path]:
    def note(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise error
        unread[Path(error.filename)] = msg("it cannot be read: {reason}", reason=reason(error))

    numbers = count(1)
    for name, folders, files in os.walk(folder, onerror=note):
        _count(next(numbers), folder, step)
        yield from _conventions_at(Path(name), folders, files, unread)
        folders[:] = sorted((each for each in folders if not each.startswith(".")), key=collated)


def _conventions_at(path: Path, folders: list[str], files: list[str], unread: dict[Path, Message]) -> Iterable[Path]:
    """The folder itself where it holds a convention, below which nobody looks then; or what its link leads to."""
    if CONVENTION in files or CONVENTION in folders:
        folders.clear()
        yield path
    elif DATA in files or (DATA in folders and (path / DATA).is_symlink()):
        yield from _behind_a_link(path / DATA, unread)
    if CONVENTION not in files:
        unread |= _misnamed_in(path, files) or _orphans_in(path, files)


def _count(number: int, folder: Path, step: Callable[[], None] | None) -> None:
    """Tells of one more folder that is looked through below another.

    Raises:
        RepositoryError: it is one too many.
    """
    if number > MOST_FOLDERS:
        problem = msg(
            "More than {count} folders are below {folder}: name the one that holds the conventions",
            count=MOST_FOLDERS,
            folder=str(folder),
        )
        raise RepositoryError(problem)
    if step:
        step()


def _misnamed_in(path: Path, files: Iterable[str]) -> dict[Path, Message]:
    """The files of a folder whose name is nearly that of a convention's."""
    right = msg("the file that is read is called {right}", right=CONVENTION)
    found = sorted((each for each in files if intended_name(each) == CONVENTION), key=collated)
    return {path / each: right for each in found}


def _orphans_in(path: Path, files: Iterable[str]) -> dict[Path, Message]:
    """The journal or the sites of a folder where the convention that they are about is not, nor in its `data`."""
    found = [path / each for each in (JOURNAL, SITES) if each in files and is_of_qp(path / each)]
    if not found or is_there(path / DATA / CONVENTION):
        return {}
    return {found[0]: msg("there is no {right} beside it", right=CONVENTION)}


def _behind_a_link(data: Path, unread: dict[Path, Message]) -> Iterable[Path]:
    """A `data` that is a link, where it leads to a convention; whether it may is for its door to say."""
    if not data.is_symlink():
        return
    try:
        data.stat()
        if is_there(data / CONVENTION):
            yield data
        else:
            unread |= _orphans_in(data, [each for each in (JOURNAL, SITES) if is_there(data / each)])
    except OSError as error:
        unread[data] = msg("it cannot be read: {reason}", reason=reason(error))


def parties_near(folder: Path) -> Path | None:
    """The nearest `parties.yaml`, from a convention's folder up to the top of its git repository, if any.

    It may be something else of that name, which cannot be read, or a file of nearly that name, which is not read.
    """
    full = folder.resolve()
    for each in (full, *full.parents):
        if found := _parties_in(each):
            return found
        if os.path.lexists(each / ".git"):
            return None
    return None


def _parties_in(folder: Path) -> Path | None:
    for name in (PARTIES, *_NEARLY):
        if os.path.lexists(folder / name):
            return folder / name
    return None


def portfolio_above(start: Path) -> Below:
    """The conventions below the nearest folder, from `start` up, that holds a `parties.yaml`; none where there is none.

    Raises:
        RepositoryError: no convention is below it.
    """
    for folder in (start, *start.parents):
        if _parties_in(folder):
            return conventions_in(folder)
    return Below([], {})


_MOST_SEEN, _MOST_ENTERED, _LEVELS = 10_000, 500, 2
"""Names, folders and levels that are looked at, at the most, for conventions that nobody named: it takes no time."""


def conventions_near(folder: Path) -> list[Path]:
    """The folders one or two levels below that hold a convention, in the order of their names: those soon seen.

    It is no search: hidden folders, links, what cannot be looked into and what a large folder holds besides are left.
    """
    names, folders = iter(range(_MOST_SEEN)), iter(range(_MOST_ENTERED))
    level, found = [folder], list[Path]()
    for _ in range(_LEVELS):
        below = [each for parent in level for each, _ in zip(_folders_in(parent, names), folders, strict=False)]
        with_one = set(filter(_holds_one, below))
        found += with_one
        level = [each for each in below if each not in with_one]
    return sorted(found, key=_by_name)


def _folders_in(folder: Path, names: Iterator[int]) -> list[Path]:
    """The folders among its entries, as the system gives them, that are neither hidden nor links; `names` run out."""
    try:
        with os.scandir(folder) as entries:
            seen = [each for each, _ in zip(entries, names, strict=False) if not each.name.startswith(".")]
            return [folder / each.name for each in seen if each.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _holds_one(folder: Path) -> bool:
    try:
        return holding(folder) is not None
    except OSError:
        return False


class PartiesFile(NamedTuple):
    """What a `parties.yaml` declares; `parties` is None when it could not be read."""

    document: Document
    findings: tuple[Finding, ...]
    parties: tuple[SharedParty, ...] | None


def read_parties(path: Path, shown: Path) -> PartiesFile:
    """The shared parties of a file; of one that is not read, why."""
    from qp_cli.store.repository import closed_file, misnamed_file

    name = shown.as_posix()
    if path.name != PARTIES:
        return _unread(name, misnamed_file(path.name, shown.parent))
    try:
        data = read_plain(path)
    except OSError as error:
        return _unread(name, closed_file(name, reason(error)))
    from qp_cli.model.parties import Parties
    from qp_cli.store.schema import merged, validate
    from qp_cli.store.yaml.reader import read_document

    document = read_document(data, name)
    declared, findings = validate(document, Parties)
    return PartiesFile(document, tuple(merged(document.findings, findings)), declared.parties if declared else None)


def _unread(shown: str, finding: Finding) -> PartiesFile:
    from qp_cli.store.yaml.tree import START, Document

    return PartiesFile(Document(shown, "", None, START, ()), (finding,), None)


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


def id_in(data: bytes) -> str:
    """The id that the file of a convention gives it, as far as it can be seen; empty where it cannot."""
    return _said(data).id.decode(errors="replace")


def _read(folder: Path) -> _Said:
    data = b""
    with suppress(OSError):
        data = read_plain(folder / CONVENTION)
    return _said(data)


def _said(data: bytes) -> _Said:
    found = {name: text.strip(b"\"'") for name, text in _SAID.findall(data)}
    return _Said(*(found.get(name.encode(), b"") for name in _Said._fields))
