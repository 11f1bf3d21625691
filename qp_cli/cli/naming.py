"""Conventions by the names people use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.errors import unknown
from qp_cli.messages import msg
from qp_cli.names import key, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Wanted:
    """The conventions asked for by id, territory or title; every one where no name is given."""

    def __init__(self, names: Iterable[str]) -> None:
        self._asked = {key(name): name for name in names}
        self._known: dict[str, None] = {}
        self._met: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._asked)

    def takes(self, names: Sequence[str]) -> bool:
        """Whether a convention of these names, its id first, is one of them."""
        found = {key(name) for name in names} & self._asked.keys()
        self._known |= dict.fromkeys(names[:1])
        self._met |= found
        return bool(found) or not self._asked

    def confirm(self, *, unread: bool = False) -> None:
        """Refuses a name that none of the conventions met has; `unread` says that some could not be read.

        Raises:
            UsageError: nobody is called so; the nearest ids are given.
        """
        for name, text in self._asked.items():
            if name in self._met:
                continue
            if unread:
                problem = msg("No convention that could be read is called “{name}”.", name=shown(text))
            else:
                problem = msg("No convention is called “{name}”.", name=shown(text))
            raise unknown(problem, text, self._known)
