"""`qp report`: one convention at a day as a page to print, send or keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.cli.completion import complete_parties
from qp_cli.cli.options import AsOf, Data, KnownAt, Lang, NoCache, Output
from qp_cli.cli.output import emit, screen
from qp_cli.cli.past import committed_on
from qp_cli.cli.session import Session, open_folder
from qp_cli.cli.wording import marked
from qp_cli.messages import msg

if TYPE_CHECKING:
    from pathlib import Path

    from qp_cli.messages import Message
    from qp_cli.render.checked import Checked
    from qp_cli.store.revisions import Revision

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
    as_of: AsOf = None,
    known_at: KnownAt = None,
    lang: Lang = None,
    output: Output = None,
    no_cache: NoCache = False,
) -> None:
    """One page to print, send or keep: terms, counts, every obligation with its working, journal, findings."""
    session: Session = ctx.obj
    day, known_at = session.day(as_of), known_at or session.known_at
    folder = session.folder(data or (), fallback=not known_at)
    opened = open_folder(session, folder, day, known_at)
    from qp_cli.render.page.drawing import draw_page

    destination = output or session.output
    checked, notes = _check(folder, opened.revision), _notes(opened.revision)
    page = draw_page(opened.dossier, checked, session.language, party=party, notes=notes)
    if not screen(session.environ, destination).unicode:
        page = page.encode("ascii", "xmlcharrefreplace").decode()
    emit(page, destination)


def _check(folder: Path, revision: Revision | None) -> Checked:
    """What `qp check` finds in the files the page is made from, named as they are inside their folder."""
    from pathlib import Path

    from qp_cli.checks.registry import examine
    from qp_cli.render.checked import Checked
    from qp_cli.store.repository import read_repository

    repository = read_repository(folder, Path(), revision.files if revision else None)
    files = tuple(document.path for document in repository.documents.values())
    return Checked(tuple(examine(repository)), files, {})


def _notes(revision: Revision | None) -> tuple[Message, ...]:
    """Which state of the repository the page shows, when it is not the files as they are."""
    if revision is None:
        return ()
    return (
        msg("As the repository stood in commit {commit}, of {day}.", commit=revision.short, day=committed_on(revision)),
        msg("Files given as proof were looked at as the folder holds them now."),
    )
