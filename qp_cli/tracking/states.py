"""The state of an obligation at a day, the formal notices it answers to, and what its reader has to know beside it."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from qp_cli.law.counting import SUSPENSION_SOURCE
from qp_cli.law.dates import Step
from qp_cli.messages import msg
from qp_cli.model.facts import Fulfilled, Notified
from qp_cli.model.kinds import Kind, Scope
from qp_cli.tracking.deadlines import Basis, counted_from
from qp_cli.tracking.references import ReferenceDay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qp_cli.model.facts import FactAbout
    from qp_cli.tracking.account import Account
    from qp_cli.tracking.deadlines import Dates, Deadline
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.situation import Obligation


class Notice(NamedTuple):
    """A formal notice that stands: the fact that records it, its day, and the deadline it sets, if any."""

    fact: str
    on: date
    cure: Deadline | None = None


def last_notice(facts: Sequence[FactAbout], dates: Dates) -> Notice | None:
    """The last formal notice given, its cure period counted from its day under the convention's regime."""
    notices = [fact for fact in facts if isinstance(fact, Notified)]
    if not notices:
        return None
    fact = notices[-1]
    if fact.cure is None:
        return Notice(fact.id, fact.on)
    given = ReferenceDay(fact.on, name=fact.kind, title=fact.note or "", fact=fact.id)
    return Notice(fact.id, fact.on, counted_from(fact.cure, given, dates))


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
    EXERCISED = "exercised"
    LAPSED = "lapsed"


class Standing(NamedTuple):
    """A state with what it rests on.

    Attributes:
        state: where the obligation stands.
        deadline: its deadline, with the working.
        days_late: days after the due date, None unless late; of a suspended one, those before its suspension.
        fulfilled_on: the day it was performed; of an option, exercised.
        notice: the formal notice that stands against it.
    """

    state: State
    deadline: Deadline
    days_late: int | None = None
    fulfilled_on: date | None = None
    notice: Notice | None = None


class StateContext(NamedTuple):
    """What every state is read against: the day, when the convention starts and ends, what counts as soon.

    Attributes:
        start: the day that the convention runs from, where it is known.
        term: the day of its term, where it has one.
        has_begun: whether it runs, where its term has no date.
        term_stopped_on: the day since which the term does not run, where it was suspended before it came.
    """

    as_of: date
    start: date | None
    term: date | None
    soon: timedelta
    has_begun: bool = True
    term_stopped_on: date | None = None


def _settled(one: PendingObligation, deadline: Deadline, state_context: StateContext) -> Standing | None:
    """Where an obligation stands that nothing is owed of any more; None for the others."""
    done = one.settled_by
    if done and isinstance(done, Fulfilled) and one.engagement.kind is Kind.OPTION:
        return option_standing(deadline, state_context.as_of, done.on)
    if done and isinstance(done, Fulfilled):
        if one.account.was_suspended_at(done):
            return Standing(State.FULFILLED, deadline, None, done.on)
        return _fulfilled(deadline, done.on)
    if done or one.ended_by or one.replaced_by:
        return Standing(State.DISCHARGED, deadline)
    return None


def stand(one: PendingObligation, state_context: StateContext) -> Standing:
    """The state of an obligation at the end of `outlook.as_of`; due today is not overdue."""
    continuing = one.engagement.kind is Kind.CONTINUING
    if not one.facts and not one.avenants:  # most of them: nothing happened
        deadline = one.deadline
        if continuing:
            return Standing(_continuing(deadline, state_context), deadline)
        if one.engagement.kind is Kind.OPTION:
            return _option(one, deadline, state_context)
        return _pending(one, deadline, state_context)
    account, deadline = one.account, one.due_now()
    if one.is_dated_anew and one.engagement.due:
        deadline = deadline._replace(basis=Basis.AMENDMENT)
    if settled := _settled(one, deadline, state_context):
        return settled
    if continuing:
        return Standing(_continuing(deadline, state_context, account), deadline)
    if one.engagement.kind is Kind.OPTION:
        return _option(one, deadline, state_context)
    if account.breach:
        return Standing(State.BREACHED, deadline)
    if since := account.open_since:
        return Standing(State.SUSPENDED, _stopped(deadline, since), _late_before(deadline, since))
    return _pending(one, deadline, state_context)


