"""Sections of the page of one convention: its term, each engagement across the sites, its journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.model.facts import Amended
from qp_cli.render.headings import approval_remarks
from qp_cli.render.journal import FactNames, details
from qp_cli.render.naming import titles_of
from qp_cli.render.page.obligations import show_working
from qp_cli.render.page.values import Gauge, JournalFact, Link, Matrix, MatrixCell, MatrixRow, PageTerm, Pair
from qp_cli.render.page.words import BY_TERM_ON_PAGE, paragraphs, state_sign
from qp_cli.render.status import term_words
from qp_cli.render.term_standing import share_run
from qp_cli.render.visible import visible
from qp_cli.render.wording import counted, counted_apart
from qp_cli.tracking.summary import tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.messages import Message
    from qp_cli.model import facts as model
    from qp_cli.model.convention import Engagement
    from qp_cli.render.language import Language
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.log import Entry
    from qp_cli.tracking.situation import Obligation, Situation

_WHOLE = 1000
_EVERYWHERE = ""
"""The place of what names no site, and so concerns them all."""
_SCHEMES = ("http://", "https://")
"""The only addresses that a page leads to."""


def show_term(ledger: Ledger, language: Language) -> PageTerm:
    """The term in the words of `status`, the avenants that moved it, its notes and its working."""
    situation = ledger.situation
    declared, deadline = situation.convention.term, situation.term
    said = term_words(situation, language)
    titles = [
        f"{fact.title} [{fact.id}]"
        for fact in ledger.facts
        if isinstance(fact, Amended) and fact.id in situation.term_moved_by
    ]
    if titles:
        said.append(language.text(msg("{label}: {text}", label=msg("Avenant"), text=language.joined(titles))))
    return PageTerm(
        _gauge(situation),
        (declared.clause or "") if declared else "",
        tuple(said),
        paragraphs(declared.note) if declared else (),
        show_working(deadline, titles_of(situation.convention), language, situation.convention.zone)
        if deadline and deadline.due
        else None,
    )


def show_term_among_others(situation: Situation, language: Language) -> PageTerm:
    """The term of one convention among several, with what is remarked of its approval and of its signature."""
    declared = situation.convention.term
    said = term_words(situation, language)
    said += map(language.text, approval_remarks(situation))
    return PageTerm(_gauge(situation), (declared.clause or "") if declared else "", tuple(said))


def _gauge(situation: Situation) -> Gauge | None:
    """The gauge, where the term has both its ends."""
    start, end = situation.start.day, situation.term.due if situation.term else None
    if start is None or end is None:
        return None
    share = share_run(situation, start, end)
    words = msg("{percent} % of the term has run", percent=round(share * 100))
    return Gauge(round(share * _WHOLE), start, end, words)


def show_matrix(situation: Situation, language: Language) -> Matrix | None:
    """Each engagement at each site that some engagement names, and for all of them; none without a site."""
    if not situation.sites or not situation.obligations:
        return None
    owed: dict[str, dict[str, list[Obligation]]] = {}
    engagements: dict[str, Engagement] = {}
    for one in situation.obligations:
        engagements.setdefault(one.engagement.id, one.engagement)
        places = owed.setdefault(one.engagement.id, {})
        for place in one.sites or (_EVERYWHERE,):
            places.setdefault(place, []).append(one)
    named = {place for places in owed.values() for place in places}
    columns = [_EVERYWHERE, *(site.id for site in situation.sites if site.id in named)]
    labels = {site.id: site.label for site in situation.sites}
    labels[_EVERYWHERE] = language.text(msg("All sites"))
    rows = tuple(
        MatrixRow(name, engagements[name].title, tuple(_cells(places.get(column, ())) for column in columns))
        for name, places in owed.items()
    )
    states, derived = tally(situation.obligations)
    signs = (*map(state_sign, states), *((BY_TERM_ON_PAGE,) if derived else ()))
    heads = tuple(Pair(labels[column], column) for column in columns)
    called = msgs("{count} engagement, site by site", "{count} engagements, site by site", count=len(rows))
    return Matrix(heads, rows, signs, _said(situation, named), called)


def _cells(found: Iterable[Obligation]) -> tuple[MatrixCell, ...]:
    """What one engagement comes to at one place."""
    numbers, derived = tally(found)
    cells = [MatrixCell(state_sign(state), number, counted(state, number)) for state, number in numbers.items()]
    if derived:
        cells.append(MatrixCell(BY_TERM_ON_PAGE, derived, counted_apart(derived)))
    return tuple(cells)


def _said(situation: Situation, named: set[str]) -> Message | None:
    """That no engagement names a site; or which sites none names."""
    if named <= {_EVERYWHERE}:
        return msg("No engagement names a site: each stands for all of them.")
    rest = [site.label for site in situation.sites if site.id not in named]
    return (
        msg("Sites that no engagement names, under “All sites” alone: {names}", names=", ".join(rest)) if rest else None
    )


def anchors_of(entries: Sequence[Entry]) -> dict[str, str]:
    """The place in the page of each fact of the journal."""
    return {entry.fact.id: f"fact-{number}" for number, entry in enumerate(entries, start=1)}


def show_journal(situation: Situation, entries: Sequence[Entry], language: Language) -> tuple[JournalFact, ...]:
    """The facts, oldest first, in the words of `log`; those that were cancelled are marked."""
    names = FactNames(situation)
    return tuple(
        _fact(names, entry, anchor, language)
        for entry, anchor in zip(entries, anchors_of(entries).values(), strict=True)
    )


def _fact(names: FactNames, entry: Entry, anchor: str, language: Language) -> JournalFact:
    fact = entry.fact
    about, *more = details(names, entry, language, proof=False)
    proof = _proof(fact.proof) if fact.proof else None
    return JournalFact(anchor, fact, about, tuple(more), proof, entry.cancelled_by is not None)


def _proof(proof: model.Proof) -> Link | None:
    """What shows a fact: a link when it is an address of the web, else its text."""
    if proof.url and proof.url == visible(proof.url) and proof.url.casefold().startswith(_SCHEMES):
        return Link(proof.url, proof.url)
    text = proof.url or proof.file
    return Link(text) if text else None
