"""Findings as GitHub's workflow commands, which it shows on the lines of a merge request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.findings import Severity
from qp_cli.render.visible import quiet, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qp_cli.app.check_result import Checked
    from qp_cli.findings import Finding
    from qp_cli.render.language import Language

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def write_annotations(checked: Checked, language: Language) -> str:
    """One command a finding, the weightiest first: GitHub shows ten of a kind."""
    order = list(_LEVELS)
    findings = sorted(checked.findings, key=lambda finding: order.index(finding.severity))
    return "".join(f"{_command(finding, language)}\n" for finding in findings)


def _command(finding: Finding, language: Language) -> str:
    """The command for a finding; on its first line only, or GitHub would show it under its last."""
    span = finding.span
    place = {"file": visible(span.path), "line": span.line, "col": span.column, "endLine": span.line}
    message = language.text(finding.message)
    if finding.hint:
        message += f"\n→ {language.text(finding.hint)}"
    for related in finding.related:
        where = f"{visible(related.span.path)}:{related.span.line}:{related.span.column}"
        message += f"\n{where}: {language.text(related.message)}"
    return f"::{_LEVELS[finding.severity]} {_properties({**place, 'title': finding.code})}::{_data(message)}"


def _properties(values: Mapping[str, object]) -> str:
    return ",".join(f"{name}={quiet(str(value)).translate(_PROPERTY)}" for name, value in values.items())


def _data(text: str) -> str:
    return quiet(text).translate(_DATA)
