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
    """A proof that names a file which is not in the folder.

    ## What it does

    Looks for each `file` of a proof from the folder of the journal. A name that leads out of that folder, or goes
    through a symbolic link, is refused; so is what is no ordinary file, or has more than 1 GB.

    ## Why it matters

    A fact is worth what shows it. A proof that stayed on somebody's disk proves nothing to the next reader.

    ## Example

    ```yaml
    - {id: f-1, kind: fulfilled, engagement: plan, on: 2021-09-10, proof: {file: ../plan.pdf}}
    ```

    ## Write instead

    Copy the file into the folder and name it from there:

    ```yaml
    - {id: f-1, kind: fulfilled, engagement: plan, on: 2021-09-10, proof: {file: preuves/plan.pdf}}
    ```

    ## Source

    C. civ. art. 1353: whoever says that a debt is discharged proves it.
    """
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
    """A proof whose file is no longer the one that was given.

    ## What it does

    Computes the SHA-256 of the file and compares it with `sha256`.

    ## Why it matters

    A document that changed after it was given as a proof, be it by a new export or a line ending, is another
    document.

    ## Example

    ```yaml
    proof: {file: preuves/plan.pdf, sha256: 0000000000000000000000000000000000000000000000000000000000000000}
    ```

    ## Write instead

    Put the file back as it was. If the new one is a better proof, cancel the fact and record it again with the
    fingerprint that `sha256sum preuves/plan.pdf` prints.

    ## Source

    C. civ. art. 1379 and decree n° 2016-1673 of 5 December 2016, art. 3, by analogy: a fingerprint makes any later
    change of a copy detectable.
    """
    for proof, pointer in _proofs(subject):
        found = subject.proofs.get(proof.file or "")
        if found and proof.sha256 and found.sha256 and found.sha256 != proof.sha256:
            message = msg("“{file}” is not the file that was given: its SHA-256 differs", file=shown(proof.file or ""))
            hint = msg("Put the file back as it was, or record the fact again; it is now {sha256}", sha256=found.sha256)
            yield Remark(pointer.to("sha256"), message, hint)


def unsealed_proofs(subject: Subject) -> Iterator[Remark]:
    """A proof that could change without anybody noticing, or that shows nothing.

    ## What it does

    Looks for a `file` without `sha256`, a `sha256` without `file`, and a proof with neither file nor address.

    ## Why it matters

    Without a fingerprint, a file that was replaced still looks like the proof that was given.

    ## Example

    ```yaml
    proof: {file: preuves/plan.pdf}
    ```

    ## Write instead

    Add what `sha256sum preuves/plan.pdf` prints:

    ```yaml
    proof: {file: preuves/plan.pdf, sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}
    ```
    """
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
