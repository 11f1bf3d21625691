"""A fact that is being recorded, in words: what it says, what it changes, how it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.model.facts import FactAbout, Voided, engagements_of
from qp_cli.model.kinds import TERM
from qp_cli.render.journal import FactNames, details
from qp_cli.render.wording import FACTS, state_words
from qp_cli.tracking.diff import changes
from qp_cli.tracking.log import Entry, named_by
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.model.facts import Fact
    from qp_cli.render.language import Language
    from qp_cli.tracking.diff import ObligationChange
    from qp_cli.tracking.situation import Obligation, Situation


_LATE = frozenset({State.OVERDUE, State.FULFILLED_LATE, State.SUSPENDED})


MOST_SHOWN = 8
"""The obligations that are shown before a fact is recorded: what a screen holds beside the question."""


def write_effects(before: Situation, after: Situation, language: Language, *, dated: bool = False) -> str:
    """What differs between two situations of one day, a line each; one that says so where nothing does.

    `dated` says the date of each obligation too, and how late it was.
    """
    lines = [language.text(line) for line in _lines(before, after, dated=dated)]
    if dated and (left := len(lines) - MOST_SHOWN) > 1:
        lines[MOST_SHOWN:] = [language.text(msgs("and {count} other", "and {count} others", count=left))]
    return "".join(f"{line}\n" for line in lines or [language.text(msg("No state and no date changes."))])


def _lines(before: Situation, after: Situation, *, dated: bool) -> Iterator[Message]:
    old, new = (each.term.due if each.term else None for each in (before, after))
    if old != new:
        yield msg("{id}: {before} → {after}", id=TERM, before=_day(old), after=_day(new))
    found = changes(before, after)
    made = {change.id.partition("@")[0] for change in found if change.before is None}
    for change in found:
        if change.after is not None or change.id not in made:
            yield msg("{id}: {what}", id=_dated(change) if dated else change.id, what=_what(change, late=dated))


def _dated(change: ObligationChange) -> Message | str:
    """An obligation by its id and its date, which is said by itself where it moves."""
    one = change.before or change.after
    moves = change.before and change.after and change.before.due != change.after.due
    return msg("{id}, due on {day}", id=change.id, day=one.due) if one and one.due and not moves else change.id


def _what(change: ObligationChange, *, late: bool) -> Message:
    """Where an obligation stood, and how late, where that is wanted; where it stands, then what else moved."""
    old, new = change.before, change.after
    if new is None:
        return msg("{before} → no longer there", before=state_words(old)) if old else msg("no longer there")
    if old is None:
        return msg("new, {after}", after=_standing(new))
    moved = state_words(old) != state_words(new)
    stood = _standing(old) if late else state_words(old)
    said = msg("{before} → {after}", before=stood, after=_standing(new)) if moved else _same(new)
    if old.due != new.due:
        said = msg("{said}; date {before} → {after}", said=said, before=_day(old.due), after=_day(new.due))
    if new.standing.notice and new.standing.notice != old.standing.notice:
        said = _noticed(said, new)
    return said


def _standing(one: Obligation) -> Message:
    """A state, with the days after its date."""
    if one.state in _LATE and one.standing.days_late:
        days = msgs("{count} day", "{count} days", count=one.standing.days_late)
        return msg("{state}, {days}", state=state_words(one), days=days)
    return state_words(one)


def _same(one: Obligation) -> Message:
    return msg("still {state}", state=_standing(one))


def _noticed(said: Message, one: Obligation) -> Message:
    """The formal notice that now stands against it, and until when it gives time."""
    notice = one.standing.notice
    if notice is None or notice.cure is None or notice.cure.due is None:
        return msg("{said}; formal notice given", said=said)
    return msg("{said}; formal notice given, until {day}", said=said, day=notice.cure.due)


def _day(day: date | None) -> date | Message:
    return day or msg("no date")


def fact_lines(situation: Situation, facts: Sequence[Fact], language: Language) -> Iterator[str]:
    """What the last of some facts says, as the journal tells it: its day, target, debtors, sites, occurrence, proof."""
    fact = facts[-1]
    entry = Entry(fact, None, *named_by(fact, {each.id: each for each in facts[:-1]}))
    about, *others = details(FactNames(situation), entry, language)
    yield language.text(msg("{kind}, {day}", kind=FACTS[fact.kind], day=language.full_day(fact.on)))
    yield about
    if isinstance(fact, FactAbout) and not fact.by and (names := _owing(situation, engagements_of(fact))):
        yield language.text(msg("debtor: {names}", names=names))
    yield from others


def _owing(situation: Situation, engagements: Sequence[str]) -> str:
    """Who owes what a fact is about, where it names nobody."""
    directory = situation.directory
    owed = [one for one in situation.convention.engagements if one.id in engagements]
    return ", ".join(dict.fromkeys(directory.label(name) for one in owed for name in one.debtors))


def left_behind(file: str, others: Sequence[str], language: Language) -> str:
    """That the file which showed a cancelled fact is left where it is, and which other facts name it."""
    if others:
        text = msg("{file} stays where it is: {facts} names it too.", file=file, facts=", ".join(others))
        return language.text(text) + "\n"
    return language.text(msg("{file} stays where it is; no other fact names it.", file=file)) + "\n"


def undoing(fact: Fact, data: str | None, language: Language) -> str:
    """The command that takes a fact back, on a line of its own; none for a cancellation, which is written anew."""
    if isinstance(fact, Voided):
        return ""
    from shlex import quote

    where = f" --data {quote(data)}" if data else ""
    return language.text(msg("To cancel it: qp record voided {id}{where}", id=fact.id, where=where)) + "\n"
