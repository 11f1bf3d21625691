"""More facts in a journal's text: written as YAML, put in its place, read again and compared. Writes no file."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import BrokenRepositoryError, UsageError
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.facts import Journal
from qp_cli.store.files import read_plain
from qp_cli.store.places import CONVENTION
from qp_cli.store.schema import validate
from qp_cli.store.yaml.characters import code_point, name_of
from qp_cli.store.yaml.reader import read_document
from qp_cli.store.yaml.rules import refused_decoded
from qp_cli.store.yaml.tree import YamlList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qp_cli.findings import Finding
    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact
    from qp_cli.store.yaml.tree import Document, Place, Value


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


FACTS_KEY = "facts"
_END_MARK = re.compile(r"^\.\.\.", re.MULTILINE)
_WIDEST_GAP = 8


def block_entry(fact: Mapping[str, object], indent: int = 0, gap: int = 2) -> list[str]:
    """The lines of an item of a list; `gap` is how far its keys stand from the dash."""
    first, *others = block_lines(fact)
    margin = " " * indent
    return [f"{margin}-{' ' * (gap - 1)}{first}", *(f"{margin}{' ' * gap}{line}" if line else "" for line in others)]


def insertions(document: Document, new: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """The texts a journal may become with more facts at the end of its list, the most natural first.

    Whoever asks reads them again and takes the first that says what it should.
    """
    if document.root is None:
        return
    sheet = _Sheet(document)
    facts = document.root.get(FACTS_KEY)
    if FACTS_KEY not in document.root:
        yield from sheet.with_list(new)
    elif not isinstance(facts, YamlList):
        return
    elif not sheet.text.startswith("[", sheet.offset(sheet.place[0], sheet.place[1])):
        yield from sheet.after_items(new, facts.places)
    elif facts:
        yield sheet.put(sheet.offset(*facts.places[-1][2:]), f", {_in_line(new)}")
    elif sheet.text.startswith("{", sheet.offset(*document.root_place[:2])):
        yield sheet.put(sheet.offset(*sheet.place[2:]) - 1, _in_line(new))
    else:
        yield from sheet.instead_of_brackets(new)


def _in_line(new: Sequence[Mapping[str, object]]) -> str:
    return ", ".join(map(inline, new))


def _entries(new: Sequence[Mapping[str, object]], indent: int, gap: int = 2, *, spaced: bool = False) -> list[str]:
    """The lines of several items, with an empty line between them where the others have one."""
    first, *others = (block_entry(fact, indent, gap) for fact in new)
    return [*first, *(line for entry in others for line in ([""] * spaced + entry))]


class _Sheet:
    """A journal's text by lines and places."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.root: dict[str, Value] = document.root or {}
        self.root_place = document.root_place
        places = document.root.places if document.root is not None else {}
        self.key: Place = places.get(FACTS_KEY, (document.root_place,) * 2)[0]
        self.place: Place = places.get(FACTS_KEY, (document.root_place,) * 2)[1]
        self.is_last = not self.root or next(reversed(self.root), FACTS_KEY) == FACTS_KEY
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

    def after_items(self, new: Sequence[Mapping[str, object]], items: Sequence[Place]) -> Iterator[str]:
        """A list with a dash before each item: laid out as its last one."""
        line, column = items[-1][:2]
        dash = self.place[1]
        aligned = self.line(line)[:column].strip() == "-"
        gap = column - dash if aligned and 1 < column - dash <= _WIDEST_GAP else 2
        spaced = len(items) > 1 and self.is_spaced(line if aligned else line - 1)
        entry = _entries(new, dash, gap, spaced=spaced)
        for position in self.ends(items[-1][2]):
            apart = spaced and self.text[:position].splitlines()[-1].strip()
            yield self.put_lines(position, ["", *entry] if apart else entry)

    def is_spaced(self, line: int) -> bool:
        """Whether an empty line stands above an item, or above its comments."""
        while line and self.line(line - 1).lstrip().startswith("#"):
            line -= 1
        return line > 0 and not self.line(line - 1).strip()

    def instead_of_brackets(self, new: Sequence[Mapping[str, object]]) -> Iterator[str]:
        """An empty pair of brackets gives way to a list; what is between or after them stays."""
        start, end = self.offset(*self.place[:2]), self.offset(*self.place[2:])
        between = self.text[start + 1 : end - 1]
        before = self.text[:start]
        if not between.strip():
            between, before = "", before.removesuffix(" ")
        for position in self.ends(self.place[2]):
            yield before + between + self.put_lines(position, _entries(new, self.key[1] + 2))[end:]

    def with_list(self, new: Sequence[Mapping[str, object]]) -> Iterator[str]:
        """A journal that has no list yet gets one."""
        if self.text.startswith("{", self.offset(*self.root_place[:2])):
            yield self.put(self.offset(*self.root_place[2:]) - 1, f", {FACTS_KEY}: [{_in_line(new)}]")
            return
        margin = " " * self.root_place[1]
        lines = [f"{margin}{FACTS_KEY}:", *_entries(new, self.root_place[1] + 2)]
        self.is_last = True
        for position in self.ends(self.root_place[2]):
            yield self.put_lines(position, lines)


