"""Questions at a terminal, on stderr, each answer read before the next."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, TypeVar

from qp_cli.choices import chosen
from qp_cli.cli.interruption import forget_interruption
from qp_cli.cli.output import say, say_all
from qp_cli.errors import QpError, UsageError
from qp_cli.law.typed_days import read_day
from qp_cli.messages import msg
from qp_cli.names import telling_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qp_cli.messages import Message
    from qp_cli.render.language import Language

_Value = TypeVar("_Value")
_ATTEMPTS = 5
_NARROWEST = 40
_STOP, _HELP = frozenset({"q", "quit", "quitter", "exit"}), "?"
_YES_NO: Mapping[str, tuple[str, ...]] = {"yes": ("oui", "o", "y"), "no": ("non", "n")}


def is_answered() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def is_at_terminal() -> bool:
    """The same, and whether they see the answer: nothing reads it in their place."""
    return is_answered() and sys.stdout is not None and sys.stdout.isatty()


_INTERRUPTED = 130


class UnansweredError(UsageError):
    """Whoever answers stops, or cannot be understood; what was answered before can be said again."""

    def saying(self, again: str) -> UnansweredError:
        """The same, with the command that goes on from there."""
        error = UnansweredError(msg("{problem} To go on from there: {command}", problem=self.message, command=again))
        error.exit_code = self.exit_code
        return error


class Asking:
    """Questions, in the reader's language; `?` says how to answer, `q` stops."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def ask(self, question: Message, read: Callable[[str], _Value], default: str = "") -> _Value:
        """An answer that can be read; an empty one stands for the default.

        Raises:
            UnansweredError: the answers end, say to stop, or make no sense five times; or Ctrl-C came.
        """
        try:
            return self._ask(question, read, default)
        except KeyboardInterrupt as interruption:
            forget_interruption()  # nothing was under way: what is said next does not come of it
            say("")
            stopped = UnansweredError(msg("Nothing was recorded."))
            stopped.exit_code = _INTERRUPTED
            raise stopped from interruption

    def _ask(self, question: Message, read: Callable[[str], _Value], default: str) -> _Value:
        """The same, without the end that Ctrl-C makes."""
        shown = f" [{default}]" if default else ""
        wrong = 0
        while True:
            say_all(f"{self.language.text(question)}{shown} ")
            try:
                line = self._typed()
                if line == _HELP:
                    say_wrapped("  ", self.language.text(_HOW_TO_ANSWER))
                    continue
                return read(line or default)
            except UnansweredError:
                raise
            except QpError as error:
                wrong += 1
                if wrong == _ATTEMPTS:
                    raise UnansweredError(error.message) from error
                say(f"  {self.language.text(error.message)}")

    def _typed(self) -> str:
        """The next answer, without the blanks around it.

        Raises:
            UnansweredError: there is none, or it says to stop.
        """
        line = _line()
        if not line:
            say("")
            raise UnansweredError(msg("No answer: nothing was recorded."))
        if line.strip().casefold() in _STOP:
            raise UnansweredError(msg("Nothing was recorded."))
        return line.strip()

    def choose(self, question: Message, choices: Sequence[tuple[str, str]], read: Callable[[str], str]) -> str:
        """One of the choices by its number or name."""
        width = max((len(name) for name, _ in choices), default=0)
        for number, (name, about) in enumerate(choices, 1):
            say(f"{number:4}  {name:{width}}  {about}".rstrip())

        def pick(text: str) -> str:
            if text.isdecimal() and 0 < int(text) <= len(choices):
                return choices[int(text) - 1][0]
            try:
                return read(text)
            except QpError:
                if not (named := _named_in_part(text, [name for name, _ in choices])):
                    raise
                say("  " + self.language.text(msg("Taken: {name}", name=named)))
                return named

        return self.ask(question, pick)

    def confirms(self, question: Message) -> bool:
        """Whether the answer is yes, as it is where nothing is answered."""

        def read(text: str) -> str:
            answer = chosen(text, _YES_NO, _YES_NO)
            if answer is None:
                raise UsageError(msg("Answer yes or no."))
            return answer

        return self.ask(question, read, self.language.text(msg("yes"))) == "yes"


_HOW_TO_ANSWER = msg(
    "Answer a number, a name or a word of the list; nothing for what stands in brackets. A day: 18/03/2021, "
    "18 March 2021, yesterday. q stops: nothing is written before the last answer."
)


def _line() -> str:
    """The next line typed; empty once there is none.

    Raises:
        UsageError: it is no text in the terminal's encoding.
    """
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError as error:
        raise UsageError(msg("That was no readable text: type it again.")) from error


def terminal_width() -> int:
    """The columns of the terminal; of the narrowest that is reckoned with, where it says less."""
    return max(_NARROWEST, shutil.get_terminal_size().columns)


def say_wrapped(prefix: str, text: str) -> None:
    """A text beside the result, in lines as wide as the terminal, those after the first under its own words."""
    from textwrap import wrap

    for line in wrap(
        text,
        terminal_width(),
        initial_indent=prefix,
        subsequent_indent=" " * len(prefix),
        break_long_words=False,
        break_on_hyphens=False,
    ):
        say(line)


def _named_in_part(text: str, names: Sequence[str]) -> str:
    """The only one of these names that has all the words of a text; empty where none has, or several have."""
    words = telling_words(text)
    found = [name for name in names if words and words <= telling_words(name)]
    return found[0] if len(found) == 1 else ""


def a_name(text: str) -> str:
    """Any answer that can be a name: no day, which is the answer to another question.

    Raises:
        UsageError: there is none, or it is a day.
    """
    something(text)
    try:
        day = read_day(text)
    except UsageError:
        return text
    raise UsageError(msg("A name is asked for here, and {day} is a day.", day=day))


def something(text: str) -> str:
    """Any answer but none."""
    if not text:
        raise UsageError(msg("An answer is needed."))
    return text


def optional(read: Callable[[str], str]) -> Callable[[str], str | None]:
    """The same reader, for which an empty answer is none."""
    return lambda text: read(text) if text else None
