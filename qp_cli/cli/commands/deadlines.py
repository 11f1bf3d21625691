"""`qp deadlines`: each obligation with its deadline, soonest first."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.app.readings import read_length, split_choices
from qp_cli.cli.answers import ask, fail_on, finish, form_of, grouping_of
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import (
    STATE_NAMES,
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
    StatesOption,
)
from qp_cli.cli.output import screen
from qp_cli.cli.parser import marked
from qp_cli.cli.session import Session

WithinOption = Annotated[
    str | None,
    typer.Option(
        "--within",
        metavar=marked("LENGTH"),
        help=marked("What is overdue and what falls due by then: 90d or P3M from the day looked at."),
    ),
]


def deadlines(
    ctx: typer.Context,
    party: PartiesOption = None,
    site: SitesOption = None,
    state: StatesOption = None,
    within: WithinOption = None,
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
    """Each obligation with its deadline, soonest first."""
    session: Session = ctx.obj
    answer_in, failing, grouping = form_of(session, form), fail_on(fail), grouping_of(group_by)
    wanted = split_choices(state or (), STATE_NAMES, "--state")
    length = read_length(within) if within else None
    conventions = open_conventions(
        session, data or (), as_of, names=convention or (), fallback=not failing.is_asked, known_at=known_at
    )
    from qp_cli.app.answers import list_chosen
    from qp_cli.law.dates import add_period
    from qp_cli.render.lists import MOST_ROWS, draw_deadlines, write_list
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.states import State

    until = add_period(conventions.day, length) if length else None
    choice = Choice(tuple(party or ()), tuple(site or ()), frozenset(map(State, wanted)), until)
    destination, language = output or session.output, session.language
    is_table = answer_in == "table"
    most = MOST_ROWS if is_table and grouping is None else None
    found = list_chosen(ask(conventions, grouping), choice, failing.look_at, most=most)
    if is_table:
        text = draw_deadlines(found, grouping, screen(session.environ, destination), language)
    else:
        text = write_list(found, grouping, answer_in, language)
    finish(text, destination, failing, language, conventions.code)
