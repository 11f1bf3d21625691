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
    """A formal notice of what was no longer owed, or a breach recorded twice."""
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
    """A formal notice before any date of its engagement had passed."""
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
