"""Steps: one line of the working behind a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.messages import Message


@dataclass(frozen=True, slots=True)
class Step:
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
