"""A chronology as records: the keys of the `qp/1` contract, and a sheet with a row for each mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.render.formats import SCHEMA, to_csv, to_json, to_json_list
from qp_cli.render.marks import clause, event_of
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.lanes import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from qp_cli.render.formats import Lacks, Record
    from qp_cli.tracking.chronology import Chronology
    from qp_cli.tracking.lanes import Lane, Mark, Stretch
    from qp_cli.tracking.situation import Obligation

_COLUMNS = (
    "day",
    "lane",
    "engagement",
    "kind",
    "state",
    "title",
    "clause",
    "debtors",
    "sites",
    "obligations",
    "basis",
    "waiting_for",
    "fact",
    "event",
)


def timeline_json(chronology: Chronology) -> str:
    """What `timeline` answers as JSON; the lanes hold what has no day too."""
    return to_json(_record(chronology))


def timelines_json(chronologies: Iterable[Chronology], as_of: date, lacks: Lacks = list) -> str:
    """What `timeline` answers about several conventions: the object of each, and what it lacks."""
    head = {"schema": SCHEMA, "as_of": as_of.isoformat()}
    return to_json_list(head, "conventions", map(_record, chronologies), lacks)


def _record(chronology: Chronology) -> Record:
    situation, axis, term = chronology.situation, chronology.axis, chronology.situation.term
    return {
        "schema": SCHEMA,
        "as_of": chronology.as_of.isoformat(),
        "convention": situation.convention.id,
        "axis": {"start": axis.start.isoformat(), "end": axis.end.isoformat()},
        "term": {
            "start": _iso(chronology.start),
            "end": _iso(chronology.term),
            "basis": Basis(term.basis).value if term and term.due else None,
            "previous_end": _iso(chronology.previous_term),
        },
        "lanes": [lane_record(lane, chronology) for lane in chronology.lanes],
        "marks": [mark_record(mark, chronology) for mark in chronology.common],
        "cancelled_facts": chronology.cancelled,
        "later_facts": chronology.later,
    }


def lane_record(lane: Lane, chronology: Chronology) -> Record:
    """One lane, with its marks, its stretches, and its obligations without a deadline."""
    engagement = lane.engagement
    return {
        "id": lane.id,
        "engagement": engagement.id,
        "title": engagement.title,
        "clause": engagement.clause,
        "debtors": _debtors(lane),
        "sites": list(lane.sites),
        "kind": engagement.kind.value,
        "obligations": [one.id for one in lane.obligations],
        "marks": [mark_record(mark, chronology) for mark in lane.marks],
        "stretches": [_stretch_record(stretch) for stretch in lane.stretches],
        "undated": [_undated_record(one) for one in lane.undated],
    }


def mark_record(mark: Mark, chronology: Chronology) -> Record:
    """One mark; `state` and `basis` are those of a deadline, null for every other kind."""
    event = event_of(mark, chronology)
    return {
        "day": mark.day.isoformat(),
        "kind": mark.sort.value,
        "state": mark.state.value if mark.state else None,
        "title": _title(mark, chronology),
        "clause": clause(mark, chronology) or None,
        "obligations": [one.id for one in mark.obligations],
        "basis": mark.obligations[0].deadline.basis.value if mark.sort is Sort.DUE else None,
        "fact": mark.fact.id if mark.fact else None,
        "event": event.id if event else None,
    }


def _title(mark: Mark, chronology: Chronology) -> str | None:
    """The title of what a mark is about, as the repository writes it."""
    if mark.obligations:
        return mark.obligations[0].engagement.title
    if mark.fact and mark.fact.kind == "amended":
        return mark.fact.title
    if event := event_of(mark, chronology):
        return event.title
    term = chronology.situation.convention.term
    return term.title if term and mark.sort in {Sort.TERM, Sort.PREVIOUS_TERM} else None


def _stretch_record(stretch: Stretch) -> Record:
    return {"kind": stretch.span.value, "start": stretch.start.isoformat(), "end": _iso(stretch.end)}


def _undated_record(one: Obligation) -> Record:
    return {"id": one.id, "state": one.state.value, "waiting_for": ", ".join(one.deadline.waiting_for) or None}


def timeline_csv(chronology: Chronology) -> str:
    """One line per mark, by lane, the convention's own first; then one without a day per obligation that has none."""
    return to_csv((_flat(record) for record in _records(chronology)), _COLUMNS)


def timelines_csv(chronologies: Iterable[Chronology], lacks: Lacks = list) -> str:
    """The lines of several conventions, one after the other, each line beginning with the id of its convention."""
    columns = ("convention", *_COLUMNS)
    return to_csv(
        (
            {"convention": one.situation.convention.id, **_flat(record)}
            for one in chronologies
            for record in _records(one)
        ),
        columns,
        lacks,
    )


def _flat(record: Record) -> Record:
    return {column: record.get(column) for column in _COLUMNS}


def _records(chronology: Chronology) -> Iterator[Record]:
    for mark in chronology.common:
        yield mark_record(mark, chronology)
    for lane in chronology.lanes:
        about: Record = {
            "lane": lane.id,
            "engagement": lane.engagement.id,
            "debtors": _debtors(lane),
            "sites": list(lane.sites),
        }
        for mark in lane.marks:
            yield {**about, **mark_record(mark, chronology)}
        for one in lane.undated:
            said = {"title": lane.engagement.title, "clause": lane.engagement.clause, "kind": Sort.DUE.value}
            yield {**about, **said, **_undated_record(one), "obligations": [one.id]}


def _debtors(lane: Lane) -> list[str]:
    return list(dict.fromkeys(party for debtor in lane.debtors for party in debtor.parties))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
