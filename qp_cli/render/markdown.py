"""Obligations as a page of Markdown, for a merge request or a wiki."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from qp_cli.app.answers import ask_about, chosen_of, counts_of
from qp_cli.messages import msg
from qp_cli.render.columns import legend
from qp_cli.render.counts import write_status
from qp_cli.render.formats import escape_markdown
from qp_cli.render.headings import unapproved, unsigned
from qp_cli.render.journal import title
from qp_cli.render.lists import write_list
from qp_cli.render.naming import only_words
from qp_cli.render.status import term_named, term_words
from qp_cli.tracking.filters import Choice
from qp_cli.tracking.summary import apart, overdue_ones, upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.situation import Obligation, Situation


def markdown_page(
    ledgers: Iterable[Ledger],
    chosen: Callable[[Ledger], Sequence[Obligation]],
    language: Language,
    choice: Choice,
    absences: Callable[[], Iterable[Message]] = tuple,
) -> str:
    """For each convention: the day, its term, counts per party, what is overdue, what comes next, then everything.

    The counts are of what is chosen, and the page says so, and what `choice` narrowed it to; where states were asked
    for, it says nothing of what is in others. Each ledger is used once, as it comes, and not kept; `absences`, asked
    for then, say what the page lacks, above everything.
    """
    pages = (convention_markdown(each.situation, chosen(each), language, choice) for each in ledgers)
    return "".join(markdown_pieces(pages, language, absences))


def convention_markdown(situation: Situation, chosen: Sequence[Obligation], language: Language, choice: Choice) -> str:
    """What such a page has of one convention."""
    return "\n\n".join(_blocks(situation, chosen, language, choice))


def markdown_pieces(
    pages: Iterable[str], language: Language, absences: Callable[[], Iterable[Message]] = tuple
) -> Iterator[str]:
    """The page in pieces, below what it lacks; `pages` is what it has of each convention, when its turn comes."""
    between = ""
    for each in chain((escape_markdown(language.text(lack)) for lack in absences()), pages):
        yield f"{between}{each}"
        between = "\n\n"
    yield "\n"


def _blocks(situation: Situation, chosen: Sequence[Obligation], language: Language, choice: Choice) -> Iterator[str]:
    yield f"# {escape_markdown(title(situation))}"
    for line in _opening(situation, chosen, language, choice):
        yield escape_markdown(line)
    if not chosen:
        return
    if choice != Choice():
        yield escape_markdown(language.text(msg("Among these obligations:")))
    yield write_status(counts_of(ask_about(situation._replace(obligations=tuple(chosen)))), "md", language).rstrip("\n")
    parts = (
        (msg("Deadline passed, no fulfilment recorded"), overdue_ones(chosen)),
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
        yield " ".join(map(language.text, _due_by(language.full_day(until), choice)))
        if not upcoming(chosen) and not any(one.due and one.due >= situation.as_of for one in apart(chosen)):
            yield language.text(msg("Nothing becomes due by {day}.", day=language.full_day(until)))
    elif not chosen:
        yield language.text(msg("No obligation matches."))
    if chosen and not choice.states and not overdue_ones(chosen):
        yield language.text(msg("Nothing is overdue by a date of the text."))


def _due_by(day: str, choice: Choice) -> Iterator[Message]:
    """What days were asked for; which states that leaves out, unless states were asked for too."""
    if choice.states:
        yield msg("Due by {day} or earlier.", day=day)
        return
    yield msg("What is overdue, and what falls due by {day}.", day=day)
    yield msg("What is fulfilled, discharged, expired or recorded as breached is left out; so are closed options.")


def _term(situation: Situation, language: Language) -> list[str]:
    """The term's day, then what there is to say of it."""
    said = term_words(situation, language)
    term, declared = situation.term, situation.convention.term
    if term and term.due and declared and situation.start.day:
        clause = declared.clause or declared.title or "terme"
        return [language.text(msg("{term}: {day}.", term=term_named(clause), day=term.due)), *said]
    return said


def _table(situation: Situation, obligations: Sequence[Obligation], language: Language) -> str:
    return write_list(chosen_of(situation, obligations), None, "md", language).rstrip("\n")
