r"""Texts of the calendar as RFC 5545 (3.3.11) writes them: icalendar takes `\N` in a text for a line break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from icalendar import vText
from icalendar.prop import vCategory

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGNS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Text(vText):
    """A text that comes back from a reader as it was."""

    def to_ical(self) -> bytes:
        """Its bytes in a line of the calendar."""
        return str(self).replace("\r\n", "\n").translate(_SIGNS).encode()


def categories_of(words: Iterable[str]) -> vCategory:
    """Several such texts, with commas between them."""
    made = vCategory([])
    made.cats = [Text(word) for word in words]
    return made
