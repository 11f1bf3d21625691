"""Text that cannot act on the reader's terminal: every character that does not print is written out."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def visible(text: str) -> str:
    r"""The same text on one line, with control, invisible and direction characters as `\uXXXX`."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
