"""What goes with a fact: its proof, and the name of whoever writes it down."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def read_proof(text: str, folder: Path) -> dict[str, object]:
    """A web address, or a file of the repository's folder with its SHA-256.

    Raises:
        UsageError: it is neither, or the file is outside, missing or unreadable.
    """
    if _ADDRESS.fullmatch(text):
        return {"url": text}
    try:
        path = _existing(text, folder).resolve(strict=True)
        inside = path.relative_to(folder.resolve()).as_posix()
        if not path.is_file():
            raise UsageError(msg("--proof: {file} is no file.", file=text))
        with path.open("rb") as stream:
            return {"file": _portable(inside), "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}
    except ValueError as error:
        problem = msg("--proof: {file} is outside {folder}: copy it there first.", file=text, folder=str(folder))
        raise UsageError(problem) from error
    except (OSError, RuntimeError) as error:
        from qp_cli.store.reasons import reason

        why = reason(error) if isinstance(error, OSError) else msg("its links go round in a circle")
        raise UsageError(msg("--proof: {file} cannot be read: {reason}", file=text, reason=why)) from error


def _existing(text: str, folder: Path) -> Path:
    """The file named from where the reader stands, else from the repository's folder."""
    here = Path(text)
    return here if here.exists() or not (folder / text).exists() else folder / text


def _portable(name: str) -> str:
    """The name as every system reads it."""
    if set(name) & set('\\:*?"<>|'):
        raise UsageError(msg("--proof: rename {file}: not every system reads such a name.", file=name))
    return name


def author(given: str | None, folder: Path, environ: Mapping[str, str]) -> str | None:
    """Who records: the name given, else the one git knows, else nobody."""
    if given:
        return given
    from qp_cli.errors import RepositoryError
    from qp_cli.store.git import Git

    try:
        name = Git(folder, environ).run("config", "user.name").decode().strip()
    except (RepositoryError, UnicodeDecodeError):
        return None
    return name if 0 < len(name) <= 500 and name.isprintable() else None  # noqa: PLR2004 - what a text may hold
