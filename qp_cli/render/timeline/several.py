"""Timelines in a format, of one convention or of several: what is kept of each of these, and the answer of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.rows import pack, unpack
from qp_cli.render.timeline import markdown, records
from qp_cli.render.timeline.terminal import LINES_OF_A_LIST, draw_timeline
from qp_cli.tracking.portfolio import Grouping
from qp_cli.tracking.timeline import timeline_of
from qp_cli.tracking.timelines import Together, by_convention, by_group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from qp_cli.app.opening import Opened
    from qp_cli.messages import Message
    from qp_cli.render.formats import Lacks
    from qp_cli.render.language import Language
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.deadlines import Basis
    from qp_cli.tracking.portfolio import SharedParties
    from qp_cli.tracking.renewal import MoveKind
    from qp_cli.tracking.situation import Obligation
    from qp_cli.tracking.timeline import Timeline


def write_one(timeline: Timeline, form: str, language: Language) -> str | Iterator[str]:
    """The rows of one convention as JSON, CSV or Markdown."""
    match form:
        case "json":
            return records.timeline_json(timeline)
        case "csv":
            return records.timelines_csv(records.timeline_lines(timeline, several=False), several=False)
        case _:
            rows = markdown.timeline_rows(timeline, language, several=False)
            return markdown.timelines_markdown(rows.lines, rows.used, language, several=False)


class _Kept(NamedTuple):
    """What a timeline of several keeps of one convention.

    Attributes:
        together: its part of the chart.
        texts: in another form, its texts, packed.
        used: what its dates rest on.
    """

    together: Together | None = None
    texts: bytes = b""
    used: frozenset[Basis | MoveKind] = frozenset()


class TimelinePart:
    """What makes of a convention and what is chosen in it its part of the answer; nothing, where nothing is chosen."""

    def __init__(
        self, form: str, grouping: Grouping | None, register: SharedParties, language: Language, *, narrowed: bool
    ) -> None:
        self._form = form
        self._grouping = grouping
        self._register = register
        self._language = language
        self._narrowed = narrowed

    def __call__(self, opened: Opened, chosen: Sequence[Obligation]) -> _Kept | None:
        """Its part."""
        if self._narrowed and not chosen:
            return None
        timeline = timeline_of(opened.ledger, chosen)
        if self._form == "table":
            return _Kept(self._charted(timeline))
        match self._form:
            case "json":
                return _Kept(texts=pack([records.timeline_text(timeline)]))
            case "csv":
                return _Kept(texts=pack(records.timeline_lines(timeline, several=True)))
            case _:
                rows = markdown.timeline_rows(timeline, self._language, several=True)
                return _Kept(texts=pack(rows.lines), used=rows.used)

    def _charted(self, timeline: Timeline) -> Together:
        rows = by_convention(timeline)
        if self._grouping and self._grouping is not Grouping.CONVENTION:
            rows = by_group(timeline, self._grouping, self._register)
        made = Together(LINES_OF_A_LIST)
        made.add(timeline, rows)
        return made


def draw_parts(
    found: Iterable[_Kept | None],
    as_of: date,
    shown: Screen,
    language: Language,
    absences: Callable[[], Sequence[Message]],
    again: str = "",
    chosen: str = "",
) -> str:
    """The chart of several on one axis, by convention or as asked; `absences` are asked for once all have gone by.

    `again` ends what to type next, and `chosen` says before it what the answer was narrowed by.
    """
    together = Together(LINES_OF_A_LIST)
    for each in found:
        if each and each.together:
            together.join(each.together)
    return draw_timeline(together.timelines(as_of), shown, language, absences=absences(), again=again, chosen=chosen)


def write_parts(
    found: Iterable[_Kept | None], as_of: date, form: str, language: Language, lacks: Lacks
) -> Iterator[str]:
    """The rows as JSON, CSV or Markdown, piece by piece, once every convention has gone by."""
    kept = [each for each in found if each]
    used = frozenset(basis for each in kept for basis in each.used)
    texts = (text for each in kept for text in unpack(each.texts) if text)
    match form:
        case "json":
            return records.timelines_json(texts, as_of, lacks)
        case "csv":
            return records.timelines_csv(texts, lacks, several=True)
        case _:
            return markdown.timelines_markdown(texts, used, language, several=True)
