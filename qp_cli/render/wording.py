"""The words for states, kinds, natures and columns: neutral, the same on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import Message, msg, msgs
from qp_cli.model.kinds import Kind, Nature
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.renewal import MoveKind
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import (
    DERIVED_FROM_TERM,
    DUE_SOON_BY_TERM,
    OVERDUE_BY_TERM,
    REPLACED_BY_AVENANT,
    StateColumn,
    StateNumbers,
    state_called,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.tracking.situation import Obligation

STATES: dict[State, Message] = {
    State.OVERDUE: msg("overdue"),
    State.DUE_SOON: msg("due soon"),
    State.UPCOMING: msg("upcoming"),
    State.OPEN: msg("open, no number in the text"),
    State.IN_EFFECT: msg("running"),
    State.CONDITIONAL: msg("conditional"),
    State.SUSPENDED: msg("suspended"),
    State.FULFILLED: msg("fulfilled"),
    State.FULFILLED_LATE: msg("fulfilled after the date"),
    State.DISCHARGED: msg("discharged"),
    State.BREACHED: msg("breach recorded"),
    State.EXPIRED: msg("expired"),
    State.EXERCISED: msg("exercised"),
    State.LAPSED: msg("not exercised, its day has passed"),
}
MEANINGS: dict[State, Message] = {
    State.IN_EFFECT: msg("running: owed without interruption, until the term"),
    State.CONDITIONAL: msg("conditional: waits for an event or a request"),
    State.FULFILLED: msg("fulfilled: the journal records it"),
    State.DISCHARGED: msg("discharged: waived, or replaced by another"),
    State.EXPIRED: msg("expired: ran until the term, which has passed"),
}
"""What a state means whose word alone does not say it, where nothing else stands beside its count."""
BY_TERM = msg("overdue by the term")
"""What is overdue by a date derived from the term: counted apart from what is overdue by the text."""
REPLACED = msg("replaced by an avenant")
"""What an avenant put others in the place of."""
STYLES: dict[State, str] = {
    State.OVERDUE: "bold red",
    State.BREACHED: "bold red",
    State.DUE_SOON: "yellow",
    State.FULFILLED: "green",
    State.FULFILLED_LATE: "green",
    State.IN_EFFECT: "cyan",
    State.CONDITIONAL: "dim",
    State.EXPIRED: "dim",
    State.EXERCISED: "green",
    State.LAPSED: "dim",
    State.DISCHARGED: "dim",
}
KINDS: dict[Kind, Message] = {
    Kind.ONE_OFF: msg("one-off"),
    Kind.CONTINUING: msg("continuing"),
    Kind.RECURRING: msg("recurring"),
    Kind.ON_REQUEST: msg("on request"),
    Kind.OPTION: msg("option (faculté)"),
}
NATURES: dict[Nature, Message] = {
    Nature.MOYENS: msg("best efforts (obligation de moyens)"),
    Nature.RESULTAT: msg("result (obligation de résultat)"),
}
BASES: dict[Basis, Message] = {
    Basis.TEXT: msg("date of the text"),
    Basis.TERM: msg("date derived from the term"),
    Basis.TARGET: msg("target of the repository, not of the text"),
    Basis.AMENDMENT: msg("date moved by an avenant"),
    Basis.RENEWAL: msg("date moved by a tacit renewal"),
    Basis.TERMINATION: msg("date set by the termination"),
}
SET_BY_TERMINATION = msg("Set by the termination.")
"""Of a term that had no date before it."""
COLUMNS: dict[StateColumn, Message] = {
    StateColumn.OVERDUE: msg("Overdue"),
    StateColumn.DUE_SOON: msg("Due soon"),
    StateColumn.IN_EFFECT: msg("Running"),
    StateColumn.FULFILLED: msg("Fulfilled"),
    StateColumn.CONDITIONAL: msg("Conditional"),
    StateColumn.OTHER: msg("Other"),
    StateColumn.OPTIONS: msg("Optional"),
}
_CALLED = {
    OVERDUE_BY_TERM: BY_TERM,
    DUE_SOON_BY_TERM: msg("due soon by the term"),
    DERIVED_FROM_TERM: BASES[Basis.TERM],
    REPLACED_BY_AVENANT: REPLACED,
    **{each.value: COLUMNS[each] for each in (StateColumn.OTHER, StateColumn.OPTIONS)},
}
FACTS: dict[str, Message] = {
    "fulfilled": msg("performance recorded"),
    "triggered": msg("request recorded"),
    "occurred": msg("event recorded"),
    "amended": msg("avenant recorded"),
    "waived": msg("waiver recorded"),
    "suspended": msg("suspension recorded"),
    "resumed": msg("resumption recorded"),
    "notified": msg("formal notice (mise en demeure) recorded"),
    "breached": msg("breach recorded"),
    "denounced": msg("denunciation recorded"),
    "terminated": msg("termination recorded"),
    "voided": msg("cancellation recorded"),
    "proof": msg("proof added"),
}


_MOVERS: dict[MoveKind, Message] = {
    MoveKind.AVENANT: msg("the avenant"),
    MoveKind.RESUMPTION: msg("the resumption"),
    MoveKind.RENEWAL: msg("the tacit renewal"),
    MoveKind.TERMINATION: msg("the termination"),
}
_MOVED_SENTENCES: dict[MoveKind, Message] = {
    MoveKind.AVENANT: msg("Moved by an avenant: was {day}."),
    MoveKind.RESUMPTION: msg("Moved by the resumption: was {day}."),
    MoveKind.RENEWAL: msg("Moved by a tacit renewal: was {day}."),
    MoveKind.TERMINATION: msg("Set by the termination: was {day}."),
}


def _movers(how: Sequence[MoveKind]) -> Message:
    """What moved a date, each once, in order."""
    first, *others = dict.fromkeys(how)
    said = _MOVERS[first]
    for each in others:
        said = msg("{first}, then {second}", first=said, second=_MOVERS[each])
    return said


def moved(day: str, how: Sequence[MoveKind], facts: Sequence[str] = ()) -> Message:
    """The date before, and what moved it: an avenant, a resumption, a renewal, the termination, or several."""
    movers = _movers(how)
    if not facts:
        return msg("was {day} before {movers}", day=day, movers=movers)
    return msg("was {day} before {movers} [{facts}]", day=day, movers=movers, facts=", ".join(facts))


def moved_sentence(day: str, how: Sequence[MoveKind]) -> Message:
    """The same in a sentence, without the facts."""
    if len(set(how)) == 1:
        return _MOVED_SENTENCES[how[0]]._replace(parts={"day": day})
    return msg("Moved: was {day} before {movers}.", day=day, movers=_movers(how))


def counted_word(name: str) -> Message:
    """The word of what obligations are asked for by: a state, what a date of the term makes of some, a column.

    Raises:
        ValueError: nothing goes by that name.
    """
    return _CALLED.get(name) or STATES[State(name)]


def state_words(obligation: Obligation) -> Message:
    """Its state in words: replaced, by a date that the term alone gives, or open and no more."""
    if obligation.replaced_by:
        return REPLACED
    if obligation.state is State.OPEN and obligation.deadline.without_date:
        return msg("open")
    return state_word(obligation)


def state_word(obligation: Obligation) -> Message:
    """Its state alone, or that the term alone makes it late, whatever stands in its place."""
    is_option = obligation.engagement.kind is Kind.OPTION
    if is_option and obligation.state is State.OPEN:
        return msg("may be exercised")
    return counted_word(state_called(obligation))


def done_words(obligation: Obligation) -> Message | None:
    """On which day it was performed; of an option, exercised; None where it was not."""
    day = obligation.standing.fulfilled_on
    if day is None:
        return None
    if obligation.state is State.EXERCISED:
        return msg("exercised on {day}", day=day)
    return msg("fulfilled on {day}", day=day)


def counted(state: State, count: int) -> Message:
    """So many obligations in a state, in words that agree."""
    one, several = _COUNTED[state]
    return Message(one, {"count": count}, several, count)


def counted_apart(count: int) -> Message:
    """So many that are awaited by a date derived from the term."""
    return msgs("{count} by a date derived from the term", "{count} by a date derived from the term", count=count)


def counted_by_term(count: int) -> Message:
    """So many that are overdue by a date derived from the term, in the words of their state."""
    return msgs("{count} overdue by the term", "{count} overdue by the term", count=count)


def passed_by_term(count: int) -> Message:
    """That so many dates derived from the term are passed, in a sentence."""
    return msgs(
        "{count} date derived from the term is passed too, counted apart: the text does not write it.",
        "{count} dates derived from the term are passed too, counted apart: the text does not write them.",
        count=count,
    )


def tallied(obligations: Iterable[Obligation]) -> list[Message]:
    """How many obligations are in each state, then how many are awaited by a date derived from the term."""
    return numbers_in_words(StateNumbers(obligations))


def numbers_in_words(numbers: StateNumbers) -> list[Message]:
    """The same, once they are counted."""
    words = [counted(state, number) for state, number in numbers.states.items() if number]
    if numbers.open_options:
        words.append(msgs("{count} option open", "{count} options open", count=numbers.open_options))
    return [*words, _apart_words(numbers)] if numbers.derived else words


def _apart_words(numbers: StateNumbers) -> Message:
    """How many are counted apart, and how many of them are due soon by the term."""
    said, soon = counted_apart(numbers.derived), numbers.soon_by_term
    if not soon:
        return said
    return msgs("{list} ({count} due soon by the term)", "{list} ({count} due soon by the term)", count=soon, list=said)


_COUNTED: dict[State, tuple[str, str]] = {
    state: (message.text, message.plural)
    for state, message in (
        (State.OVERDUE, msgs("{count} overdue", "{count} overdue", count=1)),
        (State.DUE_SOON, msgs("{count} due soon", "{count} due soon", count=1)),
        (State.UPCOMING, msgs("{count} upcoming", "{count} upcoming", count=1)),
        (State.OPEN, msgs("{count} open", "{count} open", count=1)),
        (State.IN_EFFECT, msgs("{count} running", "{count} running", count=1)),
        (State.CONDITIONAL, msgs("{count} conditional", "{count} conditional", count=1)),
        (State.SUSPENDED, msgs("{count} suspended", "{count} suspended", count=1)),
        (State.FULFILLED, msgs("{count} fulfilled", "{count} fulfilled", count=1)),
        (State.FULFILLED_LATE, msgs("{count} fulfilled after the date", "{count} fulfilled after the date", count=1)),
        (State.DISCHARGED, msgs("{count} discharged", "{count} discharged", count=1)),
        (State.BREACHED, msgs("{count} breach recorded", "{count} breaches recorded", count=1)),
        (State.EXPIRED, msgs("{count} expired", "{count} expired", count=1)),
        (State.EXERCISED, msgs("{count} option exercised", "{count} options exercised", count=1)),
        (State.LAPSED, msgs("{count} option not exercised", "{count} options not exercised", count=1)),
    )
}
