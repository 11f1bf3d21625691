"""The proof of a fact as it was given: a web address, a file of the repository, or one to be copied into it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.model.facts import Fact
    from qp_cli.store.proof_copies import ProofCopy


_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_ASKED = re.compile("[?&#;]")
_SECRETS = frozenset(
    {"access_token", "api_key", "apikey", "auth_token", "passwd", "password", "private_token", "secret", "sig", "token"}
    | {"x-amz-security-token", "x-amz-signature", "x-goog-signature"}
)
"""What servers call the passwords and keys that they take in an address."""


class GivenProof(NamedTuple):
    """What a fact says of its proof, and the copy that this takes, if any."""

    fact: dict[str, object]
    copy: ProofCopy | None = None


def read_given_proof(text: str, folder: Path, facts: Sequence[Fact], *, copies: bool) -> GivenProof:
    """A web address, or a file with its SHA-256; one from elsewhere with the copy to make of it. Nothing is written.

    Args:
        text: what was typed.
        folder: that of the journal.
        facts: those of the journal, with their proofs.
        copies: whether a file from elsewhere may be copied.

    Raises:
        OutsideError: the file is outside, and may not be copied.
        UsageError: it is no address and no file that can be a proof.
    """
    try:
        return GivenProof(read_proof(text, folder))
    except OutsideError:
        if not copies:
            raise
    from qp_cli.store.places import RefusedFileError, reason
    from qp_cli.store.proof_copies import plan_copy

    named = {fact.proof.file: fact.proof.sha256 for fact in facts if fact.proof and fact.proof.file}
    try:
        copy = plan_copy(named_file(text, folder), folder, named)
    except RefusedFileError as error:
        raise UsageError(msg("--proof: {file} is refused: {reason}", file=text, reason=error.why)) from error
    except OSError as error:
        raise UsageError(msg("--proof: {file} cannot be read: {reason}", file=text, reason=reason(error))) from error
    return GivenProof({"file": copy.name, "sha256": copy.sha256}, copy)


def dropped_path(text: str) -> str:
    """A path as terminals write the one of a file that is dropped on them: in quotes, with backslashes, as an address.

    A text that is none of these stays; `~` is one's own folder.
    """
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if text.startswith("file://"):
        from urllib.parse import unquote

        text = unquote(text.removeprefix("file://"))
    elif "\\ " in text and not Path(text).exists():
        text = text.replace("\\", "")
    return str(Path(text).expanduser()) if text.startswith("~") else text


class OutsideError(UsageError):
    """A proof that is outside the repository's folder: it is copied there, or is none."""


def read_proof(text: str, folder: Path) -> dict[str, object]:
    """A web address, or a file of the repository's folder with its SHA-256.

    Raises:
        OutsideError: the file is outside.
        UsageError: it is neither, or an address with credentials, or the file is hidden, missing or none.
    """
    if _ADDRESS.fullmatch(text):
        return {"url": _without_credentials(text)}
    from qp_cli.store.places import RefusedFileError, reason

    try:
        path, place = named_file(text, folder).resolve(strict=True), folder.resolve()
        if not path.is_relative_to(place):
            problem = msg(
                "--proof: {file} is outside {folder}: copy it there first, or add --copy-proof, which does it.",
                file=text, folder=str(folder),
            )  # fmt: skip
            raise OutsideError(problem)
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


def named_file(text: str, folder: Path) -> Path:
    """The file named from where the reader stands, else from the repository's folder."""
    here = Path(text)
    return here if here.exists() or not (folder / text).exists() else folder / text


def _portable(name: str) -> str:
    """The name as every system reads it."""
    if set(name) & set('\\:*?"<>|') or not name.isprintable():
        raise UsageError(msg("--proof: rename {file}: not every system reads such a name.", file=name))
    return name
