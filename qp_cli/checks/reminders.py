"""Reminders: contacts that can be written to, and the ladder, farthest day first, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Pointer, Remark
from qp_cli.messages import msg
from qp_cli.store.places import CONVENTION, SITES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.repository import Subject
    from qp_cli.model.contacts import Contact


def muddled_ladder(subject: Subject) -> Iterator[Remark]:
    """A ladder of reminders that names a day twice, or a farther one after a nearer one."""
    ladder = subject.convention.remind
    wanted = ", ".join(map(str, sorted(set(ladder), reverse=True)))
    hint = msg("Write remind: [{days}]", days=wanted)
    met = set(ladder[:1])
    for number, days in enumerate(ladder[1:], start=1):
        where = Pointer(CONVENTION, ("remind", number))
        if days in met:
            yield Remark(where, msg("{days} stands in remind twice: it is one reminder", days=str(days)), hint)
        elif days > ladder[number - 1]:
            before = str(ladder[number - 1])
            message = msg("{days} comes after {before} in remind: it may be a slip", days=str(days), before=before)
            yield Remark(where, message, hint)
        met.add(days)


def contacts_without_name(subject: Subject) -> Iterator[Remark]:
    """A contact that has neither a name nor an e-mail address."""
    for contact, pointer in _contacts(subject):
        if contact and not contact.name and not contact.email:
            message = msg("This contact has neither a name nor an e-mail address")
            yield Remark(
                pointer.to("contact"), message, msg("Write name: or email:, or leave {key} out", key="contact")
            )


def _contacts(subject: Subject) -> Iterator[tuple[Contact | None, Pointer]]:
    """Each contact that is declared, with the place of what it belongs to."""
    for number, party in enumerate(subject.convention.parties):
        yield party.contact, Pointer(CONVENTION, ("parties", number))
    for engagement, pointer in subject.engagements:
        yield engagement.contact, pointer
    for number, site in enumerate(subject.sites):
        yield site.contact, Pointer(SITES, ("sites", number))
