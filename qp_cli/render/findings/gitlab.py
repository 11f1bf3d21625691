"""Findings as a Code Quality report for GitLab; the fingerprint of each stays when its line moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.findings import Severity
from qp_cli.render.visible import quiet, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.app.check_result import Checked
    from qp_cli.findings import Finding
    from qp_cli.render.language import Language


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


_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write_code_quality(checked: Checked, language: Language) -> str:
    """The report, in ASCII: whatever console it goes through, what arrives is JSON in UTF-8."""
    import json

    report = [
        {
            "description": language.text(finding.message),
            "check_name": finding.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": visible(finding.span.path), "lines": {"begin": finding.span.line}},
        }
        for finding, fingerprint in fingerprinted(checked)
    ]
    return quiet(json.dumps(report, indent=2)) + "\n"
