"""Ctrl-C, at whatever moment it comes: the end of qp, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

FULL = bool(os.environ.get("QP_FULL"))
"""`QP_FULL=1` interrupts 300 times in this process, and 300 times in others."""
INSTANTS = 100 if FULL else 40
INTERRUPTIONS = 100 if FULL else 4
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
SCRIPT = """
import atexit, os, signal, sys
from importlib.abc import MetaPathFinder

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)

class Finder(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == moment:
            sys.meta_path.remove(self)
            interrupt()

moment, sys.argv = sys.argv[1], ["qp", *sys.argv[2:]]
sys.meta_path.insert(0, Finder())
if moment == "exit":
    atexit.register(interrupt)
from qp_cli.__main__ import main
main()
"""


@pytest.fixture
def interrupted(shipped, clean_environ):
    """The end of qp when Ctrl-C comes while it looks for a module, or when it leaves."""

    def run(moment, *arguments, before=None):
        line = [sys.executable, "-c", SCRIPT, moment, *arguments]
        environ = clean_environ(QP_AS_OF="2026-11-23", QP_NO_CACHE="1")
        return subprocess.run(
            line, cwd=shipped, env=environ, capture_output=True, check=False, timeout=30, preexec_fn=before
        )

    return run


@pytest.mark.parametrize(
    "moment",
    ["qp_cli.cli.main", "qp_cli.cli.output", "qp_cli.render.language", "typer", "qp_cli.cli.session", "qp_cli.cli.app"],
)
def test_while_qp_starts(interrupted, moment):
    done = interrupted(moment, "report")
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


@pytest.mark.parametrize("moment", ["qp_cli.cli.commands.report", "yaml", "pydantic_core", "jinja2"])
def test_while_a_command_runs(interrupted, moment):
    done = interrupted(moment, "report")
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_while_qp_ends_with_its_answer_given(interrupted):
    done = interrupted("exit", "status")
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")
    assert b"feuille-de-route" in done.stdout


@pytest.mark.parametrize("moment", ["qp_cli.cli.main", "jinja2", "exit"])
def test_whoever_started_qp_without_it_hears_nothing_of_it(interrupted, moment):
    done = interrupted(moment, "report", before=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"<!doctype html>")


def instants(count, of):
    """So many instants, spread over a run of so many steps, others at each place than those of a plain division."""
    return sorted({(number * of) // count + (number * 7919) % max(1, of // count) + 1 for number in range(count)})


@pytest.fixture
def at_an_instant(qp, shipped):
    """Runs qp in this process with Ctrl-C at the n-th step of what it does; the answer, and how many steps there were.

    A step is a line of Python that is reached, which is where Python hears of a signal: a line of qp, or of what
    Pydantic and YAML call.
    """
    from qp_cli.cli import interruption

    def run(number, *arguments):
        steps = 0

        def trace(*_event):
            nonlocal steps
            steps += 1
            if steps == number:
                sys.settrace(None)
                interruption.interrupt(signal.SIGINT)
            return trace

        def choose(frame, event, argument):
            name = frame.f_code.co_filename
            return trace(event, argument) if "qp_cli" in name or "yaml" in name or "enum" in name else None

        interruption.forget_interruption()
        sys.settrace(choose)
        try:
            return qp(*arguments, environ={"QP_NO_CACHE": "1"}), steps
        except KeyboardInterrupt:  # in what the test itself adds around qp
            return None, steps
        finally:
            sys.settrace(None)
            interruption.forget_interruption()

    assert shipped.is_dir()
    return run


@pytest.mark.skipif(sys.gettrace() is not None, reason="coverage is being measured, by a trace of its own")
@pytest.mark.parametrize("arguments", [["check"], ["status"], ["export", "json"]])
def test_at_any_instant_it_is_the_end_or_the_answer_and_no_other_line(at_an_instant, arguments):
    at_an_instant(0, *arguments)
    whole, steps = at_an_instant(0, *arguments)
    assert whole.code == 0
    for number in instants(INSTANTS, steps):
        answer, _ = at_an_instant(number, *arguments)
        if answer is None or ((answer.code, answer.err) == (130, "") and answer.out in ("", whole.out)):
            continue
        assert answer == whole, number


@pytest.mark.parametrize("error", [None, RuntimeError("x"), ImportError("cannot import name")])
def test_what_an_interruption_is_turned_into_is_not_told(qp, shipped, monkeypatch, error):
    """A false finding, or an error, as when what was under way makes one of the exception."""
    from qp_cli.cli import interruption
    from qp_cli.store import repository

    read = repository.validate

    def misled(document, model):
        try:
            interruption.interrupt(signal.SIGINT)
        except KeyboardInterrupt:
            if error:
                raise error from None
        return None, read(document, model)[1]

    monkeypatch.setattr(repository, "validate", misled)
    try:
        answer = qp("check", environ={"QP_NO_CACHE": "1"})
    finally:
        interruption.forget_interruption()
    assert (answer.code, answer.out, answer.err) == (130, "", "")
    assert shipped.is_dir()


def test_an_interruption_in_an_object_that_goes_is_no_line(clean_environ):
    script = """
import sys
from qp_cli.cli.interruption import end_at_once, interrupt, raise_it
class Gone:
    def __del__(self):
        interrupt(2)
end_at_once()
raise_it()
Gone()
"""
    done = subprocess.run([sys.executable, "-c", script], env=clean_environ(), capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


RANDOM = """
import os, signal, sys, threading
from qp_cli.cli.interruption import end_at_once
end_at_once()
from qp_cli.__main__ import main
delay, sys.argv = float(sys.argv[1]), ["qp", *sys.argv[2:]]
waiting = threading.Timer(delay, os.kill, (os.getpid(), signal.SIGINT))
waiting.daemon = True
waiting.start()
main()
"""


@pytest.mark.parametrize("arguments", [["check"], ["status"], ["report"]])
def test_real_interruptions_give_the_end_or_the_answer(shipped, clean_environ, arguments):
    environ = clean_environ(QP_AS_OF="2026-11-23", QP_NO_CACHE="1")

    def run(delay):
        line = [sys.executable, "-c", RANDOM, str(delay), *arguments]
        return subprocess.run(line, cwd=shipped, env=environ, capture_output=True, check=False, timeout=60)

    whole = run(30).stdout
    for number in range(INTERRUPTIONS):
        done = run(number * 0.9 / INTERRUPTIONS)
        assert done.returncode in (0, 130, -signal.SIGINT), (number, done.stderr)
        assert done.stdout in (b"", whole)
        assert done.stderr == b""
