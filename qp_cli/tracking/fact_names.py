"""What each kind of fact is called, where one is told from another: a performance, an avenant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg

if TYPE_CHECKING:
    from qp_cli.messages import Message

KIND_NAMES: dict[str, Message] = {
    "fulfilled": msg("performance"),
    "triggered": msg("request"),
    "occurred": msg("event"),
    "waived": msg("waiver"),
    "suspended": msg("suspension"),
    "resumed": msg("resumption"),
    "notified": msg("formal notice"),
    "breached": msg("breach"),
    "amended": msg("avenant"),
    "denounced": msg("denunciation"),
    "terminated": msg("termination"),
    "voided": msg("cancellation"),
    "proof": msg("proof"),
}
"""The word that stands for each kind of fact, on screens and in answers."""
