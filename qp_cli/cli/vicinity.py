"""What conventions are checked beside: the parties they share, and the ids already taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.neighbours import party_findings, same_id, usable_parties
from qp_cli.cli.session import shown_path
from qp_cli.store.portfolio import read_parties

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qp_cli.cli.examining import Examined
    from qp_cli.findings import Finding, Span
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.portfolio import SharedParties
    from qp_cli.store.tree import Document


class Vicinity:
    """The neighbourhood of the conventions of one check, in their order."""

    def __init__(self) -> None:
        self._files: dict[Path, SharedParties] = {}
        self._beside: dict[Path, None] = {}
        self._ids: dict[str, Span] = {}

    def parties(self, path: Path | None) -> tuple[SharedParty, ...]:
        """The usable parties of a file of shared parties, which is read once; none where there is no file.

        Raises:
            RepositoryError: it cannot be opened.
        """
        return usable_parties(self._shared(path)) if path else ()

    def meet(self, examined: Examined) -> Sequence[Finding]:
        """The findings of a convention, by place then code, with the one it has if its id was met before."""
        if examined.parties:
            self._beside[examined.parties] = None
        if examined.place is None:
            return examined.findings
        other = self._ids.setdefault(examined.name, examined.place)
        if other is examined.place:
            return examined.findings
        from qp_cli.checks.blocking import in_order

        return in_order([*examined.findings, same_id(examined.name, examined.place, other)])

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the files of shared parties of the conventions met."""
        return [finding for path in self._beside for finding in party_findings(self._shared(path))]

    @property
    def documents(self) -> dict[str, Document]:
        """Those files, as findings name them."""
        shared = (self._shared(path) for path in self._beside)
        return {each.document.path: each.document for each in shared}

    def _shared(self, path: Path) -> SharedParties:
        if path not in self._files:
            self._files[path] = read_parties(path, shown_path(path))
        return self._files[path]
