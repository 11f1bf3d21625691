"""Obligations and status as plain records: the keys of the `qp/1` contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.states import notes_on
from qp_cli.tracking.summary import Column, apart, counted_states, due_by_the_term, overdue, rows, upcoming

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import Ground

SCHEMA = "qp/1"
COLUMNS = (
    "id",
    "convention",
    "engagement",
    "title",
    "clause",
    "debtors",
    "creditors",
    "sites",
    "kind",
    "nature",
    "state",
    "waiting_for",
    "due",
    "basis",
    "days_late",
    "fulfilled_on",
    "regime",
    "origin",
    "performer",
    "facts",
    "capacities",
    "scope",
    "previous_due",
    "moved_by",
    "replaced_by",
    "cure_due",
    "notes",
)
"""The keys of an obligation, in the order of the contract, then our own."""
Record = dict[str, object]


def obligation_record(ground: Ground, obligation: Obligation) -> Record:
    """One obligation: dates in ISO form, `days_late` in days after `due`, null unless late; `notes` by their keys."""
    engagement, deadline = obligation.engagement, obligation.deadline
    notice = obligation.standing.notice
    return {
        "id": obligation.id,
        "convention": obligation.convention,
        "engagement": engagement.id,
        "title": engagement.title,
        "clause": engagement.clause,
        "debtors": list(obligation.debtor.parties),
        "creditors": list(engagement.creditors),
        "sites": list(obligation.sites),
        "kind": engagement.kind.value,
        "nature": engagement.nature.value if engagement.nature else None,
        "state": obligation.state.value,
        "waiting_for": ", ".join(deadline.waiting_for) or None,
        "due": _iso(deadline.due),
        "basis": deadline.basis.value if deadline.due else None,
        "days_late": obligation.standing.days_late,
        "fulfilled_on": _iso(obligation.standing.fulfilled_on),
        "regime": deadline.regime.name if deadline.regime else None,
        "origin": _iso(deadline.origin),
        "performer": engagement.performer,
        "facts": list(obligation.facts),
        "capacities": list(obligation.debtor.capacities),
        "scope": engagement.scope.value,
        "previous_due": _iso(obligation.previous_due),
        "moved_by": list(obligation.moved_by),
        "replaced_by": list(obligation.replaced_by),
        "cure_due": _iso(notice.cure.due) if notice and notice.cure else None,
        "notes": [note.value for note in notes_on(ground, obligation)],
    }


def obligations_record(situation: Situation, obligations: Iterable[Obligation]) -> Record:
    """What `deadlines` and `overdue` answer."""
    return {
        "schema": SCHEMA,
        "as_of": situation.as_of.isoformat(),
        "obligations": [obligation_record(situation, one) for one in obligations],
    }


def status_record(situation: Situation) -> Record:
    """What `status` answers, for one convention."""
    return {
        "schema": SCHEMA,
        "as_of": situation.as_of.isoformat(),
        "conventions": [convention_record(situation)],
    }


def convention_record(situation: Situation) -> Record:
    """One convention as `status` tells it: its term, its counts per party, what is overdue and what comes next."""
    term = situation.term
    found, signature, near = situation.obligations, situation.signature, due_by_the_term(situation)
    return {
        "id": situation.convention.id,
        "title": situation.convention.title,
        "territory": situation.convention.territory,
        "term": {
            "start": _iso(situation.start.day),
            "end": _iso(term.due) if term else None,
            "basis": Basis(term.basis).value if term and term.due else None,
            "readings": [
                {"regime": reading.regime.name, "end": reading.day.isoformat()}
                for reading in (term.readings if term else ())
            ],
            "falls_due": len(near) if near is not None else None,
        },
        "approved": situation.approved,
        "parties": [
            {
                "id": row.party,
                "name": _name(situation, row.party),
                **{column.value: row.counts[column] for column in Column},
                "derived_from_term": row.derived,
            }
            for row in rows(situation)
        ],
        "states": counted_states(found),
        "overdue": [obligation_record(situation, one) for one in overdue(found)],
        "derived_from_term": [obligation_record(situation, one) for one in apart(found)],
        "next": [obligation_record(situation, one) for one in upcoming(found)],
        "signature": {"event": signature.name, "date": _iso(signature.day)} if signature else None,
    }


def _name(situation: Situation, party: str) -> str:
    found = situation.directory.parties.get(party)
    return found.name if found else party


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
