"""The sheet of sites: where, with districts, projects and zooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.people_and_places import zoom_names
from qp_cli.render.workbook.sheet import Column, Layout
from qp_cli.tracking.portfolio import convention_ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import Value
    from qp_cli.tracking.situation import Situation

LAYOUT = Layout(
    msg("Sites"),
    (
        Column(msg("Convention"), 20),
        Column(msg("Name"), 30),
        Column(msg("Commune"), 16),
        Column(msg("Districts"), 28),
        Column(msg("Focus"), 28),
        Column(msg("Projects"), 34),
        Column(msg("Zooms"), 34),
        Column(msg("Source"), 24),
        Column(msg("Note"), 40),
        Column(msg("Id"), 20),
        Column(msg("Convention's id"), 20),
    ),
    frozen=2,
    printed=8,
)


def site_rows(situation: Situation, language: Language) -> Iterator[list[Value]]:
    """A row per site; several of one sort are parted by semicolons."""
    home = convention_ref(situation)
    for site in situation.sites:
        lists = (site.districts, site.focus, site.projects, zoom_names(site))
        yield [
            home.label,
            site.name,
            site.commune,
            *(language.joined(each) for each in lists),
            site.source,
            site.note,
            site.id,
            home.id,
        ]
