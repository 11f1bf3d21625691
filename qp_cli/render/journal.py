"""The journal: each fact with its target, who, when it was written down, and what became of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.model.facts import (
    About,
    Amended,
    Denounced,
    Fulfilled,
    Notified,
    Occurred,
    Pausing,
    ProofAdded,
    Terminated,
    Triggered,
    Voided,
)
from qp_cli.model.kinds import TERM
from qp_cli.render.avenants import change_record, write_change
from qp_cli.render.formats import Answer, Column, iso
from qp_cli.render.headings import dated_later
from qp_cli.render.naming import called
from qp_cli.render.visible import visible
from qp_cli.render.wording import FACTS
from qp_cli.tracking.journal import effective_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact
    from qp_cli.render.formats import Record
    from qp_cli.render.language import Language
    from qp_cli.tracking.log import Entry
    from qp_cli.tracking.situation import Situation

_ACTS = (Fulfilled, Triggered, Occurred, Denounced, Terminated)
"""The kinds whose `by` acts; that of the others is the debtor they concern."""


class FactNames:
    """What the things that facts name are called at a day: looked up, however many facts are told of them."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of the events and the engagements, by id."""
        convention = self.situation.convention
        return {each.id: each.title for each in convention.events} | {
            each.id: each.title for each in convention.engagements
        }

    @cached_property
    def sites(self) -> dict[str, str]:
        """The names of the sites, by id."""
        return {site.id: site.name for site in self.situation.sites}


class _Told(NamedTuple):
    """A fact to be told: its entry in the journal, the id of what it is about, and that one's title."""

    names: FactNames
    entry: Entry
    target: str
    title: str

    @property
    def fact(self) -> Fact:
        """The fact itself."""
        return self.entry.fact


def write_log(situation: Situation, entries: Sequence[Entry], facts: Sequence[Fact], language: Language) -> str:
    """The convention, then each fact in a few lines, newest last; how many are dated later is said."""
    lines = [title(situation), *journal_words(situation, entries, facts, language)]
    names = FactNames(situation)
    for entry in entries:
        day = language.short_day(entry.fact.on)
        kind = language.text(FACTS[entry.fact.kind])
        lines += ["", f"{day}  {kind} [{entry.fact.id}]"]
        lines += [f"{' ' * (len(day) + 2)}{text}" for text in details(names, entry, language)]
    return "\n".join(lines) + "\n"


def journal_words(
    situation: Situation, entries: Sequence[Entry], facts: Sequence[Fact], language: Language
) -> list[str]:
    """How many facts there are, or that there are none; then how many are dated later."""
    return [_count(situation, entries, facts, language), *map(language.text, dated_later(situation, facts))]


def title(situation: Situation) -> str:
    """The convention and its territory."""
    convention = situation.convention
    return ", ".join(visible(each) for each in (convention.title, convention.territory) if each)


def _count(situation: Situation, entries: Sequence[Entry], facts: Sequence[Fact], language: Language) -> str:
    day = language.full_day(situation.as_of)
    if not any(fact.on <= situation.as_of for fact in facts):
        return language.text(msg("Journal on {day}: no fact recorded.", day=day))
    if not entries:
        return language.text(msg("Journal on {day}: no fact matches.", day=day))
    count = msgs("Journal on {day}: {count} fact", "Journal on {day}: {count} facts", count=len(entries), day=day)
    return language.text(count)


def details(names: FactNames, entry: Entry, language: Language, *, proof: bool = True) -> list[str]:
    """A line for each thing there is to say of a fact: first what it is about; with its proof or without."""
    fact = entry.fact
    texts = [_target(names, entry, language)]
    who = language.joined(map(language.text, _who(names, fact, language)))
    days = language.joined(map(language.text, _days(fact)))
    texts += filter(None, (who, days))
    if isinstance(fact, Amended):
        texts += [write_change(change, names.situation.directory, language) for change in fact.changes]
    if fact.note:
        texts.append(language.text(msg("note: {text}", text=fact.note)))
    if proof and _proof(fact):
        texts.append(language.text(msg("proof: {proof}", proof=_proof(fact))))
    if written := _written(fact):
        texts.append(language.text(written))
    if entry.cancelled_by:
        by = entry.cancelled_by
        texts.append(language.text(msg("cancelled on {day} by [{fact}]", day=by.on, fact=by.id)))
    return texts


WHOLE = msg("every engagement")
"""What a suspension of all is about, in words."""


def _target(names: FactNames, entry: Entry, language: Language) -> str:
    """What a fact is about: its id and, where there is one, its title."""
    fact = entry.fact
    if isinstance(fact, Amended):
        return visible(fact.title)
    if entry.cancels:
        cancelled = entry.cancels
        text = msg("cancels [{fact}]: {kind}, {day}", fact=cancelled.id, kind=FACTS[cancelled.kind], day=cancelled.on)
        return language.text(text)
    if entry.completes:
        shown = entry.completes
        text = msg("shows [{fact}]: {kind}, {day}", fact=shown.id, kind=FACTS[shown.kind], day=shown.on)
        return language.text(text)
    if isinstance(fact, Pausing) and fact.is_of_all:
        return language.text(WHOLE)
    name, said = target(names, fact)
    return language.text(msg("{label}: {text}", label=name, text=said)) if said else name


