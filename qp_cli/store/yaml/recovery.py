"""What can still be read of a text after a mistake: all but the entry it stands in, each place where it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.store.yaml.surroundings import indent_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_KEY = re.compile(r"(?:[^\W\d][\w-]*|\"[^\"]*\"|'[^']*') *:(?:[ \r]|\Z)")
_DASHES = re.compile(r" *-(?: +|\r?\Z)")


class _Stretch(NamedTuple):
    """Lines from the first to the one before the last, counted from 0."""

    first: int
    last: int

    @property
    def numbers(self) -> range:
        """The numbers of its lines."""
        return range(self.first, self.last)


def without_entry_at(text: str, line: int, stopped: int, *, with_what_is_above: bool = False) -> str | None:
    """The text with empty lines in the place of the entry on a line; None where nothing that can be read is left.

    An entry is a key of an item, where it and what it holds are laid out as keys are; else the item of a list; else a
    key at the margin, with all that it holds.

    Args:
        text: what was parsed, its lines ended by line feeds.
        line: the one on which the mistake stands, counted from 0.
        stopped: the one on which reading stopped; a key at the margin there is taken away with all that it holds.
        with_what_is_above: whether what is above was read already, and is not to be read again.
    """
    lines = text.split("\n")
    section = _around(lines, _Stretch(0, len(lines)), line, _begins_section)
    if section is None:
        return None
    erased, kept = _entry(lines, section, line)
    erased = erased._replace(last=_reliable_end(lines, section, erased.last, stopped))
    for number in range(section.first if with_what_is_above else erased.first, erased.last):
        lines[number] = lines[number][: kept.get(number, 0)]
    if with_what_is_above:
        lines[: section.first] = [""] * section.first
    left = "\n".join(lines)
    return left if any(_has_words(each) for each in lines[erased.last :]) else None


def _entry(lines: Sequence[str], section: _Stretch, line: int) -> tuple[_Stretch, dict[int, int]]:
    """The entry on a line of a section, and how much is kept of lines up to its end, by their numbers."""
    first = next((each for each in range(section.first + 1, section.last) if _has_words(lines[each])), None)
    if first is None or line < first or not _is_holder(lines[section.first]):
        return section, {}
    margin = indent_of(lines[first])
    inside = _Stretch(first, section.last)
    dashes = [each for each in inside.numbers if _DASHES.match(lines[each])]
    if dashes and indent_of(lines[dashes[0]]) <= margin:
        found, kept = _in_list(lines, inside, line, dashes)
    else:
        found, kept = _field(lines, inside, line, margin), {}
    if found is None:
        return section, {}
    return found, {section.first: lines[section.first].index(":") + 1, **kept}


def _in_list(
    lines: Sequence[str], inside: _Stretch, line: int, dashes: Sequence[int]
) -> tuple[_Stretch | None, dict[int, int]]:
    """The entry on a line of a list, and how much is kept of lines; None where its items are not in line."""
    margin = indent_of(lines[inside.first])
    if dashes[0] != inside.first:  # the first item lacks its dash
        return (_Stretch(inside.first, dashes[0]) if line == inside.first else None), {}
    if sum(indent_of(lines[each]) < margin for each in dashes) > 1:
        return None, {}
    item = _around(lines, inside, line, lambda each: indent_of(each) == margin and bool(_DASHES.match(each)))
    if item is None:
        return None, {}
    column = _DASHES.match(lines[item.first]).end()  # type: ignore[union-attr]  # an item begins with one
    field = _field(lines, item, line, column)
    return (field, {item.first: column}) if field else (item, {})


def _reliable_end(lines: Sequence[str], section: _Stretch, last: int, stopped: int) -> int:
    """Where what is taken away ends: after the sections that hold what they cannot, or in which reading stopped."""
    end = section.last
    while end < len(lines):
        below = _around(lines, _Stretch(end, len(lines)), end, _begins_section)
        if below is None or (stopped < end and not _is_cut_off(lines, below)):
            break
        last = end = below.last
    return last


def _is_cut_off(lines: Sequence[str], section: _Stretch) -> bool:
    """Whether a key at the margin has its value on its line, and yet something below it."""
    return not _is_holder(lines[section.first]) and any(map(_has_words, lines[section.first + 1 : section.last]))


def _field(lines: Sequence[str], around: _Stretch, line: int, column: int) -> _Stretch | None:
    """The key in a column, with what it holds, on a line; None where these lines are not laid out as keys are."""
    starts = (" " * column, lines[around.first][:column])  # the second one with the dash of an item
    found = _around(lines, around, line, lambda each: each[:column] in starts and bool(_KEY.match(each, column)))
    if found is None:
        return None
    rest = [each for each in lines[found.first + 1 : found.last] if _has_words(each)]
    return found if all(indent_of(each) > column for each in rest) else None


def _around(lines: Sequence[str], inside: _Stretch, line: int, begins: Callable[[str], bool]) -> _Stretch | None:
    """The part of some lines that one of them stands in, each part beginning as asked; None above the first part."""
    first = next((each for each in range(line, inside.first - 1, -1) if begins(lines[each])), None)
    if first is None:
        return None
    last = next((each for each in range(line + 1, inside.last) if begins(lines[each])), inside.last)
    return _Stretch(first, last)


def _begins_section(line: str) -> bool:
    return _KEY.match(line) is not None


def _is_holder(line: str) -> bool:
    """Whether a line is a key that holds what is below it."""
    return bool(re.fullmatch(r"[^:#]*:\s*(?:#.*)?", line))


def _has_words(line: str) -> bool:
    return bool(line.strip(" \r")) and not line.lstrip(" ").startswith("#")
