"""Whole processes, measured: time on the wall, of the processors, and the most memory they held."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PATIENCE = 300  # seconds for one process
_EVERY = 0.02
_ENOUGH = 20_000


class Usage(NamedTuple):
    """What one process and those it started took: seconds twice, and bytes."""

    wall: float
    cpu: float
    memory: int


class Case(NamedTuple):
    """A process to measure.

    Attributes:
        what: its name in the tables.
        command: what is run.
        expect: what its output must hold, so that a quick failure is not taken for speed.
        variables: added to its environment.
        prepare: called before each run, outside what is timed.
        primed: it is run once before, to fill its cache.
        once: it takes so long that one run has to do.
        codes: the exit codes with which it has done its work.
        patience: seconds after which it is ended.
    """

    what: str
    command: Sequence[str]
    expect: str = ""
    variables: Mapping[str, str] = {}
    prepare: Callable[[], object] | None = None
    primed: bool = False
    once: bool = False
    codes: frozenset[int] = frozenset({0})
    patience: float = PATIENCE


class RefusedError(Exception):
    """A process that did not do its work; the message says what it said."""


def surroundings(folder: Path) -> dict[str, str]:
    """An environment without the user's own settings of qp, and with caches under a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QP_")}
    for name in ("PYTHONDONTWRITEBYTECODE", "FORCE_COLOR"):
        kept.pop(name, None)
    home = str(folder)
    return kept | {"QP_LANG": "en", "COLUMNS": "80", "XDG_CACHE_HOME": home, "QP_CACHE_DIR": home}


def run(case: Case, environment: Mapping[str, str]) -> Usage:
    """What one run takes.

    Raises:
        RefusedError: it failed, took too long, or did not print what it should.
    """
    if case.prepare:
        case.prepare()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = _started(case, environment, output.fileno(), errors.fileno())
        timer = threading.Timer(case.patience, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        said = _tail(errors.fileno())
        if process.returncode not in case.codes:
            raise RefusedError(f"exit {process.returncode}: {said}" if said else f"exit {process.returncode}")
        if case.expect and case.expect.encode() not in os.pread(output.fileno(), os.fstat(output.fileno()).st_size, 0):
            message = f"no {case.expect!r} in its output"
            raise RefusedError(message)
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _unit())


def _started(case: Case, environment: Mapping[str, str], output: int, errors: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            case.command,
            env={**environment, **case.variables},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
        )
    except OSError as error:
        message = f"cannot be run ({type(error).__name__})"
        raise RefusedError(message) from error


def _unit() -> int:
    """The bytes that the system counts resident memory in: one on macOS, a thousand elsewhere."""
    return 1 if os.uname().sysname == "Darwin" else 1024


def _tail(descriptor: int) -> str:
    """The last line that was said on standard error."""
    size = os.fstat(descriptor).st_size
    lines = os.pread(descriptor, _ENOUGH, max(0, size - _ENOUGH)).decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def measure(cases: Sequence[Case], environment: Mapping[str, str], runs: int) -> dict[str, Usage | str]:
    """The median of each case's runs, taken in turns; or why it was not measured."""
    found: dict[str, list[Usage]] = {case.what: [] for case in cases}
    refused: dict[str, str] = {}
    for turn in range(runs + 1):  # the first fills caches
        for case in cases:
            if case.what in refused or (turn == 0 and not case.primed) or (case.once and turn > 1):
                continue
            try:
                usage = run(case, environment)
                if turn:
                    found[case.what].append(usage)
            except RefusedError as error:
                refused[case.what] = str(error)
    return {what: refused.get(what) or median(usages) for what, usages in found.items()}


def median(usages: Sequence[Usage]) -> Usage:
    """Each figure's own median."""
    walls, cpus, memories = zip(*usages, strict=True)
    return Usage(statistics.median(walls), statistics.median(cpus), int(statistics.median(memories)))


def peak_of_all(case: Case, environment: Mapping[str, str]) -> int | None:
    """The most bytes that a process and those it starts hold together, shared ones once; None where it is not told.

    Seen every 20 ms in a run of its own: what the system counts afterwards is the largest process alone.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    most = 0
    with tempfile.TemporaryFile() as output:
        process = _started(case, environment, output.fileno(), output.fileno())
        while process.poll() is None:
            most = max(most, sum(_held(each) for each in _family(process.pid)))
            time.sleep(_EVERY)
    return most


def _family(pid: int) -> list[int]:
    """A process and those it started, with theirs."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in _family(int(child)))]


def _held(pid: int) -> int:
    """The bytes a process holds, its part of what it shares with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
