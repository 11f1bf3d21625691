"""A fact as YAML text, in block or in brackets, which reads back as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError
from qp_cli.messages import msg
from qp_cli.store.characters import code_point, name_of
from qp_cli.store.escapes import refused_decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

# What any YAML reader takes for the text it is, without quotes; words that some take for a boolean are left out.
_PLAIN = re.compile(r"[^\W\d_](?:[\w.,;!?%()'’/°«»+-]|:(?=[^\s])| (?=[^\s#:-]))*")
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9./-]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_LITERAL = re.compile(r"[^\s](?:[^\n]*[^\s])?(?:\n(?:[^\n]*[^\s])?)*\n?")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


def refuse_characters(fact: Mapping[str, object]) -> None:
    """Looks for characters that no file of a repository may hold.

    Raises:
        UsageError: there is one; it is named, with where it stands.
    """
    for key, text in _texts(fact):
        if found := refused_decoded().search(text):
            problem = msg(
                "{key}: the character {code} ({name}) is not allowed.",
                key=key,
                code=code_point(found[0]),
                name=name_of(found[0]),
            )
            raise UsageError(problem)


def as_read(value: object) -> object:
    """A value as the reader gives it: mappings, lists, texts, days, whole numbers, true and false."""
    if isinstance(value, Mapping):
        return {str(key): as_read(item) for key, item in value.items()}
    if isinstance(value, str | date | int):
        return value
    if isinstance(value, Sequence):
        return [as_read(item) for item in value]
    raise TypeError(type(value).__name__)


def block_lines(mapping: Mapping[str, object]) -> Iterator[str]:
    """The lines of a mapping, one key after the other; lists of names in brackets."""
    for key, value in mapping.items():
        match value:
            case Mapping():
                yield f"{key}:"
                yield from _indented(block_lines(value))
            case list() if any(isinstance(item, Mapping) for item in value):
                yield f"{key}:"
                for item in value:
                    first, *others = block_lines(item)
                    yield f"  - {first}"
                    yield from _indented(others, 4)
            case str() if "\n" in value and _LITERAL.fullmatch(value) and not value.endswith("\n\n"):
                yield f"{key}: |" if value.endswith("\n") else f"{key}: |-"
                yield from _indented(value.removesuffix("\n").split("\n"))
            case str():
                yield f"{key}: {_scalar(value)}"
            case _:
                yield f"{key}: {inline(value)}"


def inline(value: object) -> str:
    """A value in brackets, on one line."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{key}: {inline(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(inline, value)) + "]"
        case str():
            return value if _BARE.fullmatch(value) and value.casefold() not in _WORDS else _quoted(value)
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS else _quoted(text)


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _indented(lines: Iterator[str] | Sequence[str], by: int = 2) -> Iterator[str]:
    return (f"{' ' * by}{line}" if line else line for line in lines)


def _texts(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value, with the key it stands under."""
    match value:
        case Mapping():
            for name, item in value.items():
                yield from _texts(item, name)
        case str():
            yield key, value
        case list() | tuple():
            for item in value:
                yield from _texts(item, key)
        case _:
            pass
