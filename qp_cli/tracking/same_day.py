"""Requests of one day: which one has the day alone for its name. What was named so keeps it, whatever comes later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.model.facts import Occurred, Triggered, Voided

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.model.facts import Fact


class WrittenOrder:
    """Where each fact stands in the journal's file, those that are cancelled included.

    Facts are added at its end: what depends on those before one alone is the same ever after.
    """

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.places = {fact.id: place for place, fact in enumerate(facts)}
        self._asked: dict[tuple[str, str, date], list[str]] = {}
        self._undone_by: dict[str, list[str]] = {}
        for fact in facts:
            if isinstance(fact, Triggered | Occurred):
                about = fact.engagement if isinstance(fact, Triggered) else fact.event
                self._asked.setdefault((fact.kind, about, fact.on), []).append(fact.id)
            elif isinstance(fact, Voided):
                self._undone_by.setdefault(fact.fact, []).append(fact.id)

    def first(self, engagement: str, event: str | None, day: date) -> str | None:
        """The fact that has a day alone for its name, of the requests of an engagement and the times of its event.

        The first of the day; where every one written before another had been cancelled by then, that other one.
        """
        asked = [*self._asked.get(("triggered", engagement, day), ())]
        if event:
            asked = sorted([*asked, *self._asked.get(("occurred", event, day), ())], key=self.places.__getitem__)
        found = asked[0] if asked else None
        for rank, name in enumerate(asked[1:], 1):
            if asked[rank - 1] not in self._undone_by:
                break
            if all(self._was_undone(each, self.places[name]) for each in asked[:rank]):
                found = name
        return found

    def _was_undone(self, name: str, place: int) -> bool:
        """Whether what stands before a place cancels a fact, by a cancellation that nothing there cancels."""
        return any(self._is_before(each, place) for each in self._undone_by.get(name, ()))

    def _is_before(self, undoing: str, place: int) -> bool:
        against = self._undone_by.get(undoing, ())
        return self.places[undoing] < place and not any(self.places[each] < place for each in against)
