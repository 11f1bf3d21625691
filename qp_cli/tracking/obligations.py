"""Obligations: each engagement, for each debtor, site and occurrence, before its state is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import is_
from typing import TYPE_CHECKING

from qp_cli.law.dates import Step
from qp_cli.messages import msg
from qp_cli.model.facts import Fulfilled, Redate
from qp_cli.model.kinds import TERM, Kind, Scope
from qp_cli.tracking.account import Account
from qp_cli.tracking.dating import dating_of, names_days
from qp_cli.tracking.deadlines import DATELESS, TRIGGER, Basis, Deadline, as_target, resolve
from qp_cli.tracking.people import Debtor, owed_by
from qp_cli.tracking.performance import dated_request, requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qp_cli.law.counting import Pause
    from qp_cli.model.convention import Engagement
    from qp_cli.tracking.account import FormerDate
    from qp_cli.tracking.changes import EngagementWords
    from qp_cli.tracking.deadlines import Dates
    from qp_cli.tracking.journal import FactsInForce
    from qp_cli.tracking.people import DebtorAtSite, Directory
    from qp_cli.tracking.performance import Request

    Former = Mapping[str, tuple[Debtor, ...]]
    from qp_cli.model.facts import Change, FactAbout


class Context:
    """What obligations are built in: who, which facts, and what dates are read in; deadlines are worked out once."""

    def __init__(self, directory: Directory, in_force: FactsInForce, dates: Dates) -> None:
        self.directory = directory
        self.in_force = in_force
        self.dates = dates
        self._known: dict[tuple[object, ...], tuple[Engagement, tuple[Deadline, ...]]] = {}
        self._occurrences: dict[int, tuple[tuple[Deadline, ...], dict[date | None, Deadline]]] = {}

    @cached_property
    def counted_from_the_term(self) -> frozenset[str]:
        """The engagements whose dates the text makes run from the end of the convention."""
        return self.dates.references.running_from_the_term()

    def deadlines(
        self, engagement: Engagement, request: Request | None = None, pauses: tuple[Pause, ...] = ()
    ) -> tuple[Deadline, ...]:
        """What an engagement's words give: one deadline, or one for each occurrence; for a request, its answer.

        Raises:
            InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
            OutOfRangeError: a day outside the years qp computes, or too many occurrences.
        """
        # By its identity: to compare all the words of an engagement costs more than to count its dates.
        key = (id(engagement), request, pauses)
        if key in self._known:
            return self._known[key][1]
        found = _deadlines(engagement, self.dates._replace(pauses=pauses) if pauses else self.dates, request)
        if self.dates.references.is_settled:
            self._known[key] = engagement, found
        return found

    def occurrence(self, engagement: Engagement, pauses: tuple[Pause, ...], day: date | None) -> Deadline | None:
        """The deadline of one occurrence of a series; None where its words do not give it."""
        found = self.deadlines(engagement, None, pauses)
        key = id(found)
        if key not in self._occurrences:
            self._occurrences[key] = found, {each.occurrence: each for each in reversed(found)}
        return self._occurrences[key][1].get(day)


def _deadlines(engagement: Engagement, dates: Dates, request: Request | None) -> tuple[Deadline, ...]:
    dating = dating_of(engagement)
    if dating or names_days(engagement.due):
        dates = dates._replace(clause=engagement.clause or "", dating=dating)
    match engagement.kind:
        case Kind.ON_REQUEST:
            return (_answer(engagement, dates, request),)
        case Kind.RECURRING if engagement.due:
            return resolve(engagement.due, dates)
        case _ if engagement.due:
            is_length = engagement.kind is Kind.CONTINUING  # the end of what runs on is a durée
            return resolve(engagement.due, dates._replace(is_length=True) if is_length else dates)
        case _:
            return (_by_the_term(engagement, dates),)


def _by_the_term(engagement: Engagement, dates: Dates) -> Deadline:
    """Where the text gives no date: a one-off is owed during the convention, what runs on goes to the term."""
    if engagement.scope is Scope.NATIONAL or dates.references.outline.term is None:
        return Deadline(None)
    term = dates.find(TERM)
    if term.day is None:
        return Deadline(None, Basis.TERM, term.waiting_for)
    text = msg("No deadline in the text: owed during the convention, at the latest at its term")
    if engagement.kind is Kind.CONTINUING:
        text = msg("Owed throughout, until the term of the convention")
    elif engagement.kind is Kind.OPTION:
        text = msg("No day in the text: open during the convention, until its term")
    steps = (*(term.working.steps if term.working else ()), Step("term", text, term.clause, term.day))
    return Deadline(term.day, Basis.TERM, steps=steps, is_length=engagement.kind is Kind.CONTINUING)


def _answer(engagement: Engagement, dates: Dates, request: Request | None) -> Deadline:
    """The deadline one request starts: what the text says, else the repository's own target, else none."""
    if request is None:
        return Deadline(None, waiting_for=(engagement.trigger or TRIGGER,))
    asked = dates._replace(request=request.reference, request_name=engagement.trigger)
    if engagement.due:
        found = resolve(engagement.due, asked)[0]
    elif engagement.target:
        found = as_target(resolve(engagement.target, asked._replace(dating=None))[0])
    else:
        found = Deadline(None, origin=request.on)
    return found._replace(occurrence=request.on, begins=request.on)


