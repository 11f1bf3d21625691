"""The proofs of an engagement's facts: where each is, and whether its file is the one that was given."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.model.facts import ProofAdded
from qp_cli.render.formats import iso
from qp_cli.tracking.proofs import proofs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qp_cli.messages import Message
    from qp_cli.model.convention import Engagement
    from qp_cli.model.facts import Fact, Proof
    from qp_cli.render.language import Language
    from qp_cli.store.proofs import ProofFile
    from qp_cli.tracking.proofs import ProofGiven
    from qp_cli.tracking.situation import Situation


class ProofState(StrEnum):
    """What there is under a proof's name."""

    AS_GIVEN = "as-given"
    CHANGED = "changed"
    UNSEALED = "unsealed"
    MISSING = "missing"


_WORDS: dict[ProofState, Message] = {
    ProofState.AS_GIVEN: msg("the file that was given"),
    ProofState.CHANGED: msg("no longer the file that was given"),
    ProofState.UNSEALED: msg("there, without a fingerprint"),
    ProofState.MISSING: msg("not in the folder"),
}


def given_proofs(situation: Situation, engagement: Engagement, facts: Sequence[Fact]) -> tuple[ProofGiven, ...]:
    """The proofs of the facts about an engagement, by the day looked at."""
    own = (one.facts for one in situation.obligations if one.engagement.id == engagement.id)
    return tuple(proofs_of(facts, {name for names in own for name in names}, situation.as_of))


def proof_state(proof: Proof, files: Mapping[str, ProofFile]) -> ProofState | None:
    """What the folder holds of a proof; None for a web address, and where nobody looked."""
    found = files.get(proof.file or "")
    if found is None:
        return None
    if not found.sha256:
        return ProofState.MISSING
    if not proof.sha256:
        return ProofState.UNSEALED
    return ProofState.AS_GIVEN if found.sha256 == proof.sha256 else ProofState.CHANGED


def proof_lines(
    fact: str, given: Iterable[ProofGiven], files: Mapping[str, ProofFile], language: Language
) -> list[str]:
    """A line for each proof of one fact."""
    return [language.text(_said(each, files)) for each in given if each.fact == fact]


def _said(given: ProofGiven, files: Mapping[str, ProofFile]) -> Message:
    proof, state = given.proof, proof_state(given.proof, files)
    said = msg("proof: {proof}", proof=proof.url or proof.file or "")
    if state:
        said = msg("{said} ({state})", said=said, state=_WORDS[state])
    if isinstance(given.given_by, ProofAdded):
        return msg("{said}, given on {day} [{fact}]", said=said, day=given.given_by.on, fact=given.given_by.id)
    return said


def proof_records(given: Iterable[ProofGiven], files: Mapping[str, ProofFile]) -> list[dict[str, object]]:
    """The same for programs; `given_by` is the fact that gave it, which can be the one that it shows."""
    return [
        {
            "fact": each.fact,
            "given_by": each.given_by.id,
            "on": iso(each.given_by.on),
            "url": each.proof.url,
            "file": each.proof.file,
            "sha256": each.proof.sha256,
            "state": state.value if (state := proof_state(each.proof, files)) else None,
        }
        for each in given
    ]
