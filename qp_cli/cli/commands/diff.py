"""`qp diff`: what changed between two days or two revisions, and why."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.app.known_at import UNCOMMITTED_LEFT_OUT, committed_on, is_day
from qp_cli.cli.answers import form_of
from qp_cli.cli.conventions import open_one
from qp_cli.cli.options import FOR_READING, Call, taking
from qp_cli.cli.parser import marked
from qp_cli.errors import UsageError
from qp_cli.law.typed_days import read_day
from qp_cli.messages import msg

if TYPE_CHECKING:
    from qp_cli.app.opening import Opened
    from qp_cli.render.diff import DiffEnd

_From = Annotated[
    str,
    typer.Argument(
        metavar=marked("FROM"),
        help=marked("A day (2021-10-01, 01/10/2021), or a git revision; a tag named like a day is tags/2021-10-01."),
    ),
]
_To = Annotated[
    str | None,
    typer.Argument(metavar=marked("TO"), help=marked("The same; else the files as they are, on the day of --as-of.")),
]


@taking(*FOR_READING, "form")
def diff(start: _From, end: _To = None, *, call: Call) -> None:
    """What changed between two days or two revisions: states, deadlines, and what moved them."""
    answer_in = form_of(call)
    if call.known_at and not all(is_day(text) for text in (start, end) if text):
        raise UsageError(msg("--known-at compares two days, not revisions"))

    @cache
    def here() -> Opened:
        return open_one(call)

    def opened(text: str) -> Opened:
        if is_day(text):
            return here().at(read_day(text))
        return open_one(call, text)

    is_known = call.known_at or call.session.known_at
    if not is_known and (end is None or is_day(start) or is_day(end)):  # one side is the files as they are
        call.session.unsaid = (UNCOMMITTED_LEFT_OUT,)
    before = opened(start)
    after = opened(end) if end else here()
    from qp_cli.render.diff import difference_csv, difference_json, difference_markdown, write_difference
    from qp_cli.tracking.diff import explain

    found = explain(before.ledger, after.ledger)
    ends, language = (_end(before), _end(after)), call.language
    match answer_in:
        case "json":
            text = difference_json(found, *ends)
        case "csv":
            text = difference_csv(found)
        case "md":
            text = difference_markdown(found, language)
        case _:
            from qp_cli.render.layout import fold

            text = write_difference(found, *ends, language)
            text = fold(text, call.screen.width, hang=4)
    call.give(text)


def _end(opened: Opened) -> DiffEnd:
    from qp_cli.render.diff import DiffEnd

    revision = opened.revision
    day = opened.situation.as_of
    return DiffEnd(day, revision.short, committed_on(revision)) if revision else DiffEnd(day)
