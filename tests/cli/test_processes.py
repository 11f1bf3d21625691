"""qp for real, in processes of its own: streams, consoles, pipes that close, folders that vanish."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

QP = [sys.executable, "-m", "qp_cli"]
DAY = {"QP_AS_OF": "2026-11-23"}
FORMS = ("json", "csv", "md")
needs_a_full_device = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
NOTICE = "No repository of qp here: showing Aix-Marseille-Provence. Yours: --data DIR\n"


@pytest.fixture
def qp_process(cold_qp_process):
    """Python started anew each time: its streams and its end are what is looked at here."""
    return cold_qp_process


def test_from_a_folder_without_a_repository_the_embedded_convention_is_shown(qp_process, outside):
    answer = qp_process("status", cwd=outside, environ=DAY)
    assert (answer.code, answer.err) == (0, NOTICE)
    for piece in ("Sat 18 Sep 2021", "feuille-de-route", "Métropole AMP", "art. 1", "since 19 Sep 2021", "1,892 days"):
        assert piece in answer.out


def test_from_inside_a_repository_nothing_is_said_beside_the_answer(qp_process, shipped):
    answer = qp_process(cwd=shipped / "data", environ=DAY)
    assert (answer.code, answer.err) == (0, "")
    there = qp_process("status", "--as-of", "23/11/2026", cwd=shipped).out
    assert answer.out == there.replace(" --as-of 23/11/2026\n", "\n"), "but for what the next command is to be given"


def test_a_scheduled_job_fails_on_what_is_overdue(qp_process, shipped):
    answer = qp_process("deadlines", "--format", "json", "--fail-on", "overdue", cwd=shipped, environ=DAY)
    assert answer.code == 1
    assert answer.err.endswith("feuille-de-route/metropole: overdue\n")
    assert answer.json["obligations"][0]["engagement"] == "feuille-de-route"


def test_a_scheduled_job_without_a_repository_gets_exit_3(qp_process, outside):
    answer = qp_process("status", "--fail-on", "overdue", cwd=outside)
    assert (answer.code, answer.out) == (3, "")


def test_a_mistake_gets_exit_2(qp_process, outside):
    answer = qp_process("deadlines", "--party", "inconnu", cwd=outside)
    assert (answer.code, answer.out) == (2, "")
    assert "“inconnu”" in answer.err


def test_a_french_locale_gets_french(qp_process, shipped):
    answer = qp_process("status", cwd=shipped, environ={**DAY, "LC_ALL": "fr_FR.UTF-8"})
    assert answer.code == 0
    assert "lundi 23 novembre 2026" in answer.out


def test_the_command_and_the_module_are_one(qp_process, clean_environ, outside):
    script = Path(sys.executable).with_name("qp.exe" if os.name == "nt" else "qp")
    if not script.exists():
        pytest.skip("the script is not installed beside this interpreter")
    done = subprocess.run([script, "--version"], env=clean_environ(), cwd=outside, capture_output=True, check=True)
    assert done.stdout.decode() == qp_process("--version", cwd=outside).out


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_a_windows_console_gets_readable_text(qp_process, shipped, encoding):
    environ = {**DAY, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    answer = qp_process("status", cwd=shipped, environ=environ, encoding=encoding)
    assert (answer.code, answer.err) == (0, "")
    assert "Métropole AMP" in answer.out
    assert "?" not in answer.out


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
@pytest.mark.parametrize("arguments", [["status"], ["deadlines", "--format", "json"], ["calc", "2021-03-18", "P6M"]])
def test_a_reader_that_leaves_early_hears_no_noise(shipped, clean_environ, arguments):
    process = subprocess.Popen(
        [*QP, *arguments],
        cwd=shipped,
        env=clean_environ(**DAY),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=30) == 0
    assert err == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_reader_that_leaves_early_does_not_change_what_fail_on_says(shipped, clean_environ):
    process = subprocess.Popen(
        [*QP, "deadlines", "--fail-on", "overdue"],
        cwd=shipped,
        env=clean_environ(**DAY),
        stdout=subprocess.PIPE,
    )
    process.stdout.close()
    assert process.wait(timeout=30) == 1


@needs_a_full_device
def test_a_full_disk_is_one_line(shipped, clean_environ):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*QP, "status"], cwd=shipped, env=clean_environ(**DAY), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"the disk is full" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.fixture
def shell(shipped, clean_environ):
    """Runs qp from a shell that has done something to its streams."""

    def run(redirection, *arguments):
        line = ["/bin/sh", "-c", f'exec "$@" {redirection}', "sh", *QP, *arguments]
        done = subprocess.run(line, cwd=shipped, env=clean_environ(**DAY), capture_output=True, check=False, timeout=30)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such shell")
@pytest.mark.parametrize(
    "arguments", [["report"], ["status"], ["export", "csv"], ["export", "xlsx"], ["check"], ["rules"]], ids=" ".join
)
def test_a_closed_stdout_is_one_line(shell, arguments):
    code, _, err = shell(">&-", *arguments)
    assert (code, err) == (2, "qp: The answer cannot be written: it is closed\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such shell")
def test_a_file_needs_no_stdout(shell, tmp_path):
    page = tmp_path / "page.txt"
    code, out, err = shell(">&-", "status", "--output", str(page))
    assert (code, out) == (0, "")
    assert err.startswith(f"Written: {page} (")
    assert page.read_text("utf-8") == shell("", "status")[1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such shell")
@pytest.mark.parametrize("redirection", ["2>&-", pytest.param("2>/dev/full", marks=needs_a_full_device)])
def test_what_there_is_to_say_to_a_closed_stderr_is_not_said(shell, redirection):
    assert shell(redirection, "show", "inconnu") == (2, "", "")
    assert shell(redirection, "status") == shell("", "status")
    assert shell(f">&- {redirection}", "report") == (2, "", "")


@needs_a_full_device
def test_a_full_device_named_as_the_file_is_one_line(shell):
    for command in (["report"], ["calc", "2021-03-18", "P6M"], ["export", "xlsx"]):
        code, out, err = shell("", *command, "--output", "/dev/full")
        assert (code, out) == (2, "")
        assert err == "qp: /dev/full cannot be written: the disk is full\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such shell")
@pytest.mark.parametrize("redirection", [">&-", pytest.param(">/dev/full", marks=needs_a_full_device)])
def test_a_fact_that_is_on_the_disk_is_recorded_whatever_becomes_of_the_answer(tmp_path, shell, redirection):
    data = tmp_path / "data"
    shutil.copytree("data", data)
    told = ["record", "notified", "feuille-de-route", "--on", "2021-10-01", "--data", str(data), "--lang", "en"]
    code, _, err = shell(redirection, *told)
    (name,) = re.findall(r"id: (f-\S+)", (data / "journal.yaml").read_text("utf-8").split("\nfacts:")[1])
    assert code == 0
    assert err.splitlines()[-1] == f"{name} recorded in {data / 'journal.yaml'}"
    code, _, err = shell("", *told)
    assert code == 0
    assert f"recorded less than a minute ago, as {name}" in err
    assert f"qp record voided {name} --data {data}" in err


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that is in use")
def test_a_folder_that_vanished_is_no_traceback(tmp_path, clean_environ):
    gone = tmp_path / "parti"
    gone.mkdir()
    script = 'rmdir "$PWD"; exec "$@"'
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *QP, "status"], cwd=gone, env=clean_environ(), capture_output=True, check=False
    )
    assert done.returncode in {0, 2, 3}
    assert b"Traceback" not in done.stderr


def test_github_actions_changes_nothing(qp_process, shipped):
    plain = qp_process("deadlines", cwd=shipped, environ=DAY)
    assert qp_process("deadlines", cwd=shipped, environ={**DAY, "GITHUB_ACTIONS": "true"}) == plain
    assert not re.search("\x1b|^::", plain.out, re.MULTILINE)


def test_json_from_a_process_is_utf_8_and_whole(shipped, clean_environ):
    done = subprocess.run(
        [*QP, "status", "--format", "json"], cwd=shipped, env=clean_environ(**DAY), capture_output=True, check=True
    )
    assert json.loads(done.stdout.decode("utf-8"))["conventions"][0]["territory"] == "Aix-Marseille-Provence"
    assert b"\r" not in done.stdout


FOR_PROGRAMS = [
    *([command, "--format", form] for command in ("status", "deadlines", "overdue", "timeline") for form in FORMS),
    *([command, "--format", form] for command in ("log", "parties", "sites") for form in FORMS),
    ["show", "feuille-de-route", "--format", "json"],
    ["calc", "2021-03-18", "P6M", "--format", "json"],
    *(["check", "--format", form] for form in ("json", "gitlab", "sarif", "junit")),
    *(["export", form] for form in ("json", "csv", "md", "ics")),
    ["rules", "--format", "json"],
    ["schema", "convention"],
]
"""The page is not among them: where the console lacks a character, it is written as HTML can say it in ASCII."""


ONE_AFTER_THE_OTHER = """
import io, json, os, sys
from qp_cli.cli.main import run

