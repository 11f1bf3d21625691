"""The soonest of many obligations, one convention after the other; the others are counted, and let go. Pure."""

from __future__ import annotations

from bisect import insort
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from qp_cli.tracking.portfolio import place

if TYPE_CHECKING:
    from collections.abc import Callable

    from qp_cli.tracking.portfolio import Held, Place

Kept = TypeVar("Kept")
_PLACE = itemgetter(0)


def itself(held: Held) -> Held:
    """The obligation as it is, where nothing else is made of it."""
    return held


class Soonest(Generic[Kept]):
    """The first `most` of what it is offered, in the order of `by_date`; what is kept is made only then.

    Attributes:
        count: how many were offered.
    """

    def __init__(self, most: int) -> None:
        self.count = 0
        self._most = most
        self._kept: list[tuple[Place, Kept]] = []

    def offer(self, held: Held, make: Callable[[Held], Kept]) -> None:
        """One more, kept while it is among the first."""
        self.count += 1
        where = place(held)
        if len(self._kept) >= self._most and where >= self._kept[-1][0]:
            return
        insort(self._kept, (where, make(held)), key=_PLACE)
        del self._kept[self._most :]

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The first ones, soonest first."""
        return tuple(each for _, each in self._kept)

    @property
    def others(self) -> int:
        """How many more there were."""
        return self.count - len(self._kept)
