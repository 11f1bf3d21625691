"""The facts in force at a day: which are cancelled, in what order they count, what they are about and suspend."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.counting import Pause
from qp_cli.law.periods import Period
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


class FactsInForce(NamedTuple):
    """The journal as it stands at the end of a day, by what each fact is about, each list in the order of `order`.

    Attributes:
        amendments: the avenants.
        moving: the same, with the resumptions that moved the term, each written as an avenant that lengthens it.
        term_stopped: the suspension of the term that has not ended, if there is one.
    """

    as_of: date
    about: dict[str, list[FactAbout]]
    triggers: dict[str, list[Triggered]]
    happenings: dict[str, list[Occurred]]
    amendments: list[Amended]
    moving: list[Amended]
    denunciations: list[Denounced]
    terminations: list[Terminated]
    term_stopped: Suspended | None = None

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
    return day, fact.recorded or day, not getattr(fact, "occurrence", None), fact.id


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
    return in_force_on(counting(facts), as_of)


def in_force_on(counted: Sequence[Fact], as_of: date) -> FactsInForce:
    """The same from the facts that are not cancelled, in their order."""
    facts = counted[: bisect_right(counted, as_of, key=effective_on)]
    found = FactsInForce(as_of, {}, {}, {}, [], [], [], [])
    stopped: Suspended | None = None
    for fact in facts:
        _keep(fact, found)
        if isinstance(fact, Suspended) and fact.term:
            stopped = stopped or fact
        elif isinstance(fact, Resumed) and (fact.term or fact.is_of_all) and stopped:
            found.moving.append(_lengthening(stopped, fact))
            stopped = None
    return found._replace(term_stopped=stopped)


def _keep(fact: Fact, found: FactsInForce) -> None:
    """Puts a fact among those of its kind."""
    match fact:
        case Triggered():
            found.triggers.setdefault(fact.engagement, []).append(fact)
        case Occurred():
            found.happenings.setdefault(fact.event, []).append(fact)
        case Amended():
            found.amendments.append(fact)
            found.moving.append(fact)
        case Denounced():
            found.denunciations.append(fact)
        case Terminated():
            found.terminations.append(fact)
        case Voided() | ProofAdded():
            pass
        case _:
            for name in engagements_of(fact):
                found.about.setdefault(name, []).append(fact)


def _lengthening(stopped: Suspended, resumed: Resumed) -> Amended:
    """What a suspension of the term amounts to once it has ended: an avenant that lengthens it."""
    change = TermPause(change="extend", target=TERM, by=Period(), first=stopped.on, resumed=resumed.on)
    return Amended(id=resumed.id, kind="amended", on=resumed.on, title=resumed.id, changes=(change,))


def pauses_of(avenant: Amended) -> tuple[Pause, ...]:
    """The days that did not run of the term, where an avenant stands for a resumption."""
    return tuple(Pause(each.first, each.resumed) for each in avenant.changes if isinstance(each, TermPause))


def named_days(in_force: FactsInForce) -> Iterator[date]:
    """The occurrences that facts name: a series without a known end is shown as far as them."""
    for facts in in_force.about.values():
        for fact in facts:
            if fact.occurrence:
                yield fact.occurrence


def suspensions(facts: Iterable[FactAbout]) -> tuple[Suspension, ...]:
    """The suspensions that these facts record, oldest first; the last one may have no end yet.

    The facts are about one obligation, in order; a second suspension in a row, or a resumption of nothing, says
    nothing more (C. civ. art. 2230, by analogy).
    """
    found: list[Suspension] = []
    first: date | None = None
    causes: frozenset[bool] = frozenset()
    for fact in facts:
        causes = _causes_after(causes, fact)
        if causes and first is None:
            first = fact.on
        elif not causes and first is not None:
            found.append(Suspension(first, fact.on))
            first = None
    if first is not None:
        found.append(Suspension(first, None))
    return tuple(found)


def pause_causes(facts: Iterable[FactAbout]) -> frozenset[bool]:
    """Why an obligation is suspended after these facts: by one about all of them (True), by one of its own (False)."""
    causes: frozenset[bool] = frozenset()
    for fact in facts:
        causes = _causes_after(causes, fact)
    return causes


def _causes_after(causes: frozenset[bool], fact: FactAbout) -> frozenset[bool]:
    """A resumption of all ends what a suspension of all began; one that names the engagement ends both for it."""
    if isinstance(fact, Suspended):
        return causes | {fact.is_of_all}
    if isinstance(fact, Resumed):
        return causes - {True} if fact.is_of_all else frozenset()
    return causes


def is_suspended(facts: Iterable[FactAbout]) -> bool:
    """Whether the last suspension that these facts record has not ended."""
    found = suspensions(facts)
    return bool(found) and found[-1].resumed is None
