"""Conventions on a time axis, in a format: one, or several on one axis."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qp_cli.cli.absences import absences, left_out
from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.tracking.chronology import chronicle
from qp_cli.tracking.filters import Choice, Chooser, choose
from qp_cli.tracking.portfolio import Grouping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.cli.conventions import Conventions
    from qp_cli.render.language import Language
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.chronology import Chronology
    from qp_cli.tracking.dossier import Dossier


def chart_one(dossier: Dossier, choice: Choice, form: str, screen: Screen, language: Language) -> str:
    """The timeline of one convention.

    Raises:
        UsageError: a party or a site that nobody knows.
    """
    chronology = chronicle(dossier, choose(dossier.situation, choice))
    if form == "table":
        from qp_cli.render.timeline import draw_timeline

        return draw_timeline(chronology, screen, language, narrowed=choice != Choice())
    from qp_cli.render import timeline_markdown, timeline_records

    match form:
        case "json":
            return timeline_records.timeline_json(chronology)
        case "csv":
            return timeline_records.timeline_csv(chronology)
        case _:
            return timeline_markdown.write_chronology(chronology, language)


def chart_several(
    conventions: Conventions, choice: Choice, form: str, screen: Screen, grouping: Grouping | None = None
) -> str:
    """The timeline of several conventions; those in which nothing is chosen are left out where a choice is made.

    Raises:
        QpError: nothing can be read, a party or a site that none of them knows, or a grouping of anything but a table.
    """
    if grouping and form != "table":
        raise UsageError(
            msg("--group-by goes with the chart: in {format}, each row says its party, clause and site", format=form)
        )
    chooser = Chooser(choice, conventions.register)
    text = _written(_chronologies(conventions, chooser, choice), conventions, form, screen, grouping)
    chooser.confirm()
    return text


def _chronologies(conventions: Conventions, chooser: Chooser, choice: Choice) -> Iterator[Chronology]:
    for opened in conventions:
        chosen = chooser.choose(opened.situation)
        if chosen or choice == Choice():
            yield chronicle(opened.dossier, chosen)


def _written(
    found: Iterator[Chronology], conventions: Conventions, form: str, screen: Screen, grouping: Grouping | None
) -> str:
    language = conventions.session.language
    if form == "table":
        from qp_cli.render.timeline import LINES
        from qp_cli.render.timelines import draw_timelines
        from qp_cli.tracking.strands import braid, by_convention, by_group

        split = by_convention
        if grouping and grouping is not Grouping.CONVENTION:
            split = partial(by_group, grouping=grouping, register=conventions.register)
        strands = braid(found, conventions.day, LINES, split)
        return draw_timelines(strands, screen, language, absences(conventions))
    from qp_cli.render import timeline_markdown, timeline_records

    match form:
        case "json":
            return timeline_records.timelines_json(found, conventions.day, partial(left_out, conventions))
        case "csv":
            return timeline_records.timelines_csv(found, partial(left_out, conventions))
        case _:
            return timeline_markdown.write_chronologies(found, language)
