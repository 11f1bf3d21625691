"""Formal notices and breaches: those that change nothing, those that come before any date has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.performances import about, settled_before
from qp_cli.checks.rule import Remark
from qp_cli.checks.wording import named
from qp_cli.messages import msg
from qp_cli.model.words import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.model.journal import FactAbout
    from qp_cli.tracking.obligations import PendingObligation


def idle_notices(subject: Subject) -> Iterator[Remark]:
    """A formal notice of what was no longer owed, or a breach recorded twice.

    ## What it does

    Looks for a formal notice that comes after every obligation it concerns was performed, waived, or ended by an
    avenant; and for a breach of what was already said to be broken. A breach found after the performance is left
    alone: it may have been late, or poor.

    ## Why it matters

    Nobody can be called on to do what is done. Often the notice belongs to another debtor, site or occurrence, or
    the day is wrong.

    ## Example

    ```yaml
    - {id: f-1, kind: fulfilled, engagement: plan, on: 2022-02-15}
    - {id: f-2, kind: notified, engagement: plan, on: 2022-04-01, cure: P1M}
    ```

    ## Write instead

    ```yaml
    - {id: f-2, kind: notified, engagement: bilan, on: 2022-04-01, cure: P1M}
    ```

    ## Source

    C. civ. art. 1231 and 1344, by analogy: a formal notice calls on a debtor to perform.
    """
    reckoning = subject.reckoning
    for fact, pointer, engagement in about(reckoning):
        if fact.kind not in {"notified", "breached"}:
            continue
        slots = reckoning.concerned(engagement.id, fact)
        if fact.kind == "notified" and (end := settled_before(slots, fact, reckoning)):
            yield Remark(pointer.to("kind"), end.said(engagement), None, end.shown(reckoning), is_idle=True)
        elif fact.kind == "breached" and slots and all(earlier := [_broken_by(slot, fact) for slot in slots]):
            message = msg("A breach of {name} is already recorded", name=named(engagement.id, engagement.clause))
            shown = tuple((reckoning.place(each), msg("recorded here")) for each in earlier[:1] if each)
            yield Remark(pointer.to("kind"), message, msg("Once is enough"), shown, is_idle=True)


def _broken_by(slot: PendingObligation, fact: FactAbout) -> FactAbout | None:
    """The fact that had said that an obligation was broken, before this one."""
    for each in slot.facts:
        if each is fact:
            break
        if each.kind == "breached" and (slot.site or not each.sites):
            return each
    return None


def early_notices(subject: Subject) -> Iterator[Remark]:
    """A formal notice before any date of its engagement had passed.

    ## What it does

    Compares the day of each formal notice with the dates of the obligations that it concerns. What runs on
    (`continuing`), and what has no date, can be called for at any time.

    ## Why it matters

    What is owed at a term cannot be asked for before it: such a notice puts nobody in default. The day may be wrong,
    or the notice may be about another obligation.

    ## Example

    ```yaml
    # convention.yaml: the plan is due on 2022-03-10
    - {id: f-1, kind: notified, engagement: plan, on: 2022-02-01, cure: P1M}
    ```

    ## Write instead

    ```yaml
    - {id: f-1, kind: notified, engagement: plan, on: 2022-03-11, cure: P1M}
    ```

    ## Source

    C. civ. art. 1305-2: what is owed at a term cannot be asked for before it; art. 1344, by analogy.
    """
    reckoning = subject.reckoning
    for fact, pointer, engagement in about(reckoning):
        if fact.kind != "notified" or engagement.kind is Kind.CONTINUING:
            continue
        slots = reckoning.concerned(engagement.id, fact)
        days = [day for slot in slots if (day := slot.due_now().due)]
        if days and min(days) >= fact.on and not settled_before(slots, fact, reckoning):
            name = named(engagement.id, engagement.clause)
            message = msg("No date of {name} had passed on {day}; the first is {first}",
                          name=name, day=fact.on, first=min(days))  # fmt: skip
            yield Remark(pointer.to("on"), message, msg("Check the day"))
