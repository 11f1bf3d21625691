"""`qp check --against`: each convention beside what it was at a revision, followed by its id where it has moved."""

from __future__ import annotations

import os
import posixpath
from collections import defaultdict
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.examining import Folder, lines_shown, path_from
from qp_cli.store.commits import read_tree
from qp_cli.store.files import FILES, read_files
from qp_cli.store.places import CONVENTION, DATA, JOURNAL, as_named, top_of
from qp_cli.store.portfolio import id_in, names_in, parties_near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from qp_cli.app.convention_names import Wanted
    from qp_cli.app.examining import Examined, Lines
    from qp_cli.findings import Finding
    from qp_cli.store.commits import Tree

_SILENCED = (b"QP410", b"QP411")
"""What says of a missing or changed proof that it is known: only then it must be looked for again."""


class Compared(NamedTuple):
    """What is no longer as it was recorded, and the lines that this shows, by file."""

    findings: list[Finding]
    lines: dict[str, Lines]


class _Now(NamedTuple):
    """A convention as it is.

    Attributes:
        folder: where it is.
        place: the same from the top of the work tree, with `/`; empty at the top.
        id: what it is called, as far as that can be seen.
        is_wanted: whether it was asked for, and could be read.
    """

    folder: Folder
    place: str
    id: str
    is_wanted: bool


def roots_of(names: Sequence[str], folders: Sequence[Path], environ: Mapping[str, str]) -> list[Path]:
    """Where a check looks for conventions: in the folders named, else around those it found.

    Args:
        names: what the command line names.
        folders: those of the conventions.
        environ: where a folder may be named too.
    """
    if named := names or list(filter(None, [environ.get("QP_DATA")])):
        return [Path(name) for name in named]
    near = [parties_near(folder) for folder in folders] if len(folders) > 1 else []
    return [*folders, *(path.parent for path in near if path)]


def compare_with(
    revision: str,
    looked_at: Sequence[tuple[Folder, Examined]],
    roots: Iterable[Path],
    wanted: Wanted,
    environ: Mapping[str, str],
) -> Compared:
    """What the conventions of a check, and those that went, had recorded at a revision and is no longer so.

    Args:
        revision: as git takes it; `...` after it stands for where both histories part.
        looked_at: the conventions as they are.
        roots: the folders that the check looked for conventions in.
        wanted: which of them were asked for.
        environ: where git is, and the user's settings of it.

    Raises:
        UsageError: there is no such revision.
        RepositoryError: there is no git, no git repository, or it cannot give what was committed.
    """
    by_top: defaultdict[Path, list[_Now]] = defaultdict(list)
    for folder, examined in looked_at:
        top = Path(os.path.realpath(top_of(as_named(folder.path))))
        names = examined.names or names_in(folder.path)
        is_wanted = not examined.problem and wanted.takes(names)
        by_top[top].append(_Now(folder, _from(top, folder.path), examined.name or "".join(names[:1]), is_wanted))
    compared = Compared([], {})
    for top, conventions in by_top.items():
        tree = read_tree(top, revision, environ)
        if tree:
            scope = [_from(top, root) for root in roots if Path(os.path.realpath(root)).is_relative_to(top)]
            _compare_tree(tree, top, conventions, scope or [""], wanted, compared)
    return compared


def _from(top: Path, folder: Path) -> str:
    place = Path(os.path.realpath(folder)).relative_to(top).as_posix()
    return "" if place == "." else place


def _compare_tree(
    tree: Tree, top: Path, conventions: Sequence[_Now], scope: Iterable[str], wanted: Wanted, compared: Compared
) -> None:
    """Adds what is found of the conventions of one work tree."""
    for place, now in _followed(tree, top, conventions, scope):
        if now is None:
            _tell_gone(tree, place, top, wanted, compared)
        elif now.is_wanted:
            _compare(tree, place, now.folder, compared)


