"""Formal notices: a mise en demeure, and the period it gives to put things right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.deadlines import counted
from qp_cli.tracking.references import ReferenceDay

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.model.journal import FactAbout
    from qp_cli.tracking.deadlines import Dates, Deadline


class Notice(NamedTuple):
    """A formal notice that stands: the fact that records it, its day, and the deadline it sets, if any."""

    fact: str
    on: date
    cure: Deadline | None = None


def last_notice(facts: Sequence[FactAbout], dates: Dates) -> Notice | None:
    """The last formal notice given, its cure period counted from its day under the convention's regime."""
    notices = [fact for fact in facts if fact.kind == "notified"]
    if not notices:
        return None
    fact = notices[-1]
    if fact.cure is None:
        return Notice(fact.id, fact.on)
    given = ReferenceDay(fact.on, name=fact.kind, title=fact.note or "", fact=fact.id)
    return Notice(fact.id, fact.on, counted(fact.cure, given, dates))
