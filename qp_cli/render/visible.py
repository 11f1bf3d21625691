"""Text that acts neither on the reader's terminal nor on the log of a CI."""

from __future__ import annotations

import re

from qp_cli.names import on_one_line

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


_ACTIVE = re.compile(_HIDDEN.pattern.replace("\x00-\x1f", "\x00-\x08\x0b\x0c\x0e-\x1f"))
"""The same without tab and the ends of lines, which a format has its own way to write."""


def inert(text: str) -> str:
    r"""The same text, its lines kept, with every other such character as `\uXXXX`: as JSON writes it, too."""
    return _ACTIVE.sub(_written_out, text)


def visible(text: str) -> str:
    r"""The same text on one line, a blank where a line ended, with control and invisible characters as `\uXXXX`.

    So are marks of direction, and a carriage return that ends no line.
    """
    return _HIDDEN.sub(_written_out, on_one_line(text)) if _HIDDEN.search(text) else text


def _written_out(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


_COMMAND = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
"""`::error::`, which GitHub's runner obeys after any blanks at the start of a line."""
_OLD_COMMAND = re.compile(r"#(?=#[\w.]*\[)")
"""`##[error]`, which it obeys anywhere in a line; `##vso[` and `##teamcity[` are obeyed elsewhere."""


def quiet(text: str, *, colon: str = "\\u003a", number: str = "\\u0023") -> str:
    r"""The same lines, what would start a command of a CI's runner written out, as `\uXXXX` unless told otherwise."""
    return _OLD_COMMAND.sub(lambda _: number, _COMMAND.sub(lambda found: found[1] + colon, text))
