"""The command line that says what was answered, to be typed again or kept."""

from __future__ import annotations

from shlex import join
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.app.recording import Typed

_WORDS = ("kind", "target", "more")
"""What stands before the options, in this order."""


def as_arguments(typed: Typed, **others: str | None) -> list[str]:
    """The words after `qp record` that say the same, the other options named at the end.

    Args:
        typed: what was typed and answered.
        others: options that are not of the fact, `data` or `who`, where they were given.
    """
    words = [each for each in (typed.kind, typed.target, *typed.more) if each is not None]
    return [*words, *_options({**typed._asdict(), **others})]


def _options(values: dict[str, object]) -> Iterator[str]:
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


def as_command(typed: Typed, **others: str | None) -> str:
    """The same as a line for a shell."""
    return join(["qp", "record", *as_arguments(typed, **others)])
