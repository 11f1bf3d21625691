"""Which avenants reach an engagement: those that change it, or what its dates are counted from; told once for all."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qp_cli.model.facts import Add
from qp_cli.model.kinds import TERM
from qp_cli.tracking.renewal import Termination

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.tracking.dependencies import Dependencies
    from qp_cli.tracking.versions import Version


class ReachedVersions:
    """The versions of a convention by the engagements that their avenants reach."""

    def __init__(self, known: Sequence[Version], bearings: Dependencies) -> None:
        self._known = known
        self._bearings = bearings

    def first(self, name: str) -> int:
        """The version that an engagement comes with: as signed, or by the avenant that adds it."""
        return self._first.get(name, 0) if len(self._known) > 1 else 0

    @cached_property
    def _first(self) -> dict[str, int]:
        found = dict.fromkeys(self._known[0].engagements, 0)
        for number, version in enumerate(self._known):
            for change in version.avenant.changes if version.avenant else ():
                if isinstance(change, Add) and change.engagement:
                    found.setdefault(change.engagement.id, number)
        return found

    def reaching(self, name: str) -> list[int]:
        """The versions whose avenant changes an engagement, or what its dates are counted from; all terminations."""
        if len(self._known) == 1:
            return []
        return sorted({*self._reached.get(name, ()), *self._terminations})

    @cached_property
    def _terminations(self) -> list[int]:
        return [number for number, each in enumerate(self._known) if isinstance(each.avenant, Termination)]

    @cached_property
    def _reached(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, version in enumerate(self._known):
            names = self._bearings.resting_on(version.changing)
            for name in names | self._undated if TERM in names else names:
                found.setdefault(name, []).append(number)
        return found

    @cached_property
    def _undated(self) -> set[str]:
        """The engagements whose text gives no date, as signed or now: they are owed by the term."""
        ends = (self._known[0], self._known[-1])
        return {one.id for version in ends for one in version.engagements.values() if one.due is None}

    def is_moved(self, name: str, number: int) -> bool:
        """Whether the avenant of a version changes something else that an engagement's dates are counted from."""
        changing = self._known[number].changing
        behind = self._bearings.behind(name)
        if name in self._undated:
            behind |= self._bearings.behind(TERM)
        return any(each != name and each in changing for each in behind)
