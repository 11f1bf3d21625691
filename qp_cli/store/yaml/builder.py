"""YAML events to plain values with their places: one loop with a stack of its own, plain scalars read strictly."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeAlias

from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from qp_cli.messages import msg
from qp_cli.store.yaml.characters import echo
from qp_cli.store.yaml.rules import NO_KEY, EventRules, StoppedError, refuse_open_quote
from qp_cli.store.yaml.text import MAX_LENGTH, refuse_length
from qp_cli.store.yaml.tree import START, Place, YamlList, YamlMap

if TYPE_CHECKING:
    from yaml.events import Event

    from qp_cli.messages import Message
    from qp_cli.store.yaml.findings import Collector
    from qp_cli.store.yaml.tree import Value


class ParserMark(Protocol):
    """A position: characters from the start of the text, and line and column, counted from 0."""

    index: int
    line: int
    column: int


class Stretch(Protocol):
    """An event between two positions."""

    start_mark: ParserMark
    end_mark: ParserMark


class Node(Stretch, Protocol):
    """An event that starts a value or a key."""

    anchor: str | None
    tag: str | None


class Scalar(Node, Protocol):
    """A text, with the sign it starts with unless it is plain."""

    value: str
    style: str | None


class Opening(Node, Protocol):
    """The start of a list or a mapping, in brackets (`flow_style`) or by indentation."""

    flow_style: bool


class Parser(Protocol):
    """Gives the events of a text one by one."""

    def get_event(self) -> Event | None:
        """The next event."""


# The only words that are not text, and the characters that may start a number, a date or `.nan`.
PLAIN_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
NUMBER_STARTS = frozenset("+-.0123456789")

QUOTES = frozenset("'\"")

MAX_DIGITS = 15
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(?:inf|nan)", re.IGNORECASE | re.ASCII)


def read_number(text: str) -> tuple[Value, Message | None]:
    """The value of a plain scalar that starts like a number, with what is wrong when it is refused."""
    if _INTEGER.fullmatch(text):
        if len(text) - (text[0] == "-") <= MAX_DIGITS:
            return int(text), None
        return text, msg("The number {value} has more than {limit} digits.", value=echo(text), limit=MAX_DIGITS)
    parts = _DATE.fullmatch(text)
    if parts:
        try:
            return date(int(parts[1]), int(parts[2]), int(parts[3])), None
        except ValueError:
            return text, msg("The date {value} does not exist.", value=text)
    if _NOT_A_NUMBER.fullmatch(text):
        return text, msg("The value {value} is not a number that can be used.", value=text)
    return text, None


def _say_instead(text: str) -> Message:
    """What to write for a plain scalar that is refused."""
    last = end_of_month(text) if _DATE.fullmatch(text) else ""
    if last:
        return msg("That month ends on {date}; a text stands in quotes.", date=last)
    return msg("Put the value in quotes if it is text.")


def end_of_month(day: str) -> str:
    """The last day of a month, for one written YYYY-MM-DD that it lacks; empty where there is no such month."""
    from calendar import IllegalMonthError, monthrange

    try:
        return f"{day[:7]}-{monthrange(int(day[:4]), int(day[5:7]))[1]}"
    except (IllegalMonthError, ValueError):
        return ""


MAX_DEPTH = 32
_MERGE_KEY = "<<"

# What is kept of an open collection while one inside it is read.
_Frame: TypeAlias = tuple[YamlMap | None, YamlList | None, bool, str, Place, int, int, bool, int]


class Builder:
    """Builds the tree of one document.

    Attributes:
        root: what the document holds, None when it holds nothing.
        root_place: where it stands.
        bracket: where the innermost bracket still open stands, when the parser stopped at an error.
    """

    def __init__(self, text: str, notes: Collector) -> None:
        self.root: Value = None
        self.root_place = START
        self.bracket: Place | None = None
        self._text = text
        self._lines: list[str] | None = None
        self._notes = notes
        self._scrutiny = EventRules(text, notes)

    def build(self, parser: Parser) -> None:  # noqa: C901, PLR0912, PLR0915 the hot loop, kept whole for speed
        """Read a document's events into the tree; raises what the parser raises, and `StoppedError`."""
        get_event = parser.get_event
        event_rules = self._scrutiny
        look_at = event_rules.look_at if event_rules.needed else None
        number_starts, words = NUMBER_STARTS, PLAIN_WORDS
        texts: dict[str, str] = {}  # each key's text once
        stack: list[_Frame] = []
        # The open collection: one of these two; the key read last; where it starts; whether a bracket
        # closes it; the column of its keys, -1 when they may stand anywhere.
        mapping: YamlMap | None = None
        items: YamlList | None = None
        wants_key, key, key_place = False, "", START
        start_line, start_column, closed, key_column = 0, 0, False, -1
        end_line = end_column = 0  # of what was read last
        value: Value
        event: Any  # narrowed by its class, at the speed this loop needs
        while True:
            try:
                event = get_event()
            except MarkedYAMLError:
                opened = [
                    (start_line, start_column, closed),
                    *((frame[5], frame[6], frame[7]) for frame in reversed(stack)),
                ]
                self.bracket = next((_one_character(*place) for *place, is_open in opened if is_open), None)
                raise
            kind = event.__class__
            if kind is ScalarEvent:
                mark = event.start_mark
                line, column = mark.line, mark.column
                mark = event.end_mark
                if line == end_line:  # one number object for all that stands on a line, for memory
                    line = end_line
                end_line, end_column = mark.line, mark.column
                text, style = event.value, event.style
                if line == end_line:
                    end_line = line
                else:  # one line alone is never that long
                    if len(text) > MAX_LENGTH:
                        refuse_length(self._notes, (line, column, end_line, end_column))
                    if key_column >= 0 and style and style in QUOTES:
                        self._check_margin(line, end_line, start_column, quote=(line, column))
                if look_at is not None:
                    look_at(event, text, style)
                if wants_key and mapping is not None:
                    wants_key = False
                    key = texts.setdefault(text, text)
                    key_place = (line, column, end_line, end_column)
                    if column != key_column or key in mapping or (not style and (not key or key == _MERGE_KEY)):
                        key = event_rules.check_key(mapping, event, key_place, key_column)
                    continue
                if style:
                    value = text
                    if style in "|>":
                        end_line, end_column = self._block_end(event)
                elif text[:1] in number_starts:
                    value, problem = read_number(text)
                    if problem is not None:
                        self._notes.add("QP010", (line, column, end_line, end_column), problem, _say_instead(text))
                else:
                    value = words.get(text, text)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if closed:
                    mark = event.end_mark
                    end_line, end_column = mark.line, mark.column
                value = mapping if items is None else items
                line, column, was_closed = start_line, start_column, closed
                mapping, items, wants_key, key, key_place, start_line, start_column, closed, key_column = stack.pop()
                if was_closed and line != end_line and key_column >= 0:
                    self._check_margin(line, end_line, start_column)
                if wants_key:  # it stood where a key was expected, and was refused there
                    key, wants_key = NO_KEY, False
                    continue
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                mark = event.start_mark
                event_rules.look_at_start(event, as_key=wants_key)
                if len(stack) == MAX_DEPTH:
                    self._refuse_depth(mark.line, mark.column)
                stack.append((mapping, items, wants_key, key, key_place, start_line, start_column, closed, key_column))
                start_line, start_column = mark.line, mark.column
                wants_key = kind is MappingStartEvent
                mapping, items = (YamlMap(), None) if wants_key else (None, YamlList())
                closed = event.flow_style and not event_rules.is_lone_pair(event)
                key_column = -1 if event.flow_style else event.end_mark.column
                continue
            elif kind is AliasEvent:
                event_rules.refuse_alias(event)
                if wants_key:
                    key, wants_key = NO_KEY, False
                    continue
                mark = event.start_mark
                line, column = mark.line, mark.column
                mark = event.end_mark
                end_line, end_column = mark.line, mark.column
                value = None
            elif kind is StreamEndEvent:
                return
            else:
                continue
            place = (line, column, end_line, end_column)
            if mapping is not None:
                wants_key = True
                if key is not NO_KEY:
                    mapping[key] = value
                    mapping.places[key] = (key_place, place)
            elif items is not None:
                items.append(value)
                items.places.append(place)
            else:
                self.root, self.root_place = value, place

    def _block_end(self, event: Scalar) -> tuple[int, int]:
        """Where a `|` or `>` text ends, without the empty lines that follow it."""
        mark = event.start_mark
        body = self._text[mark.index : event.end_mark.index].rstrip(" \r\n")
        newlines = body.count("\n")
        if not newlines:
            return mark.line, mark.column + len(body)
        return mark.line + newlines, len(body) - body.rindex("\n") - 1

    def _check_margin(self, first: int, last: int, column: int, quote: tuple[int, int] | None = None) -> None:
        """Report the first line of a text in quotes, or of brackets, that stands no further right than their key.

        Of a text in quotes, which begins at `quote`, that takes in the next key or item, the quote is not closed.
        """
        from qp_cli.store.yaml.lenient import is_entry, line_at_the_margin

        if self._lines is None:
            self._lines = self._text.split("\n")
        number = line_at_the_margin(self._lines, first, last, column, quoted=quote is not None)
        if number is None:
            return
        line = self._lines[number]
        if quote is not None and is_entry(line):
            refuse_open_quote(self._notes, _one_character(*quote), self._lines[first][quote[1]])
            raise StoppedError
        indent = len(line) - len(line.lstrip(" "))
        self._notes.add(
            "QP002",
            (number, indent, number, len(line.rstrip())),
            msg("The line goes on with what is in quotes or brackets, and is not indented more than its key."),
            msg("Begin it with more spaces than the key or the dash above: other programs refuse the file."),
        )

    def _refuse_depth(self, line: int, column: int) -> NoReturn:
        self._notes.add(
            "QP005",
            _one_character(line, column),
            msg("There are more than {limit} levels, one inside another.", limit=MAX_DEPTH),
            msg("Check the brackets and the indentation above: no file needs so many levels."),
        )
        raise StoppedError


def _one_character(line: int, column: int) -> Place:
    return (line, column, line, column + 1)
