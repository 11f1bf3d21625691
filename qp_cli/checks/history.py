"""The rules over two states of a repository: what was recorded at a commit is still there, as it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qp_cli.checks.blocking import in_order
from qp_cli.checks.repository import Subject
from qp_cli.checks.rule import CheckRule, Pointer, Remark
from qp_cli.findings import Finding, Related, Severity, Span
from qp_cli.law.periods import Period
from qp_cli.messages import msg
from qp_cli.model.base import key_of, values_of
from qp_cli.names import shown
from qp_cli.store.meant import in_brackets
from qp_cli.store.places import CONVENTION, JOURNAL, SITES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from qp_cli.messages import Message
    from qp_cli.model.facts import Change, Fact, Proof
    from qp_cli.store.proofs import ProofFile
    from qp_cli.store.recorded_before import Before
    from qp_cli.store.repository import Repository

_FACTS = Pointer(JOURNAL, ("facts",))
_LISTS = {
    "party": Pointer(CONVENTION, ("parties",)),
    "event": Pointer(CONVENTION, ("engagements",)),
    "site": Pointer(SITES, ("sites",)),
}
"""Where what facts name is declared, by its namespace."""
_GONE = {
    "party": msg("The party “{id}”, which the fact “{fact}” names, is gone since {rev}"),
    "event": msg("The engagement or event “{id}”, which the fact “{fact}” names, is gone since {rev}"),
    "site": msg("The site “{id}”, which the fact “{fact}” names, is gone since {rev}"),
}


def changed_facts(subject: Subject) -> Iterator[Remark]:
    """A recorded fact that is no longer what it was."""
    for before, old, number, new in _still_there(subject):
        keys = [
            key for key in {**values_of(old), **values_of(new)} if getattr(old, key, None) != getattr(new, key, None)
        ]
        if "proof" in keys and (_is_sealed(old.proof) or _only_seals(old.proof, new.proof)):
            keys.remove("proof")
        if keys:
            said = ", ".join(_change(key, getattr(old, key, None), getattr(new, key, None)) for key in keys)
            message = msg("The fact “{id}” is not what {rev} recorded: {keys}", id=old.id, rev=before.name, keys=said)
            yield Remark(_FACTS.to(number, keys[0]), message, _put_back(before, old))


def _change(key: str, old: object, new: object) -> str:
    """A key as a file has it, with what it held and what it holds; what is no single value is not repeated."""
    values = [_value(old), _value(new)]
    return f"{key_of(key)}: {' → '.join(values)}" if all(values) else f"{key_of(key)}:"


def _value(value: object) -> str:
    """A text, a day or a list of texts, as it is written; a dash where there is none; empty for anything else."""
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        return f"[{shown(', '.join(value))}]"
    return in_brackets(value) if isinstance(value, str | int | date | Period) else ""


def gone_facts(subject: Subject) -> Iterator[Finding]:
    """A recorded fact that is no longer in the journal."""
    if subject.before is None or JOURNAL not in subject.documents:
        return
    known = {fact.id for fact in subject.facts}
    place = subject.span(_FACTS, key=True)
    for fact in subject.before.facts:
        if fact.id not in known:
            message = msg("The fact “{id}”, which {rev} recorded, is gone", id=fact.id, rev=subject.before.name)
            yield Finding("QP602", Severity.ERROR, message, place, _put_back(subject.before, fact))


def gone_journals(subject: Subject) -> Iterator[Finding]:
    """A journal that is no longer there, and with it all that it recorded."""
    if subject.before and subject.before.had_journal and JOURNAL not in subject.documents:
        convention = subject.documents[CONVENTION].path
        yield gone_journal(convention.removesuffix(CONVENTION) + JOURNAL, subject.before.name, subject.before.folder)


def gone_journal(path: str, name: str, folder: str) -> Finding:
    """That a journal is gone.

    Args:
        path: where it would be, as findings write it.
        name: how messages write the commit that has it.
        folder: where that was, from the top of the work tree.
    """
    message = msg("The journal of {rev} is gone, and what it recorded with it", rev=name)
    hint = msg("Put it back: git show {rev}:{file}", rev=name, file=f"{folder}/{JOURNAL}".lstrip("/"))
    return Finding("QP603", Severity.ERROR, message, Span(path, 1, 1, 1, 1), hint)


def replaced_proofs(subject: Subject) -> Iterator[Remark]:
    """The proof of a recorded fact that was replaced or taken away, with its fingerprint."""
    for before, old, number, new in _still_there(subject):
        if old.proof is None or old.proof.file is None:
            continue
        pointer = _FACTS.to(number, "proof", "sha256")
        if _is_sealed(old.proof):
            replaced = new.proof != old.proof or _is_another(old.proof, subject.proofs.get(old.proof.file), before)
        else:
            seal = before.seals.get(old.proof.file)
            replaced = seal is not None and _only_seals(old.proof, new.proof) and not _has(new.proof, seal)
        if replaced:
            yield _replaced(pointer, old, before, gone=new.proof is None or new.proof.file is None)


def _replaced(pointer: Pointer, fact: Fact, before: Before, *, gone: bool) -> Remark:
    file = shown(fact.proof.file or "") if fact.proof else ""
    message = msg("“{file}”, the proof of “{id}” in {rev}, was replaced", file=file, id=fact.id, rev=before.name)
    if gone:
        message = msg("“{file}”, the proof of “{id}” in {rev}, is gone", file=file, id=fact.id, rev=before.name)
    hint = msg(
        "Put the file and its sha256 back. A better proof comes with a fact of its own: cancel this one first, "
        "qp record voided {id}",
        id=fact.id,
    )
    return Remark(pointer, message, hint)


def _is_sealed(proof: Proof | None) -> bool:
    return proof is not None and proof.file is not None and proof.sha256 is not None


def _has(proof: Proof | None, sha256: str) -> bool:
    return proof is not None and proof.sha256 == sha256


def _only_seals(old: Proof | None, new: Proof | None) -> bool:
    """Whether a fingerprint was written where there was none, and nothing else changed."""
    if old is None or new is None or old.sha256 or not new.sha256:
        return False
    return old.file is not None and (old.file, old.url) == (new.file, new.url)


def _is_another(proof: Proof, found: ProofFile | None, before: Before) -> bool:
    """Whether a file that was committed is no longer there or no longer the same, git's own doings apart."""
    if found is None or proof.file not in before.committed or found.sha256 == proof.sha256:
        return False
    return proof.sha256 not in {*found.other_ends, found.pointer}


