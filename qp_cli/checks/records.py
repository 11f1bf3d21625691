"""Facts against one another: an event dated twice, a resumption of nothing, cancellations, days out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.subject import Pointer
from qp_cli.checks.wording import named
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.store.places import CONVENTION, JOURNAL
from qp_cli.tracking.journal import cancellations, is_suspended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.model.journal import FactAbout
    from qp_cli.tracking.obligations import PendingObligation


def dated_twice(subject: Subject) -> Iterator[Remark]:
    """An event that happens once, and is given a second date."""
    reckoning = subject.reckoning
    for number, event in enumerate(subject.convention.events):
        facts = reckoning.in_force.happenings.get(event.id, [])
        if event.repeats or not facts:
            continue
        if event.date_:
            day, where, others = event.date_, Pointer(CONVENTION, ("events", number, "date")), facts
        else:
            day, where, others = facts[0].on, reckoning.place(facts[0]).to("on"), facts[1:]
        for fact in others:
            message = msg("{name} already has a date: {day}", name=named(event.id, event.clause), day=day)
            hint = msg("Keep one date: cancel a fact with voided; repeats: true if it can happen again")
            severity = Severity.WARNING if fact.on == day else Severity.ERROR
            place = reckoning.place(fact).to("on")
            yield Remark(place, message, hint, ((where, msg("dated here")),), severity, is_idle=True)


def idle_suspensions(subject: Subject) -> Iterator[Remark]:
    """A resumption of what was not suspended, a suspension of what already was, or both on one day."""
    reckoning = subject.reckoning
    for fact, pointer in reckoning.standing:
        if fact.kind not in {"suspended", "resumed"} or fact.engagement not in reckoning.engagements:
            continue
        slots = reckoning.concerned(fact.engagement, fact)
        if not slots or any(_has_effect(slot, fact) for slot in slots):
            continue
        engagement = reckoning.engagements[fact.engagement]
        name = named(engagement.id, engagement.clause)
        place = pointer.to("kind")
        if any(_undone_that_day(slot, fact) for slot in slots):
            message = msg("{name} is suspended and resumed on one day, {day}: nothing stops", name=name, day=fact.on)
            yield Remark(place, message, msg("Check both days"), is_idle=True)
        elif fact.kind == "resumed":
            message = msg("{name} is resumed, and was not suspended", name=name)
            yield Remark(place, message, msg("Record the suspension too, with its day"), is_idle=True)
        else:
            message = msg("{name} is suspended, and already was", name=name)
            yield Remark(place, message, msg("Record the resumption between the two, with its day"), is_idle=True)


def _has_effect(slot: PendingObligation, fact: FactAbout) -> bool:
    """Whether a suspension stops an obligation that runs, or a resumption makes run one that was stopped."""
    return _suspended_before(slot, fact) is (fact.kind == "resumed") and not _undone_that_day(slot, fact)


def _undone_that_day(slot: PendingObligation, fact: FactAbout) -> bool:
    """Whether the fact before it, suspension or resumption, says the contrary of the same day."""
    earlier = slot.facts[: next(number for number, each in enumerate(slot.facts) if each is fact)]
    last = next((each for each in reversed(earlier) if each.kind in {"suspended", "resumed"}), None)
    return last is not None and last.kind != fact.kind and last.on == fact.on


def _suspended_before(slot: PendingObligation, fact: FactAbout) -> bool:
    """Whether an obligation was suspended when a fact came."""
    earlier: list[FactAbout] = []
    for each in slot.facts:
        if each is fact:
            break
        earlier.append(each)
    return is_suspended(earlier)


def idle_cancellations(subject: Subject) -> Iterator[Remark]:
    """A cancellation of a cancellation, of itself, or of what is already cancelled."""
    kinds = {fact.id: fact.kind for fact in subject.facts}
    first: dict[str, Pointer] = {}
    for number, fact in enumerate(subject.facts):
        if fact.kind != "voided":
            continue
        pointer = Pointer(JOURNAL, ("facts", number, "fact"))
        earlier = first.setdefault(fact.fact, pointer)
        if fact.fact == fact.id:
            message = msg("“{id}” cancels itself", id=fact.id)
            yield Remark(pointer, message, msg("Name the fact that it cancels"), is_idle=True)
        elif kinds.get(fact.fact) == "voided":
            message = msg("“{id}” is itself a cancellation: what it cancelled counts again", id=fact.fact)
            yield Remark(pointer, message, msg("Write the fact anew instead"))
        elif earlier is not pointer:
            message = msg("“{id}” is already cancelled", id=fact.fact)
            yield Remark(pointer, message, msg("Once is enough"), ((earlier, msg("cancelled here")),), is_idle=True)


def recorded_early(subject: Subject) -> Iterator[Remark]:
    """A fact written down before the day it is said to have happened."""
    cancelled = cancellations(subject.facts)
    for number, fact in enumerate(subject.facts):
        happened = max(fact.on, fact.signed or fact.on) if fact.kind == "amended" else fact.on
        if fact.recorded and fact.recorded < happened and fact.id not in cancelled:
            message = msg("Recorded on {recorded}, before the day it is said to have happened, {day}",
                          recorded=fact.recorded, day=happened)  # fmt: skip
            pointer = Pointer(JOURNAL, ("facts", number, "recorded"))
            yield Remark(pointer, message, msg("Check both days; what is only planned is not recorded"))
