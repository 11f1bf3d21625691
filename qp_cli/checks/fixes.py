"""What can be put right in a file without changing what it says: blanks and ends of lines that nobody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.findings import Severity
from qp_cli.messages import msg, msgs
from qp_cli.store.yaml.reader import read_document
from qp_cli.store.yaml.tree import YamlList, YamlMap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.messages import Message
    from qp_cli.store.yaml.tree import Document, Place, Value

_BOM = "\ufeff"
_Step = tuple[str, "Message | None"]


class FixedFile(NamedTuple):
    """A file put right: its new content, and each thing that was changed."""

    data: bytes
    changes: tuple[Message, ...]


def fix(data: bytes, path: str) -> FixedFile | None:
    """The content put right; None when the file has errors: what it says is not known then.

    Only a byte order mark, blanks and ends of lines are touched. After each step the result is read again, and the
    step is given up unless every key, value, comment and finding is what it was.
    """
    before = read_document(data, path)
    if before.root is None or any(each.severity is Severity.ERROR for each in before.findings):
        return None
    text, changes = data.decode(), []
    for step in (_without_mark, _with_like_ends, _without_blanks, _with_last_end):
        changed, change = step(text, before)
        if change and says_the_same(before, read_document(changed.encode(), path)):
            text = changed
            changes.append(change)
    return FixedFile(text.encode(), tuple(changes))


def says_the_same(before: Document, after: Document) -> bool:
    """Whether two documents hold the same keys in the same order, values of the same types, comments and findings."""
    return (
        repr(before.root) == repr(after.root)
        and _words(before.text) == _words(after.text)
        and [(each.code, each.message) for each in before.findings]
        == [(each.code, each.message) for each in after.findings]
    )


def _words(text: str) -> list[str]:
    """Each line without the blanks and the end that follow it: the tree knows no comments."""
    return [line.rstrip(" \r") for line in text.removesuffix("\n").split("\n")]


def _without_mark(text: str, _: Document) -> _Step:
    if not text.startswith(_BOM):
        return text, None
    return text.removeprefix(_BOM), msg("byte order mark removed")


def _with_like_ends(text: str, _: Document) -> _Step:
    """Every line ended as most of them are, when they are not alike."""
    windows = text.count("\r\n")
    others = text.count("\n") - windows
    if not (windows and others):
        return text, None
    plain = text.replace("\r\n", "\n")
    changed = plain.replace("\n", "\r\n") if windows > others else plain
    count = min(windows, others)
    return changed, msgs(
        "{count} end of line made like the others", "{count} ends of lines made like the others", count=count
    )


def _without_blanks(text: str, document: Document) -> _Step:
    """No blanks at the end of a line, but inside a text of several lines, where they may belong to it."""
    kept = {line for place in _long_texts(document) for line in range(place[0], place[2] + bool(place[3]))}
    lines = text.split("\n")
    count = 0
    for number, line in enumerate(lines):
        end = "\r" if line.endswith("\r") else ""
        bare = line.removesuffix("\r").rstrip(" ") + end
        if bare != line and number not in kept:
            lines[number] = bare
            count += 1
    if not count:
        return text, None
    return "\n".join(lines), msgs(
        "blanks removed at the end of {count} line", "blanks removed at the end of {count} lines", count=count
    )


def _with_last_end(text: str, _: Document) -> _Step:
    if text.endswith("\n"):
        return text, None
    return text + ("\r\n" if "\r\n" in text else "\n"), msg("end of the last line added")


def _long_texts(document: Document) -> Iterator[Place]:
    """The place of each text that goes over several lines."""
    waiting: list[tuple[Value, Place]] = [(document.root, document.root_place)]
    while waiting:
        value, place = waiting.pop()
        if isinstance(value, YamlMap):
            waiting += [(value[key], where) for key, (_, where) in value.places.items()]
        elif isinstance(value, YamlList):
            waiting += zip(value, value.places, strict=True)
        elif isinstance(value, str) and place[2] > place[0]:
            yield place
