"""References: ids declared once, names that exist and are of the right kind, nothing that waits for itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qp_cli.checks.rule import Pointer, Remark
from qp_cli.messages import Message, msg
from qp_cli.model.facts import (
    Denounced,
    Occurred,
    Pausing,
    ProofAdded,
    Reaching,
    Reassign,
    Terminated,
    Triggered,
    Voided,
)
from qp_cli.model.kinds import ALL, DENUNCIATION, TERM
from qp_cli.names import KnownNames
from qp_cli.store.meant import exists_in_calendar
from qp_cli.store.places import CONVENTION, JOURNAL, SITES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from qp_cli.checks.repository import Subject


NamedAt = tuple[str, Pointer, tuple[str | int, ...]]
"""A name, the place around it, and the way from there: most names are right, and need no place of their own."""
_WHOLE = Pointer(CONVENTION, ())
_FACTS = Pointer(JOURNAL, ("facts",))


def duplicate_ids(subject: Subject) -> Iterator[Remark]:
    """Two things with one id."""
    first: dict[tuple[str, str], Pointer] = {}
    for space, name, pointer in subject.declared:
        earlier = first.setdefault((space, name), pointer)
        if earlier is not pointer:
            yield Remark(
                pointer.to("id"),
                msg("The id “{id}” is already taken", id=name),
                msg("Give one of them another id"),
                ((earlier.to("id"), msg("first declared here")),),
            )
        elif space == "event" and name == DENUNCIATION and subject.convention.term and subject.convention.term.renewal:
            message = msg("“{id}” is the option to denounce the convention: it cannot name anything else", id=name)
            yield Remark(pointer.to("id"), message)
        elif space == "event" and name == TERM and pointer.loc != ("term",):
            yield Remark(
                pointer.to("id"), msg("“{id}” is the convention's term: it cannot name anything else", id=name)
            )
        elif space == "event" and name == ALL:
            yield Remark(pointer.to("id"), msg("“{id}” stands for all engagements: it cannot name one", id=name))


def unknown_references(subject: Subject) -> Iterator[Remark]:
    """A name that nothing goes by; of one that is a day out of the calendar, which reading found, nothing more."""
    refused = {each.span for each in subject.noted("QP010")}
    for each in _unknown(subject):
        if not refused or subject.span(each.pointer) not in refused:
            yield each


def _unknown(subject: Subject) -> Iterator[Remark]:
    spaces: dict[str, set[str]] = {"party": set(), "event": {TERM}, "site": set(), "fact": set()}
    for space, name, _ in subject.declared:
        spaces[space].add(name)
    later = {
        "party": {change.party.id for change, _ in subject.additions if change.party},
        "event": {change.event.id for change, _ in subject.additions if change.event},
        "site": {change.site.id for change, _ in subject.additions if change.site},
    }
    engagements = {engagement.id for engagement, _ in subject.engagements}
    events = {event.id for event, _ in subject.events}
    parties = {party.id for party, _ in subject.parties_named}
    no_party = msg("No party, group or role has the id “{id}”")
    yield from _missing(_party_names(subject), spaces["party"], no_party, later["party"])
    yield from _missing(_ending_names(subject), spaces["party"], no_party)
    yield from _missing(_only_parties(subject), parties, msg("No party has the id “{id}”"), later["party"])
    groups, roles = ({each.id for each in part} for part in (subject.convention.groups, subject.convention.roles))
    yield from _missing(_joined(subject, "group"), groups, msg("No group has the id “{id}”"))
    yield from _missing(_joined(subject, "role"), roles, msg("No role has the id “{id}”"))
    no_reference = msg("No event or engagement has the id “{id}”")
    yield from _missing(_dated_names(subject), spaces["event"], no_reference, later["event"])
    if subject.convention.term is None:
        yield from _without_term(subject)
    yield from _missing(_event_names(subject), events, msg("No event has the id “{id}”"), later["event"])
    no_engagement = msg("No engagement has the id “{id}”")
    yield from map(_term_or_all, _missing(_engagement_names(subject), engagements, no_engagement))
    yield from _missing(_change_targets(subject), engagements | {TERM}, no_engagement)
    if subject.has(SITES):
        yield from _missing(_site_names(subject), spaces["site"], msg("No site has the id “{id}”"), later["site"])
    yield from _missing(_fact_names(subject), spaces["fact"], msg("No fact has the id “{id}”"))


def _without_term(subject: Subject) -> Iterator[Remark]:
    """What counts from the term, or back from it, where there is none; a series runs until it by default."""
    for _, name, place in subject.referred:
        if name == TERM and place.loc[-1] != "until":
            message = msg("The convention has no term: there is nothing to count from, or back from")
            yield Remark(place, message, msg("Declare term: with the clause that sets it, or name a day"))


def _missing(
    names: Iterable[NamedAt], known: Collection[str], problem: Message, later: Collection[str] = ()
) -> Iterator[Remark]:
    """The names that nothing goes by; `later` are those that only an avenant brings, for what was signed before it."""
    book = KnownNames(known)
    for name, pointer, path in names:
        if name not in known or (pointer.file == CONVENTION and name in later):
            yield Remark(pointer.to(*path), Message(problem.text, {"id": name}), partial(_meant, name, book))


def _meant(name: str, known: KnownNames) -> Message | None:
    """What to write where nothing goes by a name: a day without its quotes, or the nearest names."""
    if exists_in_calendar(name):
        return msg("Write {value}, without quotes", value=name)
    near = known.nearest(name)
    return msg("Did you mean: {names}?", names=", ".join(near)) if near else None


def _term_or_all(remark: Remark) -> Remark:
    """What to write where a fact names the term, or all engagements, as one of them."""
    if remark.message.parts["id"] == TERM:
        return remark._replace(hint=msg("The term stops with all that runs: write engagement: all, term: true"))
    if remark.message.parts["id"] == ALL:
        return remark._replace(hint=msg("suspended and resumed alone name all: engagement: all, and no list"))
    return remark


def _each(pointer: Pointer, names: Iterable[str], *path: str | int) -> Iterator[NamedAt]:
    for number, name in enumerate(names):
        yield name, pointer, (*path, number)


def _party_names(subject: Subject) -> Iterator[NamedAt]:
    for engagement, pointer in subject.engagements:
        yield from _each(pointer, engagement.debtors, "debtors")
        yield from _each(pointer, engagement.creditors, "creditors")
        yield from _each(pointer, engagement.support, "support")
        if engagement.performer:
            yield engagement.performer, pointer, ("performer",)
    for number, fact in subject.acts:
        if fact.by:
            yield fact.by, _FACTS, (number, "by")
        if isinstance(fact, Triggered | Occurred):
            yield from _each(_FACTS, fact.to, number, "to")
    for change, pointer in subject.changes:
        if isinstance(change, Reassign):
            yield from _each(pointer, change.debtors, "debtors")
        if isinstance(change, Reaching) and change.debtor:
            yield change.debtor, pointer, ("debtor",)


def _ending_names(subject: Subject) -> Iterator[NamedAt]:
    for number, fact in enumerate(subject.facts):
        if isinstance(fact, Denounced | Terminated) and fact.by:
            yield fact.by, _FACTS, (number, "by")


def _only_parties(subject: Subject) -> Iterator[NamedAt]:
    convention = subject.convention
    for party, pointer in subject.parties_named:
        if party.organ_of:
            yield party.organ_of, pointer, ("organ_of",)
    for added, pointer in subject.additions:
        for name, key in ((added.member, "member"), (added.holder, "holder")):
            if name:
                yield name, pointer, (key,)
    for number, group in enumerate(convention.groups):
        yield from _each(_WHOLE, group.members, "groups", number, "members")
    for number, role in enumerate(convention.roles):
        yield from _each(_WHOLE, role.held_by, "roles", number, "held_by")


def _joined(subject: Subject, key: str) -> Iterator[NamedAt]:
    """The groups, or the roles, that avenants add somebody to."""
    for added, pointer in subject.additions:
        if name := getattr(added, key):
            yield name, pointer, (key,)


def _dated_names(subject: Subject) -> Iterator[NamedAt]:
    for _, name, pointer in subject.referred:
        yield name, pointer, ()
    for number, claim in enumerate(subject.convention.claims):
        yield claim.about, _WHOLE, ("claims", number, "about")


def _event_names(subject: Subject) -> Iterator[NamedAt]:
    for key in ("approval", "signature"):
        if name := getattr(subject.convention, key):
            yield name, _WHOLE, (key,)
    for engagement, pointer in subject.engagements:
        if engagement.trigger:
            yield engagement.trigger, pointer, ("trigger",)
    for number, fact in enumerate(subject.facts):
        if isinstance(fact, Occurred):
            yield fact.event, _FACTS, (number, "event")


def _engagement_names(subject: Subject) -> Iterator[NamedAt]:
    for number, fact in subject.acts:
        if isinstance(fact, Pausing):
            if not isinstance(fact.engagement, str):
                yield from _each(_FACTS, fact.engagement, number, "engagement")
            elif fact.engagement != ALL:
                yield fact.engagement, _FACTS, (number, "engagement")
        elif not isinstance(fact, Occurred):
            yield fact.engagement, _FACTS, (number, "engagement")
    for added, pointer in subject.additions:
        yield from _each(pointer, added.engagements, "engagements")


def _change_targets(subject: Subject) -> Iterator[NamedAt]:
    for change, pointer in subject.changes:
        if isinstance(change, Reaching):
            yield change.target, pointer, ("target",)


def _site_names(subject: Subject) -> Iterator[NamedAt]:
    for engagement, pointer in subject.engagements:
        yield from _each(pointer, engagement.sites, "sites")
    for number, fact in subject.acts:
        yield from _each(_FACTS, fact.sites, number, "sites")
    for change, pointer in subject.changes:
        if isinstance(change, Reaching):
            yield from _each(pointer, change.sites, "sites")


def _fact_names(subject: Subject) -> Iterator[NamedAt]:
    for number, fact in enumerate(subject.facts):
        if isinstance(fact, Voided | ProofAdded):
            yield fact.fact, _FACTS, (number, "fact")


def circular_dates(subject: Subject) -> Iterator[Remark]:
    """Dates each counted from the next, so that none of them can ever be known."""
    edges: dict[str, dict[str, Pointer]] = {}
    for name, target, place in subject.referred:
        edges.setdefault(name, {}).setdefault(target, place)
    for loop in loops({name: tuple(targets) for name, targets in edges.items()}):
        path = " → ".join((*loop, loop[0]))
        place = edges[loop[0]][loop[1 % len(loop)]]
        hint = msg("Count one of them from an event, or from a day")
        yield Remark(place, msg("These dates wait for each other: {path}", path=path), hint)


def circular_organs(subject: Subject) -> Iterator[Remark]:
    """Parties that are each the organ of the next, so that no legal person is left."""
    places = {party.id: pointer for party, pointer in subject.parties_named}
    edges = {party.id: (party.organ_of,) for party, _ in subject.parties_named if party.organ_of}
    for loop in loops(edges):
        path = " → ".join((*loop, loop[0]))
        place = places[loop[0]].to("organ_of")
        yield Remark(place, msg("These parties are organs of each other: {path}", path=path))


def loops(edges: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Each loop once, from its first name in the order given."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[str] = set()
    for start in edges:
        trail: list[str] = []
        stack = [(start, iter(edges.get(start, ())))]
        while stack:
            name, targets = stack[-1]
            if len(trail) < len(stack):
                trail.append(name)
            target = next(targets, None)
            if target is None:
                done.add(name)
                stack.pop()
                trail.pop()
            elif target in trail:
                loop = tuple(trail[trail.index(target) :])
                found.setdefault(frozenset(loop), loop)
            elif target not in done:
                stack.append((target, iter(edges.get(target, ()))))
    return list(found.values())
