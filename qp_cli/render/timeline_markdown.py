"""A chronology as a Markdown table: a row for each mark, then what has no deadline, and what the marks mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.columns import bases, explained, noted
from qp_cli.render.formats import escape_markdown, to_markdown
from qp_cli.render.lane_words import undated_words, who
from qp_cli.render.marks import clause, mark_words
from qp_cli.tracking.lanes import Sort
from qp_cli.tracking.portfolio import convention_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.render.language import Language
    from qp_cli.tracking.chronology import Chronology
    from qp_cli.tracking.deadlines import Basis
    from qp_cli.tracking.lanes import Mark


_HEADINGS = (msg("Day"), msg("Engagement"), msg("Debtor"), msg("Details"), msg("Clause"))


def write_chronology(chronology: Chronology, language: Language) -> str:
    """One row per mark, headings in the reader's language; then what has no deadline, and what the marks mean."""
    drawn = to_markdown([language.text(each) for each in _HEADINGS], _rows(chronology, language))
    return drawn + _foot(bases(chronology.obligations), language)


def write_chronologies(chronologies: Iterable[Chronology], language: Language) -> str:
    """The rows of several conventions, one after the other, each beginning with its convention."""
    used: set[Basis] = set()

    def rows() -> Iterator[tuple[str, ...]]:
        for one in chronologies:
            used.update(bases(one.obligations))
            label = convention_ref(one.situation).label
            yield from ((label, *row) for row in _rows(one, language))

    drawn = to_markdown([language.text(each) for each in (msg("Convention"), *_HEADINGS)], rows())
    return drawn + _foot(used, language)


def _rows(chronology: Chronology, language: Language) -> Iterator[tuple[str, ...]]:
    directory = chronology.situation.directory

    def marked(mark: Mark) -> tuple[str, str, str]:
        day = language.short_day(mark.day).strip()
        if mark.sort is Sort.DUE:
            day = noted(mark.obligations[0], day)
        return day, mark_words(mark, chronology, language), clause(mark, chronology)

    for mark in chronology.common:
        day, said, source = marked(mark)
        yield day, "", "", said, source
    for lane in chronology.lanes:
        whose = who(lane.obligations, directory)
        for mark in lane.marks:
            day, said, source = marked(mark)
            yield day, lane.id, whose, said, source
    for each in undated_words(chronology, language):
        yield "–", each.engagement.id, each.who, each.state, each.engagement.clause or ""


def _foot(used: set[Basis], language: Language) -> str:
    """What each mark beside a date means, each a paragraph below the table."""
    return "".join(f"\n{escape_markdown(line)}\n" for line in explained(used, language))
