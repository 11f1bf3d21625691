"""The amount of an engagement: what the text gives, exact, with its currency; and shares of a whole."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.model.base import Bounds, Declared, Read

SHARE_PATTERN = (
    r"^([1-9][0-9]{0,3}/[1-9][0-9]{0,3}"
    r"|(100|[1-9][0-9]?([.,][0-9]{1,2})?|0[.,](0[1-9]|[1-9][0-9]?))[ \u00a0\u202f]?%)$"
)
"""A fraction, or a percentage above zero with two decimals at the most."""
_SPACES = " \u00a0\u202f"


def share_of(text: str) -> Fraction:
    """The share that a text of `SHARE_PATTERN` writes, exactly: `30 %` is 3/10, `12,5 %` is 1/8."""
    number, is_percentage, _ = text.partition("%")
    if not is_percentage:
        return Fraction(text)
    return Fraction(number.strip(_SPACES).replace(",", ".")) / 100


AMOUNT_PATTERN = r"^(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
NO_AMOUNT = msg("An amount is expected, with two decimals at the most and no space: 30000 or 1234.50")
_AMOUNT = re.compile(AMOUNT_PATTERN.strip("^$"))


def read_amount(text: str) -> str:
    """The amount as it is written, of a number or a text.

    Raises:
        UsageError: it is below zero, has more than two decimals, or is no number.
    """
    if not _AMOUNT.fullmatch(text):
        raise UsageError(NO_AMOUNT)
    return text


class Amount(Declared):
    """How much an engagement is about, as its text says: nothing is computed with it but sums."""

    value: Annotated[str, Read(read_amount, shape="amount")]
    currency: Annotated[str, Bounds(pattern=CURRENCY_PATTERN)] = "EUR"
    share: Annotated[str, Bounds(pattern=SHARE_PATTERN)] | None = None

    @property
    def number(self) -> Decimal:
        """The value, exact, in units of its currency."""
        return Decimal(self.value)
