"""The state of an obligation at a day."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.computation import Step
from qp_cli.messages import msgs
from qp_cli.model.words import Kind, Scope
from qp_cli.tracking.deadlines import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.model.journal import FactAbout
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.notices import Notice
    from qp_cli.tracking.obligations import Slot
    from qp_cli.tracking.timeline import Moment


class State(StrEnum):
    """Where an obligation stands at a day, after Symboleo's life cycle."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    UPCOMING = "upcoming"
    OPEN = "open"
    IN_EFFECT = "in-effect"
    CONDITIONAL = "conditional"
    SUSPENDED = "suspended"
    FULFILLED = "fulfilled"
    FULFILLED_LATE = "fulfilled-late"
    DISCHARGED = "discharged"
    BREACHED = "breached"
    EXPIRED = "expired"


class Standing(NamedTuple):
    """A state with what it rests on.

    Attributes:
        state: where the obligation stands.
        deadline: its deadline, with the working.
        days_late: days after the due date, None unless late; of a suspended one, those before its suspension.
        fulfilled_on: the day it was performed.
        notice: the formal notice that stands against it.
    """

    state: State
    deadline: Deadline
    days_late: int | None = None
    fulfilled_on: date | None = None
    notice: Notice | None = None


class Outlook(NamedTuple):
    """What every state is read against: the day, when the convention starts and ends, what counts as soon."""

    as_of: date
    start: Moment | None
    term: Moment | None
    soon: timedelta


def stand(slot: Slot, outlook: Outlook, *, ended: bool) -> Standing:
    """The state of an obligation at the end of `outlook.as_of`; due today is not overdue."""
    facts = slot.deciding
    continuing = slot.engagement.kind is Kind.CONTINUING
    if not facts and not ended:  # most of them: nothing happened
        if continuing:
            return Standing(_continuing(slot.deadline, facts, outlook), slot.deadline)
        return _pending(slot, slot.deadline, outlook)
    due = slot.engagement.due
    deadline = shifted(slot.deadline, facts, calendar=due is not None and due.form in {"every", "rrule"})
    deciding = next((fact for fact in facts if fact.kind in {"waived", "fulfilled"}), None)
    if deciding and deciding.kind == "fulfilled" and not continuing:
        paused = is_suspended(facts[: facts.index(deciding)])
        return Standing(State.FULFILLED, deadline, None, deciding.on) if paused else _fulfilled(deadline, deciding.on)
    if ended or any(fact.kind == "waived" for fact in facts):
        return Standing(State.DISCHARGED, deadline)
    if continuing:
        return Standing(_continuing(deadline, facts, outlook), deadline)
    if any(fact.kind == "breached" for fact in facts):
        return Standing(State.BREACHED, deadline)
    if is_suspended(facts):
        return Standing(State.SUSPENDED, deadline, _late_before(deadline, facts))
    return _pending(slot, deadline, outlook)


def _late_before(deadline: Deadline, facts: Sequence[FactAbout]) -> int | None:
    """The days by which an obligation was already late when it was suspended."""
    began = next(fact.on for fact in reversed(facts) if fact.kind == "suspended")
    if deadline.due is None or deadline.basis is Basis.TARGET or began <= deadline.due:
        return None
    return (began - deadline.due).days


def _fulfilled(deadline: Deadline, done: date) -> Standing:
    if deadline.due and done > deadline.due and deadline.basis is not Basis.TARGET:
        return Standing(State.FULFILLED_LATE, deadline, (done - deadline.due).days, done)
    return Standing(State.FULFILLED, deadline, None, done)


def _pending(slot: Slot, deadline: Deadline, outlook: Outlook) -> Standing:
    if deadline.due is None:
        return Standing(_undated(slot, deadline, outlook), deadline)
    left = deadline.due - outlook.as_of
    if left < timedelta(0):
        if deadline.basis is Basis.TARGET:
            return Standing(State.OPEN, deadline)
        return Standing(State.OVERDUE, deadline, -left.days)
    return Standing(State.DUE_SOON if left <= outlook.soon else State.UPCOMING, deadline)


def _undated(slot: Slot, deadline: Deadline, outlook: Outlook) -> State:
    """No day: still waiting, or owed without a number; nothing can trigger it once the term has passed."""
    if not deadline.waiting_for:
        return State.OPEN
    untriggered = slot.engagement.kind is Kind.ON_REQUEST and slot.trigger is None
    if untriggered and slot.engagement.scope is Scope.CONVENTION and _passed(outlook.term, outlook.as_of):
        return State.EXPIRED
    return State.CONDITIONAL


def _continuing(deadline: Deadline, facts: Sequence[FactAbout], outlook: Outlook) -> State:
    if any(fact.kind == "breached" for fact in facts):
        return State.BREACHED
    if deadline.due and outlook.as_of > deadline.due:
        return State.EXPIRED
    if is_suspended(facts):
        return State.SUSPENDED
    if deadline.due is None and deadline.waiting_for:
        return State.CONDITIONAL
    if outlook.start and outlook.start.day and outlook.as_of < outlook.start.day:
        return State.UPCOMING
    return State.IN_EFFECT


def _passed(moment: Moment | None, as_of: date) -> bool:
    return bool(moment and moment.day and as_of > moment.day)


def is_suspended(facts: Sequence[FactAbout]) -> bool:
    """Whether the last suspension has not been followed by a resumption."""
    last = [fact for fact in facts if fact.kind in {"suspended", "resumed"}][-1:]
    return bool(last) and last[0].kind == "suspended"


def shifted(deadline: Deadline, facts: Sequence[FactAbout], *, calendar: bool = False) -> Deadline:
    """The deadline moved by the days of each suspension that began on or before it and has ended.

    Only the days that its own period lost count; of the days of a calendar (`calendar`), only one that fell in
    the suspension moves; the term stays where it is.
    """
    if deadline.due is None or deadline.basis is Basis.TERM:
        return deadline
    began: date | None = None
    for fact in facts:
        if fact.kind == "suspended" and began is None:
            began = fact.on
        elif fact.kind == "resumed" and began is not None:
            untouched = calendar and fact.on <= deadline.due
            if began <= deadline.due and not untouched:
                deadline = _moved(deadline, _lost(deadline, began, fact.on))
            began = None
    return deadline


def _lost(deadline: Deadline, began: date, ended: date) -> int:
    """The days that a suspension takes from a period: none before its origin."""
    origin = deadline.origin
    if origin is None or (deadline.due and origin > deadline.due):  # counted back from its origin
        return (ended - began).days
    return max(0, (ended - max(began, origin)).days)


def _moved(deadline: Deadline, days: int) -> Deadline:
    if not days:
        return deadline
    due = deadline.due + timedelta(days=days) if deadline.due else None
    text = msgs(
        "Suspended for {count} day: as much is added",
        "Suspended for {count} days: as much is added",
        count=days,
    )
    return deadline._replace(due=due, steps=(*deadline.steps, Step("suspension", text, "", due)))
