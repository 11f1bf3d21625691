"""Where: the sites, and each engagement across them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.page.values import Cell, Matrix, MatrixRow, Pair, Place
from qp_cli.render.page.words import derived_sign, sign
from qp_cli.render.people_and_places import about
from qp_cli.render.visible import visible
from qp_cli.render.wording import counted, counted_apart
from qp_cli.tracking.summary import tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.model.convention import Engagement
    from qp_cli.render.language import Language
    from qp_cli.tracking.situation import Obligation, Situation

_EVERYWHERE = ""
"""The place of what names no site, and so concerns them all."""


def show_places(situation: Situation) -> tuple[Place, ...]:
    """The sites in the order of their file."""
    return tuple(
        Place(visible(site.id), visible(site.name), visible(site.commune), visible(about(site)))
        for site in situation.sites
    )


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
    labels = {site.id: visible(site.label) for site in situation.sites}
    labels[_EVERYWHERE] = language.text(msg("All sites"))
    rows = tuple(
        MatrixRow(
            visible(name),
            visible(engagements[name].title),
            tuple(_cells(places.get(column, ()), language) for column in columns),
        )
        for name, places in owed.items()
    )
    states, derived = tally(situation.obligations)
    signs = [sign(state, language) for state in states] + ([derived_sign(language)] if derived else [])
    heads = tuple(Pair(labels[column], visible(column)) for column in columns)
    return Matrix(heads, rows, tuple(signs), _said(situation, named, language))


def _cells(found: Iterable[Obligation], language: Language) -> tuple[Cell, ...]:
    """What one engagement comes to at one place."""
    numbers, derived = tally(found)
    cells = [
        Cell(sign(state, language), number, language.text(counted(state, number))) for state, number in numbers.items()
    ]
    if derived:
        cells.append(Cell(derived_sign(language), derived, language.text(counted_apart(derived))))
    return tuple(cells)


def _said(situation: Situation, named: set[str], language: Language) -> str:
    """That no engagement names a site; or which sites none names."""
    if named <= {_EVERYWHERE}:
        return language.text(msg("No engagement names a site: each stands for all of them."))
    rest = [site.label for site in situation.sites if site.id not in named]
    if not rest:
        return ""
    return language.text(msg("Sites that no engagement names, under “All sites” alone: {names}", names=", ".join(rest)))
