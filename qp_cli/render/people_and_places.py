"""Who and where: parties, their organs, groups and roles; the sites, their communes, districts, projects and zooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.formats import Answer, Column
from qp_cli.render.layout import indented, listed, styled
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.model.sites import Site
    from qp_cli.render.formats import Record
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.situation import Situation

_PARTY = (
    "id",
    "name",
    "kind",
    "organ_of",
    "members",
    "capacities",
    "signatory",
    "part",
    "clause",
    "represented_by",
    "contact",
)


def list_parties(situation: Situation, form: str, screen: Screen, language: Language) -> str:
    """The parties in one of the formats."""
    directory = situation.directory
    records, columns = party_records(directory), [_of_record(name) for name in _PARTY]
    told = _in_words(directory)
    if form == "table":
        return _draw_parties([[str(column.cell(each, language)) for column in told] for each in records], screen)
    head = {"convention": situation.convention.id}
    return Answer("parties", records, columns, told, head).written(form, language)


def _of_record(name: str) -> Column[Record]:
    return Column(name, lambda record: record[name])


def _in_words(directory: Directory) -> tuple[Column[Record], ...]:
    """What people read of a party: its id, its name, the part it plays, its clause."""
    return (
        _of_record("id")._replace(heading=msg("Id")),
        _of_record("name")._replace(heading=msg("Name")),
        _of_record("part")._replace(
            heading=msg("Part played"), words=lambda record, language: _part_played(directory, record, language)
        ),
        _of_record("clause")._replace(heading=msg("Clause")),
    )


def party_records(directory: Directory) -> list[Record]:
    """Every party, group and role, with what it belongs to."""
    records: list[Record] = []
    for party in directory.parties.values():
        through = [group.id for group in directory.groups.values() if party.id in group.members]
        through += [role.id for role in directory.roles.values() if party.id in role.held_by]
        kind = "organ" if party.organ_of else "party"
        records.append(
            _record(
                party.id,
                party.name,
                kind,
                party.clause,
                organ_of=party.organ_of,
                capacities=through,
                signatory=party.signatory,
                part=party.part,
                represented_by=party.represented_by,
                contact=party.contact.words if party.contact else None,
            )
        )
    records += [
        _record(group.id, group.name, "group", group.clause, members=list(group.members))
        for group in directory.groups.values()
    ]
    records += [
        _record(role.id, role.name, "role", role.clause, members=list(role.held_by))
        for role in directory.roles.values()
    ]
    return records


def _record(name: str, label: str, kind: str, clause: str | None, **more: object) -> Record:
    record: Record = dict.fromkeys(_PARTY)
    record |= {"members": [], "capacities": [], "signatory": False}
    return record | {"id": name, "name": label, "kind": kind, "clause": clause} | more


def _part_played(directory: Directory, record: Record, language: Language) -> str:
    """What a party is, then what it belongs to."""
    words: list[str] = []
    if record["signatory"]:
        people = record["represented_by"]
        words.append(language.text(msg("signatory ({people})", people=people) if people else msg("signatory")))
    if record["organ_of"]:
        owner = directory.label(str(record["organ_of"]))
        words.append(language.text(msg("organ of {party}", party=owner)))
    members = [directory.label(name) for name in _names(record["members"])]
    if record["kind"] == "group":
        words.append(language.text(msg("group: {names}", names=", ".join(members))))
    if record["kind"] == "role":
        held = ", ".join(members) or language.text(msg("nobody"))
        words.append(language.text(msg("role held by {names}", names=held)))
    if record["part"]:
        words.append(str(record["part"]))
    elif capacities := [directory.label(name) for name in _names(record["capacities"])]:
        words.append(", ".join(capacities))
    if record["contact"]:
        words.append(language.text(msg("contact: {text}", text=record["contact"])))
    return ", ".join(words)


def _names(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _draw_parties(rows: Sequence[Sequence[str]], screen: Screen) -> str:
    """Each party on its line, what it is and the clause below."""
    lines: list[Part] = []
    for name, label, part, clause in rows:
        lines.append(styled("").append_line(styled(label, "bold")).append(f"  {name}", "dim"))
        lines += [indented(line) for line in (part, f"[{clause}]" if clause else "") if line]
    return screen.draw(*lines)


def _zoom_records(site: Site) -> list[Record]:
    return [{"name": zoom.name, "focus": list(zoom.focus), "note": zoom.note} for zoom in site.zooms]


def list_sites(situation: Situation, form: str, screen: Screen, language: Language) -> str:
    """The sites in one of the formats."""
    if form == "table":
        return _draw_sites(situation, screen, language)
    named = (_ZOOMS._replace(value=zoom_names) if column is _ZOOMS else column for column in _SITE)
    flat = [each.in_one_cell("; ") for each in named]
    words, head = (_ID, _NAME, _COMMUNE, _ABOUT), {"convention": situation.convention.id}
    return Answer("sites", situation.sites, _SITE, words, head, flat).written(form, language)


def zoom_names(site: Site) -> list[str]:
    """Each zoom by its name, with what it is about."""
    return [f"{zoom.name} ({', '.join(zoom.focus)})" if zoom.focus else zoom.name for zoom in site.zooms]


def _zooms(site: Site) -> list[str]:
    """Each zoom with what it is about, and what was noted of it."""
    return [
        f"{named} – {zoom.note}" if zoom.note else named
        for named, zoom in zip(zoom_names(site), site.zooms, strict=True)
    ]


def describe(site: Site) -> str:
    """What there is to know of a site, in one line."""
    return ", ".join((*site.districts, *site.focus, *site.projects, *zoom_names(site)))


def contact_words(situation: Situation, language: Language) -> list[str]:
    """Whom to ask, a line each: of the parties, then of the engagements, then of the sites."""
    convention = situation.convention
    owners = (*((each.label, each.contact) for each in convention.parties),)
    owners += (*((each.title, each.contact) for each in convention.engagements),)
    owners += (*((each.label, each.contact) for each in situation.sites),)
    return [
        language.text(msg("{label}: {text}", label=label, text=contact.words)) for label, contact in owners if contact
    ]


_ID: Column[Site] = Column("id", lambda site: site.id, msg("Id"))
_NAME: Column[Site] = Column("name", lambda site: site.name, msg("Name"))
_COMMUNE: Column[Site] = Column("commune", lambda site: site.commune, msg("Commune"))
_ZOOMS: Column[Site] = Column("zooms", _zoom_records)
_ABOUT: Column[Site] = Column("about", describe, msg("About"))
_SITE: tuple[Column[Site], ...] = (
    _ID,
    _NAME,
    _COMMUNE,
    Column("districts", lambda site: list(site.districts)),
    Column("focus", lambda site: list(site.focus)),
    Column("projects", lambda site: list(site.projects)),
    _ZOOMS,
    Column("source", lambda site: site.source),
    Column("note", lambda site: site.note),
    Column("contact", lambda site: site.contact.words if site.contact else None),
)
"""For programs; the zooms in JSON with what each is about."""


def _draw_sites(situation: Situation, screen: Screen, language: Language) -> str:
    lines: list[Part] = []
    for site in situation.sites:
        named = styled("").append_line(styled(site.name, "bold")).append(f" ({visible(site.commune)})")
        lines.append(named.append(f"  {site.id}", "dim"))
        facets = (
            (msg("districts: {list}", list=", ".join(site.districts)), site.districts),
            (msg("focus: {list}", list=", ".join(site.focus)), site.focus),
            (msg("projects: {list}", list=", ".join(site.projects)), site.projects),
            *((msg("zoom: {list}", list=zoom), (zoom,)) for zoom in _zooms(site)),
            (msg("source: {list}", list=site.source or ""), site.source),
            (msg("note: {text}", text=site.note or ""), site.note),
            (msg("contact: {text}", text=site.contact.words if site.contact else ""), site.contact),
        )
        lines += [listed(language.text(text)) for text, held in facets if held]
    return screen.draw(*lines) if lines else language.text(msg("No site is declared.")) + "\n"
