"""The facts in force at a day: which are cancelled, in what order they count, what they are about and suspend."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from qp_cli.law.counting import Pause
from qp_cli.law.periods import Period
from qp_cli.model.base import replaced
from qp_cli.model.facts import (
    Add,
    Amended,
    Denounced,
    Extend,
    Occurred,
    Pausing,
    ProofAdded,
    Resumed,
    Suspended,
    Terminated,
    Triggered,
    Voided,
    engagements_of,
)
from qp_cli.model.kinds import ALL, TERM
from qp_cli.tracking.same_day import WrittenOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from qp_cli.model.facts import Change, Fact, FactAbout


SUSPENDING = (Suspended, Resumed)
"""The kinds of fact that stop a period, and start it again."""


class TermPause(Extend):
    """The days by which a suspension that has ended lengthens the term."""

    first: date
    resumed: date


_About = TypeVar("_About", bound="Fact")


class _Until(Mapping[str, "list[_About]"]):
    """Lists of facts by name, each in order and as far as a day; no name whose first fact comes later."""

    def __init__(self, whole: dict[str, list[_About]], day: date) -> None:
        self._whole = whole
        self._day = day

    def __getitem__(self, name: str) -> list[_About]:
        facts = self._whole[name]
        if effective_on(facts[0]) > self._day:
            raise KeyError(name)
        return _until(facts, self._day)

    def __iter__(self) -> Iterator[str]:
        return (name for name, facts in self._whole.items() if effective_on(facts[0]) <= self._day)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _until(facts: list[_About], day: date) -> list[_About]:
    """The facts as far as a day; the very list where none comes later."""
    if not facts or effective_on(facts[-1]) <= day:
        return facts
    return facts[: bisect_right(facts, day, key=effective_on)]


class JournalIndex:
    """The facts that are not cancelled, by what each is about, each list in the order of `order`; gone through once.

    `facts` are all those of the journal, in the order of its file.
    """

    def __init__(self, counted: Sequence[Fact], facts: Sequence[Fact]) -> None:
        self._facts = facts
        self.about: dict[str, list[FactAbout]] = {}
        self.triggers: dict[str, list[Triggered]] = {}
        self.happenings: dict[str, list[Occurred]] = {}
        self.amendments: list[Amended] = []
        self.moving: list[Amended] = []
        self.denunciations: list[Denounced] = []
        self.terminations: list[Terminated] = []
        self.stopped: list[tuple[date, Suspended | None]] = []
        self.named: list[tuple[date, date]] = []
        for fact in counted:
            self._keep(fact)
            if isinstance(fact, Pausing):
                self._stop(fact)
            if occurrence := getattr(fact, "occurrence", None):
                last = max(self.named[-1][1], occurrence) if self.named else occurrence
                self.named.append((effective_on(fact), last))

    @cached_property
    def written(self) -> WrittenOrder:
        """Where each fact stands in the file."""
        return WrittenOrder(self._facts)

    @cached_property
    def by_change(self) -> dict[int, Amended]:
        """The avenant of each change, by its identity."""
        return {id(change): fact for fact in self.amendments for change in fact.changes}

    def _stop(self, fact: Pausing) -> None:
        """Keeps what suspends the term, and what has it run again."""
        stopped = self.stopped[-1][1] if self.stopped else None
        if isinstance(fact, Suspended):
            if fact.term and stopped is None:
                self.stopped.append((fact.on, fact))
        elif isinstance(fact, Resumed) and (fact.term or fact.is_of_all) and stopped:
            self.moving.append(_lengthening(stopped, fact))
            self.stopped.append((fact.on, None))

    def _keep(self, fact: Fact) -> None:
        """Puts a fact among those of its kind."""
        match fact:
            case Triggered():
                self.triggers.setdefault(fact.engagement, []).append(fact)
            case Occurred():
                self.happenings.setdefault(fact.event, []).append(fact)
            case Amended():
                self.amendments.append(fact)
                self.moving.append(fact)
            case Denounced():
                self.denunciations.append(fact)
            case Terminated():
                self.terminations.append(fact)
            case Voided() | ProofAdded():
                pass
            case _:
                for name in engagements_of(fact):
                    self.about.setdefault(name, []).append(fact)


class FactsInForce:
    """The journal as it stands at the end of a day, by what each fact is about, each list in the order of `order`.

    Attributes:
        about: the facts about each engagement, or about all of them.
        triggers: the requests of each engagement.
        happenings: the times that each event occurred.
    """

    def __init__(self, journal: JournalIndex, as_of: date) -> None:
        self.as_of = as_of
        self._journal = journal
        self.about: Mapping[str, list[FactAbout]] = _Until(journal.about, as_of)
        self.triggers: Mapping[str, list[Triggered]] = _Until(journal.triggers, as_of)
        self.happenings: Mapping[str, list[Occurred]] = _Until(journal.happenings, as_of)

    @property
    def written(self) -> WrittenOrder:
        """Where each fact stands in the file."""
        return self._journal.written

    @cached_property
    def amendments(self) -> list[Amended]:
        """The avenants."""
        return _until(self._journal.amendments, self.as_of)

    def avenant_of(self, change: Change) -> Amended | None:
        """The avenant that a change is part of, whatever its day: told by the very change, for two may say the same."""
        return self._journal.by_change.get(id(change))

    @cached_property
    def moving(self) -> list[Amended]:
        """The same, with the resumptions that moved the term, each written as an avenant that lengthens it."""
        return _until(self._journal.moving, self.as_of)

    @cached_property
    def pausing_the_term(self) -> frozenset[str]:
        """The suspensions that stop the term, and the resumptions that have it run again."""
        stopping = (fact.id for day, fact in self._journal.stopped if fact and day <= self.as_of)
        return frozenset((*stopping, *(each.id for each in self.moving if pauses_of(each))))

    @cached_property
    def denunciations(self) -> list[Denounced]:
        """The denunciations."""
        return _until(self._journal.denunciations, self.as_of)

    @cached_property
    def terminations(self) -> list[Terminated]:
        """The terminations."""
        return _until(self._journal.terminations, self.as_of)

    @property
    def term_stopped(self) -> Suspended | None:
        """The suspension of the term that has not ended, if there is one."""
        rank = bisect_right(self._journal.stopped, self.as_of, key=itemgetter(0))
        return self._journal.stopped[rank - 1][1] if rank else None

    @property
    def last_named(self) -> date | None:
        """The last of the occurrences that facts name: a series without a known end is shown as far as that."""
        rank = bisect_right(self._journal.named, self.as_of, key=itemgetter(0))
        return self._journal.named[rank - 1][1] if rank else None

    def bearing_on(self, name: str) -> list[FactAbout]:
        """The facts about an engagement, those about all of them included, in order."""
        own, common = self.about.get(name, []), self.about.get(ALL, [])
        return sorted((*own, *common), key=order) if common else own


class Suspension(NamedTuple):
    """Days that do not run: from `first` to the eve of `resumed`, or with no end yet."""

    first: date
    resumed: date | None


def effective_on(fact: Fact) -> date:
    """The day from which a fact counts; for an avenant, signed and in effect."""
    return fact.applies_from if isinstance(fact, Amended) else fact.on


def order(fact: Fact) -> tuple[date, date, bool, str]:
    """Where a fact comes among others: by the day it counts from, then the day it was written down, then its id.

    Of one day, those that name their occurrence come first: the others are for what these leave.
    """
    day = effective_on(fact)
    return day, fact.recorded or day, not getattr(fact, "is_of_one", False), fact.id


def subjects(fact: Fact) -> tuple[str, ...]:
    """What a fact itself is about: an engagement, an event, the targets of an avenant; else nothing."""
    match fact:
        case Occurred():
            return (fact.event,)
        case Amended():
            return tuple(name for change in fact.changes for name in changed_names(change))
        case Denounced() | Terminated():
            return (TERM,)
        case Voided() | ProofAdded():
            return ()
        case Triggered():
            return (fact.engagement,)
        case Pausing(term=True):
            return (*fact.named, TERM)
        case _:
            return engagements_of(fact)


def changed_names(change: Change) -> tuple[str, ...]:
    """The engagements, events, or the term, that a change names; none where it is about who is who."""
    if not isinstance(change, Add):
        return (change.target,)
    added = change.engagement or change.event
    return (added.id,) if added else change.engagements


def narrowed(fact: Fact, names: Sequence[str]) -> Fact:
    """A fact for those that ask about some of the engagements that it names: a suspension of a list, for these alone.

    `names` are of those that it names; where they are all of them, or none, it is itself.
    """
    if isinstance(fact, Pausing) and not isinstance(fact.engagement, str) and 0 < len(names) < len(fact.engagement):
        return replaced(fact, engagement=tuple(names))
    return fact


def cancellations(facts: Iterable[Fact]) -> dict[str, Fact]:
    """The fact that cancels each cancelled one, by the id of the cancelled one, whatever their days.

    A cancellation says that a fact was recorded by mistake: it never held. One that is itself cancelled has no
    effect; those that cancel each other in a circle are left without effect, so that no fact is lost to them.
    """
    targets = {fact.id: fact for fact in facts if isinstance(fact, Voided)}
    against: dict[str, set[str]] = {}  # the cancellations of each fact that may yet have an effect
    for fact in targets.values():
        against.setdefault(fact.fact, set()).add(fact.id)
    effective = [fact for fact in targets.values() if fact.id not in against]
    gone: dict[str, Fact] = {}
    for fact in effective:  # it grows with each cancellation of which nothing is left that cancels it
        if former := gone.get(fact.fact):
            gone[fact.fact] = min(former, fact, key=order)
            continue
        gone[fact.fact] = fact
        lost = targets.get(fact.fact)
        if lost and lost.fact not in gone:
            against[lost.fact].discard(lost.id)
            if not against[lost.fact] and lost.fact in targets:
                effective.append(targets[lost.fact])
    return gone


def counting(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts that are not cancelled, in the order of `order`."""
    cancelled = cancellations(facts)
    return tuple(sorted((fact for fact in facts if fact.id not in cancelled), key=order))


