"""`qp deadlines`: each obligation with its deadline, soonest first."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.cli.answers import fail_on, finish, form_of, machine_answer
from qp_cli.cli.options import (
    STATES,
    AsOf,
    Data,
    FailOn,
    Form,
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
from qp_cli.cli.session import Session, open_repository
from qp_cli.cli.wording import marked

Within = Annotated[
    str | None,
    typer.Option(
        "--within",
        metavar=marked("LENGTH"),
        help=marked("Only what is due by then: 90d or P3M from the day looked at."),
    ),
]


def deadlines(
    ctx: typer.Context,
    party: Parties = None,
    site: SitesOption = None,
    state: StatesOption = None,
    within: Within = None,
    data: Data = None,
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
    answer_in, failing = form_of(session, form), fail_on(fail)
    wanted = split_choices(state or (), STATES, "--state")
    length = read_length(within) if within else None
    situation = open_repository(session, data or (), as_of, fallback=not failing, known_at=known_at).situation
    from qp_cli.law.arithmetic import add_period
    from qp_cli.render.listing import list_deadlines
    from qp_cli.tracking.selection import Choice, choose
    from qp_cli.tracking.states import State
    from qp_cli.tracking.summary import soonest

    until = add_period(situation.as_of, length) if length else None
    choice = Choice(tuple(party or ()), tuple(site or ()), frozenset(map(State, wanted)), until)
    chosen = soonest(choose(situation, choice))
    destination = output or session.output
    if answer_in == "table":
        text = list_deadlines(situation, chosen, screen(session.environ, destination), session.language)
    else:
        text = machine_answer(situation, chosen, answer_in, session.language)
    finish(text, destination, chosen, failing)
