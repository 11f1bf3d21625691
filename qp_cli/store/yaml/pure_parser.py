"""The parser used where libyaml is absent: PyYAML's own, brought to read what libyaml reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import FlowEntryToken, FlowMappingEndToken, FlowSequenceEndToken, ScalarToken, TagToken

if TYPE_CHECKING:
    from yaml.error import Mark
    from yaml.events import ScalarEvent

# What a plain scalar takes in one go: up to a blank, or to a colon that separates. The text has no tab.
_BLOCK_WORD = re.compile(r"(?:[^ :\r\n\0]|:(?![ \r\n\0]))+")
_FLOW_WORD = re.compile(r"(?:[^ :,\[\]{}\r\n\0]|:(?![ \r\n\0,?\[\]{}]))+")
# The line of `|` or `>`: how the last line ends, and how far the text is indented, in either order.
_HEADER = re.compile(r"(?:([+-])([0-9])?|([0-9])([+-])?)?(?=[ \r\n\0#])")
_URI = "(?:[A-Za-z0-9_;/?:@&=+$.!~*'()-]|%[0-7][0-9A-Fa-f])"
_TAG = re.compile(
    rf"!(?:<((?:{_URI}|[,\[\]])+)>|([A-Za-z0-9_-]*!)({_URI}+)|(?![A-Za-z0-9_-]*!)({_URI}*))(?=[ \r\n\0,])"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class PureParser(Reader, Scanner, Parser):
    """Gives the events that libyaml gives for a text that has passed the rules of `source`."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_plain(self) -> ScalarToken:
        """A plain scalar; unlike PyYAML's own, `?` is text inside a flow collection, and `a:,` an error."""
        word_pattern = _FLOW_WORD if self.flow_level else _BLOCK_WORD
        start = end = self.get_mark()
        chunks: list[str] = []
        gap: list[str] = []
        while self.peek() != "#":
            word = word_pattern.match(self.buffer, self.pointer)
            if word:
                self.forward(len(word.group()))
            if self.flow_level and self.peek() == ":" and self.peek(1) in ",?[]{}":
                self._fail("plain", start, "found unexpected ':'")
            if not word:
                break
            self.allow_simple_key = False
            chunks += gap
            chunks.append(word.group())
            end = self.get_mark()
            gap = self.scan_plain_spaces(self.indent + 1, start) or []
            if not gap or (not self.flow_level and self.column <= self.indent):
                break
        return ScalarToken("".join(chunks), True, start, end)  # noqa: FBT003 PyYAML's signature

    def scan_block_scalar_indicators(self, start_mark: Mark) -> tuple[bool | None, int | None]:
        """What follows `|` or `>`; unlike PyYAML's own, a comment may follow at once."""
        header = _HEADER.match(self.buffer, self.pointer)
        increment = header and (header[2] or header[3])
        if not header or increment == "0":
            self._fail("block", start_mark, "found an unexpected indentation indicator")
        chomping = header[1] or header[4]
        self.forward(len(header.group()))
        return (chomping == "+" if chomping else None), (int(increment) if increment else None)

    def scan_tag(self) -> TagToken:
        """A tag; unlike PyYAML's own, a bracket is no part of it, and a comma can end it in a bracket."""
        start = self.get_mark()
        found = _TAG.match(self.buffer, self.pointer)
        if not found or (self.buffer[found.end()] == "," and not self.flow_level):
            message = "did not find the end of the tag"
            raise ScannerError("while scanning a tag", start, message, start)
        self.forward(len(found.group()))
        handle = f"!{found[2]}" if found[2] else None
        return TagToken((handle, found[1] or found[3] or f"!{found[4]}"), start, self.get_mark())

    def process_empty_scalar(self, mark: Mark) -> ScalarEvent:
        """The event of a value that is not written; in brackets it stands where libyaml puts it."""
        if self.check_token(FlowEntryToken, FlowMappingEndToken, FlowSequenceEndToken):
            mark = self.peek_token().start_mark  # type: ignore[no-untyped-call]
        event: ScalarEvent = super().process_empty_scalar(mark)
        return event

    def scan_flow_scalar(self, style: str) -> ScalarToken:
        """A quoted scalar; unlike PyYAML's own, an escape that is not a character is an error."""
        start = self.get_mark()
        try:
            token: ScalarToken = super().scan_flow_scalar(style)
        except (ValueError, OverflowError):
            self._fail("quoted", start, "found invalid Unicode character escape code")
        if _SURROGATE.search(token.value):
            self._fail("quoted", start, "found invalid Unicode character escape code")
        return token

    def _fail(self, kind: str, start: Mark, problem: str) -> NoReturn:
        context = f"while scanning a {kind} scalar"
        raise ScannerError(context, start, problem, self.get_mark())
