"""Facts dated before the engagements that they are about began to run, or while these have no date."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from qp_cli.checks.blocking import REFERENCES
from qp_cli.checks.performances import facts_about, was_asked
from qp_cli.checks.rule import Remark, named
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.facts import Add, Fulfilled, Waived
from qp_cli.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.dates import ComputedDates
    from qp_cli.checks.repository import Subject
    from qp_cli.checks.rule import Pointer
    from qp_cli.model.convention import Engagement
    from qp_cli.model.facts import FactAbout
    from qp_cli.tracking.obligations import PendingObligation


def before_its_origin(subject: Subject) -> Iterator[Remark]:
    """A fact dated before the engagement it is about began to run."""
    computed_dates = subject.computed_dates
    refused = cache(lambda: _refused_dues(subject))
    added = {
        change.engagement.id: fact.applies_from
        for fact in computed_dates.in_force.amendments
        for change in fact.changes
        if isinstance(change, Add) and change.engagement
    }
    for fact, pointer, engagement in facts_about(computed_dates):
        if isinstance(fact, Waived):
            continue
        if engagement.kind is not Kind.ON_REQUEST:
            remarks = _early(fact, pointer, engagement, added.get(engagement.id, date.min), computed_dates)
            yield from (each for each in remarks if each.related or engagement.id not in refused())
        elif not was_asked(engagement, fact, computed_dates):
            name = named(engagement.id, engagement.clause)
            message = msg("Dated {day}, and nothing had been asked under {name}", day=fact.on, name=name)
            hint = msg("Check the day, or record the request too, with its day")
            yield Remark(pointer.to("on"), message, hint, is_idle=True)


def _refused_dues(subject: Subject) -> frozenset[str]:
    """The ids whose due dates are in error: that they have no date follows from it."""
    places = [
        remark.pointer
        for rule in REFERENCES
        if rule.severity is Severity.ERROR and subject.has(*rule.needs)
        for remark in rule.see(subject)
        if isinstance(remark, Remark) and remark.severity is None
    ]
    around = {(place.file, place.loc[:length]) for place in places for length in range(len(place.loc) + 1)}
    return frozenset(name for name, _, due in subject.dues if (due.file, due.loc) in around)


def _early(
    fact: FactAbout, pointer: Pointer, engagement: Engagement, added_on: date, computed_dates: ComputedDates
) -> Iterator[Remark]:
    """A fact dated before its engagement began to run, or while what it is counted from has no date."""
    hint = msg("Check the day; performed early, it stands as it is")
    name = named(engagement.id, engagement.clause)
    concerned = computed_dates.concerned(engagement.id, fact)
    days = [day for one in concerned if (day := _runs_from(one, computed_dates))]
    origin = max(min(days), added_on) if days else None
    if origin and fact.on < origin:
        message = msg("Dated {day}, and {name} runs from {origin}", day=fact.on, name=name, origin=origin)
        place = computed_dates.places.get(engagement.id)
        yield Remark(pointer.to("on"), message, hint, ((place, msg("declared here")),) if place else ())
    elif isinstance(fact, Fulfilled) and (awaited := _awaited(concerned)):
        names = ", ".join(awaited)
        message = msg("Dated {day}, and {name} is counted from what has no date: {names}",
                      day=fact.on, name=name, names=names)  # fmt: skip
        yield Remark(pointer.to("on"), message, hint, severity=Severity.INFO)


def _awaited(slots: list[PendingObligation]) -> tuple[str, ...]:
    """What the dates of obligations still wait for, where none has one."""
    if not slots or any(slot.deadline.due or slot.engagement.kind is Kind.CONTINUING for slot in slots):
        return ()
    return tuple(dict.fromkeys(name for slot in slots for name in slot.deadline.waiting_for))


def _runs_from(slot: PendingObligation, computed_dates: ComputedDates) -> date | None:
    """The day from which an obligation runs; for what is counted back, the day the convention does."""
    deadline = slot.deadline
    forwards = deadline.origin and deadline.due and deadline.origin <= deadline.due
    return deadline.origin if forwards else computed_dates.start
