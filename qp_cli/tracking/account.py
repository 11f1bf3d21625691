"""What the facts put into one obligation amount to: each is read once, in order, however often it is asked."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.counting import Pause
from qp_cli.model.amounts import share_of
from qp_cli.model.facts import Breached, Fulfilled, Resumed, Suspended, Waived
from qp_cli.tracking.journal import causes_after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qp_cli.model.facts import FactAbout


class PausingStep(NamedTuple):
    """What a suspension or a resumption found and left: the causes before and after, and the last such fact before."""

    before: frozenset[bool]
    after: frozenset[bool]
    earlier: Suspended | Resumed | None


class FormerDate(NamedTuple):
    """What an avenant moved: the date until then, and since when a suspension held it that had not ended."""

    avenant: str
    due: date | None
    held_since: date | None


class Account:
    """The facts put into one obligation, read as they come; only ever added to.

    Attributes:
        facts: all of them, in order.
        deciding: those that bear on the whole of it; one about some sites only is evidence, no more.
        waived: the first waiver among these.
        breach: the first among these that says that it was broken.
        open_since: the first day of the suspension that has not ended, if there is one.
    """

    __slots__ = (
        "_causes",
        "_due",
        "_ended",
        "_held",
        "_is_at_site",
        "_pauses",
        "_pausings",
        "_place",
        "_ranked",
        "_ranks",
        "_read",
        "_settled",
        "_share",
        "_totals",
        "breach",
        "deciding",
        "facts",
        "open_since",
        "waived",
    )

    def __init__(self, facts: list[FactAbout], *, is_at_site: bool) -> None:
        self.facts = facts
        self.deciding: list[FactAbout] = []
        self.waived: Waived | None = None
        self.breach: Breached | None = None
        self.open_since: date | None = None
        self._is_at_site = is_at_site
        self._read = 0
        self._causes: frozenset[bool] = frozenset()
        self._ended: list[Pause] = []
        self._pauses: tuple[Pause, ...] = ()
        self._held: dict[int, date] = {}
        self._totals: tuple[int, dict[int, Fraction]] = (0, {})
        self._pausings: tuple[int, dict[int, PausingStep]] = (0, {})
        self._ranked = 0
        self._ranks: dict[int, int] = {}
        self._begin(None)

    def read_on(self) -> Account:
        """The same, once what was put in since is read."""
        if self._read < len(self.facts):
            for fact in self.facts[self._read :]:
                if self._is_at_site or not fact.sites:
                    self._take(fact)
            self._read = len(self.facts)
        return self

    def _take(self, fact: FactAbout) -> None:
        self.deciding.append(fact)
        if isinstance(fact, Suspended | Resumed):
            self._pause(fact)
        elif isinstance(fact, Waived):
            self.waived = self.waived or fact
        elif isinstance(fact, Breached):
            self.breach = self.breach or fact
        if self.open_since:
            self._held.setdefault(id(fact), self.open_since)

    def _pause(self, fact: Suspended | Resumed) -> None:
        """A second suspension in a row, or a resumption of nothing, says nothing more (C. civ. art. 2230)."""
        self._causes = causes_after(self._causes, fact)
        if self._causes and self.open_since is None:
            self.open_since = fact.on
        elif not self._causes and self.open_since is not None:
            self._ended.append(Pause(self.open_since, fact.on))
            self.open_since = None

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The suspensions that have ended, oldest first; the same object until another one ends."""
        if len(self._pauses) != len(self._ended):
            self._pauses = tuple(self._ended)
        return self._pauses

    def _begin(self, due: date | None) -> None:
        self._due = due
        self._place = 0
        self._share = Fraction(0)
        self._settled: Fulfilled | Waived | None = None

    def settled_by(self, due: date | None) -> Fulfilled | Waived | None:
        """The first performance or waiver that settles it: of several parts the last one, of an option in time.

        Args:
            due: the last day of an option; None for what can be performed after its date.
        """
        if due != self._due:
            self._begin(due)
        while self._settled is None and self._place < len(self.deciding):
            fact = self.deciding[self._place]
            self._place += 1
            if isinstance(fact, Fulfilled | Waived) and not self.is_late(fact, due) and self._is_whole(fact):
                self._settled = fact
        return self._settled

    def _is_whole(self, fact: Fulfilled | Waived) -> bool:
        """Whether a fact settles the whole, with the parts before it."""
        if isinstance(fact, Waived) or not fact.is_partial:
            return True
        self._share += share_of(fact.part) if fact.part else 0
        return self._share >= 1

    def is_late(self, fact: FactAbout, due: date | None) -> bool:
        """Whether a fact comes after a day; while the obligation was suspended, no day of it ran."""
        if due is None or fact.on <= due:
            return False
        is_deciding = self._is_at_site or not fact.sites
        held = self._held.get(id(fact)) if is_deciding else self.open_since
        return held is None or held > due

    def was_suspended_at(self, fact: FactAbout) -> bool:
        """Whether a fact that bears on the whole came while the obligation was suspended."""
        return id(fact) in self._held

    def is_before(self, one: FactAbout, other: FactAbout) -> bool:
        """Whether a fact of these came before another, which is one of them or later than all."""
        for fact in self.facts[self._ranked :]:
            self._ranks.setdefault(id(fact), self._ranked)
            self._ranked += 1
        rank = self._ranks.get(id(one))
        return rank is not None and rank < self._ranks.get(id(other), len(self.facts))

    @property
    def parts(self) -> Iterator[Fulfilled]:
        """The performances in part, in order."""
        return (fact for fact in self.deciding if isinstance(fact, Fulfilled) and fact.is_partial)

    def total_with(self, fact: FactAbout) -> Fraction:
        """What the parts come to with one of them; nothing for what is none."""
        if self._totals[0] < len(self.facts):
            self._totals = len(self.facts), self._summed()
        return self._totals[1].get(id(fact), Fraction(0))

    def _summed(self) -> dict[int, Fraction]:
        total = Fraction(0)
        found: dict[int, Fraction] = {}
        for fact in self.parts:
            total += share_of(fact.part) if fact.part else 0
            found.setdefault(id(fact), total)
        return found

    def pausing(self, fact: Suspended | Resumed) -> PausingStep:
        """What a suspension or a resumption of these found and left; those about some sites count among them."""
        if self._pausings[0] < len(self.facts):
            self._pausings = len(self.facts), self._pausing_steps()
        return self._pausings[1][id(fact)]

    def _pausing_steps(self) -> dict[int, PausingStep]:
        found: dict[int, PausingStep] = {}
        causes: frozenset[bool] = frozenset()
        earlier: Suspended | Resumed | None = None
        for fact in self.facts:
            if isinstance(fact, Suspended | Resumed):
                after = causes_after(causes, fact)
                found.setdefault(id(fact), PausingStep(causes, after, earlier))
                causes, earlier = after, fact
        return found
