"""A time axis laid on columns: where each day falls, and which years, quarters or months are ticked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.render.language import Language
    from qp_cli.tracking.timeline import Axis

_STEPS = (1, 3, 12, 24, 60, 120, 240, 600, 1200)
"""Months between two labels: a month, a quarter, years."""
_YEAR = 12
_GAP = 1.5
"""Columns at the least between two labels."""
_APART = 2
"""Columns at the least from one small tick to the next."""


class _Dated(Protocol):
    @property
    def day(self) -> date: ...


_Fallen = TypeVar("_Fallen", bound=_Dated)
"""What falls on a day."""


class Tick(NamedTuple):
    """A day ticked on an axis; the small ones have no label."""

    day: date
    label: str = ""


class Scale(NamedTuple):
    """An axis laid on so many columns."""

    axis: Axis
    width: int

    def column(self, day: date) -> int:
        """The column of a day of the axis, from 0; a later day is never in an earlier column."""
        return (day - self.axis.start).days * self.width // self.axis.days

    def ticks(self, language: Language, character: float = 1.0) -> list[Tick]:
        """The days ticked, in order, their labels never touching; `character` is the width of one, in columns."""
        month = self.width / self.axis.days * 30
        number = next((n for n, step in enumerate(_STEPS) if step * month >= _room(step) * character), len(_STEPS) - 1)
        large = _STEPS[number]
        small = _STEPS[max(0, number - 1)] if _STEPS[number] > 1 else large
        labelled = {day: tick_label(day, large, language) for day in _firsts(self.axis, large)}
        others = _firsts(self.axis, small) if small * month >= _APART * character else ()
        days = sorted({*labelled, *others})
        return [Tick(day, labelled.get(day, "")) for day in days]

    def cells(self, marks: Iterable[_Fallen]) -> dict[int, list[_Fallen]]:
        """The marks of each column that has any, in their order."""
        found: dict[int, list[_Fallen]] = {}
        for mark in marks:
            found.setdefault(self.column(mark.day), []).append(mark)
        return found


def _room(step: int) -> float:
    """The columns a label and the gap after it take."""
    return (4 if step >= _YEAR else 8) + _GAP


def tick_label(day: date, step: int, language: Language) -> str:
    """The year, or the month with its year where labels are closer than a year."""
    if step >= _YEAR:
        return str(day.year)
    return language.short_day(day)[3:]


def _firsts(axis: Axis, step: int) -> Iterator[date]:
    """The first days of months of an axis that a step of so many months falls on."""
    first = axis.start.year * _YEAR + axis.start.month - 1 + (axis.start.day > 1)
    number = -(-first // step) * step
    while (number // _YEAR, number % _YEAR + 1) <= (axis.end.year, axis.end.month):
        yield date(number // _YEAR, number % _YEAR + 1, 1)
        number += step
