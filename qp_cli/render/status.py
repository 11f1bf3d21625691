"""The one screen: the convention and its term, or several; who stands where, what is overdue and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import awaited, bases, explained
from qp_cli.render.counts import is_too_wide, names_beside_or_above, on_status_screen
from qp_cli.render.formats import write_table
from qp_cli.render.headings import HEADINGS, heading, missing, named_apart, signed
from qp_cli.render.layout import indented, styled
from qp_cli.render.naming import titles_of
from qp_cli.render.renewals import later_ends, next_expiry, without_end
from qp_cli.render.soonest import draw_soonest, next_step
from qp_cli.render.term_standing import other_reading, run_words, share_run
from qp_cli.render.visible import visible
from qp_cli.render.wording import SET_BY_TERMINATION, moved_sentence, numbers_in_words, passed_by_term, tallied
from qp_cli.render.wording import counted as so_many
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.portfolio import Grouping
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import (
    DERIVED_FROM_TERM,
    StateColumn,
    StateNumbers,
    apart,
    column,
    due_by_the_term,
    national,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qp_cli.app.answers import Counted
    from qp_cli.messages import Message
    from qp_cli.render.formats import Column
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Part, Table
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.portfolio import Tally
    from qp_cli.tracking.situation import Situation
    from qp_cli.tracking.survey import Overview

MOST_IN_STATUS = 40
"""Rows of a table on the screen; machine formats hold every one."""
_GAUGE = 30
_SHORTEST_GAUGE = 6
"""Columns of the term's bar, and on the narrowest screens."""
_WIDTH = 80


def draw_status(counted: Counted, screen: Screen, language: Language, again: str = "", named: str = "") -> str:
    """The status of one convention, within 80 columns and 24 lines for the shipped one; or of several together.

    Last stands what to type next; `again` is what was typed to this answer that it needs too, `named` the conventions.
    """
    only, found = counted.only, counted.overview
    parts = _opening(only, screen, language) if only else _opening_of_several(counted, language)
    is_long = bool(found.derived.count and (found.overdue.count or found.upcoming.count))
    others = _others(counted, language)
    parts += ["", *_tables(counted, screen, language), *others, *([] if others and is_long else [""])]
    more = f"{named}{again}"
    parts += [*_late(found, only, more, screen, language), *_derived(found, only, more, screen, language)]
    parts += [*_next(found, only, more, screen, language), *_marks(found, language)]
    parts += next_step(found, only, more if only else again, screen, language)
    return screen.draw(*parts)


def _opening(situation: Situation, screen: Screen, language: Language) -> list[Part]:
    return [heading(situation, language, *signed(situation)), *_term(situation, screen, language)]


def _opening_of_several(counted: Counted, language: Language) -> list[Part]:
    found = counted.overview
    count = msgs("{count} convention", "{count} conventions", count=len(found.conventions))
    on = msg("On {day}", day=language.full_day(found.as_of))
    return [
        styled(language.text(count), "bold"),
        language.text(on),
        *missing(counted.asked.absences(), language),
    ]


def _term(situation: Situation, screen: Screen, language: Language) -> list[Part]:
    """The gauge, what it means in words, and the term's other reading."""
    words = term_words(situation, language)
    term, start = situation.term, situation.start.day
    if term is None or term.due is None or start is None:
        return [*words]
    text = msg(
        "{start} {gauge} {end}  {term}",
        start=language.short_day(start).strip(),
        gauge="",
        end=language.short_day(term.due).strip(),
        term=msg("term, {clause}", clause=clause) if (clause := _term_clause(situation)) else msg("term"),
    )
    room = min(max(screen.width - len(language.text(text)), _SHORTEST_GAUGE), _GAUGE)
    drawn = text._replace(parts={**text.parts, "gauge": _gauge(share_run(situation, start, term.due), screen, room)})
    return [styled(language.text(drawn), "cyan"), *_packed(words, screen)]


def _packed(sentences: Sequence[str], screen: Screen) -> list[str]:
    """Sentences on as few lines as hold them, none cut."""
    width = min(screen.width, _WIDTH)
    lines: list[str] = []
    for each in sentences:
        if lines and len(lines[-1]) + 1 + len(each) <= width:
            lines[-1] = f"{lines[-1]} {each}"
        else:
            lines.append(each)
    return lines