def target(names: FactNames, fact: Fact) -> tuple[str, str]:
    """The id of what a fact is about, and its title; the id alone where it has none."""
    return target_id(fact), _title(names, fact)


def target_id(fact: Fact) -> str:
    """The id of what a fact is about; of several engagements, their ids after one another."""
    match fact:
        case Amended():
            return fact.id
        case Voided() | ProofAdded():
            return fact.fact
        case Denounced() | Terminated():
            return TERM
        case Occurred():
            return fact.event
        case _:
            return ", ".join(_engagements(fact))


def _title(names: FactNames, fact: Fact) -> str:
    """The title of what a fact is about; nothing of a cancellation, nor of all engagements."""
    match fact:
        case Amended():
            return fact.title
        case Voided() | ProofAdded():
            return ""
        case Denounced() | Terminated():
            term = names.situation.convention.term
            return (term and term.title) or ""
        case Occurred():
            return names.titles.get(fact.event, "")
        case _:
            return ", ".join(filter(None, map(names.titles.get, _engagements(fact))))


def actor(fact: Fact) -> str | None:
    """Who did what a fact records; nobody for a fact whose `by` is the debtor that it concerns."""
    return getattr(fact, "by", None) if isinstance(fact, _ACTS) else None


def recipients(fact: Fact) -> tuple[str, ...]:
    """Whom a fact concerns: those who are asked, or the debtor that it names."""
    by = getattr(fact, "by", None)
    return (by,) if by and not isinstance(fact, _ACTS) else tuple(getattr(fact, "to", ()))


def _who(names: FactNames, fact: Fact, language: Language) -> list[Message]:
    directory, by, sites = names.situation.directory, actor(fact), getattr(fact, "sites", ())
    to = ", ".join(map(directory.label, recipients(fact)))
    said: list[Message] = []
    if by:
        said.append(msg("by {names}", names=called(by, directory, language)))
    if to and isinstance(fact, Notified):
        said.append(msg("addressed to: {names}", names=to))
    elif to:
        said.append(msg("to {names}", names=to) if isinstance(fact, _ACTS) else msg("debtor: {names}", names=to))
    if sites:
        said.append(msg("at {sites}", sites=", ".join(names.sites.get(site, site) for site in sites)))
    return said


def _days(fact: Fact) -> list[Message]:
    """The other days and lengths of a fact, each kind its own."""
    said = list(_own_days(fact))
    if occurrence := getattr(fact, "occurrence", None):
        said.append(msg("occurrence of {day}", day=occurrence))
    if isinstance(fact, About | Pausing) and fact.request:
        said.append(msg("answer to the request {id}", id=fact.request))
    if isinstance(fact, Pausing) and fact.term:
        said.append(msg("the term too"))
    return said


def _own_days(fact: Fact) -> Iterator[Message]:
    match fact:
        case Amended() | Terminated():
            if isinstance(fact, Amended) and fact.signed:
                yield msg("signed on {day}", day=fact.signed)
            if isinstance(fact, Terminated) and fact.notice:
                yield msg("notice: {period}", period=fact.notice)
            if fact.effect:
                yield msg("in effect from {day}", day=fact.effect)
        case Notified() if fact.cure:
            yield msg("cure period: {period}", period=fact.cure)
        case Fulfilled() if fact.is_partial:
            yield msg("in part: {share}", share=fact.part) if fact.part else msg("in part")


def _written(fact: Fact) -> Message | None:
    """When and by whom it was written down."""
    if fact.recorded and fact.recorded_by:
        return msg("recorded on {day} by {name}", day=fact.recorded, name=fact.recorded_by)
    if fact.recorded:
        return msg("recorded on {day}", day=fact.recorded)
    return msg("recorded by {name}", name=fact.recorded_by) if fact.recorded_by else None


def _proof(fact: Fact) -> str:
    proof = fact.proof
    return (proof.url or proof.file or "") if proof else ""


def list_facts(situation: Situation, entries: Sequence[Entry], form: str, language: Language) -> str:
    """The facts for programs, or as a table of Markdown; in a sheet, the changes of an avenant as `change:target`."""
    names = FactNames(situation)
    rows = [_Told(names, entry, *target(names, entry.fact)) for entry in entries]
    head = {"as_of": situation.as_of.isoformat()}
    return Answer("facts", rows, _RECORD, _WORDS, head, _SHEET).written(form, language)


