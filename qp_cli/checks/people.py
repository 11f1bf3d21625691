"""Parties in lists: each named once, and legal persons signing for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Pointer, Remark
from qp_cli.messages import msg
from qp_cli.model.facts import Occurred, Reaching, Reassign, Triggered
from qp_cli.store.places import CONVENTION, JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qp_cli.checks.repository import Subject


def repeated_names(subject: Subject) -> Iterator[Remark]:
    """A list that names the same thing twice."""
    for names, around, key in _lists(subject):
        if len(set(names)) == len(names):
            continue
        pointer = around.to(key)
        first: dict[str, int] = {}
        for number, name in enumerate(names):
            if (earlier := first.setdefault(name, number)) != number:
                related = ((pointer.to(earlier), msg("first named here")),)
                message = msg("“{id}” is named twice", id=name)
                yield Remark(pointer.to(number), message, msg("Name it once"), related)


def _lists(subject: Subject) -> Iterator[tuple[Sequence[str], Pointer, str]]:
    """Every list of names, with what it is a part of, and its key there."""
    for part, key in (("groups", "members"), ("roles", "held_by")):
        for number, entry in enumerate(getattr(subject.convention, part)):
            yield getattr(entry, key), Pointer(CONVENTION, (part, number)), key
    for engagement, pointer in subject.engagements:
        yield engagement.debtors, pointer, "debtors"
        yield engagement.creditors, pointer, "creditors"
        yield engagement.support, pointer, "support"
        yield engagement.sites, pointer, "sites"
    for number, fact in subject.acts:
        pointer = Pointer(JOURNAL, ("facts", number))
        yield fact.sites, pointer, "sites"
        if isinstance(fact, Triggered | Occurred):
            yield fact.to, pointer, "to"
    for change, pointer in subject.changes:
        if isinstance(change, Reassign):
            yield change.debtors, pointer, "debtors"
        if isinstance(change, Reaching):
            yield change.sites, pointer, "sites"
    for added, pointer in subject.additions:
        yield added.engagements, pointer, "engagements"


def signing_organs(subject: Subject) -> Iterator[Remark]:
    """An organ marked as a signatory of its own."""
    names = {party.id: party.label for party, _ in subject.parties_named}
    for party, pointer in subject.parties_named:
        if party.signatory and party.organ_of:
            person = names.get(party.organ_of, party.organ_of)
            message = msg("“{party}” is an organ of “{person}”, and signs for it", party=party.label, person=person)
            hint = msg("Mark “{person}” as signatory, and name who signs under represented_by", person=party.organ_of)
            yield Remark(pointer.to("signatory"), message, hint)
