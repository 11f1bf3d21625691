"""What a calendar holds of a convention: a day for each obligation that has one, and those withdrawn. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import QpError
from qp_cli.law.dates import FIRST_YEAR, LAST_YEAR
from qp_cli.model.facts import Amended, Denounced, Extend, Fulfilled, Notified, Occurred, Terminated, Triggered, Voided
from qp_cli.model.kinds import ALL, TERM, Kind
from qp_cli.tracking.dependencies import Dependencies
from qp_cli.tracking.effective_facts import EffectiveFacts
from qp_cli.tracking.journal import effective_on
from qp_cli.tracking.situation import assess
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Fact
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.ledger import Edits, Ledger
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import Notice

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
    past = _withdrawn(ledger)
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
    dayless = [one for one in obligations if not _is_dated(one)]
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
    if one.due and _is_dated(one):
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


_DATING = (Occurred, Triggered, Amended, Denounced, Terminated, Voided)
"""The kinds of fact whose cancellation can take a date away, besides the performance that others count from."""


class Withdrawn(NamedTuple):
    """What an earlier reader saw and a reader of today does not.

    Attributes:
        gone: the obligations that lost their date, or are no more, by id; each discharged, with its last date.
        notices: the formal notices that set a cure period and stand no more, by the obligation's id.
        term: the last date of a term that has none now.
    """

    gone: dict[str, Obligation]
    notices: dict[str, Notice]
    term: Deadline | None


def _is_dated(one: Obligation) -> bool:
    """Whether an obligation has a day of its own: what is owed throughout ends with the term."""
    return one.due is not None and not (one.engagement.kind is Kind.CONTINUING and one.derived)


def _withdrawn(ledger: Ledger) -> Withdrawn:
    """What the journal undid: read again up to each fact that can take a date away.

    The journal is read in two orders: as its facts took effect, and as they came to be known, which differ where a
    fact was recorded later than it took effect.
    """
    past = Withdrawn({}, {}, None)
    for facts, day in _cuts(ledger):
        try:
            seen = assess(ledger.signed, ledger.situation.sites, facts, day)
        except QpError:  # a part of a journal need not make sense alone
            continue
        past = _seen_then(past, seen)
    now = ledger.situation
    dated = {one.id for one in now.obligations if _is_dated(one)}
    standing = {one.id for one in now.obligations if _has_cure(one.standing.notice)}
    return Withdrawn(
        {name: _discharged(one) for name, one in past.gone.items() if name not in dated},
        {name: notice for name, notice in past.notices.items() if name not in standing},
        past.term,
    )


def _seen_then(past: Withdrawn, seen: Situation) -> Withdrawn:
    for one in seen.obligations:
        if _is_dated(one):
            past.gone[one.id] = one
        if (notice := one.standing.notice) and _has_cure(notice):
            past.notices[one.id] = notice
    return past._replace(term=seen.term) if seen.term and seen.term.due else past


def _has_cure(notice: Notice | None) -> bool:
    return bool(notice and notice.cure)


def _discharged(one: Obligation) -> Obligation:
    """An obligation that is no more: nothing is late about it."""
    return one._replace(standing=one.standing._replace(state=State.DISCHARGED, days_late=None, notice=None))


class _Cut(NamedTuple):
    """A part of a journal: the facts in an order, how many of them, the day, and what stands for those that count."""

    ordered: Sequence[Fact]
    end: int
    day: date
    state: int


def _cuts(ledger: Ledger) -> Iterator[Cut]:
    """The parts of the journal to read, each with its day, the last known last; none is read twice."""
    as_of = ledger.situation.as_of
    facts = tuple(ledger.counting.values())
    shown = {notice.fact for one in ledger.situation.obligations if (notice := one.standing.notice)}
    ended = {fact.id for fact in facts if isinstance(fact, Notified) and fact.cure and fact.id not in shown}
    undoing = _undoing(ledger.signed, facts)

    def known_on(fact: Fact) -> date:
        day = effective_on(fact)
        return min(max(fact.recorded or day, day), as_of)

    are_alike = not any(isinstance(fact, Notified) and fact.cure for fact in facts)
    days = (effective_on, known_on)
    orders = [tuple(sorted(facts, key=day)) for day in days]
    cuts = [_cuts_in(ordered, day, undoing, ended) for ordered, day in zip(orders, days, strict=True)]
    once = _each_once([_last_of_each(each) if are_alike else each for each in cuts], _same_beginnings(*orders))
    places = {fact.id: place for place, fact in enumerate(facts)}
    return ((tuple(sorted(part, key=lambda fact: places[fact.id])), day) for part, day in once)


def _each_once(cuts: Sequence[Iterable[_Cut]], same: Collection[int]) -> Iterator[Cut]:
    """The parts of a journal in its orders, each of the same facts at the same day once.

    `same` are the lengths at which a part has the same facts in each order.
    """
    done: set[tuple[int, date, int]] = set()
    for which, cut in ((which, cut) for which, each in enumerate(cuts) for cut in each):
        name = cut.end, cut.day, 0 if cut.end in same else which
        if name not in done:
            done.add(name)
            yield tuple(cut.ordered[: cut.end]), cut.day


def _same_beginnings(one: Sequence[Fact], other: Sequence[Fact]) -> set[int]:
    """How many of the first facts of two orders are the same facts, in whatever order."""
    ranks = {fact.id: rank for rank, fact in enumerate(one)}
    last, found = -1, {0}
    for rank, fact in enumerate(other):
        last = max(last, ranks[fact.id])
        if last == rank:
            found.add(rank + 1)
    return found


def _ends(fact: Fact, place: int, undoing: set[str], ended: set[str]) -> Iterator[int]:
    """How far to read for one fact: up to it where it can undo; with it, where it is about a notice that ended."""
    if fact.id in undoing:
        yield place
    if fact.id in ended or (ended and isinstance(fact, Voided)):
        yield place + 1


def _cuts_in(
    ordered: Sequence[Fact], order: Callable[[Fact], date], undoing: set[str], ended: set[str]
) -> Iterator[_Cut]:
    """The parts of a journal in one order, each with its day and what stands for the facts that count in it."""
    effective = EffectiveFacts(ordered)
    for place, fact in enumerate(ordered):
        before = effective.state
        effective.read(fact)
        for end in _ends(fact, place, undoing, ended):
            yield _Cut(ordered, end, order(fact), effective.state if end > place else before)


def _last_of_each(cuts: Iterable[_Cut]) -> Iterable[_Cut]:
    """Of the parts in which the same facts count, the last: what it dates, by whichever day, the others dated too.

    A formal notice that a day ends is another thing: where there is one, none is left out.
    """
    found = list(cuts)
    last = {cut.state: place for place, cut in enumerate(found)}
    return [cut for place, cut in enumerate(found) if last[cut.state] == place]


def _origins(signed: Convention, facts: Sequence[Fact]) -> set[str]:
    """The engagements, events and facts that the dates of other engagements are counted from."""
    dependencies = Dependencies((signed,), facts)
    named = {one.id for one in signed.engagements}
    named |= {name for fact in facts for name in dependencies.subjects(fact)}
    return dependencies.origins(named)


def _undoing(signed: Convention, facts: Sequence[Fact]) -> set[str]:
    """The facts that can take a date away: every other one only adds or moves dates.

    A longer period moves; an event or a request that is cancelled, and performance that others count from, undate.
    """
    origins = _origins(signed, facts)
    told = {fact.id: fact for fact in facts}

    def undoes(fact: Fact) -> bool:
        if isinstance(fact, Denounced | Terminated):
            return True
        if isinstance(fact, Amended):
            return any(not isinstance(change, Extend) for change in fact.changes)
        target = told.get(fact.fact) if isinstance(fact, Voided) else None
        return isinstance(target, _DATING) or (isinstance(target, Fulfilled) and target.engagement in origins)

    return {fact.id for fact in facts if undoes(fact)}
