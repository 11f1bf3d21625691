"""What an event of the calendar says: neutral words, and the working of its day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.columns import debtor
from qp_cli.render.detail import cure_words, facets, standing_words, write_term, write_working
from qp_cli.render.headings import unapproved
from qp_cli.render.journal import title
from qp_cli.render.naming import titles_of
from qp_cli.render.notes import note_lines
from qp_cli.render.visible import visible
from qp_cli.render.wording import BASES, STATES
from qp_cli.render.working import write_steps
from qp_cli.tracking.agenda import Sort
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.portfolio import convention_ref
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.agenda import Entry
    from qp_cli.tracking.situation import Obligation, Situation

_TAG = re.compile("<(?=[A-Za-z/!?])")
_DONE = frozenset({State.FULFILLED, State.FULFILLED_LATE})
_SAID = frozenset({State.DISCHARGED, State.SUSPENDED, State.BREACHED})
_MARKED = frozenset({Basis.TERM, Basis.TARGET})


def summary(entry: Entry, situation: Situation, language: Language, *, several: bool) -> str:
    """One line: who owes what, and what there is to say of it; the convention, where there are several."""
    text: Message = msg("{label}: {text}", label=msg("Term of the convention"), text=situation.convention.title)
    if one := entry.obligation:
        who, what = debtor(one, situation.directory), one.engagement.title
        text = msg("{label}: {text}", label=who, text=what)
        if entry.sort is Sort.CURE:
            text = msg("{debtor}: end of the cure period (mise en demeure), {title}", debtor=who, title=what)
    if remark := _remark(entry):
        text = msg("{text} ({remark})", text=text, remark=remark)
    if several:
        text = msg("{text} – {convention}", text=text, convention=convention_ref(situation).label)
    return _plain(language.text(text))


def _remark(entry: Entry) -> Message | None:
    """What is told of a day beside whose it is; nothing of one that passed, which the description does."""
    one = entry.obligation
    if entry.sort is Sort.CURE or one is None:
        return None if entry.stands else msg("no longer running")
    if entry.gone:
        return msg("no date any more")
    if one.replaced_by:
        return msg("replaced by an avenant")
    if one.state in _DONE and one.standing.fulfilled_on:
        return msg("fulfilled on {day}", day=one.standing.fulfilled_on)
    if one.state in _SAID:
        return STATES[one.state]
    return BASES[one.deadline.basis] if one.deadline.basis in _MARKED else None


def describe(entry: Entry, situation: Situation, language: Language) -> str:
    """The clause, who owes and to whom, where it stands at the day looked at, and how the day was reached."""
    lines = [language.text(msg("On {day}", day=language.full_day(situation.as_of)))]
    if not situation.approved:
        lines.append(language.text(unapproved(situation)))
    if entry.gone:
        lines.append(language.text(_gone(entry)))
    if one := entry.obligation:
        lines += _obligation(entry, one, situation, language)
        lines += ["", one.id]
    elif not entry.gone:
        lines += [*write_term(situation, language).splitlines(), ""]
    lines.append(title(situation))
    return _plain("\n".join(lines))


def _obligation(entry: Entry, one: Obligation, situation: Situation, language: Language) -> Iterator[str]:
    titles = titles_of(situation.convention)
    if not entry.gone:
        yield standing_words(one, titles, language)
        yield from note_lines(situation, one, language)
    yield ""
    for label, text in facets(situation, one.engagement, language):
        yield language.text(msg("{label}: {text}", label=label, text=text))
    if one.engagement.note:
        yield from ("", visible(one.engagement.note))
    yield ""
    if entry.sort is Sort.OBLIGATION:
        yield from write_working(one.deadline, titles, language)
        return
    if notice := one.standing.notice:
        yield language.text(msg("given on {day} [{fact}]", day=notice.on, fact=notice.fact))
        yield cure_words(notice, situation.as_of, language)
    yield language.text(msg("Working of {day}", day=language.full_day(entry.day)))
    yield from write_steps(entry.deadline.steps, language)


def _gone(entry: Entry) -> Message:
    if entry.sort is Sort.CURE:
        return msg("The cure period no longer runs: performance was recorded, or what opened it was cancelled.")
    return msg("No date any more: what gave it one was cancelled or replaced. This was the last one.")


def categories(entry: Entry, situation: Situation, language: Language) -> list[str]:
    """What a calendar can colour or filter by: the legal persons that owe, and the convention."""
    one, directory = entry.obligation, situation.directory
    if one is None:
        return [language.text(msg("Term of the convention")), visible(convention_ref(situation).label)]
    people = dict.fromkeys(directory.legal_person(party) for party in one.debtor.parties)
    return [visible(each) for each in (*map(directory.label, people), convention_ref(situation).label)]


def _plain(text: str) -> str:
    """The same text, in which no program that shows descriptions as a page, as Google's does, finds a tag."""
    return _TAG.sub("‹", text)
