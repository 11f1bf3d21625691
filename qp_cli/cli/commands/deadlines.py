"""`qp deadlines`: each obligation with its deadline, soonest first."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.cli.answers import fail_on, finish, form_of, grouping_of, machine_answer
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import (
    STATES,
    AsOf,
    ConventionsOption,
    Data,
    FailOn,
    Form,
    GroupBy,
    KnownAt,
    Lang,
    NoCache,
    Output,
    Parties,
    SitesOption,
    StatesOption,
)
from qp_cli.cli.output import screen
from qp_cli.cli.readings import read_length, split_choices
from qp_cli.cli.session import Session
from qp_cli.cli.wording import marked

Within = Annotated[
    str | None,
    typer.Option(
        "--within",
        metavar=marked("LENGTH"),
        help=marked("What is overdue and what falls due by then: 90d or P3M from the day looked at."),
    ),
]


def deadlines(
    ctx: typer.Context,
    party: Parties = None,
    site: SitesOption = None,
    state: StatesOption = None,
    within: Within = None,
    data: Data = None,
    convention: ConventionsOption = None,
    group_by: GroupBy = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    form: Form = None,
    output: Output = None,
    fail: FailOn = None,
    no_cache: NoCache = False,
) -> None:
    """Each obligation with its deadline, soonest first."""
    session: Session = ctx.obj
    answer_in, failing, grouping = form_of(session, form), fail_on(fail), grouping_of(group_by)
    wanted = split_choices(state or (), STATES, "--state")
    length = read_length(within) if within else None
    conventions = open_conventions(
        session, data or (), as_of, names=convention or (), fallback=not failing.is_asked, known_at=known_at
    )
    from qp_cli.law.dates import add_period
    from qp_cli.tracking.selection import Choice, choose
    from qp_cli.tracking.states import State
    from qp_cli.tracking.summary import soonest

    until = add_period(conventions.day, length) if length else None
    choice = Choice(tuple(party or ()), tuple(site or ()), frozenset(map(State, wanted)), until)
    destination = output or session.output
    shown, language = screen(session.environ, destination), session.language
    if grouping is None and (opened := conventions.only()):
        situation = opened.situation
        chosen = soonest(choose(situation, choice))
        if answer_in == "table":
            from qp_cli.render.listing import list_deadlines

            text = list_deadlines(situation, chosen, shown, language)
        else:
            text = machine_answer(situation, chosen, answer_in, language)
        failing.look_at(situation, chosen)
    else:
        from qp_cli.cli.surveying import hold, write
        from qp_cli.render.listing import MOST

        held = hold(conventions, choice, failing, most=MOST if answer_in == "table" and grouping is None else None)
        text = write(conventions, held, grouping, answer_in, shown, language)
    finish(text, destination, failing, language, conventions.code)
