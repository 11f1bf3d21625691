"""What the parser lets pass and YAML does not: comments that begin at once, lone dashes, lines at the margin."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, TypeAlias

from yaml.events import ScalarEvent, StreamEndEvent

from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.store.yaml.text import place_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qp_cli.store.yaml.builder import Parser
    from qp_cli.store.yaml.findings import Collector

_GLUED = re.compile(r"(?:[\[\]{},\"']|[|>][-+0-9]*)#")
_INSTEAD = re.compile(r"[\[{,] +#(?=[^ \r\n])")
_DASH = re.compile(r"(?<=[\[{,: \r\n])-(?=[ \r\n]*[,\]}])")
_Span: TypeAlias = tuple[int, int, str | None]
_COMMENT = re.compile(r"(?:\A|[ \t\n])#")
_ENTRY = re.compile(r" *(?:- +[^ ]|(?:- +)*[^\W\d][\w-]*:(?: |\r?\Z))")


def may_be_lenient(text: str) -> bool:
    """Whether a text holds what could be a comment glued to a sign or in an item's place, or a dash in brackets."""
    return bool(_GLUED.search(text) or _INSTEAD.search(text) or _DASH.search(text))


def refuse_lenient(text: str, parser: Parser, notes: Collector) -> None:
    """Report each comment that begins right after a sign, and each plain text in brackets that is only a dash.

    A comment that stands where an item could is doubted only: what looks like it, `#2`, is read by nobody.

    Args:
        text: what was read without an error.
        parser: one that gives its events again.
        notes: takes the findings.
    """
    scalars = tuple(_scalars(parser))
    for start, end, style in scalars:
        if not style and text[start:end] == "-" and _DASH.match(text, start):
            notes.add(
                "QP002",
                place_at(text, start, end),
                msg("A dash alone in brackets is no text: other programs refuse the file."),
                msg("Put it in quotes, or write nothing between the brackets."),
            )
    for place in _comments(text, _INSTEAD, scalars):
        notes.add(
            "QP009",
            place_at(text, place, place + 1),
            msg("What follows # is read as a comment, not as an item."),
            msg("Put it in quotes if # belongs to it, or a space after # if it is a comment."),
            severity=Severity.WARNING,
        )
    for place in _comments(text, _GLUED, scalars):
        notes.add(
            "QP002",
            place_at(text, place, place + 1),
            msg("A comment begins after a blank: other programs refuse this # or take it for text."),
            msg("Put a space before # if it begins a comment, or the text in quotes if # belongs to it."),
        )


def _scalars(parser: Parser) -> Iterator[_Span]:
    """Where each text starts and ends, with its style."""
    event: Any  # narrowed by its class
    for event in iter(parser.get_event, None):
        kind = event.__class__
        if kind is ScalarEvent:
            yield event.start_mark.index, event.end_mark.index, event.style
        elif kind is StreamEndEvent:
            return


def _comments(text: str, pattern: re.Pattern[str], scalars: Sequence[_Span]) -> Iterator[int]:
    """Where what is looked for ends with a # that begins a comment, being neither in a text nor in a comment."""
    ends = [end for _, end, _ in scalars]
    for found in pattern.finditer(text):
        place = found.end() - 1
        at = bisect_right(ends, found.start())
        start, end, style = scalars[at] if at < len(scalars) else (len(text), len(text), None)
        is_header = style in ("|", ">") and start == found.start()
        is_text = start <= place < end and not is_header
        if end == place or not (is_text or _is_in_comment(text, ends[at - 1] if at else 0, found.start())):
            yield place


def _is_in_comment(text: str, since: int, place: int) -> bool:
    """Whether a comment has begun on the line of a place, after the last text that ended before it."""
    line_start = text.rfind("\n", 0, place) + 1
    return bool(_COMMENT.search(text, since if since > line_start else max(line_start - 1, 0), place + 1))


def line_at_the_margin(lines: Sequence[str], first: int, last: int, column: int, *, quoted: bool) -> int | None:
    """The first line, after `first` and up to `last`, that stands no further right than what holds it; None without.

    Args:
        lines: those of the whole text.
        first: where a text in quotes, or a list or mapping in brackets, begins; counted from 0.
        last: where it ends, included.
        column: where the key or the dash stands that it belongs to.
        quoted: whether it is a text, in which # begins no comment and brackets close nothing.
    """
    for number in range(first + 1, last + 1):
        content = lines[number].lstrip(" ")
        is_free = not content.strip() or (not quoted and content[0] in "#]}")
        if not is_free and len(lines[number]) - len(content) <= column:
            return number
    return None


def is_entry(line: str) -> bool:
    """Whether a line begins as an item of a list, or as a key of one word with its colon, does."""
    return _ENTRY.match(line) is not None
