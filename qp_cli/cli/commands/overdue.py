"""`qp overdue`: what is overdue, by party."""

from __future__ import annotations

from qp_cli.cli.answers import ask, choice_of, fail_on, finish, form_of, grouping_of, say_answering
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import FOR_READING, Call, taking


@taking(*FOR_READING, "party", "site", "group_by", "form", "fail", "newly")
def overdue(*, call: Call) -> None:
    """The overdue obligations under each party, with the days after the date."""
    answer_in, failing, grouping = form_of(call), fail_on(call), grouping_of(call)
    choose = choice_of(call)
    conventions = open_conventions(call)
    from qp_cli.app.answers import list_chosen
    from qp_cli.render.lists import draw_overdue, write_list
    from qp_cli.tracking.states import State

    language = call.language
    found = list_chosen(ask(conventions, grouping), choose(conventions.day), failing.look_at, keep=State.OVERDUE)
    if answer_in == "table":
        text = draw_overdue(found, grouping, call.screen, language)
    else:
        say_answering(language, found.answering)
        text = write_list(found, grouping, answer_in, language)
    finish(text, call, failing, conventions.code)
