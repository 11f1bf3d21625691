"""Several conventions at a day: what is owed, counted by convention, person, clause or site. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.register import Home
from qp_cli.tracking.summary import Column, column, is_apart, is_upcoming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.tracking.register import Register
    from qp_cli.tracking.situation import Obligation, Situation


class Grouping(StrEnum):
    """What obligations can be put together by."""

    CONVENTION = "convention"
    PARTY = "party"
    CLAUSE = "clause"
    SITE = "site"


class Held(NamedTuple):
    """An obligation and the convention it belongs to."""

    home: Home
    obligation: Obligation


class Group(NamedTuple):
    """What obligations are counted under: a key, the words for it, and the convention it is in where it is in one."""

    key: str
    label: str
    home: str = ""


class Tally(NamedTuple):
    """The obligations of one group, counted: each is in exactly one column; `next_due` is the nearest day ahead."""

    group: Group
    counts: dict[Column, int]
    derived: int
    next_due: date | None

    @property
    def total(self) -> int:
        """Every obligation of the group."""
        return sum(self.counts.values())


def home_of(situation: Situation) -> Home:
    """The convention of a situation: as it is called among others, else by its territory, else its title."""
    convention = situation.convention
    label = situation.called or convention.territory or convention.title
    sites = {site.id: site.label for site in situation.sites}
    return Home(convention.id, label, situation.directory, sites, situation.as_of, situation.approved_on)


class Counter:
    """Tallies being counted, in the order their groups come."""

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}
        self._counts: dict[str, dict[Column, int]] = {}
        self._derived: dict[str, int] = {}
        self._next: dict[str, date] = {}

    def add(self, group: Group, obligation: Obligation | None = None) -> None:
        """One obligation more in a group; none, for a group that may have nothing."""
        name = group.key
        if name not in self._groups:
            self._groups[name] = group
            self._counts[name] = dict.fromkeys(Column, 0)
            self._derived[name] = 0
        if obligation is None:
            return
        self._counts[name][column(obligation)] += 1
        self._derived[name] += is_apart(obligation)
        if is_upcoming(obligation) and (due := obligation.due):
            self._next[name] = min(due, self._next.get(name, due))

    def count(self, held: Held, grouping: Grouping, register: Register) -> None:
        """One obligation more, in each of its groups."""
        for group in groups(held, grouping, register):
            self.add(group, held.obligation)

    def tallies(self) -> list[Tally]:
        """One for each group."""
        return [
            Tally(group, self._counts[name], self._derived[name], self._next.get(name))
            for name, group in self._groups.items()
        ]


def groups(held: Held, grouping: Grouping, register: Register) -> Iterator[Group]:
    """The groups an obligation is in: one for each legal person that owes it, or for each of its sites."""
    home, obligation = held
    match grouping:
        case Grouping.CONVENTION:
            yield Group(home.id, home.label)
        case Grouping.CLAUSE:
            clause = obligation.engagement.clause or ""
            yield Group(clause, clause)
        case Grouping.SITE:
            for site in obligation.sites or ("",):
                yield Group(f"{home.id}/{site}", home.sites.get(site, site), home.label)
        case Grouping.PARTY:
            people = dict.fromkeys(register.person(home, party) for party in obligation.debtor.parties)
            for person in people:
                yield Group(person.key, person.label, "" if person.shared else home.label)


class Census:
    """Conventions counted one after the other: each, the parties that several of them share, and all together."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._conventions, self._shared = Counter(), Counter()

    def add(self, situation: Situation) -> Home:
        """One convention more, which may owe nothing; what lists of its obligations call it."""
        home = home_of(situation)
        own = Group(home.id, home.label)
        self._conventions.add(own)
        for one in situation.obligations:
            self._conventions.add(own, one)
            for group in groups(Held(home, one), Grouping.PARTY, self._register):
                if not group.home:
                    self._shared.add(group, one)
        return home

    @property
    def conventions(self) -> tuple[Tally, ...]:
        """One tally per convention, in the order they were read."""
        return tuple(self._conventions.tallies())

    @property
    def shared(self) -> tuple[Tally, ...]:
        """One tally per shared party that owes something, in the order of their file."""
        order = {party.id: rank for rank, party in enumerate(self._register.parties)}
        return tuple(sorted(self._shared.tallies(), key=lambda tally: order[tally.group.key]))

    @property
    def total(self) -> Tally:
        """All of them."""
        return _summed(self.conventions)


def _summed(tallies: Iterable[Tally]) -> Tally:
    """The tallies of groups that share no obligation, as one."""
    counts = dict.fromkeys(Column, 0)
    derived, days = 0, []
    for tally in tallies:
        for each, number in tally.counts.items():
            counts[each] += number
        derived += tally.derived
        days += [tally.next_due] if tally.next_due else []
    return Tally(Group("", ""), counts, derived, min(days, default=None))


Place = tuple[bool, date, str, str]
"""Where an obligation stands among those of several conventions."""


def place(held: Held) -> Place:
    """By due date, those without one last, then by convention and id."""
    due = held.obligation.due
    return due is None, due or date.max, held.home.id, held.obligation.id


def by_date(held: Iterable[Held]) -> list[Held]:
    """The same, by due date, those without one last, then by convention and id."""
    return sorted(held, key=place)


def grouped(held: Iterable[Held], grouping: Grouping, register: Register) -> dict[Group, list[Held]]:
    """The obligations of each group, in their order."""
    found: dict[Group, list[Held]] = {}
    for one in held:
        for group in groups(one, grouping, register):
            found.setdefault(group, []).append(one)
    return found
