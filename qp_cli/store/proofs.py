"""The files that facts give as their proof: there or not, and the fingerprint of each."""

from __future__ import annotations

import hashlib
import os
from enum import StrEnum
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.store.files import open_plain
from qp_cli.store.places import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import BufferedReader
    from pathlib import Path

    from qp_cli.store.repository import Repository


LARGEST = 1_000_000_000
"""The bytes that a proof may have: nobody waits for the fingerprint of more."""
TOO_LARGE = msg("it is larger than {limit} GB", limit=LARGEST // 1_000_000_000)


class Trouble(StrEnum):
    """Why a proof has no fingerprint."""

    OUTSIDE = "outside"
    LINK = "link"
    MISSING = "missing"
    NO_FILE = "no-file"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


class ProofFile(NamedTuple):
    """What the folder holds under a proof's name: a fingerprint, or what stands in its way."""

    sha256: str = ""
    trouble: Trouble | None = None


def read_proofs(repository: Repository) -> dict[str, ProofFile]:
    """Each file that a fact names, by its name; paths are relative to the folder of the journal.

    No path leads out of the folder, by `..`, by an absolute name or by a symbolic link.
    """
    names = {fact.proof.file: None for fact in repository.facts or () if fact.proof and fact.proof.file}
    return fingerprints(repository.folder, names)


def fingerprints(folder: Path, names: Iterable[str]) -> dict[str, ProofFile]:
    """What a folder holds under each of these names."""
    return {name: _read(folder, name) for name in names}


def _read(folder: Path, name: str) -> ProofFile:
    if not _stays_inside(name):
        return ProofFile(trouble=Trouble.OUTSIDE)
    path = folder
    try:
        for part in PurePosixPath(name).parts:
            path /= part
            if path.is_symlink():
                return ProofFile(trouble=Trouble.LINK)
        with open_plain(path) as stream:
            return ProofFile(fingerprint(stream))
    except (FileNotFoundError, NotADirectoryError):
        return ProofFile(trouble=Trouble.MISSING)
    except RefusedFileError as error:
        return ProofFile(trouble=Trouble.TOO_LARGE if error.why is TOO_LARGE else Trouble.NO_FILE)
    except (OSError, ValueError):
        return ProofFile(trouble=Trouble.UNREADABLE)


def fingerprint(stream: BufferedReader) -> str:
    """The SHA-256 of a file.

    Raises:
        RefusedFileError: it is larger than a proof may be; nothing of it is read.
    """
    if os.fstat(stream.fileno()).st_size > LARGEST:
        raise RefusedFileError(TOO_LARGE)
    return hashlib.file_digest(stream, "sha256").hexdigest()


def _stays_inside(name: str) -> bool:
    """Whether a name, on any system, can only lead to a file below the folder."""
    if "\\" in name or PureWindowsPath(name).drive or PurePosixPath(name).is_absolute():
        return False
    return ".." not in PurePosixPath(name).parts and bool(PurePosixPath(name).parts)
