"""Whether a fact about an engagement changes anything: performed, waived, suspended, resumed, notified, breached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.model.words import Kind
from qp_cli.tracking.concern import SETTLED, concerned, first_of_each, last_pause
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.model.journal import Fact, FactAbout
    from qp_cli.tracking.situation import Obligation, Situation


def weigh_about(fact: FactAbout, now: Situation, facts: Sequence[Fact]) -> Iterator[Message]:
    """What is unusual about it.

    Raises:
        UsageError: it is about nothing that stands.
    """
    owed = concerned(fact, now)
    left = [one for one in owed if one.state not in SETTLED]
    late = [one for one in owed if one.state is State.FULFILLED_LATE]
    if fact.kind == "breached" and not left and late:
        yield msg("“{id}” stays shown as performed after its date.", id=late[0].id)
    elif fact.kind == "resumed":
        _check_resumed(fact, owed, facts)
    elif not left:
        raise UsageError(_settled(owed[0]))
    elif fact.kind == "suspended":
        _check_suspended(fact, left, facts)
    elif fact.kind == "breached" and all(one.state is State.BREACHED for one in left):
        raise UsageError(msg("A breach of “{id}” is already recorded.", id=left[0].id))
    if fact.sites and not owed[0].sites:
        yield msg("“{id}” is not split by site: this is evidence, and settles nothing.", id=fact.engagement)
    if fact.kind == "fulfilled":
        yield from _early(fact.on, left, now)
    if fact.kind == "notified" and not any(one.due and one.due < fact.on for one in left):
        yield msg("No date of “{id}” has passed on {day}: recorded all the same.", id=fact.engagement, day=fact.on)


def _settled(one: Obligation) -> Message:
    if one.standing.fulfilled_on:
        return msg("“{id}” is already fulfilled, on {day}.", id=one.id, day=one.standing.fulfilled_on)
    return msg("“{id}” is already discharged.", id=one.id)


def _check_suspended(fact: FactAbout, left: Sequence[Obligation], facts: Sequence[Fact]) -> None:
    pauses = [last_pause(one, facts, fact.on) for one in left]
    for pause in pauses:
        if pause is None or (pause.kind == "resumed" and pause.on < fact.on):
            return
    last = pauses[0]
    if last and last.kind == "suspended":
        raise UsageError(msg("“{id}” is already suspended, since {day}.", id=left[0].id, day=last.on))
    raise UsageError(msg("“{id}” was resumed on that very day, {day}.", id=left[0].id, day=fact.on))


def _check_resumed(fact: FactAbout, owed: Sequence[Obligation], facts: Sequence[Fact]) -> None:
    pauses = [last_pause(one, facts, fact.on) for one in owed]
    suspensions = [pause for pause in pauses if pause and pause.kind == "suspended"]
    if not suspensions:
        raise UsageError(msg("“{id}” is not suspended on {day}.", id=owed[0].id, day=fact.on))
    if all(pause.on == fact.on for pause in suspensions):
        raise UsageError(msg("“{id}” was suspended on that very day, {day}.", id=owed[0].id, day=fact.on))


def _early(day: date, left: Sequence[Obligation], now: Situation) -> Iterator[Message]:
    """Performance before the origin counts: it is said, once for each origin."""
    said: set[object] = set()
    for one in first_of_each(left):
        if one.engagement.kind is Kind.CONTINUING:
            continue
        deadline = one.deadline
        origin = now.start.day if deadline.basis is Basis.TERM else deadline.origin
        if deadline.due is None and deadline.waiting_for and deadline.waiting_for not in said:
            said.add(deadline.waiting_for)
            names = ", ".join(deadline.waiting_for)
            yield msg("Early: the period waits for {names}. Recorded all the same.", names=names)
        elif origin and day < origin and not (deadline.due and origin > deadline.due) and origin not in said:
            said.add(origin)
            yield msg("Early: the period runs from {origin}. Recorded all the same.", origin=origin)
