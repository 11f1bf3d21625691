"""Which facts count as a journal is read, in any order, when what cancels them may be cancelled in turn. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.model.facts import Voided

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qp_cli.model.facts import Fact


class _Chain:
    """A fact, what alone cancels it, what alone cancels that, and so on: as long as each has one cancellation.

    Attributes:
        against: how many of the cancellations of the last one have an effect, where it has several.
        has_effect: whether the first one counts, or cancels.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.against = 0
        self.has_effect = False
        self._read: set[str] = set()
        self._known = 0

    def read(self, name: str) -> None:
        """Reads one of them."""
        self._read.add(name)

    def turns(self) -> bool:
        """Whether the first one has an effect now and had none, or has none any more."""
        while self._known < len(self.names) and self.names[self._known] in self._read:
            self._known += 1
        # The first that was not read has none, and so has the last one where something cancels it: by turns from there.
        without = self._known - (self._known == len(self.names) and self.against > 0)
        before, self.has_effect = self.has_effect, without % 2 == 1
        return before is not self.has_effect


class EffectiveFacts:
    """Which facts count as a journal is read, fact by fact: whenever the same ones do again, in the same state.

    `facts` are all those that will be read, in whatever order.

    Attributes:
        state: a number that stands for the facts that count so far, cancellations apart.
    """

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.state = 0
        self._last = 0
        self._targets = {fact.id: fact.fact for fact in facts if isinstance(fact, Voided)}
        self._turns: dict[tuple[int, str], int] = {}
        self._against: dict[str, list[str]] = {}
        for name, target in self._targets.items():
            self._against.setdefault(target, []).append(name)
        self._has_circle = _has_circle(self._targets)
        self._chains: dict[str, _Chain] = {}
        if not self._has_circle:
            for name in dict.fromkeys((*(fact.id for fact in facts), *self._against)):
                if not self._is_in_chain(name):
                    self._keep_chain(name)

    def _is_in_chain(self, name: str) -> bool:
        """Whether a fact is the one cancellation of another, and so in the chain of that."""
        return name in self._targets and len(self._against[self._targets[name]]) == 1

    def _keep_chain(self, name: str) -> None:
        names = [name]
        while len(against := self._against.get(names[-1], ())) == 1:
            names += against
        self._chains |= dict.fromkeys(names, _Chain(names))

    def read(self, fact: Fact) -> None:
        """Reads one more fact; where cancellations cancel each other in a circle, no two states are told alike."""
        if self._has_circle:
            self.state = self._new()
            return
        chain = self._chains[fact.id]
        chain.read(fact.id)
        while chain.turns():
            name = chain.names[0]
            if name not in self._targets:
                self._turn(name)
                return
            below = self._chains[self._targets[name]]
            below.against += 1 if chain.has_effect else -1
            chain = below

    def _new(self) -> int:
        self._last += 1
        return self._last

    def _turn(self, name: str) -> None:
        """A fact counts, or counts no more."""
        before = self.state
        if (before, name) not in self._turns:
            self._turns[before, name] = self._new()
            self._turns[self._last, name] = before
        self.state = self._turns[before, name]


def _has_circle(targets: Mapping[str, str]) -> bool:
    """Whether cancellations cancel each other in a circle."""
    ends: set[str] = set()
    for name in targets:
        way: dict[str, None] = {}
        while name in targets and name not in ends and name not in way:
            way[name] = None
            name = targets[name]  # noqa: PLW2901 - the way down from there
        if name in way:
            return True
        ends.update(way)
    return False
