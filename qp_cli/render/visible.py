"""Text that cannot act on the reader's terminal: every character that does not print is written out."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


_ACTIVE = re.compile(_HIDDEN.pattern.replace("\x00-\x1f", "\x00-\x08\x0b\x0c\x0e-\x1f"))
"""The same without tab and the ends of lines, which a format has its own way to write."""


def inert(text: str) -> str:
    r"""The same text, its lines kept, with every other such character as `\uXXXX`: as JSON writes it, too."""
    return _ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def visible(text: str) -> str:
    r"""The same text on one line, with control, invisible and direction characters as `\uXXXX`."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
