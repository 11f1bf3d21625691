"""What follows from a convention and all that its journal records, whatever the day."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property, partial
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.rule import Pointer
from qp_cli.errors import InvalidPeriodError, QpError
from qp_cli.model.dues import AtLeast, AtTheLatest, EarliestOf, Every, LatestOf, Rule, Within, chosen_from
from qp_cli.model.facts import Add, Extend, Redate, Suspended
from qp_cli.model.kinds import ALL, TERM, Kind
from qp_cli.store.places import CONVENTION, JOURNAL
from qp_cli.tracking.assessment import Assessment
from qp_cli.tracking.changes import is_partial
from qp_cli.tracking.deadlines import Deadline
from qp_cli.tracking.journal import TermPause, effective_on
from qp_cli.tracking.obligations import standing_deadlines
from qp_cli.tracking.renewal import TacitRenewal, Termination
from qp_cli.tracking.term import day_of_event, term_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qp_cli.messages import Message
    from qp_cli.model.convention import Convention, Engagement, Event
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Amended, Change, Fact, FactAbout, Occurred, Triggered
    from qp_cli.tracking.journal import FactsInForce
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.references import ReferenceDays


SERIES = (Every, Rule)
BACK = (AtTheLatest, AtLeast)
"""Forms of due date, in tuples: a union is put together anew at each `isinstance`."""


def choices_in(due: Due, pointer: Pointer) -> Iterator[tuple[Due, Pointer]]:
    """The dates that the first or the last of several chooses from, with their places; none for another due date."""
    return ((choice, pointer.to(*way)) for way, choice in _choices(due))


def _choices(due: Due) -> Iterator[tuple[tuple[str, int], Due]]:
    if isinstance(due, EarliestOf | LatestOf):
        for number, choice in enumerate(chosen_from(due)):
            yield (due.form, number), choice


def recurs(due: Due | None) -> bool:
    """Whether a due date comes back."""
    return isinstance(due, SERIES) or series_in(due) is not None


def series_in(due: Due | None) -> tuple[str, Every | Rule] | None:
    """The recurrence that a due date is counted from, or back from, each time, and its key; None where it has none."""
    if isinstance(due, Within) and isinstance(due.from_, SERIES):
        return "from", due.from_
    if isinstance(due, BACK) and isinstance(due.before, SERIES):
        return "before", due.before
    return None


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
    return all(is_sound(choice) and not recurs(choice) for _, choice in _choices(due))


class ComputedDates:
    """The dates of a repository, with every fact that it records taken as done.

    What another rule objects to is left out. A series without a known end is followed as far as the last day that
    is recorded, so that the answer depends on the files alone.

    Attributes:
        refused: what cannot be computed, with the reason.
    """

    def __init__(self, signed: Convention, facts: Sequence[Fact]) -> None:
        self._signed = signed
        self._facts = facts
        self.refused: dict[str, Message] = {}
        horizon = max((effective_on(fact) for fact in facts), default=date.min)
        self.assessment = Assessment(
            signed,
            facts,
            date.max,
            horizon=horizon,
            resolve_term=partial(_term, self.refused),
            resolve_event=partial(_event, self.refused),
        )
        self._dated: dict[str, Dated | None] = {}
        self._deadlines: dict[str, tuple[Deadline, ...]] = {}
        self._pending: dict[str, list[PendingObligation]] = {}
        self._by_fact: dict[str, dict[int, list[PendingObligation]]] = {}
        self._by_evidence: dict[str, dict[int, list[PendingObligation]]] = {}

    @property
    def in_force(self) -> FactsInForce:
        """The facts that count, by what each is about."""
        return self.assessment.in_force

    @property
    def convention(self) -> Convention:
        """The convention as it stands, every avenant applied."""
        return self.assessment.convention

    @property
    def directory(self) -> Directory:
        """Who is who."""
        return self.assessment.directory

    @property
    def ended_by(self) -> dict[str, str]:
        """The avenant that ended each engagement that nobody owes any more."""
        return self.assessment.ended_by

    @cached_property
    def engagements(self) -> dict[str, Engagement]:
        """Each engagement as it stands, those that avenants add among them."""
        return {engagement.id: engagement for engagement in self.convention.engagements}

    @property
    def term(self) -> Deadline | None:
        """The term; None where there is none, or none that can be computed."""
        return self.assessment.references.term

    @property
    def start(self) -> date | None:
        """The day from which the convention runs: the one that its term is counted from."""
        term = self.term
        return term.origin if term and term.origin and term.due and term.origin <= term.due else None

    @cached_property
    def avenants(self) -> dict[str, Amended]:
        """The avenants that count, by their ids."""
        return {fact.id: fact for fact in self.in_force.amendments}

    @cached_property
    def suspended(self) -> frozenset[str]:
        """The engagements that a fact suspends by name; `all` where one suspends all of them."""
        about = self.in_force.about.items()
        return frozenset(name for name, facts in about if any(isinstance(each, Suspended) for each in facts))

    @cached_property
    def started_by(self) -> dict[str, list[Engagement]]:
        """The engagements as they stand that each event starts, by its id."""
        found: dict[str, list[Engagement]] = {}
        for engagement in self.engagements.values():
            if engagement.trigger:
                found.setdefault(engagement.trigger, []).append(engagement)
        return found

    @cached_property
    def standing(self) -> tuple[tuple[Fact, Pointer], ...]:
        """The facts that count, none cancelled, in the order of the file; cancellations are not among them."""
        in_force = self.in_force
        books: tuple[Mapping[str, list[FactAbout]] | Mapping[str, list[Triggered]] | Mapping[str, list[Occurred]], ...]
        books = (in_force.about, in_force.triggers, in_force.happenings)
        counted = {id(fact) for book in books for facts in book.values() for fact in facts}
        counted |= {id(fact) for fact in (*in_force.amendments, *in_force.denunciations, *in_force.terminations)}
        return tuple(
            (fact, Pointer(JOURNAL, ("facts", number)))
            for number, fact in enumerate(self._facts)
            if id(fact) in counted
        )

    @cached_property
    def changes(self) -> tuple[tuple[Amended, Change, Pointer], ...]:
        """Every change of the avenants that count, in the order they take effect."""
        return tuple(
            (fact, change, self.place(fact).to("changes", number))
            for fact in self.in_force.amendments
            for number, change in enumerate(fact.changes)
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

    def before(self, avenant: Amended, name: str) -> Dated | None:
        """The due date of the term or of an engagement as it stood before an avenant, and those that came after it."""
        number = self._version_numbers[id(avenant)] - 1
        version, place = self.assessment.versions[number], self._place_at(number, name)
        context = self.assessment.context(number)
        if name == TERM:
            term, deadline = version.outline.term, context.dates.references.term
            return (
                Dated(name, term.clause or "", None, term.due, place, (deadline,))
                if term and term.due and deadline and place
                else None
            )
        engagement = version.engagements.get(name)
        if not engagement or not place or not engagement.due:
            return None
        if engagement.kind is Kind.ON_REQUEST or not _fits(engagement):
            return None
        try:
            deadlines = context.deadlines(engagement)
        except QpError:
            return None
        return Dated(name, engagement.clause or "", engagement, engagement.due, place, deadlines)

    def pending(self, name: str) -> list[PendingObligation]:
        """The obligations of an engagement, each with its facts in order; none where they cannot be computed."""
        if name not in self._pending:
            self._pending[name] = self._built(self.engagements[name]) if name in self.engagements else []
        return self._pending[name]

    def concerned(self, name: str, fact: Fact) -> list[PendingObligation]:
        """The obligations of an engagement that a fact counts for."""
        if name not in self._by_fact:
            self._by_fact[name] = _by_fact((one, one.facts) for one in self.pending(name))
        return self._by_fact[name].get(id(fact), [])

    def kept_with(self, name: str, fact: Fact) -> list[PendingObligation]:
        """The obligations of an engagement that a performance is kept with as evidence: it serves none of them."""
        if name not in self._by_evidence:
            self._by_evidence[name] = _by_fact((one, one.evidence) for one in self.pending(name))
        return self._by_evidence[name].get(id(fact), [])

    def day(self, reference: str | date | None) -> date | None:
        """The day of an event, of the term, or of an engagement's fulfilment."""
        return self.assessment.references.find(reference).day if reference is not None else None

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
                if term and term.due and self.term and place
                else None
            )
        engagement = self.engagements.get(name)
        if not engagement or not place or not engagement.due:
            return None
        if engagement.kind is Kind.ON_REQUEST or not _fits(engagement):
            return None
        deadlines = self._resolved(name, engagement)
        return Dated(name, engagement.clause or "", engagement, engagement.due, place, deadlines)

    @cached_property
    def _version_numbers(self) -> dict[int, int]:
        return {id(each.avenant): number for number, each in enumerate(self.assessment.versions)}

    @cached_property
    def places(self) -> dict[str, Pointer]:
        """Where each due date as it stands is written: in the convention, or in the avenant that set it last."""
        return {name: set_by[-1][1] for name, set_by in self._places.items()}

    def _place_at(self, number: int, name: str) -> Pointer | None:
        """The same as it stood in a version, by its number."""
        set_by = self._places.get(name, [])
        rank = bisect_right(set_by, number, key=itemgetter(0))
        return set_by[rank - 1][1] if rank else None

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, Pointer]]]:
        """Where each due date was written, with the number of the version from which on it was there."""
        found = {name: [(0, place)] for name, place in _signed_places(self._signed).items()}
        for number, version in enumerate(self.assessment.versions):
            for name, place in self._dated_by(version.avenant) if version.avenant else ():
                found.setdefault(name, []).append((number, place))
        return found

    def _dated_by(self, avenant: Amended) -> Iterator[tuple[str, Pointer]]:
        """What an avenant, or a termination, dates as a whole, with where; a renewal is written nowhere."""
        if isinstance(avenant, Termination):
            yield TERM, self.place(avenant).to("kind")
            return
        if isinstance(avenant, TacitRenewal):
            return
        for number, change in enumerate(avenant.changes):
            place = self.place(avenant).to("changes", number)
            if isinstance(change, TermPause):  # a resumption, which writes no date
                continue
            if isinstance(change, Extend | Redate) and not is_partial(change):
                yield change.target, place.to("due" if isinstance(change, Redate) else "by")
            elif isinstance(change, Add) and change.engagement:
                yield change.engagement.id, place.to("engagement", "due")

    def _resolved(self, name: str, engagement: Engagement) -> tuple[Deadline, ...]:
        """What the due date of an engagement gives, worked out once; nothing when it is refused."""
        if name not in self._deadlines:
            try:
                self._deadlines[name] = self._given(engagement)
            except InvalidPeriodError:  # a regime that another rule objects to
                self._deadlines[name] = ()
            except QpError as error:
                self.refused[name] = error.message
                self._deadlines[name] = ()
        return self._deadlines[name]

    def _given(self, engagement: Engagement) -> tuple[Deadline, ...]:
        """Its dates as every screen shows them: avenants and suspensions leave some that its words no longer give."""
        name = engagement.id
        if self.assessment.reached_versions.reaching(name) or not self.suspended.isdisjoint((name, ALL)):
            return standing_deadlines(self.pending(name))
        return self.assessment.current.deadlines(engagement)

    def _built(self, engagement: Engagement) -> list[PendingObligation]:
        if not _fits(engagement):
            return []
        try:
            return self.assessment.obligations(engagement.id)
        except InvalidPeriodError:  # a regime that another rule objects to
            return []
        except QpError as error:
            self.refused[engagement.id] = error.message
            return []