given, folder = sys.stdout, sys.argv[2]
for number, arguments in enumerate(json.loads(sys.argv[1])):
    with open(os.path.join(folder, str(number)), "wb") as answer:
        sys.stdout = io.TextIOWrapper(answer, encoding=given.encoding, errors=given.errors)
        run(arguments, os.environ)
        sys.stdout.flush()
"""
"""Every command in one process, each with a stdout of its own, made as this Python made the one that it was given."""


def test_what_programs_read_has_the_same_bytes_on_every_console(shipped, clean_environ, tmp_path):
    def answers(**environ):
        folder = tmp_path / "-".join(environ.values())
        folder.mkdir()
        line = [sys.executable, "-c", ONE_AFTER_THE_OTHER, json.dumps(FOR_PROGRAMS), str(folder)]
        given = clean_environ(**DAY, QP_LANG="fr", **environ)
        subprocess.run(line, cwd=shipped, env=given, check=True, timeout=120)
        return {" ".join(each): (folder / str(number)).read_bytes() for number, each in enumerate(FOR_PROGRAMS)}

    usual = answers(PYTHONIOENCODING="utf-8")
    assert all(usual.values())
    assert "é".encode() in usual["status --format json"]
    for encoding in ("cp1252", "latin-1", "ascii"):
        assert answers(PYTHONIOENCODING=encoding) == usual
    for locale in ("ar_SA.UTF-8", "tr_TR.UTF-8", "C"):
        assert answers(LC_ALL=locale) == usual


def test_one_process_after_the_other_gives_those_bytes_too(shipped, clean_environ):
    for encoding in ("utf-8", "cp1252"):
        given = clean_environ(**DAY, QP_LANG="fr", PYTHONIOENCODING=encoding)
        line = [*QP, "status", "--format", "json"]
        done = subprocess.run(line, cwd=shipped, env=given, capture_output=True, check=True)
        assert "é".encode() in done.stdout
