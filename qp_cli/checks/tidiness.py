"""Tidiness: clauses cited, parties and events that serve, and what documents say against what the journal gives."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from qp_cli.checks.rule import Pointer, Remark, named
from qp_cli.messages import msg, msgs
from qp_cli.model.facts import Occurred, Reassign, Triggered
from qp_cli.model.kinds import TERM
from qp_cli.names import key
from qp_cli.store.places import CONVENTION
from qp_cli.store.yaml.findings import SHOWN_PER_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from qp_cli.checks.dates import ComputedDates
    from qp_cli.checks.references import Unmatched
    from qp_cli.checks.repository import Subject
    from qp_cli.messages import Message
    from qp_cli.model.convention import Event, Named
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


def undeclared_accessibility(subject: Subject) -> Iterator[Remark]:
    """A level of accessibility that is stated without the address of its declaration."""
    stated = subject.convention.accessibility
    if stated and not stated.declaration:
        message = msg("The level of accessibility is stated without its declaration")
        hint = msg("Add declaration:, with the address of the declaration of accessibility")
        yield Remark(Pointer(CONVENTION, ("accessibility", "level")), message, hint)


def idle_parties(subject: Subject) -> Iterator[Remark]:
    """A party, a group or a role that the repository declares and never uses."""
    if not subject.engagements:
        return
    used = _involved(subject)
    convention = subject.convention
    advice = _Advice(subject, "party", msg("Name it where the text does, or leave it out"))
    for party, pointer in subject.parties_named:
        if party.id not in used and not party.organ_of:
            message = msg("“{party}” owes nothing, is owed nothing, and takes no part in anything", party=party.label)
            yield advice.on(party.id, Remark(pointer.to("id"), message))
    for part in ("groups", "roles"):
        for number, entry in enumerate(getattr(convention, part)):
            if entry.id not in used:
                message = msg("Nothing names “{party}”", party=entry.label)
                yield advice.on(entry.id, Remark(Pointer(CONVENTION, (part, number, "id")), message))


class _Advice:
    """What to do with what nothing names: not to leave it out while a name, perhaps its own, goes to nothing."""

    def __init__(self, subject: Subject, space: str, otherwise: Message) -> None:
        self._subject = subject
        self._space = space
        self._otherwise = otherwise

    @cached_property
    def _lost(self) -> tuple[dict[str, Unmatched], Unmatched | None]:
        """The names of its sort that nothing goes by: for the ids that they are most like, and the first like none."""
        names: dict[str, Unmatched] = {}
        for each in self._subject.unmatched:
            if each.space == self._space and len(names) < SHOWN_PER_CODE:
                names.setdefault(each.name, each)
        near = {name: each.known.nearest(name)[:1] for name, each in names.items()}
        alike = {like[0]: names[name] for name, like in near.items() if like}
        return alike, next((names[name] for name, like in near.items() if not like), None)

    def on(self, id_: str, remark: Remark) -> Remark:
        """The remark with what to do about what has that id."""
        alike, other = self._lost
        lost = alike.get(id_) or other
        if lost is None:
            return remark._replace(hint=self._otherwise)
        hint = msg("“{name}” is the id of nothing: if this is what it means, write the id that is here", name=lost.name)
        return remark._replace(hint=hint, related=((lost.remark.pointer, msg("“{id}” is named here", id=lost.name)),))


def _involved(subject: Subject) -> set[str]:
    """Every party, group and role that something names, and the legal person of each organ that is named."""
    names: set[str] = set()
    for engagement, _ in subject.engagements:
        names.update(engagement.debtors, engagement.creditors, engagement.support, {engagement.performer or ""})
    for change, _ in subject.changes:
        if isinstance(change, Reassign):
            names.update(change.debtors)
    for added, _ in subject.additions:
        names.update({added.member or "", added.holder or ""})
    for _, fact in subject.acts:
        names.add(fact.by or "")
        if isinstance(fact, Triggered | Occurred):
            names.update(fact.to)
    convention = subject.convention
    names.update(*(group.members for group in convention.groups), *(role.held_by for role in convention.roles))
    above = {party.id: party.organ_of for party, _ in subject.parties_named if party.organ_of}
    return names | _superiors(names, above)


def _superiors(parties: Iterable[str], above: Mapping[str, str]) -> set[str]:
    """What organs belong to, and what that belongs to, and so on."""
    passed: set[str] = set()
    for party in parties:
        person = above.get(party)
        while person and person not in passed:
            passed.add(person)
            person = above.get(person)
    return passed


def unused_events(subject: Subject) -> Iterator[Remark]:
    """An event that nothing refers to, and that no clause explains."""
    convention = subject.convention
    used = {convention.approval, convention.signature, *(claim.about for claim in convention.claims)}
    used |= {engagement.trigger for engagement, _ in subject.engagements}
    used |= {fact.event for fact in subject.facts if isinstance(fact, Occurred)}
    used |= {name for _, name, _ in subject.referred}
    advice = _Advice(subject, "event", msg("Leave it out, or cite its clause"))
    for event, pointer in subject.events:
        if event.id not in used and not event.clause:
            message = msg("Nothing refers to the event “{id}”", id=event.id)
            yield advice.on(event.id, Remark(pointer.to("id"), message))


def shared_names(subject: Subject) -> Iterator[Remark]:
    """A name or an alias that two parties, groups or roles share, or two sites."""
    convention = subject.convention
    people: list[tuple[Named, Pointer]] = list(subject.parties_named)
    people += [
        (entry, Pointer(CONVENTION, (part, number)))
        for part in ("groups", "roles")
        for number, entry in enumerate(getattr(convention, part))
    ]
    return chain(_shared(people), _shared(subject.places))


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


_SHOWN = 3


def claimed_years(subject: Subject) -> Iterator[Remark]:
    """Years that a document claims, and that the clause does not give."""
    computed_dates = subject.computed_dates
    for number, claim in enumerate(subject.convention.claims):
        span = _span(computed_dates, claim.about)
        if span is None:
            continue
        first, last = span
        if claim.first_year in {None, first.year} and claim.last_year in {None, last.year}:
            continue
        what = {
            "says": claim.says,
            "where": claim.where,
            "name": named(claim.about, _clause(computed_dates, claim.about)),
        }
        if first == last:
            message = msg("“{says}” ({where}) is not what {name} gives: {day}", **what, day=last)
        else:
            days = {"first": first, "last": last}
            message = msg("“{says}” ({where}) is not what {name} gives: {first} to {last}", **what, **days)
        hint = msg("Rely on the clause: only an avenant in force changes it")
        yield Remark(Pointer(CONVENTION, ("claims", number, "says")), message, hint, _declared(subject, claim.about))


def _span(computed_dates: ComputedDates, name: str) -> tuple[date, date] | None:
    """The first and last day of the convention, or the one day of anything else; None while it has none."""
    if name == TERM:
        end = computed_dates.day(TERM)
        return (computed_dates.start or end, end) if end else None
    dated = computed_dates.find(name)
    day = next((each.due for each in dated.deadlines), None) if dated else computed_dates.day(name)
    return (day, day) if day else None


def _clause(computed_dates: ComputedDates, name: str) -> str:
    if name == TERM:
        return (computed_dates.convention.term.clause if computed_dates.convention.term else None) or ""
    event = computed_dates.assessment.references.event(name)
    found = event or computed_dates.engagements.get(name)
    return (found.clause if found else None) or ""


def _declared(subject: Subject, name: str) -> tuple[tuple[Pointer, Message], ...]:
    """Where something is declared."""
    for space, other, pointer in subject.declared:
        if space == "event" and other == name:
            return ((pointer if name == TERM else pointer.to("id"), msg("declared here")),)
    return ()


def claimed_as_done(subject: Subject) -> Iterator[Remark]:
    """A document that speaks of something as done, while nothing dated bears it out."""
    computed_dates = subject.computed_dates
    for number, claim in enumerate(subject.convention.claims):
        if not claim.done or claim.about == TERM or computed_dates.day(claim.about):
            continue
        parts = {
            "says": claim.says,
            "where": claim.where,
            "name": named(claim.about, _clause(computed_dates, claim.about)),
        }
        if claim.about in computed_dates.engagements:
            message = msg("“{says}” ({where}) speaks of {name} as done, and no fulfilment of it is recorded", **parts)
        else:
            message = msg("“{says}” ({where}) speaks of {name} as done, and it has no date", **parts)
        hint = msg("If it was done, record the fact, with its day and what shows it")
        yield Remark(Pointer(CONVENTION, ("claims", number, "says")), message, hint, _declared(subject, claim.about))


def undated_events(subject: Subject) -> Iterator[Remark]:
    """The signature, the approval, or an event that dates are counted from, and that has no date."""
    counted: dict[str, list[Pointer]] = {}
    for _, name, place in subject.referred:
        counted.setdefault(name, []).append(place)
    for event, pointer in subject.events:
        dependent = counted.get(event.id, [])
        message = _missing_day(subject, event, len(dependent))
        if message and not event.repeats and subject.computed_dates.day(event.id) is None:
            hint = msg("Once its day is known, record an occurred fact in the journal")
            if event.when:
                hint = msg("It follows from others: record those that are still awaited")
            related = tuple((place, msg("counted from it")) for place in dependent[:_SHOWN])
            yield Remark(pointer.to("id"), message, hint, related)


def _missing_day(subject: Subject, event: Event, dependent: int) -> Message | None:
    """What the missing day of an event leaves open; None where nothing depends on it."""
    name = named(event.id, event.clause)
    if event.id == subject.convention.signature:
        return msg("The signature, {name}, has no date", name=name)
    if event.id == subject.convention.approval:
        return msg("The approval, {name}, has no date", name=name)
    if not dependent:
        return None
    return msgs(
        "{name} has no date, and {count} date is counted from it",
        "{name} has no date, and {count} dates are counted from it",
        count=dependent,
        name=name,
    )
