"""Avenants: whether each change can do what it says, and was concluded in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark, named
from qp_cli.findings import Severity
from qp_cli.messages import msg, msgs
from qp_cli.model.facts import End, Extend, Reaching, Reassign, Redate
from qp_cli.model.kinds import ALL, TERM, Kind
from qp_cli.tracking.account import FormerDate
from qp_cli.tracking.avenants import is_meant
from qp_cli.tracking.changes import is_partial
from qp_cli.tracking.journal import FactsInForce

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.checks.dates import ComputedDates, Dated
    from qp_cli.checks.repository import Subject
    from qp_cli.checks.rule import Pointer
    from qp_cli.messages import Message
    from qp_cli.model.facts import Amended
    from qp_cli.tracking.obligations import PendingObligation


_SEVERAL = frozenset({Kind.RECURRING, Kind.ON_REQUEST})
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
    ended: set[str] = set()
    for fact in computed_dates.in_force.amendments:
        for number, change in enumerate(fact.changes):
            if isinstance(change, End) and not is_partial(change):
                ended.add(change.target)
            if isinstance(change, Extend | Redate) and change.target not in ended:
                place = computed_dates.place(fact).to("changes", number, "target")
                yield from _late_change(computed_dates, fact, change, place)


def _late_change(
    computed_dates: ComputedDates, fact: Amended, change: Extend | Redate, place: Pointer
) -> Iterator[Remark]:
    is_of_all = change.target == TERM or not is_partial(change)
    dated = computed_dates.before(fact, change.target) if is_of_all else None
    seen = _late_for_all(computed_dates, fact, dated) if dated else None
    if seen and dated:
        yield _late(place, *seen, dated.pointer)
    elif message := _late_for_some(computed_dates, fact, change):
        yield _late(place, message, Severity.WARNING, computed_dates.places.get(change.target))


def _late(place: Pointer, message: Message, severity: Severity, dated: Pointer | None) -> Remark:
    hint = msg("What has ended is not extended (C. civ. art. 1213, by analogy): check the day, or make a new agreement")
    related = ((dated, msg("the date that it changes")),) if dated else ()
    return Remark(place, message, hint, related, severity)


def _late_for_all(computed_dates: ComputedDates, fact: Amended, dated: Dated) -> tuple[Message, Severity] | None:
    """What is wrong, or can be doubted, of a change of the term or of all that an engagement's words date."""
    ends = [deadline.due for deadline in dated.deadlines if deadline.due]
    concluded = fact.signed or fact.on
    if not ends or (dated.engagement and not computed_dates.suspended.isdisjoint((dated.name, ALL))):
        return None
    stopped = FactsInForce(computed_dates.assessment.shared.journal, concluded).term_stopped
    if not dated.engagement and stopped and stopped.on <= max(ends):  # it does not run
        return None
    if problem := _problem(dated, concluded, max(ends)):
        return problem, Severity.WARNING if dated.engagement else Severity.ERROR
    doubt = _doubt(dated, fact, max(ends))
    return (doubt, Severity.WARNING) if doubt else None


def _late_for_some(computed_dates: ComputedDates, fact: Amended, change: Extend | Redate) -> Message | None:
    """What is wrong where some obligations were moved, or replaced, whose own date had passed: by suspensions too."""
    concluded = fact.signed or fact.on
    context = computed_dates.assessment.current
    ends = {
        former.due
        for one in computed_dates.pending(change.target)
        if is_meant(one, change, context)
        for former in _former_dates(one, fact)
        if former.due and not (former.held_since and former.held_since <= former.due)
    }
    engagement = computed_dates.engagements.get(change.target)
    name = named(change.target, engagement.clause if engagement else None)
    if passed := [end for end in ends if end < concluded]:
        first = min(passed)
        if engagement and engagement.kind not in _SEVERAL:
            return msg("Concluded on {day}, after {name} had ended, on {end}", day=concluded, name=name, end=first)
        return msgs(
            "Concluded on {day}, after a date of {name} that it changes, {end}",
            "Concluded on {day}, after {count} dates of {name} that it changes, the first on {end}",
            count=len(passed),
            day=concluded,
            name=name,
            end=first,
        )
    if passed := [end for end in ends if end < fact.applies_from]:
        return msg("In effect from {day}, after {name} had ended, on {end}",
                   day=fact.applies_from, name=name, end=min(passed))  # fmt: skip
    return None


def _former_dates(one: PendingObligation, fact: Amended) -> Iterator[FormerDate]:
    """The date of an obligation that an avenant moved, or put another in place of."""
    if one.replaced_by == fact.id:
        yield FormerDate(fact.id, one.due_now().due, one.account.open_since)
    yield from (former for former in one.former_dates if former.avenant == fact.id)


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
