"""Several conventions on one time axis: a strand each, light enough to keep them all. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.chronology import Axis, year_of
from qp_cli.tracking.lanes import Span, Stretch
from qp_cli.tracking.portfolio import Listed, Soonest, convention_ref, groups, itself
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import overdue, upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from datetime import date

    from qp_cli.tracking.chronology import Chronology
    from qp_cli.tracking.lanes import Sort
    from qp_cli.tracking.portfolio import Group, Grouping, SharedParties
    from qp_cli.tracking.situation import Obligation


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
    """One convention on the common axis, or what is owed in one group: by a party, under a clause, at a site.

    Attributes:
        label: its territory, else its title; of a group, what it is called.
        dots: the marks of all that it owes and of the convention itself, by day.
        term: from the day its term is counted from to its last day; None where it has no origin, and of a group.
        overdue: how many are overdue by a date of the text.
        next_due: the nearest day ahead.
        undated: how many have no deadline, by state.
        home: of a group in one convention, that convention.
    """

    id: str
    label: str
    dots: tuple[Dot, ...]
    term: Stretch | None
    overdue: int
    next_due: date | None
    undated: Mapping[State, int]
    home: str = ""

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
        conventions: how many were read.
        late: the soonest of the overdue ones by a date of the text or an avenant.
        derived: the soonest of those overdue by a date derived from the term.
        outside: the events that are not on the axis, by day.
        cancelled: the facts left out because they were cancelled.
        later: the facts left out because they take effect after the day looked at.
    """

    as_of: date
    axis: Axis
    strands: tuple[Strand, ...]
    conventions: int
    late: Soonest[Listed]
    derived: Soonest[Listed]
    outside: tuple[Afar, ...]
    cancelled: int
    later: int


def braid(
    chronologies: Iterable[Chronology], as_of: date, most: int, split: Callable[[Chronology], Iterable[Strand]]
) -> Strands:
    """The strands of chronologies, each looked at once and let go; `most` overdue obligations of a sort are kept.

    `split` gives the strands of a chronology: those of one id are made one.
    """
    late: Soonest[Listed] = Soonest(most)
    derived: Soonest[Listed] = Soonest(most)
    strands: dict[str, Strand] = {}
    count = 0
    axes: list[Axis] = []
    afar: list[Afar] = []
    dropped: Counter[str] = Counter()
    for chronology in chronologies:
        home = convention_ref(chronology.situation)
        count += 1
        for strand in split(chronology):
            known = strands.get(strand.id)
            strands[strand.id] = _joined(known, strand) if known else strand
            if strand.is_drawn:
                axes.append(chronology.axis)
        for one in chronology.obligations:
            if one.state is State.OVERDUE:
                (derived if one.derived else late).offer(Listed(home, one), itself)
        afar += [Afar(mark.day, mark.event.title, home.label) for mark in chronology.outside if mark.event]
        dropped += Counter(cancelled=chronology.cancelled, later=chronology.later)
    axis = Axis(min(each.start for each in axes), max(each.end for each in axes)) if axes else year_of(as_of)
    outside = tuple(sorted(each for each in afar if not axis.holds(each.day)))
    return Strands(
        as_of,
        axis,
        tuple(each._replace(dots=tuple(dot for dot in each.dots if axis.holds(dot.day))) for each in strands.values()),
        count,
        late,
        derived,
        outside,
        dropped["cancelled"],
        dropped["later"],
    )


def by_convention(chronology: Chronology) -> Iterator[Strand]:
    """The one strand of a convention."""
    yield _strand(chronology)


def by_group(chronology: Chronology, grouping: Grouping, register: SharedParties) -> Iterator[Strand]:
    """A strand for each group that the obligations of a convention are in; what is about it as a whole is left out."""
    home = convention_ref(chronology.situation)
    shown = {one.id for one in chronology.obligations}
    members: dict[Group, set[str]] = {}
    for one in (one for one in chronology.situation.obligations if one.id in shown):
        for group in groups(Listed(home, one), grouping, register):
            members.setdefault(group, set()).add(one.id)
    for group, ids in members.items():
        strand = _strand(_narrowed(chronology, ids))
        yield strand._replace(id=group.key, label=group.label, home=group.convention, term=None)


def _narrowed(chronology: Chronology, ids: Container[str]) -> Chronology:
    """A chronology of these obligations alone."""

    def among(found: Iterable[Obligation]) -> tuple[Obligation, ...]:
        return tuple(one for one in found if one.id in ids)

    lanes = tuple(
        lane._replace(
            obligations=among(lane.obligations),
            marks=tuple(mark._replace(obligations=kept) for mark in lane.marks if (kept := among(mark.obligations))),
        )
        for lane in chronology.lanes
    )
    return chronology._replace(lanes=lanes, marks=(), outside=())


def _joined(one: Strand, other: Strand) -> Strand:
    """Two strands of one group, in two conventions."""
    numbers: Counter[tuple[date, Sort, State | None, bool]] = Counter()
    for day, sort, state, apart, number in (*one.dots, *other.dots):
        numbers[day, sort, state, apart] += number
    undated = Counter(one.undated) + Counter(other.undated)
    return one._replace(
        dots=tuple(Dot(*each, number) for each, number in sorted(numbers.items(), key=_place)),
        overdue=one.overdue + other.overdue,
        next_due=min(filter(None, (one.next_due, other.next_due)), default=None),
        undated={state: undated[state] for state in State if undated[state]},
    )


def _strand(chronology: Chronology) -> Strand:
    home = convention_ref(chronology.situation)
    owed = chronology.obligations
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
