"""Files written whole: the old one stays until the new one is on the disk; what people entered is kept."""

from __future__ import annotations

import os
import re
import secrets
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.places import JOURNAL, RefusedFileError, as_named, holding, intended_name, is_there, leads_out, reason

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    Data: TypeAlias = bytes | Iterable[bytes]
    """What a file is to hold: whole, or in pieces."""

_STALE = 3600.0
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""How long to wait for whoever holds the file, an antivirus most often, before each new try."""


def prepare(path: Path, data: Data) -> Path:
    """A temporary file beside `path` with `data`, on the disk; an existing file's mode, owner and group are its own.

    Stale ones that earlier runs left are swept away. The data may come part by part.

    Raises:
        OSError: it cannot be written; nothing is left of it.
    """
    beside = path.parent / f".{path.name}.{secrets.token_hex(4)}.tmp"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            if path.exists():
                about = path.stat()
                _keep_owner(beside, about)
                beside.chmod(stat.S_IMODE(about.st_mode))
            for piece in (data,) if isinstance(data, bytes) else data:
                left = memoryview(piece)
                while left:
                    left = left[os.write(descriptor, left) :]
            _flush(descriptor)
        finally:
            os.close(descriptor)
        _sweep(path, beside)
    except BaseException:
        discard(beside)
        raise
    return beside


def _keep_owner(beside: Path, about: os.stat_result) -> None:
    """Gives a file the owner and the group of another, or the group alone, as far as the system lets one."""
    if not hasattr(os, "chown"):
        return
    mine = beside.stat()
    if (mine.st_uid, mine.st_gid) == (about.st_uid, about.st_gid):
        return
    for owner in (about.st_uid, -1):
        with suppress(OSError):
            os.chown(beside, owner, about.st_gid)
            return


def put_in_place(beside: Path, path: Path) -> None:
    """Makes a prepared file the file itself; tries again for a while when somebody holds the old one.

    Raises:
        OSError: the old file is still there, whole; the prepared one is gone.
    """
    try:
        for pause in _PAUSES:
            try:
                beside.replace(path)
            except PermissionError:
                time.sleep(pause)
            else:
                return
        beside.replace(path)
    except BaseException:
        discard(beside)
        raise


def confirm(folder: Path) -> None:
    """Puts a folder's list of names on the disk, where the system can.

    Raises:
        OSError: the disk did not take it; the file itself is in place.
    """
    if os.name == "nt":  # a folder cannot be opened there, and the journal of the disk holds its names
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _flush(descriptor)
    except OSError as error:
        import errno

        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def discard(beside: Path) -> None:
    """Takes a temporary file away, if it can be."""
    with suppress(OSError):
        beside.unlink(missing_ok=True)


def _flush(descriptor: int) -> None:
    """Down to the disk itself: on macOS, `fsync` alone stops at the drive's cache."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _sweep(path: Path, fresh: Path) -> None:
    """Takes away what runs that were killed left more than an hour ago, by the clock of the disk."""
    ours = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{8}}\.tmp")
    with suppress(OSError):
        limit = fresh.stat().st_mtime - _STALE
        for other in path.parent.iterdir():
            if ours.fullmatch(other.name) and other.lstat().st_mtime < limit:
                discard(other)


_SYSTEM = (Path("/dev"), Path("/proc"))
"""Where links are the system's own: `/dev/stdout` is one."""


def destination(path: Path) -> Path:
    """The file that an answer replaces: the one named, or the one a link beside it leads to.

    A link that stays in its folder is followed, to what is there or not yet; one that leads out of it, or to what is
    hidden, is not, and neither is a link to a folder that leads out of the repository it is in.

    Raises:
        UsageError: it is a file that qp reads as data, under whatever name, or such a link leads to it.
        OSError: it is out of reach.
    """
    full = as_named(path)
    where = os.path.realpath(full.parent)
    if any(Path(where).is_relative_to(each) for each in _SYSTEM):
        if full.is_fifo() or full.is_char_device():
            return full
        target = Path(os.path.realpath(full))
    else:
        _refuse_folders_that_lead_out(full)
        target = _target(path, full, where)
    if intended_name(full.name) or intended_name(target.name):
        raise UsageError(msg("{file} is a file that qp reads: nothing was written over it.", file=str(path)))
    _refuse_what_is_known_elsewhere(path, target)
    return target


def _refuse_folders_that_lead_out(full: Path) -> None:
    for folder in reversed(full.parents):
        if folder.is_symlink():
            top = _repository_above(folder.parent)
            if top and leads_out(os.path.realpath(folder), os.path.realpath(top)):
                raise _leads_out(folder, os.path.realpath(full))


