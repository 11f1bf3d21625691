"""`qp overdue`: what is overdue, by party."""

from __future__ import annotations

from qp_cli.cli.answers import ask, choice_of, fail_on, finish, form_of, grouping_of, list_answer
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import FOR_READING, Call, taking


@taking(*FOR_READING, "party", "site", "group_by", "form", "fail", "newly")
def overdue(*, call: Call) -> None:
    """The overdue obligations under each party, with the days after the date."""
    answer_in, failing, grouping = form_of(call), fail_on(call), grouping_of(call)
    choose = choice_of(call)
    conventions = open_conventions(call)
    from qp_cli.tracking.states import State

    asked, choice = ask(conventions, grouping), choose(conventions.day)
    if answer_in == "table":
        from qp_cli.app.answers import list_chosen
        from qp_cli.render.lists import draw_overdue

        found = list_chosen(asked, choice, failing, keep=State.OVERDUE)
        finish(
            draw_overdue(found, grouping, call.screen, call.language, call.typed),
            call,
            failing,
            conventions.code,
            overdue_alone=True,
        )
    else:
        pieces = list_answer(asked, choice, answer_in, call.language, failing, keep=State.OVERDUE, grouping=grouping)
        finish(pieces, call, failing, conventions.code, overdue_alone=True)
