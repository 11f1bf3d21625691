"""The facts that count at a day: not voided, taken effect by then, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.model.journal import Amended, Fact, FactAbout, Occurred, Triggered


class Ledger(NamedTuple):
    """The journal as it stands at a day, by what each fact is about."""

    as_of: date
    about: dict[str, list[FactAbout]]
    triggers: dict[str, list[Triggered]]
    happenings: dict[str, list[Occurred]]
    amendments: list[Amended]


def effective_on(fact: Fact) -> date:
    """The day from which a fact counts; for an avenant, signed and in effect."""
    return fact.applies_from if fact.kind == "amended" else fact.on


def _order(fact: Fact) -> tuple[date, date, str]:
    day = effective_on(fact)
    return day, fact.recorded or day, fact.id


def cancelled(facts: Sequence[Fact]) -> set[str]:
    """The ids of the facts cancelled by one that is not cancelled itself, whatever their order.

    Cancellations that cancel each other in a circle are left without effect: no fact is lost to them.
    """
    cancellers: dict[str, set[str]] = {}
    targets: dict[str, str] = {}
    for fact in facts:
        if fact.kind == "voided":
            cancellers.setdefault(fact.fact, set()).add(fact.id)
            targets[fact.id] = fact.fact
    standing = [name for name in targets if name not in cancellers]
    gone: set[str] = set()
    while standing:
        target = targets[standing.pop()]
        if target in gone:
            continue
        gone.add(target)
        freed = targets.get(target)
        if freed is not None and freed not in gone:
            cancellers[freed].discard(target)
            if not cancellers[freed] and freed in targets:
                standing.append(freed)
    return gone


def open_ledger(facts: Sequence[Fact], as_of: date) -> Ledger:
    """The facts that count at the end of `as_of`, whatever their order in the file.

    A cancellation counts from the day it takes effect, like any fact.
    """
    current = [fact for fact in facts if effective_on(fact) <= as_of]
    voided = cancelled(current)
    ledger = Ledger(as_of, {}, {}, {}, [])
    for fact in sorted(current, key=_order):
        if fact.id in voided:
            continue
        match fact.kind:
            case "triggered":
                ledger.triggers.setdefault(fact.engagement, []).append(fact)
            case "occurred":
                ledger.happenings.setdefault(fact.event, []).append(fact)
            case "amended":
                ledger.amendments.append(fact)
            case "voided":
                pass
            case _:
                ledger.about.setdefault(fact.engagement, []).append(fact)
    return ledger