def _signed_places(signed: Convention) -> dict[str, Pointer]:
    """Where the convention as signed writes each date that it computes."""
    places = {TERM: Pointer(CONVENTION, ("term", "due"))}
    for number, event in enumerate(signed.events):
        places[event.id] = Pointer(CONVENTION, ("events", number, "when"))
    for number, engagement in enumerate(signed.engagements):
        places[engagement.id] = Pointer(CONVENTION, ("engagements", number, "due"))
    return places


def _by_fact(
    facts: Iterable[tuple[PendingObligation, Sequence[FactAbout]]],
) -> dict[int, list[PendingObligation]]:
    """Obligations by the facts that are with each."""
    found: dict[int, list[PendingObligation]] = {}
    for one, about in facts:
        for each in dict.fromkeys(map(id, about)):
            found.setdefault(each, []).append(one)
    return found


def _term(refused: dict[str, Message], references: ReferenceDays) -> Deadline | None:
    """The term of a version; None where there is none, or none that can be computed: the reason is noted then."""
    term = references.outline.term
    if term is None or recurs(term.due) or (term.due is not None and not is_sound(term.due)):
        return None
    try:
        return term_of(references)
    except InvalidPeriodError:  # a regime that another rule objects to
        return None
    except QpError as error:
        refused[TERM] = error.message
        return None


def _event(refused: dict[str, Message], references: ReferenceDays, event: Event) -> Deadline:
    """The day of an event that follows from others; none where it cannot be computed: the reason is noted then."""
    if event.when and not recurs(event.when) and is_sound(event.when):
        try:
            return day_of_event(references, event)
        except InvalidPeriodError:  # a regime that another rule objects to
            pass
        except QpError as error:
            refused[event.id] = error.message
    return Deadline(None, waiting_for=(event.id,))


def _fits(engagement: Engagement) -> bool:
    """Whether its due date suits its kind, as another rule demands."""
    due = engagement.due
    return due is None or (is_sound(due) and recurs(due) is (engagement.kind is Kind.RECURRING))
