"""The hook that `qp init` sets up, run by git itself: on every commit, whatever is part of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import clean_environment

pytest.importorskip("pre_commit", reason="pre-commit comes with the dev extra")
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="the hook is run by sh"),
    pytest.mark.skipif(not shutil.which("git"), reason="git is not installed"),
    pytest.mark.skipif(not (Path(sys.executable).parent / "qp").exists(), reason="qp is not installed as a program"),
]
BLANK = (
    "--template",
    "blank",
    "--title",
    "Essai",
    "--party",
    "Ville",
    "--engagement",
    "Bilan; Ville; one-off; ; art. 1",
)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


class Work:
    """A repository made by `qp init`, whose hook is set up; nothing is committed yet."""

    def __init__(self, top, environ):
        self.top = top
        self._environ = environ

    def set_up(self):
        """Makes it."""
        self.run("qp", "init", self.top, *BLANK, cwd=self.top.parent)
        self.run("git", "init", "--quiet", "--initial-branch", "main")
        self.run(sys.executable, "-m", "pre_commit", "install")

    def copied(self, top):
        """The same at another place."""
        shutil.copytree(self.top, top, symlinks=True)
        return Work(top, self._environ)

    def run(self, *command, code=0, cwd=None):
        """What a command said."""
        done = subprocess.run(
            list(map(str, command)),
            cwd=cwd or self.top,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def commit(self, code=0):
        """What git and the hook say of a commit of all there is."""
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--message", "x", code=code)

    def journal(self, old, new):
        """Changes the journal as an editor would."""
        path = self.top / "data" / "journal.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A repository where a fact with a proof was recorded and committed, the hook passed each time; to be copied."""
    folder = tmp_path_factory.mktemp("model")
    who = {f"GIT_{role}_{part}": "essai" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environ = clean_environment(
        PATH=path,
        GIT_CONFIG_GLOBAL=str(folder / "gitconfig"),
        GIT_CONFIG_NOSYSTEM="1",
        PRE_COMMIT_HOME=str(folder / "pre-commit"),
        QP_AS_OF="2026-11-23",
        QP_LANG="en",
        **who,
    )
    work = Work(folder / "depot", environ)
    work.set_up()
    assert "Passed" in work.commit(), "there is nothing before the first commit"
    pieces = work.top / "data" / "pieces"
    pieces.mkdir()
    (pieces / "bilan.pdf").write_bytes(PDF)
    work.run("qp", "record", "fulfilled", "bilan", "--on", "2026-10-01", "--proof", pieces / "bilan.pdf")
    assert "Passed" in work.commit()
    assert ".lock" not in work.run("git", "ls-files")
    return work


@pytest.fixture
def recorded(model, tmp_path):
    """A copy of it, the test's own."""
    return model.copied(tmp_path / "depot")


def test_a_proof_alone_that_changed_stops_the_commit(recorded):
    (recorded.top / "data" / "pieces" / "bilan.pdf").write_bytes(PDF + b"2")
    assert "QP411" in recorded.commit(code=1)


@pytest.mark.parametrize(("name", "code"), [("journal.yaml", "QP603"), ("pieces/bilan.pdf", "QP410")])
def test_a_file_alone_that_was_deleted_stops_the_commit(recorded, name, code):
    (recorded.top / "data" / name).unlink()
    assert code in recorded.commit(code=1)


def test_a_fact_that_changed_or_went_stops_the_commit_and_new_facts_do_not(recorded):
    recorded.journal("2026-10-01", "2026-10-02")
    assert "QP601" in recorded.commit(code=1)
    recorded.run("git", "reset", "--quiet", "--hard")
    path = recorded.top / "data" / "journal.yaml"
    path.write_text("format: qp/1\nfacts: []\n", "utf-8")
    assert "QP602" in recorded.commit(code=1)
    recorded.run("git", "reset", "--quiet", "--hard")
    (name,) = [
        line.partition("id: ")[2] for line in path.read_text("utf-8").splitlines() if line.startswith("  - id: f-")
    ]
    recorded.run("qp", "record", "voided", name, "--on", "2026-10-03")
    assert "Passed" in recorded.commit()


def test_what_is_not_part_of_the_commit_is_not_looked_at(recorded):
    recorded.journal("2026-10-01", "2026-10-02")
    (recorded.top / "README.md").write_text("lire\n", "utf-8")
    recorded.run("git", "add", "README.md")
    assert "Passed" in recorded.run("git", "commit", "--message", "x")


def test_a_folder_that_was_moved_is_followed(recorded):
    recorded.run("git", "mv", "data", "convention")
    assert "No convention.yaml" in recorded.commit(code=1)
    path = recorded.top / ".pre-commit-config.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("--against=HEAD", "--data=convention --against=HEAD"), "utf-8")
    assert "Passed" in recorded.commit()
