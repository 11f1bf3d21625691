"""Which obligations each fact is put into: those of whom it names, where, the oldest one owed first."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from qp_cli.model.facts import Breached, Fulfilled, Notified, Pausing
from qp_cli.tracking.people import Debtors
from qp_cli.tracking.performance import begins_to_serve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.model.facts import FactAbout
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.people import Directory


def assign(facts: Sequence[FactAbout], pending: list[PendingObligation], directory: Directory) -> None:
    """Puts each fact, in order, into the obligations that it bears on; those that were replaced have none any more.

    Performance that names nobody is for each who owes; where none of them owes anything by then, for those whose
    place they have taken.
    """
    if not facts:
        return
    lanes = _Lanes(pending, directory)
    for fact in facts:
        _put(fact, lanes.concerned(fact))


class _Queue:
    """Obligations from the oldest on; those that nothing has put an end to are looked through, the others passed over.

    `are_named` says that a fact names them, and can bear on each of them whenever they begin.
    """

    def __init__(self, owed: list[PendingObligation], *, are_named: bool = False) -> None:
        self.owed = owed
        self._are_named = are_named
        self._standing = list(reversed(range(len(owed))))
        self._starts: dict[bool, list[date]] = {}

    def _earliest(self, *, is_performance: bool) -> list[date]:
        """For each place, the first day on which a fact can bear on one that stands there or further on."""
        if is_performance not in self._starts:
            first = date.max
            found: list[date] = []
            for one in reversed(self.owed):
                first = min(first, self._start(one, is_performance=is_performance))
                found.append(first)
            self._starts[is_performance] = found[::-1]
        return self._starts[is_performance]

    def _start(self, one: PendingObligation, *, is_performance: bool) -> date:
        return date.min if self._are_named else begins_to_serve(one, is_performance=is_performance)

    def oldest(self, fact: FactAbout) -> PendingObligation | None:
        """The oldest that a performance can serve and that nothing has put an end to."""
        while self._standing and _is_over(self.owed[self._standing[-1]]):
            self._standing.pop()
        earliest = self._earliest(is_performance=True)
        for place in reversed(self._standing):
            if earliest[place] > fact.on:
                return None
            one = self.owed[place]
            if not _is_over(one) and self._start(one, is_performance=True) <= fact.on:
                return one
        return None

    def all_standing(self, fact: FactAbout) -> list[PendingObligation]:
        """All that a fact other than a performance can bear on and that nothing has put an end to."""
        self._standing = [place for place in self._standing if not _is_over(self.owed[place])]
        standing = (self.owed[place] for place in reversed(self._standing))
        return [one for one in standing if self._start(one, is_performance=False) <= fact.on]

    def last(self, fact: FactAbout) -> PendingObligation | None:
        """The last of those that a fact can bear on, whether anything has put an end to it or not."""
        place = bisect_right(self._earliest(is_performance=isinstance(fact, Fulfilled)), fact.on)
        return self.owed[place - 1] if place else None


def _is_over(one: PendingObligation) -> bool:
    return one.is_discharged or bool(one.ended_by)


class _DebtorLane:
    """What one debtor owes of an engagement at one site, from the oldest on.

    Attributes:
        is_former: whether the debtor has handed over what comes after.
    """

    def __init__(self, owed: list[PendingObligation]) -> None:
        self._whole = _Queue(sorted(owed, key=_age))
        self.is_former = all(one.is_former for one in owed)

    @property
    def oldest(self) -> PendingObligation:
        """The oldest of all."""
        return self._whole.owed[0]

    @cached_property
    def _by_occurrence(self) -> dict[date, _Queue]:
        found: dict[date, list[PendingObligation]] = {}
        for one in self._whole.owed:
            if one.occurrence:
                found.setdefault(one.occurrence, []).append(one)
        return {day: _Queue(owed, are_named=True) for day, owed in found.items()}

    @cached_property
    def _by_request(self) -> dict[str, _Queue]:
        asked = [one for one in self._whole.owed if one.request and one.request.fact]
        return {one.request.fact: _Queue([one], are_named=True) for one in asked if one.request}

    def meant_by(self, fact: FactAbout) -> _Queue:
        """Those that a fact may bear on: the answer to the request or the occurrence that it names, else all."""
        if fact.request:
            return self._by_request.get(fact.request, _NONE)
        return self._by_occurrence.get(fact.occurrence, _NONE) if fact.occurrence else self._whole


_NONE = _Queue([])


class _Lanes:
    """What is owed of an engagement, by debtor and site."""

    def __init__(self, pending: Iterable[PendingObligation], directory: Directory) -> None:
        owed: dict[tuple[str, str | None], list[PendingObligation]] = {}
        for one in pending:
            if not one.replaced_by:
                owed.setdefault(one.lane, []).append(one)
        self._lanes = {lane: _DebtorLane(each) for lane, each in owed.items()}
        self._directory = directory

    @cached_property
    def _debtors(self) -> Debtors:
        owing = {lane.oldest.debtor.key: lane.oldest.debtor for lane in self._lanes.values()}
        return Debtors(self._directory, owing.values())

    @cached_property
    def _by_site(self) -> dict[str | None, list[_DebtorLane]]:
        found: dict[str | None, list[_DebtorLane]] = {}
        for (_, site), lane in self._lanes.items():
            found.setdefault(site, []).append(lane)
        return found

    @cached_property
    def _by_debtor(self) -> dict[str, dict[str | None, _DebtorLane]]:
        found: dict[str, dict[str | None, _DebtorLane]] = {}
        for (key, site), lane in self._lanes.items():
            found.setdefault(key, {})[site] = lane
        return found

    def concerned(self, fact: FactAbout) -> list[_DebtorLane]:
        """The lanes that a fact is about: of those it names by `by`, at its sites and where none is named."""
        sites = dict.fromkeys((None, *fact.sites)) if fact.sites else None
        if not fact.by:
            if sites is None:
                return [*self._lanes.values()]
            return [lane for site in sites for lane in self._by_site.get(site, ())]
        found: list[_DebtorLane] = []
        for key in self._debtors.concerned(fact.by):
            lanes = self._by_debtor[key]
            found += lanes.values() if sites is None else [lanes[site] for site in sites if site in lanes]
        return found


def _put(fact: FactAbout, meant: list[_DebtorLane]) -> None:
    """Puts a fact into those of the lanes meant that it bears on."""
    if not isinstance(fact, Fulfilled):
        for lane in meant:
            for one in _borne(fact, lane):
                one.facts.append(fact)
        return
    former = [lane for lane in meant if not fact.by and lane.is_former]
    current = [lane for lane in meant if fact.by or not lane.is_former]
    if not _serve(fact, current) and not _serve(fact, former):
        _keep(fact, meant)


def _borne(fact: FactAbout, lane: _DebtorLane) -> list[PendingObligation]:
    """What a fact bears on: what nothing has put an end to; else, unless it is about all, what was settled last."""
    owed = lane.meant_by(fact)
    if standing := owed.all_standing(fact):
        return _called_for(fact, standing) if isinstance(fact, Notified | Breached) else standing
    is_of_all = isinstance(fact, Pausing) and fact.is_of_all
    last = None if is_of_all else owed.last(fact)
    return [last] if last else []


def _called_for(fact: FactAbout, standing: list[PendingObligation]) -> list[PendingObligation]:
    """Of those that stand, oldest first, what a formal notice or a default that names no occurrence is about.

    What was past its date by then; else what could be performed by then; else the oldest: never a whole series to come.
    """
    if fact.is_of_one:
        return standing
    passed = [one for one in standing if one.deadline.due and one.deadline.due < fact.on]
    begun = [one for one in standing if begins_to_serve(one, is_performance=True) <= fact.on]
    return passed or begun or standing[:1]


def _age(one: PendingObligation) -> date:
    return one.occurrence or date.min


def _serve(fact: FactAbout, lanes: Iterable[_DebtorLane]) -> bool:
    """Puts a performance into the oldest debt of each lane; whether it served any.

    The oldest one owed goes first (C. civ. art. 1342-10); what is owed throughout takes it as evidence.
    """
    served = False
    for lane in lanes:
        if one := lane.meant_by(fact).oldest(fact):
            one.facts.append(fact)
            served = True
    return served


def _keep(fact: FactAbout, lanes: Iterable[_DebtorLane]) -> None:
    """Keeps a performance that served nothing: with what was settled last, else with what is still to come."""
    for lane in lanes:
        last = lane.meant_by(fact).last(fact)
        if last and not last.ended_by:
            last.facts.append(fact)
        elif last or not fact.is_of_one:
            (last or lane.oldest).evidence.append(fact)
