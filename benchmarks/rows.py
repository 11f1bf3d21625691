"""What is measured over a portfolio: qp's commands, and those of its peers over as many entries."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import entries
import peers
from processes import Case

if TYPE_CHECKING:
    from pathlib import Path

CHECK = "qp check"
COLD, WARM = ", nothing cached", ", again"
HLEDGER_FEWER = "hledger check, as many as engagements"
HLEDGER, BEANS, BEANS_AGAIN = "hledger check", "bean-check", "bean-check, again"
TASKS = "task +OVERDUE count"
AS_OF = "2026-06-30"
YAMLLINT_SETTINGS = "extends: relaxed\nrules: {line-length: disable}"
LISTED = "Fictif"


class Command(NamedTuple):
    """A command of qp over a portfolio: its name, its arguments, and what its answer must hold.

    In the arguments, `DIR` is the portfolio, `DIR/*` each convention's folder, `FILE` a file to write.
    """

    what: str
    arguments: tuple[str, ...]
    expect: str = ""


COMMANDS = (
    Command(CHECK, ("check", "DIR/*"), "files checked"),
    Command("qp check, the folder of them all", ("check", "--data", "DIR"), "files checked"),
    Command("qp status", ("status", "--data", "DIR", "--as-of", AS_OF), "fictif"),
    Command("qp overdue --party anru", ("overdue", "--data", "DIR", "--party", "anru", "--as-of", AS_OF), "ANRU"),
    Command("qp deadlines --format json", ("deadlines", "--data", "DIR", "--format", "json", "--as-of", AS_OF), "anru"),
    Command("qp deadlines --format csv", ("deadlines", "--data", "DIR", "--format", "csv", "--as-of", AS_OF), "anru"),
    Command("qp report", ("report", "--data", "DIR", "--as-of", AS_OF, "--output", "FILE")),
    Command("qp export xlsx", ("export", "xlsx", "--data", "DIR", "--as-of", AS_OF, "--output", "FILE")),
)
"""Another command over a portfolio is another line here; what qp does not know is skipped, with what it says."""


def qp_cases(qp: str, portfolio: Path, folder: Path) -> list[Case]:
    """Every command of qp, with nothing cached and again."""
    return [case for command in COMMANDS for case in both(qp, command, portfolio, folder)]


def both(qp: str, command: Command, portfolio: Path, folder: Path) -> tuple[Case, Case]:
    """A command with no cache at all, and with one that another run has filled."""
    line = [qp, *spelled(command, portfolio, folder)]
    filled = {"QP_CACHE_DIR": str(folder / "qp-cache")}
    return (
        Case(command.what + COLD, line, command.expect, {"QP_NO_CACHE": "1"}),
        Case(command.what + WARM, line, command.expect, filled, primed=True),
    )


def spelled(command: Command, portfolio: Path, folder: Path) -> list[str]:
    """The arguments with the folders in them."""
    found: list[str] = []
    for word in command.arguments:
        if word == "DIR/*":
            found += [str(each) for each in sorted(portfolio.iterdir())]
        else:
            found.append({"DIR": str(portfolio), "FILE": str(folder / "answer")}.get(word, word))
    return found


def hledger_case(folder: Path, count: int, what: str = HLEDGER) -> Case:
    """Hledger over a journal of its own.

    Raises:
        UnavailableError: it is not installed.
    """
    hledger = shutil.which("hledger")
    if hledger is None:
        raise peers.UnavailableError("not installed (on Debian: apt install hledger)")
    journal = folder / f"entries-{count}.journal"
    entries.write_ledger(journal, count)
    return Case(what, [hledger, "-f", str(journal), "check"])


def task_case(folder: Path, count: int) -> Case:
    """Taskwarrior over as many tasks, counting those that are late.

    Raises:
        UnavailableError: it is not installed.
    """
    task = shutil.which("task")
    if task is None:
        raise peers.UnavailableError("not installed (on Debian: apt install taskwarrior)")
    settings = peers.tasks(folder, entries.entries(count))
    return Case(TASKS, [task, f"rc:{settings}", "+OVERDUE", "count"])


def peer_cases(folder: Path, portfolio: Path, count: int) -> list[Case]:
    """The peers that pip installs, each over as many entries; yamllint over the portfolio's own files.

    Raises:
        UnavailableError: they cannot be installed.
    """
    scripts = peers.installed()
    beans = folder / "entries.beancount"
    entries.write_beans(beans, count)
    checked = [str(scripts / "bean-check"), str(beans)]
    todos = [str(scripts / "todo"), "--config", str(peers.todos(folder, entries.entries(count))), "list"]
    settings = str(peers.events(folder, entries.entries(count)))
    events = [str(scripts / "khal"), "-c", settings, "list", "2025-01-01", "30d"]
    forget_todos = partial((folder / "todoman.sqlite3").unlink, missing_ok=True)
    forget_events = partial((folder / "khal.sqlite3").unlink, missing_ok=True)
    linted = [str(scripts / "yamllint"), "--no-warnings", "-d", YAMLLINT_SETTINGS, str(portfolio)]
    return [
        Case(BEANS, [checked[0], "--no-cache", checked[1]]),
        Case(BEANS_AGAIN, checked, primed=True),
        Case("yamllint", linted, once=True),
        Case("todo list" + COLD, todos, LISTED, prepare=forget_todos, once=True),
        Case("todo list" + WARM, todos, LISTED, once=True),
        Case("khal list" + COLD, events, LISTED, prepare=forget_events, once=True),
        Case("khal list" + WARM, events, LISTED, once=True),
    ]