def gone_names(subject: Subject) -> Iterator[Finding]:
    """Who or what a recorded fact names, and is no longer declared."""
    before = subject.before
    if before is None or before.repository.convention is None:
        return
    places = {fact.id: number for number, fact in enumerate(subject.facts)}
    gone = {(space, name) for space, name, _ in Subject(before.repository).declared}
    gone -= {(space, name) for space, name, _ in subject.declared}
    if not subject.has(SITES):
        gone = {(space, name) for space, name in gone if space != "site"}
    for (space, name), fact in _first_named(before.facts, gone).items():
        message = _GONE[space]._replace(parts={"id": name, "fact": fact.id, "rev": before.name})
        hint = msg("Declare it again: what has ended stays declared, for what was recorded about it")
        where = [_FACTS.to(places[fact.id])] if fact.id in places else []
        related = tuple(Related(subject.span(each), msg("named here")) for each in where)
        yield Finding("QP605", Severity.ERROR, message, _list_place(subject, _LISTS[space]), hint, related)


def _list_place(subject: Subject, pointer: Pointer) -> Span:
    """Where a list stands; where its file went, what was its beginning."""
    if pointer.file in subject.documents:
        return subject.span(pointer, key=True)
    path = subject.documents[CONVENTION].path.removesuffix(CONVENTION) + pointer.file
    return Span(path, 1, 1, 1, 1)


