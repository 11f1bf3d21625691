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
    from qp_cli.app.opening import Opened
    from qp_cli.cli.conventions import SessionConventions
    from qp_cli.cli.output import AnsweredText
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.portfolio import Grouping


@taking(*FOR_READING, "party", "site", "state", "group_by", "form")
def timeline(*, call: Call) -> None:
    """What was due, what happened and what comes, on a time axis."""
    answer_in, grouping = form_of(call), grouping_of(call)
    choose = choice_of(call)
    conventions = open_conventions(call)
    text = _answer(conventions, choose(conventions.day), answer_in, call, grouping)
    call.give(text, conventions.code)


def _answer(
    conventions: SessionConventions, choice: Choice, form: str, call: Call, grouping: Grouping | None
) -> AnsweredText:
    """The timelines in a format; of several conventions, those in which nothing is chosen are left out.

    Raises:
        QpError: nothing can be read, a party or a site that nobody knows, or a grouping of anything but a table.
    """
    if grouping and form != "table":
        raise UsageError(
            msg("--group-by goes with the chart: in {format}, each row says its party, clause and site", format=form)
        )
    from qp_cli.tracking.filters import Choice

    only = None if grouping else conventions.only()
    if only:
        return _of_one(only, choice, form, call)
    from qp_cli.render.timeline.several import TimelinePart, draw_parts, write_parts

    register, language = conventions.register, conventions.session.language
    make = TimelinePart(form, grouping, register, language, narrowed=choice != Choice())
    found = conventions.gather_chosen(choice, make, register, partial(say_answering, language))
    if form == "table":
        lacks = partial(absences, conventions)
        again = f"{call.named}{call.again}"
        return draw_parts(found, conventions.day, call.screen, language, lacks, again, call.narrowed)
    return write_parts(found, conventions.day, form, language, partial(left_out, conventions))


def _of_one(opened: Opened, choice: Choice, form: str, call: Call) -> AnsweredText:
    """The timeline of one convention.

    Raises:
        UsageError: a party or a site that nobody knows.
    """
    from qp_cli.render.timeline.several import write_one
    from qp_cli.render.timeline.terminal import draw_timeline
    from qp_cli.tracking.filters import Choice, Chooser
    from qp_cli.tracking.portfolio import SharedParties
    from qp_cli.tracking.timeline import timeline_of

    language = call.language
    chooser = Chooser(choice, SharedParties())
    found = timeline_of(opened.ledger, chooser.choose(opened.situation))
    chooser.confirm()
    say_answering(language, chooser.answering)
    if form == "table":
        again = f"{call.named}{call.again}"
        return draw_timeline(
            found, call.screen, language, narrowed=choice != Choice(), again=again, chosen=call.narrowed
        )
    return write_one(found, form, language)
