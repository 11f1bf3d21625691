"""Measures whole processes of qp in one run, as ratios to importing the libraries it stands on."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import peers
from figures import Comparison, Row, Skipped, print_json, print_table, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
RUNS = 25
WARM_UP = 2
PATIENCE = 60  # seconds for one process while warming up

CARD = "importing the card"
STATUS = "qp status"
PEERS = ("todo list", "khal list")
BY_A_THIRD = 2 / 3
IMPORT_CARD = """\
import typer, rich.console, rich.table, yaml, dateutil.relativedelta
from pydantic import BaseModel
"""


@dataclass(frozen=True)
class Case:
    """A process to measure.

    Attributes:
        what: its name in the table.
        command: what is run.
        budget: the highest ratio to the card, None where none is set.
        expect: what its output must hold, so that a quick failure is not taken for speed.
        variables: added to its environment.
        cold: whether its cache is emptied before each run.
    """

    what: str
    command: Sequence[str]
    budget: float | None = None
    expect: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    cold: bool = False


# --- what is measured


def python_cases() -> list[Case]:
    """The interpreter, the libraries, and a plain status made of them."""
    python = sys.executable
    plain = str(ROOT / "benchmarks" / "plain_status.py")
    return [
        Case("python -c pass", [python, "-c", "pass"]),
        Case("import typer", [python, "-c", "import typer"]),
        Case("import typer, rich.table", [python, "-c", "import typer, rich.table"]),
        Case(CARD, [python, "-c", IMPORT_CARD]),
        Case("plain Typer + Pydantic + Rich status", [python, plain], expect="obligation-12"),
    ]


def qp_cases(qp: str) -> list[Case]:
    """The commands of qp, over the convention it ships."""
    known = "feuille-de-route"
    return [
        Case("qp --version", [qp, "--version"], 0.7),
        Case("qp calc 2021-03-18 P6M", [qp, "calc", "2021-03-18", "P6M"], 0.7, expect="2021"),
        Case("completion of a command", [qp], 0.7, "deadlines", completion("qp dea")),
        Case("completion of an engagement", [qp], 0.7, known, completion("qp show feuille")),
        Case(f"{STATUS} --no-cache", [qp, "status", "--no-cache"], 1.4, known),
        Case(f"{STATUS}, cold cache", [qp, "status"], 1.4, known, cold=True),
        Case(STATUS, [qp, "status"], 1.0, known),
        Case(f"{STATUS}, in colour", [qp, "status"], 1.0, known, {"FORCE_COLOR": "1"}),
        Case("qp deadlines", [qp, "deadlines"], expect=known),
        Case(f"qp show {known}", [qp, "show", known], expect=known),
        Case("qp check, cold cache", [qp, "check"], expect="0 errors", cold=True),
        Case("qp check", [qp, "check"], expect="0 errors"),
    ]


def completion(line: str) -> dict[str, str]:
    """What bash sets when Tab is pressed at the end of the line."""
    last = len(line.split()) - 1
    return {"_QP_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(last)}


def qp_script() -> str | None:
    """The qp that is installed beside this interpreter."""
    return shutil.which("qp", path=sysconfig.get_path("scripts"))


def peer_cases(folder: Path) -> list[Case]:
    """The peers, over as many rows; raises where they cannot be had."""
    return [Case(what, command, expect="Fictional") for what, command in peers.commands(folder).items()]


# --- measuring


class Bench:
    """Runs processes in the same surroundings: no colour, no settings of the user's, caches of their own."""

    def __init__(self, folder: Path) -> None:
        self.cold = folder / "cold"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QP_")}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        kept.pop("FORCE_COLOR", None)
        self.variables = kept | {"QP_LANG": "en", "COLUMNS": "80"} | caches(folder / "warm")

    def surroundings(self, case: Case) -> dict[str, str]:
        """The environment of one process, its cache emptied if it is to start cold."""
        if not case.cold:
            return self.variables | case.variables
        shutil.rmtree(self.cold, ignore_errors=True)
        return self.variables | caches(self.cold) | case.variables

    def time(self, case: Case) -> float:
        """The milliseconds that one whole process takes. No timeout: its polling would round them."""
        variables = self.surroundings(case)
        start = time.perf_counter()
        subprocess.run(
            case.command,
            check=True,
            cwd=ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return (time.perf_counter() - start) * 1000

    def fault(self, case: Case) -> str:
        """Why a process cannot be measured, empty where it answers as it should; it also warms it up."""
        for _ in range(WARM_UP):
            try:
                done = subprocess.run(
                    case.command,
                    check=False,
                    cwd=ROOT,
                    env=self.surroundings(case),
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    timeout=PATIENCE,
                )
            except (OSError, subprocess.SubprocessError) as error:
                return f"cannot be run ({type(error).__name__})"
            if done.returncode:
                return f"exit {done.returncode}"
        return "" if case.expect.encode() in done.stdout else f"no {case.expect!r} in its output"

    def measure(self, cases: Sequence[Case], runs: int) -> dict[str, list[float]]:
        """Each case's times, taken in turns so that all share the machine's noise."""
        times: dict[str, list[float]] = {case.what: [] for case in cases}
        for turn in range(runs):
            start = turn % len(cases)
            for case in [*cases[start:], *cases[:start]]:
                times[case.what].append(self.time(case))
        return times


def caches(folder: Path) -> dict[str, str]:
    """The variables by which programs find their cache folder, on each system."""
    return {"XDG_CACHE_HOME": str(folder), "LOCALAPPDATA": str(folder), "QP_CACHE_DIR": str(folder / "qp")}


# --- telling


def rows(cases: Sequence[Case], times: dict[str, list[float]]) -> list[Row]:
    """The table's lines, in the cases' order."""
    card = statistics.median(times[CARD])
    found = []
    for case in cases:
        median = statistics.median(times[case.what])
        ratio = median / card
        line = Row(case.what, median, min(times[case.what]), ratio, case.budget, verdict(ratio, case.budget))
        found.append(line)
    return found


def comparisons(measured: Sequence[Row]) -> list[Comparison]:
    """The status against each peer: faster by a third is what is wanted."""
    medians = {row.what: row.median_ms for row in measured}
    if STATUS not in medians:
        return []
    ratios = {peer: medians[STATUS] / medians[peer] for peer in PEERS if peer in medians}
    return [
        Comparison(f"{STATUS} / {peer}", ratio, BY_A_THIRD, verdict(ratio, BY_A_THIRD))
        for peer, ratio in ratios.items()
    ]


# --- the command


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=RUNS, help=f"runs of each (default {RUNS})")
    parser.add_argument("--no-peers", action="store_true", help="leave the other programs out")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    asked = parser.parse_args(arguments)
    if asked.runs < 1:
        parser.error("--runs: at least 1")
    return asked


