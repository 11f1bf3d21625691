"""Periods of time as a text gives them: `P6M`, `P1Y2M10D`, `10 jours ouvrés`."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import InvalidPeriodError
from qp_cli.messages import msg
from qp_cli.names import fold_case, shown

if TYPE_CHECKING:
    from qp_cli.messages import Message

_PERIOD = re.compile(r"P(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,4})D)?")
_WORKING_DAYS = re.compile(r"([0-9]{1,4})[ \u00a0\u202f]jours?[ \u00a0\u202f]ouvr(?:([ée]s?)|ables?)")
_LOOSE = re.compile(r"p?\s?([0-9]{1,4})\s?([a-z]+)")
_CLEAR_DAYS = re.compile(r"([0-9]{1,4})\s?jours?\s?francs?")
_HOURS = re.compile(r"([0-9]{1,4})\s?(?:h|heures?|hours?)(\s(?:ouvre|ouvrable)e?s?|\sd.ouverture)?")
_MONTH_END = re.compile(r"\bfin d[eu] mois\b|\bend of (?:the )?month\b")
_UNITS = {
    "Y": ("y", "a", "an", "ans", "annee", "annees", "year", "years"),
    "M": ("m", "mois", "month", "months"),
    "W": ("w", "s", "semaine", "semaines", "week", "weeks"),
    "D": ("d", "j", "jour", "jours", "day", "days"),
}


class Period(NamedTuple):
    """A length in calendar units; `P24M` and `P2Y` count alike and stay written as given."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def __str__(self) -> str:
        """The ISO 8601 form, its zero parts left out."""
        parts = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        return "P" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0D")

    @property
    def total_months(self) -> int:
        """Years and months together, in months."""
        return self.years * 12 + self.months

    @property
    def total_days(self) -> int:
        """Weeks and days together, in days."""
        return self.weeks * 7 + self.days

    def times(self, n: int) -> Period:
        """The period repeated `n` times, part by part: three times P1M10D is P3M30D."""
        return Period(self.years * n, self.months * n, self.weeks * n, self.days * n)

    def plus(self, other: Period) -> Period:
        """Both periods in one, part by part: P24M plus P12M is P36M, to be counted once from its origin."""
        return Period(
            self.years + other.years,
            self.months + other.months,
            self.weeks + other.weeks,
            self.days + other.days,
        )


class DayCount(StrEnum):
    """Which days a length in working days counts."""

    OUVRES = "ouvrés"
    OUVRABLES = "ouvrables"


class WorkingDays(NamedTuple):
    """A length in days ouvrés (Monday to Friday) or ouvrables (Monday to Saturday), less public holidays."""

    number: int
    kind: DayCount

    def __str__(self) -> str:
        """The French wording, as it is read back."""
        if self.number == 1:
            return f"1 jour {self.kind[:-1]}"
        return f"{self.number} jours {self.kind}"


Delay = Period | WorkingDays


def parse_period(text: str) -> Period:
    """The period that an ISO 8601 text writes in years, months, weeks and days, in that order.

    Upper case, whole numbers of one to four digits, no sign, no time part, at least one part above zero.

    Raises:
        InvalidPeriodError: the text is anything else.
    """
    match = _PERIOD.fullmatch(text)
    numbers = tuple(int(number or 0) for number in match.groups()) if match else ()
    if not any(numbers):
        raise InvalidPeriodError(_refused_calendar(text) or _refusal(text))
    return Period(*numbers)


def parse_delay(text: str) -> Delay:
    """The period or the working days that a text writes: `P6M`, `10 jours ouvrés`, `1 jour ouvrable`.

    Accents and case are free in the second form, its spaces single (no-break ones too).

    Raises:
        InvalidPeriodError: the text is neither.
    """
    match = _working_days(text)
    if match is None and _PERIOD.fullmatch(text):
        return parse_period(text)
    count = int(match[1]) if match else 0
    if match is None or not count:
        raise InvalidPeriodError(_refusal(text, in_days=True))
    return WorkingDays(count, DayCount.OUVRES if match[2] else DayCount.OUVRABLES)


def _working_days(text: str) -> re.Match[str] | None:
    return _WORKING_DAYS.fullmatch(unicodedata.normalize("NFC", text).lower())


def _refused_calendar(text: str) -> Message | None:
    """That working days are no period in calendar units; None for another text."""
    if _working_days(text) is None:
        return None
    return msg(
        "“{text}” counts working days, and only years, months, weeks or days can stand here, such as P15D",
        text=shown(text),
    )


def _refusal(text: str, *, in_days: bool = False) -> Message:
    """Why a text is no period, and what to write; working days too where they are taken."""
    if text[:1] in ("P", "p") and "T" in text[:40].upper():
        return msg(
            "“{text}” counts hours, which are not computed: write years, months, weeks or days, such as P2D",
            text=shown(text),
        )
    if hours := _HOURS.fullmatch(fold_case(text[:60])):
        whole = max(1, -(-int(hours[1]) // 24))
        instead = str(WorkingDays(whole, DayCount.OUVRES)) if hours[2] else str(Period(days=whole))
        return msg(
            "“{text}” counts hours, which are not computed: write whole days, such as {suggestion}",
            text=shown(text),
            suggestion=instead,
        )
    if _MONTH_END.search(fold_case(text[:60])):
        return msg(
            "“{text}” ends with a month, which no period does: write rrule: FREQ=MONTHLY;BYMONTHDAY=-1, or the day",
            text=shown(text),
        )
    if clear := _CLEAR_DAYS.fullmatch(fold_case(text[:60])):
        return msg(
            "“{text}” names a way to count: write {suggestion}, and beside it regime: delai-franc",
            text=shown(text),
            suggestion=str(Period(days=int(clear[1]))),
        )
    suggestion = suggest(text)
    if suggestion:
        return msg("“{text}” is not a period: write {suggestion}", text=shown(text), suggestion=suggestion)
    if not in_days:
        return msg("“{text}” is not a period: write P6M, P1Y2M10D, P3W or P15D, above zero", text=shown(text))
    return msg(
        "“{text}” is not a period: write P6M, P1Y2M10D, P3W, P15D or “10 jours ouvrés”, above zero",
        text=shown(text),
    )


def suggest(text: str) -> str:
    """The period that a text probably means, or nothing."""
    if len(text) > 40:  # noqa: PLR2004 - no period is that long
        return ""
    upper = text.strip().upper()
    match = _PERIOD.fullmatch(upper)
    if match and any(int(number or 0) for number in match.groups()):
        return upper
    loose = _LOOSE.fullmatch(fold_case(text))
    if loose is None or not int(loose[1]):
        return ""
    for letter, words in _UNITS.items():
        if loose[2] in words:
            return f"P{int(loose[1])}{letter}"
    return ""
