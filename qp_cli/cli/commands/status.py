"""`qp status`: one screen."""

from __future__ import annotations

import typer

from qp_cli.cli.answers import fail_on, finish, form_of
from qp_cli.cli.options import AsOf, Data, FailOn, Form, KnownAt, Lang, NoCache, Output
from qp_cli.cli.output import screen
from qp_cli.cli.session import Session, open_repository


def status(
    ctx: typer.Context,
    data: Data = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    form: Form = None,
    output: Output = None,
    fail: FailOn = None,
    no_cache: NoCache = False,
) -> None:
    """The convention on one screen: its term, who stands where, what is overdue, what comes next."""
    session: Session = ctx.obj
    answer_in = form_of(session, form)
    states = fail_on(fail)
    opened = open_repository(session, data or (), as_of, fallback=not states, known_at=known_at)
    situation = opened.situation
    destination = output or session.output
    from qp_cli.render.records import status_record

    match answer_in:
        case "json":
            from qp_cli.render.formats import to_json

            text = to_json(status_record(situation))
        case "csv":
            from qp_cli.render.counts import status_csv

            text = status_csv(situation)
        case "md":
            from qp_cli.render.counts import status_markdown

            text = status_markdown(situation, session.language)
        case _:
            from qp_cli.render.status import draw_status

            text = draw_status(situation, screen(session.environ, destination), session.language)
    finish(text, destination, situation.obligations, states)
