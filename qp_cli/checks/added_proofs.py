"""Proofs that were given after the fact that they show: what they name, their day, and whether they add anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Pointer, Remark
from qp_cli.messages import msg
from qp_cli.model.facts import ProofAdded, Voided
from qp_cli.names import shown
from qp_cli.store.places import JOURNAL
from qp_cli.tracking.journal import cancellations, order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.repository import Subject
    from qp_cli.model.facts import Fact, Proof


def _standing(subject: Subject) -> Iterator[tuple[ProofAdded, Fact, Pointer]]:
    """The proofs given later that are not cancelled, each with the fact that it names, in their order."""
    told = {fact.id: fact for fact in subject.facts}
    cancelled = cancellations(subject.facts)
    numbered = [
        (fact, Pointer(JOURNAL, ("facts", number)))
        for number, fact in enumerate(subject.facts)
        if isinstance(fact, ProofAdded) and fact.id not in cancelled
    ]
    for fact, pointer in sorted(numbered, key=lambda each: order(each[0])):
        if about := told.get(fact.fact):
            yield fact, about, pointer


def unfit_proofs(subject: Subject) -> Iterator[Remark]:
    """A proof of a cancellation or of another proof, or one that was given before what it shows."""
    for fact, about, pointer in _standing(subject):
        if isinstance(about, Voided | ProofAdded):
            message = msg("“{id}” is itself a proof: a proof shows what happened", id=about.id)
            if isinstance(about, Voided):
                message = msg("“{id}” is a cancellation: a proof shows what happened", id=about.id)
            yield Remark(pointer.to("fact"), message, msg("Name the fact that it shows"))
        elif fact.on < about.on:
            message = msg("Given on {day}, before the day of what it shows, {shown}", day=fact.on, shown=about.on)
            yield Remark(pointer.to("on"), message, msg("Check both days"))


def idle_proofs(subject: Subject) -> Iterator[Remark]:
    """A proof of a fact that is cancelled, or one that this fact already has."""
    cancelled = cancellations(subject.facts)
    places = {fact.id: Pointer(JOURNAL, ("facts", number)) for number, fact in enumerate(subject.facts)}
    given: dict[tuple[str, str], str] = {}
    for fact, about, pointer in _standing(subject):
        if isinstance(about, Voided | ProofAdded):
            continue
        if by := cancelled.get(about.id):
            message = msg("“{id}” is cancelled: nothing is left for this to show", id=about.id)
            hint = msg("Give it as the proof of the fact recorded instead, and cancel this one")
            yield Remark(pointer.to("fact"), message, hint, ((places[by.id], msg("cancelled here")),), is_idle=True)
            continue
        if about.proof:
            given.setdefault((about.id, _name(about.proof)), about.id)
        earlier = given.setdefault((about.id, _name(fact.proof)), fact.id)
        if earlier != fact.id:
            message = msg("“{file}” is already a proof of “{id}”", file=shown(_name(fact.proof)), id=about.id)
            related = ((places[earlier].to("proof"), msg("given here")),)
            yield Remark(pointer.to("proof"), message, msg("Once is enough"), related, is_idle=True)


def _name(proof: Proof) -> str:
    """What tells a proof from others: its file, else its address, else its fingerprint."""
    return proof.file or proof.url or proof.sha256 or ""
