"""`qp report`: one convention, or several, at a day as a page to print, send or keep."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qp_cli.app.conventions import absences
from qp_cli.app.known_at import known_words
from qp_cli.cli.answers import grouping_of
from qp_cli.cli.completion import complete_parties
from qp_cli.cli.conventions import open_conventions
from qp_cli.cli.options import FOR_READING, Call, taking
from qp_cli.cli.output import emit, is_terminal, say
from qp_cli.cli.parser import marked
from qp_cli.errors import UsageError
from qp_cli.messages import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qp_cli.app.check_result import Checked
    from qp_cli.app.opening import Opened
    from qp_cli.cli.conventions import SessionConventions
    from qp_cli.messages import Message
    from qp_cli.render.page.document import PagePart, PageView
    from qp_cli.tracking.portfolio import Grouping

_Party = Annotated[
    list[str] | None,
    typer.Option(
        "--party",
        metavar=marked("PARTY"),
        help=marked("Only what concerns this party, organ, group or role; once."),
        autocompletion=complete_parties,
    ),
]


_Contacts = Annotated[
    bool, typer.Option("--contacts", help=marked("Name those who follow it: a page to be published leaves them out."))
]


_Summary = Annotated[
    bool,
    typer.Option("--summary", help=marked("One sheet of A4: the answer, what is overdue, what is next, room to sign.")),
]
_InBrowser = Annotated[
    bool, typer.Option("--open", help=marked("Open the file in the browser; without --output, it gets a name."))
]


@taking(*FOR_READING, "group_by")
def report(
    party: _Party = None,
    summary: _Summary = False,
    contacts: _Contacts = False,
    show: _InBrowser = False,
    *,
    call: Call,
) -> None:
    """One page to print, send or keep: terms, counts, every obligation with its working, journal, findings."""
    who, grouping = _only(party or ()), grouping_of(call)
    if summary and (contacts or grouping):
        raise UsageError(msg("The sheet of --summary has neither --contacts nor --group-by"))
    _refuse_a_terminal(call, show=show)
    conventions = open_conventions(call)
    page = _summary(conventions, who) if summary else _page(conventions, who, grouping, contacts=contacts)
    if show and not call.destination:
        call.output = _file_name(conventions, summary=summary)
    if not call.screen.unicode:
        page = (piece.encode("ascii", "xmlcharrefreplace").decode() for piece in page)
    emit(page, call.destination, "html", language=call.language)
    if show:
        _open(Path(call.destination or ""), call)
    if conventions.code:
        raise typer.Exit(conventions.code)


def _refuse_a_terminal(call: Call, *, show: bool) -> None:
    """Refuses to pour a page out on a terminal.

    Raises:
        UsageError: so it is.
    """
    if not (call.destination or show) and is_terminal(sys.stdout):
        raise UsageError(
            msg("A page is for a browser: qp report --open, or name its file, qp report --output page.html")
        )


def _file_name(conventions: SessionConventions, *, summary: bool) -> str:
    """What a page is called that nobody named: its convention and its day."""
    only = conventions.only()
    name = only.ledger.situation.convention.id if only else "conventions"
    return f"{name}-{conventions.day}{'-summary' if summary else ''}.html"


def _open(path: Path, call: Call) -> None:
    """Opens the page that was written."""
    from qp_cli.cli.browser import open_in_browser

    if path.is_file() and not open_in_browser(path):
        say(call.language.text(msg("No browser was found: open {path} in yours.", path=str(path))))


def _only(parties: Sequence[str]) -> str | None:
    """The one party whose sheet it is; None where the page is everybody's.

    Raises:
        UsageError: there are several.
    """
    if len(parties) > 1:
        raise UsageError(msg("The page is the sheet of one party: give --party once"))
    return parties[0] if parties else None


def _page(
    conventions: SessionConventions, party: str | None, grouping: Grouping | None, *, contacts: bool
) -> Iterable[str]:
    """The page of one convention, with all there is to say of it, or of several side by side.

    Raises:
        QpError: nothing can be read, or nobody is called as asked.
    """
    from qp_cli.render.page.document import draw_page, portfolio_pieces

    language = conventions.session.language
    if grouping is None and (opened := conventions.only()):
        notes: list[Message] = []
        if opened.revision:
            notes = [
                *known_words(conventions.known),
                msg("Files given as proof were looked at as the folder holds them now."),
            ]
        page = draw_page(opened.ledger, _check(opened), language, party=party, notes=notes, contacts=contacts)
        return (page,)

    def gather(make: PagePart) -> Iterator[PageView]:
        return conventions.gather(_PartOfPage(make))

    def lacks() -> Sequence[Message]:
        return [*known_words(conventions.known), *absences(conventions)]

    return portfolio_pieces(
        gather, conventions.register, conventions.day, language, party=party, grouping=grouping, notes=lacks
    )


class _PartOfPage:
    """What makes of a convention its part of the page."""

    def __init__(self, make: PagePart) -> None:
        self._make = make

    def __call__(self, opened: Opened) -> PageView:
        return self._make(opened.ledger)


def _summary(conventions: SessionConventions, party: str | None) -> Iterable[str]:
    """One sheet on one convention, or on several.

    Raises:
        QpError: nothing can be read, or nobody is called as asked.
    """
    from qp_cli.render.page.sheet import draw_summary
    from qp_cli.tracking.portfolio import SharedParties

    only = conventions.only()

    def lacks() -> Sequence[Message]:
        return [*known_words(conventions.known), *(() if only else absences(conventions))]

    page = draw_summary(
        (each.ledger for each in ((only,) if only else conventions)),
        SharedParties() if only else conventions.register,
        conventions.day,
        conventions.session.language,
        several=only is None,
        party=party,
        notes=lacks,
    )
    return (page,)


def _check(opened: Opened) -> Checked:
    """What `qp check` finds in the files the page is made from, named as they are inside their folder."""
    from qp_cli.app.check_result import Checked, declared_in
    from qp_cli.checks.registry import examine
    from qp_cli.store.repository import read_repository

    repository = read_repository(opened.folder, Path(), opened.revision.files if opened.revision else None)
    files = tuple(document.path for document in repository.documents.values())
    return Checked(tuple(examine(repository)), files, {}, declared=tuple(declared_in(repository)))
