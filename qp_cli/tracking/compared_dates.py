"""The dates beside a deadline: strict, prudent, carried over; one answer for whatever gives the deadline. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import OutOfRangeError
from qp_cli.law.workdays import previous_working_day

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.law.computation import Computation
    from qp_cli.law.zones import Zone
    from qp_cli.tracking.deadlines import Deadline


class ComparedDates(NamedTuple):
    """A deadline with the dates on either side of it.

    Attributes:
        strict: the day itself, or the end of the period before anything is carried over.
        prudent: the last working day on or before it; None where nothing is compared: a durée, a tacit decision.
        carried_over: the first working day on or after it; None where nothing can be carried over.
        deadline: the last day in time, which is the carried-over date where the regime says so.
        is_period: whether a period (délai) ends there; a day that is named is none, and nothing carries it over.
        is_length: whether a durée ends there, which nothing carries over either.
    """

    strict: date
    prudent: date | None
    carried_over: date | None
    deadline: date
    is_period: bool = True
    is_length: bool = False

    @property
    def differ(self) -> bool:
        """Whether they are not all one day."""
        return not {self.prudent, self.carried_over} <= {None, self.strict}


def compared_in(computation: Computation) -> ComparedDates:
    """The dates beside the end of a period that was counted."""
    return ComparedDates(computation.strict, computation.prudent, computation.carried_over, computation.deadline)


def compared_dates(deadline: Deadline, zone: Zone) -> ComparedDates | None:
    """The dates beside a deadline; None without a date.

    Those of its working, where a period was counted. A day that the text, an avenant, a series or the term names is no
    period: only a délai that ends on a closed day is carried over (CPC art. 642 al. 2; Règl. 1182/71 art. 3 § 4), so
    there is a prudent day, and no carried-over one; so it is for the term, which is the end of a durée, before which
    there may be something to do. The end of what runs on is compared with nothing: it is owed throughout.

    Args:
        deadline: the deadline.
        zone: whose public holidays count.
    """
    if deadline.due is None:
        return None
    if deadline.is_term:
        prudent = _prudent(deadline.due, zone)
        return ComparedDates(deadline.due, prudent, None, deadline.due, is_period=False, is_length=True)
    if deadline.computation:
        return compared_in(deadline.computation)
    if deadline.is_length:
        return ComparedDates(deadline.due, None, None, deadline.due)
    return ComparedDates(deadline.due, _prudent(deadline.due, zone), None, deadline.due, is_period=False)


def _prudent(day: date, zone: Zone) -> date | None:
    try:
        return previous_working_day(day, zone)
    except OutOfRangeError:  # the first days of the first year that is computed
        return None


def prudent_day(deadline: Deadline, zone: Zone) -> date | None:
    """The day by which it is prudent to have acted, from which alarms and reminders count; None without a date.

    It is the prudent date that is compared; the deadline itself, where none is.
    """
    found = compared_dates(deadline, zone)
    return (found.prudent or deadline.due) if found else None
