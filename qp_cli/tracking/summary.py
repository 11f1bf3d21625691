"""What an obligation is counted in, what is overdue and what comes next."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.kinds import Kind, Scope
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qp_cli.tracking.situation import Obligation, Situation


class StateColumn(StrEnum):
    """The columns of the status table: every obligation is in exactly one."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    IN_EFFECT = "in_effect"
    FULFILLED = "fulfilled"
    CONDITIONAL = "conditional"
    OTHER = "other"
    OPTIONS = "options"


_COLUMNS = {
    State.OVERDUE: StateColumn.OVERDUE,
    State.DUE_SOON: StateColumn.DUE_SOON,
    State.IN_EFFECT: StateColumn.IN_EFFECT,
    State.FULFILLED: StateColumn.FULFILLED,
    State.FULFILLED_LATE: StateColumn.FULFILLED,
    State.CONDITIONAL: StateColumn.CONDITIONAL,
}
_NEAR = frozenset({StateColumn.OVERDUE, StateColumn.DUE_SOON})
_AHEAD = frozenset({State.DUE_SOON, State.UPCOMING})
_DATED = _AHEAD | {State.OVERDUE}
OVERDUE_BY_TERM = "overdue-by-term"
"""What an obligation is counted in that is overdue by a date derived from the term."""
DUE_SOON_BY_TERM = "due-soon-by-term"
"""What of `due-soon` is so by a date derived from the term: a name to ask by, counted with the others due soon."""
REPLACED_BY_AVENANT = "replaced-by-avenant"
"""What of `discharged` is so because an avenant put others in its place: a name to ask by, counted with the others."""
DERIVED_FROM_TERM = "derived-from-term"
"""What an obligation goes by that is counted apart: late or ahead by a date derived from the term."""
_APART = {State.OVERDUE: (OVERDUE_BY_TERM,)}
COUNTED_UNDER = (*(name for state in State for name in (state.value, *_APART.get(state, ()))), DERIVED_FROM_TERM)
"""All that obligations are counted under, most pressing first: each under its state, or under what is apart of it."""
_OF_COLUMNS = (StateColumn.OTHER, StateColumn.OPTIONS)
"""The columns of several states, which go by names of their own; another one goes by its state."""
_NAMED = {State.DUE_SOON: (DUE_SOON_BY_TERM,), State.DISCHARGED: (REPLACED_BY_AVENANT,)}
ASKED_BY = (
    *(name for state in State for name in (state.value, *_APART.get(state, ()), *_NAMED.get(state, ()))),
    *(DERIVED_FROM_TERM, *(each.value for each in _OF_COLUMNS)),
)
"""All the names that obligations are asked for by: what they are counted under, and every column of the counts."""
OVER = frozenset(
    {
        *(State.FULFILLED, State.FULFILLED_LATE, State.DISCHARGED, State.BREACHED, State.EXPIRED),
        *(State.EXERCISED, State.LAPSED),
    }
)
"""The states in which nothing is awaited any more."""


def column(obligation: Obligation) -> StateColumn:
    """The one column an obligation is counted in; a date derived from the term is never counted as the text's.

    Nobody owes an option: all of them are counted apart, whatever their state.
    """
    if obligation.engagement.kind is Kind.OPTION:
        return StateColumn.OPTIONS
    found = _COLUMNS.get(obligation.state, StateColumn.OTHER)
    return StateColumn.OTHER if found in _NEAR and obligation.derived else found


def state_counted(obligation: Obligation) -> str:
    """The state it is counted in: overdue by a date of the term alone is counted apart from overdue."""
    late = obligation.state is State.OVERDUE and obligation.derived
    return OVERDUE_BY_TERM if late else obligation.state.value


def state_called(obligation: Obligation) -> str:
    """The state that it is said to be in: as counted, but due soon by a date of the term alone has its own name."""
    near = obligation.state is State.DUE_SOON and obligation.derived
    return DUE_SOON_BY_TERM if near else state_counted(obligation)


def counted_as(obligation: Obligation) -> tuple[str, ...]:
    """The names that it is asked for by, beside its state: as counted and called, apart, in a column of several."""
    names = dict.fromkeys((state_counted(obligation), state_called(obligation)))
    if is_apart(obligation):
        names[DERIVED_FROM_TERM] = None
    if obligation.replaced_by:
        names[REPLACED_BY_AVENANT] = None
    if (found := column(obligation)) in _OF_COLUMNS:
        names[found.value] = None
    return tuple(names)


def counted_states(obligations: Iterable[Obligation]) -> dict[str, int]:
    """How many are counted in each state, none in some; each is counted once."""
    counts = dict.fromkeys(COUNTED_UNDER[:-1], 0)
    for one in obligations:
        counts[state_counted(one)] += 1
    return counts


