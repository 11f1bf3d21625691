"""Suppressions: findings that somebody has read and decided upon, in a comment on the line or in the convention."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.findings import Finding, Severity, Span
from qp_cli.messages import msg
from qp_cli.names import shown
from qp_cli.store.places import CONVENTION
from qp_cli.store.yaml.tree import YamlList, YamlMap
from qp_cli.tracking.journal import changed_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qp_cli.checks.repository import Subject
    from qp_cli.checks.rule import CheckRule
    from qp_cli.messages import Message
    from qp_cli.store.yaml.tree import Document, Place, Value

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*qp:[ \t]*ignore\b(?P<rest>.*)$", re.IGNORECASE)
_CODES = re.compile(r"[ \t]*\[(?P<codes>[^\]]*)\][ \t]*(?P<reason>.*)")
_CODE = re.compile(r"[^\s,]+")


class Suppression(NamedTuple):
    """One code silenced at one place.

    Attributes:
        code: what is silenced; empty where none can be read.
        span: where that is written.
        areas: where the findings it silences begin.
        fault: why it silences nothing, whatever there is.
    """

    code: str
    span: Span
    areas: tuple[Span, ...] = ()
    fault: Message | None = None


def read_suppressions(subject: Subject, rules: Sequence[CheckRule]) -> list[Suppression]:
    """Every silence of a repository, whether it is well written or not."""
    known = {rule.code: rule.suppressible for rule in rules}
    written = [silence for document in subject.documents.values() for silence in _comments(document)]
    if subject.has(CONVENTION):
        written += _declared(subject)
    return [silence._replace(fault=silence.fault or _fault(silence.code, known)) for silence in written]


def _fault(code: str, known: dict[str, bool]) -> Message | None:
    if code not in known:
        return msg("There is no rule “{code}”.", code=shown(code))
    return (
        None
        if known[code]
        else msg("“{code}” cannot be silenced: only QP3xx to QP5xx can, those about silences apart", code=code)
    )


def _declared(subject: Subject) -> Iterator[Suppression]:
    """The silences of the convention: each holds where the thing of that id is declared, or changed."""
    document = subject.documents[CONVENTION]
    areas: dict[str, list[Span]] = {entry.at: [] for entry in subject.convention.ignore}
    for _, name, pointer in subject.declared if areas else ():
        if name in areas:
            areas[name].append(subject.span(pointer))
    for change, pointer in subject.changes if areas else ():
        for name in areas.keys() & set(changed_names(change)):
            areas[name].append(subject.span(pointer))
    for place, claim in enumerate(subject.convention.claims):
        if claim.about in areas:
            areas[claim.about].append(document.span(("claims", place)))
    for number, entry in enumerate(subject.convention.ignore):
        yield Suppression(entry.code, document.span(("ignore", number, "code")), tuple(areas[entry.at]))


def _comments(document: Document) -> Iterator[Suppression]:
    """The silences in a document's comments, looked for in its text, since reading YAML drops them."""
    if document.root is None or "qp:" not in document.text.lower():
        return
    lines = document.lines
    scalars: list[Place] | None = None
    for number, line in enumerate(lines):
        found = _COMMENT.search(line) if "#" in line else None
        if found:
            if scalars is None:
                scalars = sorted(_scalars(document.root))
            if not _inside(scalars, number, found.start(), lines):
                yield from _read(document.path, number + 1, found)


def _read(path: str, line: int, found: re.Match[str]) -> Iterator[Suppression]:
    """The silences of one comment: one a code, for its own line or, when it stands alone, for the next."""
    whole = Span(path, line, found.start() + 1, line, found.end() + 1)
    parts = _CODES.fullmatch(found["rest"])
    codes = list(_CODE.finditer(parts["codes"])) if parts else []
    if parts is None or not codes:
        yield Suppression("", whole, fault=msg("This does not say what is silenced"))
        return
    target = line if found.string[: found.start()].strip() else line + 1
    area = Span(path, target, 1, target + 1, 1)
    start = found.start("rest") + parts.start("codes") + 1
    fault = None if parts["reason"].strip() else msg("Nothing says why: a reason is needed after the bracket")
    for code in codes:
        place = Span(path, line, start + code.start(), line, start + code.end())
        yield Suppression(code.group().upper(), place, (area,), fault)


def _scalars(value: Value, place: Place | None = None) -> Iterator[Place]:
    """Where every text of a tree stands, keys among them."""
    if isinstance(value, YamlMap):
        for key, (key_place, value_place) in value.places.items():
            yield key_place
            yield from _scalars(value[key], value_place)
    elif isinstance(value, YamlList):
        for item, item_place in zip(value, value.places, strict=True):
            yield from _scalars(item, item_place)
    elif place:
        yield place


def _inside(scalars: Sequence[Place], line: int, column: int, lines: Sequence[str]) -> bool:
    """Whether a place is inside a text: in quotes, or in a block, whose first line alone can end in a comment."""
    rank = bisect_right(scalars, (line, column, line, column)) - 1
    if rank < 0:
        return False
    start_line, start_column, end_line, end_column = scalars[rank]
    opens_a_block = lines[start_line][start_column : start_column + 1] in {"|", ">"}
    return (line, column) < (end_line, end_column) and not (line == start_line and opens_a_block)


class Sorted(NamedTuple):
    """The findings that stay, the silences that silence nothing as they are written, and those with nothing to do."""

    kept: list[Finding]
    faulty: tuple[Suppression, ...]
    idle: tuple[Suppression, ...]


def apply(suppressions: Sequence[Suppression], findings: Sequence[Finding], ran: frozenset[str]) -> Sorted:
    """What the silences leave; one whose rule did not run is not called idle."""
    faulty = tuple(silence for silence in suppressions if silence.fault)
    sound = [silence for silence in suppressions if not silence.fault]
    begins = _begins(findings)
    silenced = {
        (number, place)
        for place, silence in enumerate(sound)
        for area in silence.areas
        for number in _covered(area, begins.get((silence.code, area.path), []))
    }
    gone = {number for number, _ in silenced}
    used = {place for _, place in silenced}
    idle = tuple(each for place, each in enumerate(sound) if place not in used and each.code in ran)
    return Sorted([finding for number, finding in enumerate(findings) if number not in gone], faulty, idle)


def _begins(findings: Sequence[Finding]) -> dict[tuple[str, str], list[tuple[int, int, int]]]:
    """Where the findings of each code begin in each file, in order, with their numbers."""
    found: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for number, finding in enumerate(findings):
        at = finding.span
        found.setdefault((finding.code, at.path), []).append((at.line, at.column, number))
    for places in found.values():
        places.sort()
    return found


def _covered(area: Span, begins: list[tuple[int, int, int]]) -> list[int]:
    """The numbers of the findings that begin in an area, by where those of its file begin, in order."""
    first = bisect_left(begins, (area.line, area.column))
    return [number for _, _, number in begins[first : bisect_left(begins, (area.end_line, area.end_column))]]


def unused_suppressions(subject: Subject) -> Iterator[Finding]:
    """A silence that has nothing to silence."""
    for silence in subject.idle:
        message = msg("Nothing to silence here: there is no {code}", code=silence.code)
        yield Finding("QP505", Severity.WARNING, message, silence.span, msg("Take it out"))


def invalid_suppressions(subject: Subject) -> Iterator[Finding]:
    """A silence without a reason, or of what does not exist or cannot be silenced."""
    hint = msg("Write: # qp: ignore[QP303] the reason")
    for silence in subject.faulty:
        if silence.fault:
            yield Finding("QP506", Severity.ERROR, silence.fault, silence.span, hint)
