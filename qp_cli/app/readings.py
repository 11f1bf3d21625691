"""Reading what people type: days, lengths of time, choices."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from qp_cli.choices import chosen, day_in_words, days_ago, without_weekday
from qp_cli.errors import InvalidPeriodError, UsageError
from qp_cli.law.periods import Period, parse_delay, parse_period, suggest
from qp_cli.law.typed_days import LIST_MARKS, read_day
from qp_cli.messages import listing, msg
from qp_cli.names import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from qp_cli.messages import Message

_DAY_LIKE = re.compile(r"\s*\d{1,4}[/.-]\d", re.ASCII)
_DAYS = re.compile(r"(\d{1,4})[dj]", re.ASCII | re.IGNORECASE)
_Value = TypeVar("_Value", bound=str)


def read_day_from(text: str, today: date) -> date:
    """The same, or a day named from today: `today`, `hier`, `avant-hier`.

    Raises:
        UsageError: it is none of them.
    """
    ago = days_ago(text)
    return read_day(text) if ago is None else today - timedelta(ago)


def read_length(text: str, option: str) -> Period:
    """A length of time written `90d` (or `90j`), `P3M`, or in words, `3 mois`, as an option was given it.

    Raises:
        InvalidPeriodError: it is none of them.
    """
    if found := _DAYS.fullmatch(text.strip()):
        return Period(days=int(found[1]))
    try:
        return parse_period(suggest(text) or text.strip())
    except InvalidPeriodError as error:
        problem = msg(
            "{option}: “{text}” is no length of time: write {form}",
            option=option,
            text=shown(text),
            form=msg("90d or P3M"),
        )
        raise InvalidPeriodError(problem) from error


def names_day(text: str) -> bool:
    """Whether a text is meant as a day, right or wrong, and not as a length of time."""
    alone, weekday = without_weekday(text.strip().rstrip(LIST_MARKS))
    return bool(weekday is not None or _DAY_LIKE.match(alone) or day_in_words(alone))


def read_period(text: str) -> str:
    """A calendar period, as a file writes it: the same, or one in words, `3 mois`.

    Raises:
        InvalidPeriodError: it is neither.
    """
    return str(parse_period(suggest(text) or text.strip()))


def read_delay(text: str) -> str:
    """A period or working days, as a file writes them: the same, or a period in words, `3 mois`.

    Raises:
        InvalidPeriodError: it is none of them.
    """
    return str(parse_delay(suggest(text) or text.strip()))


def read_choice(
    text: str, choices: Sequence[_Value], option: str | Message, word: Callable[[str], Message] | None = None
) -> _Value:
    """One of the choices, by its name or by a word that stands for it on a screen.

    Args:
        text: what was typed.
        choices: their names.
        option: what was typed is a value of it.
        word: gives the word of a choice on the screens, where they show another one than its name.

    Raises:
        UsageError: it is none of them; they are given, in the words of the screens.
    """
    choice = chosen(text, choices)
    if choice is not None:
        return choice
    names = listing(_with_name(word(each), each) for each in choices) if word else ", ".join(choices)
    raise UsageError(msg("{option}: “{text}” is not one of {names}", option=option, text=shown(text), names=names))


def _with_name(word: Message, name: str) -> Message:
    """A word of the screens with the name that it stands for, which is left out where that is the same in English."""
    return word if word.text == name else msg("{title} ({id})", title=word, id=name)


def _parts(text: str, choices: Sequence[str]) -> list[str]:
    """What commas separate; the whole where that is one choice, as the word of a screen that has a comma in it is."""
    if chosen(text, choices) is not None:
        return [text]
    return [each for each in text.split(",") if each.strip()] or [text]


def split_choices(
    texts: Iterable[str], choices: Sequence[_Value], option: str, word: Callable[[str], Message] | None = None
) -> list[_Value]:
    """Several choices, repeated or separated by commas.

    Raises:
        UsageError: one of them is unknown.
    """
    words = [part for text in texts for part in _parts(text, choices)]
    return list(dict.fromkeys(read_choice(each, choices, option, word) for each in words))
