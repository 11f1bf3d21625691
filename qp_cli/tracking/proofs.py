"""The proofs of facts: those given with them, and those given later. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.facts import ProofAdded, Voided
from qp_cli.tracking.journal import counting

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from datetime import date

    from qp_cli.model.facts import Fact, Proof


class ProofGiven(NamedTuple):
    """A proof, the id of the fact that it shows, and the fact that gave it: the same, or one of its own."""

    fact: str
    given_by: Fact
    proof: Proof


def left_files(facts: Sequence[Fact]) -> dict[str, tuple[str, ...]]:
    """The files that showed the fact which the last one cancels, each with the other facts that still name it.

    Those that a proof given later names are among them: it shows nothing any more.
    """
    last, before = facts[-1], counting(facts[:-1])
    if not isinstance(last, Voided):
        return {}
    lost = {last.fact, *(one.id for one in before if isinstance(one, ProofAdded) and one.fact == last.fact)}
    named = [(one.id, one.proof.file) for one in before if one.proof and one.proof.file]
    return {
        file: tuple(other for other, its in named if its == file and other not in lost)
        for name, file in named
        if name in lost
    }


def proofs_of(facts: Sequence[Fact], names: Container[str], as_of: date) -> Iterator[ProofGiven]:
    """The proofs of the facts of these ids that had been given by a day, and are not cancelled, in their order."""
    for fact in counting(facts):
        shown = fact.fact if isinstance(fact, ProofAdded) else fact.id
        if fact.proof and shown in names and fact.on <= as_of:
            yield ProofGiven(shown, fact, fact.proof)
