"""One more fact in a journal's text: every character that was there stays where it was, and as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qp_cli.store.facts import block_lines, inline
from qp_cli.store.tree import YamlList

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qp_cli.store.tree import Document, Place, Value

FACTS = "facts"
_END_MARK = re.compile(r"^\.\.\.", re.MULTILINE)
_WIDEST_GAP = 8


def block_entry(fact: Mapping[str, object], indent: int = 0, gap: int = 2) -> list[str]:
    """The lines of an item of a list; `gap` is how far its keys stand from the dash."""
    first, *others = block_lines(fact)
    margin = " " * indent
    return [f"{margin}-{' ' * (gap - 1)}{first}", *(f"{margin}{' ' * gap}{line}" if line else "" for line in others)]


def insertions(document: Document, fact: Mapping[str, object]) -> Iterator[str]:
    """The texts a journal may become with one more fact at the end of its list, the most natural first.

    Whoever asks reads them again and takes the first that says what it should.
    """
    if document.root is None:
        return
    sheet = _Sheet(document)
    facts = document.root.get(FACTS)
    if FACTS not in document.root:
        yield from sheet.with_list(fact)
    elif not isinstance(facts, YamlList):
        return
    elif not sheet.text.startswith("[", sheet.offset(sheet.place[0], sheet.place[1])):
        yield from sheet.after_items(fact, facts.places)
    elif facts:
        yield sheet.put(sheet.offset(*facts.places[-1][2:]), f", {inline(fact)}")
    elif sheet.text.startswith("{", sheet.offset(*document.root_place[:2])):
        yield sheet.put(sheet.offset(*sheet.place[2:]) - 1, inline(fact))
    else:
        yield from sheet.instead_of_brackets(fact)


class _Sheet:
    """A journal's text by lines and places."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.root: dict[str, Value] = document.root or {}
        self.root_place = document.root_place
        places = document.root.places if document.root is not None else {}
        self.key: Place = places.get(FACTS, (document.root_place,) * 2)[0]
        self.place: Place = places.get(FACTS, (document.root_place,) * 2)[1]
        self.is_last = not self.root or next(reversed(self.root), FACTS) == FACTS
        following = [place[0] for place, _ in places.values() if place > self.key]
        self.next_line = min(following, default=None)
        self.starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def offset(self, line: int, column: int = 0) -> int:
        """Where a place stands in the text; the end for a line past the last."""
        return self.starts[line] + column if line < len(self.starts) else len(self.text)

    def line(self, number: int) -> str:
        return self.text[self.offset(number) : self.offset(number + 1)].rstrip("\r\n")

    def put(self, position: int, piece: str) -> str:
        return self.text[:position] + piece + self.text[position:]

    def put_lines(self, position: int, lines: Sequence[str]) -> str:
        """The text with whole lines put at the start of a line, or at its end; their ends as in the line before."""
        before = self.text[:position]
        newline = "\r\n" if before[: before.rfind("\n") + 1].endswith("\r\n") else "\n"
        missing = newline if before and not before.endswith("\n") else ""
        return before + missing + "".join(f"{line}{newline}" for line in lines) + self.text[position:]

    def ends(self, after: int) -> Iterator[int]:
        """Where the list may end: at the end of the text, or right after its last line, or before the next key."""
        marker = _END_MARK.search(self.text, self.offset(after))
        if self.is_last:
            yield marker.start() if marker else len(self.text)
        yield self.offset(after + 1)
        if self.next_line is not None:
            yield self.offset(self.next_line)

    def after_items(self, fact: Mapping[str, object], items: Sequence[Place]) -> Iterator[str]:
        """A list with a dash before each item: laid out as its last one."""
        line, column = items[-1][:2]
        dash = self.place[1]
        aligned = self.line(line)[:column].strip() == "-"
        gap = column - dash if aligned and 1 < column - dash <= _WIDEST_GAP else 2
        entry = block_entry(fact, dash, gap)
        for position in self.ends(items[-1][2]):
            spaced = len(items) > 1 and self.is_spaced(line if aligned else line - 1)
            apart = spaced and self.text[:position].splitlines()[-1].strip()
            yield self.put_lines(position, ["", *entry] if apart else entry)

    def is_spaced(self, line: int) -> bool:
        """Whether an empty line stands above an item, or above its comments."""
        while line and self.line(line - 1).lstrip().startswith("#"):
            line -= 1
        return line > 0 and not self.line(line - 1).strip()

    def instead_of_brackets(self, fact: Mapping[str, object]) -> Iterator[str]:
        """An empty pair of brackets gives way to a list; what is between or after them stays."""
        start, end = self.offset(*self.place[:2]), self.offset(*self.place[2:])
        between = self.text[start + 1 : end - 1]
        before = self.text[:start]
        if not between.strip():
            between, before = "", before.removesuffix(" ")
        for position in self.ends(self.place[2]):
            yield before + between + self.put_lines(position, block_entry(fact, self.key[1] + 2))[end:]

    def with_list(self, fact: Mapping[str, object]) -> Iterator[str]:
        """A journal that has no list yet gets one."""
        if self.text.startswith("{", self.offset(*self.root_place[:2])):
            yield self.put(self.offset(*self.root_place[2:]) - 1, f", {FACTS}: [{inline(fact)}]")
            return
        margin = " " * self.root_place[1]
        lines = [f"{margin}{FACTS}:", *block_entry(fact, self.root_place[1] + 2)]
        self.is_last = True
        for position in self.ends(self.root_place[2]):
            yield self.put_lines(position, lines)
