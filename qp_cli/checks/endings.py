"""How a convention ends: terms that can be renewed or have no fixed end, denunciations, terminations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qp_cli.checks.rule import Pointer, Remark, on_weekday
from qp_cli.errors import QpError
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.base import replaced
from qp_cli.model.dues import On, Within
from qp_cli.model.facts import Terminated
from qp_cli.store.places import CONVENTION, JOURNAL
from qp_cli.tracking.renewal import Termination, is_renewable, notice_day, renewed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.dates import ComputedDates
    from qp_cli.checks.repository import Subject
    from qp_cli.messages import Message
    from qp_cli.model.convention import Convention, Renewal, Term
    from qp_cli.model.facts import Denounced
    from qp_cli.tracking.denunciation import TermExpiry

_TERM = Pointer(CONVENTION, ("term",))
_ANY_DAY = date(2030, 12, 31)
"""An expiry on which lengths are compared where no day is declared."""


def unfit_terms(subject: Subject) -> Iterator[Remark]:
    """A term without a date that does not say so, or that says two things; a renewal that cannot move it."""
    term = subject.convention.term
    if term is None:
        return
    if term.due is None and not term.open_ended:
        hint = msg("Write due: with its date, or open_ended: true where it has no fixed end")
        yield Remark(_TERM, msg("Nothing says when the convention ends"), hint)
    if term.due is not None and term.open_ended:
        hint = msg("Leave due out, or open_ended")
        yield Remark(_TERM.to("open_ended"), msg("A convention without a fixed end has no date of its term"), hint)
    if term.notice and not term.open_ended:
        hint = msg("Write the notice of a renewal under renewal, that of a termination in its fact")
        yield Remark(_TERM.to("notice"), msg("This notice is for a convention without a fixed end"), hint)
    yield from _unfit_renewal(term)
    yield from _notice_too_long(subject.convention)


def _unfit_renewal(term: Term) -> Iterator[Remark]:
    if term.renewal is None:
        return
    if term.open_ended:
        message = msg("A convention without a fixed end has nothing to renew")
        yield Remark(_TERM.to("renewal"), message, msg("Leave {key} out", key="renewal"))
    elif term.due is not None and not is_renewable(term.due):
        hint = msg("Write due: {{within: P3Y, from: …}}, in years, months or days from one origin, or due: {{on: …}}")
        yield Remark(_TERM.to("renewal"), msg("A term of this form cannot be renewed"), hint)


def _notice_too_long(convention: Convention) -> Iterator[Remark]:
    """A notice to denounce a renewal whose last day comes before what would be renewed begins, or is signed."""
    term = convention.term
    if term is None or term.renewal is None or term.renewal.notice is None or not is_renewable(term.due):
        return
    try:
        message = _too_early(term, term.renewal, convention)
    except QpError:  # uncomputable_dates tells
        return
    if message:
        yield Remark(_TERM.to("renewal", "notice"), message, msg("Check both in the text"), severity=Severity.WARNING)


def _too_early(term: Term, renewal: Renewal, convention: Convention) -> Message | None:
    """Why the last day to denounce a renewal is too early; None where it is not.

    Raises:
        OutOfRangeError: a day outside the years qp computes.
    """
    due = term.due
    agreed = due.on if isinstance(due, On) and isinstance(due.on, date) else None
    day = agreed or _ANY_DAY
    last = notice_day(day, renewal, convention)
    for period in filter(None, (due.within if isinstance(due, Within) else None, renewal.every)):
        if last < notice_day(day, replaced(renewal, notice=period), convention):
            return msg("This notice, {notice}, is longer than the period that it ends, {period}",
                       notice=renewal.notice, period=period)  # fmt: skip
    signed = next((each.date_ for each in convention.events if each.id == convention.signature), None)
    if agreed and signed and last < signed:
        return msg("The last day to denounce, {last}, comes before the signature, on {day}", last=last, day=signed)
    return None


def unfit_terminations(subject: Subject) -> Iterator[Remark]:
    """A termination that gives both a notice and a day, or takes effect before it was notified."""
    for number, fact in enumerate(subject.facts):
        if not isinstance(fact, Terminated):
            continue
        pointer = Pointer(JOURNAL, ("facts", number))
        if fact.notice and fact.effect:
            message = msg("This termination gives both a notice and the day it takes effect")
            yield Remark(pointer.to("effect"), message, msg("Keep one of the two"))
        elif fact.effect and fact.effect < fact.on:
            message = msg("In effect on {effect}, before it was notified, on {day}", effect=fact.effect, day=fact.on)
            yield Remark(pointer.to("effect"), message, msg("Check both days"))


def late_denunciations(subject: Subject) -> Iterator[Remark]:
    """A denunciation that came too late: the convention was, or is to be, renewed all the same."""
    computed_dates = subject.computed_dates
    for expiry in _expiries(computed_dates):
        for fact in expiry.too_late:
            last = expiry.deadline.due or expiry.day
            message = msg(
                "Received on {day}, after the last day to denounce, {last}: it has no effect", day=fact.on, last=last
            )
            hint = msg("A convention that was renewed is ended by a termination, where its text allows one")
            yield Remark(computed_dates.place(fact).to("on"), message, hint)


def _expiries(computed_dates: ComputedDates) -> tuple[TermExpiry, ...]:
    renewals = computed_dates.assessment.renewals if computed_dates.in_force.denunciations else None
    return renewals.expiries if renewals else ()


def idle_denunciations(subject: Subject) -> Iterator[Remark]:
    """A denunciation of a convention that is not renewed, or no more, or that the same party had denounced."""
    computed_dates = subject.computed_dates
    received: dict[str, TermExpiry] = {}
    for expiry in _expiries(computed_dates):
        received |= {fact.id: expiry for fact in expiry.received}
    first: dict[tuple[date, str], Denounced] = {}
    for expiry in _expiries(computed_dates):
        for fact in expiry.in_time:
            first.setdefault((expiry.day, fact.by), fact)
    for fact in computed_dates.in_force.denunciations:
        pointer = computed_dates.place(fact)
        if fact.id not in received:
            yield Remark(pointer.to("kind"), _not_renewed(computed_dates), is_idle=True)
        elif (earlier := first.get((received[fact.id].day, fact.by), fact)) is not fact:
            day = on_weekday(received[fact.id].day)
            message = msg("The expiry of {day} was already denounced by “{id}”", day=day, id=fact.by)
            related = ((computed_dates.place(earlier), msg("denounced here")),)
            yield Remark(pointer.to("kind"), message, msg("Once is enough"), related, is_idle=True)


def _not_renewed(computed_dates: ComputedDates) -> Message:
    term = computed_dates.convention.term
    if term is None or term.renewal is None:
        return msg("The convention is not renewed by itself: there is nothing to denounce")
    return msg("No renewal was to come on that day: there was nothing to denounce")


def idle_terminations(subject: Subject) -> Iterator[Remark]:
    """A termination that would end the convention when it has already ended."""
    computed_dates = subject.computed_dates
    acting = {
        version.avenant.id for version in computed_dates.assessment.versions if isinstance(version.avenant, Termination)
    }
    term = computed_dates.convention.term
    for fact in computed_dates.in_force.terminations:
        if fact.id in acting or (term and renewed(term)):
            continue
        end = computed_dates.term.due if computed_dates.term else None
        message = msg("The convention ends before this takes effect: the termination changes nothing")
        if end:
            message = msg("The convention ends on {day}, before this takes effect: it changes nothing", day=end)
        yield Remark(computed_dates.place(fact).to("kind"), message, msg("Check the day"), is_idle=True)
