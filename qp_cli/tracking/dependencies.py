"""The names that engagements, events and the term refer to, one through another, in all that is at hand. Pure."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from qp_cli.model.base import values_of
from qp_cli.model.facts import Add, Amended, Redate, Voided
from qp_cli.model.kinds import TERM
from qp_cli.tracking.journal import subjects
from qp_cli.tracking.references import names_in_due, reachable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from qp_cli.model.convention import Convention, Engagement
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Fact

_DECLARING = ("engagements", "events")


class Dependencies:
    """The names that engagements refer to, in every convention and journal at hand, one through another."""

    def __init__(self, conventions: Sequence[Convention], facts: Sequence[Fact]) -> None:
        self._voided = {fact.id: fact.fact for fact in facts if isinstance(fact, Voided)}
        self._cancelled: dict[str, str] = {}
        """What a cancellation cancels in the end, through others, where that is known."""
        self._subjects: dict[str, set[str]] = {}
        self._references: dict[str, set[str]] = {}
        self._known: dict[str, frozenset[str]] = {}
        for fact in facts:
            self._subjects.setdefault(fact.id, set()).update(subjects(fact))
        told: set[tuple[str, int]] = set()
        for name, due in (*_declared(conventions), *_amended(facts)):
            if (name, id(due)) not in told:  # most engagements stay what they were, by the very same object
                told.add((name, id(due)))
                self._references.setdefault(name, set()).update(names_in_due(due))
        for engagement in (*_engagements(conventions), *_added(facts)):
            if engagement.trigger:
                self._references.setdefault(engagement.id, set()).add(engagement.trigger)

    def on(self, engagement: str) -> frozenset[str]:
        """The engagement, the term, and every event and engagement their dates refer to."""
        return self.behind(engagement) | self.behind(TERM)

    def behind(self, name: str) -> frozenset[str]:
        """An engagement, or the term, and every event and engagement that its date refers to."""
        if name not in self._known:
            self._known[name] = frozenset(reachable((name,), self._references))
        return self._known[name]

    def next_to(self, names: Iterable[str], engagements: Collection[str]) -> frozenset[str]:
        """These, the term, and what their dates refer to through events alone: of an engagement, not what is behind it.

        `engagements` are the ids of all of them.
        """
        asked = frozenset((*names, TERM))
        found: set[str] = set()
        ahead = [*asked]
        while ahead:
            each = ahead.pop()
            if each not in found:
                found.add(each)
                ahead += () if each in engagements and each not in asked else self._references.get(each, ())
        return frozenset(found)

    def resting_on(self, names: Iterable[str]) -> set[str]:
        """These, and every engagement and event whose date refers to one of them, one through another."""
        return reachable(names, self._resting)

    def origins(self, names: Iterable[str]) -> set[str]:
        """What the dates of these and the term are counted from, one through another; and the term."""
        behind = reachable((*names, TERM), self._references)
        return {TERM, *chain.from_iterable(self._references.get(each, ()) for each in behind)}

    def referring_to(self, name: str) -> Sequence[str]:
        """The engagements and events, or the term, whose own date refers to one."""
        return self._resting.get(name, ())

    @cached_property
    def _resting(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, references in self._references.items():
            for each in references:
                found.setdefault(each, []).append(name)
        return found

    def counted(self, about: Mapping[str, Iterable[int]]) -> Callable[[str], int]:
        """A function that gives all that is about a name, or about what its date refers to, each once: as bits.

        `about` are the numbers of what is about each name. The bits of one name are made of those that it refers to: a
        set of numbers for each name of a chain would hold those of the first once for each.
        """
        known: dict[str, int] = {}

        def bits(name: str) -> int:
            if name not in known:
                for each in self.in_turn(name, known.__contains__):
                    whole = sum(1 << number for number in {*about.get(each, ())})
                    for one in self._references.get(each, ()):
                        whole |= known.get(one, 0)
                    known[each] = whole
            return known[name]

        return bits

    def in_turn(self, name: str, is_known: Callable[[str], bool]) -> list[str]:
        """What a date refers to, each after what its own date refers to; none that is known, nor behind one.

        The name itself comes last; in a circle, in any order.
        """
        found: dict[str, None] = {}
        entered: set[str] = set()
        ahead = [name]
        while ahead:
            each = ahead[-1]
            before = [] if each in entered else [one for one in self._references.get(each, ()) if one not in entered]
            entered.add(each)
            if before := [one for one in before if not is_known(one)]:
                ahead += before
            else:
                found[ahead.pop()] = None
        return list(found)

    def behind_all(self, names: Iterable[str]) -> set[str]:
        """These, and every event and engagement that their dates refer to, gone through once for all of them."""
        return reachable(names, self._references)

    def subjects(self, fact: Fact) -> set[str]:
        """What a fact is about: an engagement, an event, the term; of a cancellation, what it cancels is about."""
        return self._subjects.get(self.target(fact), set())

    def target(self, fact: Fact) -> str:
        """The id of what a cancellation cancels in the end, through others; of another fact, its own."""
        name = fact.id
        way: dict[str, None] = {}
        while name in self._voided and name not in way:
            way[name] = None
            name = self._cancelled.get(name) or self._voided[name]
        self._cancelled |= dict.fromkeys(way, name)
        return name


def edited(old: Convention, new: Convention, names: frozenset[str]) -> tuple[str, ...]:
    """What differs between two conventions: the things of those names, else the keys at the top of the file."""
    found: dict[str, None] = {}
    if TERM in names and old.term != new.term:
        found[TERM] = None
    for part in _DECLARING:
        before = {one.id: one for one in getattr(old, part)}
        after = {one.id: one for one in getattr(new, part)}
        found |= dict.fromkeys(
            name for name in (*after, *before) if name in names and before.get(name) != after.get(name)
        )
    keys = (key for key in values_of(new) if getattr(old, key) != getattr(new, key))
    return tuple(found) or tuple(keys)


def _engagements(conventions: Iterable[Convention]) -> Iterator[Engagement]:
    for convention in conventions:
        yield from convention.engagements


def _added(facts: Iterable[Fact]) -> Iterator[Engagement]:
    for fact in facts:
        if isinstance(fact, Amended):
            yield from (change.engagement for change in fact.changes if isinstance(change, Add) and change.engagement)


def _declared(conventions: Iterable[Convention]) -> Iterator[tuple[str, Due | None]]:
    for convention in conventions:
        if convention.term:
            yield TERM, convention.term.due
        yield from ((event.id, event.when) for event in convention.events)
    for engagement in _engagements(conventions):
        yield engagement.id, engagement.due
        yield engagement.id, engagement.target


def _amended(facts: Iterable[Fact]) -> Iterator[tuple[str, Due | None]]:
    for engagement in _added(facts):
        yield engagement.id, engagement.due
        yield engagement.id, engagement.target
    for fact in facts:
        if isinstance(fact, Amended):
            yield from ((change.target, change.due) for change in fact.changes if isinstance(change, Redate))
