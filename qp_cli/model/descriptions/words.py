"""A title, a sentence and a sentence a key for one declared thing, and the sentences that several share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg

if TYPE_CHECKING:
    from qp_cli.messages import Message


class KeyWords(NamedTuple):
    """A title, a sentence, and a sentence for each key of its own; keys of a parent model are found there."""

    title: Message
    text: Message
    keys: dict[str, Message] = {}  # noqa: RUF012 - a named tuple's default, never changed


FORMAT_WORDS = msg("Version of the format: qp/1.")
NOTE = msg("A reader's remark; never the text itself.")
