"""The journal on the page: each fact with its proof, those that were cancelled marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.render.journal import details, journal_words
from qp_cli.render.page.values import Fact, Journal, Link
from qp_cli.render.page.words import short_date
from qp_cli.render.visible import visible
from qp_cli.render.wording import FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.model import journal as model
    from qp_cli.render.language import Language
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.log import Entry

_SCHEMES = ("http://", "https://")
"""The only addresses that a page leads to."""


def show_journal(dossier: Dossier, entries: Sequence[Entry], language: Language) -> Journal:
    """The entries, oldest first, in the words of `log`."""
    situation = dossier.situation
    facts = tuple(_fact(dossier, entry, place, language) for entry, place in zip(entries, places(entries), strict=True))
    return Journal(tuple(journal_words(situation, entries, dossier.facts, language)), facts)


def places(entries: Sequence[Entry]) -> list[str]:
    """The place of each entry in the page."""
    return [f"fact-{number}" for number in range(1, len(entries) + 1)]


def _fact(dossier: Dossier, entry: Entry, anchor: str, language: Language) -> Fact:
    fact = entry.fact
    about, *more = details(dossier.situation, entry, language, proof=False)
    return Fact(
        anchor,
        visible(fact.id),
        short_date(fact.on, language),
        language.text(FACTS[fact.kind]),
        about,
        tuple(more),
        _proof(fact.proof) if fact.proof else None,
        entry.cancelled_by is not None,
    )


def _proof(proof: model.Proof) -> Link | None:
    """What shows a fact: a link when it is an address of the web, else its text."""
    if proof.url and proof.url == visible(proof.url) and proof.url.casefold().startswith(_SCHEMES):
        return Link(proof.url, proof.url)
    text = proof.url or proof.file
    return Link(visible(text)) if text else None
