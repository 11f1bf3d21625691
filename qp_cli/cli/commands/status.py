"""`qp status`: one screen."""

from __future__ import annotations

from qp_cli.cli.answers import ask, fail_on, finish, form_of, grouping_of
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import FOR_READING, Call, taking


@taking(*FOR_READING, "group_by", "form", "fail", "newly")
def status(*, call: Call) -> None:
    """The convention on one screen: its term, who stands where, what is overdue, what comes next."""
    answer_in, failing, grouping = form_of(call), fail_on(call), grouping_of(call)
    conventions = open_conventions(call)
    from qp_cli.app.answers import counts_of

    language = call.language
    asked = ask(conventions, grouping)
    if answer_in == "table":
        from qp_cli.render.status import draw_status

        text = draw_status(counts_of(asked, grouping, failing.look_at), call.screen, language, call.again)
    else:
        from qp_cli.render.counts import convention_record, write_status

        tell = convention_record if answer_in == "json" else None
        text = write_status(counts_of(asked, grouping, failing.look_at, tell), answer_in, language)
    finish(text, call, failing, conventions.code)
