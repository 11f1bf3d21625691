"""A timeline as records: the keys of the `qp/1` contract, and a sheet with a row for each mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.model.facts import Amended
from qp_cli.render.formats import SCHEMA, csv_pieces, csv_row, json_text, listed_json, to_json
from qp_cli.render.timeline.words import clause, event_of
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.timeline import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from qp_cli.render.formats import Lacks, Record
    from qp_cli.tracking.situation import Obligation
    from qp_cli.tracking.timeline import Bar, Mark, Row, Timeline

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


def timeline_json(timeline: Timeline) -> str:
    """What `timeline` answers of one convention as JSON; the lanes hold what has no day too."""
    return to_json(_record(timeline))


def timeline_text(timeline: Timeline) -> str:
    """The same as it stands among those of several."""
    return json_text(_record(timeline))


def timelines_json(texts: Iterable[str], as_of: date, lacks: Lacks = list) -> Iterator[str]:
    """What `timeline` answers of several as JSON: the text of each, and what is lacking."""
    return listed_json({"as_of": as_of.isoformat()}, "conventions", texts, lacks)


def _record(timeline: Timeline) -> Record:
    situation, axis, term = timeline.situation, timeline.axis, timeline.situation.term
    return {
        "schema": SCHEMA,
        "as_of": timeline.as_of.isoformat(),
        "convention": situation.convention.id,
        "axis": {"start": axis.start.isoformat(), "end": axis.end.isoformat()},
        "term": {
            "start": _iso(timeline.start),
            "end": _iso(timeline.term),
            "basis": Basis(term.basis).value if term and term.due else None,
            "previous_end": _iso(timeline.previous_term),
            "suspended_since": _iso(situation.term_stopped_on),
        },
        "lanes": [_row_record(row, timeline) for row in timeline.rows],
        "marks": [_mark_record(mark, timeline) for mark in timeline.common],
        "cancelled_facts": timeline.cancelled,
        "later_facts": timeline.later,
    }


def _row_record(row: Row, timeline: Timeline) -> Record:
    """One row, with its marks, its bars, and its obligations without a deadline."""
    engagement = row.engagement
    return {
        "id": row.id,
        "engagement": engagement.id,
        "title": engagement.title,
        "clause": engagement.clause,
        "debtors": _debtors(row),
        "sites": list(row.sites),
        "kind": engagement.kind.value,
        "obligations": [one.id for one in row.obligations],
        "marks": [_mark_record(mark, timeline) for mark in row.marks],
        "stretches": [_bar_record(bar) for bar in row.bars],
        "undated": [_undated_record(one) for one in row.undated],
    }


def _mark_record(mark: Mark, timeline: Timeline) -> Record:
    """One mark; `state` and `basis` are those of a deadline, null for every other kind."""
    event = event_of(mark, timeline)
    return {
        "day": mark.day.isoformat(),
        "kind": mark.kind.value,
        "state": mark.state.value if mark.state else None,
        "title": _title(mark, timeline),
        "clause": clause(mark, timeline) or None,
        "obligations": [one.id for one in mark.obligations],
        "basis": mark.obligations[0].deadline.basis.value if mark.kind is MarkKind.DUE else None,
        "fact": mark.fact.id if mark.fact else None,
        "event": event.id if event else None,
    }


def _title(mark: Mark, timeline: Timeline) -> str | None:
    """The title of what a mark is about, as the repository writes it."""
    if mark.obligations:
        return mark.obligations[0].engagement.title
    if mark.fact and isinstance(mark.fact, Amended):
        return mark.fact.title
    if event := event_of(mark, timeline):
        return event.title
    term = timeline.situation.convention.term
    return term.title if term and mark.kind in {MarkKind.TERM, MarkKind.PREVIOUS_TERM} else None


def _bar_record(bar: Bar) -> Record:
    return {"kind": bar.kind.value, "start": bar.start.isoformat(), "end": _iso(bar.end)}


def _undated_record(one: Obligation) -> Record:
    return {"id": one.id, "state": one.state.value, "waiting_for": ", ".join(one.deadline.waiting_for) or None}


def timeline_lines(timeline: Timeline, *, several: bool) -> list[str]:
    """One line of CSV per mark, by row, the convention's own first; then one per obligation that has no day.

    Of several conventions each line begins with the id of its own.
    """
    home: Record = {**dict.fromkeys(_COLUMNS), "convention": timeline.situation.convention.id}
    return [csv_row({**home, **record}, _columns(several=several)) for record in _records(timeline)]


def timelines_csv(lines: Iterable[str], lacks: Lacks = list, *, several: bool) -> Iterator[str]:
    """These lines under their heading."""
    return csv_pieces(_columns(several=several), lines, lacks)


def _columns(*, several: bool) -> tuple[str, ...]:
    return ("convention", *_COLUMNS) if several else _COLUMNS


def _records(timeline: Timeline) -> Iterator[Record]:
    for mark in timeline.common:
        yield _mark_record(mark, timeline)
    for row in timeline.rows:
        about: Record = {
            "lane": row.id,
            "engagement": row.engagement.id,
            "debtors": _debtors(row),
            "sites": list(row.sites),
        }
        for mark in row.marks:
            yield {**about, **_mark_record(mark, timeline)}
        for one in row.undated:
            said = {"title": row.engagement.title, "clause": row.engagement.clause, "kind": MarkKind.DUE.value}
            yield {**about, **said, **_undated_record(one), "obligations": [one.id]}


def _debtors(row: Row) -> list[str]:
    return list(dict.fromkeys(party for debtor in row.debtors for party in debtor.parties))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
