"""What stands around a place of a text: the last words above it, the comment between, what closes a bracket."""

from __future__ import annotations

import re
from typing import NamedTuple

# A text in quotes where one can begin, which an apostrophe inside a word does not; a comment; all that has a meaning.
_QUOTED = r"(?:\A|(?<=[ \n\[{,:(]))(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')"
_COMMENT = r"(?:\A|(?<=[ \n]))#[^\n]*"
_IN_A_LINE = re.compile(rf"{_QUOTED}|(?P<comment>{_COMMENT})", re.DOTALL)
_SIGNS = re.compile(rf"{_QUOTED}|{_COMMENT}|(?P<sign>[\[\]{{}}])|\n(?P<indent> *)(?=[^ \r\n])", re.DOTALL)
_PARTNERS = {"[": "]", "{": "}"}


class Above(NamedTuple):
    """What stands before a line.

    Attributes:
        line: the last line above with more than a comment, without its comment and its last blanks.
        end: where these words end in the text.
        comment: where the first comment after them begins, if there is one.
    """

    line: str
    end: int
    comment: int | None


def words_above(text: str, line_start: int) -> Above:
    """The last words above a line, comments and empty lines left aside."""
    comment = None
    while line_start > 0:
        end, line_start = line_start - 1, text.rfind("\n", 0, line_start - 1) + 1
        line = text[line_start:end]
        for found in _IN_A_LINE.finditer(line):
            if found["comment"]:
                line, comment = line[: found.start()], line_start + found.start()
        words = line.rstrip(" \r")
        if words:
            return Above(words, line_start + len(words), comment)
    return Above("", 0, comment)


def indent_of(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))


def closing_sign(text: str, opening: int) -> int | None:
    """Where the sign stands that closes a bracket, its own or another one; None where a line above it ends the value.

    Args:
        text: with the bracket.
        opening: where it stands in the text.
    """
    margin = indent_of(text[text.rfind("\n", 0, opening) + 1 : opening + 1])
    depth = 0
    for found in _SIGNS.finditer(text, opening):
        sign, indent = found["sign"], found["indent"]
        if indent is not None and len(indent) <= margin and text[found.end()] not in "]}#":
            return None
        if sign:
            depth += 1 if sign in _PARTNERS else -1
            if not depth:
                return found.start()
    return None


def is_partner(closing: str, opening: str) -> bool:
    """Whether a sign is the one that closes a bracket."""
    return _PARTNERS.get(opening) == closing
