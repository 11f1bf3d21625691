"""Errors of usage and environment: each is one clear line and an exit code."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from qp_cli.messages import msg
from qp_cli.names import key, nearest, shown, telling_words

if TYPE_CHECKING:
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


def given_names(names: object, option: str) -> tuple[str, ...]:
    """The names that a program gives: one, or several.

    Raises:
        UsageError: it gives something else.
    """
    if isinstance(names, str):
        return (names,)
    several = tuple(names) if isinstance(names, Iterable) else (names,)
    for each in several:
        if not isinstance(each, str):
            problem = msg("{option} is a name, or several, not {value}", option=option, value=shown(repr(each)))
            raise UsageError(problem)
    return several


def unknown(problem: Message, name: str, known: Iterable[str]) -> UsageError:
    """The error for a name that nothing goes by: with the nearest of those known, or all of them."""
    names = list(dict.fromkeys(known))
    if near := nearest(name, names):
        return UsageError(msg("{problem} Nearest: {names}.", problem=problem, names=", ".join(near)))
    if names:
        return UsageError(msg("{problem} Known: {names}.", problem=problem, names=", ".join(names)))
    return UsageError(problem)


class Sort(StrEnum):
    """What a name is looked for among."""

    PARTY = "party"
    SITE = "site"
    SHOWN = "shown"
    ENGAGEMENT = "engagement"
    EVENT = "event"
    CONVENTION = "convention"


class Called(NamedTuple):
    """What a name stands for: its id, and what people call it."""

    id: str
    title: str = ""


class PartlyNamedError(UsageError):
    """A text that nothing is called, but that tells one thing alone among those of a sort by words of its name.

    Whoever reads may take it, and say so; whoever writes has it agreed to.

    Attributes:
        sort: among what it was looked for.
        typed: the text.
        name: what to type instead of it.
        meant: the thing.
    """

    def __init__(self, message: Message, sort: Sort, typed: str, name: str, meant: Called) -> None:
        super().__init__(message)
        self.sort = sort
        self.typed = typed
        self.name = name
        self.meant = meant


_MOST_CALLED = 6
_MOST_KNOWN = 20
_TITLE = 48
"""How many things of one name a message gives, how many of a sort, and how many characters of the title of each."""


def unknown_of(
    problem: Message, sort: Sort, typed: str, things: Iterable[tuple[str, Called]], rest: str = ""
) -> UsageError:
    """The error for a text that nothing of a sort is called: the thing of which words were typed, or all those.

    A thing is told by words where each of those typed, links apart, is a word of one of its names, in the singular or
    the plural; where a name has those words and no other, that one is meant. Where none has them, the nearest of the
    ids are given, or all.

    Args:
        problem: what is said first.
        sort: what was looked for.
        typed: the text; of an obligation's id, what stands before `rest`.
        things: every name of each thing, its id among them, with the thing.
        rest: what was typed after the name.
    """
    named = list(things)
    if told := unknown_by_words(problem, sort, typed, named, rest):
        return told
    near = nearest(typed, [name for name, _ in named])
    if near:
        by_name = dict(reversed(named))
        said = dict.fromkeys(_as_known(sort, by_name[name]) for name in near)
        return UsageError(msg("{problem} Nearest: {names}.", problem=problem, names=", ".join(said)))
    known = list(dict.fromkeys(_as_known(sort, thing) for _, thing in named))
    return unknown(problem, "", [*known[:_MOST_KNOWN], *(["…"] if known[_MOST_KNOWN:] else [])])


def _as_known(sort: Sort, thing: Called) -> str:
    """A thing among those known: people and sites with their names, for an id tells little of them."""
    return id_and_title(thing) if sort in {Sort.PARTY, Sort.SITE} else thing.id


def unknown_by_words(
    problem: Message, sort: Sort, typed: str, things: Iterable[tuple[str, Called]], rest: str = ""
) -> UsageError | None:
    """The error where the words typed are words of a name, as `unknown_of` tells; None where they are of none."""
    found = _told_by_words(telling_words(typed), things)
    if len(found) == 1:
        [(thing, names)] = found.items()
        name = thing.id if key(thing.id) in map(key, names) else names[-1]
        message = msg("{problem} Did you mean {name}?", problem=problem, name=id_and_title(thing))
        return PartlyNamedError(message, sort, typed + rest, name + rest, thing)
    if found:
        listed = [id_and_title(thing) for thing in found]
        several = "; ".join([*listed[:_MOST_CALLED], *(["…"] if len(listed) > _MOST_CALLED else [])])
        return UsageError(msg("{problem} Several have it in their name: {names}.", problem=problem, names=several))
    return None


def _told_by_words(words: frozenset[str], named: Iterable[tuple[str, Called]]) -> dict[Called, list[str]]:
    """The things with names that have the words, and these names; those alone that have no other, where there are."""
    alone: dict[Called, list[str]] = {}
    among: dict[Called, list[str]] = {}
    for name, thing in named if words else ():
        own = telling_words(name)
        if words <= own:
            among.setdefault(thing, []).append(name)
        if words == own:
            alone.setdefault(thing, []).append(name)
    return alone or among


def id_and_title(thing: Called) -> str:
    """A thing as a message names it: its id, then what people call it where that says more."""
    from textwrap import shorten

    title = shorten(thing.title, _TITLE, placeholder=" …")
    return f"{thing.id} ({title})" if title and key(title) != key(thing.id) else thing.id


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
