"""Obligations: each engagement, for each debtor, site and occurrence, before its state is known."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from qp_cli.law.computation import Pause, Step
from qp_cli.messages import msg
from qp_cli.model.words import TERM, Kind, Scope
from qp_cli.tracking.deadlines import TRIGGER, Basis, Deadline, resolve
from qp_cli.tracking.directory import Debtor
from qp_cli.tracking.journal import suspensions
from qp_cli.tracking.requests import requests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.model.convention import Engagement
    from qp_cli.model.dues import Due
    from qp_cli.model.journal import Change, FactAbout
    from qp_cli.tracking.deadlines import Dates
    from qp_cli.tracking.directory import Directory
    from qp_cli.tracking.journal import FactsInForce
    from qp_cli.tracking.requests import Request

_SINGLE = frozenset({Kind.ONE_OFF, Kind.CONTINUING})


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
        moved_by: those that moved its date, with the date shown before the first of them.
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
    evidence: tuple[FactAbout, ...] = field(default=(), init=False)
    partial: tuple[Change, ...] = field(default=(), init=False)
    avenants: tuple[str, ...] = field(default=(), init=False)
    moved_by: tuple[str, ...] = field(default=(), init=False)
    previous_due: date | None = field(default=None, init=False)
    replaced_by: str = field(default="", init=False)
    ended_by: str = field(default="", init=False)
    is_former: bool = field(default=False, init=False)
    is_dated_anew: bool = field(default=False, init=False)

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
    def occurrence(self) -> date | None:
        """The day that tells this occurrence from the others of its series."""
        return self.deadline.occurrence

    @property
    def is_single(self) -> bool:
        """Whether it is owed once, or throughout: neither an occurrence nor the answer to a request."""
        return self.engagement.kind in _SINGLE

    @property
    def awaits_request(self) -> bool:
        """Whether it stands for what will be owed on request, once one is made."""
        return self.engagement.kind is Kind.ON_REQUEST and self.request is None

    @property
    def deciding(self) -> list[FactAbout]:
        """The facts that bear on the whole of it; one about some sites only is evidence, no more."""
        return [fact for fact in self.facts if self.site or not fact.sites]

    @property
    def settled_by(self) -> FactAbout | None:
        """The fact that put an end to it; performance does not, of what is owed throughout."""
        kinds = {"waived"} if self.engagement.kind is Kind.CONTINUING else {"fulfilled", "waived"}
        return next((fact for fact in self.deciding if fact.kind in kinds), None)

    @property
    def is_discharged(self) -> bool:
        """Whether a performance or a waiver is recorded of it: others come first."""
        return any(fact.kind in {"fulfilled", "waived"} for fact in self.deciding)

    def due_now(self) -> Deadline:
        """Its deadline with all the facts put into it so far: suspensions that have ended bear on it.

        Raises:
            OutOfRangeError: a day outside the years qp computes.
        """
        if len(self.facts) < 2:  # noqa: PLR2004 - a suspension and a resumption
            return self.deadline
        pauses = tuple(Pause(each.first, each.resumed) for each in suspensions(self.deciding) if each.resumed)
        if not pauses or self.deadline.due is None or self.deadline.basis is Basis.TERM:
            return self.deadline
        return self.dated_in(self.context, pauses) or self.deadline

    def dated_in(self, context: Context, pauses: tuple[Pause, ...] = ()) -> Deadline | None:
        """The deadline that its words give in a context; None where they no longer give this occurrence."""
        if self.is_single or self.request:
            return context.deadlines(self.engagement, self.request, pauses)[0]
        if any(change.change == "due" for change in self.partial):
            (found,) = context.deadlines(self.engagement, None, pauses)
            return found._replace(occurrence=self.occurrence, begins=self.deadline.begins)
        return context.occurrences(self.engagement, pauses).get(self.occurrence)

    def changed(
        self, engagement: Engagement, context: Context, partial: tuple[Change, ...]
    ) -> PendingObligation | None:
        """The same with other words, its date counted again in a context; None where they do not give it."""
        made = copy(self)
        made.engagement, made.context, made.partial = engagement, context, partial
        found = made.dated_in(context)
        if found is None:
            return None
        made.deadline = found
        return made


class Context:
    """What obligations are built in: who, which facts, and what dates are read in; deadlines are worked out once."""

    def __init__(self, directory: Directory, in_force: FactsInForce, dates: Dates) -> None:
        self.directory = directory
        self.in_force = in_force
        self.dates = dates
        self._known: dict[tuple[int, Request | None, tuple[Pause, ...]], _Given] = {}

    def deadlines(
        self, engagement: Engagement, request: Request | None = None, pauses: tuple[Pause, ...] = ()
    ) -> tuple[Deadline, ...]:
        """What an engagement's words give: one deadline, or one for each occurrence; for a request, its answer.

        Raises:
            InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
            OutOfRangeError: a day outside the years qp computes, or too many occurrences.
        """
        return self._given(engagement, request, pauses).deadlines

    def occurrences(self, engagement: Engagement, pauses: tuple[Pause, ...] = ()) -> dict[date | None, Deadline]:
        """The deadlines of a series by their occurrence.

        Raises:
            InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
            OutOfRangeError: a day outside the years qp computes, or too many occurrences.
        """
        return self._given(engagement, None, pauses).by_occurrence

    def _given(self, engagement: Engagement, request: Request | None, pauses: tuple[Pause, ...]) -> _Given:
        """What the same words give, worked out once: they are kept with it, so that their id stays theirs."""
        key = (id(engagement), request, pauses)
        if key not in self._known:
            dates = self.dates._replace(pauses=pauses) if pauses else self.dates
            self._known[key] = _Given(engagement, _deadlines(engagement, dates, request))
        return self._known[key]


class _Given:
    """The deadlines that an engagement's words give."""

    def __init__(self, engagement: Engagement, deadlines: tuple[Deadline, ...]) -> None:
        self.engagement = engagement
        self.deadlines = deadlines

    @cached_property
    def by_occurrence(self) -> dict[date | None, Deadline]:
        """The same by the day that tells one of a series from the others."""
        return {each.occurrence: each for each in self.deadlines}


