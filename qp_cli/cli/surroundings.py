"""What stops qp that is no error of the command line: no folder to stand in, no memory, a disk that takes no more."""

from __future__ import annotations

import errno
import os

from qp_cli.errors import QpError, UsageError
from qp_cli.messages import msg

_WRITING = frozenset({errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EBADF, errno.EINVAL})
"""What the system says of a write that it does not do; a file that it names would be one that is opened."""


def cramped(error: Exception) -> QpError:
    """The error to tell for one that nobody expected: what the machine lacks, else that it is qp's own."""
    from qp_cli.store.places import reason

    if isinstance(error, MemoryError) or (isinstance(error, ImportError | RuntimeError) and _lacks_memory(str(error))):
        return UsageError(msg("There is not enough memory for this."))
    if isinstance(error, FileNotFoundError) and not _is_here():
        return UsageError(msg("The folder that qp was called in is no longer there: go to another one."))
    if isinstance(error, OSError) and error.filename is None and error.errno in _WRITING:
        return UsageError(msg("The answer cannot be written: {reason}", reason=reason(error)))
    if isinstance(error, OSError) and error.errno in {errno.EMFILE, errno.ENFILE, errno.ENOMEM}:
        return UsageError(msg("The system refuses what qp needs: {reason}", reason=reason(error)))
    problem = f"{type(error).__name__}: {error}"[:200]
    return UsageError(msg("qp met an error of its own ({problem}). QP_DEBUG=1 shows where.", problem=problem))


def _lacks_memory(said: str) -> bool:
    """Whether a library or a thread could not be had for want of memory."""
    return any(words in said for words in ("annot allocate memory", "failed to map segment", "can't start new thread"))


def _is_here() -> bool:
    """Whether the current folder is still there."""
    try:
        os.getcwd()  # noqa: PTH109 - a path is not wanted
    except OSError:
        return False
    return True
