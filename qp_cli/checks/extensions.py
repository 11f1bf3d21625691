"""Avenants against what they extend: concluded in time, or after it had ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.wording import named
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.words import TERM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.checks.reckoning import Dated, Reckoning
    from qp_cli.checks.subject import Pointer, Subject
    from qp_cli.messages import Message
    from qp_cli.model.journal import Amended


def late_extensions(subject: Subject) -> Iterator[Remark]:
    """An avenant concluded after the term, or the date, that it extends."""
    reckoning = subject.reckoning
    for fact in reckoning.in_force.amendments:
        for number, change in enumerate(fact.changes):
            if change.change in {"extend", "due"}:
                yield from _late(reckoning, fact, change.target, reckoning.place(fact).to("changes", number))


def _late(reckoning: Reckoning, fact: Amended, target: str, place: Pointer) -> Iterator[Remark]:
    dated = reckoning.before(fact, target)
    ends = [deadline.due for deadline in dated.deadlines if deadline.due] if dated else []
    if not dated or not ends or any(each.kind == "suspended" for each in reckoning.in_force.about.get(target, ())):
        return
    concluded = fact.signed or fact.on
    severity = Severity.ERROR if target == TERM else Severity.WARNING
    message = _problem(dated, concluded, max(ends))
    if message is None:
        message, severity = _doubt(dated, fact, max(ends)), Severity.WARNING
    if message:
        hint = msg(
            "What has ended is not extended (C. civ. art. 1213, by analogy): check the day, or make a new agreement"
        )
        yield Remark(place.to("target"), message, hint, ((dated.pointer, msg("the date that it changes")),), severity)


def _problem(dated: Dated, concluded: date, end: date) -> Message | None:
    """What is wrong when an avenant came after the end."""
    if concluded <= end:
        return None
    name = named(dated.name, dated.clause)
    return msg("Concluded on {day}, after {name} had ended, on {end}", day=concluded, name=name, end=end)


def _doubt(dated: Dated, fact: Amended, end: date) -> Message | None:
    """What can be doubted of an avenant that came in time."""
    name = named(dated.name, dated.clause)
    concluded = fact.signed or fact.on
    earliest = min((reading.day for deadline in dated.deadlines for reading in deadline.readings), default=end)
    if concluded > earliest:
        return msg(
            "Concluded on {day}, in time for one reading of {name}, {end}, and late for the other, {other}",
            day=concluded,
            name=name,
            end=end,
            other=earliest,
        )
    if fact.applies_from > end:
        return msg("In effect from {day}, after {name} had ended, on {end}", day=fact.applies_from, name=name, end=end)
    return None
