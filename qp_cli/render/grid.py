"""The table of obligations: the same columns on screen and in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.render.naming import in_sentence
from qp_cli.render.notes import note_lines
from qp_cli.render.visible import visible
from qp_cli.render.wording import STYLES, state_words
from qp_cli.tracking.deadlines import TRIGGER, Basis
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.naming import Titles
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.situation import Obligation
    from qp_cli.tracking.states import Ground

MARKS = {Basis.TERM: "*", Basis.TARGET: "°", Basis.AMENDMENT: "†"}
"""What a date that is not the text's own carries beside it; the legend says what each means."""


class Cell(NamedTuple):
    """A text and the style it is shown in."""

    text: str
    style: str = ""


def headings(language: Language, *, wide: bool) -> list[str]:
    """The names of the columns; a narrow screen has two lines a row, and so in its headings."""
    names = {
        "due": language.text(msg("Deadline")),
        "state": language.text(msg("State")),
        "debtor": language.text(msg("Debtor")),
        "engagement": language.text(msg("Engagement")),
        "clause": language.text(msg("Clause")),
        "title": language.text(msg("Subject")),
    }
    if wide:
        return list(names.values())
    return [names["due"], f"{names['engagement']}\n{names['state']}", f"{names['debtor']}\n{names['clause']}"]


def cells(
    obligation: Obligation,
    ground: Ground,
    titles: Titles,
    language: Language,
    *,
    wide: bool,
    convention: str = "",
) -> list[list[Cell]]:
    """One obligation as a row, each cell of one line, or of two on a narrow screen; its convention where it is told.

    What there is to know of it comes below its state, a line each.
    """
    directory = ground.directory
    notes = [Cell(line, "dim") for line in note_lines(ground, obligation, language)]
    date_cell = Cell(due(obligation, language))
    state_cell = Cell(state(obligation, titles, language), STYLES.get(obligation.state, ""))
    debtor_cell = Cell(debtor(obligation, directory))
    name_cell = Cell(name(obligation), "bold")
    clause_cell = Cell(where(convention, obligation.engagement.clause, language))
    if wide:
        debtor_cell = Cell(capacity(obligation, directory))
        title_cell = Cell(visible(obligation.engagement.title))
        row = (debtor_cell, name_cell, clause_cell, title_cell)
        return [[date_cell], [state_cell, *notes], *([cell] for cell in row)]
    return [[date_cell], [name_cell, state_cell, *notes], [debtor_cell, clause_cell]]


def texts(
    obligation: Obligation, ground: Ground, titles: Titles, language: Language, *, convention: str = ""
) -> list[str]:
    """The same as a row of texts, each on one line."""
    row = cells(obligation, ground, titles, language, wide=True, convention=convention)
    return [language.joined(cell.text for cell in lines) for lines in row]


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
    """The state in words, with the days late or what it waits for, and the date it had before an avenant."""
    words = _state(obligation, titles, language)
    if obligation.previous_due is None:
        return words
    before = language.short_day(obligation.previous_due).strip()
    return language.text(msg("{state}; was {day}", state=words, day=before))


def _state(obligation: Obligation, titles: Titles, language: Language) -> str:
    """The state in words, with the days late or what it waits for."""
    words = language.text(state_words(obligation))
    late = obligation.standing.days_late
    if obligation.replaced_by:
        return words
    if late is not None and obligation.state is State.SUSPENDED:
        return language.text(msg("suspended, {days} after its date", days=days(late)))
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
    through = ", ".join(directory.label(name) for name in obligation.debtor.capacities)
    who = debtor(obligation, directory)
    return f"{who} ({visible(through)})" if through else who


def debtor(obligation: Obligation, directory: Directory) -> str:
    """Who owes it, by short name."""
    return visible(" + ".join(directory.label(party) for party in obligation.debtor.parties))


def name(obligation: Obligation) -> str:
    """The engagement, with its site and occurrence where it has them."""
    _, _, place = obligation.id.partition(f"{obligation.engagement.id}/{obligation.debtor.key}")
    return f"{obligation.engagement.id}{place}"


def days(count: int) -> Message:
    """So many days."""
    return msgs("{count} day", "{count} days", count=count)


def bases(obligations: Iterable[Obligation]) -> set[Basis]:
    """What the dates of these obligations rest on."""
    used: set[Basis] = set()
    for one in obligations:
        used |= {one.deadline.basis} if one.due else set()
        used |= {Basis.AMENDMENT} if one.moved_by else set()
    return used


def legend(obligations: Iterable[Obligation], language: Language) -> list[str]:
    """What each mark that these obligations have means."""
    return explained(bases(obligations), language)


def explained(used: Container[Basis], language: Language) -> list[str]:
    """What the mark of each of these bases means."""
    texts = {
        Basis.TERM: msg("* derived from the term, not written in the text"),
        Basis.TARGET: msg("° target of the repository, not of the text"),
        Basis.AMENDMENT: msg("† moved by an avenant"),
    }
    return [language.text(text) for basis, text in texts.items() if basis in used]
