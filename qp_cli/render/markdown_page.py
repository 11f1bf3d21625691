"""Obligations as a page of Markdown, for a merge request or a wiki."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.chosen_words import only_words
from qp_cli.render.counts import status_markdown
from qp_cli.render.formats import escape_markdown, to_markdown
from qp_cli.render.grid import headings, legend, texts
from qp_cli.render.history import title
from qp_cli.render.listing import unapproved, unsigned
from qp_cli.render.naming import titles_of
from qp_cli.render.status import term_words
from qp_cli.tracking.selection import Choice
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import apart, overdue, upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.situation import Obligation, Situation

_OVER = frozenset({State.FULFILLED, State.FULFILLED_LATE, State.DISCHARGED, State.EXPIRED})


def markdown_page(
    dossiers: Iterable[Dossier],
    chosen: Callable[[Dossier], Sequence[Obligation]],
    language: Language,
    choice: Choice,
    absences: Callable[[], Iterable[Message]] = tuple,
) -> str:
    """For each convention: the day, its term, counts per party, what is overdue, what comes next, then everything.

    The counts are of what is chosen, and the page says so, and what `choice` narrowed it to; where states were asked
    for, it says nothing of what is in others, and where days were, nothing of what is over. Each dossier is used once,
    as it comes, and not kept; `absences`, asked for then, say what the page lacks, above everything.
    """
    pages = [
        "\n\n".join(_blocks(each.situation, _still_due(chosen(each), choice), language, choice)) for each in dossiers
    ]
    lacks = [escape_markdown(language.text(each)) for each in absences()]
    return "\n\n".join([*lacks, *pages]) + "\n"


def _still_due(chosen: Sequence[Obligation], choice: Choice) -> Sequence[Obligation]:
    """What a page of what becomes due is about: nothing that is over, unless that very state is asked for."""
    if _is_of_what_is_due(choice):
        return [one for one in chosen if one.state not in _OVER]
    return chosen


def _is_of_what_is_due(choice: Choice) -> bool:
    return choice.until is not None and not choice.states


def _blocks(situation: Situation, chosen: Sequence[Obligation], language: Language, choice: Choice) -> Iterator[str]:
    yield f"# {escape_markdown(title(situation))}"
    for line in _opening(situation, chosen, language, choice):
        yield escape_markdown(line)
    if not chosen:
        return
    if choice != Choice():
        yield escape_markdown(language.text(msg("Among these obligations:")))
    yield status_markdown(situation._replace(obligations=tuple(chosen)), language).rstrip("\n")
    parts = (
        (msg("Deadline passed, no fulfilment recorded"), overdue(chosen)),
        (msg("Date derived from the term, not written in the text (counted apart)"), apart(chosen)),
        (msg("Next"), upcoming(chosen)),
        (msg("Obligations"), chosen),
    )
    for heading, found in parts:
        if found:
            yield f"## {escape_markdown(language.text(heading))}"
            yield _table(situation, found, language)
    for line in legend(chosen, language):
        yield escape_markdown(line)


def _opening(situation: Situation, chosen: Sequence[Obligation], language: Language, choice: Choice) -> Iterator[str]:
    """The paragraphs before the tables: the day, the term, what was chosen, and what there is none of."""
    yield language.text(msg("On {day}", day=language.full_day(situation.as_of)))
    yield from map(language.text, unsigned(situation))
    if not situation.approved:
        yield language.text(unapproved(situation))
    yield " ".join(_term(situation, language))
    if only := only_words(situation, choice, language):
        yield only
    if until := choice.until:
        due = language.text(msg("Due by {day} or earlier.", day=language.full_day(until)))
        over = language.text(msg("What is fulfilled, discharged or expired is left out."))
        yield f"{due} {over}" if _is_of_what_is_due(choice) else due
        if not upcoming(chosen) and not any(one.due and one.due >= situation.as_of for one in apart(chosen)):
            yield language.text(msg("Nothing becomes due by {day}.", day=language.full_day(until)))
    elif not chosen:
        yield language.text(msg("No obligation matches."))
    if chosen and not choice.states and not overdue(chosen):
        yield language.text(msg("Nothing is overdue by a date of the text."))


def _term(situation: Situation, language: Language) -> list[str]:
    """The term's day, then what there is to say of it."""
    said = term_words(situation, language)
    term, declared = situation.term, situation.convention.term
    if term and term.due and declared and situation.start.day:
        clause = declared.clause or declared.title or "terme"
        return [language.text(msg("Term ({clause}): {day}", clause=clause, day=term.due)) + ".", *said]
    return said


def _table(situation: Situation, obligations: Sequence[Obligation], language: Language) -> str:
    titles = titles_of(situation.convention)
    rows = [texts(one, situation, titles, language) for one in obligations]
    return to_markdown(headings(language, wide=True), rows).rstrip("\n")
