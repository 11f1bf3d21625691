"""`qp overdue`: what is overdue, by party."""

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
    PartiesOption,
    SitesOption,
)
from qp_cli.cli.output import screen
from qp_cli.cli.session import Session


def overdue(
    ctx: typer.Context,
    party: PartiesOption = None,
    site: SitesOption = None,
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
    """The overdue obligations under each party, with the days after the date."""
    session: Session = ctx.obj
    answer_in, failing, grouping = form_of(session, form), fail_on(fail), grouping_of(group_by)
    conventions = open_conventions(
        session, data or (), as_of, names=convention or (), fallback=not failing.is_asked, known_at=known_at
    )
    from qp_cli.app.answers import list_chosen
    from qp_cli.render.lists import draw_overdue, write_list
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.states import State

    choice = Choice(tuple(party or ()), tuple(site or ()))
    destination, language = output or session.output, session.language
    found = list_chosen(ask(conventions, grouping), choice, failing.look_at, keep=State.OVERDUE)
    if answer_in == "table":
        text = draw_overdue(found, grouping, screen(session.environ, destination), language)
    else:
        text = write_list(found, grouping, answer_in, language)
    finish(text, destination, failing, language, conventions.code)