_SINGLE = frozenset({Kind.ONE_OFF, Kind.CONTINUING, Kind.OPTION})


@dataclass(eq=False, repr=False)
class PendingObligation:
    """One obligation before its state is known; facts are put into it one by one.

    Attributes:
        deadline: its date as the text gives it, before any suspension.
        context: what that date was read in.
        facts: those that bear on it, in order.
        evidence: performance that came before it could serve: kept with it, and counted for nothing.
        partial: the changes that reach it and not the whole of its engagement.
        avenants: those that dated it, gave it its debtor, or ended it.
        former_dates: the dates that avenants moved; `previous_due` is the one shown before the first of them.
        replaced_by: the avenant that put others in its place, if one did.
        ended_by: the avenant after which it is no longer owed, if one did that.
        is_former: whether its debtor has handed over what comes after it.
        is_dated_anew: whether an avenant gave its date.
    """

    engagement: Engagement
    debtor: Debtor
    site: str | None
    deadline: Deadline
    context: Context
    request: Request | None = None
    suffix: str = ""
    facts: list[FactAbout] = field(default_factory=list)
    evidence: list[FactAbout] = field(default_factory=list, init=False)
    partial: tuple[Change, ...] = field(default=(), init=False)
    avenants: tuple[str, ...] = field(default=(), init=False)
    former_dates: tuple[FormerDate, ...] = field(default=(), init=False)
    previous_due: date | None = field(default=None, init=False)
    replaced_by: str = field(default="", init=False)
    ended_by: str = field(default="", init=False)
    is_former: bool = field(default=False, init=False)
    is_dated_anew: bool = field(default=False, init=False)
    _account: Account | None = field(default=None, init=False)
    _paused: tuple[tuple[object, ...], Deadline] | None = field(default=None, init=False)

    @property
    def id(self) -> str:
        """Readable and stable: `engagement/debtor[/site][@origin]`."""
        site = f"/{self.site}" if self.site else ""
        return f"{self.engagement.id}/{self.debtor.key}{site}{self.suffix}"

    @property
    def lane(self) -> tuple[str, str | None]:
        """Whose it is and where: what performance that names no occurrence is looked for among."""
        return self.debtor.key, self.site

    @property
    def place(self) -> tuple[str | None, str]:
        """Where it is owed, and which one of several it is: what several debtors can owe each in turn."""
        return self.site, self.suffix

    @property
    def occurrence(self) -> date | None:
        """The day that tells this occurrence from the others of its series."""
        return self.deadline.occurrence

    @property
    def moved_by(self) -> tuple[str, ...]:
        """The avenants that moved its date, in order."""
        return tuple(former.avenant for former in self.former_dates)

    @property
    def is_untouched(self) -> bool:
        """Whether no fact and no avenant has borne on it so far."""
        return not (self.facts or self.evidence or self.avenants or self.former_dates)

    @property
    def is_single(self) -> bool:
        """Whether it is owed once, or throughout: neither an occurrence nor the answer to a request."""
        return self.engagement.kind in _SINGLE

    @property
    def awaits_request(self) -> bool:
        """Whether it stands for what will be owed on request, once one is made."""
        return self.engagement.kind is Kind.ON_REQUEST and self.request is None

    @property
    def account(self) -> Account:
        """What its facts amount to, those put in since read too."""
        if self._account is None or self._account.facts is not self.facts:
            self._account = Account(self.facts, is_at_site=bool(self.site))
        return self._account.read_on()

    @property
    def deciding(self) -> Sequence[FactAbout]:
        """The facts that bear on the whole of it; one about some sites only is evidence, no more."""
        return self.account.deciding

    @property
    def settled_by(self) -> FactAbout | None:
        """The fact that put an end to it; performance does not, of what is owed throughout."""
        if not self.facts:
            return None
        return self.account.waived if self.engagement.kind is Kind.CONTINUING else self.discharged_by

    @property
    def discharged_by(self) -> FactAbout | None:
        """The first performance or waiver of the whole, of what is owed throughout too."""
        return self.account.settled_by(self._last_day) if self.facts else None

    @property
    def _last_day(self) -> date | None:
        """The day after which an option can no longer be exercised; None for what is owed."""
        return self.due_now().due if self.engagement.kind is Kind.OPTION else None

    def discharged_before(self, fact: FactAbout) -> FactAbout | None:
        """The fact that had settled it before another one came, which is one of its own or later than these."""
        found = self.settled_by
        return found if found and self.account.is_before(found, fact) else None

    @property
    def parts(self) -> tuple[Fulfilled, ...]:
        """Its performance in part, in order."""
        return tuple(self.account.parts)

    @property
    def out_of_time(self) -> tuple[FactAbout, ...]:
        """The performance recorded of an option after its last day: without effect.

        While it is suspended no day of it runs.
        """
        if self._last_day is None:
            return ()
        return tuple(fact for fact in self.facts if self.is_out_of_time(fact))

    def is_out_of_time(self, fact: FactAbout) -> bool:
        """Whether a fact is a performance of an option after its last day."""
        return isinstance(fact, Fulfilled) and self.account.is_late(fact, self._last_day)

    @property
    def is_discharged(self) -> bool:
        """Whether a performance or a waiver is recorded of it: others come first."""
        return self.discharged_by is not None

    @property
    def performed_on(self) -> date | None:
        """The day of the first performance recorded of it, unless it had been waived by then."""
        first = self.discharged_by
        return first.on if isinstance(first, Fulfilled) else None

    def due_now(self) -> Deadline:
        """Its deadline with all the facts put into it so far: suspensions that have ended bear on it.

        Raises:
            OutOfRangeError: a day outside the years qp computes.
        """
        if len(self.facts) < 2:  # noqa: PLR2004 - a suspension and a resumption
            return self.deadline
        pauses = self.account.pauses
        if not pauses or self.deadline.due is None or self.deadline.basis is Basis.TERM:
            return self.deadline
        asked = (pauses, self.deadline, self.context, self.engagement, self.partial)
        if self._paused and all(map(is_, self._paused[0], asked)):
            return self._paused[1]
        found = self.dated_in(self.context, pauses) or self.deadline
        if self.context.dates.references.is_settled:
            self._paused = asked, found
        return found

    def dated_in(self, context: Context, pauses: tuple[Pause, ...] = ()) -> Deadline | None:
        """The deadline that its words give in a context; None where they no longer give this occurrence."""
        if self.is_single or self.request:
            return context.deadlines(self.engagement, self.request, pauses)[0]
        if any(isinstance(change, Redate) for change in self.partial):
            found = context.deadlines(self.engagement, self.request, pauses)
            return found[0]._replace(occurrence=self.occurrence, begins=self.deadline.begins)
        return context.occurrence(self.engagement, pauses, self.occurrence)

    def copied(self) -> PendingObligation:
        """The same, to be changed: what is put into either later is put into both, but for evidence."""
        made = object.__new__(PendingObligation)
        made.__dict__.update(self.__dict__)
        made.evidence = [*self.evidence]
        return made

    def changed(
        self, engagement: Engagement, context: Context, partial: tuple[Change, ...]
    ) -> PendingObligation | None:
        """The same with other words, its date counted again in a context; None where they do not give it."""
        if self.request and not self.request.fact:
            asked = dated_request(engagement, context.dates.references)
            if asked is None or asked.on != self.request.on:
                return None
        made = self.copied()
        made.engagement, made.context, made.partial = engagement, context, partial
        found = made.dated_in(context)
        if found is None:
            return None
        made.deadline = found
        return made


