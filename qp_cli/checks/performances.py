"""Facts about engagements: whom they concern, before these ran, after they were discharged, as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.rule import Remark, named
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.base import replaced
from qp_cli.model.facts import (
    About,
    Amended,
    Breached,
    Fulfilled,
    Notified,
    Occurred,
    Pausing,
    Reaching,
    Reassign,
    Triggered,
    engagements_of,
)
from qp_cli.model.kinds import Kind
from qp_cli.tracking.fact_names import KIND_NAMES
from qp_cli.tracking.people import Debtor, Debtors
from qp_cli.tracking.performance import is_named_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.dates import ComputedDates
    from qp_cli.checks.repository import Subject
    from qp_cli.checks.rule import Pointer
    from qp_cli.messages import Message
    from qp_cli.model.convention import Engagement
    from qp_cli.model.facts import FactAbout
    from qp_cli.tracking.obligations import PendingObligation


def facts_about(computed_dates: ComputedDates) -> Iterator[tuple[FactAbout, Pointer, Engagement]]:
    """Each fact that counts about an engagement that stands."""
    for fact, pointer in computed_dates.standing:
        if isinstance(fact, About | Pausing):
            yield from ((fact, pointer, engagement) for engagement in _named_in(fact, computed_dates))


def was_asked(engagement: Engagement, fact: FactAbout, computed_dates: ComputedDates) -> bool:
    """Whether something had been asked under an engagement by the day of a fact."""
    slots = computed_dates.concerned(engagement.id, fact) or computed_dates.pending(engagement.id)
    return any(slot.request and slot.request.on and slot.request.on <= fact.on for slot in slots)


def after_discharge(subject: Subject) -> Iterator[Remark]:
    """A fact about an obligation that was already discharged."""
    computed_dates = subject.computed_dates
    hint = msg("Recorded twice? A voided fact cancels one; else say by, sites or occurrence")
    for fact, pointer, engagement in facts_about(computed_dates):
        if isinstance(fact, Notified | Breached):
            continue
        end = settled_before(_with(fact, engagement, computed_dates), fact, computed_dates)
        if end and not _is_extra(fact, engagement, end):
            yield Remark(pointer, end.said(engagement), hint, end.shown(computed_dates), is_idle=True)


def _with(fact: FactAbout, engagement: Engagement, computed_dates: ComputedDates) -> list[PendingObligation]:
    """The obligations that a fact is with: as what bears on them, or as evidence."""
    return computed_dates.concerned(engagement.id, fact) or computed_dates.kept_with(engagement.id, fact)


def _is_extra(fact: FactAbout, engagement: Engagement, end: Settlement) -> bool:
    """Whether a performance may simply have come once more than was owed of a series."""
    is_one_more = isinstance(fact, Fulfilled) and engagement.kind is Kind.RECURRING and not fact.is_of_one
    return is_one_more and not isinstance(end.fact, Amended)


class Settlement(NamedTuple):
    """What had put an end to an obligation: a performance, a waiver, or an avenant."""

    fact: FactAbout | Amended

    def said(self, engagement: Engagement) -> Message:
        """That it had, in a sentence."""
        name = named(engagement.id, engagement.clause)
        if isinstance(self.fact, Amended):
            return msg("{name} was ended by the avenant “{id}” before this", name=name, id=self.fact.id)
        kind, day = KIND_NAMES[self.fact.kind], self.fact.on
        return msg("{name} was already discharged by “{id}” ({kind} of {day})", name=name, id=self.fact.id, kind=kind,
                   day=day)  # fmt: skip

    def shown(self, computed_dates: ComputedDates) -> tuple[tuple[Pointer, Message], ...]:
        """Where it is written."""
        said = msg("ended here") if isinstance(self.fact, Amended) else msg("discharged here")
        return ((computed_dates.place(self.fact), said),)


def settled_before(slots: list[PendingObligation], fact: FactAbout, computed_dates: ComputedDates) -> Settlement | None:
    """What had put an end to the first of some obligations, where each of them had one when a fact came."""
    ends = [slot.discharged_before(fact) or _ended_before(slot, fact, computed_dates) for slot in slots]
    return Settlement(ends[0]) if ends and ends[0] and all(ends) else None


def _ended_before(slot: PendingObligation, fact: FactAbout, computed_dates: ComputedDates) -> Amended | None:
    """The avenant that had ended an obligation by the day of a fact."""
    found = computed_dates.avenants.get(slot.ended_by)
    return found if found and found.applies_from <= fact.on else None


def standing_before(slot: PendingObligation, fact: FactAbout) -> bool:
    """Whether nothing had discharged an obligation when a fact about it came."""
    return slot.discharged_before(fact) is None


def evidence_only(subject: Subject) -> Iterator[Remark]:
    """A fact that is kept as evidence, and leaves the state as it is."""
    seen: set[str] = set()
    for fact, pointer, engagement in facts_about(subject.computed_dates):
        if fact.sites and not engagement.sites:
            name = named(engagement.id, engagement.clause)
            message = msg("{name} is not kept site by site: a fact about some sites leaves its state", name=name)
            hint = msg("Name the sites on the engagement, or leave them out here")
            yield Remark(pointer.to("sites"), message, hint, severity=Severity.WARNING)
        elif isinstance(fact, Fulfilled) and engagement.kind is Kind.CONTINUING and engagement.id not in seen:
            seen.add(engagement.id)
            name = named(engagement.id, engagement.clause)
            message = msg("{name} runs on: performance is kept as evidence, and leaves its state", name=name)
            yield Remark(pointer.to("kind"), message, msg("Nothing to change if that is what was meant"))


def unserved_performance(subject: Subject) -> Iterator[Remark]:
    """A performance that serves no occurrence: it is kept as evidence, and settles nothing."""
    computed_dates = subject.computed_dates
    hint = msg("If it is for a later one, say which with occurrence; if recorded twice, cancel one")
    for fact, pointer, engagement in facts_about(computed_dates):
        if isinstance(fact, Fulfilled) and _serves_none(fact, engagement, computed_dates):
            name = named(engagement.id, engagement.clause)
            message = msg("No occurrence of {name} was owed on {day}: kept as evidence", name=name, day=fact.on)
            yield Remark(pointer.to("on"), message, hint)


def _serves_none(fact: FactAbout, engagement: Engagement, computed_dates: ComputedDates) -> bool:
    """Whether a performance is kept beside obligations without serving any, where no other rule says so."""
    if engagement.kind is Kind.ON_REQUEST and not was_asked(engagement, fact, computed_dates):
        return False
    if end := settled_before(_with(fact, engagement, computed_dates), fact, computed_dates):
        return _is_extra(fact, engagement, end)
    return bool(computed_dates.kept_with(engagement.id, fact))


def not_owed(subject: Subject) -> Iterator[Remark]:
    """A fact about somebody, or somewhere, that owes nothing of the engagement."""
    yield from wrongly_named(subject)
    computed_dates, owing = subject.computed_dates, _Owing(subject)
    for fact, pointer, engagement in facts_about(computed_dates):
        if _is_lost(fact, engagement, owing):
            message = msg("Nothing of {name} is owed by whom, where and when this says",
                          name=named(engagement.id, engagement.clause))  # fmt: skip
            hint = _owed_by_others(fact, engagement, computed_dates) or TOGETHER
            yield Remark(pointer.to("engagement"), message, hint, severity=Severity.WARNING, is_idle=True)


TOGETHER = msg("Check by, sites and occurrence together")
"""What to do about a fact that is about nothing owed; `qp record` says it of its options."""


def _owed_by_others(fact: FactAbout, engagement: Engagement, computed_dates: ComputedDates) -> Message | None:
    """Who owes an engagement that was handed over, since when and by which avenant; None where none hands it over."""
    if not fact.by:
        return None
    handing = [
        (avenant, change)
        for avenant, change, _ in computed_dates.changes
        if isinstance(change, Reassign) and change.target == engagement.id
    ]
    if not handing:
        return None
    by_then = [each for each in handing if each[0].applies_from <= fact.on]
    avenant, change = by_then[-1] if by_then else handing[0]
    parts = {
        "who": ", ".join(map(computed_dates.directory.label, change.debtors)),
        "day": avenant.applies_from,
        "title": avenant.title or "",
        "id": avenant.id,
        "key": "by",
    }
    if by_then and computed_dates.directory.covers([fact.by], Debtor(change.debtors), ()):
        return msg(
            "Nothing was left to hand over to {who} on {day} ({title}, {id}): cancel what was recorded by mistake",
            **parts,
        )
    if by_then:
        return msg("Owed by {who} since {day} ({title}, {id}): check {key}", **parts)
    return msg("Owed by {who} from {day} on only ({title}, {id}): check {key}", **parts)


def wrongly_named(subject: Subject) -> Iterator[Remark]:
    """What QP402 tells from names alone, without working out any date: its errors."""
    computed_dates = subject.computed_dates
    known = {name for space, name, _ in subject.declared if space == "party"}
    owing = _Owing(subject)
    for name, engagement, place in _named_debtors(subject, owing):
        if name in known and not owing.holds(engagement, name):
            who, what = computed_dates.directory.label(name), named(engagement.id, engagement.clause)
            message = msg("“{who}” owes nothing of {name}", who=who, name=what)
            yield Remark(place, message, msg("Name one of: {names}", names=", ".join(owing.names(engagement))))
    yield from _elsewhere(subject)
    yield from _changed_elsewhere(subject)


def _elsewhere(subject: Subject) -> Iterator[Remark]:
    """Sites that an engagement does not have."""
    computed_dates = subject.computed_dates
    labels = {site.id: site.label for site, _ in subject.places}
    places = _sites_by_engagement(computed_dates)
    for sites, engagement, place in _named_sites(subject):
        name, own = named(engagement.id, engagement.clause), places[engagement.id]
        for number in (at for at, site in enumerate(sites) if own and site not in own):
            hint = msg("Name one of: {names}", names=", ".join(engagement.sites))
            message = msg("{name} does not concern “{site}”", site=labels.get(sites[number], sites[number]), name=name)
            yield Remark(place.to(number), message, hint)


def _changed_elsewhere(subject: Subject) -> Iterator[Remark]:
    """Sites at which an avenant changes an engagement that is kept for all of them at once."""
    computed_dates = subject.computed_dates
    for _, change, pointer in computed_dates.changes:
        if not isinstance(change, Reaching) or not change.sites:
            continue
        target = computed_dates.engagements.get(change.target)
        if target and not target.sites:
            message = msg("{name} is not kept site by site: there is nothing to change at one of them",
                          name=named(target.id, target.clause))  # fmt: skip
            yield Remark(pointer.to("sites"), message, msg("Leave {key} out", key="sites"))


def _sites_by_engagement(computed_dates: ComputedDates) -> dict[str, frozenset[str]]:
    return {each.id: frozenset(each.sites) for each in computed_dates.engagements.values()}


def _named_sites(subject: Subject) -> Iterator[tuple[tuple[str, ...], Engagement, Pointer]]:
    """The sites that each fact, or change, gives for its engagement, with their place."""
    computed_dates = subject.computed_dates
    for fact, pointer in computed_dates.standing:
        if isinstance(fact, (About, Pausing, Triggered)):
            yield from ((fact.sites, engagement, pointer.to("sites")) for engagement in _named_in(fact, computed_dates))
        elif isinstance(fact, Occurred):
            for engagement in _started(computed_dates, fact)[:1]:
                yield fact.sites, engagement, pointer.to("sites")
    for _, change, pointer in computed_dates.changes:
        if isinstance(change, Reaching) and change.target in computed_dates.engagements:
            yield change.sites, computed_dates.engagements[change.target], pointer.to("sites")


def _named_in(fact: FactAbout | Triggered, computed_dates: ComputedDates) -> list[Engagement]:
    """The engagements that a fact names."""
    names = (fact.engagement,) if isinstance(fact, Triggered) else engagements_of(fact)
    return [computed_dates.engagements[name] for name in names if name in computed_dates.engagements]


def _is_lost(fact: FactAbout, engagement: Engagement, owing: _Owing) -> bool:
    """Whether a fact is about no obligation, though its debtor, sites and occurrence are each known.

    Its debtor is one who owes it now, or whom an avenant was to hand it to.
    """
    computed_dates = owing.computed_dates
    pending = computed_dates.pending(engagement.id)
    if not pending or computed_dates.concerned(engagement.id, fact) or computed_dates.kept_with(engagement.id, fact):
        return False
    if engagement.kind is Kind.ON_REQUEST and not was_asked(engagement, fact, computed_dates):
        return False
    if fact.is_of_one and not any(is_named_by(fact, one) for one in pending):
        return False
    covers = computed_dates.directory.covers
    owes = not fact.by or any(covers([fact.by], one.debtor, ()) for one in pending)
    return (owes or owing.holds(engagement, fact.by or "")) and (
        not fact.sites or not engagement.sites or any(one.site in fact.sites for one in pending)
    )


def _named_debtors(subject: Subject, owing: _Owing) -> Iterator[tuple[str, Engagement, Pointer]]:
    """Each name that a fact gives for a debtor, with the engagement."""
    computed_dates = subject.computed_dates
    for fact, pointer in computed_dates.standing:
        if isinstance(fact, (About, Pausing)) and fact.by:
            by, place = fact.by, pointer.to("by")
            yield from ((by, engagement, place) for engagement in _named_in(fact, computed_dates))
        elif isinstance(fact, (Triggered, Occurred)):
            yield from _addressees(owing, fact, pointer)
    for _, change, pointer in computed_dates.changes:
        if isinstance(change, Reaching) and change.debtor and change.target in computed_dates.engagements:
            yield change.debtor, computed_dates.engagements[change.target], pointer.to("debtor")


def _addressees(
    owing: _Owing, fact: Triggered | Occurred, pointer: Pointer
) -> Iterator[tuple[str, Engagement, Pointer]]:
    """Each name that a request, or an event, is addressed to and that owes nothing of what it starts."""
    started = _started(owing.computed_dates, fact)
    for number, name in enumerate(fact.to if started else ()):
        if not any(owing.holds(each, name) for each in started):
            yield name, started[0], pointer.to("to", number)


def _started(computed_dates: ComputedDates, fact: object) -> list[Engagement]:
    """The engagements that a request, or an event, starts."""
    if name := getattr(fact, "engagement", None):
        return [computed_dates.engagements[name]] if name in computed_dates.engagements else []
    return computed_dates.started_by.get(getattr(fact, "event", ""), [])


class _Owing:
    """Who owes each engagement, now or before an avenant."""

    def __init__(self, subject: Subject) -> None:
        self.computed_dates = subject.computed_dates
        self._known: dict[str, Debtors] = {}
        self._named: dict[str, list[tuple[str, ...]]] = {}
        for engagement, _ in subject.engagements:
            self._named.setdefault(engagement.id, []).append(engagement.debtors)
        for change, _ in subject.changes:
            if isinstance(change, Reassign):
                self._named.setdefault(change.target, []).append(change.debtors)

    def holds(self, engagement: Engagement, name: str) -> bool:
        """Whether a name stands for one of them."""
        if engagement.id not in self._known:
            self._known[engagement.id] = Debtors(self.computed_dates.directory, self._of(engagement))
        return bool(self._known[engagement.id].concerned(name))

    def names(self, engagement: Engagement) -> tuple[str, ...]:
        """What they are called where they are said to owe it: as it stands, then as it stood."""
        before = self._named.get(engagement.id, ())
        return tuple(dict.fromkeys((*engagement.debtors, *(name for names in before for name in names))))

    def _of(self, engagement: Engagement) -> Iterator[Debtor]:
        directory = self.computed_dates.directory
        yield from directory.debtors(engagement)
        for debtors in self._named.get(engagement.id, ()):
            yield from directory.debtors(replaced(engagement, debtors=debtors))
