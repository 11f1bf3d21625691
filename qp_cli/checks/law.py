"""Dates in law: regimes against what they count, dates passed before the approval or ending on a day not worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.dates import choices_in, series_in
from qp_cli.checks.rule import Pointer, Remark, named, on_weekday
from qp_cli.law.holidays import holiday_on
from qp_cli.law.regimes import find_regime
from qp_cli.law.workdays import is_working_day
from qp_cli.messages import msg, msgs
from qp_cli.model.dues import AtTheLatest, Every, On, Within
from qp_cli.model.kinds import Kind
from qp_cli.store.places import CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.checks.dates import ComputedDates, Dated
    from qp_cli.checks.repository import Subject
    from qp_cli.law.computation import Computation
    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message
    from qp_cli.model.dues import Due


_BACKWARDS = "a-rebours"
_UNSUITED = frozenset({"silence-administration", "prescription"})
_OWN = Pointer(CONVENTION, ("regime",))


def backwards_regimes(subject: Subject) -> Iterator[Remark]:
    """A regime that counts backwards, on a period that runs forwards."""
    if subject.convention.regime == _BACKWARDS:
        message = msg("“{regime}” counts backwards: it cannot be the rule of every period", regime=_BACKWARDS)
        hint = msg("Name it where a date is counted back: {{at_the_latest: P2M, before: …, regime: a-rebours}}")
        yield Remark(_OWN, message, hint)
    for _, due, pointer in subject.dues:
        for place in _forwards(due, pointer):
            message = msg("“{regime}” counts backwards, and this period runs forwards", regime=_BACKWARDS)
            hint = msg("Name another regime, or count back from a day: {{at_the_latest: P2M, before: …}}")
            yield Remark(place, message, hint)


def _forwards(due: Due, pointer: Pointer) -> Iterator[Pointer]:
    """Where what runs forwards names a regime that counts backwards."""
    if isinstance(due, Within):
        yield from (pointer.to("readings", number) for number, name in enumerate(due.readings) if name == _BACKWARDS)
    if within := series_in(due):
        yield from _forwards(within[1], pointer.to(within[0]))
    for choice, place in choices_in(due, pointer):
        yield from _forwards(choice, place)
    if isinstance(due, Within | Every) and due.regime == _BACKWARDS:
        yield pointer.to("regime")


def unsuited_regimes(subject: Subject) -> Iterator[Remark]:
    """A convention whose own regime is one that counts something else."""
    name = subject.convention.regime
    if name in _UNSUITED:
        message = msg(
            "“{regime}” cannot be meant for every period here: {scope}", regime=name, scope=find_regime(name).scope
        )
        yield Remark(_OWN, message, msg("Leave regime out, and name it on the due date that it holds for"))


_SILENT = "quantieme"
_LENGTH = "duree"
_OF_A_REGIME = (Within, AtTheLatest, Every)


def passed_before_approval(subject: Subject) -> Iterator[Remark]:
    """A deadline that had already passed when the convention was approved."""
    computed_dates = subject.computed_dates
    convention = subject.convention
    name = convention.approval if computed_dates.day(convention.approval) else convention.signature
    bound = computed_dates.day(name)
    if name is None or bound is None:
        return
    for dated in computed_dates.dated:
        passed = next((each.due for each in dated.deadlines if each.due and each.due < bound), None)
        if passed is None or _performed(computed_dates, dated, passed):
            continue
        parts = {"name": named(dated.name, dated.clause), "day": passed, "bound": bound}
        yield Remark(
            dated.pointer,
            msg("The date of {name}, {day}, had passed when the convention was approved, on {bound}", **parts)
            if name == convention.approval
            else msg("The date of {name}, {day}, had passed when the convention was signed, on {bound}", **parts),
            msg("Agree in writing on the date that holds, and record the avenant"),
            _event(subject, name, bound),
        )


def _performed(computed_dates: ComputedDates, dated: Dated, day: date) -> bool:
    """Whether it was fulfilled by that day, by all who owe it."""
    done = computed_dates.day(dated.name) if dated.engagement else None
    return done is not None and done <= day


def _event(subject: Subject, name: str, day: date) -> tuple[tuple[Pointer, Message], ...]:
    """Where the event that bound the parties stands."""
    for event, pointer in subject.events:
        if event.id == name:
            return ((pointer.to("id"), msg("dated {day}", day=day)),)
    return ()


def ends_on_a_closed_day(subject: Subject) -> Iterator[Remark]:
    """A period that ends on a Saturday, a Sunday or a public holiday, while the text says nothing of a carry-over."""
    zone = subject.convention.zone
    for dated in subject.computed_dates.dated:
        closed = [each for each in _silent_ends(dated) if not is_working_day(each.nominal, zone)]
        if not closed:
            continue
        first = closed[0]
        parts = {"name": named(dated.name, dated.clause), "day": _closed_day(first.nominal, zone)}
        message = msg("{name} ends on {day}, and the text says nothing of a carry-over", **parts)
        if len(dated.deadlines) > 1:
            message = msgs(
                "{name} ends once on a day that is not worked, on {day}, and the text says nothing of a carry-over",
                "{name} ends {count} times on a day that is not worked, first on {day}, and the text says nothing of "
                "a carry-over",
                count=len(closed),
                **parts,
            )
        after = first.carried_over or first.nominal
        hint = msg(
            "Act by {before}, in time on any reading; carried over it would be {after}",
            before=on_weekday(first.prudent or first.nominal),
            after=on_weekday(after),
        )
        yield Remark(dated.pointer, message, hint)


def _silent_ends(dated: Dated) -> Iterator[Computation]:
    """The computed ends of a délai that no regime of its own rules."""
    engagement, due = dated.engagement, dated.due
    if engagement is None or engagement.kind is Kind.CONTINUING or isinstance(due, On):
        return
    if isinstance(due, _OF_A_REGIME) and due.regime:
        return
    if isinstance(due, Within) and _LENGTH in due.readings:
        return
    for deadline in dated.deadlines:
        computation = deadline.computation
        if computation and computation.regime.name == _SILENT and not computation.backwards:
            yield computation


def _closed_day(day: date, zone: Zone) -> Message:
    holiday = holiday_on(day, zone)
    return msg("{day} ({holiday})", day=on_weekday(day), holiday=holiday.name) if holiday else on_weekday(day)
