"""The one path from a convention and its facts to the obligations of a day, each engagement when it is asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from weakref import ref

from qp_cli.law.dates import ONE_DAY
from qp_cli.model.base import replaced
from qp_cli.model.facts import Denounced, Terminated, engagements_of
from qp_cli.tracking.assignment import assign
from qp_cli.tracking.avenants import Reach, advance, come_with, mark_moves
from qp_cli.tracking.changes import EngagementWords, is_widening
from qp_cli.tracking.deadlines import Dates
from qp_cli.tracking.denunciation import renewal_chain
from qp_cli.tracking.dependencies import Dependencies
from qp_cli.tracking.journal import SUSPENDING, FactsInForce, JournalIndex, counting
from qp_cli.tracking.obligations import Context, build
from qp_cli.tracking.people import lanes_of
from qp_cli.tracking.performance import LastPerformances
from qp_cli.tracking.reaching import ReachedVersions
from qp_cli.tracking.references import ReferenceDays
from qp_cli.tracking.renewal import MoveKind, kind_of_move
from qp_cli.tracking.term import BASES_OF_MOVES, day_of_event, term_of
from qp_cli.tracking.termination import terminate
from qp_cli.tracking.versions import Life, by_id, dating_the_term, early_ends, ended_by, handing, versions
from qp_cli.tracking.widening import VersionTurn, widen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from weakref import ReferenceType

    from qp_cli.law.counting import Pause
    from qp_cli.model.convention import Convention, Event
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.denunciation import RenewalChain
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.renewal import EndedTerm
    from qp_cli.tracking.versioned_parts import VersionedParts
    from qp_cli.tracking.versions import Version

    ResolveTerm = Callable[[ReferenceDays], Deadline | None]
    ResolveEvent = Callable[[ReferenceDays, Event], Deadline]
    from qp_cli.model.facts import Change, Fact, FactAbout


class _Shared(NamedTuple):
    """What the assessments of a day and of earlier ones share.

    Attributes:
        journal: the facts that are not cancelled, of every day.
        versions: those of the last day.
        dating_the_term: the numbers of those that give the term another date.
    """

    journal: JournalIndex
    versions: tuple[Version, ...]
    dating_the_term: tuple[int, ...]
    resolve_term: ResolveTerm
    resolve_event: ResolveEvent


class Assessment:
    """A convention and the facts in force at a day: its versions, its term, and its obligations before their states.

    Facts in force → versions of the convention → origin → period, lengthened and paused → nominal end → last-day
    rule: every answer comes this way.

    Attributes:
        in_force: the facts that count by the day.
        shared: what it shares with those of earlier days.
        eves: those of the days before avenants took effect, kept by the last of them.
        last: the one that keeps them.
    """

    def __init__(
        self,
        signed: Convention,
        facts: Sequence[Fact],
        as_of: date,
        *,
        horizon: date | None = None,
        resolve_term: ResolveTerm | None = None,
        resolve_event: ResolveEvent | None = None,
        later: Assessment | None = None,
    ) -> None:
        if later is None:
            counted = counting(facts)
            resolve_term, resolve_event = resolve_term or term_of, resolve_event or day_of_event
            journal = JournalIndex(counted, facts)
            in_force = FactsInForce(journal, as_of)
            known = _versions(signed, counted, in_force, horizon, resolve_term, resolve_event)
            shared = _Shared(journal, known, dating_the_term(known), resolve_term, resolve_event)
        else:
            shared = later.shared
        self._signed = signed
        self.shared: _Shared = shared
        self.last: ReferenceType[Assessment] = later.last if later else ref(self)
        self.eves: dict[date, Assessment] = {}
        self.as_of = as_of
        self.in_force = FactsInForce(shared.journal, as_of)
        self._last = bisect_right(shared.versions, as_of, key=lambda each: each.applies_from) - 1
        self.horizon = max(horizon or as_of, self.in_force.last_named or date.min)
        self._contexts: dict[int, Context] = {}

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """The convention as signed, then after each avenant in effect."""
        return self.shared.versions[: self._last + 1]

    @cached_property
    def convention(self) -> Convention:
        """The convention as it stands, every avenant in effect applied."""
        return self.shared.versions[self._last].convention

    @property
    def directory(self) -> Directory:
        """Who is who, those that avenants brought among them."""
        return self.shared.versions[self._last].directory

    @property
    def current(self) -> Context:
        """What dates are read in now."""
        return self.context(self._last)

    @property
    def references(self) -> ReferenceDays:
        """The days that due dates refer to now."""
        return self.current.dates.references

    @property
    def term(self) -> Deadline | None:
        """The term as it stands; an avenant that dated it anew is its basis."""
        term = self.references.term
        movers = (self.versions[number].avenant for number in reversed(self._term_versions))
        kinds = (kind_of_move(each) for each in movers if each)
        last = next((kind for kind in kinds if kind is not MoveKind.RESUMPTION), None)
        return term._replace(basis=BASES_OF_MOVES[last]) if term and last else term

    @cached_property
    def term_moved_by(self) -> tuple[str, ...]:
        """The avenants that dated the term anew, in order."""
        found = (self.versions[number].avenant for number in self._term_versions)
        return tuple(avenant.id for avenant in found if avenant)

    @cached_property
    def renewals(self) -> RenewalChain | None:
        """The renewals made and the next expiry; None for a convention that is not renewed."""
        return renewal_chain(self.versions, self.in_force, self._term_at)

    @property
    def previous_term(self) -> date | None:
        """The date of the term shown on the eve of the first avenant that moved it; None where none did."""
        first = next(iter(self._term_versions), None)
        if first is None:
            return None
        before, now = self.eve(first).dates.references.term, self.references.term
        return before.due if before and now and before.due != now.due else None

    @cached_property
    def ended_by(self) -> dict[str, str]:
        """The avenant that ended each engagement that is no longer owed by anybody, by id."""
        return ended_by(self.versions)

    @cached_property
    def _term_versions(self) -> tuple[int, ...]:
        dating = self.shared.dating_the_term
        return dating[: bisect_right(dating, self._last)]

    def context(self, number: int) -> Context:
        """What dates are read in from the effect of an avenant on, by the number of the version."""
        if number not in self._contexts:
            outline = self.shared.versions[number].outline
            dates = Dates(
                self._references(number),
                outline.regime,
                outline.zone,
                self.horizon,
                stop=partial(_stop, ref(self), number),
            )
            self._contexts[number] = Context(self.shared.versions[number].directory, self.in_force, dates)
        return self._contexts[number]

    def eve(self, number: int) -> Context:
        """What dates were read in, with what was known then, on the day before a version took effect."""
        day = self.shared.versions[number].applies_from - ONE_DAY
        eves = _held(self.last).eves
        if day not in eves:
            eves[day] = Assessment(self._signed, (), day, later=self)
        return eves[day].current

    def _references(self, number: int) -> ReferenceDays:
        performed_on = partial(_performed_on, ref(self), number)
        shared = self.shared
        version = shared.versions[number]
        return ReferenceDays(
            version.outline,
            version.engagements,
            version.events,
            self.in_force,
            shared.resolve_term,
            performed_on,
            shared.resolve_event,
            version.term_pauses,
        )

    @cached_property
    def _performances(self) -> LastPerformances:
        return LastPerformances(self.in_force, self._bearings, handing(self.versions), self._last)

    def performed_on(self, number: int, name: str) -> date | None:
        """The day on which the last of those who owe an engagement in a version performed it.

        None while one of them has not; what was waived or ended is awaited no more.
        """
        return self._performances.day(number, name, self._obligations)

    @cached_property
    def stops(self) -> tuple[date | None, ...]:
        """For each version, the day on which an avenant ended the convention early; empty where none could."""
        return early_ends(self.versions, self._term_versions, self._term_at) if self._term_versions else ()

    def _term_at(self, number: int) -> Deadline | None:
        return self._references(number).term

    @cached_property
    def _bearings(self) -> Dependencies:
        return Dependencies((self.versions[0].convention, self.convention), self.in_force.amendments)

    def obligations(self, name: str) -> list[PendingObligation]:
        """The obligations of an engagement, as every avenant left them, each with its facts in order.

        Raises:
            InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
            OutOfRangeError: a day outside the years qp computes, or too many occurrences.
        """
        return self._obligations(name, self._last)

    def _obligations(self, name: str, last: int) -> list[PendingObligation]:
        """The same as the avenants left them up to a version, by its number."""
        about = self.in_force.bearing_on(name)
        first = self.reached_versions.first(name)
        engagement = self.versions[first].engagements.get(name)
        if engagement is None:
            return []
        reaching = [number for number in self.reached_versions.reaching(name) if first < number <= last]
        words = EngagementWords(engagement)
        pending = build(words, self.context(first if reaching else last))
        if given := self.versions[first].avenant:
            pending = come_with(pending, given)
            about = [fact for fact in about if fact.on >= given.applies_from or name in engagements_of(fact)]
        if reaching:  # few of them
            pending, about = self._after_avenants(words, reaching, pending, about)
        assign(about, pending, self.versions[last].directory)
        return pending

    def _after_avenants(
        self,
        words: EngagementWords,
        reaching: Sequence[int],
        pending: list[PendingObligation],
        about: list[FactAbout],
    ) -> tuple[list[PendingObligation], list[FactAbout]]:
        """The obligations after the avenants that reach their engagement, and the facts that came after these."""
        done = 0
        life = Life(words)
        life.suspending = suspending = []
        for effect, found in groupby(reaching, key=lambda number: self.versions[number].applies_from):
            numbers_here = tuple(found)
            until = bisect_left(about, effect, key=lambda fact: fact.on)
            assign(about[done:until], pending, self.versions[numbers_here[0] - 1].directory)
            suspending += [fact for fact in about[done:until] if isinstance(fact, SUSPENDING)]
            done = until
            life.begin(pending)
            for number in numbers_here:
                pending = self._advanced(words.engagement.id, number, pending, life)
        return pending, about[done:]

    @cached_property
    def reached_versions(self) -> ReachedVersions:
        """Which avenants reach an engagement."""
        return ReachedVersions(self.versions, self._bearings)

    def _advanced(
        self, name: str, number: int, pending: list[PendingObligation], life: Life
    ) -> list[PendingObligation]:
        """The obligations of an engagement after one avenant."""
        version, eve = self.versions[number], partial(self.eve, number)
        turn = VersionTurn(version, self.versions[number - 1].directory, self.context(number), eve)
        if not self.reached_versions.is_moved(name, number) and widen(name, turn, pending, life):
            return pending
        life.lanes, before = None, by_id(pending)
        reach = None
        for reach in self._reaches(name, number, life):
            pending = advance(pending, reach)
        end = version.ending
        if end and not self._is_added_since(end, name) and (reach := reach or self._reach(None, number, life)):
            pending = terminate(pending, reach, end)
        if reach:
            mark_moves(before, pending, reach)
        return pending

    def _is_added_since(self, end: EndedTerm, name: str) -> bool:
        """Whether an avenant added an engagement after the convention was terminated: it is meant for then."""
        added = self.versions[self.reached_versions.first(name)].avenant
        return added is not None and added.applies_from >= end.notified

    def _reaches(self, name: str, number: int, life: Life) -> Iterator[Reach]:
        """The changes of an avenant to an engagement, one after the other: first what its dates are counted from."""
        own = self.versions[number].changes(name)
        changes = (None, *own) if self.reached_versions.is_moved(name, number) else own
        for change in changes:
            if reach := self._reach(change, number, life):
                yield reach
                life.after(change)

    def _reach(self, change: Change | None, number: int, life: Life) -> Reach | None:
        """What one change of an avenant reaches; None for the convention as signed."""
        version = self.versions[number]
        if (avenant := version.avenant) is None:
            return None
        before = self.versions[number - 1].directory
        owing = lanes_of(life.words, before) if is_widening(change) else None
        words = life.worded(change, avenant, before, version.directory)
        if owing is not None:
            coming = lanes_of(words, version.directory) - owing
            life.joined |= dict.fromkeys(coming, avenant.applies_from)
        return Reach(
            avenant,
            change,
            words,
            self.context(number),
            partial(self.eve, number),
            life.shown,
            life.suspending,
            life.former,
            tuple(life.dating),
            tuple(life.ended),
            life.is_closed,
            tuple(life.of_one),
            owing,
            life.joined,
        )


def _held(reference: ReferenceType[Assessment]) -> Assessment:
    """The assessment that dates are asked of: it outlives whatever was built in it.

    It is referred to weakly, so that no circle keeps it once it is let go: the collector does not run in so short a
    process.
    """
    assessment = reference()
    if assessment is None:
        raise ReferenceError(Assessment.__name__)
    return assessment


def _performed_on(reference: ReferenceType[Assessment], number: int, name: str) -> date | None:
    return _held(reference).performed_on(number, name)


def _stop(reference: ReferenceType[Assessment], number: int) -> date | None:
    stops = _held(reference).stops
    return stops[number] if stops else None


def _versions(
    signed: Convention,
    counted: tuple[Fact, ...],
    in_force: FactsInForce,
    horizon: date | None,
    resolve_term: ResolveTerm,
    resolve_event: ResolveEvent,
) -> tuple[Version, ...]:
    """The versions by a day; renewals are made as far as the horizon, where one is given, and no further.

    What the term is counted from does not depend on renewals: it is asked of the convention without them.
    """
    as_of = in_force.as_of
    plain: list[Assessment] = []

    def performed_on(name: str) -> date | None:
        if not plain:
            term = replaced(signed.term, renewal=None) if signed.term else None
            facts = [fact for fact in counted if not isinstance(fact, Denounced | Terminated)]
            without = replaced(signed, term=term)
            plain.append(Assessment(without, facts, as_of, resolve_term=resolve_term, resolve_event=resolve_event))
        return plain[0].performed_on(len(plain[0].versions) - 1, name)

    def expiry(parts: VersionedParts, outline: Convention, pauses: tuple[Pause, ...]) -> date | None:
        now = parts.engagements.at(parts.last), parts.events.at(parts.last)
        term = ReferenceDays(outline, *now, in_force, resolve_term, performed_on, resolve_event, pauses).term
        return term.due if term else None

    return versions(signed, in_force, min(as_of, horizon or as_of), expiry)
