"""The days that due dates refer to: events, the term, the fulfilment of engagements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.words import TERM

if TYPE_CHECKING:
    from collections.abc import Callable

    from qp_cli.model.convention import Convention, Engagement, Event
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.journal import FactsInForce


class ReferenceDay(NamedTuple):
    """The day a reference stands for, or the names it still waits for.

    Attributes:
        name: the id of what is declared, or the kind of the fact that stands for it.
        title: what is declared calls itself; or the note of the fact.
        clause: where the text speaks of it.
        fact: the fact that stands for it, where nothing that is declared does.
    """

    day: date | None
    waiting_for: tuple[str, ...] = ()
    name: str = ""
    title: str = ""
    clause: str = ""
    fact: str = ""


class ReferenceDays:
    """Days by name, for one version of a convention and the facts in force; nothing undated is ever guessed.

    `performed_on` gives the day on which the last of those who owe an engagement performed it; what is asked while
    the term is worked out, which may count from one, is not `is_settled`.
    """

    def __init__(
        self,
        convention: Convention,
        facts: FactsInForce,
        resolve_term: Callable[[ReferenceDays], Deadline | None],
        performed_on: Callable[[str], date | None],
    ) -> None:
        self.convention = convention
        self._facts = facts
        self._performed_on = performed_on
        self._events: dict[str, Event] = {event.id: event for event in convention.events}
        self._engagements: dict[str, Engagement] = {item.id: item for item in convention.engagements}
        self._resolve_term = resolve_term
        self._term: Deadline | None = None
        self._term_known = False
        self.is_settled = True

    @property
    def term(self) -> Deadline | None:
        """The convention's term; None where the text sets none."""
        if not self._term_known:
            self._term_known = True
            self.is_settled = False
            self._term = self._resolve_term(self)
            self.is_settled = True
        return self._term

    def find(self, reference: str | date) -> ReferenceDay:
        """The day of an event, of the term, of an engagement's last fulfilment, or the day itself."""
        if isinstance(reference, date):
            return ReferenceDay(reference)
        if reference == TERM:
            return self._term_day()
        if reference in self._events:
            return self._event_day(self._events[reference])
        if reference in self._engagements:
            return self._fulfilment_day(self._engagements[reference])
        return ReferenceDay(None, (reference,), reference, reference)

    def event(self, name: str) -> Event | None:
        """The event of that id; None where there is none."""
        return self._events.get(name)

    @property
    def has_begun(self) -> bool:
        """Whether the convention runs although its term has no date, so that what is certain can be shown.

        It has not while its signature or its approval is awaited by the term, nor while the term waits for the
        event from which what comes back in the convention is counted too.
        """
        if self.term is None or self.term.due is not None:
            return True
        convention = self.convention
        starting = {convention.signature, convention.approval}
        for one in convention.engagements:
            if one.due and one.due.form in {"every", "rrule"}:
                days = (one.due.from_, getattr(one.due, "first", None))
                starting.update(name for name in days if isinstance(name, str))
        return starting.isdisjoint(self.term.waiting_for)

    def _term_day(self) -> ReferenceDay:
        declared = self.convention.term
        clause = (declared.clause or "") if declared else ""
        title = (declared.title or "") if declared else ""
        if self.term is None or self.term.due is None:
            waiting = self.term.waiting_for if self.term else (TERM,)
            return ReferenceDay(None, waiting, TERM, title, clause)
        return ReferenceDay(self.term.due, (), TERM, title, clause)

    def _event_day(self, event: Event) -> ReferenceDay:
        day = event.date_
        if day is None and not event.repeats:
            happenings = self._facts.happenings.get(event.id, [])
            day = happenings[0].on if happenings else None
        waiting = () if day else (event.id,)
        return ReferenceDay(day, waiting, event.id, event.title, event.clause or "")

    def _fulfilment_day(self, engagement: Engagement) -> ReferenceDay:
        day = self._performed_on(engagement.id)
        waiting = () if day else (engagement.id,)
        return ReferenceDay(day, waiting, engagement.id, engagement.title, engagement.clause or "")
