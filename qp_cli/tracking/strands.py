"""Several conventions on one time axis: a strand each, light enough to keep them all. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.chronology import Axis, year_of
from qp_cli.tracking.lanes import Span, Stretch
from qp_cli.tracking.portfolio import Held, home_of
from qp_cli.tracking.soonest import Soonest, itself
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import overdue, upcoming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qp_cli.tracking.chronology import Chronology
    from qp_cli.tracking.lanes import Sort


class Dot(NamedTuple):
    """The marks of one convention that are alike on one day, and how many they are.

    Attributes:
        sort: what they are.
        state: the state of the obligations whose deadline they are; None for every other sort.
        apart: whether they are deadlines that passed, but by a date derived from the term.
    """

    day: date
    sort: Sort
    state: State | None
    apart: bool
    number: int


class Strand(NamedTuple):
    """One convention on the common axis.

    Attributes:
        label: its territory, else its title.
        dots: the marks of all that it owes and of the convention itself, by day.
        term: from the day its term is counted from to its last day; None where it has no origin.
        overdue: how many are overdue by a date of the text.
        next_due: the nearest day ahead.
        undated: how many have no deadline, by state.
    """

    id: str
    label: str
    dots: tuple[Dot, ...]
    term: Stretch | None
    overdue: int
    next_due: date | None
    undated: Mapping[State, int]

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Its term, where that has a place on the axis."""
        return (self.term,) if self.term else ()

    @property
    def is_drawn(self) -> bool:
        """Whether anything of it has a place on the axis."""
        return bool(self.dots or self.term)


class Afar(NamedTuple):
    """An event that a convention dates, before or after the axis."""

    day: date
    title: str
    label: str


class Strands(NamedTuple):
    """Several conventions on one axis.

    Attributes:
        strands: in the order they were read.
        late: the soonest of the overdue ones by a date of the text or an avenant.
        derived: the soonest of those overdue by a date derived from the term.
        outside: the events that are not on the axis, by day.
        cancelled: the facts left out because they were cancelled.
        later: the facts left out because they take effect after the day looked at.
    """

    as_of: date
    axis: Axis
    strands: tuple[Strand, ...]
    late: Soonest[Held]
    derived: Soonest[Held]
    outside: tuple[Afar, ...]
    cancelled: int
    later: int


def braid(chronologies: Iterable[Chronology], as_of: date, most: int) -> Strands:
    """The strands of chronologies, each looked at once and let go; `most` overdue obligations of a sort are kept."""
    late: Soonest[Held] = Soonest(most)
    derived: Soonest[Held] = Soonest(most)
    strands: list[Strand] = []
    axes: list[Axis] = []
    afar: list[Afar] = []
    dropped: Counter[str] = Counter()
    for chronology in chronologies:
        home = home_of(chronology.situation)
        strand = _strand(chronology)
        strands.append(strand)
        if strand.is_drawn:
            axes.append(chronology.axis)
        for one in (one for lane in chronology.lanes for one in lane.obligations):
            if one.state is State.OVERDUE:
                (derived if one.derived else late).offer(Held(home, one), itself)
        afar += [Afar(mark.day, mark.event.title, home.label) for mark in chronology.outside if mark.event]
        dropped += Counter(cancelled=chronology.cancelled, later=chronology.later)
    axis = Axis(min(each.start for each in axes), max(each.end for each in axes)) if axes else year_of(as_of)
    outside = tuple(sorted(each for each in afar if not axis.holds(each.day)))
    return Strands(
        as_of,
        axis,
        tuple(each._replace(dots=tuple(dot for dot in each.dots if axis.holds(dot.day))) for each in strands),
        late,
        derived,
        outside,
        dropped["cancelled"],
        dropped["later"],
    )


def _strand(chronology: Chronology) -> Strand:
    home = home_of(chronology.situation)
    owed = [one for lane in chronology.lanes for one in lane.obligations]
    undated = Counter(one.state for one in owed if one.due is None)
    start, end = chronology.start, chronology.term
    runs = start is not None and (end is None or start <= end)
    return Strand(
        home.id,
        home.label,
        tuple(_dots(chronology)),
        Stretch(Span.TERM, start, end) if start and runs else None,
        len(overdue(owed)),
        min((one.due for one in upcoming(owed) if one.due), default=None),
        {state: undated[state] for state in State if undated[state]},
    )


def _dots(chronology: Chronology) -> Iterator[Dot]:
    """The marks, those alike together: a date counts for each of its obligations, a fact once."""
    found: Counter[tuple[date, Sort, State | None, bool]] = Counter()
    told: set[tuple[Sort, str]] = set()
    for mark in (*chronology.common, *(mark for lane in chronology.lanes for mark in lane.marks)):
        name = (mark.sort, mark.fact.id) if mark.fact else None
        if name not in told:
            found[mark.day, mark.sort, mark.state, mark.apart] += 1 if name else max(1, len(mark.obligations))
        if name:
            told.add(name)
    for (day, sort, state, apart), number in sorted(found.items(), key=_place):
        yield Dot(day, sort, state, apart, number)


def _place(found: tuple[tuple[date, Sort, State | None, bool], int]) -> tuple[date, str, str, bool]:
    (day, sort, state, apart), _ = found
    return day, sort, state or "", apart
