"""Requests and performance: what starts an obligation, whether a fact can serve it, the day it was performed."""

from __future__ import annotations

from bisect import bisect_right
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import QpError
from qp_cli.model.facts import Fulfilled, Occurred
from qp_cli.tracking.references import ReferenceDay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qp_cli.model.convention import Engagement
    from qp_cli.model.facts import FactAbout, Triggered
    from qp_cli.tracking.dependencies import Dependencies
    from qp_cli.tracking.journal import FactsInForce
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.references import ReferenceDays


class Request(NamedTuple):
    """One request.

    Attributes:
        reference: when it was made, and what it is.
        suffix: what tells its obligations apart: its day, and its fact's id after the first of a day.
        fact: the fact that records it; empty when the convention itself dates the event.
        to: the debtors it is addressed to; none for all.
        sites: the sites it concerns; none for all.
    """

    reference: ReferenceDay
    suffix: str
    fact: str = ""
    to: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

    @property
    def on(self) -> date | None:
        """The day it was made."""
        return self.reference.day


def requests(engagement: Engagement, in_force: FactsInForce, references: ReferenceDays) -> list[Request]:
    """The requests made by the day of the facts, oldest first; of one day, as they were written down."""
    facts: list[Triggered | Occurred] = [
        *in_force.triggers.get(engagement.id, []),
        *_happenings(engagement.trigger, in_force, references),
    ]
    found = _declared(engagement, in_force, references)
    if not facts:
        return found
    written, event = in_force.written, _recorded_event(engagement.trigger, references)
    days = {fact.on for fact in facts} - {each.on for each in found}
    first = {day: written.first(engagement.id, event, day) for day in days}
    facts.sort(key=lambda fact: (fact.on, first.get(fact.on) != fact.id, written.places[fact.id]))
    for fact in facts:
        suffix = f"@{fact.on.isoformat()}" + ("" if first.get(fact.on) == fact.id else f"~{fact.id}")
        found.append(Request(_made(fact, engagement, references), suffix, fact.id, fact.to, fact.sites))
    return found


def _made(fact: Triggered | Occurred, engagement: Engagement, references: ReferenceDays) -> ReferenceDay:
    """When a request was made: the declared event that occurred, or the request that was recorded, and its clause."""
    if isinstance(fact, Occurred):
        return references.find(fact.event)._replace(day=fact.on, waiting_for=())
    clause = engagement.clause or ""
    return ReferenceDay(fact.on, name=fact.kind, title=fact.note or "", clause=clause, fact=fact.id)


def _happenings(name: str | None, in_force: FactsInForce, references: ReferenceDays) -> Iterable[Occurred]:
    """The times that an event occurred."""
    event = _recorded_event(name, references)
    return in_force.happenings.get(event, []) if event else ()


def _recorded_event(name: str | None, references: ReferenceDays) -> str | None:
    """The event of a name, which facts date; None for one that follows from others, whose day is theirs."""
    event = references.event(name) if name else None
    return event.id if event and not event.when else None


def _declared(engagement: Engagement, in_force: FactsInForce, references: ReferenceDays) -> list[Request]:
    """The event that the convention itself dates, or computes, once its day has come."""
    found = dated_request(engagement, references)
    return [found] if found and found.on and found.on <= in_force.as_of else []


def dated_request(engagement: Engagement, references: ReferenceDays) -> Request | None:
    """The request that an event makes which the convention itself dates, or computes; None while it has no day."""
    event = references.event(engagement.trigger) if engagement.trigger else None
    if event is None or (event.date_ is None and event.when is None):
        return None
    found = references.find(event.id)
    return Request(found, f"@{found.day.isoformat()}") if found.day else None


def last_performance(pending: Iterable[PendingObligation]) -> date | None:
    """The day on which the last debtor, at the last site, performed; None while one has not, or none ever will."""
    awaited: dict[tuple[str, str | None], bool] = {}
    first: dict[tuple[str, str | None], date] = {}
    for one in pending:
        if one.replaced_by:
            continue
        if day := one.performed_on:
            first[one.lane] = min(day, first.get(one.lane, day))
        awaited[one.lane] = awaited.get(one.lane, False) or not (one.ended_by or one.is_discharged)
    if any(waits and lane not in first for lane, waits in awaited.items()):
        return None
    return max(first.values(), default=None)


class LastPerformances:
    """The day on which the last of those who owe an engagement performed it, in each version; worked out once.

    `handing` are the versions that change who owes an engagement, `last` is the number of the last version.
    """

    def __init__(
        self, in_force: FactsInForce, bearings: Dependencies, handing: Mapping[str, Sequence[int]], last: int
    ) -> None:
        self._in_force = in_force
        self._bearings = bearings
        self._handing = handing
        self._last = last
        self._known: dict[tuple[int, str], date | None] = {}

    def day(self, number: int, name: str, owed: Callable[[str, int], list[PendingObligation]]) -> date | None:
        """The day in a version, by its number; `owed` gives the obligations of an engagement up to a version.

        None while one of them has not; what was waived or ended is awaited no more.
        """
        if not self._is_performed(name):
            return None
        asked = self._next_handing(name, number), name
        if asked in self._known:
            return self._known[asked]

        def is_known(each: str) -> bool:
            return (self._next_handing(each, number), each) in self._known

        for each in self._bearings.in_turn(name, is_known):  # deepest first, so that a long chain is no deep one
            if self._is_performed(each):
                self._work_out(self._next_handing(each, number), each, owed)
        return self._known[asked]

    def _is_performed(self, name: str) -> bool:
        return name in self._performed

    @cached_property
    def _performed(self) -> frozenset[str]:
        about = self._in_force.about.items()
        return frozenset(name for name, facts in about if any(isinstance(fact, Fulfilled) for fact in facts))

    def _work_out(self, number: int, name: str, owed: Callable[[str, int], list[PendingObligation]]) -> None:
        if (number, name) not in self._known:
            self._known[number, name] = None  # what a loop gets, which the checks refuse
            with suppress(QpError):  # it is told of the engagement itself
                self._known[number, name] = last_performance(owed(name, number))

    def _next_handing(self, name: str, number: int) -> int:
        """The last version after one, before another avenant changes who owes an engagement."""
        places = self._handing.get(name, ())
        rank = bisect_right(places, number)
        return (places[rank] if rank < len(places) else self._last + 1) - 1


def serves(fact: FactAbout, one: PendingObligation) -> bool:
    """Whether a fact can bear on an obligation: it names its occurrence, or comes once its interval has begun.

    Performance serves debts that are due, not those to come (C. civ. art. 1342-10): what has one debt only can be
    performed at any time before its date.
    """
    if fact.is_of_one:
        return is_named_by(fact, one)
    return begins_to_serve(one, is_performance=isinstance(fact, Fulfilled)) <= fact.on


def is_named_by(fact: FactAbout, one: PendingObligation) -> bool:
    """Whether an obligation is the occurrence, or the answer to the request, that a fact names."""
    if fact.request and (one.request is None or one.request.fact != fact.request):
        return False
    return fact.occurrence is None or one.occurrence == fact.occurrence


def begins_to_serve(one: PendingObligation, *, is_performance: bool) -> date:
    """The first day on which a fact that names no occurrence can bear on an obligation; the last of all for never."""
    if is_performance and one.awaits_request:
        return date.max
    if (is_performance or one.request) and one.deadline.begins:
        return one.deadline.begins
    return date.min
