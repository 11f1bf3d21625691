"""`qp report`: one convention, or several, at a day as a page to print, send or keep."""

from __future__ import annotations

from typing import Annotated

import typer

from qp_cli.cli.completion import complete_parties
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import AsOf, ConventionsOption, Data, KnownAt, Lang, NoCache, Output
from qp_cli.cli.output import emit, screen
from qp_cli.cli.session import Session
from qp_cli.cli.wording import marked

Party = Annotated[
    str | None,
    typer.Option(
        "--party",
        metavar=marked("PARTY"),
        help=marked("Only what concerns this party, organ, group or role."),
        autocompletion=complete_parties,
    ),
]


def report(
    ctx: typer.Context,
    party: Party = None,
    data: Data = None,
    convention: ConventionsOption = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    output: Output = None,
    no_cache: NoCache = False,
) -> None:
    """One page to print, send or keep: terms, counts, every obligation with its working, journal, findings."""
    session: Session = ctx.obj
    conventions = open_conventions(session, data or (), as_of, names=convention or (), known_at=known_at)
    from qp_cli.cli.reporting import report_one, report_several

    destination = output or session.output
    opened = conventions.only()
    page = report_one(opened, party, session.language) if opened else report_several(conventions, party)
    if not screen(session.environ, destination).unicode:
        page = page.encode("ascii", "xmlcharrefreplace").decode()
    emit(page, destination)
    if conventions.code:
        raise typer.Exit(conventions.code)
