"""What conventions are checked beside: the parties they share, and the ids already taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.neighbours import party_findings, usable_parties
from qp_cli.checks.subject import Neighbours
from qp_cli.cli.session import shown_path
from qp_cli.store.portfolio import parties_near, read_parties

if TYPE_CHECKING:
    from pathlib import Path

    from qp_cli.findings import Finding, Span
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.portfolio import SharedParties
    from qp_cli.store.tree import Document


class Vicinity:
    """The neighbourhood of the conventions of one check, in their order."""

    def __init__(self) -> None:
        self._files: dict[Path, SharedParties] = {}
        self._ids: dict[str, Span] = {}

    def of(self, folder: Path) -> Neighbours:
        """What the convention in a folder is checked beside.

        Raises:
            RepositoryError: the file of shared parties cannot be opened.
        """
        return Neighbours(dict(self._ids), self._parties(folder))

    def note(self, name: str, place: Span | None) -> None:
        """Remembers the id of a convention once it was looked at, and where it stands."""
        if place:
            self._ids.setdefault(name, place)

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the files of shared parties."""
        return [finding for each in self._files.values() for finding in party_findings(each)]

    @property
    def documents(self) -> dict[str, Document]:
        """The files of shared parties, as findings name them."""
        return {each.document.path: each.document for each in self._files.values()}

    def _parties(self, folder: Path) -> tuple[SharedParty, ...]:
        path = parties_near(folder)
        if path is None:
            return ()
        if path not in self._files:
            self._files[path] = read_parties(path, shown_path(path))
        return usable_parties(self._files[path])
