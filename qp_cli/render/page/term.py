"""The term on the page: its gauge, what is said of it, its working."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.naming import titles_of
from qp_cli.render.page.values import Gauge, Term
from qp_cli.render.page.words import full_date, paragraphs
from qp_cli.render.page.workings import show_working
from qp_cli.render.status import share_run, term_words
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from qp_cli.render.language import Language
    from qp_cli.render.page.values import Date
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.situation import Situation

_WHOLE = 1000


def show_term(dossier: Dossier, language: Language) -> Term:
    """The term in the words of `status`, the avenants that moved it, its notes and its working."""
    situation = dossier.situation
    declared, deadline = situation.convention.term, situation.term
    said = term_words(situation, language)
    titles = [
        f"{fact.title} [{fact.id}]"
        for fact in dossier.facts
        if fact.kind == "amended" and fact.id in situation.term_moved_by
    ]
    if titles:
        said.append(language.text(msg("{label}: {text}", label=msg("Avenant"), text=language.joined(titles))))
    return Term(
        show_gauge(situation, language),
        visible(declared.clause or "") if declared else "",
        tuple(said),
        paragraphs(declared.note) if declared else (),
        show_working(deadline, titles_of(situation.convention), language) if deadline and deadline.due else None,
    )


def show_gauge(
    situation: Situation, language: Language, written: Callable[[date, Language], Date] = full_date
) -> Gauge | None:
    """The gauge, where the term has both its ends, its days as they are `written`."""
    start, end = situation.start.day, situation.term.due if situation.term else None
    if start is None or end is None:
        return None
    share = share_run(start, end, situation.as_of)
    words = msg("{percent} % of the term has run", percent=round(share * 100))
    return Gauge(round(share * _WHOLE), written(start, language), written(end, language), language.text(words))
