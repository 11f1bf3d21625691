"""Commits: every file of one, listed at once and read one by one; how often a convention was edited."""

from __future__ import annotations

import os
import posixpath
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qp_cli.errors import RepositoryError
from qp_cli.messages import msg
from qp_cli.names import collated, shown
from qp_cli.store.files import open_plain
from qp_cli.store.git import SEARCH, Git, blob_name, blob_name_of
from qp_cli.store.places import CONVENTION, reason
from qp_cli.store.revisions import SHORT, no_revision
from qp_cli.store.yaml.text import MAX_BYTES
from qp_cli.tracking.ledger import NO_EDITS, Edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


_LINK = "120000"
_FILES = frozenset({"100644", "100755", _LINK})
_MOST_LINKS = 8
_BRANCHING = "..."
"""After a revision: where its history and that of the work tree part."""
_NOTHING = "0" * 40
_NAMELESS = frozenset({"HEAD", "@"})


class Tree:
    """What a commit holds: for each file, by its path from the top, the name that git gives to its content.

    Attributes:
        name: how messages write the commit: as the reader did, a full name by its start.
    """

    def __init__(self, git: Git, commit: str, name: str) -> None:
        self.name = name
        self._git = git
        self._entries = dict(_entries(git.run("ls-tree", "-r", "-z", "--full-tree", commit)))

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    def conventions(self) -> list[str]:
        """The folders that hold a `convention.yaml`, in order; the top is empty."""
        found = (posixpath.dirname(path) for path in self._entries if posixpath.basename(path) == CONVENTION)
        return sorted(found, key=lambda folder: [collated(part) for part in folder.split("/")])

    def holds(self, path: str, data: bytes | None) -> bool:
        """Whether a file was what it is now, or was not there either; the ends of lines apart, which git may change."""
        if path not in self._entries or data is None:
            return path not in self._entries and data is None
        mode, place = self._entries[path]
        if mode == _LINK:
            return False
        plain = data.replace(b"\r\n", b"\n")
        return blob_name(data, len(place)) == place or (plain != data and blob_name(plain, len(place)) == place)

    def holds_file(self, path: str, file: Path) -> bool:
        """Whether a file was, byte for byte, what another is now; it may be long.

        Raises:
            RepositoryError: the other cannot be read.
        """
        mode, place = self._entries[path]
        try:
            with open_plain(file) as stream:
                return mode != _LINK and blob_name_of(stream, len(place)) == place
        except OSError as error:
            raise RepositoryError(
                msg("{file} cannot be read: {reason}", file=str(file), reason=reason(error))
            ) from error

    def read(self, path: str) -> bytes | None:
        """What a file held, links followed inside the commit; None where none was there, or too large a one.

        Raises:
            RepositoryError: git cannot give it.
        """
        for _ in range(_MOST_LINKS):
            if path not in self._entries:
                return None
            mode, place = self._entries[path]
            if self._git.size(place) > MAX_BYTES:
                return None
            content = self._git.content(place, path)
            if mode != _LINK:
                return content
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(content)))
        return None


def read_tree(top: Path, revision: str, environ: Mapping[str, str]) -> Tree | None:
    """The tree of a revision, or with `...` after it, of where its history and that of the work tree part.

    None where there was nothing yet: no commit was made, or the name is that of none, all zeros, as CIs write it.

    Raises:
        UsageError: there is no such revision.
        RepositoryError: there is no git, or no git repository.
    """
    git = Git(top, environ)
    git.run("rev-parse", "--git-dir")
    if len(revision) >= len(_NOTHING) and not revision.strip("0"):
        return None
    name = revision.removesuffix(_BRANCHING)
    commit = None if name.startswith("-") else git.commit(name)
    if commit is None:
        if name in _NAMELESS and git.is_unborn():
            return None
        raise no_revision(name, shallow=git.is_shallow())
    if name != revision:
        code, answer, _ = git.ask("merge-base", commit, "HEAD")
        if code:
            raise no_revision(revision, shallow=git.is_shallow())
        name = commit = answer.decode("ascii").strip()
    is_short = commit.startswith(name.lower())
    return Tree(git, commit, commit[:SHORT] if is_short or name.startswith(SEARCH) else shown(name))


def _entries(listed: bytes) -> Iterator[tuple[str, tuple[str, str]]]:
    for entry in listed.split(b"\0"):
        about, _, path = entry.partition(b"\t")
        if path:
            mode, _, place = about.decode("ascii").split()
            if mode in _FILES:
                yield os.fsdecode(path), (mode, place)


_LINE = re.compile(rb"^(\d{1,11}) [0-9a-f]+$", re.MULTILINE)
"""When a commit was made, in seconds of the epoch, and its name."""


def edits_of(folder: Path, environ: Mapping[str, str], revision: str = "HEAD") -> Edits:
    """The commits up to `revision` that changed the convention of a folder; none where git cannot tell.

    All of them count, those of branches that were merged too, so that a commit more never makes them fewer.
    A shallow clone knows one commit alone, and takes it for an edit: then its date tells one from the next.
    """
    try:
        found = Git(folder, environ).run("rev-list", "--full-history", "--timestamp", revision, "--", CONVENTION)
    except RepositoryError:
        return NO_EDITS
    instants = [int(each[1]) for each in _LINE.finditer(found)]
    return Edits(len(instants), datetime.fromtimestamp(max(instants), UTC)) if instants else NO_EDITS
