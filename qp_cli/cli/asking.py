"""Questions at a terminal: on stderr, with choices, each answer read before the next question."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

from qp_cli.cli.output import say, say_all
from qp_cli.cli.readings import read_day
from qp_cli.errors import QpError, UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qp_cli.messages import Message
    from qp_cli.render.language import Language

Value = TypeVar("Value")
_ATTEMPTS = 5


def is_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


class Asking:
    """Questions, in the reader's language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def ask(self, question: Message, read: Callable[[str], Value], default: str = "") -> Value:
        """An answer that can be read; an empty one stands for the default."""
        shown = f" [{default}]" if default else ""
        for attempt in range(_ATTEMPTS):
            say_all(f"{self.language.text(question)}{shown} ")
            try:
                line = _line()
                if not line:
                    say("")
                    break
                return read(line.strip() or default)
            except QpError as error:
                if attempt + 1 == _ATTEMPTS:
                    raise
                say(f"  {self.language.text(error.message)}")
        raise UsageError(msg("No answer: nothing was recorded."))

    def choose(self, question: Message, choices: Sequence[tuple[str, str]], read: Callable[[str], str]) -> str:
        """One of the choices by its number or name."""
        width = max((len(name) for name, _ in choices), default=0)
        for number, (name, about) in enumerate(choices, 1):
            say(f"{number:4}  {name:{width}}  {about}".rstrip())

        def pick(text: str) -> str:
            if text.isdecimal() and 0 < int(text) <= len(choices):
                return choices[int(text) - 1][0]
            return read(text)

        return self.ask(question, pick)


def _line() -> str:
    """The next line typed; empty once there is none.

    Raises:
        UsageError: it is no text in the terminal's encoding.
    """
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError as error:
        raise UsageError(msg("That was no readable text: type it again.")) from error


def something(text: str) -> str:
    """Any answer but none."""
    if not text:
        raise UsageError(msg("An answer is needed."))
    return text


def day(text: str) -> str:
    """A day, as it is written in a file."""
    return read_day(text).isoformat()


def optional(read: Callable[[str], str]) -> Callable[[str], str | None]:
    """The same reader, for which an empty answer is none."""
    return lambda text: read(text) if text else None
