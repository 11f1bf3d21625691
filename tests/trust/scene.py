"""A git repository made by a test to act on whoever reads it, and what it would leave behind if it did."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.conftest import small_convention, written

GIT = shutil.which("git") or "git"
FACT = {"id": "f-1", "kind": "fulfilled", "engagement": "bilan", "on": "2026-09-20", "recorded": "2026-10-05"}
FIRST, SECOND = "2026-09-01T12:00:00+0200", "2026-10-05T12:00:00+0200"


class Scene:
    """A clone whose `data/` holds a convention, committed, then a fact; `mark` is made by whatever is run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.top = folder / "clone"
        self.data = self.top / "data"
        self.mark = folder / "MARK"
        self.touch = f"touch {self.mark}"

    def git(self, *arguments, cwd=None, check=True, at=FIRST, environ=None):
        """What a plain git answers, with nothing of the machine's own settings."""
        done = subprocess.run(
            [GIT, *arguments],
            cwd=cwd or self.top,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_NOSYSTEM": "1",
                **{f"GIT_{who}_{what}": "essai" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
                "GIT_COMMITTER_DATE": at,
                "GIT_AUTHOR_DATE": at,
                **(environ or {}),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=check,
            timeout=30,
        )
        return done.stdout.decode(errors="replace").strip()

    def make(self):
        """The clone, with two commits."""
        self.data.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch", "main")
        self.write("convention.yaml", small_convention())
        self.commit(FIRST)
        self.write("journal.yaml", {"format": "qp/1", "facts": [FACT]})
        self.commit(SECOND)
        return self

    def write(self, name, declared):
        """Writes one file of the convention."""
        (self.data / name).write_text(written(declared), "utf-8")

    def commit(self, at=SECOND):
        """Commits everything; the commit's name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "x", at=at)
        return self.git("rev-parse", "HEAD")

    @property
    def journal_object(self):
        """Where git keeps the journal, as a file of its own."""
        name = self.git("rev-parse", "HEAD:data/journal.yaml")
        return Path("objects", name[:2], name[2:])

    def configure(self, text, name="config"):
        """Adds to the settings of the clone."""
        with (self.top / ".git" / name).open("a", encoding="utf-8") as stream:
            stream.write(text)

    def other(self):
        """Another repository with a convention whose engagement has another date, and a fact the less."""
        elsewhere = Scene(self.folder / "other")
        elsewhere.data.mkdir(parents=True)
        elsewhere.git("init", "--quiet", "--initial-branch", "main")
        moved = small_convention()
        moved["engagements"][0]["due"]["on"] = "2020-01-01"
        elsewhere.write("convention.yaml", moved)
        elsewhere.commit(FIRST)
        return elsewhere

    def pose(self, settings="", source=None, *, files=("HEAD", "objects", "refs")):
        """Files in `data/` that git would take for a repository, which anybody can commit.

        Args:
            settings: what its `config` says besides.
            source: whose objects it has; the clone's own by default.
            files: those of a repository that are there.
        """
        for name in files:
            origin = (source or self).top / ".git" / name
            if origin.is_dir():
                shutil.copytree(origin, self.data / name)
            else:
                shutil.copy(origin, self.data / name)
        text = f"[core]\n\trepositoryformatversion = 0\n\tbare = true\n{settings}"
        (self.data / "config").write_text(text, "utf-8")
