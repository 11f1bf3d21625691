"""What a termination leaves of the obligations of a convention, and what it discharges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.law.dates import Step
from qp_cli.messages import msg
from qp_cli.model.dues import AtLeast, AtTheLatest, Every, Rule, Within
from qp_cli.model.kinds import TERM, Kind, Scope
from qp_cli.tracking.avenants import is_unborn
from qp_cli.tracking.deadlines import Basis, Deadline
from qp_cli.tracking.renewal import source_of_termination

if TYPE_CHECKING:
    from qp_cli.tracking.avenants import Reach
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.renewal import EndedTerm


def terminate(pending: list[PendingObligation], reach: Reach, end: EndedTerm) -> list[PendingObligation]:
    """The obligations of an engagement once the convention has an early end.

    What fell due by then stays due; what would come after is discharged by the termination where it had been shown,
    and is not born otherwise, but for what the text counts from the end.
    """
    left: list[PendingObligation] = []
    dropped: list[PendingObligation] = []
    after = reach.context.counted_from_the_term
    for one in pending:
        if one.replaced_by == end.fact:
            one.replaced_by, one.ended_by = "", end.fact
        if one.ended_by or one.replaced_by or one.settled_by or one.engagement.id in after:
            left.append(one)
        elif not _is_over(one, reach, end):
            _brought_forward(one, reach, end)
            left.append(one)
        elif one.request or not is_unborn(one, reach):
            left.append(_discharged(one, end))
        else:
            dropped.append(one)
    for one in left:
        one.deadline = _with_an_end(one.deadline)
    lanes = {one.lane for one in left}
    for one in dropped:
        if one.lane not in lanes:
            lanes.add(one.lane)
            left.append(_discharged(one, end))
    return left


def _with_an_end(deadline: Deadline) -> Deadline:
    """A date of a series whose end is known now; any other as it is."""
    if not deadline.is_open_ended:
        return deadline
    steps = tuple(step for step in deadline.steps if step.rule != "no-end")
    return deadline._replace(steps=steps, is_open_ended=False)


def _discharged(one: PendingObligation, end: EndedTerm) -> PendingObligation:
    one.ended_by = end.fact
    one.avenants = (*one.avenants, end.fact)
    return one


def _is_over(one: PendingObligation, reach: Reach, end: EndedTerm) -> bool:
    """Whether an obligation would only fall due after the end, so that nobody owes it any more."""
    engagement = one.engagement
    if engagement.scope is Scope.NATIONAL or engagement.kind is Kind.CONTINUING or one.awaits_request:
        return False
    if one.request:
        return bool(one.request.on and one.request.on > end.on)
    deadline = one.due_now()
    if deadline.due is None:
        waits = bool(deadline.waiting_for) and not _answers_performance(one, reach)
        return waits and reach.context.in_force.as_of > end.on
    if _answers_performance(one, reach) and deadline.origin and deadline.origin > end.on:
        return False
    return deadline.due > end.on and not _had_begun(one, end)


def _answers_performance(one: PendingObligation, reach: Reach) -> bool:
    """Whether it is counted from the performance of another engagement, which may still be owed after the end.

    What is performed then, because it had fallen due, has its counterpart: the payment upon a report.
    """
    due = one.engagement.due
    origin = due.from_ if isinstance(due, Within) else None
    return isinstance(origin, str) and reach.context.dates.references.is_engagement(origin)


def _had_begun(one: PendingObligation, end: EndedTerm) -> bool:
    """Whether the day that an occurrence is counted from had come by the end: the last report remains owed."""
    due = one.engagement.due
    counted = isinstance(due, Within) and isinstance(due.from_, Every | Rule)
    return counted and one.occurrence is not None and one.occurrence <= end.on


def _brought_forward(one: PendingObligation, reach: Reach, end: EndedTerm) -> None:
    """What runs on runs until the end; what counts back from it, to a day that had passed, is owed by it."""
    engagement, deadline = one.engagement, one.due_now()
    if engagement.kind is Kind.CONTINUING and engagement.scope is Scope.CONVENTION:
        is_later = deadline.due is not None and deadline.due > end.on
        if is_later or (deadline.due is None and reach.context.in_force.as_of > end.on):
            text = msg("Owed throughout, until the term of the convention")
            steps = (*_working(reach), Step("term", text, source_of_termination(end), end.on))
            one.deadline = Deadline(end.on, Basis.TERM, steps=steps, is_length=True)
            one.context = reach.context
    elif isinstance(engagement.due, AtTheLatest | AtLeast) and engagement.due.before == TERM:
        was = reach.shown.get(one.id)
        ahead = was is None or was.deadline.due is None or was.deadline.due >= end.notified
        if deadline.due and deadline.due < end.notified <= end.on and ahead and one.context is reach.context:
            text = msg("That day had passed when the convention was terminated: owed by its end")
            one.deadline = one.deadline._replace(
                due=end.on,
                computation=None,
                steps=(
                    *deadline.steps,
                    *_working(reach),
                    Step("termination", text, source_of_termination(end), end.on),
                ),
            )


def _working(reach: Reach) -> tuple[Step, ...]:
    """How the end was reached that the termination gives."""
    term = reach.context.dates.references.term
    return term.steps if term else ()
