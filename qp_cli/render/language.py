"""The reader's language: sentences through gettext, days, numbers and periods as that language writes them."""

from __future__ import annotations

import gettext
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from qp_cli.law.periods import Period, WorkingDays
from qp_cli.messages import DAYS_OF_THE_WEEK, MONTHS, Message, msg, msgs
from qp_cli.render.visible import inert, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qp_cli.law.periods import Delay

Code = Literal["fr", "en"]
LANGUAGES: tuple[str, ...] = get_args(Code)
DOMAIN = "qp"
CATALOGUES = Path(__file__).resolve().parent.parent / "locale"

_SHORT_DAYS = (msg("Mon"), msg("Tue"), msg("Wed"), msg("Thu"), msg("Fri"), msg("Sat"), msg("Sun"))


class Language:
    """One language, ready to put messages into words."""

    def __init__(self, code: Code, shown: Callable[[str], str] = visible) -> None:
        self.code: Code = code
        self._shown = shown
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        if code != "en":
            self._catalogue = gettext.translation(DOMAIN, CATALOGUES, [code])
        self._fixed: dict[str, str] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return (_same_here if self._shown is visible else _keeping_lines), (self.code,)

    def keeping_lines(self) -> Language:
        """The same language for a format that has its own way to write the ends of lines: texts keep theirs."""
        return Language(self.code, lambda text: inert(text).strip("\n"))

    def plain(self, text: str) -> str:
        """A text of the catalogue that has no parts."""
        return self._catalogue.gettext(text) if text else ""

    def text(self, message: Message) -> str:
        """A message in this language, on one line unless texts keep theirs, its parts made safe to show."""
        if not message.parts and not message.plural:
            return self._fixed.get(message.text) or self._fix(message.text)
        if message.plural:
            source = self._catalogue.ngettext(message.text, message.plural, message.number)
        else:
            source = self._catalogue.gettext(message.text)
        return source.format(**{name: self.part(value) for name, value in message.parts.items()})

    def _fix(self, text: str) -> str:
        """A message without parts, as names of days and of states are: said again and again, looked up once."""
        fixed = self._fixed[text] = self._catalogue.gettext(text).format()
        return fixed

    def part(self, value: object) -> str:
        """One part of a message: a nested message, a day, a period, a number, or text as it is."""
        match value:
            case Message():
                return self.text(value)
            case date():
                return self.day(value)
            case Period() | WorkingDays():
                return self.period(value)
            case bool():
                return str(value)
            case int():
                return self.number(value)
            case _:
                return self._shown(str(value))

    def number(self, value: int) -> str:
        """A whole number with its thousands apart."""
        return f"{value:,}".replace(",", "\u00a0") if self.code == "fr" else f"{value:,}"

    def weekday(self, day: date) -> str:
        """Saturday."""
        return self.text(DAYS_OF_THE_WEEK[day.weekday()])

    def day(self, day: date) -> str:
        """18 September 2021, and in French the first of a month as “1er”."""
        number = "1er" if self.code == "fr" and day.day == 1 else str(day.day)
        return f"{number} {self.text(MONTHS[day.month - 1])} {day.year}"

    def full_day(self, day: date) -> str:
        """Saturday 18 September 2021."""
        return f"{self.weekday(day)} {self.day(day)}"

    def short_day(self, day: date) -> str:
        """18/09/2021 in French, 18 Sep 2021 in English."""
        if self.code == "fr":
            return f"{day:%d/%m/%Y}"
        return f"{day.day:2} {self.text(MONTHS[day.month - 1])[:3]} {day.year}"

    def dated(self, day: date) -> str:
        """The short form with its weekday: Sat 18 Sep 2021."""
        return f"{self.text(_SHORT_DAYS[day.weekday()])} {self.short_day(day)}"

    def period(self, delay: Delay) -> str:
        """6 months; 1 year and 2 months; 10 working days as the law calls them."""
        if isinstance(delay, WorkingDays):
            return str(delay)
        units = (
            msgs("{count} year", "{count} years", count=delay.years),
            msgs("{count} month", "{count} months", count=delay.months),
            msgs("{count} week", "{count} weeks", count=delay.weeks),
            msgs("{count} day", "{count} days", count=delay.days),
        )
        words = [self.text(unit) for unit in units if unit.number]
        return self.listed(words)

    def joined(self, parts: Iterable[str]) -> str:
        """Parts that can hold commas of their own: one; two; three."""
        return self.text(msg("; ")).join(parts)

    def listed(self, words: list[str]) -> str:
        """One, two and three."""
        if not words[1:]:
            return "".join(words)
        return self.text(msg("{first} and {last}", first=", ".join(words[:-1]), last=words[-1]))


@cache
def _same_here(code: Code) -> Language:
    """A language in another process: one, for all that comes there."""
    return Language(code)


@cache
def _keeping_lines(code: Code) -> Language:
    return Language(code).keeping_lines()