def _followed(
    tree: Tree, top: Path, conventions: Sequence[_Now], scope: Iterable[str]
) -> Iterator[tuple[str, _Now | None]]:
    """Where each convention was, with what it has become: where it still is, else that of its id, else in its place."""
    here = {each.place: each for each in conventions}
    then = dict.fromkeys(tree.conventions())
    names = {place: _id_then(tree, place, here.get(place)) for place in then if _may_matter(place, here, top)}
    stayed = {place: here[place] for place, name in names.items() if place in here and here[place].id == name}
    moved = {each.id: each for each in reversed(conventions) if each.id and each.place not in stayed}
    in_scope = set(chain.from_iterable(_below(then, root) for root in scope))
    for place, name in names.items():
        became = stayed.get(place) or moved.get(name) or here.get(place)
        if became or place in in_scope:
            yield place, became or _elsewhere(top, name)


def _may_matter(place: str, here: Mapping[str, _Now], top: Path) -> bool:
    """Whether a convention was one of those looked at, or is no longer where it was."""
    return place in here or not os.path.lexists(top / place / CONVENTION)


def _id_then(tree: Tree, place: str, now: _Now | None) -> str:
    """The id of a convention, without reading it where it has not changed."""
    path = posixpath.join(place, CONVENTION)
    if now and tree.holds(path, _files(now.folder).get(CONVENTION)):
        return now.id
    return id_in(tree.read(path) or b"")


def _below(places: Collection[str], root: str) -> list[str]:
    """The conventions that a check of a folder would have looked at: its own, else those below it."""
    for own in (posixpath.join(root, DATA), root):
        if own in places:
            return [own]
    above = f"{root}/" if root else ""
    found: list[str] = []
    for place in places:  # in order: what is above comes before
        is_hidden = any(part.startswith(".") for part in place.removeprefix(above).split("/"))
        is_inside = any(place.startswith(f"{each}/") for each in found)
        if place.startswith(above) and not is_hidden and not is_inside:
            found.append(place)
    return found


def _elsewhere(top: Path, name: str) -> _Now | None:
    """The convention of an id, anywhere in a work tree; None where there is none."""
    for folder, folders, files in os.walk(top):
        folders[:] = [each for each in folders if not each.startswith(".")]
        if CONVENTION in files and name and names_in(Path(folder))[:1] == (name,):
            return _Now(_folder(Path(folder)), _from(top, Path(folder)), name, is_wanted=True)
    return None


def _folder(path: Path) -> Folder:
    return Folder(path, Path(path_from(Path.cwd(), path)))


def _files(folder: Folder) -> Mapping[str, bytes]:
    return read_files(folder.path, folder.shown)


def _tell_gone(tree: Tree, place: str, top: Path, wanted: Wanted, compared: Compared) -> None:
    """Adds that a convention is gone, where it had recorded anything."""
    from qp_cli.checks.history import gone_journal
    from qp_cli.store.recorded_before import had_recorded

    path = posixpath.join(place, JOURNAL)
    name = id_in(tree.read(posixpath.join(place, CONVENTION)) or b"")
    if path in tree and wanted.takes((name,)) and had_recorded(tree.read(path)):
        compared.findings.append(gone_journal(path_from(Path.cwd(), top / path), tree.name, place))


def _compare(tree: Tree, place: str, folder: Folder, compared: Compared) -> None:
    """Adds what one convention no longer is as it was recorded; nothing is read of one that has not changed."""
    files = _files(folder)
    holds = partial(_holds, tree, place)
    if all(holds(name, files.get(name)) for name in FILES):
        return
    from qp_cli.checks.history import compare
    from qp_cli.store.proofs import read_proofs
    from qp_cli.store.recorded_before import read_before
    from qp_cli.store.repository import read_repository

    repository = read_repository(folder.path, folder.shown, files)
    is_silenced = any(code in data for code in _SILENCED for data in files.values())
    proofs = read_proofs(repository) if is_silenced else {}
    found = compare(repository, read_before(tree, place, repository), proofs)
    compared.findings.extend(found)
    spans = [finding.span for finding in found]
    for document in repository.documents.values():
        compared.lines[document.path] = lines_shown(document, spans)


def _holds(tree: Tree, place: str, name: str, data: bytes | None) -> bool:
    return tree.holds(posixpath.join(place, name), data)
