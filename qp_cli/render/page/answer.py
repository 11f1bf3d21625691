"""What the page opens on: what is overdue and what comes next in a sentence, then how many are in each state."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.render.page.values import PageAnswer, StateCount
from qp_cli.render.page.words import BY_TERM_ON_PAGE, state_sign
from qp_cli.render.status import term_in_brief
from qp_cli.render.timeline.svg_shapes import shortened
from qp_cli.render.visible import visible
from qp_cli.render.wording import counted, counted_apart, passed_by_term
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import OVER, is_apart, is_upcoming, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.portfolio import ConventionRef
    from qp_cli.tracking.situation import Obligation, Situation

_MOST, _MOST_OF_A_NAME, _MOST_OF_A_CLAUSE = 66.0, 36.0, 15.0
"""How long a title, the name of a convention and a clause may be in the sentence, in heights of a letter."""


class _Next(NamedTuple):
    """An engagement that comes next, and its day."""

    day: date
    convention: str
    title: str
    may_come_sooner: bool


class AnswerMaker:
    """The answer being made while conventions go by, each counted and let go."""

    def __init__(self, language: Language, as_of: date, *, several: bool) -> None:
        self._language, self._as_of, self._several = language, as_of, several
        self._conventions = self._late_conventions = self._late = self._late_by_term = 0
        self._states = dict.fromkeys(State, 0)
        self._apart = 0
        self._next: dict[tuple[str, str], _Next] = {}
        self._next_by_term: dict[tuple[str, str], _Next] = {}
        self._of_the_term = ""

    def add(self, home: ConventionRef, situation: Situation) -> None:
        """One convention more; of a page that shows several, its name stands beside what comes next."""
        self._conventions += 1
        states, apart = tally(situation.obligations)
        for state, number in states.items():
            self._states[state] += number
        self._apart += apart
        self._late += states.get(State.OVERDUE, 0)
        self._late_conventions += State.OVERDUE in states
        self._late_by_term += sum(one.state is State.OVERDUE for one in situation.obligations if is_apart(one))
        for one in situation.obligations:
            if is_upcoming(one):
                _offer(self._next, home, one)
            elif is_apart(one) and one.state is not State.OVERDUE:
                _offer(self._next_by_term, home, one)
        if not self._several:
            self._of_the_term = _term_words(situation, self._language)

    def join(self, other: AnswerMaker) -> None:
        """Those that another one counted, after those of here."""
        self._conventions += other._conventions
        self._late_conventions += other._late_conventions
        self._late += other._late
        self._late_by_term += other._late_by_term
        self._apart += other._apart
        for state, number in other._states.items():
            self._states[state] += number
        for own, others in ((self._next, other._next), (self._next_by_term, other._next_by_term)):
            for key, each in others.items():
                _keep(own, key, each)

    def answer(self) -> PageAnswer:
        """All that was counted, in words."""
        return PageAnswer(self._late > 0, self._said(), tuple(self._besides()), tuple(self._counts()))

    def _counts(self) -> Iterator[StateCount]:
        """How many are in each state that some are in, and in any case how many are overdue."""
        late = self._states[State.FULFILLED_LATE] if self._states[State.FULFILLED] else 0
        for state, number in self._states.items():
            if state is State.FULFILLED and late:
                every = StateCount(state_sign(state), number + late)
                yield self._count(every, _with_late(number + late, late))
            elif (number or state is State.OVERDUE) and not (late and state is State.FULFILLED_LATE):
                yield self._count(StateCount(state_sign(state), number), counted(state, number))
        if self._apart:
            yield self._count(StateCount(BY_TERM_ON_PAGE, self._apart), counted_apart(self._apart))

    def _count(self, count: StateCount, words: Message) -> StateCount:
        """With its words, the number apart where they begin with it."""
        figure = self._language.number(count.number)
        return count._replace(figure=figure, words=self._language.text(words).removeprefix(figure).strip())

    def _said(self) -> Message:
        owed = sum(self._states.values()) + self._apart
        awaited = self._apart + sum(number for state, number in self._states.items() if state not in OVER)
        if not owed:
            return msg("There is no obligation to follow.")
        if not awaited:
            return msg("Nothing is awaited any more: {list}.", list=self._in_each(OVER))
        if awaited == self._states[State.SUSPENDED]:
            return msg("No deadline runs: {list}.", list=self._in_each((State.SUSPENDED,)))
        return self._then(self._lateness())

    def _in_each(self, states: Iterable[State]) -> str:
        words = [counted(state, self._states[state]) for state in State if state in states and self._states[state]]
        return ", ".join(map(self._language.text, words))

    def _lateness(self) -> Message:
        """How many deadlines are passed, and of several conventions in how many."""
        if not self._late:
            return msg("No deadline passed")
        if not self._several:
            return msgs("{count} deadline passed", "{count} deadlines passed", count=self._late)
        return msgs(
            "{count} deadline passed, in {some} of {all} conventions",
            "{count} deadlines passed, in {some} of {all} conventions",
            count=self._late,
            some=self._late_conventions,
            all=self._conventions,
        )

    def _then(self, late: Message) -> Message:
        """The sentence with what comes next."""
        if not (found := self._next or self._next_by_term):
            return msg("{late}, none ahead.", late=late)
        first, others = found[min(found)], len(found) - 1
        what = shortened(first.title, _MOST, 1.0)
        named = (
            msg("{name} ({convention})", name=what, convention=shortened(first.convention, _MOST_OF_A_NAME, 1.0))
            if self._several
            else what
        )
        if others:
            named = msgs(
                "{name}, and {count} other that day",
                "{name}, and {count} others that day",
                count=others,
                name=named,
            )
        if not self._next:
            return msg("{late}; next deadline, by the term: {day}, {name}.", late=late, day=first.day, name=named)
        if first.day == self._as_of:
            return msg("{late}; next deadline: today, {name}.", late=late, name=named)
        if first.may_come_sooner:
            return msg("{late}; next deadline: {day} at the latest, {name}.", late=late, day=first.day, name=named)
        return msg("{late}; next deadline: {day}, {name}.", late=late, day=first.day, name=named)

    def _besides(self) -> Iterator[Message | str]:
        """What is said below: what is late by the term alone, and where the one convention stands in its term."""
        if self._late_by_term:
            yield passed_by_term(self._late_by_term)
        if self._of_the_term:
            yield self._of_the_term


def _with_late(number: int, late: int) -> Message:
    """How many were performed, as their column counts them, and how many of these after their date."""
    return msgs(
        "{count} fulfilled, {late} of them after the date",
        "{count} fulfilled, {late} of them after the date",
        count=number,
        late=late,
    )


def _offer(nearest: dict[tuple[str, str], _Next], home: ConventionRef, one: Obligation) -> None:
    """Keeps an engagement if none is due before it."""
    if one.due is None:
        return
    waits = bool(one.deadline.waiting_for)
    _keep(nearest, (home.id, one.engagement.id), _Next(one.due, home.label, one.engagement.title, waits))


def _keep(nearest: dict[tuple[str, str], _Next], key: tuple[str, str], found: _Next) -> None:
    day = next(iter(nearest.values())).day if nearest else found.day
    if found.day < day:
        nearest.clear()
    if found.day <= day:
        nearest.setdefault(key, found)


def _term_words(situation: Situation, language: Language) -> str:
    """Where a convention stands in its term, or when it was ended."""
    term = situation.term
    if term and term.due and term.basis is Basis.TERMINATION:
        if term.due <= situation.as_of:
            return language.text(msg("The convention was terminated: it ended on {day}.", day=term.due))
        return language.text(msg("The convention is terminated: it ends on {day}.", day=term.due))
    declared = situation.convention.term
    clause = visible(declared.clause or "") if declared else ""
    return term_in_brief(situation, language, shortened(clause, _MOST_OF_A_CLAUSE, 1.0))
