"""Findings as a Code Quality report, which GitLab shows on the lines of a merge request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.findings import Severity
from qp_cli.render.fingerprints import fingerprinted
from qp_cli.render.log_lines import quiet
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from qp_cli.app.checked import Checked
    from qp_cli.render.language import Language

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
