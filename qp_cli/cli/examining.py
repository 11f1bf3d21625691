"""What `qp check` finds in one repository: the findings of an earlier run where nothing it looked at has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qp_cli.checks.subject import Neighbours
    from qp_cli.findings import Finding, Span
    from qp_cli.store.cache import Cache
    from qp_cli.store.kept_findings import KeptFindings

_ENTRY = "findings"


class Examined(NamedTuple):
    """What is found in one repository.

    Attributes:
        findings: all of them, by place then code.
        files: what each of its files holds, by the path that findings write.
        name: the id of its convention; empty where it could not be read.
        place: where that id stands.
    """

    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]
    name: str
    place: Span | None

    def lines(self, path: str) -> list[str]:
        """The lines of one of the files, as the places of findings count them."""
        from qp_cli.store.encoding import text_of
        from qp_cli.store.tree import lines_of

        return lines_of(text_of(self.files[path]))


def examined(folder: Path, shown: Path, neighbours: Neighbours, cache: Cache) -> Examined:
    """What is found in a folder, which findings write as `shown`, beside its neighbours.

    Raises:
        RepositoryError: a file cannot be opened.
    """
    from qp_cli.store.contents import read_files
    from qp_cli.store.fingerprints import key

    files = read_files(folder, shown)
    entry = key(files, _ENTRY, shown.as_posix(), repr(neighbours))
    kept = _kept(cache.load(entry), folder)
    if kept is None:
        from qp_cli.store.kept_findings import to_plain

        kept = _found(folder, shown, files, neighbours)
        cache.keep(entry, to_plain(kept))
    paths = {(shown / name).as_posix(): data for name, data in files.items()}
    return Examined(kept.findings, paths, kept.name, kept.place)


def _kept(found: object, folder: Path) -> KeptFindings | None:
    """What an earlier run found; None without any, or when a file of proof is no longer what it was."""
    from qp_cli.store.kept_findings import from_plain

    kept = None if found is None else from_plain(found)
    return kept if kept and kept.proofs == _proofs(folder, kept.proofs) else None


def _proofs(folder: Path, names: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """What the folder holds under the names of proofs now: read again, for a fingerprint alone tells."""
    if not names:
        return {}
    from qp_cli.store.proofs import fingerprints

    return {name: (found.sha256, found.trouble or "") for name, found in fingerprints(folder, names).items()}


def _found(folder: Path, shown: Path, files: Mapping[str, bytes], neighbours: Neighbours) -> KeptFindings:
    from qp_cli.checks.registry import examine
    from qp_cli.store.kept_findings import KeptFindings
    from qp_cli.store.places import CONVENTION
    from qp_cli.store.proofs import read_proofs
    from qp_cli.store.repository import read_repository

    repository = read_repository(folder, shown, files)
    proofs = read_proofs(repository)
    findings = tuple(examine(repository, neighbours, proofs))
    told = {name: (found.sha256, found.trouble or "") for name, found in proofs.items()}
    if repository.convention is None:
        return KeptFindings(findings, told)
    place = repository.documents[CONVENTION].span(("id",))
    return KeptFindings(findings, told, repository.convention.id, place)
