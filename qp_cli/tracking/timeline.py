"""When things happened: the day of each event, of the term and of each engagement's fulfilment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.words import TERM

if TYPE_CHECKING:
    from collections.abc import Callable

    from qp_cli.model.convention import Convention, Engagement, Event
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.directory import Directory
    from qp_cli.tracking.ledger import Ledger


class Moment(NamedTuple):
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


class Timeline:
    """Days by name, for one convention and one ledger; nothing undated is ever guessed."""

    def __init__(
        self,
        convention: Convention,
        directory: Directory,
        ledger: Ledger,
        resolve_term: Callable[[Timeline], Deadline | None],
    ) -> None:
        self.convention = convention
        self._directory = directory
        self._ledger = ledger
        self._events: dict[str, Event] = {event.id: event for event in convention.events}
        self._engagements: dict[str, Engagement] = {item.id: item for item in convention.engagements}
        self._resolve_term = resolve_term
        self._term: Deadline | None = None
        self._term_known = False

    @property
    def term(self) -> Deadline | None:
        """The convention's term; None where the text sets none."""
        if not self._term_known:
            self._term_known = True
            self._term = self._resolve_term(self)
        return self._term

    def moment(self, reference: str | date) -> Moment:
        """The day of an event, of the term, of an engagement's last fulfilment, or the day itself."""
        if isinstance(reference, date):
            return Moment(reference)
        if reference == TERM:
            return self._term_moment()
        if reference in self._events:
            return self._event_moment(self._events[reference])
        if reference in self._engagements:
            return self._fulfilment_moment(self._engagements[reference])
        return Moment(None, (reference,), reference, reference)

    def event(self, name: str) -> Event | None:
        """The event of that id; None where there is none."""
        return self._events.get(name)

    def _term_moment(self) -> Moment:
        declared = self.convention.term
        clause = (declared.clause or "") if declared else ""
        title = (declared.title or "") if declared else ""
        if self.term is None or self.term.due is None:
            waiting = self.term.waiting_for if self.term else (TERM,)
            return Moment(None, waiting, TERM, title, clause)
        return Moment(self.term.due, (), TERM, title, clause)

    def _event_moment(self, event: Event) -> Moment:
        day = event.date_
        if day is None and not event.repeats:
            happenings = self._ledger.happenings.get(event.id, [])
            day = happenings[0].on if happenings else None
        waiting = () if day else (event.id,)
        return Moment(day, waiting, event.id, event.title, event.clause or "")

    def _fulfilment_moment(self, engagement: Engagement) -> Moment:
        day = self._fulfilled_on(engagement)
        waiting = () if day else (engagement.id,)
        return Moment(day, waiting, engagement.id, engagement.title, engagement.clause or "")

    def _fulfilled_on(self, engagement: Engagement) -> date | None:
        """The day the last of its debtors, at the last of its sites, fulfilled."""
        debtors = self._directory.debtors(engagement)
        facts = [fact for fact in self._ledger.about.get(engagement.id, []) if fact.kind == "fulfilled"]
        days: list[date] = []
        for debtor in debtors:
            others = [other for other in debtors if other is not debtor]
            own = [fact for fact in facts if not fact.by or self._directory.covers([fact.by], debtor, others)]
            for site in engagement.sites or (None,):
                at_site = [fact.on for fact in own if not fact.sites or site in fact.sites]
                if not at_site:
                    return None
                days.append(min(at_site))
        return max(days, default=None)