def term_words(situation: Situation, language: Language) -> list[str]:
    """The term in sentences: how far it has run, its other readings, what moved it; or why it has no gauge."""
    term, start = situation.term, situation.start.day
    if term is None:
        return [language.text(msg("The text sets no term."))]
    named = term_named(_term_clause(situation))
    if term.due is None and situation.convention.term and situation.convention.term.open_ended:
        return [language.text(msg("{term}: {text}", term=named, text=without_end(situation, language)))]
    if term.due is None:
        names = awaited(term, titles_of(situation.convention), language)
        return [language.text(msg("{term}: no date yet, awaits {names}", term=named, names=names))]
    if start is None:
        said = [msg("{term}: {day}", term=named, day=term.due)]
    else:
        said = [run_words(situation, start, term.due)]
        if (found := due_by_the_term(situation)) is not None:
            said.append(_falling_due(len(found)))
    said += [other_reading(reading, situation, term.due, language) for reading in term.readings]
    if situation.previous_term:
        said.append(moved_sentence(language.full_day(situation.previous_term), situation.term_moved_how))
    elif term.basis is Basis.TERMINATION:
        said.append(SET_BY_TERMINATION)
    if situation.renewals and (coming := situation.renewals.coming):
        said += [next_expiry(coming, situation, language), *later_ends(situation.renewals, language)]
    return [language.text(each) for each in said]


def term_in_brief(situation: Situation, language: Language, clause: str) -> str:
    """The term in a line: its date and clause as shown, how far it has run, other readings, its coming renewal."""
    term, start = situation.term, situation.start.day
    if term is None or term.due is None or start is None:
        return term_words(situation, language)[0]
    dated = msg("{term}: {day}.", term=term_named(clause), day=term.due)
    said = [dated, run_words(situation, start, term.due)]
    said += [other_reading(reading, situation, term.due, language) for reading in term.readings]
    if situation.renewals and (coming := situation.renewals.coming):
        said.append(next_expiry(coming, situation, language))
    return " ".join(map(language.text, said))


def term_named(clause: str) -> Message:
    """The term, with its clause where one is cited."""
    return msg("Term ({clause})", clause=clause) if clause else msg("Term")


def _term_clause(situation: Situation) -> str:
    declared = situation.convention.term
    return visible(declared.clause or "") if declared else ""


def _falling_due(count: int) -> Message:
    if not count:
        return msg("Nothing else falls due by the term.")
    return msgs("{count} obligation falls due by the term.", "{count} obligations fall due by the term.", count=count)


def _gauge(share: float, screen: Screen, length: int) -> str:
    """A bar of so many columns, filled as far as the term has run."""
    full = round(share * length)
    filled, empty = ("━", "─") if screen.unicode else ("#", "-")
    return filled * full + empty * (length - full)


def _tables(counted: Counted, screen: Screen, language: Language) -> list[Part]:
    """A row per legal person of one convention, or per group; every obligation is in exactly one column."""
    tallies, found = counted.tallies, counted.overview
    title = HEADINGS[counted.grouping]
    if not counted.is_by_convention:
        drawn = _tallies(title, tallies, screen, language, None if counted.only else MOST_IN_STATUS)
        by_party = counted.grouping is Grouping.PARTY and not counted.only
        apart_of = named_apart(each.group for each in tallies) if by_party else ()
        return drawn + [styled(language.text(each), "dim") for each in apart_of]
    parts = _tallies(title, tallies, screen, language, MOST_IN_STATUS, found.total)
    if found.shared:
        parts += ["", *_tallies(msg("Across conventions"), found.shared, screen, language, MOST_IN_STATUS)]
    return parts


def _tallies(
    title: Message,
    tallies: Sequence[Tally],
    screen: Screen,
    language: Language,
    most: int | None,
    total: Tally | None = None,
) -> list[Part]:
    """A row per group; the sum of all of them last. On a narrow screen, columns with nothing in them are only named."""
    seen = [total] if total else tallies
    name, *counts = on_status_screen(seen)
    named = name._replace(heading=title)
    drawn = _table(named, counts, tallies[:most], total, language)
    parts: list[Part] = [drawn]
    if is_too_wide(drawn, screen):
        late, *others = counts
        held = [each for each in others if any(map(each.value, seen))]
        parts = names_beside_or_above(_table(named, [late, *held], tallies[:most], total, language), screen)
        if empty := ", ".join(each.head(language) for each in others if each not in held):
            parts.append(styled(language.text(msg("Empty columns: {names}", names=empty)), "dim"))
    if most and len(tallies) > most:
        more = msgs(
            "… and {count} more row: use --format csv",
            "… and {count} more rows: use --format csv",
            count=len(tallies) - most,
        )
        parts.append(language.text(more))
    return parts


