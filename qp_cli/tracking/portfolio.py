"""Several conventions at a day: what is owed, counted by convention, person, clause or site. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.register import Home
from qp_cli.tracking.summary import Column, apart, column, is_apart, overdue, upcoming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

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
    """The convention of a situation: by its territory, else its title."""
    convention = situation.convention
    return Home(convention.id, convention.territory or convention.title, situation.directory)


class Counter:
    """Tallies being counted, in the order their groups come."""

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}
        self._counts: dict[str, dict[Column, int]] = {}
        self._derived: dict[str, int] = {}
        self._next: dict[str, date] = {}

    def add(self, group: Group, obligation: Obligation | None = None) -> None:
        """One obligation more in a group; none, for a group that may have nothing."""
        counts = self._counts.setdefault(group.key, dict.fromkeys(Column, 0))
        self._groups.setdefault(group.key, group)
        if obligation is None:
            return
        found = column(obligation)
        counts[found] += 1
        self._derived[group.key] = self._derived.get(group.key, 0) + is_apart(obligation)
        for one in upcoming([obligation]):
            if one.due:
                self._next[group.key] = min(one.due, self._next.get(group.key, one.due))

    def tallies(self) -> list[Tally]:
        """One for each group."""
        return [
            Tally(group, self._counts[name], self._derived.get(name, 0), self._next.get(name))
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
                yield Group(f"{home.id}/{site}", site, home.label)
        case Grouping.PARTY:
            people = dict.fromkeys(register.person(home, party) for party in obligation.debtor.parties)
            for person in people:
                yield Group(person.key, person.label, "" if person.shared else home.label)


class Overview(NamedTuple):
    """Several conventions on one screen.

    Attributes:
        as_of: the day looked at.
        conventions: one tally per convention, in the order they were read.
        shared: one tally per party that several of them share, across them all.
        total: all of them.
        overdue: by a date of the text or an avenant, soonest first; so are the next two.
        derived: by a date derived from the term, counted apart.
        upcoming: what comes next.
    """

    as_of: date
    conventions: tuple[Tally, ...]
    shared: tuple[Tally, ...]
    total: Tally
    overdue: tuple[Held, ...]
    derived: tuple[Held, ...]
    upcoming: tuple[Held, ...]


def overview(situations: Iterable[Situation], register: Register, as_of: date) -> Overview:
    """The overview of several conventions, each looked at once and let go."""
    conventions, shared, total = Counter(), Counter(), Counter()
    late: list[Held] = []
    derived: list[Held] = []
    ahead: list[Held] = []
    everything = Group("", "")
    total.add(everything)
    for situation in situations:
        home = home_of(situation)
        own = Group(home.id, home.label)
        conventions.add(own)
        for one in situation.obligations:
            conventions.add(own, one)
            total.add(everything, one)
            for group in groups(Held(home, one), Grouping.PARTY, register):
                if not group.home:
                    shared.add(group, one)
        late += [Held(home, one) for one in overdue(situation.obligations)]
        derived += [Held(home, one) for one in apart(situation.obligations)]
        ahead += [Held(home, one) for one in upcoming(situation.obligations)]
    order = {party.id: place for place, party in enumerate(register.parties)}
    people = sorted(shared.tallies(), key=lambda tally: order[tally.group.key])
    return Overview(
        as_of,
        tuple(conventions.tallies()),
        tuple(people),
        total.tallies()[0],
        tuple(by_date(late)),
        tuple(by_date(derived)),
        tuple(by_date(ahead)),
    )


def by_date(held: Iterable[Held]) -> list[Held]:
    """The same, by due date, those without one last, then by convention and id."""

    def place(one: Held) -> tuple[bool, date | None, str, str]:
        due = one.obligation.due
        return due is None, due, one.home.id, one.obligation.id

    return sorted(held, key=place)


def counted_by(held: Iterable[Held], grouping: Grouping, register: Register) -> list[Tally]:
    """One tally per group of obligations."""
    counter = Counter()
    for one in held:
        for group in groups(one, grouping, register):
            counter.add(group, one.obligation)
    return counter.tallies()


def grouped(held: Iterable[Held], grouping: Grouping, register: Register) -> dict[Group, list[Held]]:
    """The obligations of each group, in their order."""
    found: dict[Group, list[Held]] = {}
    for one in held:
        for group in groups(one, grouping, register):
            found.setdefault(group, []).append(one)
    return found
