"""Several conventions at a day: whom they share, what is owed, counted and listed, each read once and let go. Pure."""

from __future__ import annotations

from bisect import insort
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from qp_cli.model.kinds import TERM
from qp_cli.names import collated_id, key, without_article
from qp_cli.tracking.summary import StateColumn, count_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qp_cli.model.convention import Convention
    from qp_cli.model.parties import SharedParty
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.summary import CountEntry


class ConventionRef(NamedTuple):
    """The convention an obligation belongs to, as far as lists of obligations need it.

    Attributes:
        sites: what each of its sites is called.
        as_of: the day looked at.
        approved_on: the day it was approved, where that is known.
        titles: what those of its events and engagements are called that its listed obligations await.
    """

    id: str
    label: str
    directory: Directory
    sites: Mapping[str, str]
    as_of: date
    approved_on: date | None
    titles: Mapping[str, str] = {}

    def title(self, name: str) -> str:
        """What an event, an engagement or the term is called that a listed obligation awaits."""
        return self.titles.get(name, name)


class Person(NamedTuple):
    """A legal person across conventions: a shared one has its own id for a key, another one its convention's too."""

    key: str
    label: str
    shared: bool


class SharedParties:
    """The parties that conventions share; without one, each convention's parties are its own."""

    def __init__(self, parties: Iterable[SharedParty] = ()) -> None:
        self.parties = tuple(parties)
        self._by_id = {name: party for party in reversed(self.parties) for name in (*party.ids, party.id)}

    def person(self, convention: ConventionRef, party: str) -> Person:
        """The legal person of a party, or of an organ, of one convention."""
        legal = convention.directory.legal_person(party)
        if found := self._by_id.get(legal):
            return Person(found.id, found.label, shared=True)
        return Person(f"{convention.id}/{legal}", convention.directory.label(legal), shared=False)

    def names(self, name: str) -> tuple[str, ...]:
        """The ids that conventions give to the shared party of that id, alias or name; none where there is none."""
        party = self._find(name)
        return tuple(dict.fromkeys((party.id, *party.ids))) if party else ()

    def label(self, name: str) -> str:
        """What the shared party of that id, alias or name is called; empty where there is none."""
        party = self._find(name)
        return party.label if party else ""

    def _find(self, name: str) -> SharedParty | None:
        for fold in (key, lambda text: without_article(key(text))):
            asked = fold(name)
            for party in self.parties:
                known = (party.id, party.name, party.short, *party.aliases, *party.ids)
                if asked in {fold(each) for each in known if each}:
                    return party
        return None


class Grouping(StrEnum):
    """What obligations can be put together by."""

    CONVENTION = "convention"
    PARTY = "party"
    CLAUSE = "clause"
    SITE = "site"


class Listed(NamedTuple):
    """An obligation and the convention it belongs to."""

    convention: ConventionRef
    obligation: Obligation


class TallyGroup(NamedTuple):
    """What obligations are counted under: a key, the words for it, and the convention it is in where it is in one."""

    key: str
    label: str
    convention: str = ""


class Tally(NamedTuple):
    """The obligations of one group, counted: each is in exactly one column; `next_due` is the nearest day ahead."""

    group: TallyGroup
    counts: dict[StateColumn, int]
    derived: int
    next_due: date | None

    @property
    def total(self) -> int:
        """Every obligation of the group."""
        return sum(self.counts.values())


def counted_columns(tallies: Iterable[Tally]) -> tuple[StateColumn, ...]:
    """The columns that a table of these has for people: that of options only where one of them has some."""
    found = any(tally.counts[StateColumn.OPTIONS] for tally in tallies)
    return tuple(each for each in StateColumn if found or each is not StateColumn.OPTIONS)


def convention_ref(situation: Situation, listed: Iterable[Obligation] = ()) -> ConventionRef:
    """The convention of a situation: as it is called among others, else by its territory, else its title.

    Nothing else of it is kept, but what the obligations await that are `listed`.
    """
    convention = situation.convention
    sites = {site.id: site.label for site in situation.sites}
    awaited = {name for one in listed for name in one.deadline.waiting_for}
    known = {name: title for name, title in titles(convention) if name in awaited} if awaited else {}
    return ConventionRef(
        convention.id, situation.label, situation.directory, sites, situation.as_of, situation.approved_on, known
    )