def standing_deadlines(pending: Iterable[PendingObligation]) -> tuple[Deadline, ...]:
    """The dates of obligations as screens show them, each once, oldest first; none of what was ended or replaced.

    Raises:
        OutOfRangeError: a day outside the years qp computes.
    """
    standing = (one.due_now() for one in pending if not (one.replaced_by or one.ended_by))
    found = {(each.due, each.occurrence): each for each in standing}
    return tuple(sorted(found.values(), key=lambda each: each.due or date.max))


def build(words: EngagementWords, context: Context, former: Former | None = None) -> list[PendingObligation]:
    """Every obligation that the words of an engagement give rise to, without the facts that concern each; never none.

    `former` are those whose place each debtor has taken: a request made of them is answered by it.

    Raises:
        InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
        OutOfRangeError: a day outside the years qp computes, or too many occurrences.
    """
    if words.engagement.kind is Kind.ON_REQUEST:
        built = list(_on_request(words, context, former or {}))
    else:
        built = list(owed_in(owed_by(words, context.directory), words.engagement, context))
    return built or [_owed_by_nobody(words.engagement, context)]


def owed_in(lanes: Iterable[DebtorAtSite], engagement: Engagement, context: Context) -> Iterator[PendingObligation]:
    """What an engagement that answers no request has some owe, where they do, without facts."""
    deadlines, recurs = context.deadlines(engagement), engagement.kind is Kind.RECURRING
    suffixes = [f"@{each.occurrence.isoformat()}" if recurs and each.occurrence else "" for each in deadlines]
    for lane in lanes:
        for deadline, suffix in zip(deadlines, suffixes, strict=True):
            yield PendingObligation(*lane, deadline, context, None, suffix)


