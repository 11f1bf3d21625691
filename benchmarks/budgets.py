"""The budgets: ratios of what one run has measured, each met or missed."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from earlier import BEFORE, COMPARED
from rows import BEANS, BEANS_AGAIN, CHECK, COLD, COMMANDS, HLEDGER, HLEDGER_FEWER, TASKS, WARM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processes import Usage

GROWTH = 1.15
MICRO = 1e6
MOST_MEMORY = 250.0
"""What all the processes of a command may hold together, in millions of bytes."""
_MB = 1e6


class Budget(NamedTuple):
    """A ratio that is wanted: one row's figure over another's, at most so much.

    Attributes:
        figure: `wall`, or `memory`.
        aim: a better one that is aimed for.
        per: what each of the two is counted for one of, where they differ.
    """

    what: str
    row: str
    yardstick: str
    most: float
    figure: str = "wall"
    aim: float | None = None
    per: tuple[str, str] | None = None


FEWER, ALL = "as many as engagements", "as many as engagements and facts"
"""How many entries hledger is given."""
BUDGETS = (
    Budget(f"qp check against hledger check, {FEWER}, time", CHECK + COLD, HLEDGER_FEWER, 2.0, aim=1.5),
    Budget(f"qp check against hledger check, {FEWER}, peak memory", CHECK + COLD, HLEDGER_FEWER, 0.5, "memory"),
    Budget(f"qp check against hledger check, {ALL}, time", CHECK + COLD, HLEDGER, 2.0, aim=1.5),
    Budget(f"qp check against hledger check, {ALL}, peak memory", CHECK + COLD, HLEDGER, 0.5, "memory"),
    Budget("qp check again, nothing changed, against the first time", CHECK + WARM, CHECK + COLD, 0.25),
    Budget("qp check against bean-check, nothing cached", CHECK + COLD, BEANS, 1.0),
    Budget("qp check against bean-check, both again", CHECK + WARM, BEANS_AGAIN, 1.0),
    Budget(
        "qp status per obligation against task per task",
        "qp status" + WARM,
        TASKS,
        1.0,
        per=("obligations", "entries"),
    ),
    *(Budget(f"{each} against the earlier commit, again", each + WARM, each + WARM + BEFORE, 0.5) for each in COMPARED),
)


class Judged(NamedTuple):
    """A budget with what was measured; None where one of its rows was not."""

    what: str
    ratio: float | None
    most: float
    aim: float | None = None

    @property
    def verdict(self) -> str:
        """The word for it."""
        if self.ratio is None:
            return "not measured"
        if self.ratio > self.most:
            return "missed"
        return "met" if self.aim is None or self.ratio <= self.aim else f"met, short of the aim of {self.aim:g}"


class Point(NamedTuple):
    """What one size of portfolio took."""

    engagements: int
    usage: Usage


class Stretch(NamedTuple):
    """What one engagement more costs between two sizes, in microseconds of the processors."""

    first: int
    last: int
    marginal: float


def judge(usages: Mapping[str, Usage | str], counts: Mapping[str, int] | None = None) -> list[Judged]:
    """Each budget against what was measured; `counts` says how many obligations and entries there were."""
    return [Judged(each.what, _ratio(each, usages, counts or {}), each.most, each.aim) for each in BUDGETS]


def _ratio(budget: Budget, usages: Mapping[str, Usage | str], counts: Mapping[str, int]) -> float | None:
    usage, yardstick = usages.get(budget.row), usages.get(budget.yardstick)
    if usage is None or yardstick is None or isinstance(usage, str) or isinstance(yardstick, str):
        return None
    ratio = float(getattr(usage, budget.figure)) / float(getattr(yardstick, budget.figure))
    if budget.per is None:
        return ratio
    mine, theirs = (counts.get(each) for each in budget.per)
    return ratio * theirs / mine if mine and theirs else None


def judge_memory(usages: Mapping[str, Usage | str]) -> list[Judged]:
    """The peak memory of each command of qp, in millions of bytes, against the most that is wanted."""
    rows = [each.what + WARM for each in COMMANDS]
    return [
        Judged(f"{row}: peak MB", usage.memory / _MB, MOST_MEMORY)
        for row in rows
        if (usage := usages.get(row)) is not None and not isinstance(usage, str)
    ]


def stretches(points: Sequence[Point]) -> list[Stretch]:
    """The marginal cost from each size to the next."""
    return [
        Stretch(a.engagements, b.engagements, (b.usage.cpu - a.usage.cpu) / (b.engagements - a.engagements) * MICRO)
        for a, b in itertools.pairwise(points)
    ]


def judge_growth(points: Sequence[Point]) -> Judged:
    """Whether an engagement costs the same in a large portfolio as in a small one."""
    found = stretches(points)
    ratio = found[-1].marginal / found[0].marginal if len(found) > 1 and found[0].marginal > 0 else None
    sizes = f", {points[0].engagements:,} to {points[-1].engagements:,} engagements" if points else ""
    return Judged(f"cost of one engagement more, the last stretch against the first{sizes}", ratio, GROWTH)
