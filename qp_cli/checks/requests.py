"""Requests against what is owed on request: those that start nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.wording import named
from qp_cli.messages import msg
from qp_cli.model.words import Kind, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.reckoning import Reckoning
    from qp_cli.checks.subject import Pointer, Subject
    from qp_cli.model.convention import Engagement
    from qp_cli.model.journal import Occurred, Triggered


def idle_requests(subject: Subject) -> Iterator[Remark]:
    """A request that starts nothing."""
    reckoning = subject.reckoning
    events = {event.id: event for event in subject.convention.events}
    for fact, pointer in reckoning.standing:
        if fact.kind == "triggered" and fact.engagement in reckoning.engagements:
            yield from _request(fact, pointer, reckoning.engagements[fact.engagement], reckoning)
        elif fact.kind == "occurred" and fact.to and fact.event in events and not _asked_by(fact, reckoning):
            name = named(fact.event, events[fact.event].clause)
            message = msg("{name} asks nothing of anybody", name=name)
            yield Remark(pointer.to("to"), message, msg("Leave {key} out", key="to"), is_idle=True)


def _request(fact: Triggered, pointer: Pointer, engagement: Engagement, reckoning: Reckoning) -> Iterator[Remark]:
    name, place = named(engagement.id, engagement.clause), pointer.to("engagement")
    ends = {each.id: each for each in reckoning.in_force.amendments}
    ended = ends.get(reckoning.ended_by.get(engagement.id, ""))
    term = reckoning.term.due if reckoning.term else None
    if engagement.kind is not Kind.ON_REQUEST:
        yield Remark(place, msg("{name} is not owed on request: nothing triggers it", name=name), is_idle=True)
    elif ended and fact.on >= ended.applies_from:
        message = msg("{name} was ended by the avenant “{id}” before this", name=name, id=ended.id)
        yield Remark(place, message, related=((reckoning.place(ended), msg("ended here")),), is_idle=True)
    elif engagement.scope is Scope.CONVENTION and term and fact.on > term:
        message = msg("Asked on {day}, after the term of the convention, {term}", day=fact.on, term=term)
        yield Remark(pointer.to("on"), message, msg("Check the day"))


def _asked_by(fact: Occurred, reckoning: Reckoning) -> bool:
    """Whether an event starts what is owed on request."""
    return any(each.trigger == fact.event for each in reckoning.engagements.values())