def is_apart(obligation: Obligation) -> bool:
    """Whether it is late or ahead, near or not, but by a date derived from the term."""
    if obligation.state not in _DATED or not obligation.derived:
        return False
    return obligation.engagement.kind is not Kind.CONTINUING


def tally(obligations: Iterable[Obligation]) -> tuple[dict[State, int], int]:
    """How many are in each state that some are in, most pressing first; and how many are counted apart."""
    numbers = dict.fromkeys(State, 0)
    derived = 0
    for one in obligations:
        if is_apart(one):
            derived += 1
        else:
            numbers[one.state] += 1
    return {state: number for state, number in numbers.items() if number}, derived


def in_state(obligations: Sequence[Obligation], state: State | None) -> Sequence[Obligation]:
    """Those in a state; all of them where none is named."""
    return obligations if state is None else [one for one in obligations if one.state is state]


class StateNumbers:
    """How many obligations are in each state, options still open and dates derived from the term apart.

    Attributes:
        states: how many of the others are in each state, most pressing first.
        open_options: the options that may be exercised.
        derived: those that are late or ahead by a date derived from the term.
        late_by_term: how many of those are late.
        soon_by_term: how many of those are due soon.
    """

    def __init__(self, obligations: Iterable[Obligation] = ()) -> None:
        self.states = dict.fromkeys(State, 0)
        self.open_options = 0
        self.derived = self.late_by_term = self.soon_by_term = 0
        for one in obligations:
            self.add(one)

    def add(self, one: Obligation) -> None:
        """One obligation more."""
        if one.engagement.kind is Kind.OPTION and one.state is State.OPEN:
            self.open_options += 1
        elif is_apart(one):
            self.derived += 1
            self.late_by_term += one.state is State.OVERDUE
            self.soon_by_term += one.state is State.DUE_SOON
        else:
            self.states[one.state] += 1

    def join(self, other: StateNumbers) -> None:
        """Those that another one counted."""
        self.open_options += other.open_options
        self.derived += other.derived
        self.late_by_term += other.late_by_term
        self.soon_by_term += other.soon_by_term
        for state, number in other.states.items():
            self.states[state] += number


def overdue_ones(obligations: Iterable[Obligation]) -> list[Obligation]:
    """The overdue ones by a date the text, or an avenant, gives: soonest first."""
    return soonest(one for one in obligations if one.state is State.OVERDUE and not one.derived)


def apart(obligations: Iterable[Obligation]) -> list[Obligation]:
    """Those whose date is derived from the term, and is not yet met by a fact: soonest first."""
    return soonest(one for one in obligations if is_apart(one))


def upcoming(obligations: Iterable[Obligation]) -> list[Obligation]:
    """Those that come next by a date of the text, an avenant or a target: soonest first."""
    return soonest(one for one in obligations if is_upcoming(one))


def is_upcoming(obligation: Obligation) -> bool:
    """Whether it comes next by a date of the text, an avenant or a target."""
    return obligation.state in _AHEAD and obligation.due is not None and not obligation.derived


class CountEntry(NamedTuple):
    """What one obligation adds to a count: told once, however many groups it is counted in.

    Attributes:
        column: the one column it is counted in.
        is_apart: whether it is late or ahead, but by a date derived from the term.
        coming: its day, where it comes next by a date of the text, an avenant or a target.
    """

    column: StateColumn
    is_apart: bool
    coming: date | None


def count_entry(obligation: Obligation) -> CountEntry:
    """What an obligation adds to a count."""
    return CountEntry(column(obligation), is_apart(obligation), obligation.due if is_upcoming(obligation) else None)


def falls_due(obligation: Obligation, as_of: date, until: date) -> bool:
    """Whether it is overdue at a day, or falls due from that day to another, both included; not if it is over."""
    due = obligation.due
    if due is None or due > until or obligation.state in OVER:
        return False
    return obligation.state is State.OVERDUE or due >= as_of


def due_by_the_term(situation: Situation) -> list[Obligation] | None:
    """What is still to fall due by the term, a date derived from it too; None where it is not near, or is suspended."""
    term, soon = situation.term, situation.convention.due_soon_days
    if (
        term is None
        or term.due is None
        or situation.term_stopped_on
        or not 0 <= (term.due - situation.as_of).days <= soon
    ):
        return None
    found = (one for one in situation.obligations if one.state in _AHEAD and one.engagement.kind is not Kind.CONTINUING)
    return [one for one in found if one.due and one.due <= term.due]


def national(obligations: Iterable[Obligation]) -> list[Obligation]:
    """Those made at national level, which the convention only reports."""
    return [one for one in obligations if one.engagement.scope is Scope.NATIONAL]


def soonest(obligations: Iterable[Obligation]) -> list[Obligation]:
    """The same, by due date, those without one last, then by id."""
    return sorted(obligations, key=lambda one: (one.due is None, one.due or one.deadline.due, one.id))
