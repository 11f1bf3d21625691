"""Lines for a log that a machine reads along with people: none of them is taken for a command."""

from __future__ import annotations

import re

_COMMAND = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
"""`::error::`, which GitHub's runner obeys after any blanks at the start of a line."""
_OLD_COMMAND = re.compile(r"#(?=#[\w.]*\[)")
"""`##[error]`, which it obeys anywhere in a line; `##vso[` and `##teamcity[` are obeyed elsewhere."""


def quiet(text: str, *, colon: str = "\\u003a", number: str = "\\u0023") -> str:
    r"""The same lines, what would start a command of a CI's runner written out, as `\uXXXX` unless told otherwise."""
    return _OLD_COMMAND.sub(lambda _: number, _COMMAND.sub(lambda found: found[1] + colon, text))
