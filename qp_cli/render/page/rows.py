"""Obligations on the page: late, derived from the term, ahead, then all the others; each in exactly one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.render.detail import facets
from qp_cli.render.grid import awaited, capacity, cure_due, days, name
from qp_cli.render.page.values import FactLink, Listing, Pair, Row
from qp_cli.render.page.words import DERIVED, paragraphs, short_date, sign
from qp_cli.render.page.workings import show_notice, show_working
from qp_cli.render.visible import visible
from qp_cli.render.wording import BASES, FACTS
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import apart, overdue, soonest, upcoming

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qp_cli.messages import Message
    from qp_cli.model.journal import Fact
    from qp_cli.render.language import Language
    from qp_cli.render.page.values import Sign
    from qp_cli.tracking.situation import Obligation, Situation


class Desk(NamedTuple):
    """What a row is made with: the situation, the facts by id, and where the page shows each of them."""

    situation: Situation
    facts: Mapping[str, Fact]
    anchors: Mapping[str, str]
    language: Language


def show_listings(desk: Desk) -> tuple[Listing, ...]:
    """Four tables that hold every obligation once: the first three are those of `status`."""
    owed = desk.situation.obligations
    late, derived, ahead = overdue(owed), apart(owed), upcoming(owed)
    shown = {one.id for one in (*late, *derived, *ahead)}
    others = soonest(one for one in owed if one.id not in shown)
    tables = (
        ("overdue", _LATE, msg("Overdue"), late, msg("Nothing is overdue by a date of the text.")),
        ("derived", _DERIVED, msg("Derived from the term"), derived, msg("No date is derived from the term.")),
        ("upcoming", msg("Next"), msg("Next"), ahead, msg("Next: no other dated deadline ahead.")),
        ("obligations", _OTHERS, _OTHERS, others, msg("No other obligation.")),
    )
    about = _Facets(desk)
    text = desk.language.text
    return tuple(
        Listing(table, text(title), text(short), tuple(_row(one, desk, about.of(one)) for one in found), text(empty))
        for table, title, short, found, empty in tables
    )


_LATE = msg("Deadline passed, no fulfilment recorded")
_DERIVED = msg("Date derived from the term, not written in the text (counted apart)")
_OTHERS = msg("Other obligations")


class _Facets:
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


def _row(one: Obligation, desk: Desk, about: tuple[Pair, ...]) -> Row:
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
        standing=tuple(map(language.text, _standing(one, desk))),
        late=language.number(late) if late is not None else "",
        derived=one.derived,
        working=show_working(one.deadline, language),
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
    return found._replace(word=language.text(msg("replaced by an avenant"))) if one.replaced_by else found


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
        yield msg("awaits {names}", names=awaited(one.deadline, language))
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
