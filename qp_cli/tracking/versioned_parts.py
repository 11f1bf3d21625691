"""What a convention declares, through its versions: each thing kept once for each version that changes it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from qp_cli.model.base import replaced
from qp_cli.model.convention import Engagement, Group, Role
from qp_cli.model.facts import Add
from qp_cli.tracking.changes import changed, is_partial
from qp_cli.tracking.dating import dated_engagement, given_anew

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.model.convention import Convention, Event, Party, Term
    from qp_cli.model.facts import Amended


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Thing = TypeVar("_Thing", bound=_Named)
_Whole = TypeVar("_Whole", bound=Engagement | Group | Role)


class History(Generic[_Thing]):
    """Things by their ids through the versions of a convention, in the order in which they came.

    A version is told by its number: 0 is as signed. What is put into one is there in those that follow it, too.
    """

    def __init__(self, signed: Iterable[_Thing]) -> None:
        self._signed = tuple(signed)
        self._now = {one.id: one for one in self._signed}
        self._ids = [*self._now]
        self._came = [0] * len(self._ids)
        self._before: dict[str, list[tuple[int, _Thing]]] = {}
        """What each that was put was, and became, with the number of the version; none of what stayed as signed."""

    @property
    def is_as_signed(self) -> bool:
        """Whether no version has put anything."""
        return not self._before

    @property
    def now(self) -> Mapping[str, _Thing]:
        """The things as the last version has them."""
        return self._now

    def put(self, number: int, thing: _Thing) -> None:
        """Has a thing as it is from a version on, by the number of that version, which is the last."""
        name = thing.id
        if name in self._now:
            self._before.setdefault(name, [(0, self._now[name])])
        else:
            self._ids.append(name)
            self._came.append(number)
        self._before.setdefault(name, []).append((number, thing))
        self._now[name] = thing

    def find(self, name: str, number: int) -> _Thing | None:
        """A thing as a version has it; None where it has none."""
        before = self._before.get(name)
        if before is None:
            return self._now.get(name)
        rank = bisect_right(before, number, key=itemgetter(0))
        return before[rank - 1][1] if rank else None

    def has(self, name: str, number: int) -> bool:
        """Whether a version has a thing; it is not put together for that."""
        return History.find(self, name, number) is not None

    def at(self, number: int) -> Mapping[str, _Thing]:
        """The things as a version has them, by the number of the version."""
        return self._now if self.is_as_signed else _Then(self, number)

    def ids(self, number: int) -> list[str]:
        """The ids of the things of a version."""
        return self._ids[: self.count(number)]

    def count(self, number: int) -> int:
        """How many things a version has."""
        return bisect_right(self._came, number)

    def whole(self, number: int) -> tuple[_Thing, ...]:
        """All the things of a version; the very ones that were signed where no version has put any."""
        return self._signed if self.is_as_signed else tuple(self.at(number).values())


class _Then(Mapping[str, _Thing]):
    """The things of one version, looked up where they are kept."""

    def __init__(self, history: History[_Thing], number: int) -> None:
        self._history = history
        self._number = number

    def __getitem__(self, name: str) -> _Thing:
        found = self._history.find(name, self._number)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._history.has(name, self._number)

    def __iter__(self) -> Iterator[str]:
        return iter(self._history.ids(self._number))

    def __len__(self) -> int:
        return self._history.count(self._number)


class Grown:
    """Names that avenants add to those of one thing, by the version from which each is there: none goes again."""

    def __init__(self, signed: Iterable[str]) -> None:
        self._names = dict.fromkeys(signed)
        self._order = [*self._names]
        self._came = [0] * len(self._order)

    def add(self, number: int, names: Iterable[str]) -> bool:
        """Adds names from a version on, by its number, which is the last; whether any of them is new."""
        new = [name for name in dict.fromkeys(names) if name not in self._names]
        self._names |= dict.fromkeys(new)
        self._order += new
        self._came += [number] * len(new)
        return bool(new)

    def at(self, number: int) -> tuple[str, ...]:
        """The names of a version, in the order in which they came."""
        return tuple(self._order[: self.count(number)])

    def count(self, number: int) -> int:
        """How many names a version has."""
        return bisect_right(self._came, number)

    def is_as_signed(self, number: int) -> bool:
        """Whether none was added by a version."""
        return self.count(number) == self.count(0)


class GrowingHistory(History[_Whole]):
    """Things that each hold names of others, to which avenants add: put together for the versions that are asked for.

    `key` is the field of these names.
    """

    def __init__(self, signed: Iterable[_Whole], key: str) -> None:
        super().__init__(signed)
        self._key = key
        self._grown: dict[str, Grown] = {}
        self._known: dict[tuple[str, int], tuple[_Whole, _Whole]] = {}

    def grow(self, number: int, name: str, names: Iterable[str]) -> bool:
        """Adds names to those of a thing from a version on, by its number, which is the last; whether any is new."""
        if name not in self._grown:
            self._grown[name] = Grown(getattr(self.now[name], self._key))
        return self._grown[name].add(number, names)

    def find(self, name: str, number: int) -> _Whole | None:
        """A thing as a version has it, with the names that were added by then; None where it has none."""
        found = super().find(name, number)
        grown = self._grown.get(name)
        if found is None or grown is None or grown.is_as_signed(number):
            return found
        asked = name, grown.count(number)
        plain, whole = self._known.get(asked, (None, found))
        if plain is not found:
            whole = replaced(found, **{self._key: grown.at(number)})
            self._known[asked] = found, whole
        return whole

    @property
    def is_as_signed(self) -> bool:
        """Whether no version has put anything, nor added a name."""
        return super().is_as_signed and not self._grown


class VersionedParts:
    """What a convention declares as signed, and as each avenant leaves it.

    Attributes:
        last: the number of the last version.
        people: the number of the last version that changed who is who.
    """

    def __init__(self, signed: Convention) -> None:
        self.signed = signed
        self.engagements: GrowingHistory[Engagement] = GrowingHistory(signed.engagements, "sites")
        self.events: History[Event] = History(signed.events)
        self.parties: History[Party] = History(signed.parties)
        self.groups: GrowingHistory[Group] = GrowingHistory(signed.groups, "members")
        self.roles: GrowingHistory[Role] = GrowingHistory(signed.roles, "held_by")
        self.last = 0
        self.people = 0

    def amend(self, avenant: Amended) -> None:
        """One more version: what an avenant changes of whole engagements, and what it adds."""
        self.last += 1
        added: list[Add] = []
        for change in avenant.changes:
            if isinstance(change, Add):
                self._add(change, avenant)
                added.append(change)
            elif change.target in self.engagements.now and not is_partial(change):
                self._put(changed(self.engagements.now[change.target], change, avenant))
        self._join(added)

    def _put(self, engagement: Engagement) -> None:
        """Has an engagement as it is from now on; what is the same as it was needs no place."""
        if self.engagements.now.get(engagement.id) is not engagement:
            self.engagements.put(self.last, engagement)

    def _add(self, change: Add, avenant: Amended) -> None:
        """What an addition brings, or has owed at one more site."""
        if change.engagement:
            said = given_anew(avenant, change.engagement.clause)
            self._put(dated_engagement(change.engagement, change.engagement.due, said))
        else:
            self._add_site(change)
        if change.event:
            self.events.put(self.last, change.event)
        if change.party:
            self.parties.put(self.last, change.party)
            self.people = self.last

    def _add_site(self, change: Add) -> None:
        """One more site of engagements; what names no site is owed everywhere already."""
        for name in change.engagements:
            engagement = self.engagements.now.get(name)
            if change.site and engagement and engagement.sites:
                self.engagements.grow(self.last, name, (change.site.id,))

    def _join(self, added: Iterable[Add]) -> None:
        """The members that come to groups, and the holders to roles: those of one avenant together."""
        coming: dict[str, dict[str, None]] = {}
        for change in added:
            for name in filter(None, {change.group, change.role}):
                if who := change.member if change.group == name else change.holder:
                    coming.setdefault(name, {})[who] = None
        for name, names in coming.items():
            for history in (self.groups, self.roles):
                if name in history.now and history.grow(self.last, name, names):
                    self.people = self.last

    def convention(self, number: int, term: Term | None) -> Convention:
        """The whole convention as a version has it, with its term; as signed, itself."""
        if number == 0:
            return self.signed
        return replaced(
            self.signed,
            term=term,
            engagements=self.engagements.whole(number),
            events=self.events.whole(number),
            parties=self.parties.whole(number),
            groups=self.groups.whole(number),
            roles=self.roles.whole(number),
        )
