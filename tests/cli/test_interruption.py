"""Ctrl-C, at whatever moment it comes: the end of qp, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

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
