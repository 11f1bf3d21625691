"""The journal: each fact with its target, who, when it was written down, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.avenants import change_record, write_change
from qp_cli.render.formats import to_csv, to_json, to_markdown
from qp_cli.render.naming import called
from qp_cli.render.records import SCHEMA
from qp_cli.render.visible import visible
from qp_cli.render.wording import FACTS
from qp_cli.tracking.journal import effective_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.model.journal import Fact
    from qp_cli.render.language import Language
    from qp_cli.tracking.log import Entry
    from qp_cli.tracking.situation import Situation

Record = dict[str, object]
_ACTS = frozenset({"fulfilled", "triggered", "occurred"})
"""The kinds whose `by` acts; that of the others is the debtor they concern."""
_COLUMNS = (
    "id",
    "kind",
    "on",
    "effective_on",
    "recorded",
    "recorded_by",
    "target",
    "title",
    "by",
    "to",
    "sites",
    "occurrence",
    "cure",
    "signed",
    "effect",
    "changes",
    "note",
    "proof",
    "proof_sha256",
    "cancels",
    "cancelled_by",
)
"""The columns of a sheet; JSON has `engagement`, `event` and a whole `proof` besides."""


def write_log(situation: Situation, entries: Sequence[Entry], facts: Sequence[Fact], language: Language) -> str:
    """The convention, then each fact in a few lines, newest last; how many are dated later is said."""
    lines = [title(situation), *journal_words(situation, entries, facts, language)]
    for entry in entries:
        day = language.short_day(entry.fact.on)
        kind = language.text(FACTS[entry.fact.kind])
        lines += ["", f"{day}  {kind} [{entry.fact.id}]"]
        lines += [f"{' ' * (len(day) + 2)}{text}" for text in details(situation, entry, language)]
    return "\n".join(lines) + "\n"


def journal_words(
    situation: Situation, entries: Sequence[Entry], facts: Sequence[Fact], language: Language
) -> list[str]:
    """How many facts there are, or that there are none; then how many are dated later."""
    lines = [_count(situation, entries, facts, language)]
    later = sum(fact.on > situation.as_of for fact in facts)
    if later:
        more = msgs(
            "{count} fact is dated later than {day}.",
            "{count} facts are dated later than {day}.",
            count=later,
            day=situation.as_of,
        )
        lines.append(language.text(more))
    return lines


def title(situation: Situation) -> str:
    """The convention and its territory."""
    convention = situation.convention
    return visible(", ".join(filter(None, (convention.title, convention.territory))))


def _count(situation: Situation, entries: Sequence[Entry], facts: Sequence[Fact], language: Language) -> str:
    day = language.full_day(situation.as_of)
    if not any(fact.on <= situation.as_of for fact in facts):
        return language.text(msg("Journal on {day}: no fact recorded.", day=day))
    if not entries:
        return language.text(msg("Journal on {day}: no fact matches.", day=day))
    count = msgs("Journal on {day}: {count} fact", "Journal on {day}: {count} facts", count=len(entries), day=day)
    return language.text(count)


def details(situation: Situation, entry: Entry, language: Language, *, proof: bool = True) -> list[str]:
    """A line for each thing there is to say of a fact: first what it is about; with its proof or without."""
    fact = entry.fact
    texts = [_target(situation, entry, language)]
    who = language.joined(map(language.text, _who(situation, fact, language)))
    days = language.joined(map(language.text, _days(fact)))
    texts += filter(None, (who, days))
    if fact.kind == "amended":
        texts += [write_change(change, situation.directory, language) for change in fact.changes]
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


def _target(situation: Situation, entry: Entry, language: Language) -> str:
    """What a fact is about: its id and, where there is one, its title."""
    fact = entry.fact
    if fact.kind == "amended":
        return visible(fact.title)
    if entry.cancels:
        cancelled = entry.cancels
        text = msg("cancels [{fact}]: {kind}, {day}", fact=cancelled.id, kind=FACTS[cancelled.kind], day=cancelled.on)
        return language.text(text)
    name, said = target(situation, fact)
    return language.text(msg("{label}: {text}", label=name, text=said)) if said else name


def target(situation: Situation, fact: Fact) -> tuple[str, str]:
    """The id of what a fact is about, and its title; the id alone where it has none."""
    convention = situation.convention
    match fact.kind:
        case "amended":
            return fact.id, fact.title
        case "voided":
            return fact.fact, ""
        case "occurred":
            return fact.event, next((event.title for event in convention.events if event.id == fact.event), "")
        case _:
            return fact.engagement, next((one.title for one in convention.engagements if one.id == fact.engagement), "")


def actor(fact: Fact) -> str | None:
    """Who did what a fact records; nobody for a fact whose `by` is the debtor that it concerns."""
    return getattr(fact, "by", None) if fact.kind in _ACTS else None


def recipients(fact: Fact) -> tuple[str, ...]:
    """Whom a fact concerns: those who are asked, or the debtor that it names."""
    by = getattr(fact, "by", None)
    return (by,) if by and fact.kind not in _ACTS else tuple(getattr(fact, "to", ()))


def _who(situation: Situation, fact: Fact, language: Language) -> list[Message]:
    directory, by, sites = situation.directory, actor(fact), getattr(fact, "sites", ())
    to = ", ".join(map(directory.label, recipients(fact)))
    names = {site.id: site.name for site in situation.sites}
    said: list[Message] = []
    if by:
        said.append(msg("by {names}", names=called(by, directory, language)))
    if to and fact.kind == "notified":
        said.append(msg("addressed to: {names}", names=to))
    elif to:
        said.append(msg("to {names}", names=to) if fact.kind in _ACTS else msg("debtor: {names}", names=to))
    if sites:
        said.append(msg("at {sites}", sites=", ".join(names.get(site, site) for site in sites)))
    return said


def _days(fact: Fact) -> list[Message]:
    """The other days and lengths of a fact, each kind its own."""
    said: list[Message] = []
    if fact.kind == "amended":
        if fact.signed:
            said.append(msg("signed on {day}", day=fact.signed))
        if fact.effect:
            said.append(msg("in effect from {day}", day=fact.effect))
    elif fact.kind == "notified" and fact.cure:
        said.append(msg("cure period: {period}", period=fact.cure))
    if occurrence := getattr(fact, "occurrence", None):
        said.append(msg("occurrence of {day}", day=occurrence))
    return said


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


def log_json(situation: Situation, entries: Sequence[Entry]) -> str:
    """What `log` answers as JSON."""
    facts = [entry_record(situation, entry) for entry in entries]
    return to_json({"schema": SCHEMA, "as_of": situation.as_of.isoformat(), "facts": facts})


def entry_record(situation: Situation, entry: Entry) -> Record:
    """One fact with the keys of the contract: those that do not apply to its kind are null or empty."""
    fact = entry.fact
    name, said = target(situation, fact)
    proof = fact.proof
    return {
        "id": fact.id,
        "kind": fact.kind,
        "on": fact.on.isoformat(),
        "effective_on": effective_on(fact).isoformat(),
        "recorded": _iso(fact.recorded),
        "recorded_by": fact.recorded_by,
        "target": name,
        "title": said or None,
        "engagement": getattr(fact, "engagement", None),
        "event": getattr(fact, "event", None),
        "by": getattr(fact, "by", None),
        "to": list(getattr(fact, "to", ())),
        "sites": list(getattr(fact, "sites", ())),
        "occurrence": _iso(getattr(fact, "occurrence", None)),
        "cure": str(fact.cure) if fact.kind == "notified" and fact.cure else None,
        "signed": _iso(getattr(fact, "signed", None)),
        "effect": _iso(getattr(fact, "effect", None)),
        "changes": [change_record(change) for change in fact.changes] if fact.kind == "amended" else [],
        "note": fact.note,
        "proof": {"url": proof.url, "file": proof.file, "sha256": proof.sha256} if proof else None,
        "cancels": fact.fact if fact.kind == "voided" else None,
        "cancelled_by": entry.cancelled_by.id if entry.cancelled_by else None,
    }


def log_csv(situation: Situation, entries: Sequence[Entry]) -> str:
    """One line per fact; the changes of an avenant as `change:target`."""
    return to_csv((_flat(situation, entry) for entry in entries), _COLUMNS)


def _flat(situation: Situation, entry: Entry) -> Record:
    fact = entry.fact
    changes = [change_record(change) for change in fact.changes] if fact.kind == "amended" else []
    return {
        **entry_record(situation, entry),
        "changes": [f"{change['change']}:{change['target']}" for change in changes],
        "proof": _proof(fact) or None,
        "proof_sha256": fact.proof.sha256 if fact.proof else None,
    }


def log_markdown(situation: Situation, entries: Sequence[Entry], language: Language) -> str:
    """One row per fact, headings in the reader's language."""
    headings = (msg("Day"), msg("Fact"), msg("About"), msg("Details"), msg("Id"))
    rows = []
    for entry in entries:
        about, *more = details(situation, entry, language)
        kind = language.text(FACTS[entry.fact.kind])
        rows.append((language.short_day(entry.fact.on).strip(), kind, about, language.joined(more), entry.fact.id))
    return to_markdown([language.text(each) for each in headings], rows)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
