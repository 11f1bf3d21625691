"""Steps: one line of the working behind a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.messages import Message


class Step(NamedTuple):
    """What one rule did.

    Attributes:
        rule: stable key, such as `carry-over`.
        text: the rule in words.
        source: the text or case law applied, in French.
        result: the day reached after it, or nothing when it only informs.
    """

    rule: str
    text: Message
    source: str
    result: date | None