def candidates(folder: Path, *, with_peers: bool) -> tuple[list[Case], list[Skipped]]:
    """What there is to measure, and what cannot be."""
    cases, skipped = python_cases(), []
    qp = qp_script()
    if qp:
        cases += qp_cases(qp)
    else:
        skipped.append(Skipped("qp", "not installed beside this Python"))
    if with_peers:
        try:
            cases += peer_cases(folder)
        except peers.UnavailableError as error:
            skipped.append(Skipped(", ".join(PEERS), str(error)))
    return cases, skipped


def gather(runs: int, *, with_peers: bool) -> tuple[list[Row], list[Comparison], list[Skipped]]:
    """What start-up takes, against the card and against each peer; no rows where not even the card could be had."""
    with tempfile.TemporaryDirectory(prefix="qp-benchmark-") as name:
        folder = Path(name)
        cases, skipped = candidates(folder, with_peers=with_peers)
        bench = Bench(folder)
        faults = {case.what: bench.fault(case) for case in cases}
        skipped += [Skipped(what, fault) for what, fault in faults.items() if fault]
        if faults[CARD]:
            return [], [], skipped
        sound = [case for case in cases if not faults[case.what]]
        measured = rows(sound, bench.measure(sound, runs))
    return measured, comparisons(measured), skipped


def main() -> int:
    """Measures and prints; a figure over its budget is told, never an error."""
    asked = options()
    measured, compared, skipped = gather(asked.runs, with_peers=not asked.no_peers)
    if not measured:
        print(f"{CARD}: cannot be run; install the project first", file=sys.stderr)
    elif asked.json:
        print_json(measured, compared, skipped, asked.runs)
    else:
        print_table(measured, compared, skipped)
    return 0


if __name__ == "__main__":
    sys.exit(main())
