"""The columns of obligations, each written once: its name, its heading, its value for programs and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.formats import Column, iso, record_of
from qp_cli.render.layout import styled
from qp_cli.render.naming import in_sentence
from qp_cli.render.notes import note_lines
from qp_cli.render.visible import visible
from qp_cli.render.wording import STYLES, moved, state_words
from qp_cli.tracking.deadlines import TRIGGER, Basis
from qp_cli.tracking.renewal import MoveKind
from qp_cli.tracking.states import State, notes_on
from qp_cli.tracking.term import BASES_OF_MOVES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.formats import Record
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Line
    from qp_cli.render.naming import Titles
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.portfolio import Listed
    from qp_cli.tracking.situation import Obligation

MARKS = {
    Basis.TERM: "*",
    Basis.TARGET: "°",
    Basis.AMENDMENT: "†",
    Basis.RENEWAL: "†",
    Basis.TERMINATION: "†",
}
"""What a date that is not the text's own carries beside it; the legend says what each means."""


def where(convention: str, clause: str | None, language: Language) -> str:
    """The convention, where several are listed, and the clause."""
    if not convention or not clause:
        return visible(convention or clause or "")
    return language.text(msg("{convention}, {clause}", convention=convention, clause=clause))


def due(obligation: Obligation, language: Language) -> str:
    """The date with the mark of its basis; a dash where there is none."""
    return noted(obligation, language.dated(obligation.due)) if obligation.due else "–"


def noted(obligation: Obligation, day: str) -> str:
    """Its date, as it is written, with the mark of its basis and whether it can only come forward."""
    mark = MARKS.get(obligation.deadline.basis, "")
    if obligation.moved_by and MARKS[Basis.AMENDMENT] not in mark:
        mark += MARKS[Basis.AMENDMENT]
    bound = "≤ " if obligation.deadline.waiting_for else ""
    return f"{bound}{day}{mark}"


def state(obligation: Obligation, titles: Titles, language: Language) -> str:
    """The state in words, with the days late or what it waits for; of a moved date, what it was before what."""
    words = _state_alone(obligation, titles, language)
    if obligation.previous_due is None:
        return words
    before = moved(language.short_day(obligation.previous_due).strip(), obligation.moved_how)
    return language.text(msg("{state}; {before}", state=words, before=before))


def _state_alone(obligation: Obligation, titles: Titles, language: Language) -> str:
    """The state in words, with the days late or what it waits for."""
    words = language.text(state_words(obligation))
    late = obligation.standing.days_late
    if obligation.replaced_by:
        return words
    if late is not None and obligation.state is State.SUSPENDED:
        return language.text(msg("suspended, {days} past its date when the suspension began", days=days(late)))
    if late is not None:
        words = f"{words}, {language.text(days(late))}"
    cure = cure_due(obligation)
    if cure:
        return f"{words}, {language.text(msg('notice: cure by {day}', day=language.short_day(cure).strip()))}"
    if late is not None:
        return words
    if obligation.state is State.CONDITIONAL and obligation.deadline.waiting_for:
        return language.text(msg("conditional: awaits {names}", names=awaited(obligation.deadline, titles, language)))
    return words


def awaited(deadline: Deadline, titles: Titles, language: Language) -> str:
    """What a date waits for, by its title; a request that no event stands for is said in words."""
    request = language.text(msg("a request"))
    said = (request if name == TRIGGER else in_sentence(titles(name)) for name in deadline.waiting_for)
    return language.joined(said)


def cure_due(obligation: Obligation) -> date | None:
    """The end of the cure period that a formal notice opened, if one stands."""
    notice = obligation.standing.notice
    return notice.cure.due if notice and notice.cure else None


def capacity(obligation: Obligation, directory: Directory) -> str:
    """Who owes it and in what capacity: the groups and roles it owes through."""
    through = ", ".join(visible(directory.label(name)) for name in obligation.debtor.capacities)
    who = debtor(obligation, directory)
    return f"{who} ({through})" if through else who


