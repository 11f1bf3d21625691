"""What is answered about conventions, read one at a time and let go: the obligations chosen, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from qp_cli.tracking.filters import Choice, Chooser, is_asked_for
from qp_cli.tracking.portfolio import (
    Counter,
    Grouping,
    Listed,
    SharedParties,
    Soonest,
    by_date,
    convention_ref,
    is_coming,
    party_tallies,
    without_working,
)
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import OVER, in_state
from qp_cli.tracking.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from qp_cli.messages import Message
    from qp_cli.tracking.filters import Answering, Met
    from qp_cli.tracking.portfolio import SortPlace, Tally
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.survey import Overview

    _Bounds: TypeAlias = tuple[SortPlace | None, SortPlace | None]

LINES = 5
"""The soonest obligations of a list of the status, at the most."""
_Kept = TypeVar("_Kept")


class Gather(Protocol):
    """What takes something from each convention in turn, each gone through once, here or in other processes."""

    def __call__(self, take: Callable[[Situation], _Kept], /) -> Iterator[_Kept]:
        """What is taken from each, in order; it is small, and does not hold the convention."""


class Watch(Protocol):
    """Who looks at the obligations of each convention as they go by."""

    @property
    def look(self) -> Callable[[Situation, Sequence[Obligation]], Any] | None:
        """What looks at one convention's, in whatever process; None where there is nothing to look for."""

    def hear(self, seen: Any) -> None:  # noqa: ANN401 - what `look` found, whatever that is
        """Hears what was found in one convention, in turn."""


class _Nobody:
    """Nobody looks."""

    look = None

    def hear(self, seen: object) -> None:
        """Nothing was looked for."""


NOBODY: Watch = _Nobody()


class Asked(NamedTuple):
    """What a question is about: one convention, or several.

    Attributes:
        gather: takes something from each in its turn.
        day: the day looked at.
        only: the convention, where the question is about one, whose answer has a form of its own.
        shared: the parties that the conventions share.
        absences: what the answer lacks, known once all of them have gone by.
        left_out: the same for programs: `path` and `reason` of each.
    """

    gather: Gather
    day: date
    only: Situation | None = None
    shared: SharedParties = SharedParties()
    absences: Callable[[], Sequence[Message]] = list
    left_out: Callable[[], Sequence[Mapping[str, object]]] = list

    @property
    def alone(self) -> bool:
        """Whether it is about one convention."""
        return self.only is not None


def ask_about(situation: Situation) -> Asked:
    """A question about one convention."""

    def gather(take: Callable[[Situation], _Kept]) -> Iterator[_Kept]:
        yield take(situation)

    return Asked(gather, situation.as_of, situation)


class BesideColumns(NamedTuple):
    """How the states asked for differ from the columns of the counts that have their names.

    Attributes:
        late: those fulfilled after the date, which the column of those fulfilled counts and their state does not hold.
        by_term: those overdue or due soon by a date of the term alone, which their state holds and no such column.
    """

    late: int = 0
    by_term: int = 0

    def joined(self, other: BesideColumns) -> BesideColumns:
        """With those of another convention."""
        return BesideColumns(self.late + other.late, self.by_term + other.by_term)


class Chosen(NamedTuple):
    """The obligations that an answer lists.

    Attributes:
        listed: soonest first.
        others: how many more there are, where only some were to be kept.
        over: how many are left out in each state because nothing is awaited of them any more.
        answering: the organs asked for whose legal person is answered for.
        only: the convention, where the answer is about one alone.
        conventions: how many were looked at.
        choice: what was asked for.
        others_overdue: how many of the others are overdue.
        beside: how the states asked for differ from the columns that have their names.
    """

    asked: Asked
    listed: Sequence[Listed]
    others: int = 0
    only: Situation | None = None
    over: Mapping[State, int] = {}
    answering: Sequence[Answering] = ()
    conventions: int = 1
    choice: Choice = Choice()
    others_overdue: int = 0
    beside: BesideColumns = BesideColumns()


