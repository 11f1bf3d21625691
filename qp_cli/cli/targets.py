"""What a fact is about, by the names people use: engagements, obligations, events, facts, people and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.cli.readings import read_day
from qp_cli.errors import UsageError, unknown
from qp_cli.messages import msg
from qp_cli.names import key, shown

if TYPE_CHECKING:
    from qp_cli.cli.recording import Typed
    from qp_cli.cli.session import Opened
    from qp_cli.tracking.situation import Obligation, Situation


def find_event(now: Situation, name: str) -> str:
    """The id of an event by id or title.

    Raises:
        UsageError: none has that name; the nearest are given.
    """
    names = {key(each): event.id for event in now.convention.events for each in (event.title, event.id)}
    if found := names.get(key(name)):
        return found
    events = [event.id for event in now.convention.events]
    raise unknown(msg("No event is called “{name}”.", name=shown(name)), name, events)


def find_fact(opened: Opened, name: str) -> str:
    """The id of a fact of the journal.

    Raises:
        UsageError: there is none; the nearest are given.
    """
    for fact in opened.facts:
        if key(fact.id) == key(name):
            return fact.id
    last = [fact.id for fact in opened.facts[-10:]]
    raise unknown(msg("No fact is called “{name}”.", name=shown(name)), name, last)


def engagement_id(now: Situation, name: str) -> str:
    """The id of an engagement, which the term is not.

    Raises:
        UsageError: there is none, or it is the term.
    """
    from qp_cli.tracking.filters import find_engagement

    found = find_engagement(now, name)
    if found is None:
        raise UsageError(msg("The term is computed: only an avenant (amended) changes it."))
    return found.id


def people(typed: Typed, now: Situation) -> dict[str, object]:
    """Who, to whom and where."""
    from qp_cli.tracking.filters import find_party, find_site

    found: dict[str, object] = {"by": find_party(now, typed.by)} if typed.by else {}
    if typed.to:
        found["to"] = list(dict.fromkeys(find_party(now, name) for name in typed.to))
    if typed.site:
        found["sites"] = list(dict.fromkeys(find_site(now, name) for name in typed.site))
    return found


def subject(typed: Typed, now: Situation) -> dict[str, object]:
    """An engagement, for one debtor, site or occurrence; the id of an obligation says all of these at once."""
    target = typed.target or ""
    found: dict[str, object] = {"engagement": engagement_id(now, target)}
    if "/" in target or "@" in target:
        one = _obligation(now, target)
        found |= {"by": one.debtor.parties[0]}
        found |= {"sites": list(one.sites)} if one.sites else {}
        found |= {"occurrence": one.deadline.occurrence} if one.deadline.occurrence else {}
    found |= people(typed, now)
    if typed.occurrence:
        found["occurrence"] = read_day(typed.occurrence)
    return found


def _obligation(now: Situation, name: str) -> Obligation:
    for one in now.obligations:
        if key(one.id) == key(name):
            return one
    engagement = engagement_id(now, name)
    ids = [one.id for one in now.obligations if one.engagement.id == engagement]
    raise unknown(msg("No obligation is called “{name}”.", name=shown(name)), name, ids)
