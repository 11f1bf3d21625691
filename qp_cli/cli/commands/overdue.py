"""`qp overdue`: what is overdue, by party."""

from __future__ import annotations

import typer

from qp_cli.cli.answers import fail_on, finish, form_of, grouping_of, machine_answer
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import (
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
)
from qp_cli.cli.output import screen
from qp_cli.cli.session import Session


def overdue(
    ctx: typer.Context,
    party: Parties = None,
    site: SitesOption = None,
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
    """The overdue obligations under each party, with the days after the date."""
    session: Session = ctx.obj
    answer_in, failing, grouping = form_of(session, form), fail_on(fail), grouping_of(group_by)
    conventions = open_conventions(
        session, data or (), as_of, names=convention or (), fallback=not failing.is_asked, known_at=known_at
    )
    from qp_cli.tracking.selection import Choice, choose
    from qp_cli.tracking.states import State
    from qp_cli.tracking.summary import soonest

    choice = Choice(tuple(party or ()), tuple(site or ()))
    destination = output or session.output
    shown, language = screen(session.environ, destination), session.language
    if grouping is None and (opened := conventions.only()):
        situation = opened.situation
        concerned = choose(situation, choice)
        chosen = soonest(one for one in concerned if one.state is State.OVERDUE)
        if answer_in == "table":
            from qp_cli.render.listing import list_overdue

            text = list_overdue(situation, chosen, shown, language)
        else:
            text = machine_answer(situation, chosen, answer_in, language)
        failing.look_at(situation, concerned)
    else:
        from qp_cli.cli.surveying import hold, write_overdue

        held = hold(conventions, choice, failing, keep=State.OVERDUE)
        text = write_overdue(conventions, held, grouping, answer_in, shown, language)
    finish(text, destination, failing, language, conventions.code)
