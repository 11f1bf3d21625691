"""Whoever asks for something: a command at a terminal, or a program. What it lends, and how it is told things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from qp_cli.errors import RepositoryError
    from qp_cli.findings import Finding
    from qp_cli.messages import Message
    from qp_cli.store.cache import Cache


class Caller(Protocol):
    """What every use case asks of whoever calls it; nothing here is part of an answer."""

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment: where git is, where the cache is, how many processes may run."""

    def cache(self, *read: Path) -> Cache:
        """What earlier runs kept of the conventions in some folders; nothing where none is wanted."""

    def remark(self, message: Message) -> None:
        """Hears something about the data that goes beside the answer, once however often it is met."""

    def say(self, message: Message) -> None:
        """Hears what is being done: which revision is read, which file is changed."""

    def complain(self, error: RepositoryError) -> int:
        """Hears what stands in the way of one repository; the exit code it asks for."""

    def show(self, findings: Iterable[Finding]) -> None:
        """Hears what is wrong with files that an answer leaves out."""

    def progress(self, total: int) -> AbstractContextManager[Callable[[], None]]:
        """Hears, by a call for each, how many of so many conventions were read; of 0, how many folders."""
