"""`qp parties`: who."""

from __future__ import annotations

import typer

from qp_cli.cli.answers import form_of
from qp_cli.cli.conventions import open_one
from qp_cli.cli.options import AsOf, ConventionsOption, Data, FormOption, KnownAt, Lang, NoCache, Output
from qp_cli.cli.output import emit, screen
from qp_cli.cli.session import Session


def parties(
    ctx: typer.Context,
    data: Data = None,
    convention: ConventionsOption = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    form: FormOption = None,
    output: Output = None,
    no_cache: NoCache = False,
) -> None:
    """The parties, their organs, the groups and the roles."""
    session: Session = ctx.obj
    answer_in = form_of(session, form)
    situation = open_one(session, data or (), as_of, names=convention or (), known_at=known_at).situation
    from qp_cli.render.people_and_places import list_parties

    destination = output or session.output
    drawn = list_parties(situation, answer_in, screen(session.environ, destination), session.language)
    emit(drawn, destination)
