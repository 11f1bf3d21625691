"""Ids: each declared once; of one declared twice, the names that nothing goes by since tell what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Pointer, Remark
from qp_cli.messages import msg
from qp_cli.model.kinds import ALL, DENUNCIATION, TERM
from qp_cli.store.places import CONVENTION, JOURNAL
from qp_cli.store.yaml.findings import SHOWN_PER_CODE
from qp_cli.tracking.journal import changed_names, subjects
from qp_cli.tracking.references import named_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qp_cli.checks.references import Unmatched
    from qp_cli.checks.repository import Subject
    from qp_cli.findings import Finding, Span
    from qp_cli.messages import Message

_RESTING = ("QP206", "QP207", "QP208", "QP211", "QP212", "QP227", "QP3", "QP4")
"""How the codes begin of what rests on an engagement or event as it is declared."""


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


def made_certain(subject: Subject, findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stay where two engagements or events have one id: none rests on which of them is meant.

    Left out is what is said of their dates and facts, where either is declared, changed or named.
    """
    if not subject.has(CONVENTION) or not (again := set(repeated_ids(subject).get("event", ()))):
        return list(findings)
    areas = [subject.span(pointer) for pointer in _resting_on(subject, again)]
    return [
        each
        for each in findings
        if not each.code.startswith(_RESTING) or not any(_begins_in(area, each.span) for area in areas)
    ]


def _resting_on(subject: Subject, names: set[str]) -> Iterator[Pointer]:
    """Where some ids are declared, counted from, changed, or named by facts."""
    yield from (pointer for space, name, pointer in subject.declared if space == "event" and name in names)
    for dated, due, pointer in subject.dues:
        if dated in names or any(name in names for _, name in named_in(due)):
            yield pointer
    yield from (pointer for change, pointer in subject.changes if not names.isdisjoint(changed_names(change)))
    for number, fact in subject.acts:
        if not names.isdisjoint(subjects(fact)):
            yield Pointer(JOURNAL, ("facts", number))


def _begins_in(area: Span, span: Span) -> bool:
    if span.path != area.path:
        return False
    return (area.line, area.column) <= (span.line, span.column) < (area.end_line, area.end_column)


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
