"""Several conventions on one time axis: a row each, or for each group, light enough to keep them all. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.names import collated
from qp_cli.tracking.portfolio import Listed, Soonest, convention_ref, groups, without_working
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import overdue_ones, upcoming
from qp_cli.tracking.timeline import Axis, Bar, BarKind, Mark, year_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from datetime import date

    from qp_cli.tracking.portfolio import Grouping, SharedParties, TallyGroup
    from qp_cli.tracking.situation import Obligation
    from qp_cli.tracking.timeline import MarkKind, Timeline

    Likeness = tuple[date, MarkKind, State | None, bool]


class GroupRow(NamedTuple):
    """One convention on the common axis, or what is owed in one group: by a party, under a clause, at a site.

    Attributes:
        label: its territory, else its title; of a group, what it is called.
        marks: those of all that it owes and of the convention itself, by day; what is alike on a day is one mark.
        bars: from the day its term is counted from to its last day; none where it has no origin, and of a group.
        overdue: how many are overdue by a date of the text.
        next_due: the nearest day ahead.
        undated: how many have no deadline, by state.
        home: of a group in one convention, that convention.
    """

    id: str
    label: str
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    overdue: int
    next_due: date | None
    undated: Mapping[State, int]
    home: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether anything of it has a place on the axis."""
        return bool(self.marks or self.bars)


class OffAxis(NamedTuple):
    """An event that a convention dates, before or after the axis."""

    day: date
    title: str
    convention: str


def _by_day(one: OffAxis) -> tuple[object, ...]:
    return one.day, collated(one.title), collated(one.convention)


class Timelines(NamedTuple):
    """Several conventions on one axis.

    Attributes:
        rows: in the order they were read.
        conventions: how many were read.
        late: the soonest of the overdue ones by a date of the text or an avenant.
        late_by_term: the soonest of those overdue by a date derived from the term.
        outside: the events that are not on the axis, by day.
        cancelled: the facts left out because they were cancelled.
        later: the facts left out because they take effect after the day looked at.
    """

    as_of: date
    axis: Axis
    rows: tuple[GroupRow, ...]
    conventions: int
    late: Soonest[Listed]
    late_by_term: Soonest[Listed]
    outside: tuple[OffAxis, ...]
    cancelled: int
    later: int


class Together:
    """Timelines put on one axis, one after the other, here or elsewhere: each is looked at once and let go."""

    def __init__(self, most: int) -> None:
        self._late: Soonest[Listed] = Soonest(most)
        self._late_by_term: Soonest[Listed] = Soonest(most)
        self._rows: dict[str, GroupRow] = {}
        self._count = 0
        self._axis: Axis | None = None
        self._outside: list[OffAxis] = []
        self._cancelled = self._later = 0

    def add(self, timeline: Timeline, rows: Iterable[GroupRow]) -> None:
        """One more, and its rows: those of one id are made one."""
        home = convention_ref(timeline.situation)
        self._count += 1
        for row in rows:
            self._put(row)
            if row.is_drawn:
                self._axis = _common(self._axis, timeline.axis)
        for one in (one for one in timeline.obligations if one.state is State.OVERDUE):
            (self._late_by_term if one.derived else self._late).offer(Listed(home, one), without_working)
        self._outside += _off_axis(timeline)
        self._cancelled += timeline.cancelled
        self._later += timeline.later

    def join(self, other: Together) -> None:
        """All that were put together elsewhere, after those of here."""
        self._count += other._count
        for row in other._rows.values():
            self._put(row)
        self._axis = _common(self._axis, other._axis)
        self._late.join(other._late)
        self._late_by_term.join(other._late_by_term)
        self._outside += other._outside
        self._cancelled += other._cancelled
        self._later += other._later

    def _put(self, row: GroupRow) -> None:
        self._rows[row.id] = _joined(self._rows.get(row.id), row)

    def timelines(self, as_of: date) -> Timelines:
        """All of them on their common axis."""
        axis = self._axis or year_of(as_of)
        return Timelines(
            as_of,
            axis,
            tuple(_within(axis, each) for each in self._rows.values()),
            self._count,
            self._late,
            self._late_by_term,
            tuple(sorted((each for each in self._outside if not axis.holds(each.day)), key=_by_day)),
            self._cancelled,
            self._later,
        )


