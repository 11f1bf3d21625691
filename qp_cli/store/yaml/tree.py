"""Plain values as they were written, each with its place, and the document that holds them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, Union

from qp_cli.findings import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.findings import Finding

# Line, column, end line, end column: characters counted from 0, the end excluded.
Place: TypeAlias = tuple[int, int, int, int]
Value: TypeAlias = Union[str, int, bool, date, "YamlMap", "YamlList", None]

START: Place = (0, 0, 0, 0)


class YamlMap(dict[str, Value]):
    """A mapping whose `places` give, for each key, where the key and its value stand."""

    __slots__ = ("_runs", "places")

    def __init__(self) -> None:
        self.places: dict[str, tuple[Place, Place]] = {}
        self._runs: dict[str, KeyRun] | None = None

    @property
    def runs(self) -> dict[str, KeyRun]:
        """For each key, the keys without a value that go on from one line of it; worked out once the map is whole."""
        if self._runs is None:
            self._runs = _runs_of(self)
        return self._runs


class KeyRun(NamedTuple):
    """A key and those that follow it without a value, each beginning on the line on which the value before it ends.

    Only keys between brackets stand so.

    Attributes:
        keys: the first one and the others, in order; the same list for each of them.
        rank: which one of them this is, the first being 0.
    """

    keys: list[str]
    rank: int


def _runs_of(mapping: YamlMap) -> dict[str, KeyRun]:
    found: dict[str, KeyRun] = {}
    run: list[str] = []
    for key, value in mapping.items():
        if not (run and value is None and _on_one_line(mapping, run[-1], key)):
            run = []
        run.append(key)
        found[key] = KeyRun(run, len(run) - 1)
    return found


def _on_one_line(mapping: YamlMap, before: str, after: str) -> bool:
    """Whether a key begins on the line on which the value before it ends, as keys between brackets alone do."""
    places = mapping.places
    return before in places and after in places and places[before][1][2] == places[after][0][0]


class YamlList(list[Value]):
    """A list whose `places` give where each item stands."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        self.places: list[Place] = []


def span_at(path: str, place: Place) -> Span:
    """The span of a place in a file: the same, counted from 1."""
    line, column, end_line, end_column = place
    return Span(path, line + 1, column + 1, end_line + 1, end_column + 1)


def lines_of(text: str) -> list[str]:
    """A text's lines without their ends, split as the places count them."""
    return [line.removesuffix("\r") for line in text.split("\n")]


class Document(NamedTuple):
    """One YAML file as read.

    Attributes:
        path: the file's name as shown to users.
        text: its text, decoded, without a byte order mark; empty when the file is too large to be read.
        root: its values, or None when they cannot be relied upon.
        root_place: where the root stands.
        findings: what is wrong or doubtful in it as YAML, in the order of the file.
    """

    path: str
    text: str
    root: YamlMap | None
    root_place: Place
    findings: tuple[Finding, ...]

    @property
    def lines(self) -> list[str]:
        """The text's lines without their ends, split as the places count them."""
        return lines_of(self.text)

    def span(self, loc: Sequence[str | int], *, key: bool = False) -> Span:
        """The span of the value at `loc`, or of its key; of the nearest ancestor when it is not there."""
        key_place, place, _ = self._walk(loc)
        return span_at(self.path, key_place if key and key_place is not None else place)

    def value(self, loc: Sequence[str | int]) -> Value:
        """The value at `loc`, or the nearest ancestor when it is not there; None without a root."""
        return self._walk(loc)[2]

    def _walk(self, loc: Sequence[str | int]) -> tuple[Place | None, Place, Value]:
        """The key's place, the value's place and the value, items of `loc` not in the tree left out."""
        node: Value = self.root
        place = self.root_place
        key_place: Place | None = None
        for item in loc:
            if isinstance(node, YamlMap) and isinstance(item, str) and item in node.places:
                key_place, place = node.places[item]
                node = node[item]
            elif isinstance(node, YamlList) and isinstance(item, int) and 0 <= item < len(node):
                key_place, place = None, node.places[item]
                node = node[item]
        return key_place, place, node
