"""The convention of another territory of the programme: the one that comes with qp, under other names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from qp_cli.store.founding import QUARTIERS, make_id, term_due
from qp_cli.store.places import CONVENTION, embedded
from qp_cli.store.reader import read_document

if TYPE_CHECKING:
    from qp_cli.store.founding import Founding
    from qp_cli.store.tree import Value

EPCI, STATE, PREFET = "metropole", "etat", "prefet"
"""The parties whose names are the territory's own."""
ORIGIN, SIGNATURE, APPROVAL, LEAD, PARTNERS = "labellisation", "signature", "approbation", "chef-de-file", "partenaires"
_APPROVED = "L'intercommunalité approuve la Convention"
_DOSSIER = "délibération"
"""How the clauses begin that are found in the dossier of Aix-Marseille-Provence alone."""
_LEFT_OUT = frozenset({"note", "source", "claims", "ignore"})
"""What was read in that dossier, and is not said of another convention."""


def declare_inherited(founding: Founding) -> dict[str, Any]:
    """The convention of a territory: the shipped one's engagements, periods and clauses, under the names given.

    A name that is not given is still that of Aix-Marseille-Provence: whoever writes the files asks for them all.
    """
    declared = model()
    declared["title"] = founding.title or declared["title"]
    declared["territory"] = founding.territory or declared["territory"]
    declared["id"] = founding.id or make_id(f"{QUARTIERS} {declared['territory']}", "convention")
    declared["zone"] = founding.zone
    if founding.term:
        declared["term"]["due"] = term_due(founding.term, ORIGIN)
    declared["events"] = [
        _event(each, founding)
        for each in declared["events"]
        if each["id"] == APPROVAL or not each.get("clause", "").startswith(_DOSSIER)
    ]
    names = {EPCI: founding.epci, PREFET: founding.prefet}
    declared["parties"] = [_party(each, names.get(each["id"])) for each in declared["parties"]]
    if founding.lead:
        _hand_over(declared, founding.lead)
    return declared


def model() -> dict[str, Any]:
    """What the shipped convention declares, without what was read in its own dossier."""
    path = embedded() / CONVENTION
    return cast("dict[str, Any]", _kept(read_document(path.read_bytes(), path.name).root))


def partners() -> list[tuple[str, str]]:
    """Who can be chef de file: ids and names."""
    declared = model()
    (members,) = (group["members"] for group in declared["groups"] if group["id"] == PARTNERS)
    return [(party["id"], party["name"]) for party in declared["parties"] if party["id"] in members]


def labelled() -> date:
    """The day on which the territories of the programme were labelled."""
    (day,) = (event["date"] for event in model()["events"] if event["id"] == ORIGIN)
    if not isinstance(day, date):
        raise TypeError(type(day).__name__)
    return day


def _kept(value: Value) -> object:
    if isinstance(value, dict):
        return {
            name: _kept(item) for name, item in value.items() if name not in _LEFT_OUT and not name.startswith("x-")
        }
    return [_kept(item) for item in value] if isinstance(value, list) else value


def _event(event: dict[str, Any], founding: Founding) -> dict[str, Any]:
    """An event as that territory knows it: its own labellisation and signature, an approval still to be dated."""
    if event["id"] == APPROVAL:
        return {"id": event["id"], "title": _APPROVED}
    days = {ORIGIN: founding.origin, SIGNATURE: founding.signed}
    if day := days.get(event["id"]):
        first = {name: event[name] for name in ("id", "title")}
        return {**first, "date": day, **{name: item for name, item in event.items() if name not in {*first, "date"}}}
    return event


def _party(party: dict[str, Any], name: str | None) -> dict[str, Any]:
    """A party as that territory knows it; who signs, and by whom, its own signature block says."""
    kept = {key: item for key, item in party.items() if key not in {"signatory", "represented_by"}}
    if name is None:
        return kept
    kept |= {"name": name}
    if not kept.get("organ_of"):
        kept.pop("short", None)
    # An alias in lower case is a common noun, which any territory can use; the others are names of its own.
    return kept | {"aliases": [alias for alias in kept["aliases"] if alias.islower()]}


def _hand_over(declared: dict[str, Any], lead: str) -> None:
    """Makes a partner the chef de file, with what the shipped convention says of the one there."""
    (role,) = (each for each in declared["roles"] if each["id"] == LEAD)
    (former,) = role["held_by"]
    if former == lead:
        return
    parties = {party["id"]: party for party in declared["parties"]}
    for key in ("part", "clause"):
        parties[former][key], parties[lead][key] = parties[lead][key], parties[former][key]
    role["held_by"] = [lead]
