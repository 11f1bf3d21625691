"""`qp timeline`: the same on a time axis."""

from __future__ import annotations

import typer

from qp_cli.cli.answers import form_of
from qp_cli.cli.options import (
    STATES,
    AsOf,
    Data,
    Form,
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
from qp_cli.cli.session import Session, open_repository


def timeline(
    ctx: typer.Context,
    party: Parties = None,
    site: SitesOption = None,
    state: StatesOption = None,
    data: Data = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    form: Form = None,
    output: Output = None,
    no_cache: NoCache = False,
) -> None:
    """What was due, what happened and what comes, on a time axis."""
    session: Session = ctx.obj
    answer_in = form_of(session, form)
    wanted = split_choices(state or (), STATES, "--state")
    dossier = open_repository(session, data or (), as_of, known_at=known_at).dossier
    from qp_cli.tracking.chronology import chronicle
    from qp_cli.tracking.selection import Choice, choose
    from qp_cli.tracking.states import State

    choice = Choice(tuple(party or ()), tuple(site or ()), frozenset(map(State, wanted)))
    chronology = chronicle(dossier, choose(dossier.situation, choice))
    destination = output or session.output
    if answer_in == "table":
        from qp_cli.render.timeline import draw_timeline

        text = draw_timeline(chronology, screen(session.environ, destination), session.language)
    else:
        from qp_cli.render import timeline_records

        match answer_in:
            case "json":
                text = timeline_records.timeline_json(chronology)
            case "csv":
                text = timeline_records.timeline_csv(chronology)
            case _:
                text = timeline_records.timeline_markdown(chronology, session.language)
    emit(text, destination)
