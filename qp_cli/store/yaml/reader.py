"""Bytes to a document: the one entrance to reading YAML."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from yaml.error import MarkedYAMLError

from qp_cli.messages import msg
from qp_cli.store.yaml.builder import Builder
from qp_cli.store.yaml.findings import Collector
from qp_cli.store.yaml.lenient import may_be_lenient, refuse_lenient
from qp_cli.store.yaml.rules import StoppedError
from qp_cli.store.yaml.text import decode, inspect, readable, refuse_emptiness
from qp_cli.store.yaml.tree import START, Document, YamlMap

try:
    from yaml.cyaml import CSafeLoader
except ImportError:  # PyYAML was built without libyaml
    HAS_LIBYAML = False
else:
    HAS_LIBYAML = True

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.store.yaml.builder import Parser
    from qp_cli.store.yaml.tree import Place

_TOO_DEEP = "exceeded maximum nesting depth"
"""What libyaml says, since 0.2.6, of a thousand brackets, before the events of the first of them."""

# With one of these the tree lacks something that was written, or holds something that was not.
_UNRELIABLE = ("QP002", "QP004", "QP005", "QP006", "QP007", "QP008", "QP012")


class _TooDeepError(Exception):
    """More levels than libyaml takes."""


def read_document(data: bytes, path: str, *, pure: bool = False) -> Document:
    """The document that some bytes hold, with all that is wrong or doubtful in it; raises nothing.

    Args:
        data: the file's content, at most `MAX_BYTES` of it are looked at.
        path: the file's name, for its findings.
        pure: read without libyaml, with the same results.
    """
    notes = Collector(path)
    text = decode(data, notes)
    if text is None:
        return Document(path, readable(data), None, START, notes.findings())
    parseable = inspect(text, notes)
    if parseable is None:
        return Document(path, text, None, START, notes.findings())
    before = notes.copy()
    try:
        root, place = _parse(parseable, notes, pure=pure or not HAS_LIBYAML)
    except _TooDeepError:  # the other parser comes to the level that is one too many, and to its place
        notes = before
        root, place = _parse(parseable, notes, pure=True)
    if any(code in notes for code in _UNRELIABLE):
        root, place = None, START
    return Document(path, text, root, place, notes.findings())


def _parse(text: str, notes: Collector, *, pure: bool) -> tuple[YamlMap | None, Place]:
    """The root mapping and its place, with a finding where there is none.

    Raises:
        _TooDeepError: libyaml gives no place in the text for what it refuses.
    """
    refused = len(notes)
    builder = Builder(text, notes)
    try:
        with _without_garbage_collection():
            builder.build(_parser(text, pure=pure))
        if len(notes) == refused and may_be_lenient(text):
            refuse_lenient(text, _parser(text, pure=pure), notes)
    except StoppedError:
        return None, START
    except MarkedYAMLError as error:
        if error.problem == _TOO_DEEP:
            raise _TooDeepError from error
        from qp_cli.store.yaml.syntax import explain_syntax

        at = error.problem_mark
        if not refused and not (at and notes.has_on_line("QP004", at.line)):  # else it may well come from that
            explain_syntax(text, error, builder.bracket, notes)
        return None, START
    root, place = builder.root, builder.root_place
    if isinstance(root, YamlMap):
        return root, place
    if root is None and "QP004" not in notes:
        refuse_emptiness(notes)
    elif not refused and "QP004" not in notes and "QP008" not in notes:
        notes.add(
            "QP011",
            place,
            msg("A file must hold keys and values, not a list or a single text."),
            msg("Start the file with a line “key: value”, or “key:” and the list below it."),
        )
    return None, START


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """A tree has no cycles: looking for them while it grows takes a fifth of the time, or far more."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _parser(text: str, *, pure: bool) -> Parser:
    if pure:
        from qp_cli.store.yaml.pure_parser import PureParser

        return PureParser(text)
    return CSafeLoader(text.encode())
