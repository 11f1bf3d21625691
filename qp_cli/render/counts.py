"""Counts as tables, a row per party, convention, clause or site, on a narrow screen too; statuses for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.app.rows import pack, unpack
from qp_cli.messages import msg
from qp_cli.render.amounts import amount_records
from qp_cli.render.columns import obligation_record
from qp_cli.render.formats import SCHEMA, Answer, Column, iso, json_pieces, json_text, named_absences, record_of
from qp_cli.render.headings import HEADINGS, group_name, label
from qp_cli.render.layout import Line, styled
from qp_cli.render.screen import UNBOUNDED
from qp_cli.render.visible import visible
from qp_cli.render.wording import COLUMNS
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.portfolio import Listed, convention_ref, counted_columns, party_tallies
from qp_cli.tracking.summary import StateColumn as Counting
from qp_cli.tracking.summary import apart, counted_states, due_by_the_term, overdue_ones, upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qp_cli.app.answers import Counted
    from qp_cli.render.formats import Record
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Part, Table
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.portfolio import Tally
    from qp_cli.tracking.situation import Obligation, Situation


_ZERO = "·"


def _number(counting: Counting) -> Callable[[Tally], int]:
    return lambda tally: tally.counts[counting]


def _figure(counting: Counting) -> Callable[[Tally, Language], str]:
    return lambda tally, _: str(tally.counts[counting])


def _mark(counting: Counting) -> Callable[[Tally, Language], Line]:
    """A figure of the screen, a dot for none; what is overdue alarms."""
    alarm = "bold red" if counting is Counting.OVERDUE else ""

    def mark(tally: Tally, _: Language) -> Line:
        number = tally.counts[counting]
        return styled(str(number), alarm) if number else styled(_ZERO, "dim")

    return mark


def _called(tally: Tally, language: Language) -> Line:
    """What a group is called, its convention on a line of its own."""
    group = tally.group
    said = styled(group_name(group, language))
    return said.append(f"\n{visible(group.convention)}", "dim") if group.convention else said


_ID: Column[Tally] = Column("id", lambda tally: tally.group.key)
PARTY_NAME: Column[Tally] = Column(
    "name", lambda tally: tally.group.label, None, lambda tally, _: label(tally.group, _)
)
_CONVENTION: Column[Tally] = Column("convention", lambda tally: tally.group.convention or None)
_COUNTS: dict[Counting, Column[Tally]] = {
    each: Column(each.value, _number(each), COLUMNS[each], _figure(each)) for each in Counting
}
_OPTIONS = _COUNTS[Counting.OPTIONS]
_OWED = tuple(column for column in _COUNTS.values() if column is not _OPTIONS)
_DERIVED: Column[Tally] = Column("derived_from_term", lambda tally: tally.derived)
_NEXT: Column[Tally] = Column("next_due", lambda tally: iso(tally.next_due))
_ALONE = (_ID, PARTY_NAME, *_OWED, _DERIVED, _OPTIONS)
_RECORD = (_ID, PARTY_NAME, _CONVENTION, *_OWED, _DERIVED, _NEXT, _OPTIONS)
_RECORD_BY = {
    False: _RECORD,
    True: tuple(each._replace(value=PARTY_NAME.value) if each is _CONVENTION else each for each in _RECORD),
}
"""Whether groups are conventions, each of which is in itself."""


def on_status_screen(tallies: Iterable[Tally]) -> tuple[Column[Tally], ...]:
    """The columns of the screen for these counts: who, then how many in each."""
    counts = (_COUNTS[each]._replace(words=_mark(each)) for each in counted_columns(tallies))
    return (PARTY_NAME._replace(words=_called), *counts)


def write_status(counted: Counted, form: str, language: Language) -> str:
    """The status in CSV or Markdown, which only count; of several conventions, people read their total too."""
    shown = (_COUNTS[each] for each in counted_columns(counted.tallies))
    words = (PARTY_NAME._replace(heading=HEADINGS[counted.grouping]), *shown)
    columns = _ALONE if counted.only else _RECORD_BY[counted.is_by_convention]
    rows = [*counted.tallies]
    if form == "md" and counted.is_by_convention and not counted.only:
        total = counted.overview.total
        rows.append(total._replace(group=total.group._replace(label=language.text(msg("Total")))))
    return Answer("groups", rows, columns, words, lacks=counted.asked.left_out).written(form, language)


def status_json(counted: Counted) -> Iterator[str]:
    """The status in JSON, piece by piece, which tells each convention whole, by its `convention_text`."""
    texts = (text for each in counted.records if isinstance(each, bytes) for text in unpack(each))
    return json_pieces(_around(counted), "conventions", texts)


def _around(counted: Counted) -> Record:
    """What stands around the conventions: of several, the counts across them and what they lack too."""
    found = counted.overview
    record: Record = {"schema": SCHEMA, "as_of": found.as_of.isoformat(), "conventions": []}
    if counted.only:
        return record
    by = () if counted.is_by_convention else counted.tallies
    return {
        **record,
        "shared_parties": _records(found.shared),
        "groups": _records(by),
        "total": {each.value: found.total.counts[each] for each in Counting},
        **named_absences(counted.asked.left_out),
    }


def _records(tallies: Sequence[Tally]) -> list[Record]:
    return [record_of(_RECORD, tally) for tally in tallies]


def convention_text(situation: Situation) -> bytes:
    """One convention as `status` tells it in JSON, packed until it is written."""
    return pack([json_text(convention_record(situation))])


def convention_record(situation: Situation) -> Record:
    """One convention as `status` tells it: its term, its counts per party, what is overdue and what comes next."""
    term, convention = situation.term, convention_ref(situation)
    found, signature, near = situation.obligations, situation.signature, due_by_the_term(situation)

    def records(obligations: Iterable[Obligation]) -> list[Record]:
        return [obligation_record(Listed(convention, one)) for one in obligations]

    return {
        "id": situation.convention.id,
        "title": situation.convention.title,
        "territory": situation.convention.territory,
        "term": {
            "start": iso(situation.start.day),
            "end": iso(term.due) if term else None,
            "basis": Basis(term.basis).value if term and term.due else None,
            "readings": [
                {"regime": reading.regime.name, "end": reading.day.isoformat()}
                for reading in (term.readings if term else ())
            ],
            "falls_due": len(near) if near is not None else None,
            "suspended_since": iso(situation.term_stopped_on),
        },
        "approved": situation.approved,
        "parties": [_party(situation, tally) for tally in party_tallies(situation)],
        "states": counted_states(found),
        "overdue": records(overdue_ones(found)),
        "derived_from_term": records(apart(found)),
        "next": records(upcoming(found)),
        "signature": {"event": signature.name, "date": iso(signature.day)} if signature else None,
        "amounts": amount_records(situation),
    }


def _party(situation: Situation, tally: Tally) -> Record:
    """The counts of one party, by its full name."""
    party = situation.directory.parties.get(tally.group.key)
    return {**record_of(_ALONE, tally), "name": party.name if party else tally.group.key}


_MARGIN = 1
"""How far in the figures are that stand below a name, and the blank before them."""


def is_too_wide(drawn: Table, screen: Screen) -> bool:
    """Whether a table has no room on a screen but folded."""
    if screen.width >= UNBOUNDED:
        return False
    from qp_cli.render.folding import natural_width

    return natural_width(drawn) > screen.width


def names_beside_or_above(drawn: Table, screen: Screen) -> list[Part]:
    """The table; or each name above its figures, where words would be cut beside them and are not so."""
    from qp_cli.render.folding import keeps_words, natural_widths

    widths = (_MARGIN, *natural_widths(drawn)[1:])
    if keeps_words(drawn, screen.width) or sum(widths) + len(widths) - 1 > screen.width:
        return [drawn]
    title, *heads = drawn.headers
    parts: list[Part] = [styled(title, "bold"), drawn._replace(headers=["", *heads], rows=[], widths=widths)]
    for name, *figures in drawn.rows:
        parts.append(name if isinstance(name, Line) else styled(str(name)))
        parts.append(drawn._replace(headers=[""] * len(widths), rows=[("", *figures)], widths=widths))
    return parts
