"""The situation of a convention at a day: its term, and every obligation with its state. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.words import TERM
from qp_cli.tracking.amendments import overlay
from qp_cli.tracking.deadlines import Basis, Frame, resolve
from qp_cli.tracking.directory import Directory
from qp_cli.tracking.ledger import open_ledger
from qp_cli.tracking.moves import Stage, compared, reached, staged
from qp_cli.tracking.notices import last_notice
from qp_cli.tracking.obligations import Bench, build
from qp_cli.tracking.states import Outlook, State, stand
from qp_cli.tracking.timeline import Moment, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qp_cli.model.convention import Convention, Engagement
    from qp_cli.model.journal import Fact
    from qp_cli.model.sites import Site
    from qp_cli.tracking.amendments import Overlay
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.directory import Debtor
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.obligations import Slot
    from qp_cli.tracking.states import Standing


_STANDING = frozenset({State.OVERDUE, State.DUE_SOON, State.UPCOMING, State.OPEN, State.IN_EFFECT, State.SUSPENDED})
"""States in which a formal notice still calls for something."""


class Obligation(NamedTuple):
    """One obligation at a day: what, who, where, until when, and where it stands.

    Attributes:
        facts: the ids of the facts that concern it, avenants among them.
        previous_due: the date it had as signed, where an avenant moved it.
        moved_by: the avenants that moved it.
        replaced_by: the avenants that replaced it by others.
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
        called: what lists of several conventions call it, where its territory alone would not tell it apart.
    """

    as_of: date
    convention: Convention
    directory: Directory
    sites: tuple[Site, ...]
    obligations: tuple[Obligation, ...]
    term: Deadline | None
    start: Moment
    approved_on: date | None
    ended_by: dict[str, str]
    previous_term: date | None = None
    term_moved_by: tuple[str, ...] = ()
    called: str = ""

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
    ledger = open_ledger(facts, as_of)
    signed = overlay(convention, ())
    current = overlay(convention, ledger.amendments)
    timeline, obligations = _instances(current, ledger)
    if ledger.amendments:
        names = reached(current, convention)
        before, owed = _instances(signed, ledger, names)
        stages = [Stage(frozenset(), owed), *_between(convention, staged(current, names), ledger)]
        obligations = tuple(compared(obligations, stages, current))
        previous = before.term
    else:
        previous = timeline.term
    approval = timeline.moment(current.convention.approval) if current.convention.approval else None
    return Situation(
        as_of,
        current.convention,
        Directory(current.convention),
        tuple(sites),
        obligations,
        _marked(timeline.term, TERM, current),
        _start(timeline) or Moment(None),
        approval.day if approval else None,
        current.ended,
        previous.due if previous and timeline.term and previous.due != timeline.term.due else None,
        tuple(current.moved.get(TERM, ())),
    )


def _between(convention: Convention, names: frozenset[str], ledger: Ledger) -> Iterator[Stage]:
    """What was owed of some engagements between each avenant and the next."""
    if not names:
        return
    for number in range(1, len(ledger.amendments)):
        applied = ledger.amendments[:number]
        _, owed = _instances(overlay(convention, applied), ledger, names)
        yield Stage(frozenset(fact.id for fact in applied), owed)


def _instances(
    current: Overlay, ledger: Ledger, names: frozenset[str] | None = None
) -> tuple[Timeline, tuple[Obligation, ...]]:
    """Every obligation of a convention, or of some engagements, with its state at the ledger's day."""
    directory = Directory(current.convention)
    timeline = Timeline(current.convention, directory, ledger, _resolve_term)
    bench = Bench(directory, ledger, _frame(timeline))
    outlook = _outlook(timeline, ledger.as_of)
    obligations = tuple(
        _obligation(slot, current, outlook, bench.frame)
        for engagement in current.convention.engagements
        if names is None or engagement.id in names
        for slot in build(engagement, bench)
    )
    return timeline, obligations


def _frame(timeline: Timeline) -> Frame:
    return Frame(timeline, timeline.convention.regime, timeline.convention.zone)


def _resolve_term(timeline: Timeline) -> Deadline | None:
    term = timeline.convention.term
    return resolve(term.due, _frame(timeline))[0] if term else None


def _outlook(timeline: Timeline, as_of: date) -> Outlook:
    soon = timedelta(days=timeline.convention.due_soon_days)
    return Outlook(as_of, _start(timeline), timeline.moment(TERM), soon)


def _start(timeline: Timeline) -> Moment | None:
    """The day the convention's term is counted from."""
    term = timeline.term
    return Moment(term.origin, term.waiting_for) if term else None


def _marked(deadline: Deadline | None, name: str, current: Overlay) -> Deadline | None:
    """A deadline that an avenant dated anew says so."""
    if deadline and name in current.moved:
        return deadline._replace(basis=Basis.AMENDMENT)
    return deadline


def _obligation(slot: Slot, current: Overlay, outlook: Outlook, frame: Frame) -> Obligation:
    standing = stand(slot, outlook, ended=slot.engagement.id in current.ended)
    if standing.state in _STANDING and (notice := last_notice(slot.deciding, frame)):
        standing = standing._replace(notice=notice)
    if slot.engagement.due and slot.engagement.id in current.moved:
        standing = standing._replace(deadline=standing.deadline._replace(basis=Basis.AMENDMENT))
    return Obligation(
        slot.id,
        current.convention.id,
        slot.engagement,
        slot.debtor,
        (slot.site,) if slot.site else (),
        standing,
        tuple(_concerning(slot, current)),
    )


def _concerning(slot: Slot, current: Overlay) -> Iterator[str]:
    """The ids of the facts that concern an obligation: its request, those about it, the avenants."""
    if slot.trigger and slot.trigger.fact:
        yield slot.trigger.fact
    for fact in slot.facts:
        yield fact.id
    yield from current.moved.get(slot.engagement.id, ())
    if slot.engagement.id in current.ended:
        yield current.ended[slot.engagement.id]
