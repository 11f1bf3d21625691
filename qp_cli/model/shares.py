"""A share of a whole as a text writes it: `1/3`, `30 %`; read without rounding."""

from fractions import Fraction

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
