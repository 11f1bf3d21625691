"""`qp deadlines`: each obligation with its deadline, soonest first."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.cli.answers import ask, choice_of, fail_on, finish, form_of, grouping_of, say_answering
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import FOR_CHOOSING, FOR_READING, Call, taking
from qp_cli.cli.parser import marked

_All = Annotated[
    bool,
    typer.Option(
        "--all", help=marked("What is over too: fulfilled, discharged, expired; json, csv and md always hold it.")
    ),
]


@taking(*FOR_READING, *FOR_CHOOSING, "group_by", "form", "fail", "newly")
def deadlines(*, call: Call, everything: _All = False) -> None:
    """Each obligation with its deadline, soonest first."""
    answer_in, failing, grouping = form_of(call), fail_on(call), grouping_of(call)
    choose = choice_of(call)
    conventions = open_conventions(call)
    from qp_cli.app.answers import list_chosen
    from qp_cli.render.lists import MOST_ROWS, draw_deadlines, write_list

    language = call.language
    is_table = answer_in == "table"
    most = MOST_ROWS if is_table and grouping is None else None
    found = list_chosen(
        ask(conventions, grouping),
        choose(conventions.day),
        failing.look_at,
        most=most,
        awaited_only=is_table and not everything,
    )
    if is_table:
        text = draw_deadlines(found, grouping, call.screen, language)
    else:
        say_answering(language, found.answering)
        text = write_list(found, grouping, answer_in, language)
    finish(text, call, failing, conventions.code)
