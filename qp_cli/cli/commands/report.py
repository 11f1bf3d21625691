"""`qp report`: one convention, or several, at a day as a page to print, send or keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.cli.answers import grouping_of
from qp_cli.cli.completion import complete_parties
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import AsOf, ConventionsOption, Data, GroupBy, KnownAt, Lang, NoCache, Output
from qp_cli.cli.output import emit, screen
from qp_cli.cli.session import Session
from qp_cli.cli.wording import marked
from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

Party = Annotated[
    list[str] | None,
    typer.Option(
        "--party",
        metavar=marked("PARTY"),
        help=marked("Only what concerns this party, organ, group or role; once."),
        autocompletion=complete_parties,
    ),
]


def report(
    ctx: typer.Context,
    party: Party = None,
    data: Data = None,
    convention: ConventionsOption = None,
    group_by: GroupBy = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    output: Output = None,
    no_cache: NoCache = False,
) -> None:
    """One page to print, send or keep: terms, counts, every obligation with its working, journal, findings."""
    session: Session = ctx.obj
    who, grouping = _only(party or ()), grouping_of(group_by)
    conventions = open_conventions(session, data or (), as_of, names=convention or (), known_at=known_at)
    from qp_cli.cli.reporting import report_one, report_several

    destination = output or session.output
    opened = conventions.only() if grouping is None else None
    page = report_one(opened, who, session.language) if opened else report_several(conventions, who, grouping)
    if not screen(session.environ, destination).unicode:
        page = page.encode("ascii", "xmlcharrefreplace").decode()
    emit(page, destination)
    if conventions.code:
        raise typer.Exit(conventions.code)


def _only(parties: Sequence[str]) -> str | None:
    """The one party whose sheet it is; None where the page is everybody's.

    Raises:
        UsageError: there are several.
    """
    if len(parties) > 1:
        raise UsageError(msg("The page is the sheet of one party: give --party once"))
    return parties[0] if parties else None
