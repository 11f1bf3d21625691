"""`qp timeline`: the same on a time axis."""

from __future__ import annotations

import typer

from qp_cli.cli.answers import form_of, grouping_of
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import (
    STATES,
    AsOf,
    ConventionsOption,
    Data,
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
from qp_cli.cli.output import emit, screen
from qp_cli.cli.readings import split_choices
from qp_cli.cli.session import Session


def timeline(
    ctx: typer.Context,
    party: Parties = None,
    site: SitesOption = None,
    state: StatesOption = None,
    data: Data = None,
    convention: ConventionsOption = None,
    group_by: GroupBy = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    form: Form = None,
    output: Output = None,
    no_cache: NoCache = False,
) -> None:
    """What was due, what happened and what comes, on a time axis."""
    session: Session = ctx.obj
    answer_in, grouping = form_of(session, form), grouping_of(group_by)
    wanted = split_choices(state or (), STATES, "--state")
    conventions = open_conventions(session, data or (), as_of, names=convention or (), known_at=known_at)
    from qp_cli.cli.charting import chart_one, chart_several
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.states import State

    choice = Choice(tuple(party or ()), tuple(site or ()), frozenset(map(State, wanted)))
    destination = output or session.output
    shown = screen(session.environ, destination)
    if grouping is None and (opened := conventions.only()):
        text = chart_one(opened.dossier, choice, answer_in, shown, session.language)
    else:
        text = chart_several(conventions, choice, answer_in, shown, grouping)
    emit(text, destination)
    if conventions.code:
        raise typer.Exit(conventions.code)
