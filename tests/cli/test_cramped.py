"""Where the machine gives little: no docstrings, no folder, no memory, few descriptors, a disk that takes no more."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from importlib import import_module
from inspect import getdoc
from pathlib import Path

import pytest

from qp_cli.app import workers
from qp_cli.cli import parser
from qp_cli.cli.surroundings import cramped
from qp_cli.store import portfolio
from qp_cli.store.places import reason
from tests.conftest import small_convention, written

posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that somebody stands in")
QP = [sys.executable, "-m", "qp_cli"]


# --- Without docstrings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", parser.COMMANDS)
def test_a_help_text_is_found_where_python_keeps_no_docstring(name):
    module = f"qp_cli.cli.commands.{name}"
    command = getattr(import_module(module), name)
    assert parser._help_in_source(module, name) == getdoc(command)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["record", "--help", "--lang", "fr"], ["rules"], ["check", "--format", "sarif"]]
)
def test_what_is_said_is_the_same_without_docstrings(clean_environ, shipped, arguments):
    def said(level):
        environ = clean_environ(PYTHONOPTIMIZE=level)
        done = subprocess.run([*QP, *arguments], cwd=shipped, env=environ, capture_output=True, check=False, timeout=60)
        return done.returncode, done.stdout, done.stderr

    assert said("2") == said("0")


# --- Without a folder, memory or room ------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "arguments", [["status"], ["check"], ["check", "."], ["diff", "HEAD"], ["report", "--output", "x.html"]]
)
def test_a_folder_that_is_gone_is_told(qp, tmp_path, monkeypatch, arguments, language):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    try:
        answer = qp("--lang", language, *arguments)
    finally:
        os.chdir(tmp_path)
    assert (answer.code, answer.out) == (2, "")
    words = "n'existe plus" if language == "fr" else "is no longer there"
    assert words in answer.err.splitlines()[-1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("arguments", [["--help"], ["record", "--help"], ["--show-completion", "bash"]])
def test_a_help_page_on_a_full_disk_is_told_as_any_answer(clean_environ, arguments):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*QP, *arguments],
            env=clean_environ(_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1"),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (2, b"qp: The answer cannot be written: the disk is full\n")


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        ImportError("libffi.so.8: failed to map segment from shared object"),
        RuntimeError("can't start new thread"),
    ],
)
@pytest.mark.usefixtures("shipped")
def test_little_memory_is_told(qp, monkeypatch, error):
    def refuse(*_arguments, **_more):
        raise error

    monkeypatch.setattr("qp_cli.app.conventions.open_folder", refuse)
    answer = qp("status")
    assert (answer.code, answer.out, answer.err) == (2, "", "qp: There is not enough memory for this.\n")


def test_what_nobody_expects_is_still_an_error_of_its_own():
    assert "RuntimeError: x" in str(cramped(RuntimeError("x")).message)
    assert "an error of its own" in str(cramped(OSError(errno.ENOENT, "x", "y")).message)


@pytest.mark.parametrize("name", ["EFBIG", "EIO", "EINVAL", "ENOLCK", "EDQUOT", "EMFILE", "ENOSPC", "ESTALE", "EBUSY"])
def test_what_the_system_refuses_is_said_in_words(name):
    assert not reason(OSError(getattr(errno, name), "")).parts


# --- With few descriptors, or folders without end --------------------------------------------------------------


@pytest.fixture
def conventions(tmp_path, monkeypatch):
    """Ten small conventions below the folder where the test stands."""
    for number in range(10):
        folder = tmp_path / f"c{number}"
        folder.mkdir()
        declared = {"format": "qp/1", **small_convention(), "id": f"c{number}"}
        (folder / "convention.yaml").write_text(written(declared), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@posix
def test_few_descriptors_are_one_process(conventions, clean_environ):
    def check(most, **more):
        import resource

        return subprocess.run(
            [*QP, "check", "."],
            cwd=conventions,
            env=clean_environ(QP_NO_CACHE="1", **more),
            preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))) if most else None,
            capture_output=True,
            check=False,
            timeout=60,
        )

    expected = check(None, QP_JOBS="1")
    for most in (7, 8, 12):
        done = check(most, QP_JOBS="4")
        assert (done.returncode, done.stdout, done.stderr) == (expected.returncode, expected.stdout, b"")


@pytest.mark.parametrize("error", [OSError(errno.EMFILE, ""), ImportError("no semaphores"), NotImplementedError()])
def test_where_no_process_is_to_be_had_this_one_goes_on(qp, conventions, monkeypatch, error):
    expected = qp("check", ".", environ={"QP_JOBS": "1", "QP_NO_CACHE": "1"})

    def refuse(*_arguments, **_more):
        raise error

    monkeypatch.setattr("multiprocessing.get_context", refuse)
    assert workers.choose_jobs([*conventions.iterdir()], {"QP_JOBS": "4"}) == 4
    assert qp("check", ".", environ={"QP_JOBS": "4", "QP_NO_CACHE": "1"}) == expected


@pytest.mark.parametrize("arguments", [["check", "."], ["--data", ".", "status"]])
def test_a_whole_machine_is_not_walked(qp, conventions, monkeypatch, arguments):
    assert qp(*arguments).code in {0, 1}
    monkeypatch.setattr(portfolio, "MOST_FOLDERS", 5)
    answer = qp(*arguments)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == "qp: More than 5 folders are below .: name the one that holds the conventions\n"
    assert conventions.is_dir()
