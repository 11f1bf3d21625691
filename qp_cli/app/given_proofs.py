"""The proof of a fact as it was given: a web address, a file of the repository, or one to be copied into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.recording import OutsideError, named_file, read_proof
from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.model.facts import Fact
    from qp_cli.store.proof_copies import ProofCopy


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
