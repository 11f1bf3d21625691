"""The facts in force at a day: which are cancelled, in what order they count, what they are about and suspend."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.facts import Add, Amended, Denounced, Occurred, Resumed, Suspended, Terminated, Triggered, Voided
from qp_cli.model.kinds import TERM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from qp_cli.model.facts import Change, Fact, FactAbout


SUSPENDING = (Suspended, Resumed)
"""The kinds of fact that stop a period, and start it again."""


class FactsInForce(NamedTuple):
    """The journal as it stands at the end of a day, by what each fact is about, each list in the order of `order`."""

    as_of: date
    about: dict[str, list[FactAbout]]
    triggers: dict[str, list[Triggered]]
    happenings: dict[str, list[Occurred]]
    amendments: list[Amended]
    denunciations: list[Denounced]
    terminations: list[Terminated]


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
    """What a fact itself is about: an engagement, an event, the targets of an avenant; nothing for a cancellation."""
    match fact:
        case Occurred():
            return (fact.event,)
        case Amended():
            return tuple(name for change in fact.changes for name in changed_names(change))
        case Denounced() | Terminated():
            return (TERM,)
        case Voided():
            return ()
        case _:
            return (fact.engagement,)


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
    found = FactsInForce(as_of, {}, {}, {}, [], [], [])
    for fact in counted[: bisect_right(counted, as_of, key=effective_on)]:
        match fact:
            case Triggered():
                found.triggers.setdefault(fact.engagement, []).append(fact)
            case Occurred():
                found.happenings.setdefault(fact.event, []).append(fact)
            case Amended():
                found.amendments.append(fact)
            case Denounced():
                found.denunciations.append(fact)
            case Terminated():
                found.terminations.append(fact)
            case Voided():
                pass
            case _:
                found.about.setdefault(fact.engagement, []).append(fact)
    return found


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
    for fact in facts:
        if isinstance(fact, Suspended) and first is None:
            first = fact.on
        elif isinstance(fact, Resumed) and first is not None:
            found.append(Suspension(first, fact.on))
            first = None
    if first is not None:
        found.append(Suspension(first, None))
    return tuple(found)


def is_suspended(facts: Iterable[FactAbout]) -> bool:
    """Whether the last suspension that these facts record has not ended."""
    found = suspensions(facts)
    return bool(found) and found[-1].resumed is None
