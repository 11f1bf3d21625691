"""`qp timeline`: the same on a time axis."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qp_cli.app.conventions import absences, left_out
from qp_cli.cli.answers import choice_of, form_of, grouping_of, say_answering
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import FOR_READING, Call, taking
from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.cli.conventions import SessionConventions
    from qp_cli.render.screen import Screen
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.portfolio import Grouping
    from qp_cli.tracking.timeline import Timeline


@taking(*FOR_READING, "party", "site", "state", "group_by", "form")
def timeline(*, call: Call) -> None:
    """What was due, what happened and what comes, on a time axis."""
    answer_in, grouping = form_of(call), grouping_of(call)
    choose = choice_of(call)
    conventions = open_conventions(call)
    text = _answer(conventions, choose(conventions.day), answer_in, call, grouping)
    call.give(text, conventions.code)


def _answer(conventions: SessionConventions, choice: Choice, form: str, call: Call, grouping: Grouping | None) -> str:
    """The timelines in a format; of several conventions, those in which nothing is chosen are left out.

    Raises:
        QpError: nothing can be read, a party or a site that nobody knows, or a grouping of anything but a table.
    """
    from qp_cli.tracking.filters import Choice, Chooser
    from qp_cli.tracking.portfolio import SharedParties
    from qp_cli.tracking.timeline import timeline_of

    if grouping and form != "table":
        raise UsageError(
            msg("--group-by goes with the chart: in {format}, each row says its party, clause and site", format=form)
        )
    only = None if grouping else conventions.only()
    chooser = Chooser(choice, SharedParties() if only else conventions.register)
    narrowed = choice != Choice()

    def timelines() -> Iterator[Timeline]:
        for opened in (only,) if only else conventions:
            chosen = chooser.choose(opened.situation)
            if chosen or only or not narrowed:
                yield timeline_of(opened.ledger, chosen)

    if form == "table":
        text = _drawn(timelines(), conventions, call.screen, grouping, narrowed=narrowed, several=only is None)
    else:
        text = _written(timelines(), conventions, form, several=only is None)
    chooser.confirm()
    say_answering(call.language, chooser.answering)
    return text


def _drawn(
    found: Iterator[Timeline],
    conventions: SessionConventions,
    shown: Screen,
    grouping: Grouping | None,
    *,
    narrowed: bool,
    several: bool,
) -> str:
    """The chart: of one convention by its engagements, of several on one axis, by convention or as asked."""
    from qp_cli.render.timeline.terminal import LINES_OF_A_LIST, draw_timeline
    from qp_cli.tracking.portfolio import Grouping
    from qp_cli.tracking.timelines import by_convention, by_group, put_together

    language = conventions.session.language
    if not several:
        return draw_timeline(next(found), shown, language, narrowed=narrowed)
    split = by_convention
    if grouping and grouping is not Grouping.CONVENTION:
        split = partial(by_group, grouping=grouping, register=conventions.register)
    together = put_together(found, conventions.day, LINES_OF_A_LIST, split)
    return draw_timeline(together, shown, language, absences=absences(conventions))


def _written(found: Iterator[Timeline], conventions: SessionConventions, form: str, *, several: bool) -> str:
    """The rows as JSON, CSV or Markdown."""
    from qp_cli.render.timeline import markdown, records

    lacks = partial(left_out, conventions) if several else list
    match form:
        case "json":
            return records.timelines_json(found, conventions.day, lacks, several=several)
        case "csv":
            return records.timelines_csv(found, lacks, several=several)
        case _:
            return markdown.write_timelines(found, conventions.session.language, several=several)
