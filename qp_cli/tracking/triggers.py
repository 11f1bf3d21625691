"""Requests: what starts an on-request engagement, each time it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.timeline import Moment

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.model.convention import Engagement
    from qp_cli.model.journal import Occurred, Triggered
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.timeline import Timeline


class Trigger(NamedTuple):
    """One request.

    Attributes:
        moment: when it was made, and what it is.
        suffix: what tells its obligations apart: its day, and its fact's id after the first of a day.
        fact: the fact that records it; empty when the convention itself dates the event.
        to: the debtors it is addressed to; none for all.
        sites: the sites it concerns; none for all.
    """

    moment: Moment
    suffix: str
    fact: str = ""
    to: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

    @property
    def on(self) -> date | None:
        """The day it was made."""
        return self.moment.day


def triggers(engagement: Engagement, ledger: Ledger, timeline: Timeline) -> list[Trigger]:
    """The requests made by the ledger's day, oldest first."""
    facts: list[Triggered | Occurred] = [
        *ledger.triggers.get(engagement.id, []),
        *(ledger.happenings.get(engagement.trigger, []) if engagement.trigger else []),
    ]
    facts.sort(key=lambda fact: (fact.on, fact.recorded or fact.on, fact.id))
    seen: set[date] = set()
    found = _declared(engagement, ledger, timeline)
    for fact in facts:
        suffix = f"@{fact.on.isoformat()}" + (f"~{fact.id}" if fact.on in seen else "")
        seen.add(fact.on)
        found.append(Trigger(_moment(fact, timeline), suffix, fact.id, fact.to, fact.sites))
    return found


def _moment(fact: Triggered | Occurred, timeline: Timeline) -> Moment:
    """When a request was made: the declared event that occurred, or the request that was recorded."""
    if fact.kind == "occurred":
        return timeline.moment(fact.event)._replace(day=fact.on, waiting_for=())
    return Moment(fact.on, name=fact.kind, title=fact.note or "", fact=fact.id)


def _declared(engagement: Engagement, ledger: Ledger, timeline: Timeline) -> list[Trigger]:
    """The event that the convention itself dates, once its day has come."""
    event = timeline.event(engagement.trigger) if engagement.trigger else None
    if event is None or event.date_ is None or event.date_ > ledger.as_of:
        return []
    return [Trigger(timeline.moment(event.id), f"@{event.date_.isoformat()}")]
