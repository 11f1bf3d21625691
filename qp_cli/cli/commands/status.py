"""`qp status`: one screen."""

from __future__ import annotations

import typer

from qp_cli.cli.answers import ask, fail_on, finish, form_of, grouping_of
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import (
    AsOf,
    ConventionsOption,
    Data,
    FailOn,
    FormOption,
    GroupBy,
    KnownAt,
    Lang,
    NoCache,
    Output,
)
from qp_cli.cli.output import screen
from qp_cli.cli.session import Session


def status(
    ctx: typer.Context,
    data: Data = None,
    convention: ConventionsOption = None,
    group_by: GroupBy = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    form: FormOption = None,
    output: Output = None,
    fail: FailOn = None,
    no_cache: NoCache = False,
) -> None:
    """The convention on one screen: its term, who stands where, what is overdue, what comes next."""
    session: Session = ctx.obj
    answer_in, failing, grouping = form_of(session, form), fail_on(fail), grouping_of(group_by)
    conventions = open_conventions(
        session, data or (), as_of, names=convention or (), fallback=not failing.is_asked, known_at=known_at
    )
    from qp_cli.app.answers import counts_of

    destination, language = output or session.output, session.language
    asked = ask(conventions, grouping)
    if answer_in == "table":
        from qp_cli.render.status import draw_status

        text = draw_status(counts_of(asked, grouping, failing.look_at), screen(session.environ, destination), language)
    else:
        from qp_cli.render.counts import convention_record, write_status

        tell = convention_record if answer_in == "json" else None
        text = write_status(counts_of(asked, grouping, failing.look_at, tell), answer_in, language)
    finish(text, destination, failing, language, conventions.code)