def facts_in_force(facts: Sequence[Fact], as_of: date) -> FactsInForce:
    """The facts that count at the end of `as_of`: not cancelled, and in effect by then."""
    return FactsInForce(JournalIndex(counting(facts), facts), as_of)


def _lengthening(stopped: Suspended, resumed: Resumed) -> Amended:
    """What a suspension of the term amounts to once it has ended: an avenant that lengthens it."""
    change = TermPause(change="extend", target=TERM, by=Period(), first=stopped.on, resumed=resumed.on)
    return Amended(id=resumed.id, kind="amended", on=resumed.on, title=resumed.id, changes=(change,))


def pauses_of(avenant: Amended) -> tuple[Pause, ...]:
    """The days that did not run of the term, where an avenant stands for a resumption."""
    return tuple(Pause(each.first, each.resumed) for each in avenant.changes if isinstance(each, TermPause))


def suspensions(facts: Iterable[FactAbout]) -> tuple[Suspension, ...]:
    """The suspensions that these facts record, oldest first; the last one may have no end yet.

    The facts are about one obligation, in order; a second suspension in a row, or a resumption of nothing, says
    nothing more (C. civ. art. 2230, by analogy).
    """
    found: list[Suspension] = []
    first: date | None = None
    causes: frozenset[bool] = frozenset()
    for fact in facts:
        causes = causes_after(causes, fact)
        if causes and first is None:
            first = fact.on
        elif not causes and first is not None:
            found.append(Suspension(first, fact.on))
            first = None
    if first is not None:
        found.append(Suspension(first, None))
    return tuple(found)


def causes_after(causes: frozenset[bool], fact: FactAbout) -> frozenset[bool]:
    """Why an obligation is suspended after a fact: by one about all of them (True), by one of its own (False).

    A resumption of all ends what a suspension of all began; one that names the engagement ends both for it.
    """
    if isinstance(fact, Suspended):
        return causes | {fact.is_of_all}
    if isinstance(fact, Resumed):
        return causes - {True} if fact.is_of_all else frozenset()
    return causes
