"""Why the system, or qp, refused a file, in the reader's words."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from qp_cli.messages import msg

if TYPE_CHECKING:
    from qp_cli.messages import Message

_REASONS: dict[int, Message] = {
    errno.ENOENT: msg("no such file or folder"),
    errno.EACCES: msg("permission denied"),
    errno.EPERM: msg("permission denied"),
    errno.EISDIR: msg("it is a folder"),
    errno.ENOTDIR: msg("part of its path is no folder"),
    errno.ENOSPC: msg("the disk is full"),
    errno.EROFS: msg("the disk is read-only"),
    errno.ENAMETOOLONG: msg("its name is too long"),
    errno.ELOOP: msg("its links go round in a circle"),
    errno.EBADF: msg("it is closed"),
}


class RefusedFileError(OSError):
    """A file that qp does not open, or write, though the system might."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def reason(error: OSError) -> Message:
    """What a person can act on; the system's own number where there are no words for it."""
    if isinstance(error, RefusedFileError):
        return error.why
    return _REASONS.get(error.errno or 0) or msg("system error {number}", number=str(error.errno))
