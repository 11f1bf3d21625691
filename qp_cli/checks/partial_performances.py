"""Performance that settles nothing by itself: in part, more than there was, or of an option after its last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.performances import facts_about
from qp_cli.checks.rule import Remark, named
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.facts import Fulfilled
from qp_cli.model.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.repository import Subject
    from qp_cli.checks.rule import Pointer
    from qp_cli.model.convention import Engagement
    from qp_cli.tracking.obligations import PendingObligation


def out_of_time(subject: Subject) -> Iterator[Remark]:
    """An option exercised after its last day: recorded, and without effect."""
    computed_dates = subject.computed_dates
    for fact, pointer, engagement in facts_about(computed_dates):
        late = [one for one in computed_dates.concerned(engagement.id, fact) if one.is_out_of_time(fact)]
        days = [day for one in late if (day := one.due_now().due)]
        if days:
            name = named(engagement.id, engagement.clause)
            message = msg("{name} could be exercised until {day}: this comes after, and has no effect",
                          name=name, day=max(days))  # fmt: skip
            yield Remark(pointer.to("on"), message, msg("Check the day"))


def unfit_parts(subject: Subject) -> Iterator[Remark]:
    """Performance in part of an option, which has none, or of more than the whole; or a share said in two ways."""
    computed_dates = subject.computed_dates
    for fact, pointer, engagement in facts_about(computed_dates):
        if not isinstance(fact, Fulfilled) or not fact.is_partial:
            continue
        if fact.part and fact.partly:
            message = msg("This says both which share was performed, and that nobody says which")
            hint = msg("Keep {key} alone", key="part")
            yield Remark(pointer.to("partly"), message, hint, severity=Severity.ERROR)
        if engagement.kind is Kind.OPTION:
            yield _without_parts(engagement, pointer)
        elif fact.part:
            concerned = computed_dates.concerned(engagement.id, fact)
            yield from _excess(fact, pointer, engagement, concerned)


def _without_parts(engagement: Engagement, pointer: Pointer) -> Remark:
    name = named(engagement.id, engagement.clause)
    message = msg("{name} has no parts: an option is exercised as a whole", name=name)
    return Remark(pointer.to("kind"), message, msg("Leave {key} out", key="part"))


def _excess(
    fact: Fulfilled, pointer: Pointer, engagement: Engagement, concerned: list[PendingObligation]
) -> Iterator[Remark]:
    """The fact with which the parts of an obligation come to more than the whole of it."""
    for one in concerned:
        total = one.account.total_with(fact)
        if total > 1:
            name = named(engagement.id, engagement.clause)
            message = msg("The parts of {name} come to {total} of it: more than the whole",
                          name=name, total=f"{total.numerator}/{total.denominator}")  # fmt: skip
            yield Remark(pointer.to("part"), message, msg("Check the shares; a voided fact cancels one"))
            return
