"""The days that a version of the convention dates, with their working: its term, and events that follow from others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qp_cli.model.kinds import TERM
from qp_cli.tracking.dating import before_the_count, dating_of
from qp_cli.tracking.deadlines import Basis, Dates, Deadline, resolve
from qp_cli.tracking.references import ReferenceDay
from qp_cli.tracking.renewal import EndedTerm, MoveKind, RenewedTerm, ending_steps, renewal_step

if TYPE_CHECKING:
    from qp_cli.model.convention import Event
    from qp_cli.tracking.references import ReferenceDays

BASES_OF_MOVES = {
    MoveKind.AVENANT: Basis.AMENDMENT,
    MoveKind.RESUMPTION: Basis.TEXT,
    MoveKind.RENEWAL: Basis.RENEWAL,
    MoveKind.TERMINATION: Basis.TERMINATION,
}
"""What a date rests on that was moved, by what moved it."""


def term_of(references: ReferenceDays) -> Deadline | None:
    """The term that a version of the convention sets: a durée under any regime; None where it sets none.

    Raises:
        InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
        OutOfRangeError: a day outside the years qp computes.
    """
    convention = references.outline
    if convention.term is None:
        return None
    pauses = references.term_pauses
    dates = Dates(
        references,
        convention.regime,
        convention.zone,
        date.max,
        pauses=pauses,
        is_length=True,
        clause=convention.term.clause or "",
        dating=dating_of(convention.term),
    )
    due = convention.term.due
    if due is None:
        return _without_end(references)
    if isinstance(due, EndedTerm):
        before = resolve(due.before, dates)[0] if due.before else _without_end(references)
        return Deadline(due.on, origin=before.origin, steps=ending_steps(due, convention), is_length=True, is_term=True)
    found = resolve(due, dates)[0]._replace(is_term=True)
    if isinstance(due, RenewedTerm) and found.due:
        place = before_the_count(found.steps, found.computation)
        steps = (*found.steps[:place], renewal_step(due), *found.steps[place:])
        return found._replace(steps=steps, origin=None if due.day else found.origin)
    return found


def _without_end(references: ReferenceDays) -> Deadline:
    """The term of a convention without a fixed end: what is counted from it waits for a termination."""
    convention = references.outline
    named = convention.signature or convention.approval
    start = references.find(named) if named else ReferenceDay(None)
    return Deadline(None, waiting_for=(*start.waiting_for, TERM), origin=start.day)


def day_of_event(references: ReferenceDays, event: Event) -> Deadline:
    """The day of an event that follows from others, with its working; none for an event that does not.

    Raises:
        InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
        OutOfRangeError: a day outside the years qp computes.
    """
    if event.when is None:
        return Deadline(None, waiting_for=(event.id,))
    convention, clause = references.outline, event.clause or ""
    dates = Dates(references, convention.regime, convention.zone, date.max, is_event=True, clause=clause)
    return resolve(event.when, dates)[0]
