"""Obligations: each engagement, for each debtor, site and occurrence, with its facts and its deadline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.computation import Step
from qp_cli.messages import msg
from qp_cli.model.words import TERM, Kind, Scope
from qp_cli.tracking.deadlines import TRIGGER, Basis, Deadline, resolve
from qp_cli.tracking.triggers import triggers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qp_cli.model.convention import Engagement
    from qp_cli.model.journal import FactAbout
    from qp_cli.tracking.deadlines import Frame
    from qp_cli.tracking.directory import Debtor, Directory
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.triggers import Trigger


@dataclass(eq=False, repr=False)
class Slot:
    """One obligation before its state is known; facts are put into it one by one."""

    engagement: Engagement
    debtor: Debtor
    site: str | None
    deadline: Deadline
    trigger: Trigger | None = None
    suffix: str = ""
    facts: list[FactAbout] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Readable and stable: `engagement/debtor[/site][@origin]`."""
        site = f"/{self.site}" if self.site else ""
        return f"{self.engagement.id}/{self.debtor.key}{site}{self.suffix}"

    @property
    def occurrence(self) -> date | None:
        """The day that tells this occurrence from the others of its series."""
        return self.deadline.occurrence

    @property
    def deciding(self) -> list[FactAbout]:
        """The facts that bear on the whole of it; one about some sites only is evidence, no more."""
        return [fact for fact in self.facts if self.site or not fact.sites]

    @property
    def discharged(self) -> bool:
        """Whether a fact has put an end to it."""
        return any(fact.kind in {"fulfilled", "waived"} for fact in self.deciding)


class Bench(NamedTuple):
    """What obligations are built on: who, which facts, when."""

    directory: Directory
    ledger: Ledger
    frame: Frame


def build(engagement: Engagement, bench: Bench, known: tuple[Deadline, ...] | None = None) -> list[Slot]:
    """Every obligation an engagement gives rise to, with the facts that concern each.

    `known` holds what the engagement's due date gives, where that was worked out before.
    """
    if engagement.kind is Kind.ON_REQUEST:
        slots = list(_on_request(engagement, bench))
    else:
        slots = list(_owed(engagement, bench, _deadlines(engagement, bench.frame) if known is None else known))
    _assign(bench.ledger.about.get(engagement.id, []), slots, bench.directory)
    return slots


def _places(engagement: Engagement) -> tuple[str | None, ...]:
    return engagement.sites or (None,)


def _owed(engagement: Engagement, bench: Bench, deadlines: tuple[Deadline, ...]) -> Iterator[Slot]:
    for debtor in bench.directory.debtors(engagement):
        for site in _places(engagement):
            for deadline in deadlines:
                suffix = f"@{deadline.occurrence.isoformat()}" if deadline.occurrence else ""
                yield Slot(engagement, debtor, site, deadline, suffix=suffix)


def _deadlines(engagement: Engagement, frame: Frame) -> tuple[Deadline, ...]:
    """What the text says; without it, the term (a one-off is owed during the convention)."""
    if engagement.due:
        return resolve(engagement.due, frame)
    if engagement.scope is Scope.NATIONAL or frame.timeline.convention.term is None:
        return (Deadline(None),)
    moment = frame.moment(TERM)
    if moment.day is None:
        return (Deadline(None, Basis.TERM, moment.waiting_for),)
    text = msg("No deadline in the text: owed during the convention, at the latest at its term")
    if engagement.kind is Kind.CONTINUING:
        text = msg("Owed throughout, until the term of the convention")
    return (Deadline(moment.day, Basis.TERM, steps=(Step("term", text, moment.clause, moment.day),)),)


def _on_request(engagement: Engagement, bench: Bench) -> Iterator[Slot]:
    debtors = bench.directory.debtors(engagement)
    made = triggers(engagement, bench.ledger, bench.frame.timeline)
    answers: dict[Trigger, Deadline] = {}
    for debtor in debtors:
        others = [other for other in debtors if other is not debtor]
        meant = [each for each in made if not each.to or bench.directory.covers(each.to, debtor, others)]
        for site in _places(engagement):
            here = [each for each in meant if not (each.sites and site) or site in each.sites]
            if not here:
                waiting = Deadline(None, waiting_for=(engagement.trigger or TRIGGER,))
                yield Slot(engagement, debtor, site, waiting)
            for trigger in here:
                if trigger not in answers:
                    answers[trigger] = _answer(engagement, trigger, bench)
                yield Slot(engagement, debtor, site, answers[trigger], trigger, trigger.suffix)


def _answer(engagement: Engagement, trigger: Trigger, bench: Bench) -> Deadline:
    """The deadline one request starts: what the text says, else the repository's own target, else none."""
    frame = bench.frame._replace(trigger=trigger.moment, trigger_name=engagement.trigger)
    if engagement.due:
        return resolve(engagement.due, frame)[0]._replace(occurrence=trigger.on)
    if engagement.target:
        return resolve(engagement.target, frame)[0]._replace(basis=Basis.TARGET, occurrence=trigger.on)
    return Deadline(None, origin=trigger.on, occurrence=trigger.on)


def _assign(facts: Sequence[FactAbout], slots: list[Slot], directory: Directory) -> None:
    if not facts:
        return
    groups: dict[tuple[str, str | None], list[Slot]] = {}
    for slot in slots:
        groups.setdefault((slot.debtor.key, slot.site), []).append(slot)
    debtors = {key: group[0].debtor for (key, _), group in groups.items()}
    for fact in facts:
        for group in _concerned(fact, groups, debtors, directory):
            for slot in _imputed(fact, group):
                slot.facts.append(fact)


def _concerned(
    fact: FactAbout,
    groups: dict[tuple[str, str | None], list[Slot]],
    debtors: dict[str, Debtor],
    directory: Directory,
) -> Iterator[list[Slot]]:
    """The slots a fact is about, those of one debtor at one site together."""
    for (name, site), group in groups.items():
        if fact.sites and site and site not in fact.sites:
            continue
        if fact.by:
            others = [debtor for key, debtor in debtors.items() if key != name]
            if not directory.covers([fact.by], debtors[name], others):
                continue
        yield group


def _imputed(fact: FactAbout, group: list[Slot]) -> list[Slot]:
    """The occurrences a fact counts for: the one it names, else the oldest not yet discharged.

    Performance that names no debt goes to the oldest (C. civ. 1342-10, by analogy); any other fact that names
    none is for all that stand.
    """
    begun = [slot for slot in group if slot.trigger is None or slot.trigger.on is None or slot.trigger.on <= fact.on]
    if fact.occurrence:
        begun = [slot for slot in group if slot.occurrence == fact.occurrence]
    standing = [slot for slot in begun if not slot.discharged]
    found = standing or begun[-1:]
    return found[:1] if fact.kind == "fulfilled" else found
