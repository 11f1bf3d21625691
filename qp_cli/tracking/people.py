"""Who is who: members of groups, holders of roles, organs and the legal persons they belong to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.kinds import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qp_cli.model.convention import Convention, Engagement, Group, Party, Role


class Debtor(NamedTuple):
    """Who owes one obligation: one party, or several when solidary; `capacities` are its groups and roles."""

    parties: tuple[str, ...]
    capacities: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The debtor's part of an obligation's id."""
        return "+".join(self.parties)


class Directory:
    """The parties, groups and roles of one convention."""

    def __init__(self, convention: Convention) -> None:
        self.parties: Mapping[str, Party] = {party.id: party for party in convention.parties}
        self.groups: Mapping[str, Group] = {group.id: group for group in convention.groups}
        self.roles: Mapping[str, Role] = {role.id: role for role in convention.roles}
        self._persons: dict[str, str] = {}
        self._debtors: dict[tuple[tuple[str, ...], bool], tuple[Debtor, ...]] = {}

    def members(self, name: str) -> tuple[str, ...]:
        """The parties a name stands for: itself, a group's members, a role's holders.

        A role that nobody holds stands for itself, so that what it owes is never lost.
        """
        if name in self.groups:
            return self.groups[name].members
        if name in self.roles:
            return self.roles[name].held_by or (name,)
        return (name,)

    def above(self, party: str) -> list[str]:
        """What a party is an organ of, nearest first, the legal person last; empty for a legal person."""
        chain: list[str] = []
        while (found := self.parties.get(party)) and found.organ_of and found.organ_of not in chain:
            party = found.organ_of
            chain.append(party)
        return chain

    def legal_person(self, party: str) -> str:
        """The legal person a party is, or is an organ of."""
        if party not in self._persons:
            self._persons[party] = (self.above(party) or [party])[-1]
        return self._persons[party]

    def label(self, name: str) -> str:
        """The short name of a party, a group or a role; its id where it has none."""
        found = self.parties.get(name) or self.groups.get(name) or self.roles.get(name)
        return found.label if found else name

    def is_vacant(self, name: str) -> bool:
        """Whether a name is a role that nobody holds."""
        return name in self.roles and not self.roles[name].held_by

    @cached_property
    def _signing(self) -> frozenset[str]:
        return frozenset(self.legal_person(party.id) for party in self.parties.values() if party.signatory)

    def not_signing(self, engagement: Engagement, debtors: Iterable[str]) -> tuple[str, ...]:
        """Those who owe an engagement and do not sign the convention, an organ signing by its legal person.

        A contract binds its parties (C. civ. art. 1199). None where the convention names no signatory, nor of what
        was made at national level, which it only reports.
        """
        if not self._signing or engagement.scope is Scope.NATIONAL:
            return ()
        return tuple(name for name in debtors if name in self.parties and self.legal_person(name) not in self._signing)

    def debtors(self, engagement: Engagement) -> tuple[Debtor, ...]:
        """One debtor per party bound (C. civ. 1309), or a single one when solidarity is declared (1310)."""
        wording = engagement.debtors, engagement.solidary
        if wording not in self._debtors:
            self._debtors[wording] = tuple(self._bound(engagement))
        return self._debtors[wording]

    def _bound(self, engagement: Engagement) -> Iterator[Debtor]:
        through: dict[str, list[str]] = {}
        for name in engagement.debtors:
            for party in self.members(name):
                capacities = through.setdefault(party, [])
                if name != party and name not in capacities:
                    capacities.append(name)
        if engagement.solidary and len(through) > 1:
            capacities = list(dict.fromkeys(name for names in through.values() for name in names))
            yield Debtor(tuple(through), tuple(capacities))
        else:
            yield from (Debtor((party,), tuple(names)) for party, names in through.items())

    def covers(self, names: Iterable[str], debtor: Debtor, others: Iterable[Debtor]) -> bool:
        """Whether a fact about `names` concerns this debtor; an organ's act is its legal person's.

        When one of the debtors is named exactly, the others of its legal person are left out.
        """
        meant = {party for name in names for party in self.members(name)}
        if meant & set(debtor.parties):
            return True
        if any(meant & set(other.parties) for other in others):
            return False
        persons = {self.legal_person(party) for party in meant}
        return any(self.legal_person(party) in persons for party in debtor.parties)
