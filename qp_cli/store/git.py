"""A git that runs and fetches nothing, asked about a repository that somebody else may have written."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.errors import RepositoryError
from qp_cli.messages import msg

if TYPE_CHECKING:
    import hashlib
    from collections.abc import Iterator, Mapping
    from io import BufferedReader

    from qp_cli.messages import Message

SEARCH = ":/"
"""Before a text: the newest commit whose message holds it."""
SECONDS = 10
"""How long git may take for one answer."""
_SHA_1 = 40
_COMMIT = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH")
"""What git may hear of its own variables: where its settings are, never which repository to read."""
_VARIABLES = {
    "GIT_ALLOW_PROTOCOL": "none",  # what is missing is fetched from nowhere, by no program
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.useReplaceRefs=false",  # where a repository sets it, the variable is not heard
    "advice.graftFileDeprecated=false",
    "core.commitGraph=false",  # a shortcut that may say something else than the commits
)


class Git:
    """git, asked about the repository that a folder is in.

    Raises:
        RepositoryError: there is no git, or what is nearest is no work tree but a folder made to be taken for one.
    """

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._folder = folder
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        self._start = [_program(environ), "-C", str(folder), "--no-pager", *settings]
        kept = {name: value for name, value in environ.items() if not name.startswith("GIT_") or name in _KEPT}
        self._environ = {**kept, **_VARIABLES}
        if made := _posing(folder):
            raise RepositoryError(_no_work_tree(made))

    def ask(self, *arguments: str) -> tuple[int, bytes, str]:
        """The exit code of a command, what it answered, and what it complained of.

        Raises:
            RepositoryError: it could not be run, or gave no answer in time.
        """
        try:
            done = subprocess.run(  # noqa: S603 - a list, no shell; what a reader typed never begins with a hyphen
                [*self._start, *arguments],
                env=self._environ,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise RepositoryError(msg("git took more than {count} seconds", count=SECONDS)) from error
        except OSError as error:
            from qp_cli.store.places import reason

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

    def commit(self, name: str) -> str | None:
        """The full name of a commit; None where git knows none of that name."""
        if name.startswith(SEARCH):  # what follows is all looked for in messages, a `^{commit}` too
            found = self._object(name)
            return self._object(f"{found}^{{commit}}") if found else None
        return self._object(f"{name}^{{commit}}")

    def _object(self, name: str) -> str | None:
        """The full name of an object; None where git knows none of that name."""
        try:
            code, answer, _ = self.ask("rev-parse", "--verify", "--quiet", name)
        except ValueError:  # a name that no system can pass on
            return None
        found = answer.strip()
        return found.decode() if code == 0 and _COMMIT.fullmatch(found) else None

    def is_unborn(self) -> bool:
        """Whether nothing was committed yet on the branch that is checked out."""
        code, branch, _ = self.ask("symbolic-ref", "--quiet", "HEAD")
        name = branch.decode(errors="replace").strip()
        return code == 0 and self.ask("show-ref", "--verify", "--quiet", name)[0] != 0

    def size(self, place: str) -> int:
        """How many bytes are kept under a name."""
        return int(self.run("cat-file", "-s", place))

    def content(self, place: str, file: str) -> bytes:
        """What is kept under a name, which is that of a file.

        Raises:
            RepositoryError: it is not what was committed.
        """
        content = self.run("cat-file", "blob", place)
        if blob_name(content, len(place)) != place:  # which git does not look at when it reads
            raise RepositoryError(msg("git keeps {file} damaged: what it gives is not what was committed", file=file))
        return content

    def is_shallow(self) -> bool:
        """Whether the clone lacks the beginning of its history."""
        return self.run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def is_partial(self) -> bool:
        """Whether the clone left out what it would fetch when asked for it."""
        code, found, _ = self.ask("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$")
        return code == 0 and bool(found)

    def _problem(self, complaint: str) -> Message:
        folder = str(self._folder)
        if "not a git repository" in complaint:
            return msg("What was known then is read with git, and {folder} is in no git repository", folder=folder)
        if "dubious ownership" in complaint or "unsafe repository" in complaint:
            return msg("{folder} belongs to somebody else: see safe.directory in git's help", folder=folder)
        if "cannot use bare repository" in complaint:
            return _no_work_tree(self._folder)
        if self.is_partial():
            return msg(
                "This partial clone lacks what was asked for, and qp fetches nothing: clone {folder} again, whole",
                folder=folder,
            )
        lines = [line for line in complaint.splitlines() if line.strip()] or ["?"]
        said = next((line for line in lines if line.startswith("fatal: ")), lines[0]).removeprefix("fatal: ")
        return msg("git cannot read {folder}: {reason}", folder=folder, reason=said)


def blob_name(content: bytes, length: int) -> str:
    """The name that git gives to a file's content, by SHA-1 or SHA-256 as the names of its repository are long."""
    hashed = _begun(len(content), length)
    hashed.update(content)
    return hashed.hexdigest()


def blob_name_of(stream: BufferedReader, length: int) -> str:
    """The same for a file that may be long."""
    import hashlib

    hashed = _begun(os.fstat(stream.fileno()).st_size, length)
    return hashlib.file_digest(stream, lambda: hashed).hexdigest()


def _begun(size: int, length: int) -> hashlib._Hash:
    import hashlib

    return (hashlib.sha256 if length > _SHA_1 else hashlib.sha1)(b"blob %d\0" % size, usedforsecurity=False)


def _no_work_tree(folder: Path) -> Message:
    return msg(
        "{folder} holds files that pass for a git repository of their own (HEAD, objects, refs): none of it is asked",
        folder=str(folder),
    )


def _posing(folder: Path) -> Path | None:
    """The folder that git would take for a repository though it is none of a work tree's, before it meets one's.

    Files called `HEAD`, `objects/`, `refs/` and `config` can be committed as any others, and a git older than 2.38
    takes them with their settings.
    """
    for each in _upwards(folder):
        if os.path.lexists(each / ".git"):
            return None
        shared = os.path.lexists(each / "commondir")
        if os.path.lexists(each / "HEAD") and (shared or all((each / name).is_dir() for name in ("objects", "refs"))):
            return each
    return None


def _upwards(folder: Path) -> Iterator[Path]:
    try:
        start = folder.resolve()
    except (OSError, RuntimeError):
        return
    yield from (start, *start.parents)


def _program(environ: Mapping[str, str]) -> str:
    """Where git is, among the folders named in full: never in the one the reader stands in.

    Raises:
        RepositoryError: it is nowhere.
    """
    for folder in environ.get("PATH", os.defpath).split(os.pathsep):
        for name in ("git", "git.exe"):
            path = Path(folder, name)
            if path.is_absolute() and os.path.isfile(path) and os.access(path, os.X_OK):  # noqa: PTH113 - never raises
                return str(path)
    raise RepositoryError(msg("What was known then is read with git, which is not installed here"))