def titles(convention: Convention) -> Iterator[tuple[str, str]]:
    """Each name that something can await, and what it is called: the term, the events, the engagements."""
    yield TERM, (convention.term and convention.term.title) or TERM
    for event in convention.events:
        yield event.id, event.title
    for engagement in convention.engagements:
        yield engagement.id, engagement.title


class Counter:
    """Tallies being counted, in the order their groups come."""

    def __init__(self) -> None:
        self._groups: dict[str, TallyGroup] = {}
        self._counts: dict[str, dict[StateColumn, int]] = {}
        self._derived: dict[str, int] = {}
        self._next: dict[str, date] = {}

    def add(self, group: TallyGroup, one: CountEntry | None = None) -> None:
        """One obligation more in a group; none, for a group that may have nothing."""
        name = group.key
        if name not in self._groups:
            self._groups[name] = group
            self._counts[name] = dict.fromkeys(StateColumn, 0)
            self._derived[name] = 0
        if one is not None:
            self._counts[name][one.column] += 1
            self._derived[name] += one.is_apart
            if one.coming:
                self._next[name] = min(one.coming, self._next.get(name, one.coming))

    def count(self, listed: Listed, grouping: Grouping, shared: SharedParties) -> None:
        """One obligation more, in each of its groups."""
        counted = count_entry(listed.obligation)
        for group in groups(listed, grouping, shared):
            self.add(group, counted)

    def join(self, other: Counter) -> None:
        """All that another one counted, after what this one did."""
        for name, group in other._groups.items():
            self.add(group)
            for each, number in other._counts[name].items():
                self._counts[name][each] += number
            self._derived[name] += other._derived[name]
            if due := other._next.get(name):
                self._next[name] = min(due, self._next.get(name, due))

    def tallies(self) -> list[Tally]:
        """One for each group."""
        return [
            Tally(group, self._counts[name], self._derived[name], self._next.get(name))
            for name, group in self._groups.items()
        ]


def groups(listed: Listed, grouping: Grouping, shared: SharedParties) -> Iterator[TallyGroup]:
    """The groups an obligation is in: one for each legal person that owes it, or for each of its sites."""
    convention, obligation = listed
    match grouping:
        case Grouping.CONVENTION:
            yield TallyGroup(convention.id, convention.label)
        case Grouping.CLAUSE:
            clause = obligation.engagement.clause or ""
            yield TallyGroup(clause, clause)
        case Grouping.SITE:
            for site in obligation.sites or ("",):
                yield TallyGroup(f"{convention.id}/{site}", convention.sites.get(site, site), convention.label)
        case Grouping.PARTY:
            people = dict.fromkeys(shared.person(convention, party) for party in obligation.debtor.parties)
            for person in people:
                yield TallyGroup(person.key, person.label, "" if person.shared else convention.label)


def party_tallies(situation: Situation) -> list[Tally]:
    """One for each legal person of one convention that owes something, in the order the convention lists them."""
    counter, directory = Counter(), situation.directory
    for one in situation.obligations:
        counted = count_entry(one)
        for person in dict.fromkeys(map(directory.legal_person, one.debtor.parties)):
            counter.add(TallyGroup(person, directory.label(person)), counted)
    rank = {party: place for place, party in enumerate(directory.parties)}
    return sorted(counter.tallies(), key=lambda tally: rank.get(tally.group.key, len(rank)))


class Census:
    """Conventions counted one after the other: each, the parties that several of them share, and all together."""

    def __init__(self, shared: SharedParties) -> None:
        self._parties = shared
        self._conventions, self._shared = Counter(), Counter()

    def add(self, situation: Situation, counted: Sequence[CountEntry] | None = None) -> ConventionRef:
        """One convention more, which may owe nothing, by what each obligation adds; what lists of these call it."""
        convention = convention_ref(situation)
        own = TallyGroup(convention.id, convention.label)
        self._conventions.add(own)
        known: dict[tuple[str, ...], list[TallyGroup]] = {}
        for one, each in zip(situation.obligations, counted or map(count_entry, situation.obligations), strict=True):
            self._conventions.add(own, each)
            parties = one.debtor.parties
            if parties not in known:
                found = groups(Listed(convention, one), Grouping.PARTY, self._parties)
                known[parties] = [group for group in found if not group.convention]
            for group in known[parties]:
                self._shared.add(group, each)
        return convention

    def join(self, other: Census) -> None:
        """All that another one counted, after what this one did."""
        self._conventions.join(other._conventions)
        self._shared.join(other._shared)

    def __getstate__(self) -> dict[str, object]:
        """The counts alone go to another process: the parties are known there."""
        return {**vars(self), "_parties": SharedParties()}

    @property
    def conventions(self) -> tuple[Tally, ...]:
        """One tally per convention, in the order they were read."""
        return tuple(self._conventions.tallies())

    @property
    def shared(self) -> tuple[Tally, ...]:
        """One tally per shared party that owes something, in the order of their file."""
        order = {party.id: rank for rank, party in enumerate(self._parties.parties)}
        return tuple(sorted(self._shared.tallies(), key=lambda tally: order[tally.group.key]))

    @property
    def total(self) -> Tally:
        """All of them."""
        return _summed(self.conventions)


