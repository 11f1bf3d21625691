"""Where an answer goes: to the file that was asked for, never over what people entered, nor through what leads away."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.borders import as_named, leads_out
from qp_cli.store.places import JOURNAL, holding, is_there, meant

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
    if meant(full.name) or meant(target.name):
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
    from qp_cli.store.door import read_plain

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
    from qp_cli.store.reader import read_document

    root = read_document(journal, JOURNAL).root
    facts = root.get("facts") if root else None
    if not isinstance(facts, list):
        return name in journal.decode(errors="replace")
    proofs = (fact.get("proof") for fact in facts if isinstance(fact, dict))
    return any(isinstance(proof, dict) and proof.get("file") == name for proof in proofs)
