"""Ids: each declared once; of one declared twice, the names that nothing goes by since tell what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.messages import msg
from qp_cli.model.kinds import ALL, DENUNCIATION, TERM
from qp_cli.store.yaml.findings import SHOWN_PER_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qp_cli.checks.references import Unmatched
    from qp_cli.checks.repository import Subject
    from qp_cli.checks.rule import Pointer
    from qp_cli.messages import Message


def duplicate_ids(subject: Subject) -> Iterator[Remark]:
    """Two things with one id."""
    first: dict[tuple[str, str], Pointer] = {}
    lost = lost_by_repetition(subject)
    for space, name, pointer in subject.declared:
        earlier = first.setdefault((space, name), pointer)
        if earlier is not pointer:
            yield _taken(name, pointer, earlier, lost.get(space, {}))
        elif space == "event" and (message := _reserved(subject, name, pointer)):
            yield Remark(pointer.to("id"), message)


def _taken(name: str, pointer: Pointer, earlier: Pointer, lost: Mapping[str, Pointer]) -> Remark:
    hint = msg("Give one of them another id")
    if lost:
        hint = msg("Give one of them another id; named, and declared nowhere: {names}", names=", ".join(lost))
    named = ((place, msg("“{id}” is named here", id=other)) for other, place in lost.items())
    related = ((earlier.to("id"), msg("first declared here")), *named)
    return Remark(pointer.to("id"), msg("The id “{id}” is already taken", id=name), hint, related)


def _reserved(subject: Subject, name: str, pointer: Pointer) -> Message | None:
    """Why an id cannot name an event or an engagement; None where it can."""
    if name == DENUNCIATION and subject.convention.term and subject.convention.term.renewal:
        return msg("“{id}” is the option to denounce the convention: it cannot name anything else", id=name)
    if name == TERM and pointer.loc != ("term",):
        return msg("“{id}” is the convention's term: it cannot name anything else", id=name)
    if name == ALL:
        return msg("“{id}” stands for all engagements: it cannot name one", id=name)
    return None


def repeated_ids(subject: Subject) -> dict[str, list[str]]:
    """The ids declared again, by what they are ids of: each as often as there is one too many."""
    seen: set[tuple[str, str]] = set()
    again: dict[str, list[str]] = {}
    for space, name, _ in subject.declared:
        if (space, name) in seen:
            again.setdefault(space, []).append(name)
        seen.add((space, name))
    return again


def lost_by_repetition(subject: Subject) -> dict[str, dict[str, Pointer]]:
    """The names that nothing goes by where ids are written twice, with their first place, by what they are ids of.

    Those that are like no other id than these, and not more of them than there are ids too many.
    """
    return {space: _lost(subject, space, again) for space, again in repeated_ids(subject).items()}


def _lost(subject: Subject, space: str, again: list[str]) -> dict[str, Pointer]:
    names: dict[str, Unmatched] = {}
    for each in subject.unmatched:
        if each.space == space:
            names.setdefault(each.name, each)
    if len(names) > SHOWN_PER_CODE:
        return {}
    near = {name: each.known.nearest(name)[:1] for name, each in names.items()}
    lost = {name: names[name].remark.pointer for name, like in near.items() if not like or like[0] in again}
    return lost if len(lost) <= len(again) else {}