def _summed(tallies: Sequence[Tally]) -> Tally:
    """The tallies of groups that share no obligation, as one."""
    counts = {each: sum(tally.counts.get(each, 0) for tally in tallies) for each in StateColumn}
    days = [tally.next_due for tally in tallies if tally.next_due]
    return Tally(TallyGroup("", ""), counts, sum(tally.derived for tally in tallies), min(days, default=None))


SortPlace = tuple[bool, date, str, str]
"""Where an obligation stands among those of several conventions."""


def place(listed: Listed) -> SortPlace:
    """By due date, those without one last, then by convention and id."""
    due = listed.obligation.due
    return due is None, due or date.max, collated_id(listed.convention.id), listed.obligation.id


def sort_key(listed: Listed) -> str:
    """The same as one text, in the order of which texts stand as places do: no id holds what parts them."""
    due = listed.obligation.due
    day = f"0{due.isoformat()}" if due else "1"
    return f"{day}\x01{collated_id(listed.convention.id)}\x01{listed.obligation.id}"


def by_date(listed: Iterable[Listed]) -> list[Listed]:
    """The same, by due date, those without one last, then by convention and id."""
    return sorted(listed, key=place)


def is_coming(listed: Listed) -> bool:
    """Whether its day is the one looked at, or later."""
    due = listed.obligation.due
    return due is not None and due >= listed.convention.as_of


def grouped(listed: Iterable[Listed], grouping: Grouping, shared: SharedParties) -> dict[TallyGroup, list[Listed]]:
    """The obligations of each group, in their order."""
    found: dict[TallyGroup, list[Listed]] = {}
    for one in listed:
        for group in groups(one, grouping, shared):
            found.setdefault(group, []).append(one)
    return found


Kept = TypeVar("Kept")
_PLACE = itemgetter(0)


def itself(listed: Listed) -> Listed:
    """The obligation as it is, where nothing else is made of it."""
    return listed


def without_working(listed: Listed) -> Listed:
    """The obligation as lists show it: its dates without the steps that lead to them."""
    one = listed.obligation
    standing = one.standing
    notice = standing.notice
    if notice and notice.cure:
        notice = notice._replace(cure=_dated_only(notice.cure))
    standing = standing._replace(deadline=_dated_only(standing.deadline), notice=notice)
    return Listed(listed.convention, one._replace(standing=standing))


def _dated_only(deadline: Deadline) -> Deadline:
    computation = deadline.computation
    return deadline._replace(steps=(), readings=(), computation=computation and computation._replace(steps=()))


class Soonest(Generic[Kept]):
    """The first `most` of what it is offered, in the order of `by_date`; what is kept is made only then.

    Attributes:
        count: how many were offered.
        bound: what stands there or later is not kept: as many are known already that come before.
    """

    def __init__(self, most: int, bound: SortPlace | None = None) -> None:
        self.count = 0
        self.bound = bound
        self._most = most
        self._kept: list[tuple[SortPlace, Kept]] = []

    def offer(self, listed: Listed, make: Callable[[Listed], Kept]) -> None:
        """One more, kept while it is among the first."""
        self.count += 1
        where = place(listed)
        if self.bound is None or where < self.bound:
            self._insert(where, make(listed))

    def join(self, other: Soonest[Kept]) -> None:
        """All that another one was offered, after what this one was."""
        self.count += other.count
        for where, each in other._kept:
            if self.bound is None or where < self.bound:
                self._insert(where, each)

    def _insert(self, where: SortPlace, each: Kept) -> None:
        insort(self._kept, (where, each), key=_PLACE)
        del self._kept[self._most :]
        if len(self._kept) == self._most and self._kept:
            self.bound = self._kept[-1][0]

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The first ones, soonest first."""
        return tuple(each for _, each in self._kept)

    @property
    def others(self) -> int:
        """How many more there were."""
        return self.count - len(self._kept)
