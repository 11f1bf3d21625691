"""What the files said then: read from git's own store, the work tree untouched."""

from __future__ import annotations

import os
import posixpath
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import RepositoryError, UsageError
from qp_cli.messages import msg
from qp_cli.names import shown
from qp_cli.store.files import read_plain
from qp_cli.store.git import SEARCH, Git
from qp_cli.store.places import CONVENTION, JOURNAL, SITES
from qp_cli.store.yaml.text import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from qp_cli.messages import Message

SHORT = 10
"""How much of a commit's name is shown."""
_LATEST = 253_402_000_000
"""The last instant taken from a commit, in the year 9999: a commit can hold any number for its date."""
_PLAIN_FILES = (b"100644", b"100755")


class Revision(NamedTuple):
    """The files of one folder as a commit has them.

    Attributes:
        commit: its full name.
        committed: when it was committed.
        name: how findings write it: as the reader did, or the start of its full name.
        folder: the folder's path from the top of the work tree, with `/`; empty at the top.
        files: what each file holds, by its name.
        is_head: whether it is the commit that the work tree stands on.
        after: the date of a commit that it follows and that is later than its own; None where dates are in order.
        is_elsewhere: whether the folder was another one then, in which a convention of the same id stood.
    """

    commit: str
    committed: datetime
    name: str
    folder: str
    files: Mapping[str, bytes]
    is_head: bool
    after: datetime | None = None
    is_elsewhere: bool = False

    @property
    def short(self) -> str:
        """The start of its full name."""
        return self.commit[:SHORT]

    @property
    def path(self) -> Path:
        """How findings write the folder, as git itself would: `REV:data`."""
        return Path(f"{self.name}:{self.folder}")


def read_revision(folder: Path, revision: str, environ: Mapping[str, str]) -> Revision:
    """The files of a folder at a revision: whatever git takes for a commit.

    Raises:
        UsageError: there is no such revision.
        RepositoryError: there is no git, no git repository, or no convention in it at that revision.
    """
    git = _Past(folder, environ)
    commit = None if revision.startswith("-") else git.commit(revision)
    if commit is None:
        raise no_revision(revision, shallow=git.is_shallow())
    return git.read(commit, commit[:SHORT] if revision.startswith(SEARCH) else revision)


_UPSTREAM = re.compile(r"@\{(?:u|upstream|push)\}", re.IGNORECASE)


def no_revision(name: str, *, shallow: bool) -> UsageError:
    """The error for a revision that git does not know, or that a shallow clone lacks."""
    if name.startswith(SEARCH):
        return UsageError(msg("No revision has “{text}” in its message.", text=shown(name.removeprefix(SEARCH))))
    if _UPSTREAM.search(name):
        text = msg(
            "“{name}” is no revision here: the branch follows no other. To follow one: git branch -u", name=shown(name)
        )
        return UsageError(text)
    if ".." in name:
        return UsageError(msg("“{name}” is no revision, but a range of them: name one.", name=shown(name)))
    if ":" in name:
        return UsageError(msg("“{name}” is no revision, but a file or folder in one.", name=shown(name)))
    if shallow:
        text = msg("This shallow clone has no revision “{name}”. To fetch all: git fetch --unshallow", name=shown(name))
        return UsageError(text)
    return UsageError(msg("No revision is called “{name}”.", name=shown(name)))


def revision_on(folder: Path, until: datetime, environ: Mapping[str, str]) -> Revision:
    """The files of a folder as the current branch had them at an instant.

    It is the last commit of the branch's own line, first parents only, that was committed by then: what was still
    being written on another branch was not yet what the repository said.

    Raises:
        RepositoryError: there is no git, no git repository, or nothing was committed by then.
    """
    git = _Past(folder, environ)
    if git.commit("HEAD") is None:
        raise RepositoryError(msg("Nothing was ever committed in {folder}", folder=str(folder)))
    line = git.line()
    chosen = next((place for place, each in enumerate(line) if each.seconds <= until.timestamp()), None)
    if chosen is None:
        raise RepositoryError(_too_early(git, line[-1], until))
    found = git.read(line[chosen].name, line[chosen].name[:SHORT])
    latest = max(each.seconds for each in line[chosen:])
    return found._replace(after=_instant(latest)) if latest > line[chosen].seconds else found


def _too_early(git: _Past, oldest: _Commit, until: datetime) -> Message:
    """That nothing was committed by then, and since when something was."""
    first = _instant(oldest.seconds, until.tzinfo).date()
    if git.is_shallow():
        return msg(
            "This shallow clone goes back to {first} only, not to {day}. To fetch all: git fetch --unshallow",
            first=first,
            day=until.date(),
        )
    return msg("Nothing was committed by {day}: the first commit is of {first}", day=until.date(), first=first)


