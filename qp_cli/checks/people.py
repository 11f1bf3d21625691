"""People: parties named once and signing for themselves, and whom a fact concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.performances import about, was_asked
from qp_cli.checks.rule import Pointer, Remark, named
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.journal import About, Occurred, Triggered
from qp_cli.model.values import replaced
from qp_cli.model.words import Kind
from qp_cli.store.places import CONVENTION, JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qp_cli.checks.dates import Reckoning
    from qp_cli.checks.repository import Subject
    from qp_cli.model.convention import Engagement
    from qp_cli.model.journal import FactAbout


def repeated_names(subject: Subject) -> Iterator[Remark]:
    """A list that names the same thing twice."""
    for names, around, key in _lists(subject):
        if len(set(names)) == len(names):
            continue
        pointer = around.to(key)
        first: dict[str, int] = {}
        for number, name in enumerate(names):
            if (earlier := first.setdefault(name, number)) != number:
                related = ((pointer.to(earlier), msg("first named here")),)
                message = msg("“{id}” is named twice", id=name)
                yield Remark(pointer.to(number), message, msg("Name it once"), related)


def _lists(subject: Subject) -> Iterator[tuple[Sequence[str], Pointer, str]]:
    """Every list of names, with what it is a part of, and its key there."""
    for part, key in (("groups", "members"), ("roles", "held_by")):
        for number, entry in enumerate(getattr(subject.convention, part)):
            yield getattr(entry, key), Pointer(CONVENTION, (part, number)), key
    for engagement, pointer in subject.engagements:
        yield engagement.debtors, pointer, "debtors"
        yield engagement.creditors, pointer, "creditors"
        yield engagement.support, pointer, "support"
        yield engagement.sites, pointer, "sites"
    for number, fact in subject.acts:
        pointer = Pointer(JOURNAL, ("facts", number))
        yield fact.sites, pointer, "sites"
        if fact.kind in {"triggered", "occurred"}:
            yield fact.to, pointer, "to"
    for change, pointer in subject.changes:
        if change.change == "debtors":
            yield change.debtors, pointer, "debtors"
        if change.change != "add":
            yield change.sites, pointer, "sites"


def signing_organs(subject: Subject) -> Iterator[Remark]:
    """An organ marked as a signatory of its own."""
    names = {party.id: party.label for party in subject.convention.parties}
    for number, party in enumerate(subject.convention.parties):
        if party.signatory and party.organ_of:
            person = names.get(party.organ_of, party.organ_of)
            message = msg("“{party}” is an organ of “{person}”, and signs for it", party=party.label, person=person)
            hint = msg("Mark “{person}” as signatory, and name who signs under represented_by", person=party.organ_of)
            yield Remark(Pointer(CONVENTION, ("parties", number, "signatory")), message, hint)


def not_owed(subject: Subject) -> Iterator[Remark]:
    """A fact about somebody, or somewhere, that owes nothing of the engagement."""
    yield from wrongly_named(subject)
    reckoning = subject.reckoning
    for fact, pointer, engagement in about(reckoning):
        if _is_lost(fact, engagement, reckoning):
            message = msg("Nothing of {name} is owed by whom, where and when this says",
                          name=named(engagement.id, engagement.clause))  # fmt: skip
            hint = msg("Check by, sites and occurrence together")
            yield Remark(pointer.to("engagement"), message, hint, severity=Severity.WARNING, is_idle=True)


def wrongly_named(subject: Subject) -> Iterator[Remark]:
    """What QP402 tells from names alone, without working out any date: its errors."""
    reckoning = subject.reckoning
    known = {name for space, name, _ in subject.declared if space == "party"}
    for name, engagement, place in _named_debtors(subject):
        if name in known and not _owes(subject, engagement, name):
            who, what = reckoning.directory.label(name), named(engagement.id, engagement.clause)
            message = msg("“{who}” owes nothing of {name}", who=who, name=what)
            yield Remark(place, message, msg("Name one of: {names}", names=", ".join(engagement.debtors)))
    yield from _elsewhere(subject)


def _elsewhere(subject: Subject) -> Iterator[Remark]:
    """Sites that an engagement does not have."""
    reckoning = subject.reckoning
    labels = {site.id: site.label for site in subject.sites}
    for sites, engagement, place in _named_sites(subject):
        name = named(engagement.id, engagement.clause)
        for number, site in enumerate(sites):
            if engagement.sites and site not in engagement.sites:
                hint = msg("Name one of: {names}", names=", ".join(engagement.sites))
                message = msg("{name} does not concern “{site}”", site=labels.get(site, site), name=name)
                yield Remark(place.to(number), message, hint)
    for _, change, pointer in reckoning.changes:
        if change.change == "add" or not change.sites:
            continue
        target = reckoning.engagements.get(change.target)
        if target and not target.sites:
            message = msg("{name} is not kept site by site: there is nothing to change at one of them",
                          name=named(target.id, target.clause))  # fmt: skip
            yield Remark(pointer.to("sites"), message, msg("Leave {key} out", key="sites"))


def _named_sites(subject: Subject) -> Iterator[tuple[tuple[str, ...], Engagement, Pointer]]:
    """The sites that each fact, or change, gives for its engagement, with their place."""
    reckoning = subject.reckoning
    for fact, pointer in reckoning.standing:
        if isinstance(fact, About) or fact.kind == "triggered":
            if fact.engagement in reckoning.engagements:
                yield fact.sites, reckoning.engagements[fact.engagement], pointer.to("sites")
        elif fact.kind == "occurred":
            for engagement in _started(reckoning, fact)[:1]:
                yield fact.sites, engagement, pointer.to("sites")
    for _, change, pointer in reckoning.changes:
        if change.change != "add" and change.target in reckoning.engagements:
            yield change.sites, reckoning.engagements[change.target], pointer.to("sites")


def _is_lost(fact: FactAbout, engagement: Engagement, reckoning: Reckoning) -> bool:
    """Whether a fact is about no obligation, though its debtor, sites and occurrence are each known."""
    pending = reckoning.pending(engagement.id)
    if not pending or reckoning.concerned(engagement.id, fact) or reckoning.kept_with(engagement.id, fact):
        return False
    if engagement.kind is Kind.ON_REQUEST and not was_asked(engagement, fact, reckoning):
        return False
    if fact.occurrence and all(one.occurrence != fact.occurrence for one in pending):
        return False
    covers = reckoning.directory.covers
    owes = not fact.by or any(covers([fact.by], one.debtor, ()) for one in pending)
    return owes and (not fact.sites or not engagement.sites or any(one.site in fact.sites for one in pending))


def _named_debtors(subject: Subject) -> Iterator[tuple[str, Engagement, Pointer]]:
    """Each name that a fact gives for a debtor, with the engagement."""
    reckoning = subject.reckoning
    for fact, pointer in reckoning.standing:
        if isinstance(fact, About):
            engagement = reckoning.engagements.get(fact.engagement)
            if engagement and fact.by:
                yield fact.by, engagement, pointer.to("by")
        elif isinstance(fact, (Triggered, Occurred)):
            yield from _addressees(subject, fact, pointer)
    for _, change, pointer in reckoning.changes:
        if change.change != "add" and change.debtor and change.target in reckoning.engagements:
            yield change.debtor, reckoning.engagements[change.target], pointer.to("debtor")


def _addressees(
    subject: Subject, fact: Triggered | Occurred, pointer: Pointer
) -> Iterator[tuple[str, Engagement, Pointer]]:
    """Each name that a request, or an event, is addressed to and that owes nothing of what it starts."""
    started = _started(subject.reckoning, fact)
    for number, name in enumerate(fact.to if started else ()):
        if not any(_owes(subject, each, name) for each in started):
            yield name, started[0], pointer.to("to", number)


def _started(reckoning: Reckoning, fact: object) -> list[Engagement]:
    """The engagements that a request, or an event, starts."""
    if name := getattr(fact, "engagement", None):
        return [reckoning.engagements[name]] if name in reckoning.engagements else []
    event = getattr(fact, "event", None)
    return [each for each in reckoning.engagements.values() if each.trigger == event]


def _owes(subject: Subject, engagement: Engagement, name: str) -> bool:
    """Whether a name stands for a debtor of an engagement, now or before an avenant."""
    directory = subject.reckoning.directory
    if any(directory.covers([name], debtor, ()) for debtor in directory.debtors(engagement)):
        return True
    others = [each.debtors for each, _ in subject.engagements if each.id == engagement.id]
    others += [
        change.debtors for change, _ in subject.changes if change.change == "debtors" and change.target == engagement.id
    ]
    return any(
        directory.covers([name], debtor, ())
        for debtors in others
        for debtor in directory.debtors(replaced(engagement, debtors=debtors))
    )
