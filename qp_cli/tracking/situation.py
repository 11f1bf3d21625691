"""The situation of a convention at a day: its term, and every obligation with its state. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.base import replaced
from qp_cli.model.facts import Amended, Occurred
from qp_cli.model.kinds import Kind
from qp_cli.tracking.assessment import Assessment
from qp_cli.tracking.changes import sites_added
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.denunciation import denouncing, denunciation_engagement
from qp_cli.tracking.journal import counting
from qp_cli.tracking.people import Debtor
from qp_cli.tracking.references import ReferenceDay
from qp_cli.tracking.states import State, StateContext, last_notice, option_standing, stand
from qp_cli.tracking.versions import moves_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from qp_cli.model.convention import Convention, Engagement
    from qp_cli.model.facts import Denounced, Fact
    from qp_cli.model.sites import Site
    from qp_cli.tracking.deadlines import Dates, Deadline
    from qp_cli.tracking.denunciation import RenewalChain
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.renewal import MoveKind
    from qp_cli.tracking.states import Standing


_STANDING = frozenset({State.OVERDUE, State.DUE_SOON, State.UPCOMING, State.OPEN, State.IN_EFFECT, State.SUSPENDED})
"""States in which a formal notice still calls for something."""


class PartPerformed(NamedTuple):
    """A performance in part: its day, and which share, where that is said."""

    on: date
    share: str | None


class Obligation(NamedTuple):
    """One obligation at a day: what, who, where, until when, and where it stands.

    Attributes:
        facts: the ids of the facts that concern it, avenants among them.
        previous_due: the date shown on the eve of the first avenant that moved it.
        moved_by: the avenants that moved it.
        replaced_by: the avenant that put others in its place.
        evidence: the performance, among those facts, that serves no obligation and is kept with this one.
        out_of_time: those among these facts that came after the last day of an option.
        moved_how: what each of those that moved it is.
        parts: the performance in part, each with its day and its share, where that is said.
        request: the fact that asked for it, of what is owed on request; none where the convention itself does.
    """

    id: str
    convention: str
    engagement: Engagement
    debtor: Debtor
    sites: tuple[str, ...]
    standing: Standing
    facts: tuple[str, ...]
    previous_due: date | None = None
    moved_by: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    out_of_time: tuple[str, ...] = ()
    moved_how: tuple[MoveKind, ...] = ()
    parts: tuple[PartPerformed, ...] = ()
    request: str | None = None

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.standing.state

    @property
    def deadline(self) -> Deadline:
        """Its deadline, with the working."""
        return self.standing.deadline

    @property
    def due(self) -> date | None:
        """The last day to perform, included; for a continuing one, the last day it runs."""
        return self.standing.deadline.due

    @property
    def derived(self) -> bool:
        """Whether its date is derived from the term rather than written in the text."""
        return self.deadline.basis is Basis.TERM


class Situation(NamedTuple):
    """A convention at a day.

    Attributes:
        start: the day that the term is counted from.
        ended_by: the avenant that ended each engagement that nobody owes any more.
        signature: the event that stands for its signature, where one is declared.
        previous_term: the date of the term that was shown on the eve of the first avenant that moved it.
        term_moved_how: what each of those that moved the term is.
        renewals: the renewals made and the next expiry, of a convention that is renewed.
        computed_events: the days of the events that follow from others.
        signed_on: the day of that event, where it is known, whether it has come or not.
        term_stopped_on: the day since which its term does not run, where it was suspended before it came.
        called: what lists of several conventions call it, where its territory alone would not tell it apart.
    """

    as_of: date
    convention: Convention
    directory: Directory
    sites: tuple[Site, ...]
    obligations: tuple[Obligation, ...]
    term: Deadline | None
    start: ReferenceDay
    approved_on: date | None
    ended_by: dict[str, str]
    signature: ReferenceDay | None = None
    previous_term: date | None = None
    term_moved_by: tuple[str, ...] = ()
    term_moved_how: tuple[MoveKind, ...] = ()
    renewals: RenewalChain | None = None
    called: str = ""
    computed_events: tuple[ReferenceDay, ...] = ()
    term_stopped_on: date | None = None
    signed_on: date | None = None

    @property
    def label(self) -> str:
        """What it is called among others, else by its territory, else its title."""
        return self.called or self.convention.territory or self.convention.title

    @property
    def approved(self) -> bool:
        """Whether the convention was approved by that day; True where no approval is declared."""
        if self.convention.approval is None:
            return True
        return self.approved_on is not None and self.approved_on <= self.as_of


def assess(convention: Convention, sites: Sequence[Site], facts: Sequence[Fact], as_of: date) -> Situation:
    """The situation at the end of `as_of`, from the facts that count by then; the same for the same arguments.

    Raises:
        OutOfRangeError: a deadline outside the years qp computes, or a recurrence without end.
    """
    assessment = Assessment(convention, facts, as_of)
    references, term = assessment.references, assessment.term
    start = ReferenceDay(term.origin, term.waiting_for) if term else ReferenceDay(None)
    current = assessment.convention
    soon = timedelta(days=current.due_soon_days)
    stopped_on = _term_stopped_on(assessment)
    state_context = StateContext(as_of, start.day, term.due if term else None, soon, references.has_begun, stopped_on)
    dates = assessment.current.dates
    moves = moves_of(assessment.versions)
    rows = [
        _obligation(one, state_context, dates, moves)
        for engagement in current.engagements
        for one in assessment.obligations(engagement.id)
    ]
    if renewals := assessment.renewals:
        stands_for = denunciation_engagement(current, denouncing(current, assessment.directory))
        rows += _options(stands_for, renewals, assessment.directory, state_context, current.id)
        if renewals.expiries:
            current = replaced(current, engagements=(*current.engagements, stands_for))
    return Situation(
        as_of,
        current,
        assessment.directory,
        _sites(sites, facts, assessment.in_force.amendments),
        tuple(rows),
        term,
        start,
        references.find(current.approval).day if current.approval else None,
        assessment.ended_by,
        references.find(current.signature) if current.signature else None,
        assessment.previous_term,
        assessment.term_moved_by,
        tuple(moves[name] for name in assessment.term_moved_by),
        renewals,
        computed_events=tuple(references.find(event.id) for event in current.events if event.when),
        term_stopped_on=stopped_on,
        signed_on=_signed_on(assessment, facts),
    )


def _signed_on(assessment: Assessment, facts: Sequence[Fact]) -> date | None:
    """The day of the signature: by the text, by what has happened, else by what is recorded of a later day."""
    event = assessment.convention.signature
    if event is None:
        return None
    recorded = (fact.on for fact in counting(facts) if isinstance(fact, Occurred) and fact.event == event)
    return assessment.references.find(event).day or next(recorded, None)


def _term_stopped_on(assessment: Assessment) -> date | None:
    """The day since which the term does not run: it was suspended before it came, and still is."""
    stopped, term = assessment.in_force.term_stopped, assessment.term
    if stopped is None or term is None or term.due is None or stopped.on > term.due:
        return None
    return stopped.on


def _options(
    engagement: Engagement, renewals: RenewalChain, directory: Directory, state_context: StateContext, convention: str
) -> Iterator[Obligation]:
    """The option of each party to denounce, for each expiry: exercised by its denunciation in time."""
    for expiry in renewals.expiries:
        received: dict[str, list[Denounced]] = {}
        for fact in expiry.received:
            received.setdefault(directory.legal_person(fact.by), []).append(fact)
        for party in engagement.debtors:
            own = received.get(party, [])
            done = next((fact.on for fact in own if expiry.is_in_time(fact)), None)
            yield Obligation(
                f"{engagement.id}/{party}@{expiry.day.isoformat()}",
                convention,
                engagement,
                Debtor((party,)),
                (),
                option_standing(expiry.deadline, state_context.as_of, done),
                tuple(fact.id for fact in own),
                out_of_time=tuple(fact.id for fact in own if not expiry.is_in_time(fact)),
            )


def _sites(sites: Sequence[Site], facts: Sequence[Fact], amendments: Sequence[Amended]) -> tuple[Site, ...]:
    """The sites as signed, then those that avenants in effect have added; `sites` may be those of another day."""
    added = {site.id for fact in facts if isinstance(fact, Amended) for site in sites_added(fact)}
    if not added:
        return tuple(sites)
    signed = (site for site in sites if site.id not in added)
    return (*signed, *(site for avenant in amendments for site in sites_added(avenant)))


def _obligation(
    one: PendingObligation, state_context: StateContext, dates: Dates, moves: Mapping[str, MoveKind]
) -> Obligation:
    standing, sites = stand(one, state_context), (one.site,) if one.site else ()
    name, convention = one.id, dates.references.outline.id
    if one.is_untouched:  # most of them: nothing is to be said of what happened
        about, asked = _concerning(one), _request_of(one)
        return Obligation(name, convention, one.engagement, one.debtor, sites, standing, about, request=asked)
    calls = standing.state in _STANDING and one.engagement.kind is not Kind.OPTION
    if one.facts and calls and (notice := last_notice(one.deciding, dates)):
        standing = standing._replace(notice=notice)
    return Obligation(
        name,
        convention,
        one.engagement,
        one.debtor,
        sites,
        standing,
        _concerning(one),
        one.previous_due,
        one.moved_by,
        (one.replaced_by,) if one.replaced_by else (),
        tuple(fact.id for fact in one.evidence),
        tuple(fact.id for fact in one.out_of_time) if one.facts else (),
        tuple(moves[name] for name in one.moved_by),
        tuple(PartPerformed(fact.on, fact.part) for fact in one.parts) if one.facts else (),
        _request_of(one),
    )


def _request_of(one: PendingObligation) -> str | None:
    """The fact that asked for an obligation, where one did."""
    return (one.request.fact or None) if one.request else None


def _concerning(one: PendingObligation) -> tuple[str, ...]:
    """The ids of the facts that concern an obligation: its request, those about it, the avenants."""
    asked = (one.request.fact,) if one.request and one.request.fact else ()
    if not (one.facts or one.evidence or one.avenants):
        return asked
    named = (*(fact.id for fact in one.facts), *(fact.id for fact in one.evidence), *one.avenants)
    return tuple(dict.fromkeys((*asked, *named)))
