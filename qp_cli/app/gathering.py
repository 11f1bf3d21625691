"""What an answer takes from each of several conventions, in this process or in others, and what was said on the way."""

from __future__ import annotations

from contextlib import nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from qp_cli.app.opening import open_folder
from qp_cli.errors import QpError
from qp_cli.names import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from qp_cli.app.known_at import KnownState
    from qp_cli.app.opening import Opened
    from qp_cli.errors import RepositoryError
    from qp_cli.findings import Finding
    from qp_cli.messages import Message
    from qp_cli.store.cache import Cache
    from qp_cli.tracking.filters import Choice, Met
    from qp_cli.tracking.portfolio import SharedParties
    from qp_cli.tracking.situation import Obligation

Gathered = TypeVar("Gathered")
Taken_co = TypeVar("Taken_co", covariant=True)


class Take(Protocol[Taken_co]):
    """What takes from a convention all that an answer keeps of it: plain values, small beside what they come from.

    It goes to other processes, and so does what it takes; its answer depends on the convention alone.
    """

    def __call__(self, opened: Opened, /) -> Taken_co:
        """What is kept of a convention, which is let go."""


class Label(StrEnum):
    """By what a convention is told from others of its territory."""

    TITLE = "title"
    ID = "id"


class Turn(NamedTuple, Generic[Gathered]):
    """A convention whose turn has come: its folder, what tells it from others, and what is taken of it."""

    folder: Path
    label: Label | None
    take: Take[Gathered]


class Taken(NamedTuple, Generic[Gathered]):
    """What comes of it.

    Attributes:
        names: what the convention goes by, its id first; none where it could not be read.
        kept: what was taken; nothing where it could not be read, or nobody asked for it.
        error: why it could not be read.
        heard: what was said on the way, in order; true for what is remarked on, false for what is being done.
        known: the state of its repository that it was read from, when not its files as they are.
    """

    names: tuple[str, ...] = ()
    kept: Gathered | None = None
    error: QpError | None = None
    heard: tuple[tuple[bool, Message], ...] = ()
    known: KnownState | None = None


class Taker:
    """What opens a convention and takes what is asked for: the same in each of the processes that it goes to."""

    def __init__(
        self, environ: Mapping[str, str], cache: Cache, day: date, known_at: str | None, names: Iterable[str]
    ) -> None:
        self._environ = dict(environ)
        self._cache = cache
        self._day = day
        self._known_at = known_at
        self._asked = frozenset(map(key, names))

    def __call__(self, turn: Turn[Gathered]) -> Taken[Gathered]:
        """What comes of one convention; nothing is taken of one that was not asked for."""
        hearer = Hearer(self._environ, self._cache)
        try:
            opened = open_folder(hearer, turn.folder, self._day, self._known_at)
            names = names_of(opened)
            if self._asked and self._asked.isdisjoint(map(key, names)):
                return Taken(names, heard=tuple(hearer.heard))
            made = turn.take(told_apart(opened, turn.label))
            return Taken(names, made, heard=tuple(hearer.heard), known=opened.known)
        except QpError as error:
            return Taken(error=error, heard=tuple(hearer.heard))


class TakeChosen(Generic[Gathered]):
    """What takes from each convention what is made of the obligations chosen in it, and which names it knows."""

    def __init__(
        self, choice: Choice, shared: SharedParties, make: Callable[[Opened, Sequence[Obligation]], Gathered]
    ) -> None:
        self._choice = choice
        self._shared = shared
        self._make = make

    def __call__(self, opened: Opened) -> tuple[Met, Gathered]:
        """What is made of one, once its chooser has met it."""
        from qp_cli.tracking.filters import Chooser

        chooser = Chooser(self._choice, self._shared)
        made = self._make(opened, chooser.choose(opened.situation))
        return chooser.met, made


def names_of(opened: Opened) -> tuple[str, ...]:
    """What a convention goes by, its id first."""
    convention = opened.convention
    return tuple(each for each in (convention.id, convention.territory, convention.title) if each)


def told_apart(opened: Opened, label: Label | None) -> Opened:
    """A convention called so that lists of several tell it from others of its territory."""
    if label is None:
        return opened
    convention = opened.convention
    return opened.called(f"{convention.territory} – {convention.title if label is Label.TITLE else convention.id}")


class Hearer:
    """Whoever asks, where they are in another process: what they are told is kept for them."""

    def __init__(self, environ: Mapping[str, str], cache: Cache) -> None:
        self.environ = dict(environ)
        self.heard: list[tuple[bool, Message]] = []
        self._cache = cache

    def cache(self, *_read: Path) -> Cache:
        """What earlier runs kept."""
        return self._cache

    def remark(self, message: Message) -> None:
        """Hears something that goes beside the answer."""
        self.heard.append((True, message))

    def say(self, message: Message) -> None:
        """Hears what is being done."""
        self.heard.append((False, message))

    def complain(self, error: RepositoryError) -> int:
        """Hears what stands in the way, which is not for a convention to say."""
        raise error

    def show(self, findings: Iterable[Finding]) -> None:
        """Hears what is wrong with files: the errors that leave a convention out carry it."""

    def progress(self, _total: int) -> AbstractContextManager[Callable[[], None]]:
        """How far it has come, which is for whoever asks to count."""
        return nullcontext(lambda: None)
