"""What a calendar holds of a convention: a day for each obligation that has one, and those withdrawn. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.dates import FIRST_YEAR, LAST_YEAR
from qp_cli.model.kinds import ALL, TERM
from qp_cli.tracking.dependencies import Dependencies
from qp_cli.tracking.states import State
from qp_cli.tracking.withdrawn import is_dated, withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qp_cli.model.facts import Fact
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.ledger import Edits, Ledger
    from qp_cli.tracking.situation import Obligation
    from qp_cli.tracking.withdrawn import Withdrawn

    Choosing = Callable[[Ledger], Sequence[Obligation]]
    Cut = tuple[tuple[Fact, ...], date]


_AHEAD = frozenset({State.UPCOMING, State.DUE_SOON, State.IN_EFFECT, State.OPEN})
_LAPSED = frozenset({State.DISCHARGED, State.CONDITIONAL})


class DayKind(StrEnum):
    """What an entry is about."""

    OBLIGATION = "obligation"
    CURE = "cure"
    TERM = "term"


class CalendarDay(NamedTuple):
    """A day to keep.

    Attributes:
        key: what it is known by in its convention, whatever moves its day: an obligation's id, one with `#cure`
            for the cure period of a formal notice against it, or `terme`.
        day: the day itself, as last known.
        deadline: the same with its working.
        stands: whether it is still to be kept; otherwise it was discharged, replaced, or lost its date.
        gone: whether it has no date any more, so that the deadline is the last one it had.
        revision: the number of facts, cancelled and cancelling ones among them, that bear on it by the day looked at.
        obligation: whose day it is; None for the term.
    """

    key: str
    kind: DayKind
    day: date
    deadline: Deadline
    stands: bool
    gone: bool
    revision: int
    obligation: Obligation | None = None

    def is_awaited(self, as_of: date) -> bool:
        """Whether something is still to be done, or to end, that day or later."""
        if not self.stands or self.day < as_of:
            return False
        if self.obligation is None:
            return True
        if self.kind is DayKind.CURE:
            return self.obligation.standing.notice is not None
        return self.obligation.state in _AHEAD


_FIRST = date(FIRST_YEAR, 1, 1)
_DAYS = (date(LAST_YEAR, 12, 31) - _FIRST).days + 1
"""The days that qp computes, fewer than the seconds of a day."""
_MOST = (2**31 - 1) // _DAYS - 1
"""The most revisions that a SEQUENCE of 32 bits, which is all that many programs read, holds with a day each."""
_AHEAD_OF_UTC = timedelta(hours=2)
"""The most by which a day begins earlier in Paris than by UTC."""
_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)


def sequence(entry: CalendarDay, edits: Edits) -> int:
    """What tells programs which of two events of one UID is the later one (RFC 5545, 3.8.7.4): the higher number.

    It is made of what is declared, of git's commits and of nothing else, so that the same gives the same. The facts
    that bear on the day, the commits that changed the convention's text and the day of the last of these, which rises
    even in a shallow clone, are added up: none of them ever goes down. Whatever moves a day by a fact, or by an edit
    that was committed, raises that sum. The day itself stands behind it, so that an edit which only the files tell of
    raises the whole where the day comes later. Two states of files without a history cannot tell which came first:
    there, an edit that brings a day forward is only told by what `revised` gives on a later day.
    """
    last = max(0, (edits.last - _COUNTED_FROM).days) if edits.last else 0
    return min(entry.revision + edits.commits + last, _MOST) * _DAYS + _number(entry.day)


def revised(entry: CalendarDay, as_of: date, edits: Edits) -> datetime:
    """When an event was last revised, for programs that find the same SEQUENCE in two: by the day looked at.

    The first instant of that day, wherever the convention's country is ahead of UTC, or that of the last commit that
    changed the convention's text, where that is later; less as many seconds as qp computes days after the event's own,
    so that a later day is a later instant, and a calendar of tomorrow later than any of today.

    An instant to come is never given, as long as the day looked at is not to come itself: programs that hold one take
    no later event for newer (RFC 5545, erratum 5082, on LAST-MODIFIED; Outlook keeps DTSTAMP as the time of the last
    critical change, MS-OXCICAL 2.1.3.1.1.20.9). No clock is read: the same data and day give the same bytes.
    """
    known = datetime.combine(as_of, time(), UTC) - _AHEAD_OF_UTC
    if edits.last:
        known = max(known, edits.last)
    return known - timedelta(seconds=_DAYS - 1 - _number(entry.day))


def _number(day: date) -> int:
    """A day's place among those that qp computes."""
    return (day - _FIRST).days


