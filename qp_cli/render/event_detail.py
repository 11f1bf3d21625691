"""One event in full: its clause, its day with the working, the facts that say it happened, and what counts from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.model.kinds import TERM
from qp_cli.render.date_working import step_records
from qp_cli.render.detail import none_recorded, standing_words, write_working
from qp_cli.render.formats import SCHEMA
from qp_cli.render.headings import unapproved
from qp_cli.render.naming import titles_of
from qp_cli.render.visible import visible
from qp_cli.render.wording import FACTS
from qp_cli.tracking.deadlines import Deadline
from qp_cli.tracking.journal import facts_in_force
from qp_cli.tracking.references import named_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.model.convention import Event
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Fact, Occurred
    from qp_cli.render.language import Language
    from qp_cli.tracking.situation import Situation


def write_event(situation: Situation, event: Event, facts: Sequence[Fact], language: Language, again: str = "") -> str:
    """What the event is, its day and how it was reached, what was recorded of it, and what counts from it.

    `again` ends what to type next.
    """
    happened, titles = _happened(situation, event, facts), titles_of(situation.convention)
    lines = [visible(event.title), event.id, "", _pair(msg("Clause"), visible(event.clause or "–"), language)]
    if event.note:
        lines += ["", visible(event.note)]
    lines += ["", language.text(msg("On {day}", day=language.full_day(situation.as_of)))]
    if not situation.approved:
        lines.append(f"  {language.text(unapproved(situation))}")
    day = _day(situation, event, happened)
    if event.when:
        lines += ["", *write_working(day, titles, language)]
    elif event.repeats:
        lines += ["", language.text(msg("It can happen several times."))]
    elif day.due:
        lines += ["", _pair(msg("Day"), language.full_day(day.due), language)]
    else:
        lines += ["", language.text(msg("No date yet: no fact says that it happened."))]
    lines += ["", language.text(msg("What counts from it")), *_counting_from(situation, event, language)]
    if not event.when:
        lines += ["", language.text(msg("Facts"))]
        said = [f"  {language.short_day(fact.on)}  {language.text(FACTS[fact.kind])} [{fact.id}]" for fact in happened]
        lines += said or none_recorded([event.id], facts, situation.as_of, language, again)
    return "\n".join(lines) + "\n"


def event_record(situation: Situation, event: Event, facts: Sequence[Fact], language: Language) -> dict[str, object]:
    """The event with the steps of its day, and the ids of what counts from it."""
    happened = _happened(situation, event, facts)
    day = _day(situation, event, happened)
    convention = situation.convention
    return {
        "schema": SCHEMA,
        "as_of": situation.as_of.isoformat(),
        "engagement": None,
        "event": event.id,
        "title": event.title,
        "clause": event.clause,
        "note": event.note,
        "day": day.due.isoformat() if day.due else None,
        "waiting_for": list(day.waiting_for),
        "steps": step_records(day.steps, language),
        "facts": [fact.id for fact in happened],
        "counted_from": {
            "term": _dates_term(situation, event),
            "events": [each.id for each in convention.events if _counts_from(each.when, event)],
            "engagements": list(_engagements(situation, event)),
        },
    }


def _happened(situation: Situation, event: Event, facts: Sequence[Fact]) -> list[Occurred]:
    return facts_in_force(facts, situation.as_of).happenings.get(event.id, [])


def _day(situation: Situation, event: Event, happened: Sequence[Occurred]) -> Deadline:
    """The day of an event, with its working where it follows from others; of one that repeats, none."""
    for each in situation.computed_events:
        if each.name == event.id:
            return Deadline(each.day, waiting_for=each.waiting_for, steps=each.working.steps if each.working else ())
    day = event.date_ or next((fact.on for fact in happened if not event.repeats), None)
    return Deadline(day, waiting_for=() if day else (event.id,))


def _counting_from(situation: Situation, event: Event, language: Language) -> list[str]:
    """The term, other events and the obligations whose own date names it, each where it stands."""
    convention, titles = situation.convention, titles_of(situation.convention)
    following = {each.id for each in convention.events if _counts_from(each.when, event)}
    names = set(_engagements(situation, event))
    found: list[tuple[str, str]] = []
    if _dates_term(situation, event):
        found.append((TERM, _day_words(situation.term.due if situation.term else None, language)))
    found += [(one.name, _day_words(one.day, language)) for one in situation.computed_events if one.name in following]
    found += [
        (visible(one.id), standing_words(one, titles, language))
        for one in situation.obligations
        if one.engagement.id in names
    ]
    said = [f"  {_pair(name, text, language)}" for name, text in found]
    return said or [f"  {language.text(msg('nothing by itself'))}"]


def _dates_term(situation: Situation, event: Event) -> bool:
    term = situation.convention.term
    return term is not None and _counts_from(term.due, event)


def _day_words(day: date | None, language: Language) -> str:
    return language.full_day(day) if day else language.text(msg("no date yet"))


def _engagements(situation: Situation, event: Event) -> Iterator[str]:
    """The engagements whose date, or request, names an event."""
    for one in situation.convention.engagements:
        if one.trigger == event.id or _counts_from(one.due, event):
            yield one.id


def _counts_from(due: Due | None, event: Event) -> bool:
    return due is not None and any(name == event.id for _, name in named_in(due))


def _pair(label: Message | str, text: str, language: Language) -> str:
    return language.text(msg("{label}: {text}", label=label, text=text))
