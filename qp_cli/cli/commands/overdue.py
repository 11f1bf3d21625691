"""`qp overdue`: what is overdue, by party."""

from __future__ import annotations

import typer

from qp_cli.cli.answers import fail_on, finish, form_of, machine_answer
from qp_cli.cli.options import AsOf, Data, FailOn, Form, KnownAt, Lang, NoCache, Output, Parties, SitesOption
from qp_cli.cli.output import screen
from qp_cli.cli.session import Session, open_repository


def overdue(
    ctx: typer.Context,
    party: Parties = None,
    site: SitesOption = None,
    data: Data = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    form: Form = None,
    output: Output = None,
    fail: FailOn = None,
    no_cache: NoCache = False,
) -> None:
    """The overdue obligations under each party, with the days after the date."""
    session: Session = ctx.obj
    answer_in, failing = form_of(session, form), fail_on(fail)
    situation = open_repository(session, data or (), as_of, fallback=not failing, known_at=known_at).situation
    from qp_cli.render.listing import list_overdue
    from qp_cli.tracking.selection import Choice, choose
    from qp_cli.tracking.states import State
    from qp_cli.tracking.summary import soonest

    choice = Choice(tuple(party or ()), tuple(site or ()))
    concerned = choose(situation, choice)
    chosen = soonest(one for one in concerned if one.state is State.OVERDUE)
    destination = output or session.output
    if answer_in == "table":
        text = list_overdue(situation, chosen, screen(session.environ, destination), session.language)
    else:
        text = machine_answer(situation, chosen, answer_in, session.language)
    finish(text, destination, concerned, failing)
