"""Avenants: whether each change can do what it says, and was concluded in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark, named
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.facts import End, Extend, Reaching, Reassign, Redate
from qp_cli.model.kinds import ALL, TERM
from qp_cli.tracking.changes import is_partial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.checks.dates import ComputedDates, Dated
    from qp_cli.checks.repository import Subject
    from qp_cli.checks.rule import Pointer
    from qp_cli.messages import Message
    from qp_cli.model.facts import Amended


_PARTS = ("occurrence", "request", "debtor", "sites")


def unfit_changes(subject: Subject) -> Iterator[Remark]:
    """A change of an avenant that cannot do what it says."""
    if not subject.avenants:
        return
    computed_dates = subject.computed_dates
    ended: dict[str, Amended] = {}
    for fact, change, place in computed_dates.changes:
        if change.since and change.since > fact.applies_from:
            message = msg("The avenant applies from {day}, and this is later", day=fact.applies_from)
            yield Remark(place.to("since"), message, msg("To apply later, give the avenant its day under effect"))
        if not isinstance(change, Reaching):
            continue
        if change.target == TERM:
            yield from _of_the_term(change, place, has_term=subject.convention.term is not None)
        elif change.target in ended and _reaches_nothing(change, computed_dates):
            yield _of_what_ended(change, place, ended[change.target], computed_dates)
        elif isinstance(change, End) and not is_partial(change):
            ended.setdefault(change.target, fact)


def _of_the_term(change: Reaching, place: Pointer, *, has_term: bool) -> Iterator[Remark]:
    if not has_term:
        yield Remark(place.to("target"), msg("The convention has no term: there is none to change"))
    elif isinstance(change, Reassign):
        hint = msg("Name an engagement: of those that one party owes, each is handed over by itself")
        yield Remark(place.to("target"), msg("Nobody owes the term: it is handed over to nobody"), hint)
    elif isinstance(change, End):
        hint = msg("Write change: due, with the new date")
        yield Remark(place.to("target"), msg("The term cannot be ended: give it another date"), hint)
    for key in _PARTS:
        if getattr(change, key, None):
            message = msg("The term is the whole convention's: it has no part to change")
            yield Remark(place.to(key), message, msg("Leave {key} out", key=key))


def owed_to_oneself(subject: Subject) -> Iterator[Remark]:
    """A transfer to whom the engagement is owed: the new debtor is its only creditor."""
    computed_dates = subject.computed_dates
    for _, change, place in computed_dates.changes:
        engagement = computed_dates.engagements.get(change.target) if isinstance(change, Reassign) else None
        if not isinstance(change, Reassign) or engagement is None:
            continue
        owed_to = _persons(engagement.creditors, computed_dates)
        if owed_to and _persons(change.debtors, computed_dates) == owed_to:
            name = named(engagement.id, engagement.clause)
            who = ", ".join(sorted(computed_dates.directory.label(each) for each in owed_to))
            message = msg("{name} is handed over to {who}, to whom it is owed", name=name, who=who)
            hint = msg("Check debtors; what one owes to oneself is extinguished: change: end says so")
            yield Remark(place.to("debtors"), message, hint)


def _persons(names: tuple[str, ...], computed_dates: ComputedDates) -> frozenset[str]:
    """The legal persons that some parties, groups and roles stand for."""
    directory = computed_dates.directory
    return frozenset(directory.legal_person(party) for name in names for party in directory.members(name))


def _reaches_nothing(change: Reaching, computed_dates: ComputedDates) -> bool:
    """Whether nothing is left of an engagement that was ended; its end is not said twice."""
    if isinstance(change, End) and not is_partial(change):
        return True
    rows = computed_dates.pending(change.target)
    return all(one.ended_by or one.replaced_by or one.settled_by for one in rows)


def _of_what_ended(change: Reaching, place: Pointer, avenant: Amended, computed_dates: ComputedDates) -> Remark:
    target = change.target
    engagement = computed_dates.engagements.get(target)
    name = named(target, engagement.clause if engagement else None)
    message = msg("{name} is no longer owed: the avenant “{id}” ended it", name=name, id=avenant.id)
    return Remark(
        place.to("target"), message, related=((computed_dates.place(avenant), msg("ended here")),), is_idle=True
    )


def late_extensions(subject: Subject) -> Iterator[Remark]:
    """An avenant concluded after the term, or the date, that it extends."""
    computed_dates = subject.computed_dates
    for fact in computed_dates.in_force.amendments:
        for number, change in enumerate(fact.changes):
            if isinstance(change, Extend | Redate):
                yield from _late(computed_dates, fact, change.target, computed_dates.place(fact).to("changes", number))


def _late(computed_dates: ComputedDates, fact: Amended, target: str, place: Pointer) -> Iterator[Remark]:
    dated = computed_dates.before(fact, target)
    ends = [deadline.due for deadline in dated.deadlines if deadline.due] if dated else []
    if not dated or not ends or not computed_dates.suspended.isdisjoint((target, ALL)):
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
