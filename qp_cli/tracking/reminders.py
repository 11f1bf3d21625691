"""What is to be reminded of at a day: rungs of the convention's ladder, counted back from the prudent day. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.dates import ONE_DAY
from qp_cli.law.workdays import is_working_day
from qp_cli.model.kinds import TERM, Kind
from qp_cli.tracking.compared_dates import prudent_day
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, timedelta

    from qp_cli.law.zones import Zone
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.situation import Obligation, Situation

_AHEAD = frozenset({State.UPCOMING, State.DUE_SOON})
_WEEK = 7
"""Days between two reminders of what is overdue."""


class ReminderKind(StrEnum):
    """What a reminder is about, in the order in which a message says it."""

    OVERDUE = "overdue"
    CURE = "cure"
    AHEAD = "ahead"
    CHOICE = "choice"
    TERM = "term"


class Reminder(NamedTuple):
    """One thing to be reminded of.

    Attributes:
        key: what its day is known by in the calendar of its convention: an obligation's id, one with `#cure` for the
            cure period of a formal notice, or `terme`.
        deadline: its date, with the working.
        day: that date.
        prudent: the last working day on or before it, from which the rungs are counted.
        obligation: whose it is; None for the term.
    """

    key: str
    kind: ReminderKind
    deadline: Deadline
    day: date
    prudent: date
    obligation: Obligation | None = None


def reminders(situation: Situation, until: date | None = None) -> list[Reminder]:
    """What is to be reminded of on the day looked at, by kind, then by date and id.

    It follows from that day alone, so that a job that runs every day needs no memory. A rung (so many days before the
    prudent day) that falls on a Saturday, a Sunday or a public holiday is reminded of on the working day before, and
    what is overdue from the first working day of each of its weeks on: a job that runs on working days misses nothing,
    one that runs every day says nothing twice.

    Args:
        situation: the convention at that day.
        until: leaves the ladder aside: all that is overdue, and all whose prudent day comes by then, is reminded of.

    Raises:
        OutOfRangeError: a day is outside the years qp computes.
    """
    today = _Today(situation, until)
    found = [each for one in situation.obligations for each in _of(one, today)]
    found += _term(situation, today)
    order = [*ReminderKind]
    return sorted(found, key=lambda each: (order.index(each.kind), each.day, each.key))


class _Today:
    """Which rungs fall on the day looked at."""

    def __init__(self, situation: Situation, until: date | None) -> None:
        self.as_of, self.zone = situation.as_of, situation.convention.zone
        self._until, self._ladder = until, frozenset(situation.convention.remind)
        self._before = [*_closed_beside(self.as_of, ONE_DAY, self.zone)] if until is None else []
        self._after = [*_closed_beside(self.as_of, -ONE_DAY, self.zone)] if until is None else []

    def is_ahead(self, prudent: date, day: date) -> bool:
        """Whether a date that has not passed is to be reminded of."""
        if day < self.as_of:
            return False
        if self._until is not None:
            return prudent <= self._until
        return any((prudent - each).days in self._ladder for each in self._before)

    def is_late(self, day: date) -> bool:
        """Whether a date that has passed is: on the first day after it, and every seven days."""
        if self._until is not None:
            return True
        return any(each > day and (each - day).days % _WEEK == 1 for each in self._after)


def _closed_beside(day: date, step: timedelta, zone: Zone) -> Iterator[date]:
    """The day and those beside it, one way, up to the next working day; none where it is none itself."""
    if not is_working_day(day, zone):
        return
    yield day
    day += step
    while not is_working_day(day, zone):
        yield day
        day += step


def _of(one: Obligation, today: _Today) -> Iterator[Reminder]:
    """What is to be reminded of an obligation: its own date, and the end of a cure period."""
    if (kind := _kind(one)) and (found := _dated(one.id, kind, one.deadline, today, one)):
        yield found
    notice = one.standing.notice if one.state is not State.SUSPENDED else None
    if notice and notice.cure and (found := _dated(f"{one.id}#cure", ReminderKind.CURE, notice.cure, today, one)):
        yield found


def _kind(one: Obligation) -> ReminderKind | None:
    """What a reminder of an obligation's own date would be; None where nothing is awaited of anybody by a date."""
    if one.due is None or one.engagement.kind is Kind.CONTINUING:
        return None
    if one.engagement.kind is Kind.OPTION:
        return ReminderKind.CHOICE if one.state is State.OPEN else None
    if one.state is State.OVERDUE:
        return ReminderKind.OVERDUE
    return ReminderKind.AHEAD if one.state in _AHEAD else None


def _dated(
    key: str, kind: ReminderKind, deadline: Deadline, today: _Today, one: Obligation | None = None
) -> Reminder | None:
    """The reminder, if the day looked at is one of its days."""
    prudent = prudent_day(deadline, today.zone)
    if deadline.due is None or prudent is None:
        return None
    is_late = kind is ReminderKind.OVERDUE
    if not (today.is_late(deadline.due) if is_late else today.is_ahead(prudent, deadline.due)):
        return None
    return Reminder(key, kind, deadline, deadline.due, prudent, one)


def _term(situation: Situation, today: _Today) -> Iterator[Reminder]:
    """The end of the convention, unless it is about to be renewed: the option to denounce is reminded of then."""
    renewals, term = situation.renewals, situation.term
    if term is None or situation.term_stopped_on or (renewals and (coming := renewals.coming) and not coming.in_time):
        return
    if found := _dated(TERM, ReminderKind.TERM, term, today):
        yield found
