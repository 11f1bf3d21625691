"""Requests: what starts an on-request engagement, each time it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.journal import order
from qp_cli.tracking.references import ReferenceDay

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.model.convention import Engagement
    from qp_cli.model.journal import Occurred, Triggered
    from qp_cli.tracking.journal import FactsInForce
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
    """The requests made by the day of the facts, oldest first."""
    facts: list[Triggered | Occurred] = [
        *in_force.triggers.get(engagement.id, []),
        *(in_force.happenings.get(engagement.trigger, []) if engagement.trigger else []),
    ]
    facts.sort(key=order)
    seen: set[date] = set()
    found = _declared(engagement, in_force, references)
    for fact in facts:
        suffix = f"@{fact.on.isoformat()}" + (f"~{fact.id}" if fact.on in seen else "")
        seen.add(fact.on)
        found.append(Request(_made(fact, references), suffix, fact.id, fact.to, fact.sites))
    return found


def _made(fact: Triggered | Occurred, references: ReferenceDays) -> ReferenceDay:
    """When a request was made: the declared event that occurred, or the request that was recorded."""
    if fact.kind == "occurred":
        return references.find(fact.event)._replace(day=fact.on, waiting_for=())
    return ReferenceDay(fact.on, name=fact.kind, title=fact.note or "", fact=fact.id)


def _declared(engagement: Engagement, in_force: FactsInForce, references: ReferenceDays) -> list[Request]:
    """The event that the convention itself dates, once its day has come."""
    event = references.event(engagement.trigger) if engagement.trigger else None
    if event is None or event.date_ is None or event.date_ > in_force.as_of:
        return []
    return [Request(references.find(event.id), f"@{event.date_.isoformat()}")]