def option_standing(deadline: Deadline, as_of: date, exercised_on: date | None = None) -> Standing:
    """Where an option (faculté) with a date stands: exercised, open until the end of its last day, or lapsed.

    It is never late. Without a date, and where nothing is awaited that gives one, it is open.
    """
    if exercised_on:
        return Standing(State.EXERCISED, deadline, None, exercised_on)
    lapsed = deadline.due is not None and as_of > deadline.due
    return Standing(State.LAPSED if lapsed else State.OPEN, deadline)


def _option(one: PendingObligation, deadline: Deadline, state_context: StateContext) -> Standing:
    """An option that nobody exercised; a suspension that began by its last day keeps it from lapsing."""
    began = one.account.open_since if one.facts else None
    if began and not _late_before(deadline, began):
        return Standing(State.SUSPENDED, _stopped(deadline, began))
    if deadline.due is None:
        return Standing(_undated(one, deadline, state_context), deadline)
    if waiting := _waiting_for_the_term(one, deadline, state_context):
        return waiting
    return option_standing(deadline, state_context.as_of)


def _waiting_for_the_term(one: PendingObligation, deadline: Deadline, state_context: StateContext) -> Standing | None:
    """What rests on a term that does not run: its date waits for the term's; None where it was passed by then."""
    since = state_context.term_stopped_on
    if since is None or deadline.due is None or deadline.due < since:
        return None
    if deadline.basis is not Basis.TERM and one.engagement.id not in one.context.counted_from_the_term:
        return None
    text = msg("The term is suspended since {first}: counted again once it resumes", first=since)
    step = Step("suspension", text, SUSPENSION_SOURCE, None)
    return Standing(State.SUSPENDED, deadline._replace(steps=(*deadline.steps, step)))


def _stopped(deadline: Deadline, since: date) -> Deadline:
    """The date of what is suspended now, whose working says so where it is the end of a period that ran by then."""
    counted = deadline.computation
    if deadline.due is None or since > deadline.due or counted is None or counted.backwards or deadline.is_length:
        return deadline
    text = msg("Suspended since {first}: counted again once it resumes", first=since)
    return deadline._replace(steps=(*deadline.steps, Step("suspension", text, SUSPENSION_SOURCE, None)))


def _late_before(deadline: Deadline, began: date) -> int | None:
    """The days by which an obligation was already late when it was suspended."""
    if deadline.due is None or deadline.basis is Basis.TARGET or began <= deadline.due:
        return None
    return (began - deadline.due).days


def _fulfilled(deadline: Deadline, done: date) -> Standing:
    if deadline.due and done > deadline.due and deadline.basis is not Basis.TARGET:
        return Standing(State.FULFILLED_LATE, deadline, (done - deadline.due).days, done)
    return Standing(State.FULFILLED, deadline, None, done)


def _pending(one: PendingObligation, deadline: Deadline, state_context: StateContext) -> Standing:
    if deadline.due is None:
        return Standing(_undated(one, deadline, state_context), deadline)
    if waiting := _waiting_for_the_term(one, deadline, state_context):
        return waiting
    left = deadline.due - state_context.as_of
    if left < timedelta(0):
        if deadline.basis is Basis.TARGET:
            return Standing(State.OPEN, deadline)
        return Standing(State.OVERDUE, deadline, -left.days)
    return Standing(State.DUE_SOON if left <= state_context.soon else State.UPCOMING, deadline)


