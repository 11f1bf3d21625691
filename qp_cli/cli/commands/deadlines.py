"""`qp deadlines`: each obligation with its deadline, soonest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.cli.answers import ask, choice_of, fail_on, finish, form_of, grouping_of, list_answer
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import FOR_CHOOSING, FOR_READING, Call, taking
from qp_cli.cli.parser import marked

if TYPE_CHECKING:
    from qp_cli.tracking.filters import Choice

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
    asked, choice = ask(conventions, grouping), choose(conventions.day)
    if answer_in == "table":
        from qp_cli.app.answers import list_chosen
        from qp_cli.render.lists import MOST_ROWS, draw_deadlines

        most = MOST_ROWS if grouping is None else None
        found = list_chosen(asked, choice, failing, most=most, awaited_only=not everything)
        onward = _of_overdue(call, choice)
        text = draw_deadlines(found, grouping, call.screen, call.language, call.typed, onward)
        finish(text, call, failing, conventions.code)
    else:
        pieces = list_answer(asked, choice, answer_in, call.language, failing, grouping=grouping)
        finish(pieces, call, failing, conventions.code)


def _of_overdue(call: Call, choice: Choice) -> str:
    """The command that lists all that is overdue of what is asked for."""
    ends = f"{call.chosen}{call.named}{call.again}"
    if not choice.states or "overdue" in choice.states:
        return f"qp overdue{ends}"
    return f"qp deadlines --state {','.join(sorted(choice.states))}{ends}"
