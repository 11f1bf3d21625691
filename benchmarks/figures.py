"""Figures of start-up, for people and for programs."""

from __future__ import annotations

import dataclasses
import json
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Row:
    """A line of the table: a median and, where one is set, its budget."""

    what: str
    median_ms: float
    min_ms: float
    ratio: float
    budget: float | None
    verdict: str


@dataclass(frozen=True)
class Comparison:
    """A command against a peer, by their medians."""

    what: str
    ratio: float
    budget: float
    verdict: str


@dataclass(frozen=True)
class Skipped:
    """What was not measured, and why."""

    what: str
    reason: str


def verdict(ratio: float, budget: float | None) -> str:
    """The word for a ratio: within its budget, over it, or none."""
    if budget is None:
        return ""
    return "within" if ratio <= budget else "over"


def print_table(measured: Sequence[Row], compared: Sequence[Comparison], skipped: Sequence[Skipped]) -> None:
    """Prints everything for a person."""
    print(f"{'what':<38}{'median ms':>10}{'min ms':>9}{'ratio':>7}{'budget':>8}")
    for row in measured:
        budget = "" if row.budget is None else f"{row.budget:.2f}"
        line = f"{row.what:<38}{row.median_ms:>10.1f}{row.min_ms:>9.1f}{row.ratio:>7.2f}{budget:>8}"
        print(f"{line}  {row.verdict}".rstrip())
    for pair in compared:
        print(f"{pair.what:<57}{pair.ratio:>7.2f}{pair.budget:>8.2f}  {pair.verdict}")
    for case in skipped:
        print(f"skipped: {case.what}: {case.reason}")


def print_json(measured: Sequence[Row], compared: Sequence[Comparison], skipped: Sequence[Skipped], runs: int) -> None:
    """Prints everything for a program."""
    document = {
        "runs": runs,
        "python": platform.python_version(),
        "system": platform.system(),
        "rows": [dataclasses.asdict(row) for row in measured],
        "comparisons": [dataclasses.asdict(pair) for pair in compared],
        "skipped": [dataclasses.asdict(case) for case in skipped],
    }
    print(json.dumps(document, indent=2))
