"""The days that due dates refer to: events, the term, the fulfilment of engagements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.words import TERM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from qp_cli.model.convention import Convention, Engagement, Event
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.directory import Debtor, Directory
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

    `former` gives those who owed an engagement before a transfer: what they performed counts.
    """

    def __init__(
        self,
        convention: Convention,
        directory: Directory,
        facts: FactsInForce,
        resolve_term: Callable[[ReferenceDays], Deadline | None],
        former: Mapping[str, Sequence[Debtor]] | None = None,
    ) -> None:
        self.convention = convention
        self._directory = directory
        self._facts = facts
        self._former = former or {}
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
        day = self._fulfilled_on(engagement)
        waiting = () if day else (engagement.id,)
        return ReferenceDay(day, waiting, engagement.id, engagement.title, engagement.clause or "")

    def _fulfilled_on(self, engagement: Engagement) -> date | None:
        """The day the last of its debtors, at the last of its sites, fulfilled."""
        debtors = self._directory.debtors(engagement)
        facts = [fact for fact in self._facts.about.get(engagement.id, []) if fact.kind == "fulfilled"]
        days: list[date] = []
        for debtor in debtors if facts else ():
            own = [fact for fact in facts if not fact.by or self._is_by(fact.by, debtor, debtors, engagement)]
            for site in engagement.sites or (None,):
                at_site = [fact.on for fact in own if not fact.sites or site in fact.sites]
                if not at_site:
                    return None
                days.append(min(at_site))
        return max(days, default=None)

    def _is_by(self, name: str, debtor: Debtor, debtors: Iterable[Debtor], engagement: Engagement) -> bool:
        """Whether a name stands for a debtor, or for one whose place it has taken."""
        others = [other for other in debtors if other is not debtor]
        if self._directory.covers([name], debtor, others):
            return True
        return any(self._directory.covers([name], each, ()) for each in self._former.get(engagement.id, ()))
