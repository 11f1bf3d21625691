"""Running qp as its users do: in this process for speed, in one of its own, and on repositories made for a test."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from tests import warm

ROOT = Path(__file__).resolve().parents[1]
DAY = "2026-11-23"
"""The day most tests look at."""
MANY_EXAMPLES = 25
"""Examples from which a property draws fewer where it always draws the same."""
MANY_CASES = 20
"""Cases from which a list of them is run in part, in the folders where each starts qp."""
STARTING_QP = frozenset({"cli", "outputs", "trust", "borders"})
CACHE: dict[str, str] = {}
"""Where qp keeps what it has read, as its environment says it: a folder of the tests' own, or nowhere."""


def pytest_configure():
    """Tests that interrupt something need interruptions, which a script that runs them beside others may ignore."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the outputs under tests/cli/golden/ as qp gives them today; read the difference before keeping it",
    )
    parser.addoption("--without-cache", action="store_true", help="run every command of qp without its cache")
    parser.addoption("--cold", action="store_true", help="start Python anew for every process of qp, not a forked one")


def pytest_collection_modifyitems(config, items):
    """In CI, which has ten minutes on two cores, properties draw a third of their examples; long lists are run in part.

    In the folders that start qp, one case in three of them is, another third as the commit changes (`CI_TURN`). Daily
    work and `QP_FULL` run all.
    """
    if not os.environ.get("CI") or os.environ.get("QP_FULL"):
        return
    for item in items:
        settings = getattr(getattr(item, "obj", None), "_hypothesis_internal_use_settings", None)
        if settings is not None and settings.max_examples > MANY_EXAMPLES:
            asked = type(settings)(settings, max_examples=max(MANY_EXAMPLES, settings.max_examples // 3))
            item.obj._hypothesis_internal_use_settings = asked
    turn, cases = os.environ.get("CI_TURN"), Counter(map(_function_of, items))
    if turn is None:
        return
    place: Counter[str] = Counter()
    left: list[pytest.Item] = []
    for item in items:
        name = _function_of(item)
        place[name] += 1
        if cases[name] > MANY_CASES and item.path.parent.name in STARTING_QP and place[name] % 3 != int(turn):
            left.append(item)
    config.hook.pytest_deselected(items=left)
    gone = set(map(id, left))
    items[:] = [item for item in items if id(item) not in gone]


def _function_of(item):
    return item.nodeid.partition("[")[0]


def pytest_collection_finish():
    """What was collected stays to the end: the collector of garbage looks through it no more, and comes more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(request, tmp_path_factory):
    """No test reads or writes the cache of whoever runs it; all share one of their own, so that most answers are warm.

    A cache can only be seen by its speed: a test that fails with it, or without it alone, has found an error.
    """
    CACHE.clear()
    if request.config.getoption("--without-cache"):
        CACHE["QP_NO_CACHE"] = "1"
    else:
        CACHE["QP_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in CACHE.items():
            patch.setenv(name, value)
        own = tmp_path_factory.mktemp("users")
        patch.setattr("qp_cli.store.cache.users_folder", lambda _: own)  # where a test says nothing of it
        yield


@dataclass(frozen=True)
class Answer:
    """What one run of qp gave."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        """A JSON answer, read."""
        return json.loads(self.out)

    @property
    def rows(self):
        """The lines of a CSV answer, its heading first."""
        return list(csv.reader(io.StringIO(self.out, newline="")))

    @property
    def lines(self):
        """The answer line by line."""
        return self.out.splitlines()


class Console(io.TextIOWrapper):
    """A stream as qp finds it: an encoding, and a terminal or not."""

    def __init__(self, encoding="utf-8", *, terminal=False):
        super().__init__(io.BytesIO(), encoding=encoding, newline="")
        self._terminal = terminal

    def isatty(self):
        """Whether it passes for a terminal."""
        return self._terminal

    def text(self):
        """All that was written to it."""
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)


def run_here(*arguments, environ=None, terminal=False, encoding="utf-8"):
    """One run in this process; the environment is what is given, the day 23 November 2026 unless it says another."""
    from qp_cli.cli.main import run

    out, err = Console(encoding, terminal=terminal), Console(encoding)
    surroundings = {"LANG": "C.UTF-8", "QP_AS_OF": DAY, **CACHE, **(environ or {})}
    with redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments), surroundings)
    return Answer(code, out.text(), err.text())


@pytest.fixture
def qp(monkeypatch):
    """Runs qp in this process, on the day most tests look at whatever day it is; a terminal is 80 columns wide."""
    monkeypatch.setattr("qp_cli.cli.clock.now", lambda: datetime.fromisoformat(f"{DAY}T10:00:00+00:00"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.delenv("QP_DATA", raising=False)
    return run_here


def clean_environment(**more):
    """The machine's environment without what qp, or the machinery around the tests, listens to."""
    unwanted = {"GITHUB_ACTIONS", "FORCE_COLOR", "NO_COLOR", "COLUMNS", "LINES", "TERM", "LANGUAGE", "TZ"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in unwanted and not name.startswith(("QP_", "_QP", "LC_", "LANG", "PYTHON"))
    }
    return {**kept, "PYTHONUTF8": "1", **CACHE, **more}


def open_terminal():
    """The two ends of a terminal; the test is skipped where the system has none to give."""
    import pty

    try:
        return pty.openpty()
    except OSError as error:
        pytest.skip(f"no pseudo-terminal: {error}")


@pytest.fixture(scope="session")
def warm_qp():
    """The process from which those of `qp_process` are forked."""
    forked = warm.Warm()
    yield forked
    forked.stop()


@pytest.fixture
def qp_process(request, warm_qp, cold_qp_process):
    """Runs `python -m qp_cli` in a process of its own, with a controlled environment.

    It is forked from one that has loaded everything, unless the environment says something to Python itself.
    """
    if request.config.getoption("--cold") or not warm.AVAILABLE:
        return cold_qp_process

    def run(*arguments, cwd, environ=None, encoding="utf-8"):
        if any(name.startswith("PYTHON") for name in environ or ()):
            return cold_qp_process(*arguments, cwd=cwd, environ=environ, encoding=encoding)
        code, out, err = warm_qp.run(arguments, cwd, clean_environment(**(environ or {})))
        return Answer(code, out.decode(encoding), err.decode(encoding))

    return run


@pytest.fixture
def cold_qp_process():
    """The same, Python started anew: where its start, its streams and its end are the point."""

    def run(*arguments, cwd, environ=None, encoding="utf-8"):
        done = subprocess.run(
            [sys.executable, "-m", "qp_cli", *arguments],
            cwd=cwd,
            env=clean_environment(**(environ or {})),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=30,
        )
        return Answer(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    return run


@pytest.fixture
def outside(tmp_path, monkeypatch):
    """A folder without a repository, here or above, where the test stands."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def shipped(monkeypatch):
    """The project's own tree, whose `data/` is the Aix-Marseille-Provence convention, where the test stands."""
    monkeypatch.chdir(ROOT)
    return ROOT


def small_convention(**more):
    """The least a convention can say, with one engagement that has a date and one party to owe it."""
    return {
        "format": "qp/1",
        "id": "essai",
        "title": "Convention d'essai",
        "parties": [{"id": "ville", "name": "La Ville"}],
        "engagements": [
            {
                "id": "bilan",
                "title": "Remettre le bilan",
                "clause": "art. 1",
                "debtors": ["ville"],
                "kind": "one-off",
                "due": {"on": "2026-10-01"},
            }
        ],
        **more,
    }


class Plain(yaml.SafeDumper):
    """YAML without anchors, which qp refuses."""

    def ignore_aliases(self, _):
        """Always: a value that stands twice is written twice."""
        return True


def written(declared):
    """YAML as qp reads it: dates bare, everything else quoted as needed."""
    text = yaml.dump(declared, Dumper=Plain, allow_unicode=True, sort_keys=False, width=10_000)
    return re.sub(r"'(\d{4}-\d{2}-\d{2})'", r"\1", text)


@pytest.fixture
def repository(tmp_path):
    """Writes a repository into a folder of its own and gives the folder."""

    def write(convention=None, *, sites=None, journal=None, name="depot"):
        folder = tmp_path / name / "data"
        folder.mkdir(parents=True)
        content = small_convention() if convention is None else convention
        text = content if isinstance(content, str) else written(content)
        (folder / "convention.yaml").write_text(text, "utf-8")
        if sites is not None:
            (folder / "sites.yaml").write_text(written({"format": "qp/1", "sites": sites}), "utf-8")
        if journal is not None:
            (folder / "journal.yaml").write_text(written({"format": "qp/1", "facts": journal}), "utf-8")
        return folder.parent

    return write


@pytest.fixture
def small():
    """The declaration of a small convention, to be changed and written."""
    return small_convention


@pytest.fixture
def clean_environ():
    """The environment of a process that qp's own variables do not reach."""
    return clean_environment