def _changes(row: _Told) -> list[dict[str, object]]:
    fact = row.fact
    return [change_record(change) for change in fact.changes] if isinstance(fact, Amended) else []


def _engagement(fact: Fact) -> str | None:
    """The engagement that a fact is about; of several, their ids after one another."""
    found = getattr(fact, "engagement", None)
    return ", ".join(found) if isinstance(found, tuple) else found


def _engagements(fact: Fact) -> list[str]:
    """The same as a list: a suspension or a resumption can be of several, or of `all`."""
    found = getattr(fact, "engagement", None)
    return list(found) if isinstance(found, tuple) else [found] if found else []


def _cure(row: _Told) -> str | None:
    fact = row.fact
    return str(fact.cure) if isinstance(fact, Notified) and fact.cure else None


def _notice(row: _Told) -> str | None:
    fact = row.fact
    return str(fact.notice) if isinstance(fact, Terminated) and fact.notice else None


def _proof_record(row: _Told) -> Record | None:
    proof = row.fact.proof
    return {"url": proof.url, "file": proof.file, "sha256": proof.sha256} if proof else None


def _told_details(row: _Told, language: Language) -> str:
    return language.joined(details(row.names, row.entry, language)[1:])


_ID: Column[_Told] = Column("id", lambda row: row.fact.id, msg("Id"))
_KIND: Column[_Told] = Column(
    "kind", lambda row: row.fact.kind, msg("Fact"), lambda row, language: language.text(FACTS[row.fact.kind])
)
_ON: Column[_Told] = Column(
    "on", lambda row: iso(row.fact.on), msg("Day"), lambda row, language: language.short_day(row.fact.on).strip()
)
_TARGET: Column[_Told] = Column(
    "target", lambda row: row.target, msg("About"), lambda row, language: _target(row.names, row.entry, language)
)
_CHANGES: Column[_Told] = Column("changes", _changes)
_PROOF: Column[_Told] = Column("proof", _proof_record)
_ENGAGEMENT: Column[_Told] = Column("engagement", lambda row: _engagement(row.fact))
_EVENT: Column[_Told] = Column("event", lambda row: getattr(row.fact, "event", None))
_RECORD: tuple[Column[_Told], ...] = (
    _ID,
    _KIND,
    _ON,
    Column("effective_on", lambda row: iso(effective_on(row.fact))),
    Column("recorded", lambda row: iso(row.fact.recorded)),
    Column("recorded_by", lambda row: row.fact.recorded_by),
    _TARGET,
    Column("title", lambda row: row.title or None),
    _ENGAGEMENT,
    _EVENT,
    Column("by", lambda row: getattr(row.fact, "by", None)),
    Column("to", lambda row: list(getattr(row.fact, "to", ()))),
    Column("sites", lambda row: list(getattr(row.fact, "sites", ()))),
    Column("occurrence", lambda row: iso(getattr(row.fact, "occurrence", None))),
    Column("cure", _cure),
    Column("signed", lambda row: iso(getattr(row.fact, "signed", None))),
    Column("effect", lambda row: iso(getattr(row.fact, "effect", None))),
    _CHANGES,
    Column("note", lambda row: row.fact.note),
    _PROOF,
    Column("cancels", lambda row: row.fact.fact if isinstance(row.fact, Voided) else None),
    Column("cancelled_by", lambda row: row.entry.cancelled_by.id if row.entry.cancelled_by else None),
    Column("notice", _notice),
    Column("part", lambda row: row.fact.part if isinstance(row.fact, Fulfilled) else None),
    Column("partly", lambda row: row.fact.partly if isinstance(row.fact, Fulfilled) else None),
    Column("engagements", lambda row: _engagements(row.fact)),
    Column("term", lambda row: row.fact.term if isinstance(row.fact, Pausing) else None),
    Column("completes", lambda row: row.fact.fact if isinstance(row.fact, ProofAdded) else None),
    Column("request", lambda row: getattr(row.fact, "request", None)),
)
"""The keys of the contract: those that do not apply to a kind of fact are null or empty."""
_IN_A_CELL: dict[str, tuple[Column[_Told], ...]] = {
    "changes": (
        _CHANGES._replace(value=lambda row: [f"{change['change']}:{change['target']}" for change in _changes(row)]),
    ),
    "proof": (
        _PROOF._replace(value=lambda row: _proof(row.fact) or None),
        Column("proof_sha256", lambda row: row.fact.proof.sha256 if row.fact.proof else None),
    ),
    "engagement": (),
    "event": (),
}
_SHEET = tuple(each for column in _RECORD for each in _IN_A_CELL.get(column.name, (column,)))
"""The columns of a sheet: what a fact is about says its engagement or event, and a proof is where it is."""
_WORDS: tuple[Column[_Told], ...] = (
    _ON,
    _KIND,
    _TARGET,
    Column("details", lambda row: row.fact.note, msg("Details"), _told_details),
    _ID,
)
