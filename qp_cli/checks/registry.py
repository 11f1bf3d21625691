"""The rules, in the order of their codes; a code is never used again for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.loops import circular_dates, circular_organs
from qp_cli.checks.references import duplicate_ids, unknown_references
from qp_cli.checks.rule import Rule
from qp_cli.checks.shapes import repeated_origins, unextendable, unfit_dues, vacant_roles
from qp_cli.checks.subject import Subject
from qp_cli.findings import Severity

if TYPE_CHECKING:
    from qp_cli.findings import Finding
    from qp_cli.store.repository import Repository

RULES: tuple[Rule, ...] = (
    Rule("QP201", Severity.ERROR, duplicate_ids),
    Rule("QP202", Severity.ERROR, unknown_references),
    Rule("QP203", Severity.ERROR, circular_dates),
    Rule("QP204", Severity.WARNING, vacant_roles),
    Rule("QP205", Severity.ERROR, circular_organs),
    Rule("QP206", Severity.ERROR, unfit_dues),
    Rule("QP207", Severity.ERROR, unextendable),
    Rule("QP208", Severity.ERROR, repeated_origins),
)


def examine(repository: Repository) -> list[Finding]:
    """Every finding of a repository, by place: those of its files, and, when all could be read, of the rules."""
    findings = list(repository.findings)
    if repository.convention and repository.sites is not None and repository.facts is not None:
        subject = Subject(repository.convention, repository.sites, repository.facts, repository.documents)
        findings += [finding for rule in RULES for finding in rule.findings(subject)]
    return sorted(findings, key=lambda finding: (finding.span, finding.code))