def by_convention(timeline: Timeline) -> Iterator[GroupRow]:
    """The one row of a convention."""
    yield _row(timeline)


def by_group(timeline: Timeline, grouping: Grouping, register: SharedParties) -> Iterator[GroupRow]:
    """A row for each group that the obligations of a convention are in; what is about it as a whole is left out."""
    home = convention_ref(timeline.situation)
    shown = {one.id for one in timeline.obligations}
    members: dict[TallyGroup, set[str]] = {}
    for one in (one for one in timeline.situation.obligations if one.id in shown):
        for group in groups(Listed(home, one), grouping, register):
            members.setdefault(group, set()).add(one.id)
    for group, ids in members.items():
        row = _row(_narrowed(timeline, ids))
        yield row._replace(id=group.key, label=group.label, home=group.convention, bars=())


def _narrowed(timeline: Timeline, ids: Container[str]) -> Timeline:
    """A timeline of these obligations alone."""

    def among(found: Iterable[Obligation]) -> tuple[Obligation, ...]:
        return tuple(one for one in found if one.id in ids)

    rows = tuple(
        row._replace(
            obligations=among(row.obligations),
            marks=tuple(mark._replace(obligations=left) for mark in row.marks if (left := among(mark.obligations))),
        )
        for row in timeline.rows
    )
    return timeline._replace(rows=rows, marks=(), outside=())


def _off_axis(timeline: Timeline) -> Iterator[OffAxis]:
    """The events of a timeline that are outside its own axis."""
    label = timeline.situation.label
    return (OffAxis(mark.day, mark.event.title, label) for mark in timeline.outside if mark.event)


def _common(one: Axis | None, other: Axis | None) -> Axis | None:
    """The one axis that holds both; None without any."""
    if one is None or other is None:
        return one or other
    return Axis(min(one.start, other.start), max(one.end, other.end))


def _within(axis: Axis, row: GroupRow) -> GroupRow:
    """A row with the marks alone that the axis holds."""
    return row._replace(marks=tuple(mark for mark in row.marks if axis.holds(mark.day)))


def _joined(one: GroupRow | None, other: GroupRow) -> GroupRow:
    """The row of a group in the conventions so far, and in one more."""
    if one is None:
        return other
    undated = Counter(one.undated) + Counter(other.undated)
    return one._replace(
        marks=_alike((*one.marks, *other.marks)),
        overdue=one.overdue + other.overdue,
        next_due=min(filter(None, (one.next_due, other.next_due)), default=None),
        undated={state: undated[state] for state in State if undated[state]},
    )


def _row(timeline: Timeline) -> GroupRow:
    home = convention_ref(timeline.situation)
    owed = timeline.obligations
    undated = Counter(one.state for one in owed if one.due is None)
    start, end = timeline.start, timeline.term
    runs = start is not None and (end is None or start <= end)
    return GroupRow(
        home.id,
        home.label,
        _alike(_counted(timeline)),
        (Bar(BarKind.TERM, start, end),) if start and runs else (),
        len(overdue_ones(owed)),
        min((one.due for one in upcoming(owed) if one.due), default=None),
        {state: undated[state] for state in State if undated[state]},
    )


def _counted(timeline: Timeline) -> Iterator[Mark]:
    """The marks, each with what it counts for: a date for each of its obligations, a fact once."""
    told: set[tuple[MarkKind, str]] = set()
    for mark in (*timeline.common, *(mark for row in timeline.rows for mark in row.marks)):
        if mark.fact is None:
            yield mark._replace(number=max(1, len(mark.obligations)))
        elif (mark.kind, mark.fact.id) not in told:
            told.add((mark.kind, mark.fact.id))
            yield mark


def _alike(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """One mark for all that are alike on a day, by day: of what they are about, it only says how many they are."""
    numbers: Counter[Likeness] = Counter()
    for mark in marks:
        numbers[mark.day, mark.kind, mark.state, mark.dated_by_term] += mark.number
    return tuple(
        Mark(day, kind, state=state, dated_by_term=by_term, number=numbers[day, kind, state, by_term])
        for day, kind, state, by_term in sorted(numbers, key=_place)
    )


def _place(found: Likeness) -> tuple[date, str, str, bool]:
    day, kind, state, by_term = found
    return day, kind, state or "", by_term
