"""Several conventions on one screen: their counts, and the soonest of what is overdue and of what comes next. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.portfolio import Census, Held
from qp_cli.tracking.soonest import Soonest, itself
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import is_apart, is_upcoming

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qp_cli.tracking.portfolio import Tally
    from qp_cli.tracking.register import Register
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
    """

    as_of: date
    conventions: tuple[Tally, ...]
    shared: tuple[Tally, ...]
    total: Tally
    overdue: Soonest[Held]
    derived: Soonest[Held]
    upcoming: Soonest[Held]


def overview(situations: Iterable[Situation], register: Register, as_of: date, most: int) -> Overview:
    """The overview of several conventions, each looked at once and let go; each list keeps the first `most`."""
    census = Census(register)
    late, derived, ahead = Soonest[Held](most), Soonest[Held](most), Soonest[Held](most)
    for situation in situations:
        home = census.add(situation)
        for one in situation.obligations:
            if is_apart(one):
                derived.offer(Held(home, one), itself)
            elif is_upcoming(one):
                ahead.offer(Held(home, one), itself)
            elif one.state is State.OVERDUE and not one.derived:
                late.offer(Held(home, one), itself)
    return Overview(as_of, census.conventions, census.shared, census.total, late, derived, ahead)
