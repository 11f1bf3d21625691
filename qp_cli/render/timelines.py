"""The timeline of several conventions on a terminal: a line each on one axis, then in words what is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import debtor, due, legend, name, state, where
from qp_cli.render.headings import missing
from qp_cli.render.lane_words import Beside
from qp_cli.render.lists import MOST
from qp_cli.render.marks import left_out, signs_used
from qp_cli.render.parts import indented, styled
from qp_cli.render.screen import UNBOUNDED
from qp_cli.render.timeline import LINES, PIPE, more_rows
from qp_cli.render.timeline_chart import ROOM, Chart, Row
from qp_cli.render.visible import visible
from qp_cli.render.wording import COLUMNS, counted
from qp_cli.tracking.states import State
from qp_cli.tracking.summary import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.parts import Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.portfolio import Listed, Soonest
    from qp_cli.tracking.strands import Strand, Strands


def draw_timelines(strands: Strands, screen: Screen, language: Language, absences: Iterable[Message] = ()) -> str:
    """The chart of several conventions, with its dates in words; as wide as the screen, or 100 columns in a pipe.

    `absences` say what it lacks.
    """
    if not strands.strands:
        return language.text(msg("No obligation matches.")) + "\n"
    if screen.width >= UNBOUNDED:
        screen = screen._replace(width=PIPE)
    drawn = strands.strands[:MOST]
    charted = [_line(each, screen, language) for each in drawn]
    heads = (language.text(COLUMNS[Column.OVERDUE]), language.text(msg("Next deadline")))
    chart = Chart(strands.axis, strands.as_of, charted, screen, language, heads)
    count = msgs("{count} convention", "{count} conventions", count=strands.conventions)
    parts: list[Part] = [styled(language.text(count), "bold")]
    parts.append(language.text(msg("On {day}", day=language.full_day(strands.as_of))))
    parts += [*missing(absences, language), "", chart.draw()]
    if len(strands.strands) > MOST:
        parts.append(language.text(more_rows(len(strands.strands) - MOST)))
    cells = [found for strand in drawn for found in chart.scale.cells(strand.dots).values()]
    spans = (stretch.span for strand in drawn for stretch in strand.stretches)
    signs = signs_used(cells, spans, msg("so many in one column"), language, unicode=screen.unicode)
    sections: list[tuple[Message, list[str]]] = [
        (msg("Deadline passed, no fulfilment recorded"), _late(strands.late, language)),
        (
            msg("Date derived from the term, not written in the text (counted apart)"),
            _late(strands.derived, language),
        ),
        (msg("Outside the axis"), _outside(strands, language)),
        (msg("No deadline"), _undated(strands, language)),
        (msg("Signs"), [signs]),
    ]
    for title, lines in sections:
        if lines:
            parts += ["", styled(language.text(title), "bold"), *map(indented, lines)]
    told = [held.obligation for held in (*strands.late.kept, *strands.derived.kept)]
    foot = [*legend(told, language), *left_out(strands.cancelled, strands.later, strands.as_of, language)]
    if foot:
        parts += ["", *map(styled, foot)]
    return screen.draw(*parts)


def _line(strand: Strand, screen: Screen, language: Language) -> Row:
    """A convention's name, its marks and its term; how many are overdue, and on a wide screen what comes next."""
    headed = screen.width >= ROOM
    late = language.number(strand.overdue) if headed else language.text(counted(State.OVERDUE, strand.overdue))
    ahead = " ".join(language.dated(strand.next_due).split()) if strand.next_due else "–"
    beside = Beside(_called(strand, language), "", late if strand.overdue else "–", ahead, "")
    return Row(beside, strand.dots, strand.stretches)


def _called(strand: Strand, language: Language) -> str:
    """A convention's name, or a group's, with the convention it is in."""
    text = visible(strand.label) or language.text(msg("not said"))
    return f"{text} – {visible(strand.home)}" if strand.home else text


def _late(found: Soonest[Listed], language: Language) -> list[str]:
    """The soonest, a line each with its convention, and how many more there are."""
    lines: list[str] = []
    for home, one in found.kept:
        place = where(home.label, one.engagement.clause, language)
        whose = debtor(one, home.directory)
        lines.append(f"{due(one, language)}  {name(one)}  {whose}, {state(one, str, language)}  {place}")
    if found.others:
        lines.append(language.text(more_rows(found.others)))
    return lines


def _outside(strands: Strands, language: Language) -> list[str]:
    """The events before or after the axis."""
    lines = [
        f"{language.short_day(each.day).strip()}  {visible(each.title)}  {visible(each.label)}"
        for each in strands.outside[:LINES]
    ]
    return _bounded(lines, len(strands.outside), language)


def _undated(strands: Strands, language: Language) -> list[str]:
    """How many obligations of each convention have no deadline, by state."""
    found = [strand for strand in strands.strands if strand.undated]
    lines: list[str] = []
    for strand in found[:LINES]:
        numbers = ", ".join(language.text(counted(*each)) for each in strand.undated.items())
        lines.append(language.text(msg("{label}: {text}", label=_called(strand, language), text=numbers)))
    return _bounded(lines, len(found), language)


def _bounded(lines: Sequence[str], count: int, language: Language) -> list[str]:
    if count <= len(lines):
        return [*lines]
    return [*lines, language.text(more_rows(count - len(lines)))]
