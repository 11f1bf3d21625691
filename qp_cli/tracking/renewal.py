"""The end of a convention as it moves by itself: tacit renewals, the days to denounce them, terminations. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import QpError
from qp_cli.law.computation import compute_deadline
from qp_cli.law.dates import ONE_DAY, Step
from qp_cli.law.periods import Period
from qp_cli.law.regimes import find_regime
from qp_cli.messages import msg
from qp_cli.model.base import replaced
from qp_cli.model.dues import On, Within
from qp_cli.model.facts import Amended, Redate
from qp_cli.model.kinds import TERM
from qp_cli.tracking.dating import dating_of
from qp_cli.tracking.journal import TermPause, effective_on, pauses_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qp_cli.law.computation import Computation
    from qp_cli.law.counting import Pause
    from qp_cli.law.periods import Delay
    from qp_cli.model.convention import Convention, Renewal, Term
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Denounced, Terminated

    Expiry = Callable[[Convention, tuple[Pause, ...]], date | None]

RENEWED_ON = "renouvellement@"
"""What the id of a renewal begins with, before its day: no fact has such an id."""


class RenewedTerm(Within):
    """A term that tacit renewals have moved: its whole period, counted once from its origin.

    Attributes:
        signed: the period that was agreed; None where a day was, and the renewals are counted from its morrow.
        made: how many renewals its period holds.
        every: how much each makes it longer.
        day: the day that was agreed, where one was.
        renewed_by: the clause on renewals.
    """

    signed: Period | None = None
    made: int
    every: Period
    day: date | None = None
    renewed_by: str = ""


class EndedTerm(On):
    """A term that a termination set.

    Attributes:
        on: the day itself.
        fact: the termination.
        notified: its day.
        notice: the period counted from there; None where the fact says the day itself.
        before: what dated the term until then.
    """

    on: date
    fact: str
    notified: date
    notice: Delay | None = None
    before: Due | None = None


class MoveKind(StrEnum):
    """What moved a date: an avenant, the end of a suspension, a tacit renewal, a termination."""

    AVENANT = "avenant"
    RESUMPTION = "resumption"
    RENEWAL = "renewal"
    TERMINATION = "termination"


def kind_of_move(avenant: Amended) -> MoveKind:
    """What an avenant, or what acts like one, is."""
    if isinstance(avenant, TacitRenewal):
        return MoveKind.RENEWAL
    if any(isinstance(change, TermPause) for change in avenant.changes):
        return MoveKind.RESUMPTION
    return MoveKind.TERMINATION if isinstance(avenant, Termination) else MoveKind.AVENANT


class TacitRenewal(Amended):
    """A renewal that was made, as an avenant that would have extended the term."""


class Termination(Amended):
    """A termination, as an avenant that would have given the term another date."""


def renewed(term: Term) -> RenewedTerm | None:
    """The term as one more renewal makes it; None where there is none, or no more of them.

    A period is lengthened and counted again from its origin; after a day, the durées begin on its morrow.
    """
    due, renewal = term.due, term.renewal
    if renewal is None or isinstance(due, EndedTerm):
        return None
    made = due.made if isinstance(due, RenewedTerm) else 0
    if renewal.at_most is not None and made >= renewal.at_most:
        return None
    if isinstance(due, RenewedTerm):
        signed = due.signed
        whole = renewal.every.times(made + 1)
        return replaced(due, within=signed.plus(whole) if signed else whole, made=made + 1)
    every, clause = renewal.every, renewal.clause or ""
    if isinstance(due, On) and isinstance(due.on, date):
        morrow = due.on + ONE_DAY
        return RenewedTerm(
            within=every, from_=morrow, regime="duree", made=1, every=every, day=due.on, renewed_by=clause
        )
    if isinstance(due, Within) and isinstance(due.within, Period) and is_renewable(due):
        return RenewedTerm(
            within=due.within.plus(every),
            from_=due.from_,
            regime=due.regime,
            readings=due.readings,
            signed=due.within,
            made=1,
            every=every,
            renewed_by=clause,
        )
    return None


def is_renewable(due: Due | None) -> bool:
    """Whether a renewal can move a term: a calendar period from one origin, or a day."""
    if isinstance(due, On):
        return isinstance(due.on, date)
    return isinstance(due, Within) and isinstance(due.within, Period) and isinstance(due.from_, str | date)


def lengthened(due: RenewedTerm, by: Period) -> RenewedTerm:
    """A renewed term that an avenant makes longer: the period that runs, the count of renewals being kept."""
    whole = due.within.plus(by) if isinstance(due.within, Period) else due.within
    return replaced(due, within=whole, signed=due.signed.plus(by) if due.signed else None)


def notice_day(expiry: date, renewal: Renewal, convention: Convention) -> date:
    """The last day on which a denunciation comes in time for an expiry; the expiry itself without a notice.

    Raises:
        OutOfRangeError: a day outside the years qp computes.
    """
    found = notice_working(expiry, renewal, convention)
    return found.deadline if found else expiry


def notice_working(expiry: date, renewal: Renewal, convention: Convention) -> Computation | None:
    """The notice counted back from an expiry; None where the text asks for none."""
    if renewal.notice is None:
        return None
    regime = find_regime(renewal.regime or convention.regime)
    return compute_deadline(expiry, renewal.notice, regime, convention.zone, backwards=True)


def termination_end(fact: Terminated, convention: Convention) -> EndedTerm:
    """The term that a termination gives: its day of effect, else the end of its notice, else its own day.

    Raises:
        InvalidPeriodError: a regime that only counts backwards.
        OutOfRangeError: a day outside the years qp computes.
    """
    term = convention.term
    notice = fact.notice or (term.notice if term and term.open_ended else None)
    before = term.due if term else None
    if fact.effect or notice is None:
        return EndedTerm(on=fact.effect or fact.on, fact=fact.id, notified=fact.on, before=before)
    end = _end_of_notice(fact.on, notice, convention).deadline
    return EndedTerm(on=end, fact=fact.id, notified=fact.on, notice=notice, before=before)


def _end_of_notice(notified: date, notice: Delay, convention: Convention) -> Computation:
    return compute_deadline(notified, notice, find_regime(convention.regime), convention.zone)


def ending_steps(due: EndedTerm, convention: Convention) -> tuple[Step, ...]:
    """The working of a term that a termination set: its day, then its notice."""
    said = msg("Termination notified [{fact}]", fact=due.fact)
    if due.notice is None:
        if due.on == due.notified:
            return (Step("termination", said, "", due.on),)
        return (
            Step("termination", said, "", due.notified),
            Step("day", msg("The termination names the day it takes effect"), "", due.on),
        )
    counted = _end_of_notice(due.notified, due.notice, convention)
    return (Step("termination", said, (convention.term and convention.term.clause) or "", due.notified), *counted.steps)


def source_of_term(term: Term) -> str:
    """What a date that the term gives rests on: its clause, and the renewal, the avenant or the termination it had."""
    moved = ""
    if isinstance(term.due, EndedTerm):
        moved = source_of_termination(term.due)
    elif isinstance(term.due, RenewedTerm):
        moved = term.due.renewed_by
    elif dating := dating_of(term):
        moved = dating.last.source
    return " ; ".join(dict.fromkeys(filter(None, (term.clause, moved))))


def source_of_termination(end: EndedTerm) -> str:
    """How a termination is cited, in French as every source is."""
    return f"résiliation ({end.fact})"


def renewal_step(due: RenewedTerm) -> Step:
    """What a renewed term is made of: what was signed, how many renewals, by which clause."""
    if due.day:
        said = msg("Until {day} as signed, then {count} × {every} from its morrow by tacit renewal",
                   day=due.day, count=due.made, every=due.every)  # fmt: skip
    else:
        said = msg("{signed} as signed and {count} × {every} by tacit renewal: {whole}, counted once from the origin",
                   signed=due.signed, count=due.made, every=due.every, whole=due.within)  # fmt: skip
    return Step("renewal", said, due.renewed_by, None)


class Denunciations(NamedTuple):
    """The denunciations received, in order."""

    facts: tuple[Denounced, ...]

    def received(self, since: date, expiry: date) -> tuple[Denounced, ...]:
        """Those that came while an expiry was the next one, from a day on and up to it."""
        first, end = self._places(since, expiry)
        return self.facts[first:end]

    def freezing(self, since: date, expiry: date, convention: Convention) -> Denounced | None:
        """The first that came in time for an expiry, which was the next one from a day on."""
        renewal = convention.term.renewal if convention.term else None
        if renewal is None or not self.facts:
            return None
        first, end = self._places(since, notice_day(expiry, renewal, convention))
        return self.facts[first] if first < end else None

    def _places(self, since: date, until: date) -> tuple[int, int]:
        """Where those of some days begin and end, both days among them."""
        facts = self.facts
        return bisect_left(facts, since, key=effective_on), bisect_right(facts, until, key=effective_on)


def is_redated(before: Convention, after: Convention) -> bool:
    """Whether the term of a convention has another date from then on: who denounces, denounces that one."""
    return (before.term and before.term.due) != (after.term and after.term.due)


class Course:
    """The convention as its term moves: what acts on it, in the order of the days.

    Attributes:
        outline: as signed, with the term as it stands.
        since: the day from which its term is the one it has.
        pauses: the days of its term that did not run, since its date was last given.
        acts: what has acted on it, each with the outline and those days from then on.
    """

    def __init__(
        self, signed: Convention, denunciations: Iterable[Denounced], expiry: Expiry, amend: Callable[..., Convention]
    ) -> None:
        self.outline = signed
        self.since = date.min
        self.pauses: tuple[Pause, ...] = ()
        self.acts: list[tuple[Convention, Amended, tuple[Pause, ...]]] = []
        self._denunciations = Denunciations(tuple(denunciations))
        self._expiry = expiry
        self._amend = amend
        self._waiting: list[Terminated] = []
        self._new: list[Terminated] = []
        self._weighed = -1

    def expiry(self) -> date | None:
        """The day of the term as it stands."""
        try:
            return self._expiry(self.outline, self.pauses)
        except QpError:  # it is told of the term itself
            return None

    def renew_until(self, day: date) -> None:
        """Makes the renewals that come by a day, that day included."""
        while made := self._next_renewal(day):
            self._act(made)
            self._terminate_by_those_waiting(made.on)

    def amend(self, avenant: Amended) -> None:
        """An avenant takes effect."""
        self._act(avenant)
        if self.since == avenant.applies_from:
            self._waiting.clear()

    def terminate(self, fact: Terminated) -> None:
        """A termination is notified; it counts where the term would come later."""
        self._waiting.append(fact)
        self._new.append(fact)
        self._terminate_by_those_waiting(fact.on)

    def _next_renewal(self, limit: date) -> TacitRenewal | None:
        term = self.outline.term
        due = renewed(term) if term else None
        expiry = self.expiry() if due else None
        if due is None or expiry is None or expiry >= limit:
            return None
        try:
            if self._denunciations.freezing(self.since, expiry, self.outline):
                return None
        except QpError:
            return None
        day = expiry + ONE_DAY
        return TacitRenewal(
            id=f"{RENEWED_ON}{day.isoformat()}",
            kind="amended",
            title=RENEWED_ON,
            on=day,
            changes=(Redate(change="due", target=TERM, due=due),),
        )

    def _terminate_by_those_waiting(self, day: date) -> None:
        facts, self._new = self._new if self._weighed == len(self.acts) else [*self._waiting], []
        self._weighed = len(self.acts)  # as long as nothing else acts, those that wait go on waiting
        for fact in facts:
            try:
                end = termination_end(fact, self.outline)
            except QpError:
                self._waiting.remove(fact)
                continue
            expiry = self.expiry()
            if expiry is not None and expiry <= end.on:
                continue
            self._waiting.remove(fact)
            change = Redate(change="due", target=TERM, due=end)
            self._act(Termination(id=fact.id, kind="amended", title=fact.id, on=day, changes=(change,)))

    def _act(self, avenant: Amended) -> None:
        before, self.outline = self.outline, self._amend(self.outline, avenant)
        if is_redated(before, self.outline):
            self.since = avenant.applies_from
        self.pauses = _pauses_after(self.pauses, avenant)
        self.acts.append((self.outline, avenant, self.pauses))


def _pauses_after(pauses: tuple[Pause, ...], avenant: Amended) -> tuple[Pause, ...]:
    """The days of the term that did not run, once an avenant acts: another date is a new base, a renewal is none."""
    dates = any(isinstance(change, Redate) and change.target == TERM for change in avenant.changes)
    if dates and not isinstance(avenant, TacitRenewal):
        return ()
    return (*pauses, *pauses_of(avenant))
