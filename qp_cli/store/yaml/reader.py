"""Bytes to a document: the one entrance to reading YAML."""

from __future__ import annotations

import gc
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from yaml.error import MarkedYAMLError

from qp_cli.messages import msg
from qp_cli.store.yaml.builder import Builder
from qp_cli.store.yaml.characters import LONE_RETURN, refused
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

MAX_CHARACTERS = 40_000_000
"""How many characters are gone through, in all, to find what is wrong in a file after its first mistake: in a large
one, of mistakes past those that are listed, not all are counted."""

_OF_CHARACTERS = frozenset({"QP006", "QP008"})
"""What is refused of single characters, before any YAML is read."""

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
        _look_beside_tabs(text, notes, pure=pure or not HAS_LIBYAML)
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
    refused_before = len(notes)
    builder = Builder(text, notes)
    stop = _read_on(text, builder, notes, pure=pure, is_doubtful=bool(refused_before))
    if stop is not None:
        if refused_before:
            _look_beside(text, notes, pure=pure)
        else:
            _look_further(text, stop, notes, pure=pure)
        return None, START
    root, place = builder.root, builder.root_place
    if isinstance(root, YamlMap):
        return root, place
    if root is None and "QP004" not in notes:
        refuse_emptiness(notes)
    elif not refused_before and "QP004" not in notes and "QP008" not in notes:
        notes.add(
            "QP011",
            place,
            msg("A file must hold keys and values, not a list or a single text."),
            msg("Start the file with a line “key: value”, or “key:” and the list below it."),
        )
    return None, START


def _read_on(text: str, builder: Builder, notes: Collector, *, pure: bool, is_doubtful: bool) -> int | None:
    """Read a text to its end; where that fails a finding says why, unless what was refused before may be why.

    Returns:
        the line on which reading stopped, -1 where that says nothing; None when all was read.

    Raises:
        _TooDeepError: libyaml gives no place in the text for what it refuses.
    """
    found = len(notes)
    try:
        with _without_garbage_collection():
            builder.build(_parser(text, pure=pure))
        if len(notes) == found and may_be_lenient(text):
            refuse_lenient(text, _parser(text, pure=pure), notes)
    except StoppedError:
        return -1
    except MarkedYAMLError as error:
        if error.problem == _TOO_DEEP:
            raise _TooDeepError from error
        from qp_cli.store.yaml.syntax import explain_syntax

        at = error.problem_mark
        if not is_doubtful and not (at and notes.has_on_line("QP004", at.line)):  # else it may well come from that
            explain_syntax(text, error, builder.bracket, notes)
        return at.line if at and "quoted scalar" not in (error.context or "") else -1
    return None


def _look_beside_tabs(text: str, notes: Collector, *, pure: bool) -> None:
    """Look for further mistakes in a text that is not read for the tabs its lines begin with, and for nothing else."""
    if not notes.codes <= _OF_CHARACTERS or LONE_RETURN.search(text):
        return
    with suppress(_TooDeepError):
        _look_beside(refused().sub("\ufffd", text).replace("\t", " ") + "\n", notes, pure=pure)


def _look_beside(text: str, notes: Collector, *, pure: bool) -> None:
    """Look for further mistakes in what is left without the entries in which a character was refused."""
    from qp_cli.store.yaml.recovery import without_entry_at

    if any(notes.is_full(code) for code in _OF_CHARACTERS):
        return
    for line in notes.lines_of(_OF_CHARACTERS):
        left = without_entry_at(text, line, -1)
        if left is None:
            return
        text = left
    before = len(notes)
    stop = _read_on(text, Builder(text, notes), notes, pure=pure, is_doubtful=False)
    if len(notes) > before:
        _look_further(text, stop, notes, pure=pure)


def _look_further(text: str, stop: int | None, notes: Collector, *, pure: bool) -> None:
    """Look for further mistakes, each time in what is left without the entry that the last one stands in."""
    from qp_cli.store.yaml.recovery import without_entry_at

    for _ in range(MAX_CHARACTERS // len(text)):
        if stop is None or notes.last is None:
            return
        left = without_entry_at(text, notes.last[0], stop, with_what_is_above=True)
        if left is None:
            return
        text, before = left, len(notes)
        stop = _read_on(text, Builder(text, notes), notes, pure=pure, is_doubtful=False)
        if len(notes) == before:
            return


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
