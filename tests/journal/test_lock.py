"""The lock beside a journal: in a folder of its own, which git leaves out, and which nobody can make into a trap."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date

import pytest

from qp_cli.errors import UsageError
from qp_cli.store.journal_append import append_fact, lock_path

FACT = {"kind": "fulfilled", "engagement": "bilan", "on": date(2026, 9, 1)}
posix = pytest.mark.skipif(sys.platform == "win32", reason="made of links, pipes and modes of POSIX")


def test_the_lock_is_committed_in_no_repository(tmp_path):
    git = shutil.which("git") or pytest.skip("git is not installed")
    append_fact(tmp_path / "journal.yaml", FACT)
    assert lock_path(tmp_path / "journal.yaml").parent.is_dir()

    def told(*arguments):
        command = [git, "-C", tmp_path, *arguments]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.split()

    told("init", "--quiet")
    told("add", "--all")
    assert told("ls-files") == ["journal.yaml"]
    assert told("status", "--porcelain", "--untracked-files=all") == ["A", "journal.yaml"]


def test_the_lock_of_an_earlier_version_gives_way_to_its_folder(tmp_path):
    folder = lock_path(tmp_path / "journal.yaml").parent
    folder.write_bytes(b"")
    append_fact(tmp_path / "journal.yaml", FACT)
    assert folder.is_dir()
    (folder / ".gitignore").write_bytes(b"")
    append_fact(tmp_path / "journal.yaml", FACT)
    assert (folder / ".gitignore").read_bytes() == b"*\n"


@posix
@pytest.mark.parametrize("name", ["", "lock", ".gitignore"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("../elsewhere")], ids=["pipe", "link"])
def test_what_stands_in_its_place_is_neither_written_nor_waited_for(tmp_path, name, make):
    journal = tmp_path / "data" / "journal.yaml"
    folder = lock_path(journal).parent
    (folder if name else folder.parent).mkdir(parents=True)
    make(folder / name if name else folder)
    with pytest.raises(UsageError, match="no ordinary file"):
        append_fact(journal, FACT)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) in ([], [".gitignore"])


@posix
def test_a_file_that_is_no_lock_is_left_alone(tmp_path):
    folder = lock_path(tmp_path / "journal.yaml").parent
    folder.write_text("à garder", "utf-8")
    with pytest.raises(UsageError, match="no ordinary file"):
        append_fact(tmp_path / "journal.yaml", FACT)
    assert folder.read_text("utf-8") == "à garder"


@posix
def test_whoever_may_write_to_the_folder_may_take_the_lock(tmp_path):
    tmp_path.chmod(0o775)
    append_fact(tmp_path / "journal.yaml", FACT)
    lock = lock_path(tmp_path / "journal.yaml")
    assert lock.parent.stat().st_mode & 0o777 == 0o775
    assert lock.stat().st_mode & 0o060 == 0o060
