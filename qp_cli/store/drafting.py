"""A journal with one fact more, read again and compared with what it should say; nothing is written here."""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import BrokenRepositoryError, UsageError
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.model.journal import Journal
from qp_cli.store.door import read_plain
from qp_cli.store.facts import as_read, refuse_characters
from qp_cli.store.insertion import FACTS, block_entry, insertions
from qp_cli.store.places import CONVENTION
from qp_cli.store.reader import read_document
from qp_cli.store.schema import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from qp_cli.findings import Finding
    from qp_cli.messages import Message
    from qp_cli.model.journal import Fact
    from qp_cli.store.tree import Document

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


class AppendedFact(NamedTuple):
    """A fact in its journal.

    Attributes:
        id: its random id.
        entry: its YAML text.
        data: the whole journal with it.
        facts: every fact of the journal, it last.
    """

    id: str
    entry: str
    data: bytes
    facts: tuple[Fact, ...]


def draft_fact(journal: Path, old: bytes | None, fact: Mapping[str, object]) -> AppendedFact:
    """A journal with one fact more, read back and compared; nothing is written.

    Raises:
        UsageError: the fact cannot stand in a journal.
        BrokenRepositoryError: the journal has errors.
    """
    refuse_characters(fact)
    before = old if old is not None else _new_journal(journal)
    document = _read(journal, before)
    known = {str(each["id"]) for each in _facts(document) if isinstance(each, dict) and "id" in each}
    name = _new_id(known)
    given = {"id": name, **{key: as_read(value) for key, value in fact.items() if key != "id"}}
    problem = msg("{file} is laid out in a way that qp cannot add to.", file=str(journal))
    for text in insertions(document, given):
        data = (_BOM if before.startswith(_BOM) else b"") + text.encode()
        grown = read_document(data, document.path)
        if not _says(grown, document, given):
            problem = next((each.message for each in _errors(grown.findings)), problem)
            continue
        read, findings = validate(grown, Journal)
        if read is not None:
            return AppendedFact(name, "\n".join(block_entry(given)) + "\n", data, read.facts)
        problem = msg("This cannot be recorded: {problem}", problem=findings[0].message)
        break
    if own := validate(document, Journal)[1]:
        raise BrokenRepositoryError(_broken(journal), tuple(own))
    raise UsageError(problem)


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


def _new_id(known: set[str]) -> str:
    while True:
        name = "f-" + "".join(secrets.choice(_ALPHABET) for _ in range(10))
        if name not in known:
            return name


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
    facts = document.root.get(FACTS) if document.root is not None else None
    return list(facts) if isinstance(facts, list) else []


def _says(grown: Document, old: Document, fact: Mapping[str, object]) -> bool:
    """Whether a document says what the old one does, and the fact, and nothing else; with nothing new to report."""
    if grown.root is None or old.root is None or len(grown.findings) > len(old.findings):
        return False
    others = {key: value for key, value in grown.root.items() if key != FACTS}
    same = others == {key: value for key, value in old.root.items() if key != FACTS}
    return same and _facts(grown) == [*_facts(old), fact] and repr(_facts(grown)[-1]) == repr(fact)
