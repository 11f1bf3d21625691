"""Obligations on the page: late, derived from the term, ahead, then all the others; each in exactly one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.render.columns import awaited, capacity, cure_due, days, name
from qp_cli.render.detail import facets
from qp_cli.render.notes import note_lines
from qp_cli.render.page.values import FactLink, Listing, Pair, Row
from qp_cli.render.page.words import DERIVED, paragraphs, short_date, sign
from qp_cli.render.page.workings import show_notice, show_working
from qp_cli.render.visible import visible
from qp_cli.render.wording import BASES, FACTS, state_words
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import apart, overdue, soonest, upcoming

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qp_cli.messages import Message
    from qp_cli.model.journal import Fact
    from qp_cli.render.language import Language
    from qp_cli.render.naming import Titles
    from qp_cli.render.page.values import Sign
    from qp_cli.tracking.situation import Obligation, Situation


class Desk(NamedTuple):
    """What a row is made with: the situation, the facts by id and where the page shows them, what things are called."""

    situation: Situation
    facts: Mapping[str, Fact]
    anchors: Mapping[str, str]
    language: Language
    titles: Titles


class Heading(NamedTuple):
    """What a table of obligations is called, shortly in the contents, and what is said where it is empty."""

    id: str
    title: Message
    short: Message
    empty: Message

    def listing(self, rows: tuple[Row, ...], language: Language) -> Listing:
        """The table of these rows."""
        return Listing(self.id, language.text(self.title), language.text(self.short), rows, language.text(self.empty))


LATE = Heading(
    "overdue",
    msg("Deadline passed, no fulfilment recorded"),
    msg("Overdue"),
    msg("Nothing is overdue by a date of the text."),
)
DERIVED_FROM_TERM = Heading(
    "derived",
    msg("Date derived from the term, not written in the text (counted apart)"),
    msg("Derived from the term"),
    msg("No date is derived from the term."),
)
AHEAD = Heading("upcoming", msg("Next"), msg("Next"), msg("Next: no other dated deadline ahead."))
_OTHERS = Heading("obligations", msg("Other obligations"), msg("Other obligations"), msg("No other obligation."))


def show_listings(desk: Desk) -> tuple[Listing, ...]:
    """Four tables that hold every obligation once: the first three are those of `status`."""
    owed = desk.situation.obligations
    late, derived, ahead = overdue(owed), apart(owed), upcoming(owed)
    shown = {one.id for one in (*late, *derived, *ahead)}
    others = soonest(one for one in owed if one.id not in shown)
    about = Facets(desk)
    return tuple(
        heading.listing(tuple(show_row(one, desk, about.of(one)) for one in found), desk.language)
        for heading, found in ((LATE, late), (DERIVED_FROM_TERM, derived), (AHEAD, ahead), (_OTHERS, others))
    )


class Facets:
    """What there is to say of each engagement, once for all its obligations."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._told: dict[int, tuple[Pair, ...]] = {}

    def of(self, one: Obligation) -> tuple[Pair, ...]:
        """The clause, the parties, the kind and the nature of its engagement."""
        told, language = self._told.get(id(one.engagement)), self._desk.language
        if told is None:
            pairs = facets(self._desk.situation, one.engagement, language)
            told = tuple(Pair(language.text(label), text) for label, text in pairs)
            self._told[id(one.engagement)] = told
        return told


def show_row(one: Obligation, desk: Desk, about: tuple[Pair, ...]) -> Row:
    """One obligation in full; `about` is what there is to say of its engagement."""
    situation, language = desk.situation, desk.language
    late, notice = one.standing.days_late, one.standing.notice
    return Row(
        id=visible(one.id),
        name=visible(name(one)),
        title=visible(one.engagement.title),
        clause=visible(one.engagement.clause or ""),
        debtor=capacity(one, situation.directory),
        state=_sign(one, language),
        due=short_date(one.due, language) if one.due else None,
        bound="≤" if one.due and one.deadline.waiting_for else "",
        remarks=tuple(map(language.text, _remarks(one, language))),
        standing=(*map(language.text, _standing(one, desk)), *note_lines(situation, one, language)),
        late=language.number(late) if late is not None else "",
        derived=one.derived,
        working=show_working(one.deadline, desk.titles, language),
        notice=show_notice(notice, situation.as_of, language) if notice else None,
        facets=about,
        notes=paragraphs(one.engagement.note),
        facts=tuple(_fact(each, desk) for each in one.facts),
    )


def _sign(one: Obligation, language: Language) -> Sign:
    """Its state; of one that an avenant replaced, that it did; hollow when late by a date derived from the term."""
    found = sign(one.state, language)
    if one.derived and one.state is State.OVERDUE:
        found = found._replace(mark=DERIVED)
    return found._replace(word=language.text(state_words(one)))


def _remarks(one: Obligation, language: Language) -> Iterable[Message]:
    """What its date rests on when the text does not write it, and the date it had before."""
    if one.due and one.deadline.basis is not Basis.TEXT:
        yield BASES[one.deadline.basis]
    if one.previous_due:
        yield msg("Moved by an avenant: was {day}.", day=language.short_day(one.previous_due).strip())


def _standing(one: Obligation, desk: Desk) -> Iterable[Message]:
    """What completes its state: what it waits for, how far its date is, a formal notice, when it was performed."""
    language = desk.language
    if one.deadline.waiting_for:
        yield msg("awaits {names}", names=awaited(one.deadline, desk.titles, language))
    if one.due and one.state in {State.DUE_SOON, State.UPCOMING}:
        left = (one.due - desk.situation.as_of).days
        yield msg("in {days}", days=days(left)) if left else msg("today")
    if cure := cure_due(one):
        yield msg("notice: cure by {day}", day=language.short_day(cure).strip())
    elif one.standing.notice:
        yield msg("Formal notice")
    if one.standing.fulfilled_on:
        yield msg("fulfilled on {day}", day=one.standing.fulfilled_on)


def _fact(name: str, desk: Desk) -> FactLink:
    fact = desk.facts.get(name)
    if fact is None:
        return FactLink(visible(name), "", "", "")
    language = desk.language
    day, kind = language.short_day(fact.on).strip(), language.text(FACTS[fact.kind])
    return FactLink(visible(name), f"{day} {kind}", visible(fact.note or ""), desk.anchors.get(name, ""))