def _table(
    name: Column[Tally],
    counts: Sequence[Column[Tally]],
    tallies: Sequence[Tally],
    total: Tally | None,
    language: Language,
) -> Table:
    stacks = [(name,), *((each,) for each in counts)]
    drawn = write_table(stacks, tallies, language, numbers=range(1, len(stacks)))
    if total:
        summed = styled(language.text(msg("Total")), "bold")
        drawn.add_row(summed, *(each.cell(total, language) for each in counts))
    return drawn


def _others(counted: Counted, language: Language) -> list[Part]:
    beside = counted.overview.beside
    said = (_in_column(which, beside.get(which, StateNumbers()), language) for which in _IN_COLUMN)
    return [styled(words, "dim") for words in said if words]


def other_words(situation: Situation, language: Language) -> str:
    """What the column of the others holds; nothing where it holds nothing."""
    return _of_column(StateColumn.OTHER, situation, language)


def option_words(situation: Situation, language: Language) -> str:
    """Where the options stand that the column of options counts; nothing where there is none."""
    return _of_column(StateColumn.OPTIONS, situation, language)


def _of_column(which: StateColumn, situation: Situation, language: Language) -> str:
    numbers = StateNumbers(one for one in situation.obligations if column(one) is which)
    return _in_column(which, numbers, language)


_IN_COLUMN = {StateColumn.OTHER: msg("Other: {list}"), StateColumn.OPTIONS: msg("Options: {list}")}
"""How the columns are told that the headings alone do not explain."""


def _in_column(which: StateColumn, numbers: StateNumbers, language: Language) -> str:
    found = ", ".join(map(language.text, numbers_in_words(numbers)))
    return language.text(_IN_COLUMN[which]._replace(parts={"list": found})) if found else ""


def _late(found: Overview, only: Situation | None, more: str, screen: Screen, language: Language) -> list[Part]:
    if not found.overdue.count:
        return [styled(language.text(msg("Nothing is overdue by a date of the text.")), "green")]
    title = language.text(msg("Deadline passed, no fulfilment recorded"))
    return [styled(title, "bold red"), *draw_soonest(found.overdue, only, f"qp overdue{more}", screen, language)]


def _derived(found: Overview, only: Situation | None, more: str, screen: Screen, language: Language) -> list[Part]:
    if not found.derived.count:
        return []
    title = language.text(msg("Date derived from the term, not written in the text (counted apart)"))
    command = f"qp deadlines --state {DERIVED_FROM_TERM}{more}"
    parts = [styled(title, "bold"), *draw_soonest(found.derived, only, command, screen, language)]
    beside = found.beside.get(StateColumn.OTHER)
    if only is None and beside and beside.late_by_term:
        parts.append(indented(language.text(passed_by_term(beside.late_by_term))))
    return parts


def _marks(found: Overview, language: Language) -> list[Part]:
    """What the marks of the dates listed mean that no title and no line below them says."""
    listed = (each.obligation for some in (found.overdue, found.derived, found.upcoming) for each in some.kept)
    return [styled(each, "dim") for each in explained(bases(listed) & {Basis.TARGET}, language)]


def _next(found: Overview, only: Situation | None, more: str, screen: Screen, language: Language) -> list[Part]:
    """What comes next, then how many engagements were made at national level."""
    parts: list[Part] = []
    said = []
    if found.upcoming.count:
        parts += [
            styled(language.text(msg("Next")), "bold"),
            *draw_soonest(found.upcoming, only, f"qp deadlines{more}", screen, language),
        ]
    elif not (only and any(one.state is not State.OVERDUE for one in apart(only.obligations))):
        said.append(language.text(msg("Next: no other dated deadline ahead.")))
    if only and (reported := national(only.obligations)):
        numbers = ", ".join(map(language.text, tallied(reported)))
        said.append(language.text(msg("At national level: {list}.", list=numbers)))
    return parts + [styled(line, "dim") for line in _packed(said, screen)]


def national_words(situation: Situation, language: Language) -> list[str]:
    """The engagements made at national level, apart, with the state they are in."""
    counts: dict[State, dict[str, int]] = {}
    for one in national(situation.obligations):
        named = counts.setdefault(one.state, {})
        named[one.engagement.id] = named.get(one.engagement.id, 0) + 1
    lines = []
    for state, named in counts.items():
        total = so_many(state, sum(named.values()))
        text = msg("At national level, {count}: {names}", count=total, names=", ".join(named))
        lines.append(language.text(text))
    return lines
