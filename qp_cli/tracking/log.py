"""The journal as people read it: in order, chosen by who, what, when and where, with what was cancelled. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.facts import Add, Amended, Occurred, ProofAdded, Reassign, Triggered, Voided
from qp_cli.model.kinds import ALL, TERM
from qp_cli.tracking.filters import find_engagement, find_party, find_site
from qp_cli.tracking.journal import cancellations, order, subjects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from qp_cli.model.convention import Convention, Engagement
    from qp_cli.model.facts import Fact
    from qp_cli.tracking.situation import Situation


class Filter(NamedTuple):
    """What to keep: names as people type them, kinds of fact, and days, both included."""

    parties: tuple[str, ...] = ()
    engagements: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    sites: tuple[str, ...] = ()

    def takes(self, fact: Fact) -> bool:
        """Whether a fact is of the kinds and the days wanted."""
        return (
            (not self.kinds or fact.kind in self.kinds)
            and (self.since is None or self.since <= fact.on)
            and (self.until is None or fact.on <= self.until)
        )


class Entry(NamedTuple):
    """A fact, the one that cancelled it by the day looked at if any, the one that it cancels, the one it shows."""

    fact: Fact
    cancelled_by: Fact | None = None
    cancels: Fact | None = None
    completes: Fact | None = None


def log_entries(situation: Situation, signed: Convention, facts: Sequence[Fact], wanted: Filter) -> list[Entry]:
    """The facts of the day looked at and before that match every part of a filter, newest last.

    Several names of one sort are alternatives. What is about nobody, or no site, in particular matches them all.

    Raises:
        UsageError: a party, an engagement or a site that nobody knows.
    """
    parties = [find_party(situation, name) for name in wanted.parties]
    engagements = {TERM if found is None else found.id for found in _found(situation, wanted.engagements)}
    sites = {find_site(situation, name) for name in wanted.sites}
    known = [fact for fact in facts if fact.on <= situation.as_of]
    told = {fact.id: fact for fact in known}
    cancelled = cancellations(facts)
    book = _Book(situation, signed, told)
    chosen = [fact for fact in known if wanted.takes(fact) and book.is_about(fact, parties, engagements, sites)]
    chosen.sort(key=lambda fact: (fact.on, *order(fact)[:2]))
    return [Entry(fact, cancelled.get(fact.id), *named_by(fact, told)) for fact in chosen]


def named_by(fact: Fact, told: Mapping[str, Fact]) -> tuple[Fact | None, Fact | None]:
    """The fact that one cancels, and the one that it shows, among those told by their ids."""
    match fact:
        case Voided():
            return told.get(fact.fact), None
        case ProofAdded():
            return None, told.get(fact.fact)
        case _:
            return None, None


def _found(situation: Situation, names: Iterable[str]) -> list[Engagement | None]:
    return [find_engagement(situation, name) for name in names]


class _Book:
    """Who, what and where the facts of a journal are about; so are a cancellation and a proof, through theirs."""

    def __init__(self, situation: Situation, signed: Convention, told: dict[str, Fact]) -> None:
        self._directory = situation.directory
        self._told = told
        self._triggers = {one.id: one.trigger for one in situation.convention.engagements}
        self._owing: dict[str, set[str]] = {}
        for engagement in (*signed.engagements, *situation.convention.engagements):
            self._owing.setdefault(engagement.id, set()).update(engagement.debtors)
        for fact in told.values():
            for change in fact.changes if isinstance(fact, Amended) else ():
                if isinstance(change, Reassign):
                    self._owing.setdefault(change.target, set()).update(change.debtors)
                elif isinstance(change, Add) and change.engagement:
                    self._owing.setdefault(change.engagement.id, set()).update(change.engagement.debtors)

    def _meant(self, fact: Fact) -> Fact:
        seen: set[str] = set()
        while isinstance(fact, Voided | ProofAdded) and fact.fact in self._told and fact.id not in seen:
            seen.add(fact.id)
            fact = self._told[fact.fact]
        return fact

    def is_about(
        self, fact: Fact, parties: Collection[str], engagements: AbstractSet[str], sites: AbstractSet[str]
    ) -> bool:
        """Whether a fact is about one of the parties, one of the engagements and one of the sites, if any."""
        if parties and not any(self.concerns(fact, party) for party in parties):
            return False
        if engagements and not self.subjects(fact) & engagements:
            return False
        return not sites or not self.sites(fact) or bool(sites & self.sites(fact))

    def subjects(self, fact: Fact) -> set[str]:
        """The engagements, or the term, that a fact is about."""
        fact = self._meant(fact)
        if isinstance(fact, Occurred):
            return {name for name, trigger in self._triggers.items() if trigger == fact.event}
        found = set(subjects(fact))
        return found | self._owing.keys() if ALL in found else found

    def sites(self, fact: Fact) -> set[str]:
        """The sites a fact names."""
        fact = self._meant(fact)
        return set() if isinstance(fact, Amended | Voided | ProofAdded) else set(getattr(fact, "sites", ()))

    def concerns(self, fact: Fact, party: str) -> bool:
        """Whether a fact is by or to a party, its organs, its groups or roles; or about what it owes, naming nobody."""
        fact = self._meant(fact)
        named = {name for name in (getattr(fact, "by", None), *getattr(fact, "to", ())) if name}
        if isinstance(fact, Triggered) and not fact.to:
            named |= self._debtors({fact.engagement})
        elif not named and TERM not in self.subjects(fact):
            named = self._debtors(self.subjects(fact))
        return not named or any(self._is(name, party) for name in named)

    def _debtors(self, engagements: Iterable[str]) -> set[str]:
        """Who owes these, owed them or will owe them."""
        return {debtor for name in engagements for debtor in self._owing.get(name, ())}

    def _is(self, name: str, party: str) -> bool:
        """Whether a name stands for a party, one of its organs, or a group or role it has a part in."""
        if name == party:
            return True
        return not self._directory.meant_by(party).with_organs.isdisjoint(self._directory.members(name))
