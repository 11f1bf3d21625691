"""Whom a fact serves: the obligations of an engagement that each fact about it bears on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qp_cli.model.journal import FactAbout
    from qp_cli.tracking.directory import Debtor, Directory
    from qp_cli.tracking.obligations import PendingObligation

    Lanes = dict[tuple[str, str | None], list[PendingObligation]]


def assign(facts: Sequence[FactAbout], pending: list[PendingObligation], directory: Directory) -> None:
    """Puts each fact, in order, into the obligations that it bears on; those that were replaced have none any more.

    Performance that names nobody is for each who owes; where none of them owes anything by then, for those whose
    place they have taken.
    """
    if not facts:
        return
    lanes: Lanes = {}
    for one in pending:
        if not one.replaced_by:
            lanes.setdefault(one.lane, []).append(one)
    for lane in lanes.values():
        lane.sort(key=_age)
    debtors = {key: lane[0].debtor for (key, _), lane in lanes.items()}
    for fact in facts:
        _put(fact, list(_concerned(fact, lanes, debtors, directory)))


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


def _put(fact: FactAbout, meant: list[list[PendingObligation]]) -> None:
    """Puts a fact into those of the lanes meant that it bears on."""
    if fact.kind != "fulfilled":
        for lane in meant:
            for one in _standing(fact, lane) or _begun(fact, lane)[-1:]:
                one.facts.append(fact)
        return
    former = [lane for lane in meant if not fact.by and all(one.is_former for one in lane)]
    current = [lane for lane in meant if lane not in former]
    if not _serve(fact, current) and not _serve(fact, former):
        _keep(fact, meant)


def _age(one: PendingObligation) -> date:
    return one.occurrence or date.min


def _concerned(
    fact: FactAbout, lanes: Lanes, debtors: dict[str, Debtor], directory: Directory
) -> Iterator[list[PendingObligation]]:
    """The obligations a fact is about, those of one debtor at one site together."""
    for (key, site), lane in lanes.items():
        if fact.sites and site and site not in fact.sites:
            continue
        if fact.by:
            others = [debtor for name, debtor in debtors.items() if name != key]
            if not directory.covers([fact.by], debtors[key], others):
                continue
        yield lane


def serves(fact: FactAbout, one: PendingObligation) -> bool:
    """Whether a fact can bear on an obligation: it names its occurrence, or comes once its interval has begun.

    Performance serves debts that are due, not those to come (C. civ. art. 1342-10): what has one debt only can be
    performed at any time before its date.
    """
    if fact.occurrence:
        return one.occurrence == fact.occurrence
    if one.awaits_request:
        return fact.kind != "fulfilled"
    if one.request or fact.kind == "fulfilled":
        return one.deadline.begins is None or one.deadline.begins <= fact.on
    return True


def _begun(fact: FactAbout, lane: list[PendingObligation]) -> list[PendingObligation]:
    return [one for one in lane if serves(fact, one)]


def _standing(fact: FactAbout, lane: list[PendingObligation]) -> list[PendingObligation]:
    """Those that a fact can bear on and that nothing has put an end to."""
    return [one for one in _begun(fact, lane) if not one.is_discharged and not one.ended_by]


def _serve(fact: FactAbout, lanes: list[list[PendingObligation]]) -> bool:
    """Puts a performance into the oldest debt of each lane; whether it served any.

    The oldest one owed goes first (C. civ. art. 1342-10); what is owed throughout takes it as evidence.
    """
    served = False
    for lane in lanes:
        for one in _standing(fact, lane)[:1]:
            one.facts.append(fact)
            served = True
    return served


def _keep(fact: FactAbout, lanes: list[list[PendingObligation]]) -> None:
    """Keeps a performance that served nothing: with what was settled last, else with what is still to come."""
    for lane in lanes:
        begun = _begun(fact, lane)
        if begun and not begun[-1].ended_by:
            begun[-1].facts.append(fact)
        elif begun or not fact.occurrence:
            last = begun[-1] if begun else lane[0]
            last.evidence = (*last.evidence, fact)
