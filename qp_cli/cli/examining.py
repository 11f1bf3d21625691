"""What `qp check` finds in one repository: the findings of an earlier run where nothing it looked at has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qp_cli.findings import Finding
    from qp_cli.store.cache import Cache

_ENTRY = "findings"


class Examined(NamedTuple):
    """The findings of one repository, and what each of its files holds, by the path that findings write."""

    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]

    def lines(self, path: str) -> list[str]:
        """The lines of one of the files, as the places of findings count them."""
        from qp_cli.store.encoding import text_of
        from qp_cli.store.tree import lines_of

        return lines_of(text_of(self.files[path]))


def examined(folder: Path, shown: Path, cache: Cache) -> Examined:
    """What is found in a folder, which findings write as `shown`.

    Raises:
        RepositoryError: a file cannot be opened.
    """
    from qp_cli.store.contents import read_files
    from qp_cli.store.fingerprints import key

    files = read_files(folder, shown)
    entry = key(files, _ENTRY, shown.as_posix())
    findings = _kept(cache.load(entry), folder)
    if findings is None:
        findings = _found(folder, shown, files, cache, entry)
    return Examined(findings, {(shown / name).as_posix(): data for name, data in files.items()})


def _kept(found: object, folder: Path) -> tuple[Finding, ...] | None:
    """The findings of an earlier run; None without any, or when a file of proof is no longer what it was."""
    from qp_cli.store.kept_findings import from_plain

    kept = None if found is None else from_plain(found)
    if kept is None or kept.proofs != _proofs(folder, kept.proofs):
        return None
    return kept.findings


def _proofs(folder: Path, names: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """What the folder holds under the names of proofs now: read again, for a fingerprint alone tells."""
    if not names:
        return {}
    from qp_cli.store.proofs import fingerprints

    return {name: (found.sha256, found.trouble or "") for name, found in fingerprints(folder, names).items()}


def _found(
    folder: Path, shown: Path, files: Mapping[str, bytes], cache: Cache, entry: str | None
) -> tuple[Finding, ...]:
    from qp_cli.checks.registry import examine
    from qp_cli.store.kept_findings import KeptFindings, to_plain
    from qp_cli.store.proofs import read_proofs
    from qp_cli.store.repository import read_repository

    repository = read_repository(folder, shown, files)
    proofs = read_proofs(repository)
    findings = tuple(examine(repository, proofs))
    told = {name: (found.sha256, found.trouble or "") for name, found in proofs.items()}
    cache.keep(entry, to_plain(KeptFindings(findings, told)))
    return findings
