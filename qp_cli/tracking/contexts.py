"""What obligations are built in, and what the words of an engagement give there: its deadlines, before any fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.law.computation import Step
from qp_cli.messages import msg
from qp_cli.model.words import TERM, Kind, Scope
from qp_cli.tracking.deadlines import TRIGGER, Basis, Deadline, resolve

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.law.computation import Pause
    from qp_cli.model.convention import Engagement
    from qp_cli.model.dues import Due
    from qp_cli.tracking.deadlines import Dates
    from qp_cli.tracking.directory import Directory
    from qp_cli.tracking.journal import FactsInForce
    from qp_cli.tracking.requests import Request


class Context:
    """What obligations are built in: who, which facts, and what dates are read in; deadlines are worked out once."""

    def __init__(self, directory: Directory, in_force: FactsInForce, dates: Dates) -> None:
        self.directory = directory
        self.in_force = in_force
        self.dates = dates
        self._known: dict[tuple[object, ...], tuple[Engagement, tuple[Deadline, ...]]] = {}
        self._occurrences: dict[int, tuple[tuple[Deadline, ...], dict[date | None, Deadline]]] = {}

    def deadlines(
        self, engagement: Engagement, request: Request | None = None, pauses: tuple[Pause, ...] = ()
    ) -> tuple[Deadline, ...]:
        """What an engagement's words give: one deadline, or one for each occurrence; for a request, its answer.

        Raises:
            InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
            OutOfRangeError: a day outside the years qp computes, or too many occurrences.
        """
        # By its identity: to compare all the words of an engagement costs more than to count its dates.
        key = (id(engagement), request, pauses)
        if key in self._known:
            return self._known[key][1]
        found = _deadlines(engagement, self.dates._replace(pauses=pauses) if pauses else self.dates, request)
        if self.dates.references.is_settled:
            self._known[key] = engagement, found
        return found

    def occurrence(self, engagement: Engagement, pauses: tuple[Pause, ...], day: date | None) -> Deadline | None:
        """The deadline of one occurrence of a series; None where its words do not give it."""
        found = self.deadlines(engagement, None, pauses)
        key = id(found)
        if key not in self._occurrences:
            self._occurrences[key] = found, {each.occurrence: each for each in reversed(found)}
        return self._occurrences[key][1].get(day)


def _deadlines(engagement: Engagement, dates: Dates, request: Request | None) -> tuple[Deadline, ...]:
    match engagement.kind:
        case Kind.ON_REQUEST:
            return (_answer(engagement, dates, request),)
        case Kind.RECURRING if engagement.due:
            return resolve(engagement.due, dates)
        case _ if engagement.due:
            return resolve(engagement.due, _once(dates, is_length=engagement.kind is Kind.CONTINUING))
        case _:
            return (_by_the_term(engagement, dates),)


def _once(dates: Dates, *, is_length: bool) -> Dates:
    """What a single date is read in: the end of what runs on is a durée."""
    return dates._replace(is_length=True) if is_length else dates


def _by_the_term(engagement: Engagement, dates: Dates) -> Deadline:
    """Where the text gives no date: a one-off is owed during the convention, what runs on goes to the term."""
    if engagement.scope is Scope.NATIONAL or dates.references.convention.term is None:
        return Deadline(None)
    term = dates.find(TERM)
    if term.day is None:
        return Deadline(None, Basis.TERM, term.waiting_for)
    text = msg("No deadline in the text: owed during the convention, at the latest at its term")
    if engagement.kind is Kind.CONTINUING:
        text = msg("Owed throughout, until the term of the convention")
    return Deadline(term.day, Basis.TERM, steps=(Step("term", text, term.clause, term.day),))


def _answer(engagement: Engagement, dates: Dates, request: Request | None) -> Deadline:
    """The deadline one request starts: what the text says, else the repository's own target, else none."""
    if request is None:
        return Deadline(None, waiting_for=(engagement.trigger or TRIGGER,))
    asked = dates._replace(request=request.reference, request_name=engagement.trigger)
    if engagement.due:
        return _resolved(engagement.due, asked, request)
    if engagement.target:
        return _resolved(engagement.target, asked, request)._replace(basis=Basis.TARGET)
    return Deadline(None, origin=request.on, occurrence=request.on, begins=request.on)


def _resolved(due: Due, dates: Dates, request: Request) -> Deadline:
    return resolve(due, dates)[0]._replace(occurrence=request.on, begins=request.on)
