"""What a text of each form looks like to an editor: a pattern, and what is asked for where a text has another form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.model.amounts import AMOUNT_PATTERN, CURRENCY_PATTERN, NO_AMOUNT, SHARE_PATTERN
from qp_cli.model.base import ADDRESS_PATTERN, TEXT_PATTERN
from qp_cli.model.contacts import EMAIL_PATTERN, TELEPHONE_PATTERN
from qp_cli.model.convention import CODE_PATTERN
from qp_cli.model.facts import FINGERPRINT_PATTERN
from qp_cli.names import ID_PATTERN

if TYPE_CHECKING:
    from qp_cli.messages import Message

# As `law.periods` reads them: a number somewhere above zero, letters of the working days in either case.
_ABOVE_ZERO = "(?=.*[1-9])"
_CALENDAR = f"P{_ABOVE_ZERO}([0-9]{{1,4}}Y)?([0-9]{{1,4}}M)?([0-9]{{1,4}}W)?([0-9]{{1,4}}D)?"
_SPACE = r"[ \u00a0\u202f]"
_JOURS = f"{_ABOVE_ZERO}[0-9]{{1,4}}{_SPACE}[jJ][oO][uU][rR][sS]?{_SPACE}"
_KIND = r"[oO][uU][vV][rR](([éÉ]|[eE]\u0301?)[sS]?|[aA][bB][lL][eE][sS]?)"
_PERIOD = f"^{_CALENDAR}$"
_DELAY = f"^({_CALENDAR}|{_JOURS}{_KIND})$"

# As `law.recurrence_rules` reads them, bounds and contradictions apart.
_NUMBERS = "[+-]?[0-9]{1,4}(,[+-]?[0-9]{1,4})*"
_WEEKDAY = "(MO|TU|WE|TH|FR|SA|SU)"
_WEEKDAYS = f"([+-]?[0-9]{{1,4}})?{_WEEKDAY}(,([+-]?[0-9]{{1,4}})?{_WEEKDAY})*"
_PART = (
    f"(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)|(INTERVAL|COUNT)=[0-9]{{1,4}}|UNTIL=[0-9]{{8}}|WKST={_WEEKDAY}"
    f"|BY(MONTH|MONTHDAY|YEARDAY|WEEKNO|SETPOS)={_NUMBERS}|BYDAY={_WEEKDAYS})"
)
_RULE = f"^(?=(.*;)?FREQ=){_PART}(;{_PART})*$"

_LONG = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
_SHORT = "(0[469]|11)-(0[1-9]|[12][0-9]|30)"
_YEAR = "(190[5-9]|19[1-9][0-9]|20[0-9]{2}|2100)"  # those that `law` computes
_DATE = f"{_YEAR}-({_LONG}|{_SHORT}|02-(0[1-9]|[12][0-9]))"
_DAY = f"^{_DATE}$"
_REFERENCE = f"^({_DATE}|(?![0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}$){ID_PATTERN.strip('^$')})$"

TEXT_SHAPES: dict[str, dict[str, object]] = {
    "period": {"type": "string", "pattern": _PERIOD},
    "delay": {"type": "string", "pattern": _DELAY},
    "amount": {"type": ["number", "string"], "minimum": 0, "maximum": 9_999_999_999_999.99, "pattern": AMOUNT_PATTERN},
    "rule": {"type": "string", "pattern": _RULE, "maxLength": 500},
    "day": {"type": "string", "format": "date", "pattern": _DAY},
    "reference": {"type": "string", "pattern": _REFERENCE, "maxLength": 80},
}
"""Each shape as a JSON Schema. YAML for editors has no dates: a day is a text of this form."""

ASKED: dict[str, Message] = {
    ID_PATTERN: msg("An id is expected: lower-case letters without accents, figures and single hyphens."),
    _REFERENCE: msg("An id is expected (an event, an engagement, “terme”), or a date written YYYY-MM-DD."),
    TEXT_PATTERN: msg("A text is expected, and there is nothing"),
    ADDRESS_PATTERN: msg("A web address is expected, beginning with https://"),
    FINGERPRINT_PATTERN: msg("A SHA-256 is expected: 64 figures and letters from a to f"),
    AMOUNT_PATTERN: NO_AMOUNT,
    EMAIL_PATTERN: msg("An e-mail address is expected, and nothing else: nom@exemple.fr"),
    TELEPHONE_PATTERN: msg("A telephone number is expected: figures, spaces, points, hyphens: +33 4 91 00 00 00"),
    CURRENCY_PATTERN: msg("The ISO 4217 code of a currency is expected, in three capitals: EUR"),
    SHARE_PATTERN: msg("A share is expected: a fraction such as 1/3, or a percentage such as 30 %"),
    CODE_PATTERN: msg("A code from QP300 to QP599 is expected: the others cannot be silenced."),
    _PERIOD: msg("A period above zero is expected: P6M, P1Y2M10D, P3W or P15D."),
    _DELAY: msg("A period above zero is expected: P6M, P1Y2M10D, P3W, P15D or “10 jours ouvrés”."),
    _RULE: msg("An RFC 5545 rule without hours is expected: FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31."),
    _DAY: msg("A date from 1905 to 2100 is expected, written YYYY-MM-DD, without quotes."),
}
"""What is asked for, by the pattern a text does not match."""