def _deadlines(engagement: Engagement, dates: Dates, request: Request | None) -> tuple[Deadline, ...]:
    match engagement.kind:
        case Kind.ON_REQUEST:
            return (_answer(engagement, dates, request),)
        case Kind.RECURRING if engagement.due:
            return resolve(engagement.due, dates)
        case _ if engagement.due:
            return resolve(engagement.due, _once(dates, is_length=engagement.kind is Kind.CONTINUING))
        case _:
            return (_by_the_term(engagement, dates),)


def _once(dates: Dates, *, is_length: bool) -> Dates:
    """What a single date is read in: the end of what runs on is a durée; an early end of the whole cuts series only."""
    return dates._replace(is_length=is_length, stop=None) if is_length or dates.stop else dates


def _by_the_term(engagement: Engagement, dates: Dates) -> Deadline:
    """Where the text gives no date: a one-off is owed during the convention, what runs on goes to the term."""
    if engagement.scope is Scope.NATIONAL or dates.references.convention.term is None:
        return Deadline(None)
    term = dates.find(TERM)
    if term.day is None:
        return Deadline(None, Basis.TERM, term.waiting_for)
    text = msg("No deadline in the text: owed during the convention, at the latest at its term")
    if engagement.kind is Kind.CONTINUING:
        text = msg("Owed throughout, until the term of the convention")
    return Deadline(term.day, Basis.TERM, steps=(Step("term", text, term.clause, term.day),))


def _answer(engagement: Engagement, dates: Dates, request: Request | None) -> Deadline:
    """The deadline one request starts: what the text says, else the repository's own target, else none."""
    if request is None:
        return Deadline(None, waiting_for=(engagement.trigger or TRIGGER,))
    asked = dates._replace(request=request.reference, request_name=engagement.trigger, stop=None)
    if engagement.due:
        return _resolved(engagement.due, asked, request)
    if engagement.target:
        return _resolved(engagement.target, asked, request)._replace(basis=Basis.TARGET)
    return Deadline(None, origin=request.on, occurrence=request.on, begins=request.on)


def _resolved(due: Due, dates: Dates, request: Request) -> Deadline:
    return resolve(due, dates)[0]._replace(occurrence=request.on, begins=request.on)


def build(engagement: Engagement, context: Context, former: tuple[Debtor, ...] = ()) -> list[PendingObligation]:
    """Every obligation that an engagement's words give rise to, without the facts that concern each; never none.

    `former` are those who owed it before: a request made of them is answered by those who took their place.

    Raises:
        InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
        OutOfRangeError: a day outside the years qp computes, or too many occurrences.
    """
    if engagement.kind is Kind.ON_REQUEST:
        built = list(_on_request(engagement, context, former))
    else:
        built = list(_owed(engagement, context))
    return built or [_owed_by_nobody(engagement, context)]


def _places(engagement: Engagement) -> tuple[str | None, ...]:
    return engagement.sites or (None,)


def _owed(engagement: Engagement, context: Context) -> Iterator[PendingObligation]:
    deadlines = context.deadlines(engagement)
    recurs = engagement.kind is Kind.RECURRING
    for debtor in context.directory.debtors(engagement):
        for site in _places(engagement):
            for deadline in deadlines:
                suffix = f"@{deadline.occurrence.isoformat()}" if recurs and deadline.occurrence else ""
                yield PendingObligation(engagement, debtor, site, deadline, context, suffix=suffix)


def _on_request(engagement: Engagement, context: Context, former: tuple[Debtor, ...]) -> Iterator[PendingObligation]:
    directory = context.directory
    debtors = directory.debtors(engagement)
    made = requests(engagement, context.in_force, context.dates.references)
    answers: dict[Request, Deadline] = {}
    for debtor in debtors:
        others = [other for other in debtors if other is not debtor]
        meant = [
            each
            for each in made
            if not each.to
            or directory.covers(each.to, debtor, others)
            or any(directory.covers(each.to, one, debtors) for one in former)
        ]
        for site in _places(engagement):
            here = [each for each in meant if not (each.sites and site) or site in each.sites]
            if not here:
                yield PendingObligation(engagement, debtor, site, context.deadlines(engagement)[0], context)
            for request in here:
                if request not in answers:
                    answers[request] = context.deadlines(engagement, request)[0]
                yield PendingObligation(engagement, debtor, site, answers[request], context, request, request.suffix)


def awaiting_request(one: PendingObligation) -> PendingObligation:
    """What stands for the requests to come, beside the answer to one."""
    deadline = one.context.deadlines(one.engagement)[0]
    return PendingObligation(one.engagement, one.debtor, one.site, deadline, one.context)


def _owed_by_nobody(engagement: Engagement, context: Context) -> PendingObligation:
    """What an engagement is shown by when its groups have no member."""
    why = msg("no debtor: {names}", names=", ".join(engagement.debtors))
    return PendingObligation(engagement, Debtor(engagement.debtors), None, Deadline(None, without_date=why), context)