def chosen_of(situation: Situation, obligations: Iterable[Obligation]) -> Chosen:
    """Obligations of one convention, in their order."""
    own = tuple(obligations)
    convention = convention_ref(situation, own)
    return Chosen(ask_about(situation), [Listed(convention, one) for one in own], only=situation)


class _OfList(NamedTuple):
    """What a list keeps of one convention: those listed, or the first of them; and what was met and seen."""

    met: Met
    seen: object
    listed: tuple[Listed, ...]
    first: _Shortened
    over: Mapping[State, int]
    beside: BesideColumns


class _Shortened:
    """The obligations of a list that holds `most`: those that come first of all, then the soonest of the others.

    Attributes:
        overdue: how many were overdue.
    """

    def __init__(self, most: int, bounds: _Bounds = (None, None)) -> None:
        self.overdue = 0
        self._most = most
        self._coming, self._rest = (Soonest[Listed](most, bound) for bound in bounds)

    def offer(self, listed: Listed) -> None:
        """One more."""
        self.overdue += listed.obligation.state is State.OVERDUE
        (self._coming if is_coming(listed) else self._rest).offer(listed, without_working)

    def join(self, other: _Shortened) -> None:
        """All that another one was offered, after what this one was."""
        self.overdue += other.overdue
        self._coming.join(other._coming)
        self._rest.join(other._rest)

    @property
    def bounds(self) -> _Bounds:
        """Of those that come, and of the others: what stands there or later is not wanted any more."""
        return self._coming.bound, self._rest.bound

    @property
    def kept(self) -> list[Listed]:
        """Those of the list, by date."""
        coming = self._coming.kept
        return by_date((*coming, *self._rest.kept[: self._most - len(coming)]))

    @property
    def count(self) -> int:
        """How many there were."""
        return self._coming.count + self._rest.count


class _TakeList:
    """What takes the obligations of a list from one convention.

    Attributes:
        bounds: what stands there or later is not wanted any more.
    """

    def __init__(
        self,
        choice: Choice,
        shared: SharedParties,
        state: State | None,
        most: int,
        watch: Watch,
        leaves_out: frozenset[State],
    ) -> None:
        self.bounds: _Bounds = (None, None)
        self._choice = choice
        self._shared = shared
        self._state = state
        self._most = most
        self._look = watch.look
        self._leaves_out = leaves_out

    def __call__(self, situation: Situation) -> _OfList:
        chooser = Chooser(_with_late(self._choice), self._shared)
        found = chooser.choose(situation)
        chosen = [one for one in found if is_asked_for(one, self._choice)]
        by_term = sum(one.derived and one.state in _NEAR_BY_TERM & self._choice.states for one in chosen)
        beside = BesideColumns(len(found) - len(chosen), by_term)
        seen = self._look and self._look(situation, chosen)
        convention = convention_ref(situation, chosen)
        wanted = in_state(chosen, self._state)
        over = {state: sum(one.state is state for one in wanted) for state in self._leaves_out}
        listed = [Listed(convention, one) for one in wanted if one.state not in self._leaves_out]
        first = _Shortened(self._most, self.bounds)
        if self._most:
            for one in listed:
                first.offer(one)
            listed = []
        return _OfList(chooser.met, seen, tuple(map(without_working, listed)), first, over, beside)


_NEAR_BY_TERM = frozenset({State.OVERDUE, State.DUE_SOON})


def _with_late(choice: Choice) -> Choice:
    """The same, and what was fulfilled after the date where what was fulfilled is asked for: their column is one."""
    if State.FULFILLED not in choice.states:
        return choice
    return choice._replace(states=choice.states | {State.FULFILLED_LATE})


