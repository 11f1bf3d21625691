"""What avenants add, and the requests they name: whether each can do what it says, and is named once it is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qp_cli.checks.rule import Pointer, Remark, named
from qp_cli.messages import msg
from qp_cli.model.facts import (
    ADDITIONS,
    About,
    Add,
    Amended,
    Occurred,
    Pausing,
    Reaching,
    Reassign,
    Redate,
    Triggered,
    engagements_of,
)
from qp_cli.model.kinds import Kind
from qp_cli.store.places import JOURNAL
from qp_cli.tracking.journal import cancellations, effective_on
from qp_cli.tracking.references import named_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from qp_cli.checks.repository import Subject
    from qp_cli.messages import Message
    from qp_cli.model.convention import Engagement
    from qp_cli.model.facts import Change, Fact

    NamedIn = Iterator[tuple[str, str, tuple[str | int, ...]]]

_WITH = {"since": "engagement", "group": "member", "role": "holder", "engagements": "site"}
"""What each key of an addition goes with."""
_COMES_TO = {"member": "group", "holder": "role"}


def unfit_additions(subject: Subject) -> Iterator[Remark]:
    """An addition that says none or several of the things that an avenant can add, or that lacks a part."""
    everywhere = {each.id for each, _ in subject.engagements if not each.sites}
    for change, place in subject.additions:
        yield from unsaid_or_several(change, place)
        yield from _owed_everywhere(change, place, everywhere)


def unsaid_or_several(change: Add, place: Pointer) -> Iterator[Remark]:
    """What is wrong with an addition by itself."""
    said = [key for key in ADDITIONS if getattr(change, key)]
    if not said:
        hint = msg("Write one of: {names}", names=", ".join(ADDITIONS))
        yield Remark(place, msg("Nothing says what is added"), hint)
    elif len(said) > 1:
        message = msg("One change adds one thing, and this adds several: {names}", names=", ".join(said))
        yield Remark(place.to(said[1]), message, msg("Write a change for each"))
    else:
        yield from _parts_of(change, place)


def _parts_of(change: Add, place: Pointer) -> Iterator[Remark]:
    """What goes with something else than what is added, and what a member or a holder comes to."""
    for key, other in _WITH.items():
        if getattr(change, key) and not getattr(change, other):
            message = msg("“{key}” goes with “{other}”", key=key, other=other)
            yield Remark(place.to(key), message, msg("Leave {key} out", key=key))
    for key, other in _COMES_TO.items():
        if getattr(change, key) and not getattr(change, other):
            message = msg("“{key}” goes with “{other}”", key=key, other=other)
            yield Remark(place.to(key), message, msg("Add {key}:, with its id", key=other))


def _owed_everywhere(change: Add, place: Pointer, everywhere: Collection[str]) -> Iterator[Remark]:
    """Engagements that name no site, which a new one would narrow."""
    for number, name in enumerate(change.engagements):
        if name in everywhere:
            message = msg("“{id}” names no site: it is owed for all of them already", id=name)
            yield Remark(place.to("engagements", number), message, msg("Leave it out"))


def unfit_requests(subject: Subject) -> Iterator[Remark]:
    """A fact, or a change, about the answer to no request of its engagement, or that names an occurrence as well."""
    engagements: dict[str, Engagement] = {}
    facts: dict[str, Fact] = {}
    for one, target, place in _of_answers(subject):
        engagements = engagements or {each.id: each for each, _ in subject.engagements}
        facts = facts or _uncancelled(subject)
        engagement, fact = engagements.get(target), facts.get(one.request or "")
        if one.occurrence:
            message = msg("A request and an occurrence are two ways to name one answer")
            yield Remark(place.to("request"), message, msg("Leave {key} out", key="occurrence"))
        if engagement and (fact is None or not _asks(fact, engagement)):
            name = named(engagement.id, engagement.clause)
            message = msg("“{fact}” is no request of {name}", fact=one.request, name=name)
            yield Remark(place.to("request"), message, partial(_requests_of, engagement, subject))


def _of_answers(subject: Subject) -> Iterator[tuple[Reaching | About | Pausing, str, Pointer]]:
    """Each fact, or change, that names a request, with the engagement that it is about."""
    for change, place in subject.changes:
        if isinstance(change, Reaching) and change.request:
            yield change, change.target, place
    counting: dict[str, Fact] = {}
    for number, fact in subject.acts:
        if isinstance(fact, About | Pausing) and fact.request:
            counting = counting or _uncancelled(subject)
            if fact.id in counting:
                yield fact, engagements_of(fact)[0], Pointer(JOURNAL, ("facts", number))


def _uncancelled(subject: Subject) -> dict[str, Fact]:
    """The facts that count, by their ids."""
    cancelled = cancellations(subject.facts)
    return {fact.id: fact for fact in subject.facts if fact.id not in cancelled}


def _asks(fact: Fact, engagement: Engagement) -> bool:
    """Whether a fact starts an engagement."""
    if engagement.kind is not Kind.ON_REQUEST:
        return False
    if isinstance(fact, Triggered):
        return fact.engagement == engagement.id
    return isinstance(fact, Occurred) and fact.event == engagement.trigger


def _requests_of(engagement: Engagement, subject: Subject) -> Message | None:
    known = [fact.id for fact in subject.facts if _asks(fact, engagement)]
    return msg("Name one of: {names}", names=", ".join(known)) if known else None


def named_early(subject: Subject) -> Iterator[Remark]:
    """A fact that names a party, an event or a site before the avenant that adds it takes effect."""
    came = _coming(subject) if subject.additions else {}
    if not came:
        return
    computed_dates = subject.computed_dates
    for fact, place in computed_dates.standing:
        for space, name, where in _names_in(fact):
            avenant = came.get((space, name))
            if avenant and effective_on(fact) < avenant.applies_from:
                day = avenant.applies_from
                message = msg(
                    "“{id}” comes with the avenant “{fact}”, on {day}: later", id=name, fact=avenant.id, day=day
                )
                related = ((computed_dates.place(avenant), msg("added here")),)
                yield Remark(place.to(*where), message, msg("Check both days"), related)


def _coming(subject: Subject) -> dict[tuple[str, str], Amended]:
    """The avenant that adds each party, event and site."""
    found = {}
    for fact, change, _ in subject.computed_dates.changes:
        if isinstance(change, Add):
            for space, each in (("party", change.party), ("event", change.event), ("site", change.site)):
                if each:
                    found[space, each.id] = fact
    return found


def _names_in(fact: Fact) -> NamedIn:
    """The parties, events and sites that a fact names, each with its way."""
    if isinstance(fact, Amended):
        for number, change in enumerate(fact.changes):
            yield from ((space, name, ("changes", number, *way)) for space, name, way in _names_of(change))
        return
    if by := getattr(fact, "by", None):
        yield "party", by, ("by",)
    if isinstance(fact, Occurred):
        yield "event", fact.event, ("event",)
    for space, key in (("party", "to"), ("site", "sites")):
        yield from ((space, name, (key, number)) for number, name in enumerate(getattr(fact, key, ())))


def _names_of(change: Change) -> NamedIn:
    """The same of one change."""
    for key in ("member", "holder", "debtor"):
        if name := getattr(change, key, None):
            yield "party", name, (key,)
    if isinstance(change, Reassign):
        yield from (("party", name, ("debtors", number)) for number, name in enumerate(change.debtors))
    if isinstance(change, Redate):
        yield from (("event", name, ("due", *path)) for path, name in named_in(change.due))
    if isinstance(change, Reaching):
        yield from (("site", name, ("sites", number)) for number, name in enumerate(change.sites))
    elif change.engagement:
        added = change.engagement
        yield from (("party", name, ("engagement", "debtors", rank)) for rank, name in enumerate(added.debtors))
        yield from (("site", name, ("engagement", "sites", rank)) for rank, name in enumerate(added.sites))


def already_there(subject: Subject) -> Iterator[Remark]:
    """An addition of a party to a group, or to a role, that had it already."""
    if not subject.additions:
        return
    people = {each.id: set(each.members) for each in subject.convention.groups}
    people |= {each.id: set(each.held_by) for each in subject.convention.roles}
    for _, change, place in subject.computed_dates.changes:
        for key, other in _COMES_TO.items():
            who, through = getattr(change, key, None), getattr(change, other, None)
            if who and who in people.get(through or "", ()):
                message = msg("“{party}” is in “{group}” already", party=who, group=through)
                yield Remark(place.to(key), message, msg("Leave it out"), is_idle=True)
            people.setdefault(through or "", set()).add(who or "")
