"""Shapes: due dates that suit their engagement, roles that somebody holds, periods that can be lengthened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.subject import Pointer
from qp_cli.messages import msg
from qp_cli.model.dues import EarliestOf, Every, LatestOf, Rule, Within
from qp_cli.model.words import TERM, Kind
from qp_cli.store.places import CONVENTION
from qp_cli.tracking.versions import extendable, is_partial

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qp_cli.checks.subject import Subject
    from qp_cli.model.dues import Due


SERIES = (Every, Rule)
CHOICES = (EarliestOf, LatestOf)
"""Forms of due date, in tuples: a union is put together anew at each `isinstance`."""


def vacant_roles(subject: Subject) -> Iterator[Remark]:
    """A role that nobody holds: what it owes is owed by nobody known."""
    for number, role in enumerate(subject.convention.roles):
        if not role.held_by:
            place = Pointer(CONVENTION, ("roles", number))
            yield Remark(place, msg("Nobody holds the role “{id}”", id=role.id), msg("Name its holders under held_by"))


def no_engagement(subject: Subject) -> Iterator[Remark]:
    """A convention without any engagement: nothing is owed by anybody."""
    if not subject.engagements:
        message = msg("The convention has no engagement: nothing is owed")
        hint = msg("Write what its text binds each party to, under engagements")
        yield Remark(Pointer(CONVENTION, ("engagements",)), message, hint)


def recurs(due: Due | None) -> bool:
    """Whether a due date comes back."""
    return isinstance(due, SERIES) or (isinstance(due, Within) and isinstance(due.from_, SERIES))


def unfit_dues(subject: Subject) -> Iterator[Remark]:
    """A due date that does not go with what it dates."""
    kinds = {engagement.id: engagement.kind for engagement, _ in subject.engagements}
    for name, due, pointer in subject.dues:
        kind = kinds.get(name)
        yield from without_start(due, pointer)
        if recurs(due) and kind is not Kind.RECURRING:
            hint = msg("Make it kind: recurring, or give it one date")
            yield Remark(pointer, msg("This due date comes back, and “{id}” is owed once", id=name), hint)
        if kind is not Kind.ON_REQUEST:
            yield from _without_origin(due, pointer)
        yield from _nested(due, pointer)
    for engagement, pointer in subject.engagements:
        if engagement.kind is Kind.RECURRING and not recurs(engagement.due):
            message = msg("“{id}” is recurring, and nothing says how often", id=engagement.id)
            yield Remark(pointer.to("due"), message, msg("Write due: {{every: P1Y, from: …}}"))
        if engagement.target and engagement.kind is not Kind.ON_REQUEST:
            message = msg("A target is for what is owed on request")
            yield Remark(pointer.to("target"), message, msg("Write it as due, with the clause that sets it"))
    yield from _unfit_changes(subject, kinds)


def _unfit_changes(subject: Subject, kinds: Mapping[str, Kind]) -> Iterator[Remark]:
    """Due dates that avenants give to what recurs: a series to the whole of it, one date to one occurrence."""
    for change, pointer in subject.changes:
        if change.change != "due" or kinds.get(change.target) is not Kind.RECURRING:
            continue
        if change.occurrence and recurs(change.due):
            message = msg("One occurrence of “{id}” has one date, and this one comes back", id=change.target)
            yield Remark(pointer.to("due"), message, msg("Give it one date, or leave occurrence out"))
        elif not change.occurrence and not recurs(change.due):
            message = msg("“{id}” is recurring, and this gives it one date", id=change.target)
            hint = msg("Write due: {{every: P1Y, from: …}}, or name one occurrence")
            yield Remark(pointer.to("due"), message, hint)


def starts_once(series: Every | Rule) -> bool:
    """Whether a series says from where it is counted, in one way."""
    return isinstance(series, Rule) or (series.from_ is None) is not (series.first is None)


def without_start(due: Due, pointer: Pointer) -> Iterator[Remark]:
    """A series that does not say from where it is counted, or says it twice."""
    if isinstance(due, CHOICES):
        key = "earliest_of" if isinstance(due, EarliestOf) else "latest_of"
        for number, choice in enumerate(getattr(due, key)):
            yield from without_start(choice, pointer.to(key, number))
    elif isinstance(due, Within) and isinstance(due.from_, SERIES):
        yield from without_start(due.from_, pointer.to("from"))
    elif isinstance(due, SERIES) and not starts_once(due):
        message = msg("This series has both from and first")
        if isinstance(due, Every) and due.first is None:
            message = msg("Nothing says from where this series is counted")
        yield Remark(pointer, message, msg("Write from: (the first date comes one period later), or first: (that day)"))


def _without_origin(due: Due, pointer: Pointer) -> Iterator[Remark]:
    match due:
        case Within(from_=None):
            hint = msg("Add from: with an event, an engagement or a day")
            yield Remark(pointer, msg("Nothing says what this period is counted from"), hint)
        case EarliestOf(earliest_of=choices):
            for number, choice in enumerate(choices):
                yield from _without_origin(choice, pointer.to("earliest_of", number))
        case LatestOf(latest_of=choices):
            for number, choice in enumerate(choices):
                yield from _without_origin(choice, pointer.to("latest_of", number))
        case _:
            pass


def _nested(due: Due, pointer: Pointer) -> Iterator[Remark]:
    if not isinstance(due, CHOICES):
        return
    key = "earliest_of" if isinstance(due, EarliestOf) else "latest_of"
    for number, choice in enumerate(getattr(due, key)):
        if recurs(choice):
            yield Remark(pointer.to(key, number), msg("A date that comes back cannot be one of several dates"))
        yield from _nested(choice, pointer.to(key, number))


def repeated_origins(subject: Subject) -> Iterator[Remark]:
    """A period counted from what happens several times: from which of them, nothing says."""
    events = {event.id for event in subject.convention.events if event.repeats}
    engagements = {engagement.id: engagement for engagement, _ in subject.engagements}
    for name, target, place in subject.referred:
        owner = engagements.get(name)
        own = owner and owner.kind is Kind.ON_REQUEST and target == owner.trigger
        several = target in engagements and engagements[target].kind in {Kind.RECURRING, Kind.ON_REQUEST}
        if (target in events and not own) or several:
            message = msg("“{id}” can happen several times: no single day to count from", id=target)
            hint = msg("Make it kind: on-request with trigger: {id}", id=target)
            yield Remark(place, message, hint if target in events else None)


def unextendable(subject: Subject) -> Iterator[Remark]:
    """An avenant that lengthens what is no period."""
    if not subject.avenants:
        return
    convention = subject.convention
    dues: dict[str, Due | None] = {engagement.id: engagement.due for engagement in convention.engagements}
    dues[TERM] = convention.term.due if convention.term else None
    for fact in subject.reckoning.in_force.amendments:
        for number, change in enumerate(fact.changes):
            if change.change == "add":
                dues[change.engagement.id] = change.engagement.due
            elif change.change == "due" and not is_partial(change):
                dues[change.target] = change.due
            elif change.change == "extend" and change.target in dues and not extendable(dues[change.target]):
                pointer = subject.reckoning.place(fact).to("changes", number)
                message = msg("“{id}” is no period in months or days: it cannot be lengthened", id=change.target)
                yield Remark(pointer, message, msg("Write change: due, with the new date"))
