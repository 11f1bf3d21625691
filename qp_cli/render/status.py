"""The one screen: the convention, how far its term has run, who stands where, what is overdue and what comes next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.grid import awaited, days, debtor, due, name
from qp_cli.render.listing import heading, unsigned
from qp_cli.render.naming import titles_of
from qp_cli.render.notes import note_lines
from qp_cli.render.parts import indented, styled, table
from qp_cli.render.visible import visible
from qp_cli.render.wording import COLUMNS, counted, tallied
from qp_cli.tracking.states import Note, State
from qp_cli.tracking.summary import Column, apart, column, due_by_the_term, is_apart, national, overdue, rows, upcoming

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.parts import Line, Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.deadlines import Reading
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.summary import Row

_LINES = 5
_GAUGE = 30
_WIDTH = 80
_ZERO = "·"


def draw_status(situation: Situation, screen: Screen, language: Language) -> str:
    """The status of one convention, within 80 columns and 24 lines for the shipped one."""
    parts: list[Part] = [heading(situation, language, *unsigned(situation)), *_term(situation, screen, language), ""]
    parts.append(_people(situation, language))
    parts += _others(situation, language)
    parts += ["", *_late(situation, language), *_derived(situation, language), *_next(situation, language)]
    parts += _reported(situation, language)
    return screen.draw(*parts)


def _term(situation: Situation, screen: Screen, language: Language) -> list[Part]:
    """The gauge, what it means in words, and the term's other reading."""
    words = term_words(situation, language)
    term, start = situation.term, situation.start.day
    if term is None or term.due is None or start is None:
        return [*words]
    text = msg(
        "{start} {gauge} {end}  term, {clause}",
        start=language.short_day(start).strip(),
        gauge=_gauge(start, term.due, situation.as_of, screen),
        end=language.short_day(term.due).strip(),
        clause=_term_clause(situation),
    )
    return [styled(language.text(text), "cyan"), *_packed(words)]


def _packed(sentences: Sequence[str]) -> list[str]:
    """Sentences on as few lines as hold them, none cut."""
    lines: list[str] = []
    for each in sentences:
        if lines and len(lines[-1]) + 1 + len(each) <= _WIDTH:
            lines[-1] = f"{lines[-1]} {each}"
        else:
            lines.append(each)
    return lines


def term_words(situation: Situation, language: Language) -> list[str]:
    """The term in sentences: how far it has run, its other readings, what moved it; or why it has no gauge."""
    term, start, as_of = situation.term, situation.start.day, situation.as_of
    if term is None:
        return [language.text(msg("The text sets no term."))]
    clause = _term_clause(situation)
    if term.due is None:
        names = awaited(term, titles_of(situation.convention), language)
        return [language.text(msg("Term ({clause}): no date yet, awaits {names}", clause=clause, names=names))]
    if start is None:
        return [language.text(msg("Term ({clause}): {day}", clause=clause, day=term.due))]
    said = [_run(start, term.due, as_of)]
    if (found := due_by_the_term(situation)) is not None:
        said.append(_falling_due(len(found)))
    said += [_other(reading, term.due, as_of, language) for reading in term.readings]
    if situation.previous_term:
        said.append(msg("Moved by an avenant: was {day}.", day=language.full_day(situation.previous_term)))
    return [language.text(each) for each in said]


def _term_clause(situation: Situation) -> str:
    declared = situation.convention.term
    return visible(declared.clause or "") if declared else ""


def _falling_due(count: int) -> Message:
    if not count:
        return msg("Nothing else falls due by the term.")
    return msgs("{count} obligation falls due by the term.", "{count} obligations fall due by the term.", count=count)


def _other(reading: Reading, term: date, as_of: date, language: Language) -> Message:
    """Another reading of the term: the advice to act by it while it is ahead; between the two, that it has ended."""
    day, regime = language.full_day(reading.day), reading.regime.label
    if as_of <= reading.day:
        return msg("Other reading: {day} ({regime}). Prudent: act by then.", day=day, regime=regime)
    if as_of > term:
        return msg("Other reading: {day} ({regime}).", day=day, regime=regime)
    if (as_of - reading.day).days == 1:
        return msg("By the other reading ({regime}), the convention ended the day before.", regime=regime)
    return msg("By the other reading ({regime}), the convention ended on {day}.", regime=regime, day=day)


def _gauge(start: date, end: date, as_of: date, screen: Screen) -> str:
    """A bar filled as far as the term has run."""
    full = round(share_run(start, end, as_of) * _GAUGE)
    filled, empty = ("━", "─") if screen.unicode else ("#", "-")
    return filled * full + empty * (_GAUGE - full)


def share_run(start: date, end: date, as_of: date) -> float:
    """How much of a term has run, from 0 to 1."""
    return min(max((as_of - start).days / max((end - start).days, 1), 0.0), 1.0)


def _run(start: date, end: date, as_of: date) -> Message:
    left = (end - as_of).days
    if left < 0:
        return msgs("Term passed {count} day ago.", "Term passed {count} days ago.", count=-left)
    if as_of < start:
        gap = (start - as_of).days
        return msgs("Starts in {count} day.", "Starts in {count} days.", count=gap)
    if left == 0:
        return msg("The term still runs: this is its last day.")
    return msgs("The term still runs: {count} day left.", "The term still runs: {count} days left.", count=left)