def _on_request(words: EngagementWords, context: Context, former: Former) -> Iterator[PendingObligation]:
    made = requests(words.engagement, context.in_force, context.dates.references)
    answers: dict[Request, Deadline] = {}
    for lane in owed_by(words, context.directory):
        here = [each for each in made if _is_asked(each, lane, context.directory, former)]
        if not here:
            yield PendingObligation(*lane, context.deadlines(words.engagement)[0], context)
        for request in here:
            if request not in answers:
                answers[request] = context.deadlines(words.engagement, request)[0]
            yield PendingObligation(*lane, answers[request], context, request, request.suffix)


def _is_asked(request: Request, lane: DebtorAtSite, directory: Directory, former: Former) -> bool:
    """Whether a request is made of a debtor at a site; one made of whom it took the place of is made of it."""
    if request.sites and lane.site and lane.site not in request.sites:
        return False
    if not request.to:
        return True
    debtors = directory.debtors(lane.engagement)
    if directory.covers(request.to, lane.debtor, [other for other in debtors if other is not lane.debtor]):
        return True
    return any(directory.covers(request.to, one, debtors) for one in former.get(lane.debtor.key, ()))


def awaiting_request(one: PendingObligation) -> PendingObligation:
    """What stands for the requests to come, beside the answer to one."""
    deadline = one.context.deadlines(one.engagement)[0]
    return PendingObligation(one.engagement, one.debtor, one.site, deadline, one.context)


def undated(one: PendingObligation) -> PendingObligation:
    """What a series is shown by where none of its days is owed."""
    made = one.copied()
    made.deadline, made.suffix = DATELESS, ""
    return made


def _owed_by_nobody(engagement: Engagement, context: Context) -> PendingObligation:
    """What an engagement is shown by when its groups have no member."""
    why = msg("no debtor: {names}", names=", ".join(engagement.debtors))
    return PendingObligation(engagement, Debtor(engagement.debtors), None, Deadline(None, without_date=why), context)
