"""References: ids declared once, names that exist and are of the right kind, nothing that waits for itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.repeated_ids import lost_by_repetition, repeated_ids
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
from qp_cli.model.kinds import ALL, TERM
from qp_cli.names import KnownNames
from qp_cli.store.meant import exists_in_calendar, written_day
from qp_cli.store.places import CONVENTION, JOURNAL, SITES
from qp_cli.store.yaml.findings import SHOWN_PER_CODE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from qp_cli.checks.repository import Subject


NamedAt = tuple[str, Pointer, tuple[str | int, ...]]
"""A name, the place around it, and the way from there: most names are right, and need no place of their own."""
_WHOLE = Pointer(CONVENTION, ())
_FACTS = Pointer(JOURNAL, ("facts",))
_DECLARED_IN = {"party": "parties:", "event": "events:", "site": SITES, "fact": "facts:"}
_LISTED = 12
"""How many of the ids there are a finding lists."""


class Unmatched(NamedTuple):
    """A name that nothing goes by.

    Attributes:
        space: what it would be the id of: `party` (a group or a role too), `event` (an engagement too), `site`, `fact`.
        name: the name.
        remark: what is said of it.
        known: the names there are.
    """

    space: str
    name: str
    remark: Remark
    known: KnownNames


def unknown_references(subject: Subject) -> Iterator[Remark]:
    """A name that nothing goes by, where no day out of the calendar and no id written twice tells why."""
    refused = {each.span for each in subject.noted("QP010")}
    lost = lost_by_repetition(subject)
    in_facts: dict[tuple[str, str], list[Unmatched]] = {}
    for each in subject.unmatched:
        if each.name in lost.get(each.space, ()) or (refused and subject.span(each.remark.pointer) in refused):
            continue
        if each.remark.pointer.file == JOURNAL and callable(each.remark.hint):
            in_facts.setdefault((each.space, each.name), []).append(each)
        else:
            yield each.remark
    for group in in_facts.values():
        yield _named_by_fact(group[0]) if len(group) == 1 else _named_by_facts(group)
    if subject.convention.term is None:
        yield from _without_term(subject)


def _named_by_fact(unmatched: Unmatched) -> Remark:
    """That one fact names what is declared nowhere; perhaps it was declared before."""
    return unmatched.remark._replace(hint=partial(_declared_again, unmatched))


def _named_by_facts(group: Sequence[Unmatched]) -> Remark:
    """That facts name what is declared nowhere: said once, with their places; perhaps it was declared before."""
    first, *others = group
    message = msg("The journal names “{id}” {count} times; it is declared nowhere", id=first.name, count=len(group))
    here = msg("named here too")
    related = tuple((each.remark.pointer, here) for each in others[: SHOWN_PER_CODE - 1])
    return Remark(first.remark.pointer, message, partial(_declared_again, first), related)


def _declared_again(unmatched: Unmatched) -> Message | None:
    """What to do about a name that facts give to what is declared nowhere."""
    if exists_in_calendar(written_day(unmatched.name)) or unmatched.space == "fact":
        return unmatched.remark.advice
    again = msg("If it was declared before, declare it again under this id: a recorded fact keeps the id that it names")
    names = ", ".join(unmatched.known.nearest(unmatched.name)) or _listed(unmatched.known.all())
    return msg("{advice}; else: {names}", advice=again, names=names) if names else again


def _listed(known: Collection[str]) -> str:
    """The names there are, or the first of them, in their order."""
    return ", ".join(sorted(known)[:_LISTED]) + (", …" if len(known) > _LISTED else "")


def unmatched_names(subject: Subject) -> Iterator[Unmatched]:
    """Every name that nothing goes by, with what is said of it."""
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
    yield from _missing("party", _party_names(subject), spaces["party"], no_party, later["party"])
    yield from _missing("party", _ending_names(subject), spaces["party"], no_party)
    yield from _missing("party", _only_parties(subject), parties, msg("No party has the id “{id}”"), later["party"])
    groups, roles = ({each.id for each in part} for part in (subject.convention.groups, subject.convention.roles))
    yield from _missing("party", _joined(subject, "group"), groups, msg("No group has the id “{id}”"))
    yield from _missing("party", _joined(subject, "role"), roles, msg("No role has the id “{id}”"))
    no_reference = msg("No event or engagement has the id “{id}”")
    yield from _missing("event", _dated_names(subject), spaces["event"], no_reference, later["event"])
    yield from _missing("event", _event_names(subject), events, msg("No event has the id “{id}”"), later["event"])
    no_engagement = msg("No engagement has the id “{id}”")
    yield from map(_term_or_all, _missing("event", _engagement_names(subject), engagements, no_engagement))
    yield from _missing("event", _change_targets(subject), engagements | {TERM}, no_engagement)
    if subject.has(SITES):
        no_site = msg("No site has the id “{id}”")
        yield from _missing("site", _site_names(subject), spaces["site"], no_site, later["site"])
    yield from _missing("fact", _fact_names(subject), spaces["fact"], msg("No fact has the id “{id}”"))


def _without_term(subject: Subject) -> Iterator[Remark]:
    """What counts from the term, or back from it, where there is none; a series runs until it by default."""
    for _, name, place in subject.referred:
        if name == TERM and place.loc[-1] != "until":
            message = msg("The convention has no term: there is nothing to count from, or back from")
            yield Remark(place, message, msg("Declare term: with the clause that sets it, or name a day"))


def _missing(
    space: str, names: Iterable[NamedAt], known: Collection[str], problem: Message, later: Collection[str] = ()
) -> Iterator[Unmatched]:
    """The names that nothing goes by; `later` are those that only an avenant brings, for what was signed before it."""
    book = KnownNames(known)
    for name, pointer, path in names:
        if name not in known or (pointer.file == CONVENTION and name in later):
            remark = Remark(
                pointer.to(*path), Message(problem.text, {"id": name}), partial(_meant, name, space, known, book)
            )
            yield Unmatched(space, name, remark, book)


def _meant(name: str, space: str, known: Collection[str], book: KnownNames) -> Message | None:
    """What to write where nothing goes by a name: a day without its quotes, the nearest names, else those there are."""
    if exists_in_calendar(name):
        return msg("Write {value}, without quotes", value=name)
    if exists_in_calendar(day := written_day(name)):
        return msg("Write {value}", value=day)
    if near := book.nearest(name):
        return msg("Did you mean: {names}?", names=", ".join(near))
    if not known:
        return msg("None is declared: write it in {place}", place=_DECLARED_IN[space])
    return msg("Declared: {names}", names=_listed(known))


def _term_or_all(unmatched: Unmatched) -> Unmatched:
    """What to write where a fact names the term, or all engagements, as one of them."""
    hint = {
        TERM: msg("The term stops with all that runs: write engagement: all, term: true"),
        ALL: msg("suspended and resumed alone name all: engagement: all, and no list"),
    }.get(unmatched.name)
    return unmatched._replace(remark=unmatched.remark._replace(hint=hint)) if hint else unmatched


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
    repeated = repeated_ids(subject).get("event", ())
    for loop in loops({name: tuple(targets) for name, targets in edges.items()}):
        if any(name in repeated for name in loop):  # of which one is meant, nobody knows
            continue
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
