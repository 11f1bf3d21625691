"""What the check found, on the page; that it found nothing is said too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.notices import write_summary
from qp_cli.render.page.values import Checked, Remark
from qp_cli.render.page.words import severity_sign
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from qp_cli.findings import Finding, Span
    from qp_cli.render import checked
    from qp_cli.render.language import Language


def show_findings(found: checked.Checked, language: Language) -> Checked:
    """How many there are, then each at its place."""
    return Checked(write_summary(found, language), tuple(_remark(each, language) for each in found.findings))


def _remark(finding: Finding, language: Language) -> Remark:
    return Remark(
        visible(finding.code),
        severity_sign(finding.severity, language),
        visible(finding.span.path),
        _spot(finding.span),
        language.text(finding.message),
        language.text(finding.hint) if finding.hint else "",
        tuple(
            language.text(msg("{label}: {text}", label=_place(each.span), text=each.message))
            for each in finding.related
        ),
    )


def _place(span: Span) -> str:
    return f"{visible(span.path)}{_spot(span)}"


def _spot(span: Span) -> str:
    return f":{span.line}:{span.column}"
