"""Where things are in a timeline's picture: the axis between the names and the dates, one line under another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.render.axis import Scale
from qp_cli.render.lane_words import beside, owners
from qp_cli.render.lists import MOST
from qp_cli.render.naming import titles_of
from qp_cli.render.svg import wrapped

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.render.lane_words import Beside
    from qp_cli.render.language import Language
    from qp_cli.tracking.chronology import Chronology
    from qp_cli.tracking.lanes import Lane

WIDTH = 960
PAD = 8
LEFT = 276
"""Where the axis begins: the names are before it."""
CHART = 504
"""How long the axis is: the dates are after it."""
RIGHT = LEFT + CHART + 14
TOP = 62
"""Where the first line begins: the labels of the axis are over it."""
HEAD = 30
"""How high the line of the convention is."""
NAME, SMALL = 12.0, 11.0
"""The sizes of letters: the names of lines, and everything else."""
_BOLD = 1.12
"""How much wider bold letters are."""
STEP = 15
"""From one line of letters to the next."""
_MOST_LINES = 2
"""Lines of a name, and of a state."""


class Row(NamedTuple):
    """A lane in its place: the lines of its name and of its state, how far down it begins and how high it is."""

    lane: Lane
    words: Beside
    name: tuple[str, ...]
    whose: str
    state: tuple[str, ...]
    top: int
    height: int

    @property
    def middle(self) -> float:
        """How far down its marks are."""
        return self.top + self.height / 2


class Frame:
    """What a picture is drawn in: its chronology, the reader's language, its lines and their places."""

    def __init__(self, chronology: Chronology, language: Language) -> None:
        self.chronology = chronology
        self.language = language
        self.scale = Scale(chronology.axis, CHART)
        self._titles = titles_of(chronology.situation.convention)
        drawn = [lane for lane in chronology.lanes if lane.is_drawn]
        self.hidden = len(drawn[MOST:])
        self.rows: list[Row] = []
        self.bottom = TOP + HEAD
        for lane in drawn[:MOST]:
            row = self._row(lane)
            self.rows.append(row)
            self.bottom += row.height

    def _row(self, lane: Lane) -> Row:
        directory = self.chronology.situation.directory
        words = beside(lane, directory, self._titles, self.language)
        name = wrapped(lane.engagement.title, LEFT - 2 * PAD, NAME * _BOLD, _MOST_LINES)
        state = wrapped(words.state, WIDTH - RIGHT - PAD, SMALL * _BOLD, _MOST_LINES)
        whose = " · ".join(filter(None, (owners(lane, directory), lane.engagement.clause)))
        height = STEP * (1 + max(len(name), len(state))) + PAD
        return Row(lane, words, tuple(name), whose, tuple(state), self.bottom, height)

    def x(self, day: date) -> float:
        """Where a day is."""
        return LEFT + (day - self.chronology.axis.start).days * CHART / self.chronology.axis.days
