"""What the files said then: read from git's own store, the work tree untouched."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import RepositoryError, UsageError
from qp_cli.messages import msg
from qp_cli.names import shown
from qp_cli.store.places import CONVENTION, JOURNAL, SITES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from qp_cli.messages import Message

_SECONDS = 60
"""How long git may take for one answer."""
_SHORT = 10
_COMMIT = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH")
"""What git may hear of its own variables: where its settings are, never which repository to read."""
_SETTINGS = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
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
    """

    commit: str
    committed: datetime
    name: str
    folder: str
    files: Mapping[str, bytes]
    is_head: bool

    @property
    def short(self) -> str:
        """The start of its full name."""
        return self.commit[:_SHORT]

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
    git = _Git(folder, environ)
    commit = None if revision.startswith("-") else git.commit(revision)
    if commit is None:
        name = shown(revision)
        problem = msg("No revision is called “{name}”.", name=name)
        if git.is_shallow():
            problem = msg("This shallow clone has no revision “{name}”. To fetch all: git fetch --unshallow", name=name)
        raise UsageError(problem)
    return git.read(commit, revision)


def read_day(folder: Path, until: datetime, environ: Mapping[str, str]) -> Revision:
    """The files of a folder as the current branch had them at an instant.

    It is the last commit of the branch's own line, first parents only, that was committed by then: what was still
    being written on another branch was not yet what the repository said.

    Raises:
        RepositoryError: there is no git, no git repository, or nothing was committed by then.
    """
    git = _Git(folder, environ)
    if git.commit("HEAD") is None:
        raise RepositoryError(msg("Nothing was ever committed in {folder}", folder=str(folder)))
    instant = f"--before=@{max(0, int(until.timestamp()))} +0000"
    found = git.run("rev-list", "-1", "--first-parent", instant, "HEAD").strip()
    if not found:
        raise RepositoryError(_too_early(git, until))
    commit = found.decode()
    return git.read(commit, commit[:_SHORT])


def _too_early(git: _Git, until: datetime) -> Message:
    """That nothing was committed by then, and since when something was."""
    last = git.run("rev-list", "--first-parent", "--timestamp", "HEAD").split(b"\n")[-2]
    first = _instant(last.split()[0], until.tzinfo).date()
    if git.is_shallow():
        return msg(
            "This shallow clone goes back to {first} only, not to {day}. To fetch all: git fetch --unshallow",
            first=first,
            day=until.date(),
        )
    return msg("Nothing was committed by {day}: the first commit is of {first}", day=until.date(), first=first)


def _instant(seconds: bytes, zone: tzinfo | None = None) -> datetime:
    return datetime.fromtimestamp(int(seconds), zone or UTC)


class _Git:
    """git, asked about the repository that a folder is in."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._folder = folder
        self._program = _program(environ)
        kept = {name: value for name, value in environ.items() if not name.startswith("GIT_") or name in _KEPT}
        self._environ = {**kept, **_SETTINGS}
        self._prefix = os.fsdecode(self.run("rev-parse", "--show-prefix").removesuffix(b"\n")).rstrip("/")

    def ask(self, *arguments: str) -> tuple[int, bytes, str]:
        """The exit code of a command, what it answered, and what it complained of."""
        line = [self._program, "-C", str(self._folder), "--no-pager", *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - a list, no shell; what a reader typed never begins with a hyphen
                line,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=_SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise RepositoryError(msg("git took more than {count} seconds", count=_SECONDS)) from error
        except OSError as error:
            from qp_cli.store.reasons import reason

            raise RepositoryError(msg("git cannot be run: {reason}", reason=reason(error))) from error
        return done.returncode, done.stdout, done.stderr.decode(errors="replace")

    def run(self, *arguments: str) -> bytes:
        """What a command answered.

        Raises:
            RepositoryError: it could not.
        """
        code, answer, complaint = self.ask(*arguments)
        if code:
            raise RepositoryError(self._problem(complaint))
        return answer

    def _problem(self, complaint: str) -> Message:
        folder = str(self._folder)
        if "not a git repository" in complaint:
            return msg("What was known then is read with git, and {folder} is in no git repository", folder=folder)
        if "dubious ownership" in complaint or "unsafe repository" in complaint:
            return msg("{folder} belongs to somebody else: see safe.directory in git's help", folder=folder)
        lines = [line for line in complaint.splitlines() if line.strip()]
        said = lines[0].removeprefix("fatal: ") if lines else "?"
        return msg("git cannot read {folder}: {reason}", folder=folder, reason=said)

    def commit(self, name: str) -> str | None:
        """The full name of a commit; None where git knows none of that name."""
        try:
            code, answer, _ = self.ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        except ValueError:  # a name that no system can pass on
            return None
        found = answer.strip()
        return found.decode() if code == 0 and _COMMIT.fullmatch(found) else None

    def is_shallow(self) -> bool:
        """Whether the clone lacks the beginning of its history."""
        return self.run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def read(self, commit: str, name: str) -> Revision:
        """The files of the folder at a commit.

        Raises:
            RepositoryError: there was no convention in it, or one of the files was no plain file.
        """
        places = self._places(commit)
        if CONVENTION not in places:
            file = "/".join(filter(None, (self._prefix, CONVENTION)))
            raise RepositoryError(msg("There is no {file} in revision {name}", file=file, name=shown(name)))
        files = {file: self.run("cat-file", "blob", place) for file, place in places.items()}
        seconds = self.run("rev-list", "-1", "--timestamp", commit).split()[0]
        return Revision(commit, _instant(seconds), name, self._prefix, files, commit == self.commit("HEAD"))

    def _places(self, commit: str) -> dict[str, str]:
        """Where git keeps each file of the folder at a commit; none where there was no such folder."""
        code, answer, _ = self.ask("ls-tree", "-z", "--full-tree", f"{commit}:{self._prefix}")
        places: dict[str, str] = {}
        for entry in answer.split(b"\0") if code == 0 else ():
            about, _, name = entry.partition(b"\t")
            file = os.fsdecode(name)
            if file in {CONVENTION, SITES, JOURNAL}:
                mode, _, place = about.split()
                if mode not in _PLAIN_FILES:
                    raise RepositoryError(
                        msg("{file} is no plain file in revision {name}", file=file, name=commit[:_SHORT])
                    )
                places[file] = place.decode()
        return places


def _program(environ: Mapping[str, str]) -> str:
    """Where git is, among the folders named in full: never in the one the reader stands in.

    Raises:
        RepositoryError: it is nowhere.
    """
    for folder in environ.get("PATH", os.defpath).split(os.pathsep):
        for name in ("git", "git.exe"):
            path = Path(folder, name)
            if path.is_absolute() and path.is_file() and os.access(path, os.X_OK):
                return str(path)
    raise RepositoryError(msg("What was known then is read with git, which is not installed here"))