def calendar_days(ledger: Ledger, chosen: Choosing, *, with_term: bool = True) -> list[CalendarDay]:
    """The days of the obligations that `chosen` keeps, by day: those in force, and those that fell away.

    What only runs to the term has no day of its own: the term has. `chosen` is asked twice: about the ledger, and
    about the same one with the obligations that lost their date, each discharged and with its last one.

    A revision only counts facts, whether or not they moved the day in the end: so it never goes down, neither as
    days pass nor as facts are added, and it goes up whenever the day moves or falls away.
    """
    past = withdrawn(ledger)
    revisions = _Revisions(ledger)
    found = {entry.key: entry for entry in _days(ledger, past, chosen, revisions)}
    if with_term and (entry := _term(ledger, past, revisions)):
        found[TERM] = entry
    return sorted(found.values(), key=lambda entry: (entry.day, entry.key))


class DaylessCount(NamedTuple):
    """How many obligations have no day of their own in a calendar: without a date, and the continuing ones."""

    undated: int = 0
    running: int = 0


def without_day(obligations: Iterable[Obligation]) -> DaylessCount:
    """How many of some obligations have no day of their own in a calendar, and why."""
    dayless = [one for one in obligations if not is_dated(one)]
    undated = sum(one.due is None for one in dayless)
    return DaylessCount(undated, len(dayless) - undated)


def keeps_term(ledger: Ledger, choice: Choice) -> bool:
    """Whether a choice leaves the term in: not one of states, which it has none of, nor of days it is not among."""
    situation, until = ledger.situation, choice.until
    if choice.states or until is None:
        return not choice.states
    end = situation.term.due if situation.term else None
    return end is not None and situation.as_of <= end <= until


def _days(ledger: Ledger, past: Withdrawn, chosen: Choosing, revisions: _Revisions) -> Iterator[CalendarDay]:
    gone = ledger._replace(situation=ledger.situation._replace(obligations=tuple(past.gone.values())))
    for one in chosen(gone):
        yield from _of(one, past, revisions.of(one.engagement.id), gone=True)
    for one in chosen(ledger):
        yield from _of(one, past, revisions.of(one.engagement.id), gone=False)


def _of(one: Obligation, past: Withdrawn, revision: int, *, gone: bool) -> Iterator[CalendarDay]:
    """The days of one obligation: its own, and the end of a cure period."""
    if one.due and is_dated(one):
        stands = one.state is not State.DISCHARGED
        yield CalendarDay(one.id, DayKind.OBLIGATION, one.due, one.deadline, stands, gone, revision, one)
    notice = one.standing.notice
    lapsed = False
    if not (notice and notice.cure):
        notice = past.notices.get(one.id)
        lapsed = notice is not None and (notice.fact not in one.facts or _is_over(one, notice.cure))
    if notice and notice.cure and notice.cure.due:
        yield CalendarDay(
            f"{one.id}#cure", DayKind.CURE, notice.cure.due, notice.cure, not lapsed, lapsed, revision, one
        )


def _is_over(one: Obligation, cure: Deadline | None) -> bool:
    """Whether a cure period ended before its last day: by performance, or because nothing is owed any more."""
    done = one.standing.fulfilled_on
    return one.state in _LAPSED or bool(done and cure and cure.due and done <= cure.due)


def _term(ledger: Ledger, past: Withdrawn, revisions: _Revisions) -> CalendarDay | None:
    term, revision = ledger.situation.term, revisions.of(TERM)
    if term and term.due:
        return CalendarDay(TERM, DayKind.TERM, term.due, term, stands=True, gone=False, revision=revision)
    if past.term and past.term.due:
        return CalendarDay(TERM, DayKind.TERM, past.term.due, past.term, stands=False, gone=True, revision=revision)
    return None


class _Revisions:
    """How many facts of a journal bear on each engagement, or on the term, by the day looked at."""

    def __init__(self, ledger: Ledger) -> None:
        facts: tuple[Fact, ...] = tuple(ledger.counting.values())
        bearings = Dependencies((ledger.signed,), facts)
        about: dict[str, list[int]] = {}
        for number, fact in enumerate(facts):
            for name in bearings.subjects(fact):
                about.setdefault(name, []).append(number)
        self._bits = bearings.counted(about)
        self._known: dict[str, int] = {}

    def of(self, name: str) -> int:
        """How many bear on it."""
        if name not in self._known:
            self._known[name] = (self._bits(name) | self._bits(TERM) | self._bits(ALL)).bit_count()
        return self._known[name]
