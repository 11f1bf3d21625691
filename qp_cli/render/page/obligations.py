"""Tables of obligations on the page: late, ahead, dated by the term; of one convention the others, and what is over."""

from __future__ import annotations

from itertools import zip_longest
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import awaited, capacity, cure_due, days, name
from qp_cli.render.date_working import reading_words, three_dates
from qp_cli.render.detail import cure_words, facets
from qp_cli.render.naming import titles_of
from qp_cli.render.notes import approval_note, note_lines
from qp_cli.render.page.values import FactLink, Listing, NoticeShown, PageRow, PageStep, Pair, Working
from qp_cli.render.page.words import DERIVED_ON_PAGE, paragraphs, state_sign
from qp_cli.render.wording import BASES, FACTS, counted, done_words, moved_sentence, state_words
from qp_cli.tracking.compared_dates import compared_dates
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.portfolio import Listed, Soonest
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import DERIVED_FROM_TERM, OVER, apart, overdue_ones, soonest, upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from qp_cli.law import dates as law
    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact
    from qp_cli.render.language import Language
    from qp_cli.render.naming import Titles
    from qp_cli.render.page.values import StateSign
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.portfolio import ConventionRef, SortPlace
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import Notice

MOST_ON_PAGE = 200
"""Rows of a table where the page shows several conventions; the commands named below it list every one."""
_EVERY = 10**9
_WHERE = msg(" --data FOLDER")
"""What ends a command named on a page, which does not say where the conventions lie."""


class _Table(NamedTuple):
    """A table of the page.

    Attributes:
        id: its place in the page.
        title: what it is called.
        short: the same in the contents.
        empty: what is said where nothing is in it; None of a table that is left out then.
        choose: what is in it.
        command: the command that lists all of that.
        folded: whether it is shown only on demand.
    """

    id: str
    title: Message
    short: Message
    empty: Message | None
    choose: Callable[[Iterable[Obligation]], list[Obligation]]
    command: str = ""
    folded: bool = False


_ENDED = OVER - {State.BREACHED}
"""What nobody looks for any more: a breach that was recorded stays in view."""
_SHOWN_ON_DEMAND = _ENDED | {State.CONDITIONAL}


def _others(obligations: Iterable[Obligation]) -> list[Obligation]:
    """What is in none of the first three tables, nor over."""
    owed = list(obligations)
    shown = {one.id for table in _TABLES for one in table.choose(owed)}
    return [one for one in owed if one.id not in shown and one.state not in _SHOWN_ON_DEMAND]


def _waiting(obligations: Iterable[Obligation]) -> list[Obligation]:
    return soonest(one for one in obligations if one.state is State.CONDITIONAL)


def _ended(obligations: Iterable[Obligation]) -> list[Obligation]:
    return soonest(one for one in obligations if one.state in _ENDED)


_OVERDUE = _Table(
    "overdue",
    msg("Deadline passed, no fulfilment recorded"),
    msg("Overdue"),
    msg("Nothing is overdue by a date of the text."),
    overdue_ones,
    "qp overdue --format csv",
)
_UPCOMING = _Table(
    "upcoming",
    msg("Next"),
    msg("Next"),
    msg("Next: no other dated deadline ahead."),
    upcoming,
    "qp deadlines --state due-soon,upcoming --format csv",
)
_DERIVED = _Table(
    "derived",
    msg("Date derived from the term, not written in the text (counted apart)"),
    msg("Derived from the term"),
    None,
    apart,
    f"qp deadlines --state {DERIVED_FROM_TERM} --format csv",
)
_TABLES = (_OVERDUE, _UPCOMING, _DERIVED)
"""Those of `status`."""
_ON_SHEET = (_OVERDUE, _DERIVED, _UPCOMING)
"""The same on a single sheet: what is late by the term right below what is by the text."""
_OTHERS = _Table("obligations", msg("Other obligations"), msg("Other obligations"), None, _others)
_WAITING = _Table(
    "waiting",
    msg("What waits for an event or a request"),
    msg("Waiting"),
    None,
    _waiting,
    folded=True,
)
_OVER = _Table(
    "over",
    msg("What is over"),
    msg("Over"),
    None,
    _ended,
    folded=True,
)


