"""Several conventions on one screen: how many obligations there are, and the soonest of each list. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.portfolio import Census, Listed, Soonest
from qp_cli.tracking.summary import StateColumn, StateNumbers, count_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from qp_cli.tracking.portfolio import SharedParties, Tally
    from qp_cli.tracking.situation import Situation


class Overview(NamedTuple):
    """Several conventions on one screen.

    Attributes:
        as_of: the day looked at.
        conventions: one tally per convention, in the order they were read.
        shared: one tally per party that several of them share, across them all.
        total: all of them.
        overdue: by a date of the text or an avenant, soonest first; so are the next two.
        derived: by a date derived from the term, counted apart.
        upcoming: what comes next.
        beside: what the columns of others and of options hold.
    """

    as_of: date
    conventions: tuple[Tally, ...]
    shared: tuple[Tally, ...]
    total: Tally
    overdue: Soonest[Listed]
    derived: Soonest[Listed]
    upcoming: Soonest[Listed]
    beside: Mapping[StateColumn, StateNumbers]


class Survey:
    """Conventions looked at one after the other, here or elsewhere: their counts, and the soonest of each list."""

    def __init__(self, shared: SharedParties, most: int) -> None:
        self._census = Census(shared)
        self.late: Soonest[Listed] = Soonest(most)
        self.derived: Soonest[Listed] = Soonest(most)
        self.ahead: Soonest[Listed] = Soonest(most)
        self._beside = {StateColumn.OTHER: StateNumbers(), StateColumn.OPTIONS: StateNumbers()}

    def add(self, situation: Situation, make: Callable[[Listed], Listed]) -> None:
        """One convention more; `make` gives what is kept of an obligation."""
        counted = list(map(count_entry, situation.obligations))
        convention = self._census.add(situation, counted)
        for one, each in zip(situation.obligations, counted, strict=True):
            if numbers := self._beside.get(each.column):
                numbers.add(one)
            if each.is_apart:
                self.derived.offer(Listed(convention, one), make)
            elif each.coming:
                self.ahead.offer(Listed(convention, one), make)
            elif each.column is StateColumn.OVERDUE:
                self.late.offer(Listed(convention, one), make)

    def join(self, other: Survey) -> None:
        """All that another one looked at, after what this one did."""
        self._census.join(other._census)
        for own, others in ((self.late, other.late), (self.derived, other.derived), (self.ahead, other.ahead)):
            own.join(others)
        for each, numbers in self._beside.items():
            numbers.join(other._beside[each])

    def overview(self, as_of: date) -> Overview:
        """What there is to say of all of them."""
        census = self._census
        lists = (self.late, self.derived, self.ahead)
        return Overview(as_of, census.conventions, census.shared, census.total, *lists, self._beside)
