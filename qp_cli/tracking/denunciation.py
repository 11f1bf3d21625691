"""The days by which a tacit renewal can be denounced: an option of each party, for each expiry. Pure."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.dates import ONE_DAY, Step
from qp_cli.law.regimes import find_regime
from qp_cli.messages import msg
from qp_cli.model.convention import Engagement
from qp_cli.model.kinds import DENUNCIATION, TERM, Kind
from qp_cli.tracking.deadlines import Deadline
from qp_cli.tracking.renewal import (
    Denunciations,
    EndedTerm,
    RenewedTerm,
    TacitRenewal,
    is_redated,
    notice_working,
    renewed,
    termination_end,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Denounced
    from qp_cli.tracking.journal import FactsInForce
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.versions import Version

_TITLE = "Dénoncer la reconduction tacite"


class TermExpiry(NamedTuple):
    """A day on which the convention ends unless it is renewed.

    Attributes:
        day: the expiry.
        deadline: the last day on which a denunciation comes in time for it, with its working.
        received: the denunciations received while it was the next expiry, in order.
        is_renewed: whether the convention was renewed on its morrow.
    """

    day: date
    deadline: Deadline
    received: tuple[Denounced, ...]
    is_renewed: bool

    @property
    def in_time(self) -> tuple[Denounced, ...]:
        """The denunciations that came by the last day."""
        return tuple(filter(self.is_in_time, self.received))

    @property
    def too_late(self) -> tuple[Denounced, ...]:
        """The denunciations that came after the last day: they have no effect."""
        return tuple(fact for fact in self.received if not self.is_in_time(fact))

    def is_in_time(self, fact: Denounced) -> bool:
        """Whether a denunciation came by the last day."""
        return fact.on <= (self.deadline.due or self.day)


class RenewalChain(NamedTuple):
    """The renewals of a convention at a day.

    Attributes:
        expiries: those that have passed, and the next one while it can be renewed.
        made: the renewals made since the term was last agreed.
        left: how many more there can be; None without a limit.
        ends_later: the terminations notified whose end comes after the next expiry: they end what is renewed by then.
    """

    expiries: tuple[TermExpiry, ...]
    made: int
    left: int | None
    ends_later: tuple[EndedTerm, ...] = ()

    @property
    def coming(self) -> TermExpiry | None:
        """The expiry that is to come, or the one at which a denunciation let the convention end."""
        return next((each for each in self.expiries if not each.is_renewed), None)


def renewal_chain(
    known: Sequence[Version], in_force: FactsInForce, term_at: Callable[[int], Deadline | None]
) -> RenewalChain | None:
    """The renewals made and the next expiry; None for a convention that is not renewed.

    `term_at` gives the term of a version, by its number.

    Raises:
        OutOfRangeError: a day outside the years qp computes.
    """
    declared = known[-1].outline.term
    if declared is None or declared.renewal is None:
        return None
    due, most = declared.due, declared.renewal.at_most
    term = term_at(len(known) - 1)
    agreed = due.before if isinstance(due, EndedTerm) else due
    made = agreed.made if isinstance(agreed, RenewedTerm) else 0
    left = None if most is None else max(most - made, 0)
    return RenewalChain(
        tuple(_expiries(known, in_force, term_at)),
        made,
        0 if isinstance(due, EndedTerm) else left,
        tuple(_ends_later(known, in_force, term.due if term else None)),
    )


def _ends_later(known: Sequence[Version], in_force: FactsInForce, term: date | None) -> Iterator[EndedTerm]:
    acted = {version.avenant.id for version in known if version.avenant}
    for fact in in_force.terminations:
        if fact.id not in acted and term:
            end = termination_end(fact, known[-1].outline)
            if end.on > term:
                yield end


def _expiries(
    known: Sequence[Version], in_force: FactsInForce, term_at: Callable[[int], Deadline | None]
) -> Iterator[TermExpiry]:
    since, denunciations = date.min, Denunciations(tuple(in_force.denunciations))
    for before, version in itertools.pairwise(known):
        if isinstance(version.avenant, TacitRenewal):
            expiry = term_at(before.number) or Deadline(version.applies_from - ONE_DAY)
            yield _expiry(before.outline, since, expiry, denunciations, is_renewed=True)
        if is_redated(before.outline, version.outline):
            since = version.applies_from
    convention = known[-1].outline
    term = term_at(len(known) - 1)
    if term and term.due and convention.term and renewed(convention.term):
        yield _expiry(convention, since, term, denunciations, is_renewed=False)


def _expiry(
    convention: Convention, since: date, expiry: Deadline, denunciations: Denunciations, *, is_renewed: bool
) -> TermExpiry:
    day = expiry.due or date.max
    return TermExpiry(day, _last_day(convention, day, expiry.steps), denunciations.received(since, day), is_renewed)


def _last_day(convention: Convention, expiry: date, working: tuple[Step, ...]) -> Deadline:
    """The last day to denounce: the notice counted back from the expiry, whose working it has, else the expiry."""
    renewal = convention.term.renewal if convention.term else None
    clause = (renewal.clause or "") if renewal else ""
    named = Step("reference", msg("{name}: {title}", name=TERM, title=msg("expiry of the convention")), clause, expiry)
    computation = notice_working(expiry, renewal, convention) if renewal else None
    if renewal is None or computation is None:
        said = Step("term", msg("No notice in the text: by the expiry itself"), clause, expiry)
        return Deadline(expiry, origin=expiry, occurrence=expiry, steps=(*working, named, said))
    regime = find_regime(renewal.regime or convention.regime)
    return Deadline(
        computation.deadline,
        origin=expiry,
        regime=regime,
        computation=computation,
        steps=(*working, named, *computation.steps),
        occurrence=expiry,
    )


def denouncing(convention: Convention, directory: Directory) -> tuple[str, ...]:
    """Who can denounce: the legal persons that sign, or all of them where no signatory is declared."""
    persons = tuple(party.id for party in convention.parties if party.organ_of is None)
    signing = {directory.legal_person(party.id) for party in convention.parties if party.signatory}
    return tuple(name for name in persons if name in signing) or persons


def denunciation_engagement(convention: Convention, parties: tuple[str, ...]) -> Engagement:
    """What stands for the option to denounce among the engagements of a convention that is renewed."""
    renewal = convention.term.renewal if convention.term else None
    clause = renewal.clause if renewal else None
    return Engagement(id=DENUNCIATION, title=_TITLE, clause=clause, debtors=parties, kind=Kind.OPTION)
