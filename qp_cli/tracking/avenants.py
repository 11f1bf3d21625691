"""Whether an avenant can change what it says it changes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.model.words import TERM
from qp_cli.tracking.selection import find_engagement
from qp_cli.tracking.versions import extendable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.messages import Message
    from qp_cli.model.dues import Due
    from qp_cli.model.journal import Amended
    from qp_cli.tracking.situation import Situation


def weigh_amended(fact: Amended, now: Situation) -> Iterator[Message]:
    """What is unusual about an avenant.

    Raises:
        UsageError: it changes what does not exist, or lengthens what is no period.
    """
    for change in fact.changes:
        if change.change == "add":
            continue
        due = due_of(now, change.target)
        if change.target in now.ended_by:
            raise UsageError(msg("“{id}” is no longer owed: an avenant ended it.", id=change.target))
        if change.change == "extend" and not extendable(due):
            raise UsageError(msg("“{id}” is no period in months or days: it cannot be lengthened.", id=change.target))
        if change.change in {"end", "debtors"} and change.target == TERM:
            raise UsageError(msg("The term cannot be ended: give it another date."))
    concluded = fact.signed or fact.on
    if now.term and now.term.due and concluded > now.term.due:
        yield msg(
            "Concluded on {day}, after the term, {term}: recorded all the same.", day=concluded, term=now.term.due
        )


def due_of(now: Situation, name: str) -> Due | None:
    """What the due date of an engagement or of the term says, as amended so far.

    Raises:
        UsageError: nothing has that name.
    """
    engagement = find_engagement(now, name)
    if engagement is not None:
        return engagement.due
    return now.convention.term.due if now.convention.term else None
