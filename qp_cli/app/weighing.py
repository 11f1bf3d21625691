"""The facts of a list against the journal and one another: which are recorded already, new, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.checks.new_facts import temporary_id, weigh_together
from qp_cli.errors import UsageError
from qp_cli.messages import Message
from qp_cli.model.base import replaced
from qp_cli.store.files import read_files
from qp_cli.store.journal_text import draft_fact, draft_facts
from qp_cli.store.places import JOURNAL
from qp_cli.store.repository import read_repository
from qp_cli.tracking.journal import cancellations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from qp_cli.findings import Severity
    from qp_cli.model.facts import Fact
    from qp_cli.store.journal_text import AppendedFacts


class Said(NamedTuple):
    """What is said of one fact of a list, by its number in it."""

    number: int
    message: Message
    severity: Severity | None = None


class ListWeighed(NamedTuple):
    """A list of facts, weighed.

    Attributes:
        new: the numbers of those to be written.
        known: for each that the journal holds already, in force, the id it has there, by its number.
        repeated: the number of the one that each says again, by its number.
        refusals: why some cannot be written; none is then.
        said: what is unusual about others.
        draft: the journal with the new ones; None where there are none, or some are refused.
    """

    new: tuple[int, ...]
    known: Mapping[int, str]
    repeated: Mapping[int, int]
    refusals: tuple[Said, ...]
    said: tuple[Said, ...] = ()
    draft: AppendedFacts | None = None


def weigh_list(
    facts: Sequence[Mapping[str, object]], names: Sequence[str], folder: Path, old: bytes | None, where: str = ""
) -> ListWeighed:
    """The facts of a list as `qp record` weighs one, each with all the others there.

    Args:
        facts: what each says, without an id.
        names: what messages call each of them.
        folder: the folder of the repository.
        old: the bytes of its journal; None where there is none.
        where: the option that names it, for the command that would cancel a fact.

    Raises:
        BrokenRepositoryError: the journal has errors.
    """
    read, refusals = _each_alone(facts, folder / JOURNAL)
    recorded = _recorded(read_repository(folder, None, _files(folder, old)).facts or ())
    known = {number: recorded[content] for number, content in read.items() if content in recorded}
    first: dict[Fact, int] = {}
    for number in read.keys() - known.keys():
        first[read[number]] = min(number, first.get(read[number], number))
    new = tuple(sorted(first.values()))
    repeated = {number: first[read[number]] for number in read.keys() - known.keys() - set(new)}
    if refusals or not new:
        return ListWeighed(new, known, repeated, tuple(refusals))
    draft = draft_facts(folder / JOURNAL, old, [facts[number] for number in new])
    weighed = weigh_together(read_repository(folder, None, _files(folder, draft.data)), len(new), where)
    called = {temporary_id(place, len(new)): names[number] for place, number in enumerate(new)}
    pairs = list(zip(new, weighed, strict=True))
    refused = tuple(Said(number, _renamed(each.refusal, called)) for number, each in pairs if each.refusal)
    said = tuple(
        Said(number, _renamed(message, called), severity) for number, each in pairs for severity, message in each.said
    )
    return ListWeighed(new, known, repeated, refused, said, None if refused else draft)


def _each_alone(facts: Sequence[Mapping[str, object]], journal: Path) -> tuple[dict[int, Fact], list[Said]]:
    """What each fact says, by its number, and what is wrong with those that can stand in no journal."""
    read: dict[int, Fact] = {}
    refusals: list[Said] = []
    for number, fact in enumerate(facts):
        try:
            read[number] = _content(draft_fact(journal, None, fact).facts[-1])
        except UsageError as error:
            refusals.append(Said(number, error.message))
    return read, refusals


def _files(folder: Path, journal: bytes | None) -> dict[str, bytes]:
    files = read_files(folder)
    return files if journal is None else {**files, JOURNAL: journal}


def _content(fact: Fact) -> Fact:
    """What a fact says, whoever wrote it down and when."""
    return replaced(fact, id="", recorded=None, recorded_by=None)


def _recorded(facts: Iterable[Fact]) -> dict[Fact, str]:
    """The ids of the facts that were not cancelled, by what they say."""
    every = tuple(facts)
    cancelled = cancellations(every)
    return {_content(fact): fact.id for fact in every if fact.id not in cancelled}


def _renamed(message: Message, called: Mapping[str, str]) -> Message:
    """A message in which new facts, which have no ids yet, are called by the names of their lines."""
    parts = {name: _part(value, called) for name, value in message.parts.items()}
    return message._replace(parts=parts)


def _part(value: object, called: Mapping[str, str]) -> object:
    if isinstance(value, Message):
        return _renamed(value, called)
    if isinstance(value, str) and value:
        return ", ".join(called.get(each, each) for each in value.split(", "))
    return value
