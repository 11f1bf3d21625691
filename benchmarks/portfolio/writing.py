"""YAML text of what is made up, in the layout of the convention that comes with qp."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Entry = dict[str, str]
"""Keys with their values as YAML text: plain, in brackets, or a block that begins with a line break."""

FICTIONAL = "# Convention fictive, engendrée pour mesurer qp : territoire, dates et faits sont inventés.\n"


def pairs(entry: Entry, indent: int) -> str:
    """The lines of an entry, indented."""
    pad = " " * indent
    return "".join(f"{pad}{key}:{'' if text[0] == chr(10) else ' '}{text}\n" for key, text in entry.items())


def item(entry: Entry, indent: int = 2) -> str:
    """The lines of an entry as an item of a list."""
    return " " * indent + "- " + pairs(entry, indent + 2).lstrip(" ")


def block(text: str) -> str:
    """Indented lines as a value."""
    return "\n" + text.rstrip("\n")


def flow(names: Iterable[str]) -> str:
    """Plain texts as a list in brackets."""
    return f"[{', '.join(names)}]"


def section(key: str, entries: Iterable[Entry]) -> str:
    """A key with its list; nothing where the list is empty."""
    items = "".join(item(entry) for entry in entries)
    return f"\n{key}:\n{items}" if items else ""
