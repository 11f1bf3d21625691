"""Faults at each step of a write: the old file or the new one, whole, and nothing left beside it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from datetime import date
from pathlib import Path

import pytest

from qp_cli.errors import UsageError
from qp_cli.store import journal_append
from qp_cli.store.journal_append import append_fact

FACT = {"kind": "fulfilled", "engagement": "bilan", "on": date(2026, 9, 1), "note": "x" * 3000}
OLD = b"format: qp/1\nfacts: []\n"
CALLS = ("open", "write", "fsync", "close", "chmod", "replace", "stat", "lstat")
CODES = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)


class Faults:
    """Counts the calls of one function of `os` about the journal, and makes the one asked for fail."""

    def __init__(self, monkeypatch, name, fail_at, code, *, short=False):
        self.calls = 0
        self.name, self.fail_at, self.code, self.short = name, fail_at, code, short
        self.real = getattr(os, name)
        self.active = False
        monkeypatch.setattr(os, name, self)

    def __call__(self, *arguments, **named):
        """The real thing, or the fault."""
        if not self.active:
            return self.real(*arguments, **named)
        self.calls += 1
        if self.calls == self.fail_at:
            if self.short and self.name == "write":
                self.real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            if self.name == "close":
                self.real(*arguments)
            raise OSError(self.code, os.strerror(self.code))
        return self.real(*arguments, **named)


@pytest.fixture
def journal(tmp_path):
    path = tmp_path / "journal.yaml"
    path.write_bytes(OLD)
    return path


def attempt(journal, faults):
    """What became of one append: whether it was acknowledged, and the bytes of the journal."""
    import qp_cli.store.journal_append as module

    prepare, confirm = module.prepare, module.confirm

    def watched(function):
        def run(*arguments):
            faults.active = True
            try:
                return function(*arguments)
            finally:
                faults.active = False

        return run

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "prepare", watched(prepare))
        patch.setattr(module, "put_in_place", watched(module.put_in_place))
        patch.setattr(module, "confirm", watched(confirm))
        try:
            appended = append_fact(journal, FACT)
        except UsageError as error:
            return None, str(error)
        return appended, ""


@pytest.mark.skipif(os.name == "nt", reason="the folder is not opened there")
@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("short", [False, True], ids=["at once", "half-way"])
def test_a_fault_anywhere_leaves_the_old_file_or_the_new_one(journal, monkeypatch, name, code, short):
    monkeypatch.setattr(time, "sleep", lambda _: None)
    failed = 0
    for fail_at in range(1, 20):
        journal.write_bytes(OLD)
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(patch, name, fail_at, code, short=short)
            appended, problem = attempt(journal, faults)
        now = journal.read_bytes()
        assert not [path for path in journal.parent.iterdir() if path.suffix == ".tmp"]
        if appended:
            assert now == appended.data
        elif "not confirmed" in problem:
            assert b"kind: fulfilled" in now
            assert now.startswith(b"format: qp/1\nfacts:\n  - id: ")
        else:
            assert now == OLD
            assert str(journal) in problem
            failed += 1
        if faults.calls < fail_at:
            break
    assert failed or name in {"stat", "lstat", "close", "replace", "chmod"}


def test_whoever_holds_the_file_for_a_moment_is_waited_for(journal, monkeypatch):
    pauses = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    real, calls = os.replace, []

    def replace(*arguments):
        calls.append(arguments)
        if len(calls) < 4:
            raise PermissionError(errno.EACCES, "held")
        return real(*arguments)

    monkeypatch.setattr(os, "replace", replace)
    assert append_fact(journal, FACT).data == journal.read_bytes()
    assert len(calls) == 4
    assert 0 < sum(pauses) < 1


def test_whoever_holds_the_file_for_good_is_not_waited_for_for_ever(journal, monkeypatch):
    pauses = []
    monkeypatch.setattr(time, "sleep", pauses.append)

    def replace(*_):
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(UsageError, match="permission denied"):
        append_fact(journal, FACT)
    assert sum(pauses) < 5
    assert journal.read_bytes() == OLD
    assert sorted(path.name for path in journal.parent.iterdir() if path.suffix != ".lock") == ["journal.yaml"]


def test_stale_temporaries_of_ours_are_swept_and_no_other(journal):
    folder = journal.parent
    old = time.time() - 7200
    names = (".journal.yaml.0123abcd.tmp", ".journal.yaml.4567abcd.tmp", "notes.tmp", ".journal.yaml.tmp")
    for name in names:
        (folder / name).write_text("x", "utf-8")
    for name in (names[0], *names[2:]):
        os.utime(folder / name, (old, old))
    append_fact(journal, FACT)
    assert sorted(path.name for path in folder.iterdir() if path.suffix == ".tmp") == sorted(names[1:])


def test_another_writer_is_waited_for_a_while(journal):
    from filelock import FileLock

    from qp_cli.store.journal_append import lock_path

    with FileLock(lock_path(journal)), pytest.raises(UsageError, match="written by another process"):
        append_fact(journal, FACT, patience=0.2)
    assert journal.read_bytes() == OLD
    append_fact(journal, FACT, patience=0.2)


SCRIPT = """
import sys
from datetime import date
from pathlib import Path
{before}
from qp_cli.errors import UsageError
from qp_cli.store import journal_append
from qp_cli.store.journal_append import append_fact
fact = {{"kind": "fulfilled", "engagement": "bilan", "on": date(2026, 9, 1), "note": "x" * 4900}}
done = 0
try:
    for _ in range({times}):
        append_fact(Path(sys.argv[1]), fact)
        done += 1
