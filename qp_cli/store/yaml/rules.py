"""What is refused of YAML or doubted in it, seen on single events, escapes in quoted text among them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.store.yaml.characters import ODD_SPACES, code_point, echo, name_of, refused
from qp_cli.store.yaml.text import place_at, why_refused

if TYPE_CHECKING:
    from qp_cli.store.yaml.builder import Node, Opening, Scalar, Stretch
    from qp_cli.store.yaml.findings import Collector
    from qp_cli.store.yaml.tree import Place, YamlMap


# In a value, a tab or a return can only come from an escape: refused as the character itself is.


@cache
def refused_decoded() -> re.Pattern[str]:
    """What matches a character that an escape may not stand for: those of the text, tab and carriage return."""
    return re.compile(f"[\\t\\r]|{refused().pattern}")


_LAST_CODE_POINT = 0x10FFFF
_BY_NUMBER = "xuU"
"""What follows the backslash of an escape that gives the number of its character."""
_NAMED = {
    "0": "\0",
    "a": "\x07",
    "b": "\x08",
    "t": "\t",
    "n": "\n",
    "v": "\x0b",
    "f": "\x0c",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
    "\n": "",
    "\r": "",
}
_PIECE = re.compile(
    r'"|\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))',
    re.DOTALL,
)


def report_escapes(text: str, start: int, notes: Collector) -> bool:
    """Report the escapes of the quoted text that starts at `start` which are refused or have no meaning.

    Returns:
        whether one has no meaning, so that the text cannot be read further.
    """
    for found in _PIECE.finditer(text, start + 1):
        if not any(found.groups()):
            return False
        character = _escaped(found)
        if character is None:
            notes.add(
                "QP002",
                place_at(text, found.start(), found.end()),
                msg("The escape {escape} has no meaning in double quotes.", escape=echo(found.group())),
                msg("Write two backslashes for one, or put the text in single quotes."),
            )
            return True
        if not refused_decoded().match(character):
            continue
        if notes.is_full("QP006"):
            notes.add_more("QP006")
        else:
            _refuse_escape(notes, place_at(text, found.start(), found.end()), found.group(), character)
        if "\ud800" <= character <= "\udfff":
            return True
    return False


def _refuse_escape(notes: Collector, place: Place, escape: str, character: str) -> None:
    """Report an escape that stands for a character that data may not hold."""
    hint = msg("Write two backslashes if a backslash is meant, a space if a blank is meant, or delete the escape.")
    if escape[1] in _BY_NUMBER:
        hint = why_refused(character)
    notes.add(
        "QP006",
        place,
        msg(
            "The escape {escape} stands for the character {code} ({name}), which is not allowed.",
            escape=echo(escape),
            code=code_point(character),
            name=name_of(character),
        ),
        hint,
    )


def _escaped(found: re.Match[str]) -> str | None:
    """The character that an escape stands for; None where it has no meaning."""
    number = found[1] or found[2] or found[3]
    if number is None:
        return _NAMED.get(found[4])
    code = int(number, 16)
    return chr(code) if code <= _LAST_CODE_POINT else None


# Stands for a key that was refused: what it holds is read, for its findings, and kept nowhere.
NO_KEY = "".join(["no", "key"])  # noqa: FLY002 an object of its own, told apart from any key by `is`

_NO_BREAK = "\xa0\u202f"
_HASH = re.compile(" #[^ \\r\\n]")
_CUT_SHORT = re.compile(" +#(?=[^ \\r\\n])")
_MISPLACED = re.compile(rf"^ *-?[{ODD_SPACES}]|[{ODD_SPACES}](?=\r?$)|:[{ODD_SPACES}]", re.MULTILINE)
_COMMENT = re.compile(r"(?:\A|(?<=[ \n]))#[^\n]*")
_AFTER_QUESTION = re.compile(r"(?:\A|[ \n{\[,])\?[ \r\n]*\Z")


class StoppedError(Exception):
    """Reading on would be meaningless; the finding that says why is recorded."""


class EventRules:
    """Looks at the events of one text; what the whole text cannot hold is not looked for."""

    def __init__(self, text: str, notes: Collector) -> None:
        self._text = text
        self._notes = notes
        self._hash_lines = _lines_with_hash(text)
        self._odd_spaces = any(space in text for space in ODD_SPACES)
        self._escapes = "\\" in text
        self._questions = "?" in text
        self._properties = "&" in text or "!" in text
        self._begun_again: YamlMap | None = None
        self.needed = self._odd_spaces or self._escapes or self._properties or bool(self._hash_lines)

    def look_at(self, event: Scalar, value: str, style: str | None) -> None:
        """Report what is wrong or doubtful in a key or a value."""
        if self._properties and (event.anchor is not None or event.tag is not None):
            self._refuse_property(event)
        if not style:
            if self._odd_spaces and not value.isascii():
                self._check_spaces(event.start_mark.index, event.end_mark.index)
            if self._hash_lines and event.end_mark.line in self._hash_lines:
                self._check_hash(event, value)
        elif self._escapes and style == '"' and refused_decoded().search(value):
            report_escapes(self._text, event.start_mark.index, self._notes)

    def look_at_start(self, event: Opening, *, as_key: bool) -> None:
        """Report a collection that is anchored, tagged or used as a key; raises `StoppedError`."""
        if self._properties and (event.anchor is not None or event.tag is not None):
            self._refuse_property(event)
        mark = event.start_mark
        placeholder = self._text.find("{{", max(0, mark.index - 1), mark.index + 2) if as_key else -1
        if placeholder >= 0:
            refuse_placeholder(self._notes, self._text, placeholder)
        elif as_key:
            self._notes.add(
                "QP004",
                (mark.line, mark.column, mark.line, mark.column + 1),
                msg("A list or a mapping cannot be a key."),
                msg("Write a short text before the colon, in quotes if it starts with a bracket."),
            )
        if self._questions and event.flow_style and self._text[mark.index] == "?":
            refuse_explicit_key(self._notes, self._text, mark.index)
            raise StoppedError

    def is_lone_pair(self, event: Opening) -> bool:
        """Whether it is the mapping in `[key: value]`, which no bracket of its own closes."""
        bare = event.anchor is None and event.tag is None
        return bare and self._text[event.start_mark.index] not in "[{"

    def check_key(self, mapping: YamlMap, event: Scalar, place: Place, key_column: int) -> str:
        """The key, or `NO_KEY` when it is refused, with a finding; raises `StoppedError`."""
        key, plain, start = event.value, not event.style, event.start_mark.index
        if key_column >= 0 and place[1] != key_column:
            refuse_explicit_key(self._notes, self._text, start)
        elif key_column < 0 and self._questions and self._follows_question(start):
            refuse_explicit_key(self._notes, self._text, start)
            raise StoppedError
        elif plain and key == "<<":
            self._notes.add(
                "QP004",
                place,
                msg("The merge key << is not allowed."),
                msg("Write the keys and values themselves."),
            )
        elif plain and not key:
            self._notes.add("QP004", place, msg("A key is missing before the colon."))
        elif key in mapping:
            self._refuse_second(mapping, key, place)
        else:
            return key
        return NO_KEY

    def _refuse_second(self, mapping: YamlMap, key: str, place: Place) -> None:
        """Report a key that its mapping has already; one that begins an item again without its dash, alone."""
        if mapping is self._begun_again:
            return
        if self._notes.is_full("QP003"):
            self._notes.add_more("QP003")
            return
        first = mapping.places[key][0]
        hint = msg("Keep one of the two, or give the second another name.")
        if key == next(iter(mapping)) and _stands_after_a_dash(self._text, first) and first[0] != place[0]:
            self._begun_again = mapping
            lines = self._text.split("\n")
            whole = lines[first[0]][: first[1]] + echo(lines[place[0]].strip())
            hint = msg("If another item begins here, write its whole line so: “{line}”; else keep one.", line=whole)
        message = msg("The key {key} is written twice.", key=echo(key))
        self._notes.add("QP003", place, message, hint, related=[(first, msg("first written here"))])

    def _follows_question(self, start: int) -> bool:
        """Whether a key in brackets comes after `?`, with nothing but blanks and comments between."""
        line_start = self._text.rfind("\n", 0, max(0, start - 500)) + 1
        return bool(_AFTER_QUESTION.search(_COMMENT.sub("", self._text[line_start:start])))

    def refuse_alias(self, event: Stretch) -> None:
        """Report an alias."""
        refuse_reference(self._notes, _place_of(event), "*")

    def _refuse_property(self, event: Node) -> None:
        mark = event.start_mark
        place = (mark.line, mark.column, mark.line, mark.column + 1)
        refuse_reference(self._notes, place, self._text[mark.index])

    def _check_spaces(self, start: int, end: int) -> None:
        """Report a space that YAML takes for a letter, where an ordinary one was probably meant."""
        for found in _MISPLACED.finditer(self._text[start:end]):
            position = start + found.end() - 1
            refuse_space(self._notes, self._text, position)

    def _check_hash(self, event: Scalar, value: str) -> None:
        found = _CUT_SHORT.match(self._text, event.end_mark.index)
        if not found:
            return
        mark = event.end_mark
        column = mark.column + len(found.group()) - 1
        self._notes.add(
            "QP009",
            (mark.line, column, mark.line, column + 1),
            msg("The value stops at {value}: what follows # is read as a comment.", value=echo(value))
            if value
            else msg("The value is empty: what follows # is read as a comment."),
            msg("Put the value in quotes if # belongs to it, or a space after # if it is a comment."),
            severity=Severity.WARNING,
        )


def _stands_after_a_dash(text: str, place: Place) -> bool:
    """Whether a dash begins the item that what stands at a place begins."""
    return text.split("\n", place[0] + 1)[place[0]][: place[1]].rstrip(" ").endswith("-")


def refuse_open_quote(notes: Collector, place: Place, sign: str) -> None:
    """Report the quote, one sign or the other, that begins a text and that nothing closes."""
    hint = (
        msg("Add the closing quote; inside single quotes an apostrophe is written twice.")
        if sign == "'"
        else msg("Add the closing quote.")
    )
    notes.add("QP002", place, msg("This quote is not closed."), hint)


def refuse_space(notes: Collector, text: str, position: int) -> None:
    """Report a space other than U+0020 where YAML needs an ordinary one."""
    if notes.is_full("QP008"):
        notes.add_more("QP008")
        return
    space = text[position]
    message = msg("The space {code} ({name}) is not allowed here.", code=code_point(space), name=name_of(space))
    if space in _NO_BREAK:
        message = msg("A no-break space ({code}) is not allowed here.", code=code_point(space))
    before = text[text.rfind("\n", 0, position) + 1 : position]
    hint = msg("Replace it by an ordinary space.")
    if ": " in before and before[-1:] != ":":
        hint = msg("Put the whole text after the first colon in double quotes.")
    elif before.strip(f" -{ODD_SPACES}") and before[-1:] != ":":
        hint = msg("Replace it by an ordinary space, or put the whole text in quotes.")
    notes.add("QP008", place_at(text, position), message, hint)


def refuse_explicit_key(notes: Collector, text: str, position: int) -> None:
    """Report a key written with `? `, the question mark at or before a position."""
    if notes.is_full("QP004"):
        notes.add_more("QP004")
        return
    at = text.rfind("?", 0, position + 1)
    if text[at + 1 : at + 2].strip():  # in brackets, where a question mark needs no space to be a sign of its own
        message = msg("In brackets, a text cannot start with a question mark.")
        notes.add("QP004", place_at(text, at), message, msg("Put the text in quotes."))
        return
    notes.add(
        "QP004",
        place_at(text, at),
        msg("A key that starts with a question mark and a space is not allowed."),
        msg("Write the key and a colon on one line, in quotes if the question mark belongs to it."),
    )


def refuse_placeholder(notes: Collector, text: str, position: int) -> None:
    """Report what a template would have filled in, `{{ … }}` or `{% … %}`, by the two signs it begins with."""
    signs = text[position : position + 2]
    notes.add(
        "QP004",
        place_at(text, position, position + 2),
        msg("The signs {signs} begin no text: this looks like what a template was to fill in.", signs=signs),
        msg("Write the value itself, or put the text in quotes."),
    )


def refuse_reference(notes: Collector, place: Place, sign: str) -> None:
    """Report an anchor, an alias or a tag by the sign it starts with."""
    if sign == "!":
        message = msg("A value cannot start with !, which makes it a YAML tag.")
    elif sign == "*":
        message = msg("A value cannot start with *, which makes it a YAML alias.")
    else:
        message = msg("A value cannot start with &, which makes it a YAML anchor.")
    notes.add("QP004", place, message, msg("Put the text in quotes, or write the value itself."))


def _place_of(event: Stretch) -> Place:
    start, end = event.start_mark, event.end_mark
    return (start.line, start.column, end.line, end.column)


def _lines_with_hash(text: str) -> set[int]:
    """The lines, counted from 0, where a `#` that starts a comment stands right before a letter."""
    lines: set[int] = set()
    line = last = 0
    for found in _HASH.finditer(text):
        line += text.count("\n", last, found.start())
        last = found.start()
        lines.add(line)
    return lines
