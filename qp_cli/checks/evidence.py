"""Proofs: files that are there, unchanged since they were given, and whose fingerprint says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.subject import Pointer
from qp_cli.messages import msg
from qp_cli.names import shown
from qp_cli.store.places import JOURNAL
from qp_cli.store.proofs import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.model.journal import Proof

_TROUBLES = {
    Trouble.MISSING: msg("There is no file “{file}” beside the journal"),
    Trouble.OUTSIDE: msg("“{file}” leads out of the folder"),
    Trouble.LINK: msg("“{file}” goes through a symbolic link: what it shows can change unseen"),
    Trouble.NO_FILE: msg("“{file}” is no file"),
    Trouble.TOO_LARGE: msg("“{file}” is larger than 1 GB: it has no fingerprint"),
    Trouble.UNREADABLE: msg("“{file}” cannot be read"),
}


def _proofs(subject: Subject) -> Iterator[tuple[Proof, Pointer]]:
    for number, fact in enumerate(subject.facts):
        if fact.proof:
            yield fact.proof, Pointer(JOURNAL, ("facts", number, "proof"))


def missing_proofs(subject: Subject) -> Iterator[Remark]:
    """A proof that names a file which is not in the folder."""
    for proof, pointer in _proofs(subject):
        found = subject.proofs.get(proof.file or "")
        if found and found.trouble:
            problem = _TROUBLES[found.trouble]
            message = problem._replace(parts={"file": shown(proof.file or "")})
            hint = msg("Copy the file into the journal's folder, and name it from there")
            if found.trouble is Trouble.TOO_LARGE:
                hint = msg("Keep what shows the fact as a smaller file")
            yield Remark(pointer.to("file"), message, hint)


def changed_proofs(subject: Subject) -> Iterator[Remark]:
    """A proof whose file is no longer the one that was given."""
    for proof, pointer in _proofs(subject):
        found = subject.proofs.get(proof.file or "")
        if found and proof.sha256 and found.sha256 and found.sha256 != proof.sha256:
            message = msg("“{file}” is not the file that was given: its SHA-256 differs", file=shown(proof.file or ""))
            hint = msg("Put the file back as it was, or record the fact again; it is now {sha256}", sha256=found.sha256)
            yield Remark(pointer.to("sha256"), message, hint)


def unsealed_proofs(subject: Subject) -> Iterator[Remark]:
    """A proof that could change without anybody noticing, or that shows nothing."""
    for proof, pointer in _proofs(subject):
        if proof.file and not proof.sha256:
            found = subject.proofs.get(proof.file)
            if found and found.sha256:
                message = msg("“{file}” has no fingerprint: it could change unseen", file=shown(proof.file))
                yield Remark(pointer.to("file"), message, msg("Add sha256: {sha256}", sha256=found.sha256))
        elif proof.sha256 and not proof.file:
            hint = msg("Add file:, from the journal's folder")
            yield Remark(pointer.to("sha256"), msg("A fingerprint, and no file"), hint)
        elif not proof.file and not proof.url:
            yield Remark(pointer, msg("This proof shows nothing"), msg("Add url: or file:, or leave proof out"))
