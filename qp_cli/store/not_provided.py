"""What the format does not provide for, by the keys that a file would write it with, and what comes closest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.messages import Message


class NotProvided(NamedTuple):
    """Something that conventions say and the format does not: what it is, and what to write instead."""

    message: Message
    closest: Message


_WINDOW = NotProvided(
    msg("Windows are not provided for: a due date has a last day, and no first one"),
    msg("Write the last day as due:, and the first one in note:, or as an engagement of its own"),
)
_HOURS = NotProvided(
    msg("Hours are not provided for: dates are whole days"),
    msg("Write whole days: within: P2D, or “2 jours ouvrés”"),
)
_MONTH_END = NotProvided(
    msg("The end of a month is not provided for as a period"),
    msg("Write rrule: FREQ=MONTHLY;BYMONTHDAY=-1, or the day itself"),
)
_PENALTY = NotProvided(
    msg("Penalties are not computed"),
    msg("Write their clause in note:, and what was claimed as an engagement of its own"),
)
_THRESHOLD = NotProvided(
    msg("Thresholds are not provided for: nothing here measures"),
    msg("Declare an event for the day it is passed, and record it: kind: occurred"),
)
_SILENCE = NotProvided(
    msg("Silence is not read as an acceptance or a refusal"),
    msg(
        "Declare an event with when: {{within: P2M, from: …, regime: silence-administration}}, and record what it "
        "amounts to"
    ),
)
_BY_KEY: dict[str, NotProvided] = {
    **dict.fromkeys(("not_before", "not_after", "window", "between", "earliest", "opens", "pas_avant"), _WINDOW),
    **dict.fromkeys(("hours", "heures", "business_hours", "time", "heure"), _HOURS),
    **dict.fromkeys(("end_of_month", "month_end", "fin_de_mois"), _MONTH_END),
    **dict.fromkeys(("penalty", "penalties", "penalite", "penalites", "astreinte"), _PENALTY),
    **dict.fromkeys(("threshold", "thresholds", "seuil", "seuils"), _THRESHOLD),
    **dict.fromkeys(("silence", "tacit", "tacit_acceptance", "acceptation_tacite", "deemed"), _SILENCE),
}


def not_provided(keys: Iterable[object]) -> NotProvided | None:
    """What the first of these keys asks for that the format does not provide for; None where none does."""
    spelt = (str(key).casefold().replace("-", "_").replace(" ", "_").replace("é", "e") for key in keys)
    return next((_BY_KEY[key] for key in spelt if key in _BY_KEY), None)
