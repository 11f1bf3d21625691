"""A timeline as a Markdown table: a row for each mark, then what has no deadline, and what the marks mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg
from qp_cli.render.columns import bases, explained, noted
from qp_cli.render.formats import escape_markdown, table_line, to_markdown
from qp_cli.render.timeline.words import clause, mark_words, undated_words, who
from qp_cli.tracking.portfolio import convention_ref
from qp_cli.tracking.timeline import MarkKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from qp_cli.render.language import Language
    from qp_cli.tracking.deadlines import Basis
    from qp_cli.tracking.renewal import MoveKind
    from qp_cli.tracking.timeline import Mark, Timeline


_HEADINGS = (msg("Day"), msg("Engagement"), msg("Debtor"), msg("Details"), msg("Clause"))


class TimelineRows(NamedTuple):
    """The rows of one timeline, and what its dates rest on."""

    lines: list[str]
    used: frozenset[Basis | MoveKind]


def timeline_rows(timeline: Timeline, language: Language, *, several: bool) -> TimelineRows:
    """One row per mark; of several conventions each begins with what its own is called."""
    label = (convention_ref(timeline.situation).label,) if several else ()
    lines = [table_line((*label, *row)) for row in _rows(timeline, language)]
    return TimelineRows(lines, frozenset(bases(timeline.obligations)))


def timelines_markdown(
    lines: Iterable[str], used: Container[Basis | MoveKind], language: Language, *, several: bool
) -> Iterator[str]:
    """These rows under headings in the reader's language; what has no deadline last, and what the marks mean."""
    headings = (msg("Convention"), *_HEADINGS) if several else _HEADINGS
    yield to_markdown([language.text(each) for each in headings], ())
    yield from lines
    yield from _foot(used, language)


def _rows(timeline: Timeline, language: Language) -> Iterator[tuple[str, ...]]:
    directory = timeline.situation.directory

    def marked(mark: Mark) -> tuple[str, str, str]:
        day = language.short_day(mark.day).strip()
        if mark.kind is MarkKind.DUE:
            day = noted(mark.obligations[0], day)
        return day, mark_words(mark, timeline, language), clause(mark, timeline)

    for mark in timeline.common:
        day, said, source = marked(mark)
        yield day, "", "", said, source
    for row in timeline.rows:
        whose = who(row.obligations, directory)
        for mark in row.marks:
            day, said, source = marked(mark)
            yield day, row.id, whose, said, source
    for each in undated_words(timeline, language):
        yield "–", each.engagement.id, each.who, each.state, each.engagement.clause or ""


def _foot(used: Container[Basis | MoveKind], language: Language) -> Iterator[str]:
    """What each mark beside a date means, each a paragraph below the table."""
    return (f"\n{escape_markdown(line)}\n" for line in explained(used, language))
