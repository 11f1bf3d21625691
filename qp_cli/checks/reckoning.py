"""What follows from a convention and all that its journal records, whatever the day."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.shapes import CHOICES, recurs
from qp_cli.checks.subject import Pointer
from qp_cli.errors import QpError
from qp_cli.model.dues import EarliestOf
from qp_cli.model.words import TERM, Kind
from qp_cli.store.places import CONVENTION, JOURNAL
from qp_cli.tracking.amendments import overlay
from qp_cli.tracking.deadlines import Frame, resolve
from qp_cli.tracking.directory import Directory
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.obligations import Bench, build
from qp_cli.tracking.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.messages import Message
    from qp_cli.model.convention import Convention, Engagement
    from qp_cli.model.dues import Due
    from qp_cli.model.journal import Amended, Fact
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.obligations import Slot


class Dated(NamedTuple):
    """A due date as it stands, avenants included: what it dates, where it is written, the days it gives.

    Attributes:
        name: the engagement's id, or the term's.
        clause: where the text says it; empty where nothing does.
        engagement: None for the term.
    """

    name: str
    clause: str
    engagement: Engagement | None
    due: Due
    pointer: Pointer
    deadlines: tuple[Deadline, ...]


def is_sound(due: Due) -> bool:
    """Whether a due date gives one day, or recurs by itself: a recurrence among several dates gives neither."""
    if not isinstance(due, CHOICES):
        return True
    choices = due.earliest_of if isinstance(due, EarliestOf) else due.latest_of
    return all(is_sound(choice) and not recurs(choice) for choice in choices)


class Reckoning:
    """The dates of a repository, with every fact that it records taken as done.

    What another rule objects to is left out.

    Attributes:
        refused: what cannot be computed, with the reason.
    """

    def __init__(self, signed: Convention, facts: Sequence[Fact], ledger: Ledger | None = None) -> None:
        self._signed = signed
        self._facts = facts
        self.refused: dict[str, Message] = {}
        self.ledger = ledger or open_ledger(facts, date.max)
        self.overlay = overlay(signed, self.ledger.amendments)
        self.convention = self.overlay.convention
        self.directory = Directory(self.convention)
        self.timeline = Timeline(self.convention, self.directory, self.ledger, partial(_term, self.refused))
        self.frame = Frame(self.timeline, self.convention.regime, self.convention.zone)
        self._dated: dict[str, Dated | None] = {}
        self._deadlines: dict[str, tuple[Deadline, ...]] = {}
        self._slots: dict[str, list[Slot]] = {}
        self._by_fact: dict[str, dict[int, list[Slot]]] = {}

    @cached_property
    def engagements(self) -> dict[str, Engagement]:
        """Each engagement as it stands, those that avenants add among them."""
        return {engagement.id: engagement for engagement in self.convention.engagements}

    @property
    def term(self) -> Deadline | None:
        """The term; None where there is none, or none that can be computed."""
        return self.timeline.term

    @property
    def start(self) -> date | None:
        """The day from which the convention runs: the one that its term is counted from."""
        term = self.term
        return term.origin if term and term.origin and term.due and term.origin <= term.due else None

    @cached_property
    def standing(self) -> tuple[tuple[Fact, Pointer], ...]:
        """The facts that count, none cancelled, in the order of the file; cancellations are not among them."""
        ledger = self.ledger
        books = (ledger.about, ledger.triggers, ledger.happenings)
        counted = {id(fact) for book in books for facts in book.values() for fact in facts}
        counted |= {id(fact) for fact in ledger.amendments}
        return tuple(
            (fact, Pointer(JOURNAL, ("facts", number)))
            for number, fact in enumerate(self._facts)
            if id(fact) in counted
        )

    def place(self, fact: Fact) -> Pointer:
        """Where a fact is written."""
        return Pointer(JOURNAL, ("facts", self._numbers[fact.id]))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {fact.id: number for number, fact in enumerate(self._facts)}

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """Every due date of the text as it stands; what is owed on request has none of its own."""
        return tuple(found for name in (TERM, *self.engagements) if (found := self.find(name)))

    def before(self, avenant: Amended) -> Reckoning:
        """The same as it stood before an avenant, and those that came after it."""
        earlier = self.ledger.amendments[: self.ledger.amendments.index(avenant)]
        return Reckoning(self._signed, self._facts, self.ledger._replace(amendments=earlier))

    def slots(self, name: str) -> list[Slot]:
        """The obligations of an engagement, each with its facts in order; none where they cannot be computed."""
        if name not in self._slots:
            self._slots[name] = self._built(self.engagements[name]) if name in self.engagements else []
        return self._slots[name]

    def concerned(self, name: str, fact: Fact) -> list[Slot]:
        """The obligations of an engagement that a fact counts for."""
        if name not in self._by_fact:
            by_fact: dict[int, list[Slot]] = {}
            for slot in self.slots(name):
                for each in dict.fromkeys(map(id, slot.facts)):
                    by_fact.setdefault(each, []).append(slot)
            self._by_fact[name] = by_fact
        return self._by_fact[name].get(id(fact), [])

    def day(self, reference: str | date | None) -> date | None:
        """The day of an event, of the term, or of an engagement's fulfilment."""
        return self.timeline.moment(reference).day if reference is not None else None

    def find(self, name: str) -> Dated | None:
        """The due date of the term or of an engagement, as it stands."""
        if name not in self._dated:
            self._dated[name] = self._found(name)
        return self._dated[name]

    def _found(self, name: str) -> Dated | None:
        place = self.places.get(name)
        if name == TERM:
            term = self.convention.term
            return (
                Dated(name, term.clause or "", None, term.due, place, (self.term,))
                if term and self.term and place
                else None
            )
        engagement = self.engagements.get(name)
        if not engagement or not place or not engagement.due:
            return None
        if engagement.kind is Kind.ON_REQUEST or not _fits(engagement):
            return None
        deadlines = self._resolved(name, engagement.due)
        return Dated(name, engagement.clause or "", engagement, engagement.due, place, deadlines)

    @cached_property
    def places(self) -> dict[str, Pointer]:
        """Where each due date as it stands is written: in the convention, or in the avenant that set it last."""
        places = {TERM: Pointer(CONVENTION, ("term", "due"))}
        for number, engagement in enumerate(self._signed.engagements):
            places[engagement.id] = Pointer(CONVENTION, ("engagements", number, "due"))
        for fact in self.ledger.amendments:
            for number, change in enumerate(fact.changes):
                place = self.place(fact).to("changes", number)
                if change.change in {"extend", "due"}:
                    places[change.target] = place.to("due" if change.change == "due" else "by")
                elif change.change == "add":
                    places[change.engagement.id] = place.to("engagement", "due")
        return places

    def _resolved(self, name: str, due: Due) -> tuple[Deadline, ...]:
        """What the due date of an engagement gives, worked out once; nothing when it is refused."""
        if name not in self._deadlines:
            try:
                self._deadlines[name] = resolve(due, self.frame)
            except QpError as error:
                self.refused[name] = error.message
                self._deadlines[name] = ()
        return self._deadlines[name]

    def _built(self, engagement: Engagement) -> list[Slot]:
        if not _fits(engagement):
            return []
        bench = Bench(self.directory, self.ledger, self.frame)
        due = engagement.due if engagement.kind is not Kind.ON_REQUEST else None
        try:
            return build(engagement, bench, self._resolved(engagement.id, due) if due else None)
        except QpError as error:
            self.refused[engagement.id] = error.message
            return []


def _term(refused: dict[str, Message], timeline: Timeline) -> Deadline | None:
    """The term of a timeline; None where there is none, or none that can be computed: the reason is noted then."""
    term = timeline.convention.term
    if term is None or recurs(term.due) or not is_sound(term.due):
        return None
    try:
        return resolve(term.due, Frame(timeline, timeline.convention.regime, timeline.convention.zone))[0]
    except QpError as error:
        refused[TERM] = error.message
        return None


def _fits(engagement: Engagement) -> bool:
    """Whether its due date suits its kind, as another rule demands."""
    due = engagement.due
    return due is None or (is_sound(due) and recurs(due) is (engagement.kind is Kind.RECURRING))
