"""The hook and the action run for real, installed from this tree by pip: slow, and only with the dev extra."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "qp_cli",
    "data",
    "docs",
    "templates",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
    "action.yml",
    "constraints.txt",
    "hatch_build.py",
)
HOOKS = (sys.executable, "-m", "pre_commit", "run")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for bash on POSIX"),
    pytest.mark.skipif(not shutil.which("git"), reason="git is not installed"),
]
pytest.importorskip("pre_commit", reason="pre-commit comes with the dev extra")


def call(*command, cwd, environ, code=0):
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environ, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def environ(tmp_path_factory):
    """The machine's environment, with homes of their own for git and pre-commit."""
    home = tmp_path_factory.mktemp("home")
    names = {f"GIT_{who}_{what}": "essai@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "QP_", "GITHUB_", "COV_"))
    }
    return (
        kept
        | names
        | {
            "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(home / "pre-commit"),
            "LC_ALL": "C.UTF-8",
        }
    )


def commit(folder, environ):
    call("git", "init", "-q", cwd=folder, environ=environ)
    call("git", "add", "-A", cwd=folder, environ=environ)
    call("git", "commit", "-q", "-m", "Essai", cwd=folder, environ=environ)


@pytest.fixture(scope="module")
def project(tmp_path_factory, environ):
    """What is committed of qp, or is about to be, as a repository of its own."""
    folder = tmp_path_factory.mktemp("qp")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    commit(folder, environ)
    return folder


@pytest.fixture
def convention(tmp_path, environ, project):
    """A convention's repository that has the hook, as the guide says."""
    folder = tmp_path / "convention"
    shutil.copytree(ROOT / "data", folder / "data")
    version = call("git", "rev-parse", "HEAD", cwd=project, environ=environ).strip()
    hooks = {"repos": [{"repo": str(project), "rev": version, "hooks": [{"id": "qp-check"}]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(hooks), "utf-8")
    commit(folder, environ)
    return folder


def spoil(folder):
    """A name misspelt in a repository; its line."""
    path = folder / "data" / "convention.yaml"
    lines = path.read_text("utf-8").split("\n")
    number = next(number for number, line in enumerate(lines) if "debtors: [metropole]" in line)
    lines[number] = lines[number].replace("[metropole]", "[metropol]")
    path.write_text("\n".join(lines), "utf-8")
    return number + 1


def test_the_hook_passes_then_stops_a_mistake_at_its_line(convention, environ):
    command = (*HOOKS, "--all-files", "--verbose")  # it is installed by the first and kept for the others
    said = call(*command, cwd=convention, environ=environ)
    assert "Passed" in said
    assert "3 files checked" in said
    line = spoil(convention)
    call("git", "add", "-A", cwd=convention, environ=environ)
    said = call(*command, cwd=convention, environ=environ, code=1)
    assert "Failed" in said
    assert f"data/convention.yaml:{line}:" in said
    assert "QP202" in said


def test_the_hook_runs_for_a_proof_that_changed_and_for_a_file_that_was_deleted(convention, environ):
    command = (*HOOKS, "--verbose")
    pieces, journal = convention / "data" / "pieces", convention / "data" / "journal.yaml"
    pieces.mkdir()
    (pieces / "feuille.pdf").write_bytes(b"%PDF-1.7\n")
    digest = hashlib.sha256(b"%PDF-1.7\n").hexdigest()
    fact = "- {id: f-1, kind: fulfilled, engagement: feuille-de-route, on: 2022-10-30,"
    fact += f" proof: {{file: pieces/feuille.pdf, sha256: {digest}}}}}"
    journal.write_text(f"format: qp/1\nfacts:\n{fact}\n", "utf-8")
    call("git", "add", "-A", cwd=convention, environ=environ)
    assert "Passed" in call(*command, cwd=convention, environ=environ)
    call("git", "commit", "-q", "-m", "Fait", cwd=convention, environ=environ)
    for tamper, code in (
        (lambda: (pieces / "feuille.pdf").write_bytes(b"%PDF-1.4\n"), "QP411"),
        ((pieces / "feuille.pdf").unlink, "QP410"),
        (journal.unlink, "QP603"),
        (lambda: journal.write_text("format: qp/1\nfacts: []\n", "utf-8"), "QP602"),
    ):
        tamper()
        call("git", "add", "-A", cwd=convention, environ=environ)
        assert code in call(*command, cwd=convention, environ=environ, code=1)
        call("git", "reset", "-q", "--hard", cwd=convention, environ=environ)
    (convention / "README.md").write_text("lire", "utf-8")
    call("git", "add", "-A", cwd=convention, environ=environ)
    assert "Passed" in call(*command, cwd=convention, environ=environ)


def test_the_action_installs_qp_from_its_own_path_and_checks(project, convention, environ, tmp_path):
    steps = [
        step for step in yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"] if "run" in step
    ]
    output = tmp_path / "github-output"
    runner = environ | {
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_ACTION_PATH": str(project),
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(convention),
        "PYTHON": sys.executable,
    }

    def run(step, code=0, **inputs):
        bash = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"])
        empty = {name: "" for name in step["env"] if name.startswith("INPUT_")}
        return call(*bash, cwd=convention, environ=runner | empty | inputs, code=code)

    install, check, status = steps
    run(install)
    runner["QP"] = output.read_text("utf-8").strip().removeprefix("qp=")
    for language, word in (("fr", "## Pourquoi"), ("en", "## Why it matters")):
        asked = (runner["QP"], "check", "--explain", "QP304", "--lang", language)
        assert word in call(*asked, cwd=tmp_path, environ=environ)
    assert "::error" not in run(check)
    run(status, 1, INPUT_FAIL_ON="overdue")
    run(status, 0, INPUT_FAIL_ON="suspended")
    head = call("git", "rev-parse", "HEAD", cwd=convention, environ=environ).strip()
    assert "::error" not in run(check, INPUT_AGAINST=head)
    line = spoil(convention)
    said = run(check, 1)
    assert f"::error file=data/convention.yaml,line={line}," in said
    assert f"data/convention.yaml:{line}:" in said
