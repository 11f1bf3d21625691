"""The whole page as a view: each part in its words, for everybody or for one party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli import __version__
from qp_cli.messages import msg
from qp_cli.render.headings import unapproved, unsigned
from qp_cli.render.journal import title
from qp_cli.render.naming import titles_of
from qp_cli.render.page.findings import show_findings
from qp_cli.render.page.journal import places, show_journal
from qp_cli.render.page.people import show_people
from qp_cli.render.page.places import show_matrix, show_places
from qp_cli.render.page.rows import Desk, show_listings
from qp_cli.render.page.term import show_term
from qp_cli.render.page.values import Page
from qp_cli.render.page.words import fixed_words, full_date
from qp_cli.render.status import national_words, other_words
from qp_cli.render.timeline_svg import draw_svg
from qp_cli.render.visible import visible
from qp_cli.tracking.chronology import chronicle
from qp_cli.tracking.filters import Choice, choose, find_party
from qp_cli.tracking.log import Filter, recount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.messages import Message
    from qp_cli.render.checked import Checked
    from qp_cli.render.language import Language
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.people import Directory


def show_page(
    dossier: Dossier, checked: Checked, language: Language, *, party: str | None, notes: Sequence[Message]
) -> Page:
    """All that the page shows; of one party, only what concerns it.

    Raises:
        UsageError: a party that nobody knows.
    """
    names = (party,) if party else ()
    entries = recount(dossier.situation, dossier.signed, dossier.facts, Filter(parties=names))
    chosen = tuple(choose(dossier.situation, Choice(parties=names)))
    picture = draw_svg(chronicle(dossier, chosen), language) if chosen or dossier.facts else ""
    dossier = dossier._replace(situation=dossier.situation._replace(obligations=chosen))
    situation, directory = dossier.situation, dossier.situation.directory
    wanted = find_party(situation, party) if party else ""
    anchors = {entry.fact.id: place for entry, place in zip(entries, places(entries), strict=True)}
    titles = titles_of(situation.convention)
    desk = Desk(situation, {fact.id: fact for fact in dossier.facts}, anchors, language, titles)
    convention, label = situation.convention, visible(directory.label(wanted)) if wanted else ""
    warnings = [*([] if situation.approved else [unapproved(situation)]), *unsigned(situation)]
    said = [other_words(situation, language), *national_words(situation, language)]
    return Page(
        language=language.code,
        title=_title(title(situation), label, language),
        heading=visible(convention.title),
        territory=visible(convention.territory or ""),
        party=language.text(msg("Only what concerns {party}", party=label)) if wanted else "",
        day=full_date(situation.as_of, language),
        on=language.text(msg("On {day}", day=language.full_day(situation.as_of))),
        warnings=tuple(language.text(each) for each in (*warnings, *notes)),
        term=show_term(dossier, language),
        people=show_people(situation, language, _persons(directory, wanted) if wanted else None),
        people_said=tuple(filter(None, said)),
        timeline=picture,
        listings=show_listings(desk),
        matrix=show_matrix(situation, language),
        places=show_places(situation),
        journal=show_journal(dossier, entries, language),
        checked=show_findings(checked, language),
        made_by=language.text(msg("Made by qp {version}.", version=__version__)),
        words=fixed_words(language),
    )


def _title(heading: str, label: str, language: Language) -> str:
    return language.text(msg("{title}: what concerns {party}", title=heading, party=label)) if label else heading


def _persons(directory: Directory, name: str) -> frozenset[str]:
    """The legal persons that a party, an organ, a group or a role stands for."""
    return frozenset(directory.legal_person(member) for member in directory.members(name))
