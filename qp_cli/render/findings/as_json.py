"""Findings as JSON, as the contract of `qp check` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.findings import Severity
from qp_cli.render.findings.rule_pages import rule_url
from qp_cli.render.formats import named_absences, to_json
from qp_cli.render.visible import quiet

if TYPE_CHECKING:
    from qp_cli.app.check_result import Checked
    from qp_cli.findings import Finding, Span
    from qp_cli.render.language import Language


def write_findings_json(checked: Checked, language: Language) -> str:
    """The record as JSON."""
    return quiet(to_json(checked_record(checked, language)))


def checked_record(checked: Checked, language: Language) -> dict[str, object]:
    """Every finding with its place, how many there are, and what could not be checked."""
    return {
        "schema": "qp/1",
        "findings": [_finding(each, language) for each in checked.findings],
        "summary": {
            "files": len(checked.files),
            "errors": checked.count(Severity.ERROR),
            "warnings": checked.count(Severity.WARNING),
            "infos": checked.count(Severity.INFO),
        },
        **named_absences(lambda: [{"path": path, "reason": "unread"} for path in checked.left_out]),
    }


def _finding(finding: Finding, language: Language) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": language.text(finding.message),
        "hint": language.text(finding.hint) if finding.hint else None,
        **_place(finding.span),
        "rule_url": rule_url(finding.code),
        "related": [{"message": language.text(each.message), **_place(each.span)} for each in finding.related],
    }


def _place(span: Span) -> dict[str, object]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
