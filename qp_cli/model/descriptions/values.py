"""What the values of closed lists mean, and what holds for every group of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg

if TYPE_CHECKING:
    from qp_cli.messages import Message

VALUES: dict[str, Message] = {
    "one-off": msg("Once; by its due date, or by the term."),
    "continuing": msg("All along, until the term."),
    "recurring": msg("At intervals: its due date says which."),
    "on-request": msg("At each request or event that triggers it."),
    "option": msg(
        "Not owed: what a debtor may do until its day (faculté); then exercised by a fulfilled fact, or lapsed."
    ),
    "moyens": msg("Best efforts."),
    "resultat": msg("A result."),
    "non-conforme": msg("Less than half of the criteria are met, or no audit is in force."),
    "partiellement-conforme": msg("At least half of the criteria are met."),
    "totalement-conforme": msg("Every criterion is met."),
    "convention": msg("Made in this convention."),
    "fr": msg("French."),
    "en": msg("English."),
    "national": msg("Made at national level, and reported by this convention."),
}
"""Each value of a closed list that the law does not describe itself."""

FREE = msg("A key that begins with x- is free: qp does not read it.")
