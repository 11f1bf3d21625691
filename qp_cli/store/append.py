"""One fact more at the end of a journal: written whole, read again before it counts, or not at all."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.door import read_plain
from qp_cli.store.drafting import draft_fact
from qp_cli.store.durable import confirm, discard, prepare, put_in_place
from qp_cli.store.locks import PATIENCE, held
from qp_cli.store.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from qp_cli.store.drafting import AppendedFact

_TRIES = 5


def append_fact(
    journal: Path,
    fact: Mapping[str, object],
    *,
    accept: Callable[[AppendedFact], None] | None = None,
    patience: float = PATIENCE,
) -> AppendedFact:
    """Appends a fact under an id of its own; when this returns, it is on the disk and every other fact still there.

    Args:
        journal: the file, which need not exist yet.
        fact: what it says, without its id.
        accept: looks at what would be written once the lock is held; what it raises stops all.
        patience: seconds to wait for other writers.

    Raises:
        UsageError: it cannot be recorded; the journal is as it was.
        BrokenRepositoryError: the journal has errors of its own; it is as it was.
    """
    with held(journal, patience):
        for _ in range(_TRIES):
            old = read_journal(journal)
            appended = draft_fact(journal, old, fact)
            if accept:
                accept(appended)
            if _replace(journal, old, appended):
                return appended
    raise UsageError(msg("{file} keeps changing: nothing was recorded.", file=str(journal)))


def read_journal(journal: Path) -> bytes | None:
    """The bytes of a journal that can be written to; None where there is none yet.

    Raises:
        UsageError: it is a link, no file, protected, or cannot be read.
    """
    try:
        try:
            mode = journal.lstat().st_mode
        except FileNotFoundError:
            return None
        if stat.S_ISLNK(mode):
            raise UsageError(msg("{file} is a symbolic link: nothing is written through it.", file=str(journal)))
        if not stat.S_ISREG(mode):
            raise UsageError(msg("{file} is no ordinary file: nothing is written to it.", file=str(journal)))
        if not os.access(journal, os.W_OK):
            raise UsageError(msg("{file} is write-protected: nothing was recorded.", file=str(journal)))
        return read_plain(journal)
    except OSError as error:
        problem = msg("{file} cannot be read: {reason}", file=str(journal), reason=reason(error))
        raise UsageError(problem) from error


def _replace(journal: Path, old: bytes | None, appended: AppendedFact) -> bool:
    """Whether the journal was replaced: not if somebody has just saved it from an editor, which no lock holds."""
    try:
        beside = prepare(journal, appended.data)
        if read_journal(journal) != old:
            discard(beside)
            return False
        put_in_place(beside, journal)
    except OSError as error:
        problem = msg("{file} cannot be written: {reason}", file=str(journal), reason=reason(error))
        raise UsageError(problem) from error
    try:
        confirm(journal.parent)
    except OSError as error:
        problem = msg(
            "{id} is in {file}, but the disk has not confirmed it ({reason}): look before recording it again.",
            id=appended.id,
            file=str(journal),
            reason=reason(error),
        )
        raise UsageError(problem) from error
    return True
