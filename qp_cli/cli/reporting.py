"""Conventions as a page: one with all there is to say of it, or several side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qp_cli.cli.absences import absences
from qp_cli.cli.conventions import MOST
from qp_cli.cli.past import committed_on
from qp_cli.messages import msg, msgs
from qp_cli.render.page.drawing import draw_page, draw_portfolio

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qp_cli.cli.conventions import Conventions
    from qp_cli.cli.session import Opened
    from qp_cli.messages import Message
    from qp_cli.render.checked import Checked
    from qp_cli.render.language import Language
    from qp_cli.store.revisions import Revision
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.portfolio import Grouping


def report_one(opened: Opened, party: str | None, language: Language) -> str:
    """The page of one convention.

    Raises:
        UsageError: a party that nobody knows.
    """
    notes: list[Message] = []
    if opened.revision:
        notes = [_stood(opened.revision), msg("Files given as proof were looked at as the folder holds them now.")]
    return draw_page(opened.dossier, _check(opened), language, party=party, notes=notes)


def _check(opened: Opened) -> Checked:
    """What `qp check` finds in the files the page is made from, named as they are inside their folder."""
    from qp_cli.checks.registry import examine
    from qp_cli.render.checked import Checked
    from qp_cli.store.repository import read_repository

    repository = read_repository(opened.folder, Path(), opened.revision.files if opened.revision else None)
    files = tuple(document.path for document in repository.documents.values())
    return Checked(tuple(examine(repository)), files, {})


def _stood(revision: Revision) -> Message:
    """Which state of the repository is shown, when it is not the files as they are."""
    return msg(
        "As the repository stood in commit {commit}, of {day}.", commit=revision.short, day=committed_on(revision)
    )


def report_several(conventions: Conventions, party: str | None, grouping: Grouping | None = None) -> str:
    """The page of several conventions, which says what is left out of it; with counts by group where one is asked.

    Raises:
        QpError: nothing can be read, or nobody is called as asked.
    """
    stood: dict[str, Message] = {}

    def dossiers() -> Iterator[Dossier]:
        for opened in conventions:
            if opened.revision:
                stood.setdefault(opened.revision.short, _stood(opened.revision))
            yield opened.dossier

    def notes() -> Sequence[Message]:
        return [*_bounded(list(stood.values())), *absences(conventions)]

    return draw_portfolio(
        dossiers(),
        conventions.register,
        conventions.day,
        conventions.session.language,
        party=party,
        grouping=grouping,
        notes=notes,
    )


def _bounded(notes: list[Message]) -> list[Message]:
    """The first of some notes, and how many more there are."""
    rest = len(notes) - MOST
    more = msgs("… and {count} more", "… and {count} more", count=rest)
    return [*notes[:MOST], more] if rest > 0 else notes
