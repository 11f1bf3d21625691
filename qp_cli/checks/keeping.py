"""Good keeping: clauses that are cited, parties and events that serve, names that mean one thing."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.subject import Pointer
from qp_cli.checks.wording import named
from qp_cli.messages import msg
from qp_cli.names import key
from qp_cli.store.places import CONVENTION, SITES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.model.convention import Named
    from qp_cli.model.sites import Site


_spelling = lru_cache(maxsize=4096)(key)
"""The conventions of a portfolio share many names."""


def missing_clauses(subject: Subject) -> Iterator[Remark]:
    """An engagement, or the term, that does not say which clause it rests on."""
    hint = msg("Add clause:, with the article: clause: art. 1")
    term = subject.convention.term
    if term and not term.clause:
        yield Remark(Pointer(CONVENTION, ("term", "due")), msg("The term names no clause"), hint)
    for engagement, pointer in subject.engagements:
        if not engagement.clause:
            yield Remark(pointer.to("id"), msg("{name} names no clause", name=named(engagement.id, None)), hint)


def idle_parties(subject: Subject) -> Iterator[Remark]:
    """A party, a group or a role that the repository declares and never uses."""
    if not subject.engagements:
        return
    used = _involved(subject)
    convention = subject.convention
    for part in ("parties", "groups", "roles"):
        for number, entry in enumerate(getattr(convention, part)):
            if entry.id in used or (part == "parties" and entry.organ_of):
                continue
            message = (
                msg("“{party}” owes nothing, is owed nothing, and takes no part in anything", party=entry.label)
                if part == "parties"
                else msg("Nothing names “{party}”", party=entry.label)
            )
            hint = msg("Name it where the text does, or leave it out")
            yield Remark(Pointer(CONVENTION, (part, number, "id")), message, hint)


def _involved(subject: Subject) -> set[str]:
    """Every party, group and role that something names, and the legal person of each organ that is named."""
    names: set[str] = set()
    for engagement, _ in subject.engagements:
        names.update(engagement.debtors, engagement.creditors, engagement.support, {engagement.performer or ""})
    for change, _ in subject.changes:
        if change.change == "debtors":
            names.update(change.debtors)
    for _, fact in subject.acts:
        names.add(fact.by or "")
        if fact.kind in {"triggered", "occurred"}:
            names.update(fact.to)
    convention = subject.convention
    names.update(*(group.members for group in convention.groups), *(role.held_by for role in convention.roles))
    above = {party.id: party.organ_of for party in convention.parties if party.organ_of}
    for party in [name for name in names if name in above]:
        passed: set[str] = set()
        person = above.get(party)
        while person and person not in passed:
            passed.add(person)
            person = above.get(person)
        names |= passed
    return names


def unused_events(subject: Subject) -> Iterator[Remark]:
    """An event that nothing refers to, and that no clause explains."""
    convention = subject.convention
    used = {convention.approval, convention.signature, *(claim.about for claim in convention.claims)}
    used |= {engagement.trigger for engagement, _ in subject.engagements}
    used |= {fact.event for fact in subject.facts if fact.kind == "occurred"}
    used |= {name for _, name, _ in subject.referred}
    for number, event in enumerate(convention.events):
        if event.id not in used and not event.clause:
            message = msg("Nothing refers to the event “{id}”", id=event.id)
            yield Remark(
                Pointer(CONVENTION, ("events", number, "id")), message, msg("Leave it out, or cite its clause")
            )


def shared_names(subject: Subject) -> Iterator[Remark]:
    """A name or an alias that two parties, groups or roles share, or two sites."""
    convention = subject.convention
    people = [
        (entry, Pointer(CONVENTION, (part, number)))
        for part in ("parties", "groups", "roles")
        for number, entry in enumerate(getattr(convention, part))
    ]
    sites = [(site, Pointer(SITES, ("sites", number))) for number, site in enumerate(subject.sites)]
    return chain(_shared(people), _shared(sites))


def _shared(entries: Iterable[tuple[Named | Site, Pointer]]) -> Iterator[Remark]:
    first: dict[str, tuple[str, Pointer]] = {}
    for entry, pointer in entries:
        places = [(entry.id, "id"), (entry.name, "name"), (entry.short, "short")]
        spelt = [(name, pointer.to(where)) for name, where in places if name]
        spelt += [(alias, pointer.to("aliases", number)) for number, alias in enumerate(entry.aliases)]
        for name, place in spelt:
            owner, where = first.setdefault(_spelling(name), (entry.id, place))
            if owner != entry.id:
                message = msg("“{name}” is also a name of “{id}”, which is found first", name=name, id=owner)
                yield Remark(place, message, msg("Give one of them another name"), ((where, msg("first used here")),))
