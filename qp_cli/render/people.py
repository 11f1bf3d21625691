"""Who: parties, their organs, groups and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.formats import to_csv, to_json, to_markdown
from qp_cli.render.parts import indented, styled
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.render.language import Language
    from qp_cli.render.parts import Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.situation import Situation

_COLUMNS = ("id", "name", "kind", "organ_of", "members", "capacities", "signatory", "part", "clause", "represented_by")


def party_records(situation: Situation) -> list[dict[str, object]]:
    """Every party, group and role, with what it belongs to."""
    directory = situation.directory
    records: list[dict[str, object]] = []
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


def _record(name: str, label: str, kind: str, clause: str | None, **more: object) -> dict[str, object]:
    record: dict[str, object] = dict.fromkeys(_COLUMNS)
    record |= {"members": [], "capacities": [], "signatory": False}
    return record | {"id": name, "name": label, "kind": kind, "clause": clause} | more


def list_parties(situation: Situation, form: str, screen: Screen, language: Language) -> str:
    """The parties in one of the formats."""
    records = party_records(situation)
    if form == "json":
        return to_json({"schema": "qp/1", "convention": situation.convention.id, "parties": records})
    if form == "csv":
        return to_csv(records, _COLUMNS)
    rows = [_row(situation, record, language) for record in records]
    if form == "md":
        headings = [language.text(each) for each in (msg("Id"), msg("Name"), msg("Part played"), msg("Clause"))]
        return to_markdown(headings, rows)
    return _draw(rows, screen)


def _row(situation: Situation, record: dict[str, object], language: Language) -> list[str]:
    """A party as people read it: what it is, then what it belongs to."""
    words: list[str] = []
    if record["signatory"]:
        people = record["represented_by"]
        words.append(language.text(msg("signatory ({people})", people=people) if people else msg("signatory")))
    if record["organ_of"]:
        owner = situation.directory.label(str(record["organ_of"]))
        words.append(language.text(msg("organ of {party}", party=owner)))
    members = [situation.directory.label(name) for name in _names(record["members"])]
    if record["kind"] == "group":
        words.append(language.text(msg("group: {names}", names=", ".join(members))))
    if record["kind"] == "role":
        held = ", ".join(members) or language.text(msg("nobody"))
        words.append(language.text(msg("role held by {names}", names=held)))
    if record["part"]:
        words.append(str(record["part"]))
    elif capacities := [situation.directory.label(name) for name in _names(record["capacities"])]:
        words.append(", ".join(capacities))
    return [str(record["id"]), str(record["name"]), ", ".join(words), str(record["clause"] or "")]


def _names(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _draw(rows: Sequence[Sequence[str]], screen: Screen) -> str:
    """Each party on its line, what it is and the clause below."""
    lines: list[Part] = []
    for name, label, part, clause in rows:
        lines.append(styled(name, "bold").append(f"  {visible(label)}", "not bold"))
        lines += [indented(line) for line in (part, f"[{clause}]" if clause else "") if line]
    return screen.draw(*lines)
