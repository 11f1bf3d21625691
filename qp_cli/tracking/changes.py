"""What differs between two situations: states and deadlines, obligation by obligation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import State


class Change(NamedTuple):
    """One obligation before and after; None where it does not exist yet, or no longer."""

    id: str
    before: Obligation | None
    after: Obligation | None

    @property
    def states(self) -> tuple[State | None, State | None]:
        """The state before and after."""
        return self.before.state if self.before else None, self.after.state if self.after else None

    @property
    def dues(self) -> tuple[date | None, date | None]:
        """The due date before and after."""
        return self.before.due if self.before else None, self.after.due if self.after else None

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that concern it after and did not before, by id; then those that no longer do."""
        old = self.before.facts if self.before else ()
        new = self.after.facts if self.after else ()
        return (*(name for name in new if name not in old), *(name for name in old if name not in new))

    @property
    def moved(self) -> bool:
        """Whether its state or its due date differs, rather than its days late or its evidence."""
        return self.states[0] is not self.states[1] or self.dues[0] != self.dues[1]


def changes(before: Situation, after: Situation) -> list[Change]:
    """Each obligation whose state, due date or facts differ, as the later one orders them, the gone last."""
    old = {one.id: one for one in before.obligations}
    new = {one.id: one for one in after.obligations}
    pairs = [Change(name, old.get(name), new.get(name)) for name in (*new, *(name for name in old if name not in new))]
    return [pair for pair in pairs if pair.moved or pair.facts]
