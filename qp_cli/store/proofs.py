"""The files that facts give as their proof: there or not, and the fingerprint of each."""

from __future__ import annotations

import hashlib
import os
import re
from enum import StrEnum
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.store.files import open_plain
from qp_cli.store.places import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader
    from pathlib import Path

    from qp_cli.store.repository import Repository


LARGEST_PROOF = 1_000_000_000
"""The bytes that a proof may have: nobody waits for the fingerprint of more."""
TOO_LARGE = msg("it is larger than {limit} GB", limit=LARGEST_PROOF // 1_000_000_000)
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n")
_LONGEST_POINTER = 1024
"""What git-lfs commits in the place of a file, and the bytes it may have."""
_CHUNK = 1 << 18


class Trouble(StrEnum):
    """Why a proof has no fingerprint."""

    OUTSIDE = "outside"
    LINK = "link"
    MISSING = "missing"
    NO_FILE = "no-file"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


class ProofFile(NamedTuple):
    """What the folder holds under a proof's name: a fingerprint, or what stands in its way.

    Attributes:
        sha256: the fingerprint.
        trouble: why there is none.
        other_ends: where it is not the one that was given, those of the same text with other line ends.
        pointer: where it is a pointer of git-lfs, the fingerprint of the file that was not fetched.
    """

    sha256: str = ""
    trouble: Trouble | None = None
    other_ends: tuple[str, ...] = ()
    pointer: str = ""


def read_proofs(repository: Repository) -> dict[str, ProofFile]:
    """Each file that a fact names, by its name; paths are relative to the folder of the journal.

    No path leads out of the folder, by `..`, by an absolute name or by a symbolic link.
    """
    proofs = [fact.proof for fact in repository.facts or () if fact.proof]
    names = {proof.file: None for proof in proofs if proof.file}
    found = fingerprints(repository.folder, names)
    for proof in proofs:
        held = found.get(proof.file or "")
        if proof.file and proof.sha256 and held and held.sha256 and held.sha256 != proof.sha256:
            found[proof.file] = _explained(repository.folder / proof.file, held)
    return found


def _explained(path: Path, found: ProofFile) -> ProofFile:
    """The same with what may explain that it is another file: what git makes of line ends, or did not fetch."""
    if found.other_ends or found.pointer:
        return found
    try:
        with open_plain(path) as stream:
            pointer = pointed_at(stream.read(_LONGEST_POINTER + 1))
            stream.seek(0)
            return found._replace(other_ends=() if pointer else _with_other_ends(stream), pointer=pointer)
    except (OSError, ValueError):  # it has gone since
        return found


def pointed_at(data: bytes) -> str:
    """The SHA-256 of the file that a pointer of git-lfs stands for; empty where this is none."""
    found = _POINTER.match(data) if len(data) <= _LONGEST_POINTER else None
    return found[1].decode() if found else ""


def _with_other_ends(stream: BufferedReader) -> tuple[str, ...]:
    """The SHA-256 of a text with line feeds alone, and with a carriage return before each."""
    alone, with_returns = hashlib.sha256(), hashlib.sha256()
    for part in _whole_ends(stream):
        text = part.replace(b"\r\n", b"\n")
        alone.update(text)
        with_returns.update(text.replace(b"\n", b"\r\n"))
    return alone.hexdigest(), with_returns.hexdigest()


def _whole_ends(stream: BufferedReader) -> Iterator[bytes]:
    """What a file holds, part by part, no line end cut in two."""
    kept = b""
    while part := stream.read(_CHUNK):
        part = kept + part
        kept = part[-1:] if part.endswith(b"\r") else b""
        yield part.removesuffix(b"\r")
    yield kept


def fingerprints(folder: Path, names: Iterable[str]) -> dict[str, ProofFile]:
    """What a folder holds under each of these names."""
    return {name: _read(folder, name) for name in names}


def is_held(folder: Path, name: str) -> bool:
    """Whether a folder holds a file under the name of a proof; nothing of it is read."""
    try:
        return _stays_inside(name) and (folder / name).is_file()
    except (OSError, ValueError):
        return False


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
    if os.fstat(stream.fileno()).st_size > LARGEST_PROOF:
        raise RefusedFileError(TOO_LARGE)
    return hashlib.file_digest(stream, "sha256").hexdigest()


def _stays_inside(name: str) -> bool:
    """Whether a name, on any system, can only lead to a file below the folder."""
    if "\\" in name or PureWindowsPath(name).drive or PurePosixPath(name).is_absolute():
        return False
    return ".." not in PurePosixPath(name).parts and bool(PurePosixPath(name).parts)
