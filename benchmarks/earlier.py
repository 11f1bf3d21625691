"""The same commands by the sources of an earlier commit, on the same portfolio and in the same run."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from processes import Case
from rows import COMMANDS, WARM, spelled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BEFORE = ", by the earlier commit"
COMPARED = ("qp status", "qp overdue --party anru", "qp deadlines --format json")
"""The commands that are held against an earlier commit."""
_CALL = "from qp_cli.cli.main import main; main()"


class UnknownCommitError(Exception):
    """There is no such commit here; the message says what git says."""


class Sources(NamedTuple):
    """The package as a commit has it, in a folder that Python looks into first."""

    commit: str
    folder: Path

    def command(self, arguments: Sequence[str]) -> list[str]:
        """How its `qp` is run: by this Python, with the libraries installed here."""
        return [sys.executable, "-P", "-c", _CALL, *arguments]


def sources(revision: str, repository: Path, folder: Path) -> Sources:
    """Writes the package of a commit into the folder.

    Raises:
        UnknownCommitError: git knows none of that name, or there is no git.
    """
    commit = _git(repository, "rev-parse", "--short", "--verify", f"{revision}^{{commit}}").decode().strip()
    with zipfile.ZipFile(io.BytesIO(_git(repository, "archive", "--format=zip", commit, "qp_cli"))) as held:
        held.extractall(folder)
    return Sources(commit, folder)


def _git(repository: Path, *arguments: str) -> bytes:
    try:
        return subprocess.run(["git", "-C", str(repository), *arguments], check=True, capture_output=True).stdout
    except OSError as error:
        raise UnknownCommitError(str(error)) from error
    except subprocess.CalledProcessError as error:
        raise UnknownCommitError(error.stderr.decode(errors="replace").strip()) from error


def cases(found: Sources, portfolio: Path, folder: Path) -> list[Case]:
    """The commands that are compared, each with a cache that another run has filled, and that is its own."""
    variables = {"PYTHONPATH": str(found.folder), "QP_CACHE_DIR": str(folder / "earlier-cache")}
    return [
        Case(
            each.what + WARM + BEFORE,
            found.command(spelled(each, portfolio, folder)),
            each.expect,
            variables,
            primed=True,
        )
        for each in COMMANDS
        if each.what in COMPARED
    ]