class Listings:
    """The tables being filled; a row is put into words only while it is among the soonest.

    Of one convention they hold every obligation once; of several, the first rows of each table; a `sheet` has so many
    rows of what is overdue, of what the term alone dates and of what comes next.
    """

    def __init__(
        self,
        language: Language,
        party: str,
        *,
        several: bool,
        sheet: int = 0,
        bounds: Iterable[SortPlace | None] = (),
    ) -> None:
        self._language = language
        self._party = f" --party {quote(party)}" if party else ""
        self._several = several
        self._tables = _ON_SHEET if sheet else _TABLES if several else (*_TABLES, _OTHERS, _WAITING, _OVER)
        most = sheet or (MOST_ON_PAGE if several else _EVERY)
        self._found: list[Soonest[PageRow]] = [Soonest(most, bound) for _, bound in zip_longest(self._tables, bounds)]
        self._folded = dict.fromkeys(State, 0)

    def add(self, home: ConventionRef, ledger: Ledger, anchors: Mapping[str, str]) -> None:
        """The obligations of one convention more; `anchors` are the places where the page shows its facts."""
        facts = {fact.id: fact for fact in ledger.facts}
        writer = _Writer(ledger.situation, facts, anchors, self._language)
        where = Pair(home.label, home.id) if self._several else None

        def make(held: Listed) -> PageRow:
            return writer.row(held.obligation, where)

        for table, found in zip(self._tables, self._found, strict=True):
            for one in table.choose(ledger.situation.obligations):
                found.offer(Listed(home, one), make)
                self._folded[one.state] += table.folded

    def __getstate__(self) -> dict[str, object]:
        """The rows alone go to another process."""
        return {**vars(self), "_tables": ()}

    @property
    def bounds(self) -> tuple[SortPlace | None, ...]:
        """Of each table, where rows are not wanted any more."""
        return tuple(found.bound for found in self._found)

    def join(self, other: Listings) -> None:
        """The rows of conventions that were looked at elsewhere, after those of here."""
        for own, others in zip(self._found, other._found, strict=True):
            own.join(others)
        for state, number in other._folded.items():
            self._folded[state] += number

    def listings(self) -> tuple[Listing, ...]:
        """The tables, each with how many more there are."""
        tables = zip(self._tables, self._found, strict=True)
        return tuple(self._listing(table, found) for table, found in tables if table.empty or found.count)

    def _listing(self, table: _Table, found: Soonest[PageRow]) -> Listing:
        command = f"{table.command}{self._party}{self._language.text(_WHERE)}"
        listing = Listing(table.id, table.title, table.short, found.kept, table.empty, command=command)
        if table.folded:
            states = _SHOWN_ON_DEMAND & {row.state.value for row in found.kept}
            said = (counted(state, self._folded[state]) for state in State if state in states)
            listing = listing._replace(folded=", ".join(map(self._language.text, said)))
        return said_of_others(listing, found.count) if found.others else listing


def said_of_others(listing: Listing, total: int) -> Listing:
    """A table that lacks some of so many rows, with how many more there are and what lists them."""
    more = msgs(
        "… and {count} more, of {total}: {command}",
        "… and {count} more, of {total}: {command}",
        count=total - len(listing.rows),
        total=total,
        command=listing.command,
    )
    return listing._replace(total=total, more=more)


