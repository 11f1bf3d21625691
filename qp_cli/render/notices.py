"""Findings and errors as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.findings import Finding
    from qp_cli.render.language import Language

SEVERITIES = {
    Severity.ERROR: msg("error"),
    Severity.WARNING: msg("warning"),
    Severity.INFO: msg("information"),
}


def write_findings(findings: Iterable[Finding], language: Language) -> str:
    """Each finding as `path:line:column: CODE severity: what is wrong`, its hint and other places below."""
    lines: list[str] = []
    for finding in findings:
        span = finding.span
        place = f"{visible(span.path)}:{span.line}:{span.column}"
        severity = language.text(SEVERITIES[finding.severity])
        lines.append(f"{place}: {finding.code} {severity}: {language.text(finding.message)}")
        if finding.hint:
            lines.append(f"    → {language.text(finding.hint)}")
        for related in finding.related:
            where = f"{visible(related.span.path)}:{related.span.line}:{related.span.column}"
            lines.append(f"    {where}: {language.text(related.message)}")
    return "".join(f"{line}\n" for line in lines)
