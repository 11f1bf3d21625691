"""Formal notices: a mise en demeure, and the period it gives to put things right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.deadlines import counted
from qp_cli.tracking.timeline import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.model.journal import FactAbout
    from qp_cli.tracking.deadlines import Deadline, Frame


class Notice(NamedTuple):
    """A formal notice that stands: the fact that records it, its day, and the deadline it sets, if any."""

    fact: str
    on: date
    cure: Deadline | None = None


def last_notice(facts: Sequence[FactAbout], frame: Frame) -> Notice | None:
    """The last formal notice given, its cure period counted from its day under the convention's regime."""
    notices = [fact for fact in facts if fact.kind == "notified"]
    if not notices:
        return None
    fact = notices[-1]
    if fact.cure is None:
        return Notice(fact.id, fact.on)
    moment = Moment(fact.on, name=fact.kind, title=fact.note or "", fact=fact.id)
    return Notice(fact.id, fact.on, counted(fact.cure, moment, frame))
