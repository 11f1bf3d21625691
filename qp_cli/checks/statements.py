"""What documents say, against what the text and the journal give: years claimed, things said done, days missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.subject import Pointer
from qp_cli.checks.wording import named
from qp_cli.messages import msg, msgs
from qp_cli.model.words import TERM
from qp_cli.store.places import CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.checks.reckoning import Reckoning
    from qp_cli.checks.subject import Subject
    from qp_cli.messages import Message
    from qp_cli.model.convention import Event

_SHOWN = 3


def claimed_years(subject: Subject) -> Iterator[Remark]:
    """Years that a document claims, and that the clause does not give."""
    reckoning = subject.reckoning
    for number, claim in enumerate(subject.convention.claims):
        span = _span(reckoning, claim.about)
        if span is None:
            continue
        first, last = span
        if claim.first_year in {None, first.year} and claim.last_year in {None, last.year}:
            continue
        what = {"says": claim.says, "where": claim.where, "name": named(claim.about, _clause(reckoning, claim.about))}
        if first == last:
            message = msg("“{says}” ({where}) is not what {name} gives: {day}", **what, day=last)
        else:
            days = {"first": first, "last": last}
            message = msg("“{says}” ({where}) is not what {name} gives: {first} to {last}", **what, **days)
        hint = msg("Rely on the clause: only an avenant in force changes it")
        yield Remark(Pointer(CONVENTION, ("claims", number, "says")), message, hint, _declared(subject, claim.about))


def _span(reckoning: Reckoning, name: str) -> tuple[date, date] | None:
    """The first and last day of the convention, or the one day of anything else; None while it has none."""
    if name == TERM:
        end = reckoning.day(TERM)
        return (reckoning.start or end, end) if end else None
    dated = reckoning.find(name)
    day = next((each.due for each in dated.deadlines), None) if dated else reckoning.day(name)
    return (day, day) if day else None


def _clause(reckoning: Reckoning, name: str) -> str:
    if name == TERM:
        return (reckoning.convention.term.clause if reckoning.convention.term else None) or ""
    event = reckoning.assessment.references.event(name)
    found = event or reckoning.engagements.get(name)
    return (found.clause if found else None) or ""


def _declared(subject: Subject, name: str) -> tuple[tuple[Pointer, Message], ...]:
    """Where something is declared."""
    for space, other, pointer in subject.declared:
        if space == "event" and other == name:
            return ((pointer if name == TERM else pointer.to("id"), msg("declared here")),)
    return ()


def claimed_as_done(subject: Subject) -> Iterator[Remark]:
    """A document that speaks of something as done, while nothing dated bears it out."""
    reckoning = subject.reckoning
    for number, claim in enumerate(subject.convention.claims):
        if not claim.done or claim.about == TERM or reckoning.day(claim.about):
            continue
        parts = {"says": claim.says, "where": claim.where, "name": named(claim.about, _clause(reckoning, claim.about))}
        if claim.about in reckoning.engagements:
            message = msg("“{says}” ({where}) speaks of {name} as done, and no fulfilment of it is recorded", **parts)
        else:
            message = msg("“{says}” ({where}) speaks of {name} as done, and it has no date", **parts)
        hint = msg("If it was done, record the fact, with its day and what shows it")
        yield Remark(Pointer(CONVENTION, ("claims", number, "says")), message, hint, _declared(subject, claim.about))


def undated_events(subject: Subject) -> Iterator[Remark]:
    """The signature, the approval, or an event that dates are counted from, and that has no date."""
    counted: dict[str, list[Pointer]] = {}
    for _, name, place in subject.referred:
        counted.setdefault(name, []).append(place)
    for number, event in enumerate(subject.convention.events):
        dependent = counted.get(event.id, [])
        message = _missing_day(subject, event, len(dependent))
        if message and not event.repeats and subject.reckoning.day(event.id) is None:
            hint = msg("Once its day is known, record an occurred fact in the journal")
            related = tuple((place, msg("counted from it")) for place in dependent[:_SHOWN])
            yield Remark(Pointer(CONVENTION, ("events", number, "id")), message, hint, related)


def _missing_day(subject: Subject, event: Event, dependent: int) -> Message | None:
    """What the missing day of an event leaves open; None where nothing depends on it."""
    name = named(event.id, event.clause)
    if event.id == subject.convention.signature:
        return msg("The signature, {name}, has no date", name=name)
    if event.id == subject.convention.approval:
        return msg("The approval, {name}, has no date", name=name)
    if not dependent:
        return None
    return msgs(
        "{name} has no date, and {count} date is counted from it",
        "{name} has no date, and {count} dates are counted from it",
        count=dependent,
        name=name,
    )