def _people(situation: Situation, language: Language) -> Part:
    """A row per legal person; every obligation is in exactly one column."""
    columns = list(Column)
    drawn = table(
        [language.text(msg("Party")), *(language.text(COLUMNS[each]) for each in columns)],
        numbers=range(1, len(columns) + 1),
    )
    for row in rows(situation):
        label = visible(situation.directory.label(row.party))
        drawn.add_row(styled(label), *(_count(row, each) for each in columns))
    return drawn


def _count(row: Row, each: Column) -> Line:
    number = row.counts[each]
    alarming = each is Column.OVERDUE and number
    return styled(str(number) if number else _ZERO, "bold red" if alarming else "" if number else "dim")


def _others(situation: Situation, language: Language) -> list[Part]:
    words = other_words(situation, language)
    return [styled(words, "dim")] if words else []


def other_words(situation: Situation, language: Language) -> str:
    """What the last column of the counts holds; nothing where all it holds is shown apart."""
    found = [one for one in situation.obligations if column(one) is Column.OTHER]
    if all(map(is_apart, found)):
        return ""
    return language.text(msg("Other: {list}", list=", ".join(map(language.text, tallied(found)))))


def _late(situation: Situation, language: Language) -> list[Part]:
    found = overdue(situation.obligations)
    if not found:
        return [styled(language.text(msg("Nothing is overdue by a date of the text.")), "green")]
    title = language.text(msg("Deadline passed, no fulfilment recorded"))
    return [styled(title, "bold red"), *_lines(situation, found, language)]


def _derived(situation: Situation, language: Language) -> list[Part]:
    found = apart(situation.obligations)
    if not found:
        return []
    title = language.text(msg("Date derived from the term, not written in the text (counted apart)"))
    return [styled(title, "bold"), *_lines(situation, found, language)]


def _next(situation: Situation, language: Language) -> list[Part]:
    found = upcoming(situation.obligations)
    if not found:
        ahead = any(one.state is not State.OVERDUE for one in apart(situation.obligations))
        return [] if ahead else [styled(language.text(msg("Next: no other dated deadline ahead.")), "dim")]
    return [styled(language.text(msg("Next")), "bold"), *_lines(situation, found, language)]


def _lines(situation: Situation, found: Sequence[Obligation], language: Language) -> list[Part]:
    """At the most five obligations, and how many more there are; those past their date say since when."""
    drawn = table(["", "", "", ""], whole=[0, 1])
    shown = found[:_LINES]
    for one in shown:
        drawn.add_row(
            styled(f"  {due(one, language)}"),
            styled(name(one), "bold"),
            styled(debtor(one, situation.directory)),
            styled(_clause(one, situation.as_of, language)),
        )
        if shown[1:] and not one.derived and (since := _since(one, situation.as_of, language)):
            drawn.add_row("", styled(since, "dim"), "", "")
    parts: list[Part] = [drawn, *(indented(line, "dim") for line in _below(situation, shown, language))]
    if len(found) > _LINES:
        more = msgs(
            "  … and {count} more: qp deadlines", "  … and {count} more: qp deadlines", count=len(found) - _LINES
        )
        parts.append(language.text(more))
    return parts


def _below(situation: Situation, shown: Sequence[Obligation], language: Language) -> list[str]:
    """Since when, and what there is to know of each: on one line of the only one, else by its name.

    Before the approval, the heading has said of every date that it is earlier. A date derived from the term is one for
    all, and so is since when.
    """
    told = frozenset() if situation.approved else frozenset({Note.BEFORE_APPROVAL})
    notes = {name(one): note_lines(situation, one, language, without=told) for one in shown}
    alone = not shown[1:]
    sinces = (_since(one, situation.as_of, language) for one in shown if alone or one.derived)
    said = list(dict.fromkeys(filter(None, sinces)))
    if alone:
        said += [note for each in notes.values() for note in each]
        return [language.joined(said)] if said else []
    named = ((label, language.joined(each)) for label, each in notes.items() if each)
    return said + [language.text(msg("{label}: {text}", label=label, text=text)) for label, text in named]


def _since(one: Obligation, as_of: date, language: Language) -> str:
    """Since when a date is passed; nothing while it is not."""
    if one.due is None or one.due >= as_of:
        return ""
    first = language.short_day(one.due + timedelta(days=1)).strip()
    return language.text(msg("since {day}: {days}", day=first, days=days((as_of - one.due).days)))


def _clause(one: Obligation, as_of: date, language: Language) -> str:
    """The clause, and in how long a date of the text comes."""
    clause = visible(one.engagement.clause or "")
    if one.due is None or one.derived or one.due < as_of:
        return clause
    left = (one.due - as_of).days
    ahead = language.text(msg("in {days}", days=days(left)) if left else msg("today"))
    return f"{clause}, {ahead}" if clause else ahead


def _reported(situation: Situation, language: Language) -> list[Part]:
    return [styled(line, "dim") for line in national_words(situation, language)]


def national_words(situation: Situation, language: Language) -> list[str]:
    """The engagements made at national level, apart, with the state they are in."""
    counts: dict[State, dict[str, int]] = {}
    for one in national(situation.obligations):
        named = counts.setdefault(one.state, {})
        named[one.engagement.id] = named.get(one.engagement.id, 0) + 1
    lines = []
    for state, named in counts.items():
        total = counted(state, sum(named.values()))
        text = msg("At national level, {count}: {names}", count=total, names=", ".join(named))
        lines.append(language.text(text))
    return lines
