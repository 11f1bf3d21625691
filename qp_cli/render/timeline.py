"""The timeline on a terminal: the chart, then in words what a chart cannot say, and its signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import due, legend, state
from qp_cli.render.headings import heading
from qp_cli.render.lane_words import Beside, beside, owners, undated_words
from qp_cli.render.lists import MOST
from qp_cli.render.marks import left_out, legend_words, mark_words, sign, signs_used
from qp_cli.render.naming import titles_of
from qp_cli.render.parts import indented, styled
from qp_cli.render.screen import UNBOUNDED
from qp_cli.render.timeline_chart import Chart, Row
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qp_cli.messages import Message
    from qp_cli.render.axis import Scale
    from qp_cli.render.language import Language
    from qp_cli.render.parts import Part
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.chronology import Chronology
    from qp_cli.tracking.lanes import Lane, Mark

PIPE = 100
"""Columns of a chart where nobody knows the width."""
Told = TypeVar("Told")
FEW = 3
"""Marks of one sign told one by one; more are told as a number of them."""
LINES = 20
"""Lines of each list below the chart; machine formats hold every one."""


def draw_timeline(chronology: Chronology, screen: Screen, language: Language, *, narrowed: bool = False) -> str:
    """The chart of a chronology, with its dates in words; as wide as the screen, or 100 columns in a pipe.

    One that was `narrowed` to nothing says so; a convention that has no obligation at all has an empty chart.
    """
    if narrowed and not chronology.lanes:
        return language.text(msg("No obligation matches.")) + "\n"
    if screen.width >= UNBOUNDED:
        screen = screen._replace(width=PIPE)
    drawn = [lane for lane in chronology.lanes if lane.is_drawn]
    chart = Chart(chronology.axis, chronology.as_of, _lines(chronology, drawn[:MOST], language), screen, language)
    parts: list[Part] = [heading(chronology.situation, language), "", chart.draw()]
    if len(drawn) > MOST:
        parts.append(styled(language.text(more_rows(len(drawn) - MOST))))
    writer = _Writer(chronology, drawn[:MOST], screen, language)
    sections: list[tuple[Message, Sequence[str]]] = [
        (msg("Deadline passed, no fulfilment recorded"), writer.overdue(derived=False)),
        (msg("Date derived from the term, not written in the text (counted apart)"), writer.overdue(derived=True)),
        (msg("Several in one column"), writer.together(chart.scale)),
        (msg("Dates of the convention"), writer.common()),
        (msg("No deadline"), writer.undated()),
        (msg("Signs"), writer.signs(chart.scale)),
    ]
    for title, lines in sections:
        if lines:
            parts += ["", styled(language.text(title), "bold"), *map(indented, lines)]
    parts += writer.foot()
    return screen.draw(*parts)


def _lines(chronology: Chronology, lanes: Iterable[Lane], language: Language) -> list[Row]:
    """The line of the convention, and one for each lane."""
    directory, titles = chronology.situation.directory, titles_of(chronology.situation.convention)
    common = Beside(language.text(msg("Convention")), "", "", "", "")
    found = [Row(common, chronology.marks, name_style="")]
    return [*found, *(Row(beside(lane, directory, titles, language), lane.marks, lane.stretches) for lane in lanes)]


def more_rows(count: int) -> Message:
    """How many more there are than a list shows."""
    return msgs("… and {count} more row: use --format csv", "… and {count} more rows: use --format csv", count=count)


class _Writer:
    """What is said below the chart."""

    def __init__(self, chronology: Chronology, lanes: Sequence[Lane], screen: Screen, language: Language) -> None:
        self._chronology = chronology
        self._lanes = lanes
        self._unicode = screen.unicode
        self._language = language
        self._directory = chronology.situation.directory
        self._titles = titles_of(chronology.situation.convention)

    def overdue(self, *, derived: bool) -> list[str]:
        """The overdue ones, by a date of the text or by one derived from the term, soonest first."""
        found = [
            (mark, lane)
            for lane in self._chronology.lanes
            for mark in lane.marks
            if mark.state is State.OVERDUE and mark.apart is derived
        ]
        found.sort(key=lambda each: each[0].day)
        return self._listed(found, self._late)

    def _late(self, told: tuple[Mark, Lane]) -> str:
        mark, lane = told
        one = mark.obligations[0]
        occurrence = one.deadline.occurrence
        name = f"{lane.engagement.id}@{occurrence.isoformat()}" if occurrence else lane.engagement.id
        whose = owners(lane, self._directory)
        return f"{due(one, self._language)}  {name}  {whose}, {state(one, self._titles, self._language)}"

    def undated(self) -> list[str]:
        """What has no deadline: each engagement in one line per state."""
        found = undated_words(self._chronology, self._language)
        return self._listed(found, lambda told: f"{told.engagement.id}  {told.said(self._language)}")

    def together(self, scale: Scale) -> list[str]:
        """The marks that share a column with others, one line for each lane that has some."""
        common = self._language.text(msg("Convention"))
        told = []
        for label, marks in ((common, self._chronology.marks), *((lane.id, lane.marks) for lane in self._lanes)):
            shared = [mark for found in scale.cells(marks).values() if len(found) > 1 for mark in found]
            if shared:
                told.append((label, shared))
        return self._listed(told, lambda line: f"{line[0]}  {self._gathered(line[1])}")

    def _gathered(self, marks: Iterable[Mark]) -> str:
        """Marks in words: one by one, or, where there are many of one sign, how many and from when to when."""
        alike: dict[str, list[Mark]] = {}
        for mark in marks:
            alike.setdefault(legend_words(mark, self._language), []).append(mark)
        said = []
        for words, found in alike.items():
            if len(found) <= FEW:
                said += [self._said(mark) for mark in found]
            else:
                first, last = found[0].day, found[-1].day
                text = msg("{what} ({count}), {first} → {last}", count=len(found), what=words, first=first, last=last)
                said.append(self._language.text(text))
        return self._language.joined(said)

    def common(self) -> list[str]:
        """The events, the term and the avenants, by day, those that are not on the axis among them."""
        return self._listed(
            self._chronology.common, lambda mark: f"{sign(mark).shown(unicode=self._unicode)}  {self._said(mark)}"
        )

    def signs(self, scale: Scale) -> list[str]:
        """What each sign that is used means, on as few lines as it takes."""
        lines = [self._chronology.marks, *(lane.marks for lane in self._lanes)]
        cells = [found for marks in lines for found in scale.cells(marks).values()]
        spans = (stretch.span for lane in self._lanes for stretch in lane.stretches)
        many = msg("so many in one column, told above")
        return [signs_used(cells, spans, many, self._language, unicode=self._unicode)]

    def foot(self) -> list[Part]:
        """The marks beside dates, and the facts that are not drawn."""
        shown = [one for lane in self._lanes for one in lane.obligations]
        lines = legend(shown, self._language)
        chronology = self._chronology
        lines += left_out(chronology.cancelled, chronology.later, chronology.as_of, self._language)
        return ["", *map(styled, lines)] if lines else []

    def _said(self, mark: Mark) -> str:
        day = self._language.short_day(mark.day).strip().replace(" ", "\u00a0")
        return f"{day} {mark_words(mark, self._chronology, self._language)}"

    def _listed(self, told: Sequence[Told], say: Callable[[Told], str]) -> list[str]:
        """What is told, a line each, or the first of it and how many more there are: no more is put into words."""
        lines = [say(one) for one in told[:LINES]]
        if len(told) > LINES:
            lines.append(self._language.text(more_rows(len(told) - LINES)))
        return lines
