"""The columns of the follow-up sheet that people fill, and the mark by which each of its rows is known again."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.model.kinds import DENUNCIATION, Kind
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import OVER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact
    from qp_cli.tracking.situation import Obligation, Situation

MARK_SCHEMA = "qp/1"
_NONE = "-"


class FollowUp(StrEnum):
    """The columns that are read back, or held against what qp wrote; the others are for people."""

    ID = "id"
    DONE_ON = "done on"
    BY = "by"
    PROOF = "proof"
    REMARK = "remark"
    MARK = "mark"
    SUBJECT = "subject"
    DEBTOR = "debtor"
    DEADLINE = "deadline"
    STATE = "state"
    STATE_CODE = "state code"
    """No column of the follow-up: it tells the list of all obligations, which has an id and a day too."""


FOLLOW_UP_HEADINGS: Mapping[FollowUp, Message] = {
    FollowUp.ID: msg("Id"),
    FollowUp.DONE_ON: msg("Done on"),
    FollowUp.BY: msg("Done by"),
    FollowUp.PROOF: msg("Proof"),
    FollowUp.REMARK: msg("Remark"),
    FollowUp.MARK: msg("Reference mark"),
    FollowUp.SUBJECT: msg("Subject"),
    FollowUp.DEBTOR: msg("Debtor"),
    FollowUp.DEADLINE: msg("Deadline"),
    FollowUp.STATE: msg("State"),
    FollowUp.STATE_CODE: msg("State code"),
}
FILLED = (FollowUp.DONE_ON, FollowUp.BY, FollowUp.PROOF, FollowUp.REMARK)
"""What people fill."""


def is_followed(obligation: Obligation) -> bool:
    """Whether its performance can be recorded: it is not over, somebody owes it, and where it is asked for, it was."""
    kind = obligation.engagement.kind
    unasked = kind is Kind.ON_REQUEST and obligation.state is State.CONDITIONAL
    if obligation.engagement.id == DENUNCIATION or unasked:
        return False
    return bool(obligation.debtor.parties) and obligation.state not in OVER


class RowMark(NamedTuple):
    """What a row was made from: the convention, the day looked at, how far its journal went.

    Attributes:
        convention: its id.
        as_of: the day, as `2026-11-23`.
        facts: how many facts the journal had.
        last: the id of the last of them; a hyphen where it had none.
    """

    convention: str
    as_of: str
    facts: str
    last: str

    def __str__(self) -> str:
        """As a cell holds it."""
        return " ".join((MARK_SCHEMA, *self))


def mark_of(situation: Situation, facts: Sequence[Fact]) -> RowMark:
    """The mark of the rows of a convention with that journal."""
    last = facts[-1].id if facts else _NONE
    return RowMark(situation.convention.id, situation.as_of.isoformat(), str(len(facts)), last)


def read_mark(text: str) -> RowMark | None:
    """A mark as a cell holds it; None where it is of another schema, or none."""
    words = text.split()
    return RowMark(*words[1:]) if words[:1] == [MARK_SCHEMA] and len(words) == len(RowMark._fields) + 1 else None
