"""What goes with a fact: its proof, and the name of whoever writes it down."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_ASKED = re.compile("[?&#;]")
_SECRETS = frozenset(
    {"access_token", "api_key", "apikey", "auth_token", "passwd", "password", "private_token", "secret", "sig", "token"}
    | {"x-amz-security-token", "x-amz-signature", "x-goog-signature"}
)
"""What servers call the passwords and keys that they take in an address."""


def read_proof(text: str, folder: Path) -> dict[str, object]:
    """A web address, or a file of the repository's folder with its SHA-256.

    Raises:
        UsageError: it is neither, or an address with credentials, or the file is outside, hidden, missing or none.
    """
    if _ADDRESS.fullmatch(text):
        return {"url": _without_credentials(text)}
    from qp_cli.store.places import RefusedFileError, reason

    try:
        path, place = _existing(text, folder).resolve(strict=True), folder.resolve()
        if not path.is_relative_to(place):
            problem = msg("--proof: {file} is outside {folder}: copy it there first.", file=text, folder=str(folder))
            raise UsageError(problem)
        return _sealed(path, place)
    except RefusedFileError as error:
        raise UsageError(msg("--proof: {file} is refused: {reason}", file=text, reason=error.why)) from error
    except (OSError, RuntimeError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else msg("its links go round in a circle")
        raise UsageError(msg("--proof: {file} cannot be read: {reason}", file=text, reason=why)) from error


def _sealed(path: Path, place: Path) -> dict[str, object]:
    """A file below a folder, by its name there and its fingerprint.

    Raises:
        UsageError: not every system reads its name.
        OSError: it is hidden, no ordinary file, or cannot be read.
    """
    from qp_cli.store.files import open_plain
    from qp_cli.store.places import RefusedFileError, leads_out
    from qp_cli.store.proofs import fingerprint

    if leads_out(str(path), str(place)):
        raise RefusedFileError(msg("it is hidden, or in a hidden folder"))
    name = _portable(path.relative_to(place).as_posix())
    with open_plain(path) as stream:
        return {"file": name, "sha256": fingerprint(stream)}


def _without_credentials(address: str) -> str:
    """The address, once it is sure that whoever reads the journal gets no password with it.

    Raises:
        UsageError: it has one, before its host or among what it asks for.
    """
    place, _, rest = address.partition("://")[2].partition("/")
    asked = {each.partition("=")[0].casefold() for each in _ASKED.split(f"{place}/{rest}")[1:]}
    if "@" in _ASKED.split(place)[0] or asked & _SECRETS:
        raise UsageError(
            msg("--proof: the address holds a password or a key, which the journal would give to all: leave it out.")
        )
    return address


def _existing(text: str, folder: Path) -> Path:
    """The file named from where the reader stands, else from the repository's folder."""
    here = Path(text)
    return here if here.exists() or not (folder / text).exists() else folder / text


def _portable(name: str) -> str:
    """The name as every system reads it."""
    if set(name) & set('\\:*?"<>|') or not name.isprintable():
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