def _instant(seconds: int, zone: tzinfo | None = None) -> datetime:
    return datetime.fromtimestamp(max(0, min(seconds, _LATEST)), zone or UTC)


class _Commit(NamedTuple):
    """When a commit was made, as it says itself, and its full name."""

    seconds: int
    name: str


class _Past:
    """The commits of a folder's repository, and what they hold of the folder."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._git, self._folder = Git(folder, environ), folder
        self.is_shallow, self.commit = self._git.is_shallow, self._git.commit
        self._prefix = os.fsdecode(self._git.run("rev-parse", "--show-prefix").removesuffix(b"\n")).rstrip("/")

    def line(self) -> list[_Commit]:
        """The commits of the branch's own line, first parents only, the newest first."""
        return self._listed("--first-parent", "HEAD")

    def _listed(self, *arguments: str) -> list[_Commit]:
        told = self._git.run("rev-list", "--timestamp", *arguments).decode("ascii").splitlines()
        return [_Commit(int(seconds), name) for seconds, name in map(str.split, told)]

    def read(self, commit: str, name: str) -> Revision:
        """The files of the folder at a commit.

        Raises:
            RepositoryError: there was no convention in it, or one of the files was no plain file, or too large.
        """
        folder, places = self._prefix, self._places(commit, self._prefix)
        if CONVENTION not in places:
            folder, places = self._moved(commit, name)
        files = {file: self._content(file, place) for file, place in places.items()}
        (told,) = self._listed("-1", commit)
        is_head, is_elsewhere = commit == self.commit("HEAD"), folder != self._prefix
        return Revision(commit, _instant(told.seconds), name, folder, files, is_head, is_elsewhere=is_elsewhere)

    def _moved(self, commit: str, name: str) -> tuple[str, dict[str, str]]:
        """The folder that held the convention of this id at a commit, and where git keeps each of its files.

        Raises:
            RepositoryError: none did, or several.
        """
        from qp_cli.store.portfolio import id_in

        own = ""
        with suppress(OSError):
            own = id_in(read_plain(self._folder / CONVENTION))
        found = []
        for folder in self._conventions(commit) if own else ():
            places = self._places(commit, folder)
            if CONVENTION in places and id_in(self._content(CONVENTION, places[CONVENTION])) == own:
                found.append((folder, places))
        if len(found) == 1:
            return found[0]
        file = "/".join(filter(None, (self._prefix, CONVENTION)))
        problem = msg("There is no {file} in revision {name}", file=file, name=shown(name))
        if found:
            folders = ", ".join(folder or "." for folder, _ in found)
            problem = msg("{problem}, and several folders have its id: {folders}", problem=problem, folders=folders)
        raise RepositoryError(problem)

    def _conventions(self, commit: str) -> list[str]:
        """The folders that held a `convention.yaml` at a commit; the top is empty."""
        listed = self._git.run("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit).split(b"\0")
        paths = map(posixpath.split, map(os.fsdecode, listed))
        return [folder for folder, file in paths if file == CONVENTION]

    def _content(self, file: str, place: str) -> bytes:
        if self._git.size(place) > MAX_BYTES:
            limit = MAX_BYTES // 1_000_000
            raise RepositoryError(msg("{file} was larger than {limit} MB then", file=file, limit=limit))
        return self._git.content(place, file)

    def _places(self, commit: str, folder: str) -> dict[str, str]:
        """Where git keeps each file of a folder at a commit; none where there was no such folder."""
        names = (CONVENTION, SITES, JOURNAL)
        code, answer, _ = self._git.ask("ls-tree", "-z", "--full-tree", f"{commit}:{folder}", "--", *names)
        if code:
            self._confirm_absence(commit)
        places: dict[str, str] = {}
        for entry in answer.split(b"\0") if code == 0 else ():
            about, _, name = entry.partition(b"\t")
            file = os.fsdecode(name)
            if file in names:
                mode, _, place = about.split()
                if mode not in _PLAIN_FILES:
                    raise RepositoryError(
                        msg("{file} is no plain file in revision {name}", file=file, name=commit[:SHORT])
                    )
                places[file] = place.decode()
        return places

    def _confirm_absence(self, commit: str) -> None:
        """Tells a folder that a commit does not have from one that this clone lacks.

        Raises:
            RepositoryError: the commit has it.
        """
        named = ("--", self._prefix) if self._prefix else ()
        told = self._git.run("ls-tree", "-z", "-d", "--full-tree", commit, *named)
        if named and told and told.split()[1] == b"tree":
            self._git.run("ls-tree", told.split()[2].decode())
