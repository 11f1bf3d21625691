"""What a reader of an obligation has to know beside its state; asked only where it is shown. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.tracking.directory import Directory
    from qp_cli.tracking.situation import Obligation

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