class _Writer:
    """What the rows of one convention are made with; what there is to say of an engagement is said once."""

    def __init__(
        self, situation: Situation, facts: Mapping[str, Fact], anchors: Mapping[str, str], language: Language
    ) -> None:
        self._situation, self._facts, self._anchors, self._language = situation, facts, anchors, language
        self._titles = titles_of(situation.convention)
        self._facets: dict[int, tuple[Pair, ...]] = {}

    def row(self, one: Obligation, home: Pair | None) -> PageRow:
        """One obligation in full."""
        situation, language = self._situation, self._language
        notice = one.standing.notice
        return PageRow(
            id=one.id,
            name=name(one),
            title=one.engagement.title,
            clause=one.engagement.clause or "",
            debtor=capacity(one, situation.directory),
            state=_sign(one),
            due=one.due,
            bound="≤" if one.due and one.deadline.waiting_for else "",
            basis=BASES[one.deadline.basis] if one.due and one.deadline.basis is not Basis.TEXT else None,
            remarks=tuple(_remarks(one, language)),
            standing=(*self._standing(one), *note_lines(situation, one, language)),
            late=one.standing.days_late,
            distance=self._distance(one),
            dated_by_term=one.derived,
            working=show_working(one.deadline, self._titles, language, situation.convention.zone),
            notice=_notice(notice, situation, language) if notice else None,
            facets=self._about(one),
            notes=paragraphs(one.engagement.note),
            facts=tuple(map(self._fact, one.facts)),
            home=home,
            noted=approval_note(situation, one, language),
        )

    def _about(self, one: Obligation) -> tuple[Pair, ...]:
        """The clause, the parties, the kind and the nature of its engagement."""
        told = self._facets.get(id(one.engagement))
        if told is None:
            pairs = facets(self._situation, one.engagement, self._language)
            told = tuple(Pair(self._language.text(label), text) for label, text in pairs)
            self._facets[id(one.engagement)] = told
        return told

    def _standing(self, one: Obligation) -> Iterator[Message]:
        """What completes its state: what it waits for, how far its date is, a formal notice, when it was performed."""
        language = self._language
        if one.deadline.waiting_for:
            yield msg("awaits {names}", names=awaited(one.deadline, self._titles, language))
        if one.state is not State.OVERDUE and (distance := self._distance(one)):
            yield distance
        if cure := cure_due(one):
            yield msg("notice: cure by {day}", day=language.short_day(cure).strip())
        elif one.standing.notice:
            yield msg("Formal notice")
        if done := done_words(one):
            yield done

    def _distance(self, one: Obligation) -> Message | None:
        """How far its date is ahead, or behind where it is overdue; None of any other."""
        if one.state is State.OVERDUE and one.standing.days_late is not None:
            return msg("{days} after the date", days=days(one.standing.days_late))
        if one.due is None or one.state not in {State.DUE_SOON, State.UPCOMING}:
            return None
        left = (one.due - self._situation.as_of).days
        return msg("in {days}", days=days(left)) if left else msg("today")

    def _fact(self, name: str) -> FactLink:
        fact = self._facts.get(name)
        if fact is None:
            return FactLink(name)
        day, kind = self._language.short_day(fact.on).strip(), self._language.text(FACTS[fact.kind])
        return FactLink(name, f"{day} {kind}", fact.note or "", self._anchors.get(name, ""))


def _sign(one: Obligation) -> StateSign:
    """Its state; of one that an avenant replaced, that it did; hollow when late by a date derived from the term."""
    found = state_sign(one.state)._replace(word=state_words(one))
    return found._replace(mark=DERIVED_ON_PAGE) if one.derived and one.state is State.OVERDUE else found


def _remarks(one: Obligation, language: Language) -> Iterator[Message]:
    """The date it had before."""
    if one.previous_due:
        yield moved_sentence(language.short_day(one.previous_due).strip(), one.moved_how)


def show_working(deadline: Deadline, titles: Titles, language: Language, zone: Zone) -> Working:
    """The working of a date: the steps, the dates to compare, the other readings; or what it waits for."""
    if deadline.due is None:
        if not deadline.waiting_for:
            return Working()
        return Working(msg("No date yet: awaits {names}", names=awaited(deadline, titles, language)))
    return Working(
        msg("Working of {day}", day=language.full_day(deadline.due)),
        _steps(deadline.steps),
        tuple(three_dates(compared_dates(deadline, zone))),
        tuple((reading_words(reading, language), reading.regime.source) for reading in deadline.readings),
    )


def _steps(steps: Iterable[law.Step]) -> tuple[PageStep, ...]:
    """Each step with the day where it changes, and its source."""
    shown: list[PageStep] = []
    reached: date | None = None
    for step in steps:
        shown.append(PageStep(step.text, step.result if step.result != reached else None, step.source))
        reached = step.result or reached
    return tuple(shown)


def _notice(notice: Notice, situation: Situation, language: Language) -> NoticeShown:
    """A formal notice and where its cure period stands."""
    given = msg("given on {day} [{fact}]", day=notice.on, fact=notice.fact)
    cure = notice.cure if notice.cure and notice.cure.due else None
    dates = three_dates(compared_dates(cure, situation.convention.zone)) if cure else ()
    working = Working(None, _steps(cure.steps if cure else ()), tuple(dates))
    return NoticeShown(given, cure_words(notice, situation.as_of, language), working)
