"""The rules that reading a repository rests on: nothing is computed from one that breaks them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.additions import unfit_additions, unfit_requests
from qp_cli.checks.due_dates import (
    no_engagement,
    repeated_origins,
    unextendable,
    unfit_dues,
    unfit_events,
    vacant_roles,
)
from qp_cli.checks.endings import unfit_terminations, unfit_terms
from qp_cli.checks.law import backwards_regimes
from qp_cli.checks.occurrences import uncomputable_dates, unknown_occurrences
from qp_cli.checks.people import repeated_names, signing_organs
from qp_cli.checks.references import circular_dates, circular_organs, unknown_references
from qp_cli.checks.repeated_ids import duplicate_ids, made_certain
from qp_cli.checks.repository import Subject
from qp_cli.checks.rule import CheckRule
from qp_cli.errors import BrokenRepositoryError
from qp_cli.findings import Severity
from qp_cli.messages import msgs
from qp_cli.model.declarations import Declarations
from qp_cli.store.places import CONVENTION, JOURNAL, SITES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.findings import Finding
    from qp_cli.model.convention import Convention
    from qp_cli.model.facts import Fact
    from qp_cli.model.sites import Site
    from qp_cli.store.repository import Repository

REFERENCES: tuple[CheckRule, ...] = (
    CheckRule("QP201", "duplicate-id", Severity.ERROR, duplicate_ids),
    CheckRule("QP202", "unknown-reference", Severity.ERROR, unknown_references),
    CheckRule("QP203", "circular-dates", Severity.ERROR, circular_dates),
    CheckRule("QP204", "vacant-role", Severity.WARNING, vacant_roles, (CONVENTION,)),
    CheckRule("QP205", "circular-organs", Severity.ERROR, circular_organs, (CONVENTION,)),
    CheckRule("QP206", "unfit-due-date", Severity.ERROR, unfit_dues),
    CheckRule("QP207", "unextendable-period", Severity.ERROR, unextendable),
    CheckRule("QP208", "repeated-origin", Severity.ERROR, repeated_origins),
    CheckRule("QP209", "repeated-name", Severity.WARNING, repeated_names),
    CheckRule("QP210", "signing-organ", Severity.WARNING, signing_organs, (CONVENTION,)),
    CheckRule("QP211", "unknown-occurrence", Severity.ERROR, unknown_occurrences),
    CheckRule("QP212", "uncomputable-date", Severity.ERROR, uncomputable_dates),
    CheckRule("QP216", "no-engagement", Severity.WARNING, no_engagement),
    CheckRule("QP217", "backwards-regime", Severity.ERROR, backwards_regimes),
    CheckRule("QP222", "unfit-term", Severity.ERROR, unfit_terms, (CONVENTION,)),
    CheckRule("QP223", "unfit-termination", Severity.ERROR, unfit_terminations),
    CheckRule("QP226", "unfit-addition", Severity.ERROR, unfit_additions),
    CheckRule("QP227", "unfit-request", Severity.ERROR, unfit_requests),
    CheckRule("QP229", "unfit-event", Severity.ERROR, unfit_events, (CONVENTION,)),
)
"""The rules of the family QP2xx; those of QP0xx and QP1xx are applied while the files are read."""


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by place, then by code."""
    return sorted(findings, key=lambda finding: (finding.span, finding.code))


def blocking_findings(repository: Repository, subject: Subject | None = None) -> list[Finding]:
    """What a reading command needs to know: the findings of QP0xx to QP2xx, in their order."""
    subject = subject or Subject(repository)
    found = [finding for rule in REFERENCES for finding in rule.findings(subject)]
    return in_order([*repository.findings, *made_certain(subject, found)])


def declared_without_errors(repository: Repository) -> Declarations:
    """What a repository declares, and how many of its facts count for nothing: the one way from files to an answer.

    Raises:
        BrokenRepositoryError: it has errors of QP0xx to QP2xx; every finding of these families is carried along.
    """
    subject = Subject(repository)
    findings = blocking_findings(repository, subject)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise broken(findings)
    if repository.convention is None or repository.sites is None or repository.facts is None:
        raise broken(findings)
    without_effect = 0
    if repository.facts:
        from qp_cli.checks.facts_without_effect import facts_without_effect

        without_effect = facts_without_effect(subject)
    return Declarations(repository.convention, repository.sites, repository.facts, without_effect)


def broken(findings: Sequence[Finding]) -> BrokenRepositoryError:
    """The error for files with these findings."""
    problem = msgs(
        "{count} error in the repository: nothing was computed.",
        "{count} errors in the repository: nothing was computed.",
        count=sum(finding.severity is Severity.ERROR for finding in findings),
    )
    return BrokenRepositoryError(problem, tuple(findings))


def values_without_errors(convention: Convention, sites: Sequence[Site], facts: Sequence[Fact]) -> Declarations:
    """The same for values that come from no file: what is found in them stands at the beginning of a file.

    Raises:
        BrokenRepositoryError: they have errors of QP2xx.
    """
    from pathlib import Path

    from qp_cli.store.repository import Repository
    from qp_cli.store.yaml.tree import START, Document

    documents = {name: Document(name, "", None, START, ()) for name in (CONVENTION, SITES, JOURNAL)}
    return declared_without_errors(Repository(Path(), documents, (), convention, tuple(sites), tuple(facts)))
