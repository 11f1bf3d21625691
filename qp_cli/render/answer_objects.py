"""What the answers in JSON are made of: each value, each object, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qp_cli.law.regimes import REGIMES
from qp_cli.messages import msg
from qp_cli.model.json_schema import DEFINITIONS
from qp_cli.model.kinds import Kind, Nature, Scope
from qp_cli.render.proofs import ProofState
from qp_cli.render.wording import FACTS
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.diff import CauseKind
from qp_cli.tracking.states import Note, State
from qp_cli.tracking.summary import COUNTED_UNDER, DERIVED_FROM_TERM, StateColumn
from qp_cli.tracking.timeline import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qp_cli.messages import Message

    Keys = Mapping[str, tuple[dict[str, Any], Message]]

TEXT: dict[str, Any] = {"type": "string"}
DAY: dict[str, Any] = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
FLAG: dict[str, Any] = {"type": "boolean"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
ANYTHING: dict[str, Any] = {"type": "object"}


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, or null."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **values}


def list_of(schema: dict[str, Any]) -> dict[str, Any]:
    """A list of it."""
    return {"type": "array", "items": schema}


def one_of(words: Iterable[str]) -> dict[str, Any]:
    """One of some words."""
    return {"type": "string", "enum": [str(each) for each in words]}


def object_of(keys: Keys, optional: Iterable[str] = ()) -> dict[str, Any]:
    """An object whose keys are all there, but for some."""
    left_out = set(optional)
    return {
        "type": "object",
        "properties": {key: {"description": words, **schema} for key, (schema, words) in keys.items()},
        "required": [key for key in keys if key not in left_out],
    }


def defined(name: str) -> dict[str, Any]:
    """What stands under that name among the definitions."""
    return {"$ref": DEFINITIONS + name}


OF_STATE = one_of(State)
OF_COUNTED_STATE = one_of(name for name in COUNTED_UNDER if name != DERIVED_FROM_TERM)
OF_BASIS = one_of(Basis)
REGIME = one_of(each.name for each in REGIMES)
FACT_KIND = one_of(FACTS)

SAID_ID = msg("The id.")
SAID_CONVENTION = msg("The id of the convention.")
SAID_ENGAGEMENT = msg("The id of the engagement.")
SAID_TITLE = msg("The title, as it is declared.")
SAID_CLAUSE = msg("The clause of the text.")
SAID_DEBTORS = msg("The ids of the parties that owe it.")
SAID_SITES = msg("The ids of the sites.")
SAID_FACTS = msg("The ids of the facts of the journal that count for it.")
SAID_NOTE = msg("A reader's remark.")
SAID_WAITED = msg("The names that the date waits for.")
SAID_STEPS = msg("How the date is reached, step by step; the last dated step is the date.")
SAID_STRICT = msg("The last day, as the regime counts.")
SAID_PRUDENT = msg("The working day to act by, on or before the last day.")
SAID_CARRIED = msg(
    "The next working day where the last day is not one, whether the regime carries over or not; "
    "null where nothing can be carried over: a day that is named, what counts back, the end of a length."
)
SAID_STATE = msg(
    "Where it stands on the day. What is late by a date that the term alone gives is `overdue` here too, with `term` "
    "as its `basis`; screens show it, and counts and --fail-on have it, apart: `overdue-by-term`."
)
SAID_DAYS_LATE = msg(
    "Days after the deadline: until the day looked at, of what is overdue; until its fulfilment, of what was fulfilled "
    "late; until its suspension, of what was overdue then. Else null."
)
SAID_BASIS = msg("What the date rests on: the text, the term, a target, an avenant, a tacit renewal or a termination.")
SAID_BASIS_OF_DATE = msg(
    "What the date rests on: the text, the term, a target, an avenant, a tacit renewal or a termination. Of `term`, "
    "the text writes no date: what is late by it is counted apart, as `overdue-by-term`."
)
OBLIGATION_KEYS: Keys = {
    "id": (
        TEXT,
        msg(
            "The id of the obligation: its engagement, who owes it, the site, the occurrence. It is unique within a "
            "convention; over several of them, `convention` and `id` together are."
        ),
    ),
    "convention": (TEXT, msg("The id of the convention, which `id` needs beside it where there are several.")),
    "engagement": (TEXT, SAID_ENGAGEMENT),
    "title": (TEXT, SAID_TITLE),
    "clause": (or_null(TEXT), SAID_CLAUSE),
    "debtors": (list_of(TEXT), SAID_DEBTORS),
    "creditors": (list_of(TEXT), msg("The ids of the parties that it is owed to.")),
    "sites": (list_of(TEXT), SAID_SITES),
    "kind": (one_of(Kind), msg("How the engagement is owed.")),
    "nature": (or_null(one_of(Nature)), msg("Best efforts or a result, as a reader qualified it.")),
    "state": (OF_STATE, SAID_STATE),
    "waiting_for": (or_null(TEXT), SAID_WAITED),
    "due": (or_null(DAY), msg("The deadline, its last day; null where there is none, or none yet.")),
    "basis": (or_null(OF_BASIS), SAID_BASIS_OF_DATE),
    "days_late": (or_null(COUNT), SAID_DAYS_LATE),
    "fulfilled_on": (or_null(DAY), msg("The day of the recorded fulfilment.")),
    "regime": (or_null(REGIME), msg("The regime that the period is counted by.")),
    "origin": (or_null(DAY), msg("The day that the period is counted from.")),
    "performer": (or_null(TEXT), msg("Who carries it out, where that is not the debtor.")),
    "facts": (list_of(TEXT), SAID_FACTS),
    "capacities": (list_of(TEXT), msg("The groups and roles through which it is owed.")),
    "scope": (one_of(Scope), msg("Where it was made: in this convention, or at national level and reported by it.")),
    "previous_due": (or_null(DAY), msg("The deadline before what moved it last.")),
    "moved_by": (list_of(TEXT), msg("The facts and renewals that moved the deadline.")),
    "replaced_by": (list_of(TEXT), msg("The facts that put another obligation in its place.")),
    "cure_due": (or_null(DAY), msg("The end of the cure period of a formal notice (mise en demeure) that stands.")),
    "notes": (list_of(one_of(Note)), msg("What else there is to know, by keys that do not change.")),
    "parts": (list_of(TEXT), msg("What was performed in part: the day, and the share or “partly”.")),
    "amount": (or_null(TEXT), msg("The amount, in exact figures.")),
    "currency": (or_null(TEXT), msg("The currency of the amount.")),
    "share": (or_null(TEXT), msg("The share of the amount, as the text says it.")),
    "convention_name": (TEXT, msg("What the convention is called among the others: its territory, else its title.")),
    "debtor_names": (list_of(TEXT), msg("The short names of the parties of `debtors`, in their order.")),
    "creditor_names": (list_of(TEXT), msg("The short names of the parties of `creditors`, in their order.")),
    "performer_name": (or_null(TEXT), msg("The short name of `performer`.")),
    "capacity_names": (list_of(TEXT), msg("The short names of the groups and roles of `capacities`, in their order.")),
    "site_names": (list_of(TEXT), msg("What the sites of `sites` are called, in their order.")),
}
DATES_KEYS: Keys = {
    "steps": (list_of(defined("Step")), SAID_STEPS),
    "strict": (or_null(DAY), SAID_STRICT),
    "prudent": (or_null(DAY), SAID_PRUDENT),
    "carried_over": (or_null(DAY), SAID_CARRIED),
    "readings": (list_of(defined("Reading")), msg("The same period under other regimes.")),
}
PLACE_KEYS: Keys = {
    "path": (TEXT, msg("The file.")),
    "line": (COUNT, msg("The line, from 1.")),
    "column": (COUNT, msg("The column, from 1.")),
    "end_line": (COUNT, msg("The line where it ends.")),
    "end_column": (COUNT, msg("The column after its end.")),
}
PROOF_KEYS: Keys = {
    "url": (or_null(TEXT), msg("Its address.")),
    "file": (or_null(TEXT), msg("Its file, from the top of the repository.")),
    "sha256": (or_null(TEXT), msg("The digest of the file.")),
}
TERM_KEYS: Keys = {
    "start": (or_null(DAY), msg("The first day of the convention.")),
    "end": (or_null(DAY), msg("Its last day; null where it has none, or none yet.")),
    "basis": (or_null(OF_BASIS), SAID_BASIS),
}
COUNTS_KEYS: Keys = {each.value: (COUNT, msg("How many obligations are in this column.")) for each in StateColumn}
_DERIVED: Keys = {
    "derived_from_term": (COUNT, msg("How many are awaited by a date that the term alone gives, passed or not."))
}
_CAUSE: Keys = {
    "kind": (one_of(CauseKind), msg("A fact, an avenant, an edit of the files, or the passing of time.")),
    "fact": (or_null(TEXT), msg("The id of the fact.")),
    "fact_kind": (or_null(FACT_KIND), msg("The kind of the fact.")),
    "on": (or_null(DAY), msg("The day of the fact.")),
    "about": (or_null(TEXT), msg("The id of what the fact is about.")),
    "gone": (FLAG, msg("Whether the fact counted before and does not any more.")),
    "edited": (list_of(TEXT), msg("The ids of what was edited in the files.")),
}
ANSWER_OBJECTS: dict[str, dict[str, Any]] = {
    "Obligation": object_of(OBLIGATION_KEYS),
    "ObligationInFull": object_of({**OBLIGATION_KEYS, **DATES_KEYS}),
    "Step": object_of(
        {
            "rule": (TEXT, msg("The rule, by a key that does not change.")),
            "text": (TEXT, msg("What is done, in words.")),
            "source": (TEXT, msg("The text or decision that the rule comes from.")),
            "result": (or_null(DAY), msg("The day reached.")),
        }
    ),
    "Reading": object_of({"regime": (REGIME, msg("The other regime.")), "due": (DAY, msg("The last day under it."))}),
    "Tally": object_of(
        {
            "id": (or_null(TEXT), SAID_ID),
            "name": (TEXT, msg("Its name.")),
            "convention": (or_null(TEXT), SAID_CONVENTION),
            **COUNTS_KEYS,
            **_DERIVED,
            "next_due": (or_null(DAY), msg("The next deadline.")),
        },
        ("convention", "next_due"),
    ),
    "Convention": object_of(
        {
            "id": (TEXT, SAID_ID),
            "title": (TEXT, SAID_TITLE),
            "territory": (or_null(TEXT), msg("The territory.")),
            "term": (
                object_of(
                    {
                        **TERM_KEYS,
                        "readings": (
                            list_of(
                                object_of(
                                    {
                                        "regime": (REGIME, msg("The other regime.")),
                                        "end": (DAY, msg("The last day under it.")),
                                    }
                                )
                            ),
                            msg("The same period under other regimes."),
                        ),
                        "suspended_since": (
                            or_null(DAY),
                            msg("The day since which the term is suspended: it does not run."),
                        ),
                        "falls_due": (or_null(COUNT), msg("How many obligations the term near at hand makes due.")),
                    }
                ),
                msg("How long the convention runs."),
            ),
            "approved": (FLAG, msg("Whether its approval is dated on the day.")),
            "parties": (list_of(defined("Tally")), msg("A count for each legal person.")),
            "states": (
                {"type": "object", "additionalProperties": COUNT},
                msg(
                    "How many obligations are in each state; those late by the term alone apart, as `overdue-by-term`."
                ),
            ),
            "overdue": (list_of(defined("Obligation")), msg("What is overdue.")),
            "derived_from_term": (list_of(defined("Obligation")), msg("What the term alone dates, overdue or not.")),
            "next": (list_of(defined("Obligation")), msg("What falls due next.")),
            "signature": (
                or_null(
                    object_of(
                        {
                            "event": (TEXT, msg("The id of the event.")),
                            "date": (or_null(DAY), msg("Its day.")),
                        }
                    )
                ),
                msg("The signature, where one is declared."),
            ),
            "amounts": (
                list_of(
                    object_of(
                        {
                            "party": (TEXT, msg("The id of the party that owes.")),
                            "state": (OF_COUNTED_STATE, msg("The state that the obligations are counted in.")),
                            "currency": (TEXT, msg("The currency.")),
                            "total": (TEXT, msg("The exact sum.")),
                            "obligations": (COUNT, msg("How many obligations it is the sum of.")),
                        }
                    )
                ),
                msg("The amounts, added by party, state and currency."),
            ),
        }
    ),
    "Mark": object_of(
        {
            "day": (DAY, msg("The day.")),
            "kind": (one_of(MarkKind), msg("What it marks.")),
            "state": (
                or_null(OF_STATE),
                msg("The state of the obligations, for a deadline; with `term` as basis, `overdue` is counted apart."),
            ),
            "title": (or_null(TEXT), SAID_TITLE),
            "clause": (or_null(TEXT), SAID_CLAUSE),
            "obligations": (list_of(TEXT), msg("The ids of the obligations.")),
            "basis": (or_null(OF_BASIS), SAID_BASIS),
            "fact": (or_null(TEXT), msg("The id of the fact.")),
            "event": (or_null(TEXT), msg("The id of the event.")),
        }
    ),
    "Expiry": object_of(
        {
            "day": (DAY, msg("The last day before the renewal.")),
            "last_day_to_denounce": (or_null(DAY), msg("The last day for a notice that prevents it.")),
            "renewed_on": (or_null(DAY), msg("The first day of the renewal; null where it was prevented.")),
            "denounced_by": (list_of(TEXT), msg("The notices given in time.")),
            "denounced_late_by": (list_of(TEXT), msg("The notices given too late.")),
        }
    ),
    "Place": object_of({"message": (TEXT, msg("What stands there.")), **PLACE_KEYS}),
    "Proof": object_of(
        {
            "fact": (TEXT, msg("The id of the fact that it vouches for.")),
            "given_by": (TEXT, msg("The id of the fact that gave it.")),
            "on": (DAY, msg("The day it was given.")),
            **PROOF_KEYS,
            "state": (or_null(one_of(ProofState)), msg("Whether the file is the one that was given.")),
        }
    ),
    "Cause": object_of(_CAUSE),
    "LeftOut": object_of(
        {
            "path": (TEXT, msg("The file or folder.")),
            "reason": (TEXT, msg("Why it could not be read.")),
        }
    ),
    "KnownState": object_of(
        {
            "commit": (TEXT, msg("The commit, in short.")),
            "day": (DAY, msg("The day, in Paris, that it was committed on.")),
        }
    ),
}
"""What several answers hold, by name."""
