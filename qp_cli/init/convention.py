"""What a new repository starts from, and the convention that it makes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from qp_cli.model.kinds import FORMAT, TERM, Kind
from qp_cli.names import id_words, telling_words
from qp_cli.store.places import CONVENTION, embedded
from qp_cli.store.yaml.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from qp_cli.store.yaml.tree import Value


EPCI, STATE, PREFET = "metropole", "etat", "prefet"
"""The parties whose names are the territory's own."""
ORIGIN, SIGNATURE, APPROVAL, LEAD, PARTNERS = "labellisation", "signature", "approbation", "chef-de-file", "partenaires"
_APPROVED = "L'intercommunalité approuve la Convention"
_DOSSIER = "délibération"
"""How the clauses begin that are found in the ledger of Aix-Marseille-Provence alone."""
_LEFT_OUT = frozenset({"note", "source", "claims", "ignore"})
"""What was read in that ledger, and is not said of another convention."""


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
    """What the shipped convention declares, without what was read in its own ledger."""
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
    kept = {field: item for field, item in party.items() if field not in {"signatory", "represented_by"}}
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
    for field in ("part", "clause"):
        parties[former][field], parties[lead][field] = parties[lead][field], parties[former][field]
    role["held_by"] = [lead]


QUARTIERS, BLANK = TEMPLATES = ("quartiers-productifs", "blank")
_LONGEST = 40
PARTY_ID = "partie"
"""What the id of a party begins with when its name gives no letter."""
_ENGAGEMENT, _EVENT, _CONVENTION, _SIGNATURE = "engagement", "origine", "convention", "signature"


class Owed(NamedTuple):
    """An engagement to begin with.

    Attributes:
        debtors: the names of those who owe it, among the parties.
        due: a day, or a length counted from the origin, between occurrences, or from a request; None without any.
    """

    title: str
    clause: str
    debtors: tuple[str, ...]
    kind: str
    due: date | str | None = None


class Founding(NamedTuple):
    """What is known of the convention; what a template does not ask for is left as it is.

    Attributes:
        origin: the day from which periods are counted; None while it is awaited, or for the template's own.
        event: what happens that day.
        signs: whether that is the signature.
        term: a length from the origin, or the last day.
        parties: their names, in a blank one.
        epci, prefet: names, in that of the programme.
        lead: the id of the partner who is chef de file there.
    """

    template: str = BLANK
    id: str | None = None
    title: str | None = None
    territory: str | None = None
    zone: str = "metropole"
    origin: date | None = None
    event: str = "Signature"
    signs: bool = True
    signed: date | None = None
    term: date | str | None = None
    term_title: str = "Terme"
    term_clause: str | None = None
    parties: tuple[str, ...] = ()
    engagements: tuple[Owed, ...] = ()
    epci: str | None = None
    prefet: str | None = None
    lead: str | None = None


def make_id(name: str, otherwise: str, taken: Collection[str] = ()) -> str:
    """An id that reads like a name, and that nothing has yet; one of its own where no letter can be kept."""
    words = id_words(name)
    while len("-".join(words)) > _LONGEST and len(words) > 1:
        words.pop()
        while len(words) > 1 and not telling_words(words[-1]):
            words.pop()
    found = "-".join(words)[:_LONGEST]
    if not found[:1].isalpha():
        found = "-".join(filter(None, (otherwise, found)))
    number, free = 1, found
    while free in taken or free == TERM:
        number += 1
        free = f"{found}-{number}"
    return free


def declare_blank(founding: Founding) -> dict[str, object]:
    """A convention with these parties, their origin event, term and first engagements; ids made from names."""
    names = list(dict.fromkeys(founding.parties)) or ["?"]
    title = founding.title or "?"
    ids: dict[str, str] = {}
    for name in names:
        ids[name] = make_id(name, PARTY_ID, ids.values())
    taken = list(ids.values())
    origin = make_id(_SIGNATURE if founding.signs else founding.event, _EVENT, taken)
    taken.append(origin)
    engagements = []
    for owed in founding.engagements:
        engagements.append(_engagement(owed, ids, origin, taken))
        taken.append(str(engagements[-1]["id"]))
    event: dict[str, object] = {"id": origin, "title": founding.event}
    declared: dict[str, object] = {
        "format": FORMAT,
        "id": founding.id or make_id(title, _CONVENTION),
        "title": title,
        "territory": founding.territory,
        "regime": "quantieme",
        "zone": founding.zone,
        "due_soon_days": 30,
        "signature": origin if founding.signs else None,
        "term": _term(founding, origin),
        "events": [event | ({"date": founding.origin} if founding.origin else {})],
        "parties": [{"id": ids[name], "name": name} for name in names],
        "engagements": engagements,
    }
    return {name: value for name, value in declared.items() if value is not None}


def _term(founding: Founding, origin: str) -> dict[str, object] | None:
    if founding.term is None:
        return None
    term: dict[str, object] = {"title": founding.term_title, "clause": founding.term_clause or "?"}
    return term | {"due": term_due(founding.term, origin)}


def term_due(term: date | str, origin: str) -> dict[str, object]:
    """A last day; or a length, the reading as a durée kept in view."""
    if isinstance(term, date):
        return {"on": term}
    return {"within": term, "from": origin, "regime": "quantieme", "readings": ["duree"]}


def _engagement(owed: Owed, ids: Mapping[str, str], origin: str, taken: Sequence[str]) -> dict[str, object]:
    engagement: dict[str, object] = {
        "id": make_id(owed.title, _ENGAGEMENT, taken),
        "title": owed.title,
        "clause": owed.clause,
        "debtors": list(dict.fromkeys(ids.get(name, name) for name in owed.debtors)),
        "kind": owed.kind,
    }
    due: dict[str, object] | None
    match owed.due:
        case None:
            due = None
        case date():
            due = {"on": owed.due}
        case str() if owed.kind == Kind.RECURRING:
            due = {"every": owed.due, "from": origin, "until": TERM}
        case str() if owed.kind == Kind.ON_REQUEST:
            due = {"within": owed.due}
        case str():
            due = {"within": owed.due, "from": origin}
    return engagement | ({"due": due} if due else {})
