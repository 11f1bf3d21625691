"""Who is who: members of groups, holders of roles, organs and the legal persons they belong to."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.kinds import Scope
from qp_cli.tracking.references import reachable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qp_cli.model.convention import Convention, Engagement, Group, Party, Role
    from qp_cli.tracking.changes import EngagementWords


class Debtor(NamedTuple):
    """Who owes one obligation: one party, or several when solidary; `capacities` are its groups and roles."""

    parties: tuple[str, ...]
    capacities: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The debtor's part of an obligation's id."""
        return "+".join(self.parties)


class Directory:
    """The parties, groups and roles of one convention, by their ids."""

    def __init__(self, parties: Mapping[str, Party], groups: Mapping[str, Group], roles: Mapping[str, Role]) -> None:
        self.parties = parties
        self.groups = groups
        self.roles = roles
        self._persons: dict[str, str] = {}
        self._sets: dict[str, _Meant] = {}
        self._debtors: dict[tuple[tuple[str, ...], bool], tuple[Debtor, ...]] = {}

    @classmethod
    def of(cls, convention: Convention) -> Directory:
        """That of a convention."""
        return cls(
            {party.id: party for party in convention.parties},
            {group.id: group for group in convention.groups},
            {role.id: role for role in convention.roles},
        )

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
        chain: dict[str, None] = {}
        while (found := self.parties.get(party)) and found.organ_of and found.organ_of not in chain:
            party = found.organ_of
            chain[party] = None
        return list(chain)

    def legal_person(self, party: str) -> str:
        """The legal person a party is, or is an organ of."""
        return self._persons.get(party) or self._find_person(party)

    def _find_person(self, party: str) -> str:
        """Goes up as far as somebody whose legal person is known, and keeps it for everybody on the way."""
        way: dict[str, None] = {}
        person = party
        while person not in self._persons and person not in way:
            way[person] = None
            found = self.parties.get(person)
            person = (found and found.organ_of) or person
        if person not in self._persons and person != next(reversed(way)):
            return self.above(party)[-1]  # organs of each other, which the checks refuse
        person = self._persons.get(person, person)
        self._persons |= dict.fromkeys(way, person)
        return person

    @cached_property
    def _organs(self) -> dict[str, list[str]]:
        """The organs of each party, by its id."""
        found: dict[str, list[str]] = {}
        for party in self.parties.values():
            if party.organ_of:
                found.setdefault(party.organ_of, []).append(party.id)
        return found

    def meant_by(self, name: str) -> _Meant:
        """The parties that a name stands for, their legal persons, and with their organs; worked out once."""
        if name not in self._sets:
            parties = frozenset(self.members(name))
            self._sets[name] = _Meant(parties, frozenset(map(self.legal_person, parties)), self._with_organs(parties))
        return self._sets[name]

    def _with_organs(self, parties: frozenset[str]) -> frozenset[str]:
        return frozenset(reachable(parties, self._organs))

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
        through: dict[str, dict[str, None]] = {}
        for name in engagement.debtors:
            for party in self.members(name):
                capacities = through.setdefault(party, {})
                if name != party:
                    capacities[name] = None
        if engagement.solidary and len(through) > 1:
            named = dict.fromkeys(name for names in through.values() for name in names)
            yield Debtor(tuple(through), tuple(named))
        else:
            yield from (Debtor((party,), tuple(names)) for party, names in through.items())

    def covers(self, names: Iterable[str], debtor: Debtor, others: Iterable[Debtor]) -> bool:
        """Whether a fact about `names` concerns this debtor; an organ's act is its legal person's.

        When one of the debtors is named exactly, the others of its legal person are left out.
        """
        meant = [self.meant_by(name) for name in names]
        if _is_among(debtor, meant):
            return True
        if any(_is_among(other, meant) for other in others):
            return False
        persons = set(map(self.legal_person, debtor.parties))
        return not all(each.persons.isdisjoint(persons) for each in meant)


class _Meant(NamedTuple):
    """What a name stands for.

    Attributes:
        parties: itself, the members of a group, the holders of a role.
        persons: their legal persons.
        with_organs: the parties and all their organs.
    """

    parties: frozenset[str]
    persons: frozenset[str]
    with_organs: frozenset[str]


def _is_among(debtor: Debtor, meant: Iterable[_Meant]) -> bool:
    return not all(each.parties.isdisjoint(debtor.parties) for each in meant)


class DebtorAtSite(NamedTuple):
    """Who owes an engagement, by which words, and where; None where it names no site."""

    engagement: Engagement
    debtor: Debtor
    site: str | None


def owed_by(words: EngagementWords, directory: Directory) -> Iterator[DebtorAtSite]:
    """Who owes an engagement, and where, each once."""
    sites = words.engagement.sites
    if not sites:
        engagement = words.at(None)
        yield from (DebtorAtSite(engagement, debtor, None) for debtor in directory.debtors(engagement))
        return
    owing = {site: words.at(site) for site in sites}
    bound = {site: dict.fromkeys(directory.debtors(one)) for site, one in owing.items()}
    for debtor in dict.fromkeys(chain.from_iterable(bound.values())):
        yield from (DebtorAtSite(owing[site], debtor, site) for site in sites if debtor in bound[site])


def lanes_of(words: EngagementWords, directory: Directory) -> frozenset[tuple[str, str | None]]:
    """Who owes an engagement, by their keys, and where."""
    return frozenset((lane.debtor.key, lane.site) for lane in owed_by(words, directory))


class Debtors:
    """Those who owe one thing, by the parties and the legal persons they are: who of them a fact concerns.

    `debtors` are different ones, by their keys.
    """

    def __init__(self, directory: Directory, debtors: Iterable[Debtor]) -> None:
        self._directory = directory
        self._known: dict[str, frozenset[str]] = {}
        self._by_party: dict[str, list[str]] = {}
        self._by_person: dict[str, list[str]] = {}
        for debtor in debtors:
            key = debtor.key  # as long as the names of all of them together
            for party in debtor.parties:
                self._by_party.setdefault(party, []).append(key)
                self._by_person.setdefault(directory.legal_person(party), []).append(key)

    def concerned(self, name: str) -> frozenset[str]:
        """The keys of those whom a fact about a name concerns, as `Directory.covers` tells of each and the others."""
        if name not in self._known:
            meant = self._directory.meant_by(name)
            self._known[name] = _keys(self._by_party, meant.parties) or _keys(self._by_person, meant.persons)
        return self._known[name]


def _keys(debtors: Mapping[str, list[str]], meant: frozenset[str]) -> frozenset[str]:
    """The keys of the debtors under some names, looked for in whichever of both is shorter."""
    if len(meant) <= len(debtors):
        return frozenset(key for name in meant for key in debtors.get(name, ()))
    return frozenset(key for name, keys in debtors.items() if name in meant for key in keys)
