"""What each command answers in JSON, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qp_cli.findings import Severity
from qp_cli.law.zones import Zone
from qp_cli.messages import msg
from qp_cli.model.kinds import Kind
from qp_cli.render.answer_objects import (
    ANYTHING,
    COUNT,
    COUNTS_KEYS,
    DATES_KEYS,
    DAY,
    FACT_KIND,
    FLAG,
    OBLIGATION_KEYS,
    OF_STATE,
    PLACE_KEYS,
    PROOF_KEYS,
    REGIME,
    SAID_CLAUSE,
    SAID_CONVENTION,
    SAID_DEBTORS,
    SAID_ENGAGEMENT,
    SAID_FACTS,
    SAID_ID,
    SAID_NOTE,
    SAID_PRUDENT,
    SAID_SITES,
    SAID_STEPS,
    SAID_TITLE,
    SAID_WAITED,
    TERM_KEYS,
    TEXT,
    defined,
    list_of,
    object_of,
    one_of,
    or_null,
)
from qp_cli.render.formats import LEFT_OUT, SCHEMA
from qp_cli.render.known_state import BY_ABSENCE, BY_STATE, FAILED_FOR, KNOWN_AT
from qp_cli.store.mail_server import Fate
from qp_cli.tracking.reminders import ReminderKind
from qp_cli.tracking.timeline import BarKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.render.answer_objects import Keys

_HEAD: Keys = {"schema": ({"const": SCHEMA}, msg("The version of the format."))}
_ON: Keys = {**_HEAD, "as_of": (DAY, msg("The day of the answer."))}
_LEFT_OUT: Keys = {LEFT_OUT: (list_of(defined("LeftOut")), msg("What could not be read, and is not in the answer."))}
_FAILED_FOR: Keys = {
    FAILED_FOR: (
        list_of(one_of((BY_STATE, BY_ABSENCE))),
        msg("Why the command exits with 1, an empty list where it does not; only with --fail-on."),
    )
}


def _read_from(keys: Keys, optional: Sequence[str] = ()) -> dict[str, Any]:
    """An answer read from conventions, which says from which states of their repositories with `--known-at`."""
    return object_of({**keys, KNOWN_AT: (list_of(defined("KnownState")), _SAID_KNOWN)}, (*optional, KNOWN_AT))


_SAID_KNOWN = msg("The states of repositories that it was read from; only with --known-at.")
_LISTED = _read_from(
    {**_ON, **_FAILED_FOR, **_LEFT_OUT, "obligations": (list_of(defined("Obligation")), msg("The obligations."))},
    (FAILED_FOR, LEFT_OUT),
)
_ABOUT: Keys = {
    **_ON,
    "engagement": (or_null(TEXT), SAID_ENGAGEMENT),
    "title": (or_null(TEXT), SAID_TITLE),
    "clause": (or_null(TEXT), SAID_CLAUSE),
}
_TIMELINE: Keys = {
    **_ON,
    "convention": (TEXT, SAID_CONVENTION),
    "axis": (
        object_of({"start": (DAY, msg("Its first day.")), "end": (DAY, msg("Its last day."))}),
        msg("The days that the axis covers."),
    ),
    "term": (
        object_of(
            {
                **TERM_KEYS,
                "previous_end": (or_null(DAY), msg("Its last day before what moved it last.")),
                "suspended_since": (or_null(DAY), msg("The day since which the term is suspended: it does not run.")),
            }
        ),
        msg("How long the convention runs."),
    ),
    "lanes": (
        list_of(
            object_of(
                {
                    "id": (TEXT, SAID_ID),
                    "engagement": (TEXT, SAID_ENGAGEMENT),
                    "title": (TEXT, SAID_TITLE),
                    "clause": (or_null(TEXT), SAID_CLAUSE),
                    "debtors": (list_of(TEXT), SAID_DEBTORS),
                    "sites": (list_of(TEXT), SAID_SITES),
                    "kind": (one_of(Kind), msg("How the engagement is owed.")),
                    "obligations": (list_of(TEXT), msg("The ids of the obligations.")),
                    "marks": (list_of(defined("Mark")), msg("Its days.")),
                    "stretches": (
                        list_of(
                            object_of(
                                {
                                    "kind": (one_of(BarKind), msg("What runs from one day to the other.")),
                                    "start": (DAY, msg("Its first day.")),
                                    "end": (or_null(DAY), msg("Its last day; null where it goes on.")),
                                }
                            )
                        ),
                        msg("What lasts."),
                    ),
                    "undated": (
                        list_of(
                            object_of(
                                {
                                    "id": (TEXT, SAID_ID),
                                    "state": (OF_STATE, msg("Where it stands on the day.")),
                                    "waiting_for": (or_null(TEXT), SAID_WAITED),
                                }
                            )
                        ),
                        msg("The obligations without a date."),
                    ),
                }
            )
        ),
        msg("A row for each engagement, or for each part of it that has days of its own."),
    ),
    "marks": (list_of(defined("Mark")), msg("The days of the convention itself.")),
    "cancelled_facts": (COUNT, msg("How many facts are cancelled.")),
    "later_facts": (COUNT, msg("How many facts are after the day.")),
}
_SHOWN = (
    {
        **_ABOUT,
        "note": (or_null(TEXT), SAID_NOTE),
        "contact": (or_null(ANYTHING), msg("Whom to ask.")),
        "obligations": (list_of(defined("ObligationInFull")), msg("Its obligations, with the working of each date.")),
        "proofs": (list_of(defined("Proof")), msg("What vouches for its facts.")),
    },
    {
        **_ABOUT,
        "due": (or_null(DAY), msg("The last day of the convention.")),
        **DATES_KEYS,
        "open_ended": (FLAG, msg("Whether the text gives the convention no end.")),
        "moved_by": (list_of(TEXT), msg("The facts and renewals that moved the deadline.")),
        "suspended_since": (or_null(DAY), msg("The day since which the term is suspended: it does not run.")),
        "renewal": (
            or_null(
                object_of(
                    {
                        "every": (TEXT, msg("How long each renewal lasts.")),
                        "notice": (or_null(TEXT), msg("How long before an expiry to denounce it.")),
                        "at_most": (or_null(COUNT), msg("How many renewals the text allows.")),
                        "clause": (or_null(TEXT), SAID_CLAUSE),
                        "made": (COUNT, msg("How many were made.")),
                        "left": (or_null(COUNT), msg("How many are left.")),
                        "expiries": (list_of(defined("Expiry")), msg("Each expiry, and what became of it.")),
                    }
                )
            ),
            msg("Tacit renewal (tacite reconduction), where the text has it."),
        ),
    },
    {
        **_ABOUT,
        "event": (TEXT, msg("The id of the event.")),
        "note": (or_null(TEXT), SAID_NOTE),
        "day": (or_null(DAY), msg("Its day.")),
        "waiting_for": (list_of(TEXT), SAID_WAITED),
        "steps": (list_of(defined("Step")), SAID_STEPS),
        "facts": (list_of(TEXT), SAID_FACTS),
        "counted_from": (
            object_of(
                {
                    "term": (FLAG, msg("Whether the term counts from it.")),
                    "events": (list_of(TEXT), msg("The events whose day is computed from it.")),
                    "engagements": (list_of(TEXT), msg("The engagements whose date is.")),
                }
            ),
            msg("What counts from it."),
        ),
    },
)
_CHANGED: Keys = {
    **{key: OBLIGATION_KEYS[key] for key in ("id", "convention", "engagement", "title", "clause", "debtors", "sites")},
    "state_before": (or_null(OF_STATE), msg("Where it stood before; null where it did not exist.")),
    "state_after": (or_null(OF_STATE), msg("Where it stands after; null where it does not exist any more.")),
    "due_before": (or_null(DAY), msg("The deadline before.")),
    "due_after": (or_null(DAY), msg("The deadline after.")),
    "cure_before": (or_null(DAY), msg("The end of the cure period before.")),
    "cure_after": (or_null(DAY), msg("The end of the cure period after.")),
    "days_late": OBLIGATION_KEYS["days_late"],
    "causes": (list_of(defined("Cause")), msg("What moved it.")),
}
_END = object_of(
    {
        "as_of": (DAY, msg("The day.")),
        "commit": (or_null(TEXT), msg("The revision of the files that was read.")),
        "committed_on": (or_null(DAY), msg("The day of that revision.")),
    }
)
_FACT: Keys = {
    "id": (TEXT, SAID_ID),
    "kind": (FACT_KIND, msg("The kind of the fact.")),
    "on": (DAY, msg("The day of the fact.")),
    "effective_on": (DAY, msg("The day from which it counts.")),
    "recorded": (or_null(DAY), msg("The day it was recorded.")),
    "recorded_by": (or_null(TEXT), msg("Who recorded it.")),
    "target": (TEXT, msg("The id of what the fact is about.")),
    "title": (or_null(TEXT), SAID_TITLE),
    "engagement": (or_null(TEXT), msg("The id of the engagement; of several, one after the other.")),
    "event": (or_null(TEXT), msg("The id of the event.")),
    "by": (or_null(TEXT), msg("The id of the party whose act or obligation it is.")),
    "to": (list_of(TEXT), msg("The ids of those it is addressed or passed to.")),
    "sites": (list_of(TEXT), SAID_SITES),
    "occurrence": (or_null(DAY), msg("The day of the series that it is about.")),
    "cure": (or_null(TEXT), msg("The cure period of a formal notice (mise en demeure).")),
    "signed": (or_null(DAY), msg("The day an avenant was signed.")),
    "effect": (or_null(DAY), msg("The day an avenant takes effect.")),
    "changes": (list_of(ANYTHING), msg("What an avenant changes.")),
    "note": (or_null(TEXT), SAID_NOTE),
    "proof": (
        or_null(object_of(PROOF_KEYS)),
        msg("What vouches for the fact."),
    ),
    "cancels": (or_null(TEXT), msg("The id of the fact that it cancels.")),
    "cancelled_by": (or_null(TEXT), msg("The id of the fact that cancels it.")),
    "notice": (or_null(TEXT), msg("The notice period of a termination.")),
    "part": (or_null(TEXT), msg("The share that was performed.")),
    "partly": (or_null(FLAG), msg("Whether it was performed in part, without saying which.")),
    "engagements": (list_of(TEXT), msg("The ids of the engagements; `all` for every one.")),
    "term": (or_null(FLAG), msg("Whether the term is suspended too.")),
    "completes": (or_null(TEXT), msg("The id of the fact whose proof it gives.")),
    "request": (or_null(TEXT), msg("The id of the request that it answers, where it names one.")),
}
_FINDING: Keys = {
    "code": (TEXT, msg("The code of the rule.")),
    "severity": (one_of(Severity), msg("An error, a warning, or a thing to know.")),
    "message": (TEXT, msg("What is wrong.")),
    "hint": (or_null(TEXT), msg("What to do.")),
    **PLACE_KEYS,
    "rule_url": (or_null(TEXT), msg("The page of the rule.")),
    "related": (list_of(defined("Place")), msg("Other places that it is about.")),
}
_REMINDER: Keys = {
    "kind": (one_of(ReminderKind), msg("Overdue, the end of a cure period, ahead, a choice, or the term.")),
    "convention": (TEXT, SAID_CONVENTION),
    "key": (TEXT, msg("What its day is known by in the calendar of its convention.")),
    "day": (DAY, msg("The last day.")),
    "prudent": (DAY, SAID_PRUDENT),
    "days": ({"type": "integer"}, msg("Days from the day of the answer to its day; negative once that has passed.")),
    "obligation": (or_null(defined("Obligation")), msg("The obligation; null for the term.")),
}
_MESSAGE: Keys = {
    "to": (TEXT, msg("The address that it is written to.")),
    "name": (or_null(TEXT), msg("The name that goes with the address.")),
    "language": (one_of(("fr", "en")), msg("The language that it is written in.")),
    "conventions": (list_of(TEXT), msg("The ids of the conventions that it tells of.")),
    "parties": (list_of(TEXT), msg("The ids of the parties that it is written for.")),
    "subject": (TEXT, msg("Its subject line.")),
    "reminders": (list_of(object_of(_REMINDER)), msg("What it reminds of.")),
    "file": (or_null(TEXT), msg("The file that it was written to, with --output.")),
    "fate": (or_null(one_of(Fate)), msg("What became of it, with --send; “unknown” where it is perhaps sent.")),
    "reason": (or_null(TEXT), msg("Why it was not sent, or may not have been.")),
    "message_id": (TEXT, msg("Its Message-ID: that of a day is the same, however often it is made.")),
}
_UNREACHED: Keys = {
    "convention": (TEXT, SAID_CONVENTION),
    "party": (TEXT, msg("The id of the party.")),
    "label": (TEXT, msg("Its name.")),
    "keys": (list_of(TEXT), msg("What it would have been reminded of, by the keys of the calendar.")),
}
ANSWER_SHAPES: dict[str, dict[str, Any]] = {
    "status": _read_from(
        {
            **_ON,
            "conventions": (list_of(defined("Convention")), msg("The conventions, each on its own.")),
            "shared_parties": (list_of(defined("Tally")), msg("The counts of the parties that several have.")),
            "groups": (list_of(defined("Tally")), msg("The counts across conventions, by what was asked for.")),
            "total": (object_of(COUNTS_KEYS), msg("The counts of all.")),
            **_FAILED_FOR,
            **_LEFT_OUT,
        },
        ("shared_parties", "groups", "total", FAILED_FOR, LEFT_OUT),
    ),
    "deadlines": _LISTED,
    "overdue": _LISTED,
    "show": {"anyOf": [_read_from(each) for each in _SHOWN]},
    "calc": object_of(
        {
            **_HEAD,
            "origin": (DAY, msg("The day that the period is counted from.")),
            "period": (TEXT, msg("The period.")),
            "regime": (REGIME, msg("The regime that the period is counted by.")),
            "zone": (one_of(Zone), msg("The territory whose public holidays count.")),
            "backwards": (FLAG, msg("Whether it is counted back.")),
            "deadline": (DAY, msg("The last day.")),
            "weekday": (TEXT, msg("The day of the week, in English.")),
            **{key: DATES_KEYS[key] for key in ("steps", "strict", "prudent", "carried_over")},
            "other_reading": (or_null(DAY), msg("The day under the other reading of the text.")),
        }
    ),
    "timeline": {
        "anyOf": [
            _read_from(_TIMELINE),
            _read_from(
                {
                    **_ON,
                    **_LEFT_OUT,
                    "conventions": (list_of(object_of(_TIMELINE)), msg("The conventions, each on its own.")),
                },
                (LEFT_OUT,),
            ),
        ]
    },
    "check": object_of(
        {
            **_HEAD,
            "findings": (list_of(object_of(_FINDING)), msg("Every finding.")),
            "summary": (
                object_of(
                    {
                        "files": (COUNT, msg("How many files were read.")),
                        "errors": (COUNT, msg("How many errors.")),
                        "warnings": (COUNT, msg("How many warnings.")),
                        "infos": (COUNT, msg("How many things to know.")),
                    }
                ),
                msg("How many there are."),
            ),
            **_LEFT_OUT,
        },
        (LEFT_OUT,),
    ),
    "log": _read_from({**_ON, "facts": (list_of(object_of(_FACT)), msg("Facts of the journal."))}),
    "diff": _read_from(
        {
            **_HEAD,
            "from": (_END, msg("What is compared.")),
            "to": (_END, msg("What it is compared with.")),
            "term": (
                or_null(
                    object_of(
                        {
                            "due_before": (or_null(DAY), msg("The last day before.")),
                            "due_after": (or_null(DAY), msg("The last day after.")),
                            "causes": (list_of(defined("Cause")), msg("What moved it.")),
                        }
                    )
                ),
                msg("The term, where it moved."),
            ),
            "changes": (list_of(object_of(_CHANGED)), msg("What changed, obligation by obligation.")),
            "facts": (list_of(defined("Cause")), msg("Facts of the journal.")),
        }
    ),
    "remind": object_of(
        {
            **_ON,
            "without_address": (list_of(object_of(_UNREACHED)), msg("The parties that no address is known of.")),
            "messages": (list_of(object_of(_MESSAGE)), msg("The messages of the day, one for each address.")),
            **_LEFT_OUT,
        },
        (LEFT_OUT,),
    ),
}
"""The answer of each command that has a schema, by its name."""
