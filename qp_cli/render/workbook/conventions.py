"""The sheet of conventions: which ones, with their term and the clause that sets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.headings import unapproved, unsigned
from qp_cli.render.status import term_words
from qp_cli.render.wording import BASES
from qp_cli.render.workbook.cells import AtMost
from qp_cli.render.workbook.obligations import working
from qp_cli.render.workbook.sheet import Column, Layout
from qp_cli.render.working import write_readings
from qp_cli.tracking.portfolio import convention_ref

if TYPE_CHECKING:
    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import Value
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.situation import Situation

LAYOUT = Layout(
    msg("Conventions"),
    (
        Column(msg("Convention"), 20),
        Column(msg("Title"), 40),
        Column(msg("Day looked at"), 13, right=True),
        Column(msg("Start"), 13, right=True),
        Column(msg("Term"), 13, right=True),
        Column(msg("Clause"), 20),
        Column(msg("What the date rests on"), 20),
        Column(msg("Other reading"), 40),
        Column(msg("Remarks"), 40),
        Column(msg("Approved on"), 13, right=True),
        Column(msg("Term before the avenant"), 13, right=True),
        Column(msg("Working"), 60),
        Column(msg("Obligations"), 13, right=True),
        Column(msg("Of which in this workbook"), 13, right=True),
        Column(msg("Convention's id"), 20),
    ),
    frozen=1,
    printed=9,
)


def convention_row(dossier: Dossier, chosen: int, language: Language) -> list[Value]:
    """One convention at its day; `chosen` of its obligations are in the workbook."""
    situation = dossier.situation
    home, term = convention_ref(situation), situation.term
    declared = situation.convention.term
    readings = term.readings if term else ()
    return [
        home.label,
        situation.convention.title,
        situation.as_of,
        situation.start.day,
        _end(term),
        declared.clause if declared else None,
        language.text(BASES[term.basis]) if term and term.due else None,
        " ".join(write_readings(readings, language, indent="")),
        " ".join(_remarks(situation, dossier, language)),
        situation.approved_on,
        situation.previous_term,
        working(term.steps if term else (), language),
        len(situation.obligations),
        chosen,
        home.id,
    ]


def _end(term: Deadline | None) -> Value:
    """The term; marked where something awaited can still bring it forward."""
    if term is None or term.due is None:
        return None
    return AtMost(term.due) if term.waiting_for else term.due


def _remarks(situation: Situation, dossier: Dossier, language: Language) -> list[str]:
    """What a reader of its dates has to know."""
    said = term_words(situation, language)
    if not situation.approved:
        said.append(language.text(unapproved(situation)))
    said += map(language.text, unsigned(situation))
    later = sum(fact.on > situation.as_of for fact in dossier.facts)
    if later:
        more = msgs(
            "{count} fact is dated later than {day}.",
            "{count} facts are dated later than {day}.",
            count=later,
            day=situation.as_of,
        )
        said.append(language.text(more))
    return said