_BOM = b"\xef\xbb\xbf"
_ALPHABET = string.ascii_lowercase + string.digits
_MODELINE = "# yaml-language-server: $schema=../schemas/journal.schema.json"
_HEADER = """
#
# Ce qui est arrivé depuis la signature, fait par fait. On ajoute, on ne corrige ni n'efface :
# un fait erroné s'annule par un fait `voided` qui cite son id.
format: qp/1
facts: []
"""


class AppendedFacts(NamedTuple):
    """Facts in their journal.

    Attributes:
        ids: their random ids, in the order in which they stand.
        entry: their YAML text, as far from the margin as it stands there.
        data: the whole journal with them.
        facts: every fact of the journal, they last.
    """

    ids: tuple[str, ...]
    entry: str
    data: bytes
    facts: tuple[Fact, ...]

    @property
    def id(self) -> str:
        """The id of the last one."""
        return self.ids[-1]


def draft_facts(journal: Path, old: bytes | None, new: Sequence[Mapping[str, object]]) -> AppendedFacts:
    """A journal with more facts, one at least, read back and compared; nothing is written.

    Of one day, they count in the order in which they are given.

    Raises:
        UsageError: one of them cannot stand in a journal.
        BrokenRepositoryError: the journal has errors.
    """
    for fact in new:
        refuse_characters(fact)
    before = old if old is not None else _new_journal(journal)
    document = _read(journal, before)
    given = _with_ids(new, document)
    problem = msg("{file} is laid out in a way that qp cannot add to.", file=str(journal))
    for text in insertions(document, given):
        data = (_BOM if before.startswith(_BOM) else b"") + text.encode()
        grown = read_document(data, document.path)
        if not _says(grown, document, given):
            problem = next((each.message for each in _errors(grown.findings)), problem)
            continue
        read, findings = validate(grown, Journal)
        if read is not None:
            ids = tuple(str(fact["id"]) for fact in given)
            return AppendedFacts(ids, "\n".join(_entries(given, *_margins(text, ids[0]))) + "\n", data, read.facts)
        problem = msg("This cannot be recorded: {problem}", problem=findings[0].message)
        break
    if own := validate(document, Journal)[1]:
        raise BrokenRepositoryError(_broken(journal), tuple(own))
    raise UsageError(problem)


def _margins(text: str, name: str) -> tuple[int, int]:
    """How far the dash of a fact stands in a journal, and its keys from there."""
    found = re.search(rf"^( *)-( +)id: {re.escape(name)}$", text, re.MULTILINE)
    return (len(found[1]), 1 + len(found[2])) if found else (0, 2)


def draft_fact(journal: Path, old: bytes | None, fact: Mapping[str, object]) -> AppendedFacts:
    """The same with one fact.

    Raises:
        UsageError: it cannot stand in a journal.
        BrokenRepositoryError: the journal has errors.
    """
    return draft_facts(journal, old, [fact])


def _new_journal(journal: Path) -> bytes:
    """What a journal starts with: the schema where the convention beside it says that schemas are."""
    modeline = _MODELINE
    try:
        first = read_plain(journal.parent / CONVENTION)[:500].decode(errors="replace").partition("\n")[0].rstrip()
    except OSError:
        first = ""
    if first.startswith("# yaml-language-server:") and first.endswith("convention.schema.json"):
        modeline = first.replace("convention.schema.json", "journal.schema.json")
    return (modeline + _HEADER).encode()


def _with_ids(new: Sequence[Mapping[str, object]], document: Document) -> list[dict[str, object]]:
    """The facts as they are read, each under an id that no other has; the ids are in their order.

    The ids that they all have stay, those of a draft that was shown, unless the journal has come to hold one.
    """
    known = {str(each["id"]) for each in _facts(document) if isinstance(each, dict) and "id" in each}
    kept = [str(fact["id"]) for fact in new if "id" in fact]
    names = set(kept) if len(kept) == len(new) and not known & set(kept) else set()
    while len(names) < len(new):
        name = "f-" + "".join(secrets.choice(_ALPHABET) for _ in range(10))
        if name not in known:
            names.add(name)
    pairs = zip(sorted(names), new, strict=True)
    return [{"id": name, **{key: as_read(value) for key, value in fact.items() if key != "id"}} for name, fact in pairs]


def _read(journal: Path, data: bytes) -> Document:
    document = read_document(data, journal.as_posix())
    if document.root is None or any(_errors(document.findings)):
        raise BrokenRepositoryError(_broken(journal), document.findings)
    return document


def _broken(journal: Path) -> Message:
    return msg("{file} has errors: nothing was recorded.", file=str(journal))


def _errors(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.severity is Severity.ERROR)


def _facts(document: Document) -> list[object]:
    facts = document.root.get(FACTS_KEY) if document.root is not None else None
    return list(facts) if isinstance(facts, list) else []


def _says(grown: Document, old: Document, new: list[dict[str, object]]) -> bool:
    """Whether a document says what the old one does, and the new facts, and nothing else; with nothing to report."""
    if grown.root is None or old.root is None or len(grown.findings) > len(old.findings):
        return False
    others = {key: value for key, value in grown.root.items() if key != FACTS_KEY}
    same = others == {key: value for key, value in old.root.items() if key != FACTS_KEY}
    found = _facts(grown)
    return same and found == [*_facts(old), *new] and repr(found[-len(new) :]) == repr(new)