def _repository_above(folder: Path) -> Path | None:
    """The nearest folder, from this one up, that git or a convention makes the top of a repository."""
    for each in (folder, *folder.parents):
        if is_there(each / ".git") or _data_of(each):
            return each
    return None


def _data_of(folder: Path) -> Path | None:
    """The folder of the convention that a folder holds; None too where nobody can look."""
    with suppress(OSError):
        return holding(folder)
    return None


def _target(path: Path, full: Path, where: str) -> Path:
    """The file that a path leads to, there or not yet.

    Raises:
        UsageError: it is a link that leads out of its folder, `where`.
        OSError: it is a link that leads round in a circle.
    """
    if not full.is_symlink():
        return path
    try:
        target = os.path.realpath(full, strict=True)
    except FileNotFoundError:
        target = os.path.realpath(full)
    if leads_out(target, where):
        raise _leads_out(path, target)
    return Path(target)


def _leads_out(link: Path, target: str) -> UsageError:
    return UsageError(
        msg(
            "{file} is a link that leads elsewhere: nothing was written through it. To write there, name {target}",
            file=str(link),
            target=target,
        )
    )


def _refuse_what_is_known_elsewhere(path: Path, target: Path) -> None:
    """Refuses a file with a second name, which may be that of a journal, and the proof of a fact.

    Raises:
        UsageError: it is one of these.
    """
    try:
        about = target.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return
    if not stat.S_ISREG(about.st_mode):
        return
    if about.st_nlink > 1:
        raise UsageError(
            msg(
                "{file} has another name, by a hard link: nothing was written over it. Delete it first.", file=str(path)
            )
        )
    if _is_a_proof(Path(os.path.realpath(target))):
        raise UsageError(msg("{file} is the proof of a fact: nothing was written over it.", file=str(path)))


def _is_a_proof(target: Path) -> bool:
    """Whether the journal of a repository that the file is in gives it as the proof of a fact."""
    from qp_cli.store.files import read_plain

    for folder in dict.fromkeys(filter(None, map(_data_of, target.parents))):
        if target.is_relative_to(folder):
            with suppress(OSError):
                if _names(read_plain(folder / JOURNAL), target.relative_to(folder).as_posix()):
                    return True
    return False


def _names(journal: bytes, name: str) -> bool:
    """Whether a journal gives a file as a proof; where it cannot be read, whether the name stands in it."""
    if b"proof" not in journal:
        return False
    from qp_cli.store.yaml.reader import read_document

    root = read_document(journal, JOURNAL).root
    facts = root.get("facts") if root else None
    if not isinstance(facts, list):
        return name in journal.decode(errors="replace")
    proofs = (fact.get("proof") for fact in facts if isinstance(fact, dict))
    return any(isinstance(proof, dict) and proof.get("file") == name for proof in proofs)


def write_answer(path: Path, data: Data, form: str = "") -> None:
    """Writes an answer where it was asked for, if that is no file of somebody else's: see `destination`.

    What holds something else than the `form` of the answer stays, where one is given.

    A pipe or a device, such as /dev/null, is written to.

    Raises:
        UsageError: the folder cannot be written to, the path is no file, or what is there stays.
    """
    try:
        target = destination(path)
        if target.is_fifo() or target.is_char_device():
            _pour(target, data)
        else:
            if form:
                from qp_cli.store.other_forms import refuse_other_form

                refuse_other_form(path, form)
            write_whole(target, data, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    except ValueError as error:
        raise _unwritable(path, RefusedFileError(msg("no system takes such a name"))) from error


def write_whole(path: Path, data: Data, shown: Path | None = None) -> None:
    """Writes `data` to `path`, replacing what was there in one go; an existing file keeps its mode.

    Args:
        path: the file itself, no link to it.
        data: what it is to hold.
        shown: how messages write it.

    Raises:
        UsageError: the folder cannot be written to, or the path is no file.
    """
    try:
        put_in_place(prepare(path, data), path)
    except OSError as error:
        raise _unwritable(shown or path, error) from error


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(msg("{file} cannot be written: {reason}", file=str(path), reason=reason(error)))


def _pour(path: Path, data: Data) -> None:
    """Into a pipe or a device; a reader who has left misses the rest in silence."""
    with suppress(BrokenPipeError), path.open("wb") as stream:
        stream.writelines((data,) if isinstance(data, bytes) else data)
