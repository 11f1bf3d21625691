"""Lines without the blank, the colon or the dash that would make something of them: parsers stop only further on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.store.yaml.characters import echo
from qp_cli.store.yaml.surroundings import words_above
from qp_cli.store.yaml.text import place_at

if TYPE_CHECKING:
    from qp_cli.messages import Message
    from qp_cli.store.yaml.findings import Collector

_LEAD = re.compile(" *(?:- +)*")
_KEY = r"[^\W\d][\w-]*"
_GLUED_COLON = re.compile(rf"({_KEY}):(?=[^\s:/])")
_GLUED_DASH = re.compile(r"-(?=[^\s\d-])")
_HAS_KEY = re.compile(r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'{\[:](?:[^:]*[^: ])?) *:(?: |\Z)")
_WORD = re.compile(_KEY)
_KEY_AND_VALUE = re.compile(rf"({_KEY}) *[ =] *(\S.*)")
_CLOSING = frozenset("\"'])}")
_NO_WORDS = ("", ":", "]", "}", "#")


class _Line(NamedTuple):
    """A line with more than a comment on it.

    Attributes:
        start: where it begins in the text.
        lead: how many characters stand before its words: blanks, and the dashes of a list.
        words: the rest, without its comment and its last blanks.
        is_item: whether a dash stands before its words.
    """

    start: int
    lead: int
    words: str
    is_item: bool

    @property
    def at(self) -> int:
        """Where its words begin in the text."""
        return self.start + self.lead


def explain_missing_sign(text: str, at: int, notes: Collector) -> bool:
    """Say what a line lacks, where it is that on which reading stopped, or the one above it.

    Args:
        text: what was parsed, in which no bracket is open there.
        at: where it stopped.
        notes: where the finding goes.

    Returns:
        whether something was said.
    """
    line_start = text.rfind("\n", 0, at) + 1
    line = _line(text, line_start)
    if _say_glued(text, line, notes):
        return True
    if line.is_item and _say_no_first_dash(text, line, notes):
        return True
    above = _above(text, line_start)
    if ": " in text[line.at : at]:  # it is about that line alone
        return False
    if above and _say_of_the_line_above(text, above, line, notes):
        return True
    return _say_no_key(text, above, line, notes) or (above is not None and _say_no_holder(text, above, line, notes))


def _say_of_the_line_above(text: str, above: _Line, line: _Line, notes: Collector) -> bool:
    if _goes_on(text, above):
        return False
    return (
        _say_glued(text, above, notes)
        or _say_no_colon_above(text, above, line, notes)
        or _say_out_of_line(text, above, line, notes)
    )


def _line(text: str, start: int) -> _Line:
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)].rstrip(" \r")
    return _taken_apart(start, line)


def _taken_apart(start: int, line: str) -> _Line:
    lead = _LEAD.match(line).end()  # type: ignore[union-attr]  # it matches anything
    return _Line(start, lead, line[lead:], "-" in line[:lead])


def _above(text: str, line_start: int) -> _Line | None:
    """The last line above with words on it."""
    above = words_above(text, line_start)
    if not above.line:
        return None
    return _taken_apart(text.rfind("\n", 0, above.end) + 1, above.line)


def _say_glued(text: str, line: _Line, notes: Collector) -> bool:
    """Say that the colon of a key, or a dash, lacks its blank."""
    if found := _GLUED_COLON.match(line.words):
        colon = line.at + found.end() - 1
        notes.add(
            "QP002",
            place_at(text, colon),
            msg("A space is missing after the colon of “{key}”.", key=echo(found[1])),
            msg("Write {value}", value=echo(f"{found[0]} {line.words[found.end() :]}")),
        )
        return True
    if _GLUED_DASH.match(line.words):
        notes.add(
            "QP002",
            place_at(text, line.at),
            msg("A space is missing after the dash."),
            msg("Write {value}", value=echo(f"- {line.words[1:]}")),
        )
        return True
    return False


def _say_no_colon_above(text: str, above: _Line, line: _Line, notes: Collector) -> bool:
    """Say that the line above has no colon, where a key or an item on this one cannot be inside a text."""
    if _HAS_KEY.match(above.words) or not (line.is_item or _HAS_KEY.match(line.words)) or above.words[-1] in _CLOSING:
        return False
    is_holder = _WORD.fullmatch(above.words) is not None and above.lead < line.lead
    if above.lead != line.lead and not is_holder:
        return False
    _refuse_line_without_colon(text, above, notes, is_holder=is_holder)
    return True


def _goes_on(text: str, line: _Line) -> bool:
    """Whether a line goes on with the text of the one above it."""
    if line.is_item:
        return False
    before = _above(text, line.start)
    return before is not None and before.lead < line.lead and not before.words.endswith(":")


def _say_no_key(text: str, above: _Line | None, line: _Line, notes: Collector) -> bool:
    """Say that this line has no colon, or no dash, where it is aligned with keys."""
    if line.is_item or line.words[:1] in _NO_WORDS or (above is not None and above.lead < line.lead):
        return False
    if line.words[0] == "{":
        return above is not None and above.words.endswith(":") and _say_no_dash(text, line, notes)
    is_below_a_key = above is not None and line.lead == above.lead and _HAS_KEY.match(above.words) is not None
    is_sibling = is_below_a_key and not _HAS_KEY.match(line.words)
    is_holder = _holds_what_is_below(text, line)
    if is_sibling or is_holder:
        _refuse_line_without_colon(text, line, notes, is_holder=is_holder)
    return is_sibling or is_holder


def _holds_what_is_below(text: str, line: _Line) -> bool:
    """Whether a line is one word, and what is below it a list or a group of keys."""
    if not _WORD.fullmatch(line.words):
        return False
    start = text.find("\n", line.at) + 1
    while start:
        below = _line(text, start)
        if below.words and not below.words.startswith("#"):
            return below.is_item or below.lead > line.lead
        start = text.find("\n", start) + 1
    return False


def _say_no_dash(text: str, line: _Line, notes: Collector, margin: int = 0) -> bool:
    """Say that an item lacks its dash, which stands so far from the margin."""
    message = msg("A dash is missing before this item of a list.")
    notes.add("QP002", place_at(text, line.at), message, _item_line(margin, line.words))
    return True


def _item_line(margin: int, words: str) -> Message:
    """What to write for an item: the whole line where its dash does not stand at the margin."""
    if not margin:
        return msg("Write {value}", value=echo(f"- {words}"))
    return msg("Write the whole line so: “{line}”", line=f"{' ' * margin}{echo(f'- {words}')}")


def _say_no_first_dash(text: str, line: _Line, notes: Collector) -> bool:
    """Say that the first item of the list lacks its dash, where it begins with the key that this item begins with."""
    dash = text.index("-", line.start) - line.start
    first, above = line, _above(text, line.start)
    while above is not None and not above.is_item and not (above.lead <= dash and above.words.endswith(":")):
        first, above = above, _above(text, above.start)
    if above is None or above.is_item or first is line or first.lead < max(dash, above.lead + 1):
        return False
    return _opening(first) == _opening(line) and _say_no_dash(text, first, notes, dash)


def _opening(line: _Line) -> str:
    """The key that a line begins with, or its first sign."""
    found = _WORD.match(line.words)
    return found[0] if found else line.words[:1]


def _say_no_holder(text: str, above: _Line, line: _Line, notes: Collector) -> bool:
    """Say that no key holds the list which begins on this line."""
    if not line.is_item or above.is_item or not _HAS_KEY.match(above.words) or above.words.endswith(":"):
        return False
    dash = text.index("-", line.start)
    if above.at - above.start != dash - line.start:
        return False
    hint = msg("Write the key of the list and a colon on a line above it.")
    item: _Line | None = above
    while item is not None and not item.is_item and item.lead >= dash - line.start:
        item = _above(text, item.start)
    if item is not None and item.is_item and item.lead == dash - line.start and _opening(item) == _opening(line):
        hint = _item_line(text.index("-", item.start) - item.start, line.words)
    notes.add("QP002", place_at(text, dash), msg("A list begins here, and no key holds it."), hint)
    return True


def _say_out_of_line(text: str, above: _Line, line: _Line, notes: Collector) -> bool:
    """Say that the line above is the one out of line, where this one is aligned with that before it."""
    before = _above(text, above.start)
    if before is None or before.lead != line.lead or above.lead >= line.lead or line.is_item or above.is_item:
        return False
    is_pair = _HAS_KEY.match(above.words) and not above.words.endswith(":")
    if not (is_pair and _HAS_KEY.match(line.words)):
        return False
    notes.add(
        "QP002",
        place_at(text, above.at),
        msg("This line is not aligned with the lines it belongs to."),
        msg("Give it the indentation of the lines of the same level, with spaces only."),
    )
    return True


def _refuse_line_without_colon(text: str, line: _Line, notes: Collector, *, is_holder: bool) -> None:
    """Report a line on which a key and its colon are expected; where it holds what is below, the colon alone."""
    place = place_at(text, line.at, line.at + len(line.words))
    if is_holder:
        message = msg("A colon is missing after “{key}”.", key=echo(line.words))
        notes.add("QP002", place, message, msg("Write {value}", value=echo(f"{line.words}:")))
        return
    hint = msg("Write “key: value”, or indent the line if it continues the text above.")
    parts = _KEY_AND_VALUE.fullmatch(line.words)
    if parts and re.search(rf"^[ -]*{re.escape(parts[1])} *:", text, re.MULTILINE):
        hint = msg("Write {value}", value=echo(f"{parts[1]}: {parts[2]}"))
    notes.add("QP002", place, msg("A key and a colon are expected here: {text}", text=echo(line.words)), hint)
