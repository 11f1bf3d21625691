"""What a new repository starts from, and the convention that it makes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.words import FORMAT, TERM, Kind
from qp_cli.names import key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

QUARTIERS, BLANK = TEMPLATES = ("quartiers-productifs", "blank")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
_LONGEST = 40
PARTY = "partie"
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
    words = re.findall("[a-z0-9]+", key(name.translate(_LETTERS)))
    while len("-".join(words)) > _LONGEST and len(words) > 1:
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
        ids[name] = make_id(name, PARTY, ids.values())
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