def _named(fact: Fact) -> Iterator[tuple[str, str]]:
    """Whom and what a fact names, each with its namespace."""
    yield from _named_by(fact)
    for change in fact.changes if fact.kind == "amended" else ():
        yield from _named_by(change)


_KEYS = {
    "by": "party",
    "to": "party",
    "debtor": "party",
    "debtors": "party",
    "sites": "site",
    "engagement": "event",
    "event": "event",
    "target": "event",
}
"""The keys of facts and changes that name, each with the namespace of what it names."""


def _named_by(part: Fact | Change) -> Iterator[tuple[str, str]]:
    for key, space in _KEYS.items():
        names = getattr(part, key, None)
        if isinstance(names, str):
            yield space, names
        elif isinstance(names, tuple):
            yield from ((space, name) for name in names)


def unread_journals(subject: Subject) -> Iterator[Finding]:
    """A journal that could not be read whole at the commit it is compared with."""
    if subject.before and not subject.before.is_whole and JOURNAL in subject.documents:
        message = msg("The journal of {rev} has errors: what cannot be read there is not compared",
                      rev=subject.before.name)  # fmt: skip
        hint = msg("Compare with an earlier commit too, one that was sound")
        yield Finding("QP606", Severity.INFO, message, subject.span(_FACTS, key=True), hint)


def _still_there(subject: Subject) -> Iterator[tuple[Before, Fact, int, Fact]]:
    """Each recorded fact whose id is still in the journal, with the number of the fact that has it, and that fact."""
    before = subject.before
    if before is None:
        return
    found: dict[str, list[tuple[int, Fact]]] = {}
    for number, fact in enumerate(subject.facts):
        found.setdefault(fact.id, []).append((number, fact))
    for old in before.facts:
        if same := found.get(old.id):
            number, new = next((each for each in same if each[1] == old), same[0])
            yield before, old, number, new


def _put_back(before: Before, fact: Fact) -> Message:
    return msg(
        "Put it back as it was: git show {rev}:{file}. A mistake is cancelled, then recorded anew: "
        "qp record voided {id}",
        rev=before.name,
        file=f"{before.folder}/{JOURNAL}".lstrip("/"),
        id=fact.id,
    )


HISTORY: tuple[CheckRule, ...] = (
    CheckRule("QP601", "changed-fact", Severity.ERROR, changed_facts, (JOURNAL,)),
    CheckRule("QP602", "gone-fact", Severity.ERROR, gone_facts, (JOURNAL,)),
    CheckRule("QP603", "gone-journal", Severity.ERROR, gone_journals, (JOURNAL,)),
    CheckRule("QP604", "replaced-proof", Severity.ERROR, replaced_proofs, (JOURNAL,)),
    CheckRule("QP605", "gone-name", Severity.ERROR, gone_names),
    CheckRule("QP606", "unread-journal", Severity.INFO, unread_journals, (JOURNAL,)),
)
"""The rules that see something only where a repository is compared with what it was."""


def compare(repository: Repository, before: Before, proofs: Mapping[str, ProofFile]) -> list[Finding]:
    """What is no longer as it was recorded, by place then code; nobody can silence it.

    Args:
        repository: what its files declare now.
        before: what it was.
        proofs: the files that its facts give as proof, where they have to be looked at.
    """
    subject = Subject(repository, proofs=proofs, before=before)
    return in_order(finding for rule in HISTORY for finding in rule.findings(subject))


def _first_named(facts: Iterable[Fact], gone: Container[tuple[str, str]]) -> dict[tuple[str, str], Fact]:
    """The first fact that names each thing that is gone."""
    first: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        for named in _named(fact):
            if named in gone:
                first.setdefault(named, fact)
    return first
