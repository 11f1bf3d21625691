"""What is answered about conventions, read one at a time and let go: the obligations chosen, and how many there are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.filters import Chooser
from qp_cli.tracking.portfolio import (
    Counter,
    Grouping,
    Listed,
    SharedParties,
    Soonest,
    by_date,
    convention_ref,
    itself,
    overview,
    party_tallies,
)
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import OVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.tracking.filters import Answering, Choice
    from qp_cli.tracking.portfolio import Overview, Tally
    from qp_cli.tracking.situation import Obligation, Situation

    Seen = Callable[[Situation, Sequence[Obligation]], None]
    """Who looks at the obligations of each convention as they go by."""

LINES = 5
"""The soonest obligations of a list of the status, at the most."""


class Asked(NamedTuple):
    """What a question is about: one convention, or several.

    Attributes:
        situations: each in its turn, to be gone through once.
        day: the day looked at.
        alone: whether it is about one convention, whose answer has a form of its own.
        shared: the parties that the conventions share.
        absences: what the answer lacks, known once all of them have gone by.
        left_out: the same for programs: `path` and `reason` of each.
    """

    situations: Iterable[Situation]
    day: date
    alone: bool = False
    shared: SharedParties = SharedParties()
    absences: Callable[[], Sequence[Message]] = list
    left_out: Callable[[], Sequence[Mapping[str, object]]] = list


def ask_about(situation: Situation) -> Asked:
    """A question about one convention."""
    return Asked((situation,), situation.as_of, alone=True)


class Chosen(NamedTuple):
    """The obligations that an answer lists.

    Attributes:
        listed: soonest first.
        others: how many more there are, where only the first were to be kept.
        over: how many are left out in each state because nothing is awaited of them any more.
        answering: the organs asked for whose legal person is answered for.
        only: the convention, where the answer is about one alone.
    """

    asked: Asked
    listed: Sequence[Listed]
    others: int = 0
    only: Situation | None = None
    over: Mapping[State, int] = {}
    answering: Sequence[Answering] = ()


def chosen_of(situation: Situation, obligations: Iterable[Obligation]) -> Chosen:
    """Obligations of one convention, in their order."""
    own = tuple(obligations)
    convention = convention_ref(situation, own)
    return Chosen(ask_about(situation), [Listed(convention, one) for one in own], only=situation)


def list_chosen(
    asked: Asked,
    choice: Choice,
    seen: Seen | None = None,
    *,
    keep: State | None = None,
    most: int | None = None,
    awaited_only: bool = False,
) -> Chosen:
    """What is chosen in every convention, each let go once it was looked at.

    Args:
        asked: the conventions.
        choice: what is chosen.
        seen: who looks at everything that is chosen.
        keep: the state of what is listed; every one where none is named.
        most: how many are listed, where not all.
        awaited_only: whether what is over is left out and counted, unless its state is chosen by name.

    Raises:
        UsageError: a party or a site that none of them knows.
    """
    chooser, only = Chooser(choice, asked.shared), None
    kept = _Kept(most, leaves_out=OVER if awaited_only and not choice.states else frozenset())
    for situation in asked.situations:
        chosen = chooser.choose(situation)
        convention = convention_ref(situation, chosen)
        only = situation if asked.alone else None
        if seen:
            seen(situation, chosen)
        for one in _in_state(chosen, keep):
            kept.add(Listed(convention, one))
    chooser.confirm()
    over = {state: number for state, number in kept.over.items() if number}
    return Chosen(asked, kept.listed, kept.first.others, only, over, chooser.answering)


class _Kept:
    """What is kept of obligations that go by: all of them or the first `most`, but for some states, only counted."""

    def __init__(self, most: int | None, leaves_out: frozenset[State]) -> None:
        self.first: Soonest[Listed] = Soonest(most or 0)
        self.over = dict.fromkeys(State, 0)
        self._most = most
        self._leaves_out = leaves_out
        self._everything: list[Listed] = []

    def add(self, each: Listed) -> None:
        """One more."""
        state = each.obligation.state
        if state in self._leaves_out:
            self.over[state] += 1
        elif self._most:
            self.first.offer(each, itself)
        else:
            self._everything.append(each)

    @property
    def listed(self) -> Sequence[Listed]:
        """Those kept, soonest first."""
        return self.first.kept if self._most else by_date(self._everything)


class Counted(NamedTuple):
    """How many obligations there are, and the soonest of them.

    Attributes:
        grouping: what they are counted by.
        tallies: one for each group.
        records: what was told of each convention.
        only: the convention, where the answer is about one alone.
    """

    asked: Asked
    overview: Overview
    grouping: Grouping
    tallies: Sequence[Tally]
    records: Sequence[dict[str, object]] = ()
    only: Situation | None = None

    @property
    def is_by_convention(self) -> bool:
        """Whether each convention has its tally."""
        return self.grouping is Grouping.CONVENTION


def _in_state(chosen: Sequence[Obligation], state: State | None) -> Sequence[Obligation]:
    return chosen if state is None else [one for one in chosen if one.state is state]


def counts_of(
    asked: Asked,
    grouping: Grouping | None = None,
    seen: Seen | None = None,
    tell: Callable[[Situation], dict[str, object]] | None = None,
) -> Counted:
    """The counts of one convention by party, of several by convention, unless a grouping is asked for.

    Each is looked at once and let go; `seen` looks at its obligations, `tell` makes a record of it.
    """
    by = grouping or (Grouping.PARTY if asked.alone else Grouping.CONVENTION)
    counter = Counter()
    records: list[dict[str, object]] = []
    only: list[Situation] = []

    def each() -> Iterator[Situation]:
        for situation in asked.situations:
            if seen:
                seen(situation, situation.obligations)
            if tell:
                records.append(tell(situation))
            look(situation)
            yield situation

    look: Callable[[Situation], None] = partial(_count, counter, by, asked.shared)
    if asked.alone:
        look = only.append
    found = overview(each(), asked.shared, asked.day, LINES)
    if only:
        return Counted(asked, found, by, party_tallies(only[0]), records, only[0])
    tallies = found.conventions if by is Grouping.CONVENTION else counter.tallies()
    return Counted(asked, found, by, tallies, records)


def _count(counter: Counter, by: Grouping, shared: SharedParties, situation: Situation) -> None:
    """Counts the obligations of one convention more, unless it is by convention, which `overview` does."""
    if by is Grouping.CONVENTION:
        return
    convention = convention_ref(situation)
    for one in situation.obligations:
        counter.count(Listed(convention, one), by, shared)
