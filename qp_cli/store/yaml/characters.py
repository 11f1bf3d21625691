"""Characters that data may not hold, how they are named, and how text is echoed without them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# What is allowed, so that the class is one table look-up a character. Left out: C0 and C1 controls and DEL;
# soft hyphen, zero-width and other invisible characters, fillers; marks of direction; line and paragraph
# separators; surrogates; private use; noncharacters; tags. Tab and lone CR have rules of their own.
_ALLOWED = (
    "\\t\\n\\r -~\xa0-\xac\xae-\u034e\u0350-\u061b\u061d-\u115e\u1161-\u17b3\u17b6-\u180d\u180f-\u200a"
    "\u2010-\u2027\u202f-\u205f\u2070-\u3163\u3165-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uff9f"
    "\uffa1-\ufff8\ufffc\ufffd\U00010000-\U0001bc9f\U0001bca4-\U0001d172\U0001d17b-\U0001fffd"
    "\U00020000-\U0002fffd\U00030000-\U0003fffd"
)
# What French and English texts hold nearly always: nothing outside it, nothing refused. The whole class takes
# milliseconds to compile, and most files never need it.
_UNUSUAL = re.compile("[^\\t\\n\\r -~\xa0-\xac\xae-\u024f\u2010-\u2027\u202f-\u205e\u20ac]")
LONE_RETURN = re.compile(r"\r(?!\n)")

# Spaces that look ordinary but separate nothing in YAML: allowed inside a text, not around `:` and `-`.
ODD_SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_CONTROL_NAMES = {
    "\0": "NULL",
    "\x07": "BELL",
    "\x08": "BACKSPACE",
    "\t": "CHARACTER TABULATION",
    "\x0b": "LINE TABULATION",
    "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}
_CATEGORY_NAMES = {
    "Cc": "CONTROL CHARACTER",
    "Co": "PRIVATE USE CHARACTER",
    "Cs": "SURROGATE",
    "Cn": "NOT A CHARACTER",
}
_ECHO_LENGTH = 40


@cache
def refused() -> re.Pattern[str]:
    """What matches one refused character."""
    return re.compile(f"[^{_ALLOWED}]")


def may_be_refused(text: str) -> bool:
    """Whether a text is worth looking through for refused characters."""
    return _UNUSUAL.search(text) is not None


def code_point(character: str) -> str:
    """The character's number as Unicode writes it: U+202E."""
    return f"U+{ord(character):04X}"


def name_of(character: str) -> str:
    """The character's Unicode name, or what it is when it has none."""
    named = unicodedata.name(character, "") or _CONTROL_NAMES.get(character, "")
    return named or _CATEGORY_NAMES.get(unicodedata.category(character), "UNNAMED")


def escape(text: str) -> str:
    r"""The text with each refused character written as `\uXXXX`, safe to print."""
    shown = refused().sub(lambda found: _escaped(found.group()), text)
    return re.sub("[\\t\\n\\r]", lambda found: _escaped(found.group()), shown)


def echo(text: str) -> str:
    """The beginning of a text, escaped, for a message."""
    return escape(text if len(text) <= _ECHO_LENGTH else text[: _ECHO_LENGTH - 1] + "…")


def _escaped(character: str) -> str:
    number = ord(character)
    return f"\\U{number:08X}" if number > 0xFFFF else f"\\u{number:04X}"  # noqa: PLR2004 the end of plane 0
