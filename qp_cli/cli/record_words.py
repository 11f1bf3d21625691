"""The words of the questions of `qp record`: what each kind of fact means, and how its day is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.tracking.fact_names import KIND_NAMES

if TYPE_CHECKING:
    from qp_cli.messages import Message

_KINDS_MEAN: dict[str, Message] = {
    "fulfilled": msg("what was owed was done"),
    "triggered": msg("of what is owed on request"),
    "occurred": msg("what was awaited has its day, a signature…"),
    "waived": msg("the creditor gives it up"),
    "suspended": msg("a period stops running"),
    "resumed": msg("it runs again"),
    "notified": msg("a mise en demeure was sent"),
    "breached": msg("a decision or an agreement says so"),
    "amended": msg("a date, or what is owed, is changed"),
    "denounced": msg("a party refuses the renewal"),
    "terminated": msg("the convention ends early"),
    "voided": msg("a fact was recorded by mistake"),
    "proof": msg("what shows a fact that is recorded already"),
}
KIND_WORDS: dict[str, Message] = {
    kind: msg("{label}: {text}", label=KIND_NAMES[kind], text=text) for kind, text in _KINDS_MEAN.items()
}
"""What each kind of fact is, after the word that stands for it."""
DAY_QUESTIONS: dict[str, Message] = {
    "suspended": msg("Suspended from which day on?"),
    "resumed": msg("From which day on does it run again?"),
    "amended": msg("On which day was it concluded?"),
    "denounced": msg("On which day was the denunciation given?"),
    "terminated": msg("On which day was the termination given?"),
    "proof": msg("On which day was the proof given?"),
}
"""How the day of a fact is asked for, where the kind alone does not say which one it is."""
