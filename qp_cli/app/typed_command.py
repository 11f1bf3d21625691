"""The command line of `qp record`, as it was typed; and those that say what was answered, to be typed again."""

from __future__ import annotations

import re
from shlex import quote
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_PLAIN = re.compile(r"[\w@%+=:,./-]+")
_WORDS = ("kind", "target", "more")
"""What stands before the options, in this order."""


class Typed(NamedTuple):
    """The command line of `qp record`, as it was typed; None or nothing where it says nothing."""

    kind: str | None = None
    target: str | None = None
    on: str | None = None
    by: str | None = None
    to: Sequence[str] = ()
    site: Sequence[str] = ()
    occurrence: str | None = None
    signed: str | None = None
    effect: str | None = None
    title: str | None = None
    extend: str | None = None
    due_on: str | None = None
    end: bool = False
    term: bool = False
    cure: str | None = None
    notice: str | None = None
    proof: str | None = None
    note: str | None = None
    part: str | None = None
    partly: bool = False
    more: Sequence[str] = ()
    """The targets after the first: engagements of one suspension or resumption."""
    copy_proof: bool = False


def as_arguments(typed: Typed, **others: str | bool | None) -> list[str]:
    """The words after `qp record` that say the same, the other options named at the end.

    Args:
        typed: what was typed and answered.
        others: options that are not of the fact, `data` or `who`, where they were given.
    """
    words = [each for each in (typed.kind, typed.target, *typed.more) if each is not None]
    return [*words, *_options({**typed._asdict(), **others})]


def _options(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        option = "--" + name.replace("_", "-")
        if name in _WORDS or not value:
            continue
        if value is True:
            yield option
        elif isinstance(value, str):
            yield from (option, value)
        elif isinstance(value, list | tuple):
            for each in value:
                yield from (option, str(each))


def as_command(typed: Typed, **others: str | bool | None) -> str:
    """The same as a line for a shell."""
    return as_line(["qp", "record", *as_arguments(typed, **others)])


def as_line(words: Iterable[str], options: Mapping[str, object] = MappingProxyType({})) -> str:
    """A command as a line for a shell: its words, then its options by name, those that say nothing left out."""
    return " ".join(map(_quoted, [*words, *_options(options)]))


def _quoted(word: str) -> str:
    """A word as a shell takes it; one of letters, with accents or without, as it is."""
    return word if _PLAIN.fullmatch(word) else quote(word)
