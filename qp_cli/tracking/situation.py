"""The situation of a convention at a day: its term, and every obligation with its state. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.assessment import Assessment
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.references import ReferenceDay
from qp_cli.tracking.states import State, StateContext, last_notice, stand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.model.convention import Convention, Engagement
    from qp_cli.model.facts import Fact
    from qp_cli.model.sites import Site
    from qp_cli.tracking.deadlines import Dates, Deadline
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.people import Debtor, Directory
    from qp_cli.tracking.states import Standing


_STANDING = frozenset({State.OVERDUE, State.DUE_SOON, State.UPCOMING, State.OPEN, State.IN_EFFECT, State.SUSPENDED})
"""States in which a formal notice still calls for something."""


class Obligation(NamedTuple):
    """One obligation at a day: what, who, where, until when, and where it stands.

    Attributes:
        facts: the ids of the facts that concern it, avenants among them.
        previous_due: the date shown on the eve of the first avenant that moved it.
        moved_by: the avenants that moved it.
        replaced_by: the avenant that put others in its place.
        evidence: the performance, among those facts, that serves no obligation and is kept with this one.
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
        computed_events: the days of the events that follow from others.
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
    called: str = ""
    computed_events: tuple[ReferenceDay, ...] = ()

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
    stopped = assessment.in_force.term_stopped
    stopped_on = stopped.on if stopped else None
    state_context = StateContext(as_of, start.day, term.due if term else None, soon, references.has_begun, stopped_on)
    dates = assessment.current.dates
    return Situation(
        as_of,
        current,
        assessment.directory,
        tuple(sites),
        tuple(
            _obligation(one, state_context, dates)
            for engagement in current.engagements
            for one in assessment.obligations(engagement.id)
        ),
        term,
        start,
        references.find(current.approval).day if current.approval else None,
        assessment.ended_by,
        references.find(current.signature) if current.signature else None,
        assessment.previous_term,
        assessment.term_moved_by,
        computed_events=tuple(references.find(event.id) for event in current.events if event.when),
    )


def _obligation(one: PendingObligation, state_context: StateContext, dates: Dates) -> Obligation:
    standing = stand(one, state_context)
    if one.facts and standing.state in _STANDING and (notice := last_notice(one.deciding, dates)):
        standing = standing._replace(notice=notice)
    return Obligation(
        one.id,
        dates.references.convention.id,
        one.engagement,
        one.debtor,
        (one.site,) if one.site else (),
        standing,
        _concerning(one),
        one.previous_due,
        one.moved_by,
        (one.replaced_by,) if one.replaced_by else (),
        tuple(fact.id for fact in one.evidence),
    )


def _concerning(one: PendingObligation) -> tuple[str, ...]:
    """The ids of the facts that concern an obligation: its request, those about it, the avenants."""
    if not (one.facts or one.evidence or one.avenants or one.request):
        return ()
    asked = (one.request.fact,) if one.request and one.request.fact else ()
    named = (*(fact.id for fact in one.facts), *(fact.id for fact in one.evidence), *one.avenants)
    return tuple(dict.fromkeys((*asked, *named)))
