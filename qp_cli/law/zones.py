"""Zones: the parts of France whose public holidays differ."""

from __future__ import annotations

from enum import StrEnum

from qp_cli.errors import unknown
from qp_cli.messages import msg
from qp_cli.names import fold_case, shown


class Zone(StrEnum):
    """A territory with its own list of public holidays.

    Saint-Martin is left out: the Code du travail and the day kept there since 2018 disagree (27 or 28 May).
    """

    METROPOLE = "metropole"
    ALSACE_MOSELLE = "alsace-moselle"
    GUADELOUPE = "guadeloupe"
    GUYANE = "guyane"
    MARTINIQUE = "martinique"
    MAYOTTE = "mayotte"
    REUNION = "reunion"
    SAINT_BARTHELEMY = "saint-barthelemy"
    SAINT_PIERRE_ET_MIQUELON = "saint-pierre-et-miquelon"

    @property
    def label(self) -> str:
        """Its name in French."""
        return _LABELS.get(self, self.replace("-", " ").title())


_LABELS = {
    Zone.METROPOLE: "France métropolitaine",
    Zone.ALSACE_MOSELLE: "Alsace-Moselle",
    Zone.REUNION: "La Réunion",
    Zone.SAINT_BARTHELEMY: "Saint-Barthélemy",
    Zone.SAINT_PIERRE_ET_MIQUELON: "Saint-Pierre-et-Miquelon",
}


def find_zone(name: str) -> Zone:
    """The zone of that name, without regard to case or accents.

    Raises:
        UsageError: no zone has that name; the nearest ones are given.
    """
    folded = fold_case(name)
    for zone in Zone:
        if zone == folded:
            return zone
    raise unknown(msg("There is no zone “{name}”.", name=shown(name)), name, list(Zone))
