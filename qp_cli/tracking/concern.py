"""Which obligations a fact is about, before it is recorded; and whether they are settled or suspended. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.model.words import Kind
from qp_cli.tracking.selection import find_engagement
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qp_cli.model.convention import Engagement
    from qp_cli.model.journal import Fact, FactAbout
    from qp_cli.tracking.directory import Debtor
    from qp_cli.tracking.situation import Obligation, Situation

SETTLED = frozenset({State.FULFILLED, State.FULFILLED_LATE, State.DISCHARGED})


def engagement_of(situation: Situation, name: str) -> Engagement:
    """The engagement a fact names.

    Raises:
        UsageError: there is none, or it is the term.
    """
    found = find_engagement(situation, name)
    if found is None:
        raise UsageError(msg("The term is computed: only an avenant (amended) changes it."))
    return found


def concerned(fact: FactAbout, now: Situation) -> list[Obligation]:
    """The obligations a fact names, by debtor, site and occurrence where it says so, whatever their state.

    Raises:
        UsageError: there is none such.
    """
    engagement = engagement_of(now, fact.engagement)
    owed = [one for one in now.obligations if one.engagement.id == engagement.id]
    check_sites(engagement, fact.sites)
    if fact.by:
        owed = _owed_by(now, engagement, fact.by, owed)
    if fact.sites and engagement.sites:
        owed = [one for one in owed if set(one.sites) & set(fact.sites)]
    if fact.occurrence:
        owed = _occurring(engagement, fact.occurrence, owed)
    elif engagement.kind is Kind.ON_REQUEST:
        owed = _requested(engagement, fact.on, owed)
    if not owed:
        raise UsageError(msg("Nothing is owed of “{id}”.", id=engagement.id))
    return owed


def check_debtor(now: Situation, engagement: Engagement, name: str) -> set[str]:
    """The keys of the debtors that a name stands for.

    Raises:
        UsageError: it owes nothing of the engagement; its debtors are given.
    """
    debtors = [*now.directory.debtors(engagement), *_replaced(now, engagement)]
    found = {
        debtor.key
        for debtor in debtors
        if now.directory.covers([name], debtor, [o for o in debtors if o is not debtor])
    }
    if not found:
        names = ", ".join(dict.fromkeys(party for debtor in debtors for party in debtor.parties))
        raise UsageError(
            msg("{party} owes nothing of “{id}”; its debtors: {names}.", party=name, id=engagement.id, names=names)
        )
    return found


def check_sites(engagement: Engagement, sites: Iterable[str]) -> None:
    """Refuses sites where an engagement that is owed site by site is not owed.

    Raises:
        UsageError: one of them.
    """
    for site in sites:
        if engagement.sites and site not in engagement.sites:
            names = ", ".join(engagement.sites)
            raise UsageError(
                msg("“{id}” is not owed at {site}; its sites: {names}.", id=engagement.id, site=site, names=names)
            )


def last_pause(one: Obligation, facts: Sequence[Fact], day: date) -> Fact | None:
    """The last suspension or resumption of an obligation by a day."""
    pauses = [fact for fact in facts if fact.kind in {"suspended", "resumed"} and fact.id in one.facts]
    return max((fact for fact in pauses if fact.on <= day), key=lambda fact: fact.on, default=None)


def first_of_each(owed: Iterable[Obligation]) -> list[Obligation]:
    """The oldest of each debtor's at each site: what performance that names no occurrence counts for."""
    found: dict[tuple[str, tuple[str, ...]], Obligation] = {}
    for one in owed:
        found.setdefault((one.debtor.key, one.sites), one)
    return list(found.values())


def _replaced(now: Situation, engagement: Engagement) -> list[Debtor]:
    """The debtors whose obligations an avenant replaced: they are still shown."""
    current = {debtor.key for debtor in now.directory.debtors(engagement)}
    owed = (one.debtor for one in now.obligations if one.engagement.id == engagement.id)
    return list({debtor.key: debtor for debtor in owed if debtor.key not in current}.values())


def _owed_by(now: Situation, engagement: Engagement, name: str, owed: list[Obligation]) -> list[Obligation]:
    keys = check_debtor(now, engagement, name)
    return [one for one in owed if one.debtor.key in keys]


def _occurring(engagement: Engagement, day: date, owed: list[Obligation]) -> list[Obligation]:
    found = [one for one in owed if one.deadline.occurrence == day]
    if not found:
        days = sorted({one.deadline.occurrence for one in owed if one.deadline.occurrence})
        names = ", ".join(each.isoformat() for each in days) or "–"
        raise UsageError(
            msg("“{id}” has no occurrence on {day}; known: {names}", id=engagement.id, day=day, names=names)
        )
    return found


def _requested(engagement: Engagement, day: date, owed: list[Obligation]) -> list[Obligation]:
    """The requests made by a day: nothing of what is owed on request can happen before."""
    begun = [one for one in owed if one.deadline.occurrence and one.deadline.occurrence <= day]
    if not begun:
        raise UsageError(
            msg("Nothing was requested of “{id}” by {day}: record the request first.", id=engagement.id, day=day)
        )
    return begun
