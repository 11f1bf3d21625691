"""A fact that is being recorded, in words: what it says, and how it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.model.facts import FactAbout, Voided, engagements_of
from qp_cli.render.journal import FactNames, details
from qp_cli.render.wording import FACTS
from qp_cli.tracking.log import Entry, named_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qp_cli.model.facts import Fact
    from qp_cli.render.language import Language
    from qp_cli.tracking.situation import Situation


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
