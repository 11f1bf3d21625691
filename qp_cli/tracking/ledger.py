"""The facts that count at a day: not voided, taken effect by then, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qp_cli.model.journal import Amended, Occurred, Triggered, Voided

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.model.journal import About, Fact


@dataclass(frozen=True, slots=True)
class Ledger:
    """The journal as it stands at a day, by what each fact is about."""

    about: dict[str, list[About]] = field(default_factory=dict)
    triggers: dict[str, list[Triggered]] = field(default_factory=dict)
    happenings: dict[str, list[Occurred]] = field(default_factory=dict)
    amendments: list[Amended] = field(default_factory=list)


def effective_on(fact: Fact) -> date:
    """The day from which a fact counts; for an avenant, signed and in effect."""
    return fact.applies_from if isinstance(fact, Amended) else fact.on


def _order(fact: Fact) -> tuple[date, date, str]:
    day = effective_on(fact)
    return day, fact.recorded or day, fact.id


def open_ledger(facts: Sequence[Fact], as_of: date) -> Ledger:
    """The facts that count at the end of `as_of`, whatever their order in the file.

    A cancellation counts from the day it takes effect, like any fact.
    """
    current = [fact for fact in facts if effective_on(fact) <= as_of]
    voided = {fact.fact for fact in current if isinstance(fact, Voided)}
    ledger = Ledger()
    for fact in sorted(current, key=_order):
        if fact.id in voided:
            continue
        match fact:
            case Triggered():
                ledger.triggers.setdefault(fact.engagement, []).append(fact)
            case Occurred():
                ledger.happenings.setdefault(fact.event, []).append(fact)
            case Amended():
                ledger.amendments.append(fact)
            case Voided():
                pass
            case _:
                ledger.about.setdefault(fact.engagement, []).append(fact)
    return ledger
