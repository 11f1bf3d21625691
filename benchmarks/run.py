"""Everything in one run: start-up, a national portfolio against its peers, growth; prints it, and writes the page."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import budgets
import doubling
import earlier
import generate
import kinds
import machine
import peers
import processes
import results
import rows
import startup
from figures import Skipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generate import Size
    from processes import Case, Usage

PAGE = Path(__file__).resolve().parent / "RESULTS.md"


class Plan(NamedTuple):
    """How much is measured.

    Attributes:
        conventions: in the portfolio, with as many engagements each as the next says.
        growth: the conventions of each size, of 100 engagements.
        doubling: how many of each kind one convention holds.
    """

    conventions: int
    engagements: int
    growth: tuple[int, ...]
    runs: int
    startup_runs: int
    doubling: tuple[int, ...]


WHOLE = Plan(435, 100, (10, 100, 1000), 3, 25, doubling.SIZES)
QUICK = Plan(4, 25, (1, 2, 4), 1, 2, (4, 8))


def main() -> int:
    """Measures, prints and writes; a budget that is missed is told, never an error."""
    asked = options()
    plan = QUICK if asked.quick else WHOLE
    if asked.only_portfolio:
        plan = plan._replace(growth=(), doubling=())
    with tempfile.TemporaryDirectory(prefix="qp-benchmark-", dir=asked.scratch) as name:
        found = measure(plan, Path(name), with_peers=not asked.no_peers, commit=asked.earlier)
    if found is None:
        print("qp is not installed beside this Python", file=sys.stderr)
        return 0
    text = results.page(found)
    print(text, end="")
    if asked.output:
        asked.output.write_text(text, "utf-8")
    return 0


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it works")
    parser.add_argument("--no-peers", action="store_true", help="leave the programs out that pip would install")
    parser.add_argument("--earlier", metavar="COMMIT", help="the same commands by the sources of a commit, beside")
    parser.add_argument("--only-portfolio", action="store_true", help="neither growth nor doubling: minutes")
    parser.add_argument("--output", type=Path, help="page to write (default RESULTS.md, none if --quick)")
    parser.add_argument("--scratch", type=Path, help="folder for the files, some gigabytes (default: the system's)")
    asked = parser.parse_args(arguments)
    asked.output = asked.output or (None if asked.quick or asked.only_portfolio else PAGE)
    return asked


def measure(plan: Plan, folder: Path, *, with_peers: bool, commit: str | None = None) -> results.Results | None:
    """All the figures; None without a qp."""
    qp = startup.qp_script()
    if qp is None:
        return None
    started, compared, skipped = startup.gather(plan.startup_runs, with_peers=with_peers)
    portfolio = folder / "portfolio"
    tell("a portfolio")
    size = generate.generate(portfolio, plan.conventions, plan.engagements)
    environment = processes.surroundings(folder / "caches")
    cases = rows.qp_cases(qp, portfolio, folder)
    more, absent = peer_cases(folder, portfolio, size, with_peers=with_peers)
    before = earlier_cases(commit, portfolio, folder) if commit else []
    tell("the portfolio and its peers")
    usages = processes.measure([*cases, *before, *more], environment, plan.runs)
    obligations = count_obligations(qp, portfolio, environment)
    tell("memory")
    usages = {**usages, **whole_memory(cases, usages, environment)}
    tell("growth")
    points = growth(qp, plan, folder, environment)
    tell("what one convention holds, doubled")
    doubled = doublings(qp, plan, folder)
    counts = {"obligations": obligations, "entries": size.entries}
    judged = [*budgets.judge(usages, counts), *budgets.judge_memory(usages), budgets.judge_growth(points)]
    clean = {str(portfolio): "DIR", str(folder): "…", qp: "qp"}
    return results.Results(
        dt.datetime.now(dt.UTC).date().isoformat(),
        machine.describe(),
        machine.versions(programs(qp, with_peers=with_peers)),
        size,
        obligations,
        {what: machine.without_paths(each, clean) if isinstance(each, str) else each for what, each in usages.items()},
        judged,
        points,
        started,
        compared,
        [*skipped, *absent],
        plan.runs,
        doubled,
        plan.doubling,
    )


def earlier_cases(commit: str, portfolio: Path, folder: Path) -> list[processes.Case]:
    """The commands that are held against an earlier commit, by its own sources; exits if there is no such commit."""
    try:
        found = earlier.sources(commit, PAGE.parent.parent, folder / "earlier")
    except earlier.UnknownCommitError as error:
        sys.exit(f"--earlier: {error}")
    return earlier.cases(found, portfolio, folder)


def count_obligations(qp: str, portfolio: Path, environment: Mapping[str, str]) -> int:
    """How many obligations `qp status` counts in the portfolio, each in one column of one party."""
    command = [qp, "status", "--data", str(portfolio), "--as-of", rows.AS_OF, "--format", "json"]
    told = subprocess.run(command, env=dict(environment), capture_output=True, check=False)
    conventions = json.loads(told.stdout)["conventions"] if told.stdout else []
    parties = [party for each in conventions for party in each["parties"]]
    return sum(value for party in parties for value in party.values() if type(value) is int)


def doublings(qp: str, plan: Plan, folder: Path) -> list[doubling.Growth]:
    """What doubling each kind does to the usual commands; nothing without sizes."""
    if not plan.doubling:
        return []
    runner = doubling.Runner(qp, folder, 1, doubling.CAP)
    commands = doubling.USUAL if plan.doubling == WHOLE.doubling else doubling.USUAL[:1]
    return list(doubling.growths(runner, tuple(kinds.KINDS), commands, plan.doubling))


def peer_cases(folder: Path, portfolio: Path, size: Size, *, with_peers: bool) -> tuple[list[Case], list[Skipped]]:
    """The peers that can be had, and those that cannot, each with a word."""
    cases: list[Case] = []
    skipped: list[Skipped] = []
    try:
        cases.append(rows.hledger_case(folder, size.entries))
        cases.append(rows.hledger_case(folder, size.engagements, rows.HLEDGER_FEWER))
    except peers.UnavailableError as error:
        skipped.append(Skipped(rows.HLEDGER, str(error)))
    try:
        cases.append(rows.task_case(folder, size.entries))
    except peers.UnavailableError as error:
        skipped.append(Skipped(rows.TASKS, str(error)))
    if not with_peers:
        return cases, skipped
    try:
        cases += rows.peer_cases(folder, portfolio, size.entries)
    except peers.UnavailableError as error:
        skipped.append(Skipped(", ".join(peers.PACKAGES), str(error)))
    return cases, skipped


def whole_memory(
    cases: Sequence[Case], usages: Mapping[str, Usage | str], environment: Mapping[str, str]
) -> dict[str, Usage]:
    """The rows of qp with the memory of all their processes together, where the system tells it."""
    found = {}
    for case in cases:
        usage = usages[case.what]
        if not isinstance(usage, str):
            held = processes.peak_of_all(case, environment) or 0
            found[case.what] = usage._replace(memory=max(usage.memory, held))
    return found


def growth(qp: str, plan: Plan, folder: Path, environment: Mapping[str, str]) -> list[budgets.Point]:
    """What `qp check` takes over portfolios of several sizes, nothing cached, in one process.

    A small portfolio is checked by one anyway: others would be started on the way from one size to the next.
    """
    points = []
    for conventions in plan.growth:
        portfolio = folder / f"growth-{conventions}"
        size = generate.generate(portfolio, conventions, 100)
        case, _ = rows.both(qp, rows.COMMANDS[0], portfolio, folder)
        case = case._replace(variables={**case.variables, "QP_JOBS": "1"})
        usage = processes.measure([case], environment, plan.runs)[case.what]
        if not isinstance(usage, str):
            points.append(budgets.Point(size.engagements, usage))
    return points


def programs(qp: str, *, with_peers: bool) -> dict[str, list[str]]:
    """How each program tells its version."""
    found = {"qp": [qp, "--version"], "hledger": ["hledger", "--version"], "taskwarrior": ["task", "--version"]}
    if not with_peers:
        return found
    try:
        scripts = peers.installed()
    except peers.UnavailableError:
        return found
    names = {"beancount": "bean-check", "khal": "khal", "todoman": "todo", "yamllint": "yamllint"}
    return found | {name: [str(scripts / script), "--version"] for name, script in names.items()}


def tell(what: str) -> None:
    """Says on standard error what comes next: the whole takes a good while."""
    print(f"… {what}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
