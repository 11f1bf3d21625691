"""Whether a fact makes sense where things stand: what cannot be is refused, what is unusual is said. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import UsageError, unknown
from qp_cli.messages import msg
from qp_cli.model.words import TERM, Kind, Scope
from qp_cli.names import shown
from qp_cli.tracking.avenants import weigh_amended
from qp_cli.tracking.concern import check_debtor, check_sites, engagement_of
from qp_cli.tracking.journal import cancellations
from qp_cli.tracking.pertinence import weigh_about

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.model.journal import Fact, Occurred, Triggered, Voided
    from qp_cli.tracking.situation import Situation


class Scene(NamedTuple):
    """What a fact is weighed against: the situation today, and every fact recorded so far."""

    now: Situation
    facts: Sequence[Fact]


def weigh(fact: Fact, scene: Scene) -> list[Message]:
    """What is unusual about a fact, to be said to whoever records it.

    Raises:
        UsageError: it makes no sense: unknown names, a day to come, nothing owed, already settled.
    """
    for day in (fact.on, getattr(fact, "signed", None)):
        if day and day > scene.now.as_of:
            raise UsageError(msg("{day} is still to come: today is {today}.", day=day, today=scene.now.as_of))
    match fact.kind:
        case "triggered":
            return list(_triggered(fact, scene.now))
        case "occurred":
            _check_occurred(fact, scene)
            return []
        case "amended":
            return list(weigh_amended(fact, scene.now))
        case "voided":
            return list(_voided(fact, scene))
        case _:
            return list(weigh_about(fact, scene.now, scene.facts))


def happened_on(name: str, scene: Scene) -> date | None:
    """The day an event has, from the convention or from a fact that stands."""
    declared = next((event.date_ for event in scene.now.convention.events if event.id == name), None)
    if declared:
        return declared
    happened = [each for each in scene.facts if each.kind == "occurred" and each.event == name]
    gone = cancellations(scene.facts)
    return min((each.on for each in happened if each.id not in gone), default=None)


def _triggered(fact: Triggered, now: Situation) -> Iterator[Message]:
    engagement = engagement_of(now, fact.engagement)
    if engagement.kind is not Kind.ON_REQUEST:
        raise UsageError(msg("“{id}” is not owed on request: nothing triggers it.", id=engagement.id))
    if engagement.id in now.ended_by:
        raise UsageError(msg("“{id}” is no longer owed: an avenant ended it.", id=engagement.id))
    check_sites(engagement, fact.sites)
    for name in fact.to:
        check_debtor(now, engagement, name)
    if engagement.scope is Scope.CONVENTION and now.term and now.term.due and fact.on > now.term.due:
        yield msg("{day} is after the term, {term}: recorded all the same.", day=fact.on, term=now.term.due)


def _check_occurred(fact: Occurred, scene: Scene) -> None:
    convention = scene.now.convention
    event = next((each for each in convention.events if each.id == fact.event), None)
    if event is None:
        if fact.event in {TERM, *(each.id for each in convention.engagements)}:
            raise UsageError(msg("“{id}” is no event: nothing occurs to it.", id=fact.event))
        problem = msg("No event is called “{name}”.", name=shown(fact.event))
        raise unknown(problem, fact.event, [each.id for each in convention.events])
    day = happened_on(event.id, scene)
    if day and not event.repeats:
        raise UsageError(msg("“{id}” already has a date, {day}, and happens once.", id=event.id, day=day))
    asked = [each for each in convention.engagements if each.trigger == event.id]
    if fact.to and not asked:
        raise UsageError(msg("“{id}” asks nothing of anybody: leave --to out.", id=event.id))
    if len(asked) == 1:
        for name in fact.to:
            check_debtor(scene.now, asked[0], name)


def _voided(fact: Voided, scene: Scene) -> Iterator[Message]:
    known = {each.id: each for each in scene.facts}
    if fact.fact not in known:
        problem = msg("No fact is called “{name}”.", name=shown(fact.fact))
        raise unknown(problem, fact.fact, known)
    if fact.fact in cancellations(scene.facts):
        raise UsageError(msg("{id} is already cancelled.", id=fact.fact))
    if fact.on < known[fact.fact].on:
        yield msg("{day} is before the fact itself, {on}: it never counts.", day=fact.on, on=known[fact.fact].on)
