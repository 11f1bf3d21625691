"""What is used of PyYAML's events, which both of its parsers give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from yaml.events import Event


class Mark(Protocol):
    """A position: characters from the start of the text, and line and column, counted from 0."""

    index: int
    line: int
    column: int


class Stretch(Protocol):
    """An event between two positions."""

    start_mark: Mark
    end_mark: Mark


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
