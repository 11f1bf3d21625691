"""What tells one finding from another when lines move: the same from one commit to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.app.checked import Checked
    from qp_cli.findings import Finding

_LENGTH = 32


def fingerprinted(checked: Checked) -> Iterator[tuple[Finding, str]]:
    """Each finding with its fingerprint: code, file, words and line of text, and which of those alike; no number."""
    from hashlib import sha256

    def key(finding: Finding) -> str:
        line = " ".join(checked.line(finding.span).split())
        return "\0".join((finding.code, finding.span.path, str(finding.message), line))

    for finding, name, earlier in checked.numbered(key):
        digest = sha256(f"{name}\0{earlier}".encode(errors="backslashreplace"))
        yield finding, digest.hexdigest()[:_LENGTH]
