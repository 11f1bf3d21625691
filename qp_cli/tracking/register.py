"""Who is the same across conventions: the shared parties, by the ids that conventions give them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.names import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from qp_cli.model.parties import SharedParty
    from qp_cli.tracking.people import Directory


class Home(NamedTuple):
    """The convention an obligation belongs to, as far as lists of several conventions need it.

    Attributes:
        sites: what each of its sites is called.
        as_of: the day looked at.
        approved_on: the day it was approved, where that is known.
    """

    id: str
    label: str
    directory: Directory
    sites: Mapping[str, str]
    as_of: date
    approved_on: date | None


class Person(NamedTuple):
    """A legal person across conventions: a shared one has its own id for a key, another one its convention's too."""

    key: str
    label: str
    shared: bool


class Register:
    """The shared parties; without one, each convention's parties are its own."""

    def __init__(self, parties: Iterable[SharedParty] = ()) -> None:
        self.parties = tuple(parties)
        self._by_id = {name: party for party in reversed(self.parties) for name in (*party.ids, party.id)}

    def person(self, home: Home, party: str) -> Person:
        """The legal person of a party, or of an organ, of one convention."""
        legal = home.directory.legal_person(party)
        if found := self._by_id.get(legal):
            return Person(found.id, found.label, shared=True)
        return Person(f"{home.id}/{legal}", home.directory.label(legal), shared=False)

    def names(self, name: str) -> tuple[str, ...]:
        """The ids that conventions give to the shared party of that id, alias or name; none where there is none."""
        party = self._find(name)
        return tuple(dict.fromkeys((party.id, *party.ids))) if party else ()

    def label(self, name: str) -> str:
        """What the shared party of that id, alias or name is called; empty where there is none."""
        party = self._find(name)
        return party.label if party else ""

    def _find(self, name: str) -> SharedParty | None:
        asked = key(name)
        for party in self.parties:
            known = (party.id, party.name, party.short, *party.aliases, *party.ids)
            if asked in {key(each) for each in known if each}:
                return party
        return None
