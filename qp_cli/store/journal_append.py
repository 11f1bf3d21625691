"""More facts at the end of a journal's file, one writer at a time: whole and read again, or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.atomic_writing import confirm, discard, prepare, put_in_place
from qp_cli.store.exclusive_file import has_locks, sole_holder
from qp_cli.store.files import read_plain
from qp_cli.store.journal_text import draft_facts
from qp_cli.store.places import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from qp_cli.store.journal_text import AppendedFacts


PATIENCE = 30.0
"""Seconds that a writer waits for the others."""
_POLL = 0.01
_IGNORED = ".gitignore"


def lock_path(path: Path) -> Path:
    """The lock file of a file; it stays, empty: taking it away would let two writers in.

    It is in a folder of its own beside the file, which tells git to leave out all that it holds.
    """
    return path.parent / f".{path.name}.lock" / "lock"


@contextmanager
def held(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the lock of a file; whoever may write to the folder may take it.

    Raises:
        UsageError: others kept it all the time, or it cannot be made.
    """
    where = lock_path(path)
    with ExitStack() as stack:
        try:
            mode = path.parent.stat().st_mode & 0o2777 | 0o700
            _make_folder(where.parent, mode)
            _refuse_others(where)
            stack.enter_context(_lock(where, mode & 0o666, patience))
        except TimeoutError as error:
            raise UsageError(
                msg("{file} is being written by another process: nothing was recorded.", file=str(path))
            ) from error
        except OSError as error:
            problem = msg("{file} cannot be written: {reason}", file=str(path), reason=reason(error))
            raise UsageError(problem) from error
        yield


def _lock(where: Path, mode: int, patience: float) -> AbstractContextManager[object]:
    """A lock, by the system or, where the disk has none, by a file that only one can make.

    Raises:
        OSError: it cannot be made; when it is entered, a `TimeoutError` where others keep it.
    """
    if not has_locks(where.parent / _IGNORED):
        return sole_holder(where.parent, patience, mode)
    from filelock import FileLock

    return FileLock(where, timeout=patience, mode=mode, poll_interval=_POLL)


def _make_folder(folder: Path, mode: int) -> None:
    """Makes the folder of a lock, with what keeps git out of it.

    Raises:
        UsageError: something else is there.
        OSError: it cannot be made.
    """
    with suppress(FileNotFoundError):
        found = folder.lstat()
        if stat.S_ISREG(found.st_mode) and not found.st_size:  # the lock itself, before it had a folder
            folder.unlink()
        elif not stat.S_ISDIR(found.st_mode):
            raise _no_ordinary_file(folder)
    try:
        folder.mkdir()
        folder.chmod(mode)
    except FileExistsError:  # another writer was faster, or an earlier one
        pass
    ignored = folder / _IGNORED
    _refuse_others(ignored)
    if not ignored.is_file() or not ignored.stat().st_size:
        ignored.write_bytes(b"*\n")


def _refuse_others(lock: Path) -> None:
    """Refuses a lock file that somebody made into something else, which would be emptied or waited for.

    Raises:
        UsageError: it is a link, a pipe or a device.
        OSError: it is out of reach.
    """
    try:
        mode = lock.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise _no_ordinary_file(lock)


def _no_ordinary_file(path: Path) -> UsageError:
    return UsageError(msg("{file} is no ordinary file: nothing is written to it.", file=str(path)))


_TRIES = 5


def append_facts(
    journal: Path,
    new: Sequence[Mapping[str, object]],
    *,
    accept: Callable[[AppendedFacts], None] | None = None,
    recorded: Callable[[AppendedFacts], None] | None = None,
    patience: float = PATIENCE,
) -> AppendedFacts:
    """Appends facts under ids of their own, all or none; when this returns, they are on the disk, and all others too.

    Args:
        journal: the file, which need not exist yet.
        new: what each says, without its id; one at least.
        accept: looks at what would be written once the lock is held; what it raises stops all.
        recorded: hears of it at once when it is on the disk: whatever stops the run from then on, it is recorded.
        patience: seconds to wait for other writers.

    Raises:
        UsageError: one of them cannot be recorded; the journal is as it was.
        BrokenRepositoryError: the journal has errors of its own; it is as it was.
    """
    with held(journal, patience):
        for _ in range(_TRIES):
            old = read_journal(journal)
            appended = draft_facts(journal, old, new)
            if accept:
                accept(appended)
            if _replace(journal, old, appended, recorded):
                return appended
    raise UsageError(msg("{file} keeps changing: nothing was recorded.", file=str(journal)))


def append_fact(
    journal: Path,
    fact: Mapping[str, object],
    *,
    accept: Callable[[AppendedFacts], None] | None = None,
    recorded: Callable[[AppendedFacts], None] | None = None,
    patience: float = PATIENCE,
) -> AppendedFacts:
    """The same with one fact.

    Raises:
        UsageError: it cannot be recorded; the journal is as it was.
        BrokenRepositoryError: the journal has errors of its own; it is as it was.
    """
    return append_facts(journal, [fact], accept=accept, recorded=recorded, patience=patience)


def read_journal(journal: Path) -> bytes | None:
    """The bytes of a journal that can be written to; None where there is none yet.

    Raises:
        UsageError: it is a link, has two names, is no file, protected, or cannot be read.
    """
    try:
        try:
            about = journal.lstat()
        except FileNotFoundError:
            return None
        mode = about.st_mode
        if stat.S_ISLNK(mode):
            raise UsageError(msg("{file} is a symbolic link: nothing is written through it.", file=str(journal)))
        if not stat.S_ISREG(mode):
            raise UsageError(msg("{file} is no ordinary file: nothing is written to it.", file=str(journal)))
        if about.st_nlink > 1:
            raise UsageError(
                msg(
                    "{file} has another name, by a hard link, which would keep the old text: nothing was recorded.",
                    file=str(journal),
                )
            )
        if not os.access(journal, os.W_OK):
            raise UsageError(msg("{file} is write-protected: nothing was recorded.", file=str(journal)))
        return read_plain(journal)
    except OSError as error:
        problem = msg("{file} cannot be read: {reason}", file=str(journal), reason=reason(error))
        raise UsageError(problem) from error


def _replace(
    journal: Path, old: bytes | None, appended: AppendedFacts, recorded: Callable[[AppendedFacts], None] | None
) -> bool:
    """Whether the journal was replaced: not if somebody has just saved it from an editor, which no lock holds."""
    try:
        beside = prepare(journal, appended.data)
        if read_journal(journal) != old:
            discard(beside)
            return False
        put_in_place(beside, journal)
        _confirm(journal, appended)
    except KeyboardInterrupt:
        if read_journal(journal) != appended.data:
            raise
        _confirm(journal, appended)  # it came as the file was put in place: what is asked for is done
    except OSError as error:
        problem = msg("{file} cannot be written: {reason}", file=str(journal), reason=reason(error))
        raise UsageError(problem) from error
    if recorded:
        recorded(appended)
    return True


def _confirm(journal: Path, appended: AppendedFacts) -> None:
    """Waits until the disk has the file under its name.

    Raises:
        UsageError: it does not say so.
    """
    try:
        confirm(journal.parent)
    except OSError as error:
        problem = msg(
            "{id} is in {file}, but the disk has not confirmed it ({reason}): look before recording it again.",
            id=", ".join(appended.ids),
            file=str(journal),
            reason=reason(error),
        )
        raise UsageError(problem) from error
