"""What each form of due date says."""

from __future__ import annotations

from qp_cli.messages import msg
from qp_cli.model.descriptions.words import KeyWords

_REGIME = msg("Rule of computation for this date alone; else the convention's.")
_FROM = msg("What it is counted from: an event, an engagement (its fulfilment), “terme”, or a day.")
_FIRST = msg("The first date itself: a day, an event or an engagement; in place of from.")
_UNTIL = msg("Its last day, included, or that of the periods counted from it: “terme”, an event, an engagement, a day.")
_BEFORE = msg("What it is counted back from: “terme”, an event, an engagement, a day, or each date of a recurrence.")
_SEVERAL = msg("Two dates or more, each in one of the forms of a due date; a bare name or day is due on it.")

DUES: dict[str, KeyWords] = {
    "Due": KeyWords(
        msg("Due date"),
        msg("A day, a period from or before something, the first or last of several dates, or a recurrence."),
    ),
    "On": KeyWords(
        msg("A day"),
        msg("A day that the text names, or that of an event."),
        {
            "on": msg(
                "The day, written YYYY-MM-DD; or the event, the engagement (its fulfilment) or “terme” it falls on."
            )
        },
    ),
    "Within": KeyWords(
        msg("A period from an origin"),
        msg("“Within six months of…”: a period counted forward."),
        {
            "within": msg("The period: P6M, P1Y2M10D, P3W, P15D or “10 jours ouvrés”."),
            "from": msg(
                "What it is counted from: an event, an engagement (its fulfilment), “terme”, a day, or each date "
                "of a recurrence. Left out, the engagement's own trigger."
            ),
            "regime": _REGIME,
            "readings": msg("Other rules by which the text could be read: their dates are shown beside."),
        },
    ),
    "AtTheLatest": KeyWords(
        msg("At the latest, before something"),
        msg("“At the latest two months before”: counted back to the same day number."),
        {
            "at_the_latest": msg("The period counted back: P2M, “10 jours ouvrés”…"),
            "before": _BEFORE,
            "regime": _REGIME,
        },
    ),
    "AtLeast": KeyWords(
        msg("At least, before something"),
        msg("“At least two months before”: a clear period, so one day earlier."),
        {"at_least": msg("The clear period counted back: P2M, “10 jours ouvrés”…"), "before": _BEFORE},
    ),
    "EarliestOf": KeyWords(
        msg("The first of several dates"),
        msg("The first of several dates."),
        {"earliest_of": _SEVERAL},
    ),
    "LatestOf": KeyWords(
        msg("The last of several dates"),
        msg("The last of several dates."),
        {"latest_of": _SEVERAL},
    ),
    "Every": KeyWords(
        msg("At intervals"),
        msg(
            "Dates one period apart, each counted from the origin; the first comes one period after from, or on first."
        ),
        {
            "every": msg("The period between two dates: P1Y, P3M, P2W…"),
            "from": _FROM,
            "first": _FIRST,
            "until": _UNTIL,
            "regime": _REGIME,
        },
    ),
    "Rule": KeyWords(
        msg("By a recurrence rule"),
        msg("Dates by an RFC 5545 rule, from its origin on."),
        {
            "rrule": msg("The rule, without hours: FREQ=YEARLY;BYMONTH=1;BYDAY=2TU."),
            "from": _FROM,
            "until": _UNTIL,
        },
    ),
}