def debtor(obligation: Obligation, directory: Directory) -> str:
    """Who owes it, by short name."""
    return " + ".join(visible(directory.label(party)) for party in obligation.debtor.parties)


def name(obligation: Obligation) -> str:
    """The engagement, with its site and occurrence where it has them."""
    _, _, place = obligation.id.partition(f"{obligation.engagement.id}/{obligation.debtor.key}")
    return f"{obligation.engagement.id}{place}"


def days(count: int) -> Message:
    """So many days."""
    return msgs("{count} day", "{count} days", count=count)


def bases(obligations: Iterable[Obligation]) -> set[Basis | MoveKind]:
    """What the dates of these obligations rest on, and what moved them."""
    listed = list(obligations)
    return {one.deadline.basis for one in listed if one.due} | moves(listed)


def moves(obligations: Iterable[Obligation]) -> set[Basis | MoveKind]:
    """What moved the dates of these obligations; a resumption makes no basis of its own."""
    kinds = {how for one in obligations for how in one.moved_how}
    return {how if how is MoveKind.RESUMPTION else BASES_OF_MOVES[how] for how in kinds}


def legend(obligations: Iterable[Obligation], language: Language) -> list[str]:
    """What each mark that these obligations have means."""
    return explained(bases(obligations), language)


def explained(used: Container[Basis | MoveKind], language: Language) -> list[str]:
    """What each mark of these means, a line each; of what was moved by several things, each date says by which."""
    said = [text for basis, text in _OWN_MARKS.items() if basis in used]
    moves = [text for how, text in _MOVE_MARKS.items() if how in used]
    said += moves if len(moves) == 1 else [msg("† moved, by what is said beside it")] if moves else []
    return list(map(language.text, said))


_OWN_MARKS: dict[Basis, Message] = {
    Basis.TERM: msg("* derived from the term, not written in the text"),
    Basis.TARGET: msg("° target of the repository, not of the text"),
}
_MOVE_MARKS: dict[Basis | MoveKind, Message] = {
    Basis.AMENDMENT: msg("† moved by an avenant"),
    MoveKind.RESUMPTION: msg("† moved by the resumption"),
    Basis.RENEWAL: msg("† moved by a tacit renewal"),
    Basis.TERMINATION: msg("† moved by the termination"),
}


def _due(row: Listed, language: Language) -> str:
    return due(row.obligation, language)


def state_lines(row: Listed, language: Language) -> tuple[Line, ...]:
    """The state, and below it what there is to know of the obligation, a line each."""
    one, convention = row.obligation, row.convention
    notes = (styled(line, "dim") for line in note_lines(convention, one, language))
    return (styled(state(one, convention.title, language), STYLES.get(one.state, "")), *notes)


def _called(row: Listed, names: Iterable[str]) -> list[str]:
    """Parties, groups and roles by what lists call them, in their order."""
    return list(map(row.convention.directory.label, names))


def _performer_called(row: Listed) -> str | None:
    performer = row.obligation.engagement.performer
    return row.convention.directory.label(performer) if performer else None


def _debtor(row: Listed, _: Language) -> str:
    return debtor(row.obligation, row.convention.directory)


def _capacity(row: Listed, _: Language) -> str:
    return capacity(row.obligation, row.convention.directory)


def _place(row: Listed, language: Language) -> str:
    return where(row.convention.label, row.obligation.engagement.clause, language)