def _undated(one: PendingObligation, deadline: Deadline, state_context: StateContext) -> State:
    """No day: still waiting, or owed without a number; nothing can trigger it once the term has passed."""
    if not deadline.waiting_for:
        return State.OPEN
    if one.awaits_request and one.engagement.scope is Scope.CONVENTION and _is_past(state_context):
        return State.EXPIRED
    return State.CONDITIONAL


def _continuing(deadline: Deadline, state_context: StateContext, account: Account | None = None) -> State:
    """Where what is owed throughout stands: without a known end it is in effect, once the convention has begun."""
    if account and account.breach:
        return State.BREACHED
    stopped = deadline.basis is Basis.TERM and state_context.term_stopped_on is not None
    if deadline.due and state_context.as_of > deadline.due and not stopped:
        return State.EXPIRED
    if account and account.open_since:
        return State.SUSPENDED
    endless = deadline.basis is Basis.TERM and state_context.has_begun
    if deadline.due is None and deadline.waiting_for and not endless:
        return State.CONDITIONAL
    if state_context.start and state_context.as_of < state_context.start:
        return State.UPCOMING
    return State.IN_EFFECT


def _is_past(state_context: StateContext) -> bool:
    term = state_context.term
    return term is not None and state_context.as_of > term and state_context.term_stopped_on is None


_LATE = frozenset({State.OVERDUE, State.FULFILLED_LATE, State.BREACHED})


class Note(StrEnum):
    """What there is to know, by a key that does not change."""

    BEFORE_APPROVAL = "before-approval"
    CARRY_OVER_UNSETTLED = "carry-over-unsettled"
    OPEN_ENDED = "open-ended"
    NO_DATE = "no-date"
    VACANT_ROLE = "vacant-role"
    DOES_NOT_SIGN = "does-not-sign"
    EVIDENCE = "evidence"
    OUT_OF_TIME = "out-of-time"
    IN_PART = "in-part"


class Ground(Protocol):
    """What notes are read against: a situation, or what lists of several conventions keep of one."""

    @property
    def as_of(self) -> date:
        """The day looked at."""

    @property
    def approved_on(self) -> date | None:
        """The day the convention was approved, where that is known, whether it has come or not."""

    @property
    def directory(self) -> Directory:
        """Who is who."""


def notes_on(ground: Ground, obligation: Obligation) -> tuple[Note, ...]:
    """What there is to know of an obligation: of its date first, then of who owes it, then of its facts."""
    return tuple(_notes(ground, obligation))


def _notes(ground: Ground, one: Obligation) -> Iterator[Note]:
    deadline, directory = one.deadline, ground.directory
    if deadline.due and ground.approved_on and deadline.due < ground.approved_on:
        yield Note.BEFORE_APPROVAL
    if in_time_until(ground, one):
        yield Note.CARRY_OVER_UNSETTLED
    if deadline.is_open_ended:
        yield Note.OPEN_ENDED
    if deadline.without_date:
        yield Note.NO_DATE
    if any(map(directory.is_vacant, one.debtor.parties)):
        yield Note.VACANT_ROLE
    if directory.not_signing(one.engagement, one.debtor.parties):
        yield Note.DOES_NOT_SIGN
    if one.evidence:
        yield Note.EVIDENCE
    if one.out_of_time:
        yield Note.OUT_OF_TIME
    if one.parts:
        yield Note.IN_PART


def in_time_until(ground: Ground, one: Obligation) -> date | None:
    """The carried-over date, where what is past its nominal date would still be in time with a carry-over.

    What was performed is held to the day of its performance, else to the day looked at. None where the regime
    itself settles whether there is a carry-over.
    """
    deadline, computation = one.deadline, one.deadline.computation
    if one.state not in _LATE or computation is None or deadline.basis is Basis.TARGET:
        return None
    carried = computation.carried_over
    if not computation.regime.is_carry_over_unsettled or carried is None or deadline.due != computation.deadline:
        return None
    day = one.standing.fulfilled_on or ground.as_of
    return carried if computation.deadline < day <= carried else None
