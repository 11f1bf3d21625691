"""The lock beside a journal: in a folder of its own, which git leaves out, and which nobody can make into a trap."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
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


@pytest.fixture
def without_locks(monkeypatch):
    """A disk on which the system locks nothing."""
    import fcntl

    def lack(*_arguments):
        raise OSError(errno.ENOSYS, "")

    monkeypatch.setattr(fcntl, "flock", lack)
    monkeypatch.setattr("qp_cli.store.exclusive_file._POLL", 0.001)


@posix
@pytest.mark.usefixtures("without_locks")
@pytest.mark.filterwarnings("error")
def test_a_disk_without_locks_takes_facts_and_nothing_is_left(tmp_path):
    journal = tmp_path / "journal.yaml"
    for _ in range(3):
        append_fact(journal, FACT)
    assert journal.read_bytes().count(b"fulfilled") == 3
    assert sorted(path.name for path in lock_path(journal).parent.iterdir()) == [".gitignore"]


@posix
@pytest.mark.usefixtures("without_locks")
def test_on_a_disk_without_locks_writers_wait_for_one_another(tmp_path):
    journal = tmp_path / "journal.yaml"
    append_fact(journal, FACT)
    with ThreadPoolExecutor(8) as pool:
        ids = {each.id for each in pool.map(lambda _: append_fact(journal, FACT), range(24))}
    assert len(ids) == 24
    text = journal.read_text("utf-8")
    assert all(text.count(each) == 1 for each in ids)


@posix
@pytest.mark.usefixtures("without_locks")
def test_what_another_machine_left_is_waited_for_but_not_for_ever(tmp_path):
    journal = tmp_path / "journal.yaml"
    append_fact(journal, FACT)
    left = lock_path(journal).parent / "held"
    left.write_bytes(b"")
    with pytest.raises(UsageError, match="another process"):
        append_fact(journal, FACT, patience=0.05)
    assert left.exists()
    ago = left.stat().st_mtime - 3600
    os.utime(left, (ago, ago))
    append_fact(journal, FACT, patience=0.5)
    assert not left.exists()
