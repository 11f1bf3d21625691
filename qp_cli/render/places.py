"""Where: the sites, their communes, districts, projects and zooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.formats import to_csv, to_json, to_markdown
from qp_cli.render.parts import indented, styled
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from qp_cli.model.sites import Site
    from qp_cli.render.language import Language
    from qp_cli.render.parts import Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.situation import Situation

_COLUMNS = ("id", "name", "commune", "districts", "focus", "projects", "zooms", "source", "note")


def site_record(site: Site) -> dict[str, object]:
    """One site; `zooms` are names with what each is about."""
    return {
        "id": site.id,
        "name": site.name,
        "commune": site.commune,
        "districts": list(site.districts),
        "focus": list(site.focus),
        "projects": list(site.projects),
        "zooms": [{"name": zoom.name, "focus": list(zoom.focus), "note": zoom.note} for zoom in site.zooms],
        "source": site.source,
        "note": site.note,
    }


def list_sites(situation: Situation, form: str, screen: Screen, language: Language) -> str:
    """The sites in one of the formats."""
    if form == "json":
        records = [site_record(site) for site in situation.sites]
        return to_json({"schema": "qp/1", "convention": situation.convention.id, "sites": records})
    if form == "csv":
        flat = [{**site_record(site), "zooms": zoom_names(site)} for site in situation.sites]
        return to_csv([_joined(record) for record in flat], _COLUMNS)
    if form == "md":
        headings = [language.text(each) for each in (msg("Id"), msg("Name"), msg("Commune"), msg("About"))]
        return to_markdown(headings, [[site.id, site.name, site.commune, about(site)] for site in situation.sites])
    return _draw(situation, screen, language)


def _joined(record: dict[str, object]) -> dict[str, object]:
    """The same with each list as one text: its items hold spaces."""
    return {key: "; ".join(map(str, value)) if isinstance(value, list) else value for key, value in record.items()}


def zoom_names(site: Site) -> list[str]:
    """Each zoom by its name, with what it is about."""
    return [f"{zoom.name} ({', '.join(zoom.focus)})" if zoom.focus else zoom.name for zoom in site.zooms]


def _zooms(site: Site) -> list[str]:
    """Each zoom with what it is about, and what was noted of it."""
    return [
        f"{named} – {zoom.note}" if zoom.note else named
        for named, zoom in zip(zoom_names(site), site.zooms, strict=True)
    ]


def about(site: Site) -> str:
    """What there is to know of a site, in one line."""
    return ", ".join((*site.districts, *site.focus, *site.projects, *zoom_names(site)))


def _draw(situation: Situation, screen: Screen, language: Language) -> str:
    lines: list[Part] = []
    for site in situation.sites:
        lines.append(styled(site.id, "bold").append(f"  {visible(site.name)} ({visible(site.commune)})", "not bold"))
        facets = (
            (msg("districts: {list}", list=", ".join(site.districts)), site.districts),
            (msg("focus: {list}", list=", ".join(site.focus)), site.focus),
            (msg("projects: {list}", list=", ".join(site.projects)), site.projects),
            *((msg("zoom: {list}", list=zoom), (zoom,)) for zoom in _zooms(site)),
            (msg("source: {list}", list=site.source or ""), site.source),
            (msg("note: {text}", text=site.note or ""), site.note),
        )
        lines += [indented(language.text(text)) for text, held in facets if held]
    return screen.draw(*lines) if lines else language.text(msg("No site is declared.")) + "\n"
