"""Errors of usage and environment: each is one clear line and an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qp_cli.messages import msg
from qp_cli.names import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.findings import Finding
    from qp_cli.messages import Message


class QpError(Exception):
    """What stops a command; `cli` turns it, once, into a line on stderr and an exit code."""

    exit_code = 2

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)

    def __reduce__(self) -> tuple[object, ...]:
        return _made_again, (type(self), vars(self))


def _made_again(kind: type[QpError], held: dict[str, Any]) -> QpError:
    """An error that comes from another process, with all that it carries."""
    error = kind.__new__(kind)
    QpError.__init__(error, held["message"])
    vars(error).update(held)
    return error


class UsageError(QpError):
    """The command was asked for something it cannot take."""


def unknown(problem: Message, name: str, known: Iterable[str]) -> UsageError:
    """The error for a name that nothing goes by: with the nearest of those known, or all of them."""
    names = list(dict.fromkeys(known))
    if near := nearest(name, names):
        return UsageError(msg("{problem} Nearest: {names}.", problem=problem, names=", ".join(near)))
    if names:
        return UsageError(msg("{problem} Known: {names}.", problem=problem, names=", ".join(names)))
    return UsageError(problem)


class InvalidPeriodError(UsageError):
    """A text that is no period qp reads."""


class OutOfRangeError(QpError):
    """A date outside the years qp computes."""


class RepositoryError(QpError):
    """There is no repository where one was named."""

    exit_code = 3


class LeftOutError(RepositoryError):
    """What may hold a repository, below a folder that was named, and cannot be looked into."""

    def __init__(self, path: object, why: Message) -> None:
        super().__init__(msg("{folder} is left out: {problem}", folder=str(path), problem=why))
        self.why = why


class BrokenRepositoryError(RepositoryError):
    """A repository whose files have errors: nothing is computed from it."""

    def __init__(self, message: Message, findings: tuple[Finding, ...]) -> None:
        super().__init__(message)
        self.findings = findings
