"""The table of obligations: the same columns on screen and in Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.visible import visible
from qp_cli.render.wording import STATES, STYLES
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.directory import Directory
    from qp_cli.tracking.situation import Obligation

MARKS = {Basis.TERM: "*", Basis.TARGET: "°", Basis.AMENDMENT: "†"}
"""What a date that is not the text's own carries beside it; the legend says what each means."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and the style it is shown in."""

    text: str
    style: str = ""


def headings(language: Language, *, titles: bool) -> list[str]:
    """The names of the columns."""
    names = [msg("Deadline"), msg("State"), msg("Debtor"), msg("Engagement"), msg("Clause")]
    if titles:
        names.append(msg("Subject"))
    return [language.text(name) for name in names]


def cells(obligation: Obligation, directory: Directory, language: Language, *, titles: bool) -> list[Cell]:
    """One obligation as a row."""
    row = [
        Cell(due(obligation, language)),
        Cell(state(obligation, language), STYLES.get(obligation.state, "")),
        Cell(debtor(obligation, directory)),
        Cell(name(obligation), "bold"),
        Cell(visible(obligation.engagement.clause or "")),
    ]
    if titles:
        row.append(Cell(visible(obligation.engagement.title)))
    return row


def due(obligation: Obligation, language: Language) -> str:
    """The date with the mark of its basis; a dash where there is none."""
    if obligation.due is None:
        return "–"
    mark = MARKS.get(obligation.deadline.basis, "")
    bound = "≤ " if obligation.deadline.waiting_for else ""
    return f"{bound}{language.dated(obligation.due)}{mark}"


def state(obligation: Obligation, language: Language) -> str:
    """The state in words, with the days late or what it waits for."""
    words = language.text(STATES[obligation.state])
    late = obligation.standing.days_late
    if late is not None:
        return f"{words}, {language.text(days(late))}"
    if obligation.state is State.CONDITIONAL and obligation.deadline.waiting_for:
        return language.text(msg("conditional: awaits {names}", names=", ".join(obligation.deadline.waiting_for)))
    return words


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


def legend(obligations: Sequence[Obligation], language: Language) -> list[str]:
    """What each mark that is used means."""
    used = {one.deadline.basis for one in obligations if one.due}
    texts = {
        Basis.TERM: msg("* derived from the term, not written in the text"),
        Basis.TARGET: msg("° target of the repository, not of the text"),
        Basis.AMENDMENT: msg("† moved by an avenant"),
    }
    return [language.text(text) for basis, text in texts.items() if basis in used]
