"""The situations between two: with only time passed, without one thing that differs, or with it alone. Pure."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import QpError
from qp_cli.tracking.journal import cancellations
from qp_cli.tracking.situation import assess

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qp_cli.model.convention import Convention
    from qp_cli.model.journal import Fact
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.situation import Obligation

EDIT = ""
"""What stands for an edit of the convention among the ids of facts."""


class World(NamedTuple):
    """A situation that never was, as far as it can be computed: the obligations by id, and the term."""

    obligations: Mapping[str, Obligation]
    term: date | None


class Worlds:
    """The worlds at the later of two days, each computed once."""

    def __init__(self, earlier: Dossier, later: Dossier) -> None:
        self.old, self.new = earlier.counting, later.counting
        names = dict.fromkeys((*self.old, *self.new))
        cancelled = [cancellations(side.facts) for side in (earlier, later)]
        self.facts = tuple(
            name
            for name in names
            if self.old.get(name) != self.new.get(name) and not all(name in gone for gone in cancelled)
        )
        """The ids of the facts that count on one side only, or otherwise."""
        self.is_edited = earlier.signed != later.signed
        self._conventions = (earlier.signed, later.signed)
        self._day = later.situation.as_of
        self._without: dict[str, World] = {}
        self._only: dict[str, World] = {}

    @cached_property
    def frozen(self) -> World:
        """Only time has passed."""
        return self._assess(self._conventions[0], self.old)

    def without(self, name: str) -> World:
        """As the later side, but for one thing, which is as on the earlier side."""
        if name not in self._without:
            convention = self._conventions[0 if name == EDIT else 1]
            self._without[name] = self._assess(convention, _with(self.new, name, self.old.get(name)))
        return self._without[name]

    def only(self, name: str) -> World:
        """As the earlier side with time passed, but for one thing, which is as on the later side."""
        if name not in self._only:
            convention = self._conventions[1 if name == EDIT else 0]
            self._only[name] = self._assess(convention, _with(self.old, name, self.new.get(name)))
        return self._only[name]

    def _assess(self, convention: Convention, facts: Mapping[str, Fact]) -> World:
        try:
            situation = assess(convention, (), tuple(facts.values()), self._day)
        except QpError:  # the parts of two sides need not go together
            return World({}, None)
        term = situation.term.due if situation.term else None
        return World({one.id: one for one in situation.obligations}, term)


def _with(facts: Mapping[str, Fact], name: str, fact: Fact | None) -> dict[str, Fact]:
    """The facts with the one of that id replaced, added or, for None, left out."""
    changed = {each: one for each, one in facts.items() if each != name}
    return changed if fact is None else {**changed, name: fact}