except UsageError as error:
    print(done, error)
else:
    print(done, "all")
"""


def run(journal, *, before="", times=1, **how):
    script = SCRIPT.format(before=textwrap.dedent(before), times=times)
    command = [sys.executable, "-c", script, str(journal)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, **how)
    number, _, words = done.stdout.partition(" ")
    return int(number), words.strip()


def count(journal):
    from qp_cli.store.yaml.reader import read_document

    document = read_document(journal.read_bytes(), "journal.yaml")
    assert not document.findings
    return len(document.root["facts"])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_file_may_not_grow_past_a_limit(journal):
    before = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))"
    done, words = run(journal, before=before, times=10)
    assert done == count(journal)
    assert 0 < done < 10
    assert "cannot be written" in words
    assert [path.name for path in journal.parent.iterdir() if path.suffix == ".tmp"] == []


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is made as Linux makes it")
def test_a_full_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not mount or not umount:
        pytest.skip("nothing can be mounted here")
    mounted = subprocess.run([mount, "-t", "tmpfs", "-o", "size=64k", "qp", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        journal = disk / "journal.yaml"
        journal.write_bytes(OLD)
        done, words = run(journal, times=20)
        assert 0 < done < 20
        assert done == count(journal)
        assert "the disk is full" in words
        assert sorted(path.name for path in disk.iterdir()) == [".journal.yaml.lock", "journal.yaml"]
    finally:
        subprocess.run([umount, disk], check=True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_read_only_folder_or_file():
    folder = Path(tempfile.mkdtemp(prefix="qp-"))
    try:
        journal = folder / "journal.yaml"
        journal.write_bytes(OLD)
        before = ""
        if os.geteuid() == 0:  # modes mean nothing to root: all is imported, then somebody else goes on
            before = """
                import os, tempfile
                from qp_cli.store.journal_append import append_fact
                with tempfile.TemporaryDirectory() as other:
                    append_fact(Path(other, "j"), {"kind": "waived", "engagement": "b", "on": date(2026, 1, 1)})
                import qp_cli.store.places
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            """
        folder.chmod(0o555)
        assert run(journal, cwd="/", before=before) == (0, f"{journal} cannot be written: permission denied")
        folder.chmod(0o777)
        journal.chmod(0o444)
        assert run(journal, cwd="/", before=before) == (0, f"{journal} is write-protected: nothing was recorded.")
        assert journal.read_bytes() == OLD
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_an_interruption_before_the_file_is_in_place_leaves_nothing(journal, monkeypatch):
    old, heard = journal.read_bytes(), []

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(journal_append, "put_in_place", interrupted)
    with pytest.raises(KeyboardInterrupt):
        append_fact(journal, FACT, recorded=heard.append)
    assert (journal.read_bytes(), heard) == (old, [])


@pytest.mark.parametrize("name", ["put_in_place", "confirm"])
def test_an_interruption_once_the_file_is_in_place_changes_nothing(journal, monkeypatch, name):
    heard, whole = [], getattr(journal_append, name)

    def interrupted(*arguments):
        monkeypatch.setattr(journal_append, name, whole)
        whole(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(journal_append, name, interrupted)
    appended = append_fact(journal, FACT, recorded=heard.append)
    assert heard == [appended]
    assert journal.read_bytes() == appended.data
