"""Messages as values: an English source and its parts, put into the reader's language by `render`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Message(NamedTuple):
    """A sentence not yet in any language.

    Attributes:
        text: English source, with `{name}` for each part; the key of the gettext catalogue.
        parts: what stands for each name: text, numbers, dates, or messages themselves.
        plural: English source for several, empty where the sentence counts nothing.
        number: how many, which decides between the two.
    """

    text: str
    parts: Mapping[str, object] = {}
    plural: str = ""
    number: int = 1

    def __str__(self) -> str:
        """The English sentence, for logs and tests: readers get it through `render.language`."""
        source = self.plural if self.plural and self.number != 1 else self.text
        return source.format(**self.parts)


def msg(text: str, /, **parts: object) -> Message:
    """A message; the call marks its text for the catalogue."""
    return Message(text, parts)


def listing(messages: Iterable[Message]) -> Message:
    """Several messages, at least one, as one with commas between."""
    first, *others = messages
    for other in others:
        first = msg("{first}, {next}", first=first, next=other)
    return first


def msgs(text: str, plural: str, /, *, count: int, **parts: object) -> Message:
    """A message that counts: one text for one, another for several; `{count}` is its number."""
    return Message(text, {"count": count, **parts}, plural, count)


DAYS_OF_THE_WEEK = (
    msg("Monday"),
    msg("Tuesday"),
    msg("Wednesday"),
    msg("Thursday"),
    msg("Friday"),
    msg("Saturday"),
    msg("Sunday"),
)
MONTHS = (
    msg("January"),
    msg("February"),
    msg("March"),
    msg("April"),
    msg("May"),
    msg("June"),
    msg("July"),
    msg("August"),
    msg("September"),
    msg("October"),
    msg("November"),
    msg("December"),
)
"""The days of the week and the months, which sentences of several rooms name."""
