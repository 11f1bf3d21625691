"""`qp status`: one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.cli.answers import ask, fail_on, finish, form_of, grouping_of
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import FOR_READING, Call, taking

if TYPE_CHECKING:
    from collections.abc import Iterable


@taking(*FOR_READING, "group_by", "form", "fail", "newly")
def status(*, call: Call) -> None:
    """The convention on one screen: its term, who stands where, what is overdue, what comes next."""
    answer_in, failing, grouping = form_of(call), fail_on(call), grouping_of(call)
    conventions = open_conventions(call)
    from qp_cli.app.answers import counts_of

    language = call.language
    asked = ask(conventions, grouping)
    answer: str | Iterable[str]
    if answer_in == "table":
        from qp_cli.render.status import draw_status

        answer = draw_status(counts_of(asked, grouping, failing), call.screen, language, call.again, call.named)
    elif answer_in == "json":
        from qp_cli.render.counts import convention_text, status_json

        answer = status_json(counts_of(asked, grouping, failing, convention_text))
    else:
        from qp_cli.render.counts import write_status

        answer = write_status(counts_of(asked, grouping, failing), answer_in, language)
    finish(answer, call, failing, conventions.code)