def list_chosen(
    asked: Asked,
    choice: Choice,
    watch: Watch = NOBODY,
    *,
    keep: State | None = None,
    most: int | None = None,
    awaited_only: bool = False,
) -> Chosen:
    """What is chosen in every convention, each let go once it was looked at.

    Args:
        asked: the conventions.
        choice: what is chosen.
        watch: who looks at everything that is chosen.
        keep: the state of what is listed; every one where none is named.
        most: how many are listed, where not all: what comes, then what is overdue, then what has no date.
        awaited_only: whether what is over is left out and counted, unless its state is chosen by name.

    Raises:
        UsageError: a party or a site that none of them knows.
    """
    chooser = Chooser(choice, asked.shared)
    everything: list[Listed] = []
    first = _Shortened(most or 0)
    over = dict.fromkeys(State, 0)
    conventions = 0
    beside = BesideColumns()
    leaves_out = OVER if awaited_only and not choice.states else frozenset()
    take = _TakeList(choice, asked.shared, keep, most or 0, watch, leaves_out)
    for found in asked.gather(take):
        conventions += 1
        beside = beside.joined(found.beside)
        chooser.join(found.met)
        watch.hear(found.seen)
        everything += found.listed
        first.join(found.first)
        take.bounds = first.bounds
        for state, number in found.over.items():
            over[state] += number
    chooser.confirm()
    listed = first.kept if most else by_date(everything)
    left_out = {state: number for state, number in over.items() if number}
    others = first.count - len(listed) if most else 0
    others_overdue = first.overdue - sum(one.obligation.state is State.OVERDUE for one in listed) if most else 0
    return Chosen(
        asked, listed, others, asked.only, left_out, chooser.answering, conventions, choice, others_overdue, beside
    )


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
    records: Sequence[object] = ()
    only: Situation | None = None

    @property
    def is_by_convention(self) -> bool:
        """Whether each convention has its tally."""
        return self.grouping is Grouping.CONVENTION


def _nothing(_: Situation) -> None:
    """What is told of a convention where nobody asks."""


class _OfCounts(NamedTuple):
    """What counts keep of one convention: how many, the soonest, what was seen and told of it."""

    survey: Survey
    counter: Counter
    seen: object
    record: object


class _TakeCounts:
    """What counts the obligations of one convention."""

    def __init__(self, by: Grouping, shared: SharedParties, watch: Watch, tell: Callable[[Situation], object]) -> None:
        self._by = by
        self._shared = shared
        self._look = watch.look
        self._tell = tell

    def __call__(self, situation: Situation) -> _OfCounts:
        survey, counter = Survey(self._shared, LINES), Counter()
        survey.add(situation, without_working)
        if self._by is not Grouping.CONVENTION:  # which the survey counts
            convention = convention_ref(situation)
            for one in situation.obligations:
                counter.count(Listed(convention, one), self._by, self._shared)
        seen = self._look and self._look(situation, situation.obligations)
        return _OfCounts(survey, counter, seen, self._tell(situation))


def counts_of(
    asked: Asked,
    grouping: Grouping | None = None,
    watch: Watch = NOBODY,
    tell: Callable[[Situation], object] = _nothing,
) -> Counted:
    """The counts of one convention by party, of several by convention, unless a grouping is asked for.

    Each is looked at once and let go; `watch` looks at its obligations, `tell` makes a record of it.
    """
    by = grouping or (Grouping.PARTY if asked.alone else Grouping.CONVENTION)
    survey, counter = Survey(asked.shared, LINES), Counter()
    records: list[object] = []
    counted = Grouping.CONVENTION if asked.alone else by
    for found in asked.gather(_TakeCounts(counted, asked.shared, watch, tell)):
        survey.join(found.survey)
        counter.join(found.counter)
        watch.hear(found.seen)
        records.append(found.record)
    seen = survey.overview(asked.day)
    if asked.only:
        return Counted(asked, seen, by, party_tallies(asked.only), records, asked.only)
    tallies = seen.conventions if by is Grouping.CONVENTION else counter.tallies()
    return Counted(asked, seen, by, tallies, records)
