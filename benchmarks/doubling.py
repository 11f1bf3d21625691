"""What doubling one thing that a convention holds does to the time of a command, one kind after another.

Seconds of the processors are compared, not those on the wall, less what the same command takes over one of that kind.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import startup
from kinds import AS_OF, KINDS
from processes import Case, RefusedError, run, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kinds import GrowingKind

MOST = 2.2
SIZES = (500, 1000, 2000, 4000, 8000)
CAP = 20.0
NOISE = 0.1
"""Seconds under which a ratio says nothing."""
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "check": ("check",),
    "status": ("status", "--as-of", AS_OF),
    "deadlines": ("deadlines", "--as-of", AS_OF, "--format", "json"),
    "timeline": ("timeline", "--as-of", AS_OF),
    "log": ("log", "--as-of", AS_OF),
    "show": ("show", "plan", "--as-of", AS_OF),
    "parties": ("parties", "--as-of", AS_OF),
    "diff": ("diff", "2021-03-20", AS_OF),
    "ics": ("export", "ics", "--as-of", AS_OF),
    "report": ("report", "--as-of", AS_OF),
}
USUAL = ("check", "status", "diff", "ics")


_DONE = frozenset({0, 1, 3})
"""Errors that are found, and files with which nothing can be computed, are answers too."""
_PATIENCE = 8


class Growth(NamedTuple):
    """What a command took over a kind: seconds by how many there were, start-up left out; or why it was not."""

    kind: str
    command: str
    seconds: Mapping[int, float]
    refused: str = ""

    @property
    def ratios(self) -> dict[int, float]:
        """What each doubling did, by the larger size; none where too little was measured."""
        pairs = itertools.pairwise(self.seconds.items())
        return {size: now / before for (_, before), (size, now) in pairs if before >= NOISE}

    @property
    def worst(self) -> float | None:
        """The last ratio, that of the largest sizes; None where nothing took long enough to tell."""
        return next(reversed(self.ratios.values()), None)


class Runner:
    """Measures commands over conventions that it writes into a folder."""

    def __init__(self, qp: str, folder: Path, runs: int, cap: float) -> None:
        self._qp, self._folder, self._runs, self._cap = qp, folder, runs, cap
        self._environment = surroundings(folder / "caches") | {"QP_JOBS": "1", "QP_NO_CACHE": "1"}

    def grow(self, kind: GrowingKind, command: str, sizes: Sequence[int]) -> Growth:
        """What a command takes at each size, up to the first that is past the cap."""
        found: dict[int, float] = {}
        try:
            start = self._seconds(kind, command, 1)
            for size in sizes:
                found[size] = max(self._seconds(kind, command, size) - start, 0.0)
                if found[size] > self._cap:
                    break
        except RefusedError as error:
            return Growth(kind.name, command, found, str(error))
        return Growth(kind.name, command, found)

    def _seconds(self, kind: GrowingKind, command: str, size: int) -> float:
        """The least of some runs: what else the machine did only adds."""
        folder = self._folder / "one" / "data"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in kind.texts(size).items():
            (folder / name).write_text(text, "utf-8")
        line = [self._qp, *COMMANDS[command], "--data", str(folder)]
        case = Case(command, line, codes=_DONE, patience=_PATIENCE * self._cap)
        return min(run(case, self._environment).cpu for _ in range(self._runs))


def growths(runner: Runner, kinds: Sequence[str], commands: Sequence[str], sizes: Sequence[int]) -> Iterator[Growth]:
    """Every command over every kind, one after the other."""
    for kind in kinds:
        for command in commands:
            yield runner.grow(KINDS[kind], command, sizes)


def row(growth: Growth, sizes: Sequence[int]) -> tuple[str, ...]:
    """A line of the table: seconds at each size, then the ratio of the last doubling."""
    seconds = [f"{growth.seconds[size]:.2f}" if size in growth.seconds else "" for size in sizes]
    worst = growth.worst
    told = growth.refused or ("" if worst is None else f"{worst:.2f}" + (" missed" if worst > MOST else ""))
    return growth.kind, growth.command, *seconds, told


def heads(sizes: Sequence[int]) -> tuple[str, ...]:
    """The heading of the table."""
    return "kind", "command", *(f"{size:,}" for size in sizes), "last doubling"


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", action="append", choices=tuple(KINDS), help="this kind alone; several are possible")
    parser.add_argument("--command", action="append", choices=tuple(COMMANDS), help=f"default {', '.join(USUAL)}")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many, each twice the one before")
    parser.add_argument("--runs", type=int, default=2, help="of which the shortest counts")
    parser.add_argument("--cap", type=float, default=CAP, help="seconds after which larger sizes are left out")
    parser.add_argument("--qp", help="the program to measure (default: the one beside this Python)")
    parser.add_argument("--over", type=float, default=0.0, help="print only what is above this ratio")
    return parser.parse_args(arguments)


def main() -> int:
    """Measures and prints as it goes; a ratio that is missed is told, never an error."""
    asked = options()
    qp = asked.qp or startup.qp_script()
    if qp is None:
        print("qp is not installed beside this Python", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="qp-doubling-") as name:
        runner = Runner(qp, Path(name), asked.runs, asked.cap)
        _print(heads(asked.sizes))
        for growth in growths(runner, asked.kind or tuple(KINDS), asked.command or USUAL, asked.sizes):
            if growth.refused or (growth.worst or 0) >= asked.over:
                _print(row(growth, asked.sizes))
    return 0


def _print(cells: Sequence[str]) -> None:
    kind, command, *figures, told = cells
    print(f"{kind:<26}{command:<10}" + "".join(f"{each:>8}" for each in figures) + f"  {told}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
