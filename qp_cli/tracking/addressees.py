"""To whom a reminder is written: the contacts of those who owe, and of whoever follows the engagement. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.model.contacts import Contact
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.reminders import Reminder


class Reached(NamedTuple):
    """Whom a reminder reaches.

    Attributes:
        contacts: those with an e-mail address, each once, with the parties that they are written to for.
        without: the parties, or the role that nobody holds, for which there is no address.
    """

    contacts: dict[Contact, tuple[str, ...]]
    without: tuple[str, ...]


class AddressBook:
    """The e-mail addresses of the parties of one convention."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._known: dict[str, tuple[Contact, ...]] = {}
        self._organs: dict[str, list[str]] = {}
        for party in directory.parties.values():
            if party.organ_of:
                self._organs.setdefault(party.organ_of, []).append(party.id)

    def contacts(self, party: str) -> tuple[Contact, ...]:
        """The contacts of a party that have an address: its own and those of its organs, else of what it belongs to.

        An organ answers for its legal person: whoever gave it an address is told of what that owes, besides the
        legal person itself. Of what the party belongs to, the nearest contacts: its own, else those of its organs.
        """
        if party not in self._known:
            above = (self._below(each) for each in self._directory.above(party))
            self._known[party] = self._own(self._with_organs(party)) or next(filter(None, above), ())
        return self._known[party]

    def _with_organs(self, party: str) -> tuple[str, ...]:
        """A party and its organs, theirs too, nearest first."""
        found = {party: None}
        ahead = [party]
        for each in ahead:
            organs = [organ for organ in self._organs.get(each, ()) if organ not in found]
            found |= dict.fromkeys(organs)
            ahead += organs
        return tuple(found)

    def _below(self, party: str) -> tuple[Contact, ...]:
        """The contact of a party that has an address, else those of its organs, nearest first."""
        level, met = [party], {party}
        while level:
            if found := self._own(level):
                return found
            level = [organ for each in level for organ in self._organs.get(each, ()) if organ not in met]
            met.update(level)
        return ()

    def _own(self, parties: Iterable[str]) -> tuple[Contact, ...]:
        known = self._directory.parties
        contacts = (known[each].contact for each in parties if each in known)
        return tuple(dict.fromkeys(each for each in contacts if each and each.email))

    def reached(self, reminder: Reminder) -> Reached:
        """Whom a reminder is written to: each debtor's contact, and whoever follows that engagement.

        The end of the convention is told to those who sign it; to every legal person where none is said to.
        """
        one = reminder.obligation
        follower = one.engagement.contact if one else None
        found: dict[Contact, tuple[str, ...]] = {}
        without: list[str] = []
        for party in one.debtor.parties if one else self._signing():
            contacts = [*self.contacts(party), *([follower] if follower and follower.email else [])]
            for contact in contacts:
                found[contact] = (*found.get(contact, ()), party)
            if not contacts:
                without.append(party)
        return Reached(found, tuple(without))

    def _signing(self) -> tuple[str, ...]:
        directory, parties = self._directory, self._directory.parties.values()
        signing = dict.fromkeys(directory.legal_person(each.id) for each in parties if each.signatory)
        return tuple(signing) or tuple(each.id for each in parties if not each.organ_of)
