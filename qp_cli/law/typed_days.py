"""Days as people type them and as programs give them."""

from __future__ import annotations

import re
from datetime import date, datetime

from qp_cli.choices import day_in_words, without_weekday
from qp_cli.errors import UsageError
from qp_cli.law.dates import FIRST_YEAR, LAST_YEAR
from qp_cli.messages import DAYS_OF_THE_WEEK, msg
from qp_cli.names import shown

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_FRENCH = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{2})", re.ASCII)
LIST_MARKS = " *†°"
"""What lists put after a date that the text does not write."""


def read_day(text: str) -> date:
    """A day written `2021-10-01`, `01/10/2021`, or in words: `1er octobre 2021`, `1 October 2021`; as screens write it.

    Raises:
        UsageError: it is neither, there is no such day, it is outside 1905-2100, or falls on another weekday.
    """
    alone, weekday = without_weekday(text.strip().rstrip(LIST_MARKS))
    try:
        read = date(*_numbers(alone, text))
    except ValueError as error:
        raise UsageError(msg("There is no such day: {text}", text=text)) from error
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise UsageError(msg("qp computes from 1905 to 2100, not in {text}", text=text))
    if weekday not in {None, read.weekday()}:
        raise UsageError(msg("{day} is a {weekday}.", day=read, weekday=DAYS_OF_THE_WEEK[read.weekday()]))
    return read


def _numbers(alone: str, text: str) -> tuple[int, int, int]:
    """The year, month and day of a date without its weekday.

    Raises:
        UsageError: `text`, as it was typed, is none.
    """
    if found := _ISO.fullmatch(alone):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _FRENCH.fullmatch(alone):
        return int(found[4]), int(found[3]), int(found[1])
    if words := day_in_words(alone):
        return words
    if found := _SHORT_YEAR.fullmatch(alone):
        meant = f"{found[1]:0>2}/{found[3]:0>2}/20{found[4]}"
        raise UsageError(msg("“{text}” is no date: write the year in full, {day}", text=shown(text), day=meant))
    raise UsageError(msg("“{text}” is no date: write 2021-10-01 or 01/10/2021", text=shown(text)))


def given_day(value: object, name: str) -> date:
    """The day that a program gives: a `date`, or a text that the command line takes for one.

    Args:
        value: what it gives.
        name: as what.

    Raises:
        UsageError: it is no day, or one outside 1905-2100.
    """
    if isinstance(value, str):
        return read_day(value)
    if isinstance(value, datetime):
        return read_day(value.date().isoformat())
    if not isinstance(value, date):
        problem = msg("{name} is a day or a text such as 2021-10-01, not {value}", name=name, value=shown(repr(value)))
        raise UsageError(problem)
    return read_day(value.isoformat())
