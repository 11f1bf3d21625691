"""Facts about engagements: before they ran, after they were discharged, as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.wording import named
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.journal import About
from qp_cli.model.words import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.checks.reckoning import Reckoning
    from qp_cli.checks.subject import Pointer, Subject
    from qp_cli.model.convention import Engagement
    from qp_cli.model.journal import FactAbout
    from qp_cli.tracking.obligations import PendingObligation


def about(reckoning: Reckoning) -> Iterator[tuple[FactAbout, Pointer, Engagement]]:
    """Each fact that counts about an engagement that stands."""
    for fact, pointer in reckoning.standing:
        if isinstance(fact, About) and (engagement := reckoning.engagements.get(fact.engagement)):
            yield fact, pointer, engagement


def before_its_origin(subject: Subject) -> Iterator[Remark]:
    """A fact dated before the engagement it is about began to run.

    ## What it does

    Compares the day of each fact with the origin of its engagement: the day its period is counted from, the
    request that it answers, the avenant that added it, or else the day from which the convention runs. A waiver can
    come at any time.

    ## Why it matters

    Most often a year was mistyped. Early performance is valid, and stays what it is: this only asks for the day
    to be read again.

    ## Example

    ```yaml
    # convention.yaml: the plan is due within 6 months of 2021-03-18
    # journal.yaml
    - {id: f-1, kind: fulfilled, engagement: plan, on: 2012-09-10}
    ```

    ## Write instead

    ```yaml
    - {id: f-1, kind: fulfilled, engagement: plan, on: 2021-09-10}
    ```

    ## Source

    C. civ. art. 1305-2: what is owed at a term cannot be asked for before; what was performed early stands.
    """
    reckoning = subject.reckoning
    added = {
        change.engagement.id: fact.applies_from
        for fact in reckoning.in_force.amendments
        for change in fact.changes
        if change.change == "add"
    }
    hint = msg("Check the day; performed early, it stands as it is")
    for fact, pointer, engagement in about(reckoning):
        if fact.kind == "waived":
            continue
        slots = reckoning.concerned(engagement.id, fact)
        if engagement.kind is Kind.ON_REQUEST:
            asked = [slot.request.on for slot in slots or reckoning.pending(engagement.id) if slot.request]
            if not any(day and day <= fact.on for day in asked):
                name = named(engagement.id, engagement.clause)
                message = msg("Dated {day}, and nothing had been asked under {name}", day=fact.on, name=name)
                yield Remark(pointer.to("on"), message, hint)
            continue
        days = [day for slot in slots if (day := _runs_from(slot, reckoning))]
        origin = max([min(days), *([added[engagement.id]] if engagement.id in added else [])]) if days else None
        if origin and fact.on < origin:
            name = named(engagement.id, engagement.clause)
            message = msg("Dated {day}, and {name} runs from {origin}", day=fact.on, name=name, origin=origin)
            place = reckoning.places.get(engagement.id)
            yield Remark(pointer.to("on"), message, hint, ((place, msg("declared here")),) if place else ())


def _runs_from(slot: PendingObligation, reckoning: Reckoning) -> date | None:
    """The day from which an obligation runs; for what is counted back, the day the convention does."""
    deadline = slot.deadline
    forwards = deadline.origin and deadline.due and deadline.origin <= deadline.due
    return deadline.origin if forwards else reckoning.start


def after_discharge(subject: Subject) -> Iterator[Remark]:
    """A fact about an obligation that was already discharged.

    ## What it does

    Looks for a performance, a waiver, a suspension or a resumption that comes after every obligation it concerns
    was performed, waived, or ended by an avenant.

    ## Why it matters

    It changes nothing any more. Often the same performance was recorded twice, or it belongs to another debtor,
    another site or another occurrence.

    ## Example

    ```yaml
    - {id: f-1, kind: fulfilled, engagement: plan, on: 2021-09-10}
    - {id: f-2, kind: fulfilled, engagement: plan, on: 2021-09-12}
    ```

    ## Write instead

    Cancel one of the two; nothing is edited or deleted:

    ```yaml
    - {id: f-3, kind: voided, fact: f-2, on: 2021-09-20, note: Enregistré deux fois.}
    ```

    ## Source

    C. civ. art. 1302: every payment presupposes a debt.
    """
    reckoning = subject.reckoning
    ends = {fact.id: fact for fact in reckoning.in_force.amendments}
    hint = msg("Recorded twice? A voided fact cancels one; else say by, sites or occurrence")
    for fact, pointer, engagement in about(reckoning):
        if fact.kind in {"notified", "breached"}:
            continue
        ended = ends.get(reckoning.ended_by.get(engagement.id, ""))
        if ended and fact.on >= ended.applies_from:
            name = named(engagement.id, engagement.clause)
            message = msg("{name} was ended by the avenant “{id}” before this", name=name, id=ended.id)
            yield Remark(pointer, message, hint, ((reckoning.place(ended), msg("ended here")),))
            continue
        slots = reckoning.concerned(engagement.id, fact)
        earlier = [_discharged_by(slot, fact) for slot in slots]
        if slots and all(earlier) and earlier[0]:
            name = named(engagement.id, engagement.clause)
            message = msg("{name} was already discharged by “{id}”", name=name, id=earlier[0].id)
            yield Remark(pointer, message, hint, ((reckoning.place(earlier[0]), msg("discharged here")),))


def _discharged_by(slot: PendingObligation, fact: FactAbout) -> FactAbout | None:
    """The fact that discharged an obligation before this one; performance does not, of what is continuing."""
    kinds = {"waived"} if slot.engagement.kind is Kind.CONTINUING else {"fulfilled", "waived"}
    for each in slot.facts:
        if each is fact:
            return None
        if each.kind in kinds and (slot.site or not each.sites):
            return each
    return None


def evidence_only(subject: Subject) -> Iterator[Remark]:
    """A fact that is kept as evidence, and leaves the state as it is.

    ## What it does

    Points out the first performance recorded of each `continuing` engagement, which runs on whatever is
    recorded; and facts about some `sites` of an engagement that is not kept site by site.

    ## Why it matters

    Whoever recorded it may expect the engagement to be shown as fulfilled. It will not be: the fact is listed
    with it, no more.

    ## Example

    ```yaml
    # convention.yaml: the engagement names no sites
    - {id: f-1, kind: fulfilled, engagement: plan, sites: [halle], on: 2021-09-10}
    ```

    ## Write instead

    Name the sites on the engagement, so that each has a state of its own, or leave them out of the fact:

    ```yaml
    # convention.yaml
    - {id: plan, title: Établir le plan, debtors: [ville], kind: one-off, sites: [halle, gare]}
    ```
    """
    seen: set[str] = set()
    for fact, pointer, engagement in about(subject.reckoning):
        if fact.sites and not engagement.sites:
            name = named(engagement.id, engagement.clause)
            message = msg("{name} is not kept site by site: a fact about some sites leaves its state", name=name)
            hint = msg("Name the sites on the engagement, or leave them out here")
            yield Remark(pointer.to("sites"), message, hint, severity=Severity.WARNING)
        elif fact.kind == "fulfilled" and engagement.kind is Kind.CONTINUING and engagement.id not in seen:
            seen.add(engagement.id)
            name = named(engagement.id, engagement.clause)
            message = msg("{name} runs on: performance is kept as evidence, and leaves its state", name=name)
            yield Remark(pointer.to("kind"), message, msg("Nothing to change if that is what was meant"))
