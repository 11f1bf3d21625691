"""What conventions are checked beside: the parties they share, and the ids already taken."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from qp_cli.checks.portfolio import party_findings, same_id, undeclared, usable_parties
from qp_cli.cli.session import shown_path
from qp_cli.errors import RepositoryError
from qp_cli.store.portfolio import conventions_in, parties_near, read_parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from qp_cli.cli.examining import Examined
    from qp_cli.findings import Finding, Span
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.portfolio import SharedParties
    from qp_cli.store.yaml.tree import Document


class Vicinity:
    """The neighbourhood of the conventions of one check, in their order."""

    def __init__(self) -> None:
        self._files: dict[Path, SharedParties] = {}
        self._beside: dict[Path, dict[Path, tuple[str, ...] | None]] = {}
        self._ids: dict[str, Span] = {}

    def parties(self, path: Path | None) -> tuple[SharedParty, ...]:
        """The usable parties of a file of shared parties, which is read once; none where there is no file."""
        return usable_parties(self._shared(path)) if path else ()

    def meet(self, examined: Examined, folder: Path) -> Sequence[Finding]:
        """The findings of a convention, by place then code, with the one it has if its id was met before."""
        if examined.parties:
            self._beside.setdefault(examined.parties, {})[folder.resolve()] = examined.people
        if examined.place is None:
            return examined.findings
        other = self._ids.setdefault(examined.name, examined.place)
        if other is examined.place:
            return examined.findings
        from qp_cli.checks.blocking import in_order

        return in_order([*examined.findings, same_id(examined.name, examined.place, other)])

    def findings(self, paths: Iterable[Path]) -> list[Finding]:
        """What is wrong with files of shared parties, once the conventions they are for were met."""
        return [finding for path in paths for finding in self._of(path)]

    def _of(self, path: Path) -> Iterator[Finding]:
        shared = self._shared(path)
        yield from party_findings(shared)
        if usable_parties(shared) and self._all_met(path):
            people = (people for people in self._beside[path].values() if people)
            yield from undeclared(shared, frozenset(chain.from_iterable(people)))

    def _all_met(self, path: Path) -> bool:
        """Whether every convention that a file of shared parties is the nearest of was met, and read."""
        met = self._beside[path]
        try:
            all_below = conventions_in(path.parent)
        except (OSError, RepositoryError):
            return False
        below = {folder.resolve() for folder in all_below.folders if parties_near(folder) == path}
        return not all_below.unread and None not in met.values() and met.keys() >= below

    def documents(self, paths: Iterable[Path]) -> dict[str, Document]:
        """Those files, as findings name them."""
        shared = map(self._shared, paths)
        return {each.document.path: each.document for each in shared}

    def _shared(self, path: Path) -> SharedParties:
        if path not in self._files:
            self._files[path] = read_parties(path, shown_path(path))
        return self._files[path]
