"""Reading what people type: days, lengths of time, choices."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from qp_cli.errors import InvalidPeriodError, UsageError
from qp_cli.law.periods import Period, parse_period, suggest
from qp_cli.messages import msg
from qp_cli.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.messages import Message

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_DAYS = re.compile(r"(\d{1,4})[dj]", re.ASCII | re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1905, 2100
_Value = TypeVar("_Value", bound=str)


def read_day(text: str) -> date:
    """A day written `2021-10-01` or `01/10/2021`.

    Raises:
        UsageError: it is neither, there is no such day, or it is outside 1905-2100.
    """
    if found := _ISO.fullmatch(text.strip()):
        year, month, day = map(int, found.groups())
    elif found := _FRENCH.fullmatch(text.strip()):
        day, month, year = map(int, found.groups())
    else:
        raise UsageError(msg("“{text}” is no date: write 2021-10-01 or 01/10/2021", text=shown(text)))
    try:
        read = date(year, month, day)
    except ValueError as error:
        raise UsageError(msg("There is no such day: {text}", text=text)) from error
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise UsageError(msg("qp computes from 1905 to 2100, not in {text}", text=text))
    return read


def read_length(text: str, option: str) -> Period:
    """A length of time written `90d` (or `90j`) or `P3M`, as an option was given it.

    Raises:
        InvalidPeriodError: it is neither.
    """
    if found := _DAYS.fullmatch(text.strip()):
        return Period(days=int(found[1]))
    try:
        return parse_period(text.strip())
    except InvalidPeriodError as error:
        form = suggest(text) or msg("90d or P3M")
        problem = msg(
            "{option}: “{text}” is no length of time: write {form}", option=option, text=shown(text), form=form
        )
        raise InvalidPeriodError(problem) from error


def read_choice(text: str, choices: Sequence[_Value], option: str | Message) -> _Value:
    """One of the choices, without regard to case.

    Raises:
        UsageError: it is none of them; they are given.
    """
    for choice in choices:
        if text.strip().casefold() == choice:
            return choice
    names = ", ".join(choices)
    raise UsageError(msg("{option}: “{text}” is not one of {names}", option=option, text=shown(text), names=names))


def split_choices(texts: Iterable[str], choices: Sequence[_Value], option: str) -> list[_Value]:
    """Several choices, repeated or separated by commas.

    Raises:
        UsageError: one of them is unknown.
    """
    words = [word for text in texts for word in [each for each in text.split(",") if each.strip()] or [text]]
    return list(dict.fromkeys(read_choice(word, choices, option) for word in words))