ID: Column[Listed] = Column("id", lambda row: row.obligation.id)
CONVENTION_ID: Column[Listed] = Column("convention", lambda row: row.obligation.convention)
ENGAGEMENT: Column[Listed] = Column(
    "engagement",
    lambda row: row.obligation.engagement.id,
    msg("Engagement"),
    lambda row, _: (styled(name(row.obligation), "bold"),),
)
TITLE: Column[Listed] = Column("title", lambda row: row.obligation.engagement.title, msg("Subject"))
CLAUSE: Column[Listed] = Column("clause", lambda row: row.obligation.engagement.clause, msg("Clause"))
PLACE = CLAUSE._replace(words=_place)
"""Among several conventions, the clause says which it is in."""
DEBTORS: Column[Listed] = Column("debtors", lambda row: list(row.obligation.debtor.parties), msg("Debtor"), _debtor)
IN_CAPACITY = DEBTORS._replace(words=_capacity)
"""The debtors, and in what capacity they owe it."""
STATE: Column[Listed] = Column("state", lambda row: row.obligation.state.value, msg("State"), state_lines)
DUE: Column[Listed] = Column("due", lambda row: iso(row.obligation.deadline.due), msg("Deadline"), _due)
_IDS: tuple[Column[Listed], ...] = (
    ID,
    CONVENTION_ID,
    ENGAGEMENT,
    TITLE,
    CLAUSE,
    DEBTORS,
    Column("creditors", lambda row: list(row.obligation.engagement.creditors)),
    Column("sites", lambda row: list(row.obligation.sites)),
    Column("kind", lambda row: row.obligation.engagement.kind.value),
    Column("nature", lambda row: nature.value if (nature := row.obligation.engagement.nature) else None),
    STATE,
    Column("waiting_for", lambda row: ", ".join(row.obligation.deadline.waiting_for) or None),
    DUE,
    Column("basis", lambda row: row.obligation.deadline.basis.value if row.obligation.deadline.due else None),
    Column("days_late", lambda row: row.obligation.standing.days_late),
    Column("fulfilled_on", lambda row: iso(row.obligation.standing.fulfilled_on)),
    Column("regime", lambda row: regime.name if (regime := row.obligation.deadline.regime) else None),
    Column("origin", lambda row: iso(row.obligation.deadline.origin)),
    Column("performer", lambda row: row.obligation.engagement.performer),
    Column("facts", lambda row: list(row.obligation.facts)),
    Column("capacities", lambda row: list(row.obligation.debtor.capacities)),
    Column("scope", lambda row: row.obligation.engagement.scope.value),
    Column("previous_due", lambda row: iso(row.obligation.previous_due)),
    Column("moved_by", lambda row: list(row.obligation.moved_by)),
    Column("replaced_by", lambda row: list(row.obligation.replaced_by)),
    Column("cure_due", lambda row: iso(cure_due(row.obligation))),
    Column("notes", lambda row: [note.value for note in notes_on(row.convention, row.obligation)]),
    Column("parts", lambda row: [f"{each.on}:{each.share or 'partly'}" for each in row.obligation.parts]),
    Column("amount", lambda row: amount.value if (amount := row.obligation.engagement.amount) else None),
    Column("currency", lambda row: amount.currency if (amount := row.obligation.engagement.amount) else None),
    Column("share", lambda row: amount.share if (amount := row.obligation.engagement.amount) else None),
)
_CALLED: tuple[Column[Listed], ...] = (
    Column("convention_name", lambda row: row.convention.label),
    Column("debtor_names", lambda row: _called(row, row.obligation.debtor.parties)),
    Column("creditor_names", lambda row: _called(row, row.obligation.engagement.creditors)),
    Column("performer_name", _performer_called),
    Column("capacity_names", lambda row: _called(row, row.obligation.debtor.capacities)),
    Column("site_names", lambda row: [row.convention.sites.get(site, site) for site in row.obligation.sites]),
)
"""What those are called that the other columns have by their ids, in the same order."""
RECORD = (*_IDS, *_CALLED)
"""For programs, CSV and JSON: the keys in the order of the contract, then our own, then what ids are called."""
CELLS = (*_IDS, *(each.in_one_cell(";") for each in _CALLED))
"""The same for CSV, where a name has blanks in it; no blank parts them: what a spreadsheet would run is defused."""


def obligation_record(row: Listed) -> Record:
    """One obligation: dates in ISO form, `days_late` in days after `due`, null unless late; `notes` by their keys."""
    return record_of(RECORD, row)


def columns_in_words(*, several: bool) -> tuple[Column[Listed], ...]:
    """For people, a line each; among several conventions, each says its own."""
    return (DUE, STATE, IN_CAPACITY, ENGAGEMENT, PLACE if several else CLAUSE, TITLE)
