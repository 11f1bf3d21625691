"""The rules, in the order of their codes; a code is never used again for something else."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from qp_cli.checks.avenants import late_extensions, unfit_changes
from qp_cli.checks.blocking import REFERENCES, blocking_findings, in_order
from qp_cli.checks.due_dates import debtors_who_do_not_sign, several_readings, unstated_delay, unstated_frequency
from qp_cli.checks.facts_without_effect import DATED_TWICE, NOT_OWED
from qp_cli.checks.history import HISTORY
from qp_cli.checks.journal import (
    changed_proofs,
    early_notices,
    idle_cancellations,
    idle_notices,
    idle_requests,
    idle_suspensions,
    missing_proofs,
    recorded_early,
    unsealed_proofs,
)
from qp_cli.checks.law import ends_on_a_closed_day, passed_before_approval, unsuited_regimes
from qp_cli.checks.occurrences import skipped_months, undated_series
from qp_cli.checks.performances import after_discharge, before_its_origin, evidence_only, unserved_performance
from qp_cli.checks.portfolio import other_names, repeated_conventions, undeclared_parties
from qp_cli.checks.reading import (
    closed_files,
    conflict_marks,
    cut_by_a_hash,
    duplicate_keys,
    encoding,
    misnamed_files,
    misplaced_spaces,
    missing_keys,
    nothing_declared,
    out_of_bounds,
    outside_the_subset,
    refused_characters,
    refused_values,
    syntax,
    too_deep,
    too_large,
    unknown_choices,
    unknown_dues,
    unknown_formats,
    unknown_keys,
    unreadable_periods,
    unusable_numbers,
    wrong_dates,
    wrong_forms,
    wrong_kinds,
)
from qp_cli.checks.repository import Subject
from qp_cli.checks.rule import Rule
from qp_cli.checks.suppressions import apply, faulty_silences, idle_silences, read_silences
from qp_cli.checks.tidiness import (
    claimed_as_done,
    claimed_years,
    idle_parties,
    missing_clauses,
    shared_names,
    undated_events,
    unused_events,
)
from qp_cli.errors import unknown
from qp_cli.findings import Severity
from qp_cli.messages import msg
from qp_cli.names import shown
from qp_cli.store.places import CONVENTION
from qp_cli.store.proofs import read_proofs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qp_cli.findings import Finding
    from qp_cli.model.parties import SharedParty
    from qp_cli.store.proofs import ProofFile
    from qp_cli.store.repository import Repository

__all__ = ["RULES", "blocking_findings", "examine", "find_rule"]

SILENCES: tuple[Rule, ...] = (
    Rule("QP505", "idle-silence", Severity.WARNING, idle_silences, ()),
    Rule("QP506", "faulty-silence", Severity.ERROR, faulty_silences, ()),
)
"""The rules about silences, which come after all the others."""
BESIDE: tuple[Rule, ...] = (
    Rule("QP213", "repeated-convention", Severity.ERROR, repeated_conventions, (CONVENTION,)),
    Rule("QP214", "other-name", Severity.WARNING, other_names, (CONVENTION,)),
    Rule("QP215", "undeclared-party", Severity.WARNING, undeclared_parties, (CONVENTION,)),
)
"""The rules about a convention and those beside it, which `qp check` alone sees."""
UNDATED = Rule("QP218", "no-obligation", Severity.WARNING, undated_series)
RULES: tuple[Rule, ...] = (
    Rule("QP001", "not-utf8", Severity.ERROR, encoding, ()),
    Rule("QP002", "syntax", Severity.ERROR, syntax, ()),
    Rule("QP003", "duplicate-key", Severity.ERROR, duplicate_keys, ()),
    Rule("QP004", "outside-the-subset", Severity.ERROR, outside_the_subset, ()),
    Rule("QP005", "too-deep", Severity.ERROR, too_deep, ()),
    Rule("QP006", "refused-character", Severity.ERROR, refused_characters, ()),
    Rule("QP007", "conflict-mark", Severity.ERROR, conflict_marks, ()),
    Rule("QP008", "misplaced-space", Severity.ERROR, misplaced_spaces, ()),
    Rule("QP009", "cut-by-a-hash", Severity.WARNING, cut_by_a_hash, ()),
    Rule("QP010", "unusable-number", Severity.ERROR, unusable_numbers, ()),
    Rule("QP011", "nothing-declared", Severity.ERROR, nothing_declared, ()),
    Rule("QP012", "too-large", Severity.ERROR, too_large, ()),
    Rule("QP013", "misnamed-file", Severity.ERROR, misnamed_files, ()),
    Rule("QP014", "closed-file", Severity.ERROR, closed_files, ()),
    Rule("QP100", "refused-value", Severity.ERROR, refused_values, ()),
    Rule("QP101", "unknown-key", Severity.ERROR, unknown_keys, ()),
    Rule("QP102", "missing-key", Severity.ERROR, missing_keys, ()),
    Rule("QP103", "wrong-kind", Severity.ERROR, wrong_kinds, ()),
    Rule("QP104", "unknown-choice", Severity.ERROR, unknown_choices, ()),
    Rule("QP105", "wrong-form", Severity.ERROR, wrong_forms, ()),
    Rule("QP106", "wrong-date", Severity.ERROR, wrong_dates, ()),
    Rule("QP107", "unreadable-period", Severity.ERROR, unreadable_periods, ()),
    Rule("QP108", "unknown-due", Severity.ERROR, unknown_dues, ()),
    Rule("QP109", "unknown-format", Severity.ERROR, unknown_formats, ()),
    Rule("QP110", "out-of-bounds", Severity.ERROR, out_of_bounds, ()),
    *sorted((*REFERENCES, *BESIDE, UNDATED), key=attrgetter("code")),
    Rule("QP301", "passed-before-approval", Severity.WARNING, passed_before_approval),
    Rule("QP302", "claimed-years", Severity.WARNING, claimed_years),
    Rule("QP303", "ends-on-a-closed-day", Severity.INFO, ends_on_a_closed_day),
    Rule("QP304", "several-readings", Severity.INFO, several_readings),
    Rule("QP305", "undated-event", Severity.INFO, undated_events),
    Rule("QP306", "unstated-frequency", Severity.INFO, unstated_frequency),
    Rule("QP307", "debtor-does-not-sign", Severity.WARNING, debtors_who_do_not_sign),
    Rule("QP308", "unstated-delay", Severity.INFO, unstated_delay),
    Rule("QP309", "claimed-as-done", Severity.WARNING, claimed_as_done),
    Rule("QP310", "unsuited-regime", Severity.WARNING, unsuited_regimes, (CONVENTION,)),
    Rule("QP311", "skipped-months", Severity.INFO, skipped_months),
    Rule("QP401", "before-its-origin", Severity.WARNING, before_its_origin),
    NOT_OWED,
    Rule("QP403", "after-discharge", Severity.WARNING, after_discharge),
    Rule("QP404", "evidence-only", Severity.INFO, evidence_only),
    Rule("QP405", "late-extension", Severity.ERROR, late_extensions),
    DATED_TWICE,
    Rule("QP407", "idle-suspension", Severity.WARNING, idle_suspensions),
    Rule("QP408", "idle-cancellation", Severity.WARNING, idle_cancellations),
    Rule("QP409", "recorded-early", Severity.WARNING, recorded_early),
    Rule("QP410", "missing-proof", Severity.ERROR, missing_proofs),
    Rule("QP411", "changed-proof", Severity.ERROR, changed_proofs),
    Rule("QP412", "unsealed-proof", Severity.INFO, unsealed_proofs),
    Rule("QP413", "unserved-performance", Severity.WARNING, unserved_performance),
    Rule("QP414", "unfit-change", Severity.ERROR, unfit_changes),
    Rule("QP415", "idle-request", Severity.WARNING, idle_requests),
    Rule("QP416", "idle-notice", Severity.WARNING, idle_notices),
    Rule("QP417", "early-notice", Severity.INFO, early_notices),
    Rule("QP501", "missing-clause", Severity.WARNING, missing_clauses),
    Rule("QP502", "idle-party", Severity.INFO, idle_parties),
    Rule("QP503", "unused-event", Severity.INFO, unused_events),
    Rule("QP504", "shared-name", Severity.WARNING, shared_names, (CONVENTION,)),
    *SILENCES,
    *HISTORY,
)


def find_rule(code: str) -> Rule:
    """The rule of that code, in capitals or not.

    Raises:
        UsageError: no rule has that code; the nearest are given.
    """
    for rule in RULES:
        if rule.code == code.strip().upper():
            return rule
    raise unknown(msg("There is no rule “{code}”.", code=shown(code)), code, [rule.code for rule in RULES])


def examine(
    repository: Repository,
    parties: tuple[SharedParty, ...] = (),
    proofs: Mapping[str, ProofFile] | None = None,
) -> list[Finding]:
    """Every finding of a repository, by place then code, without those that somebody silenced.

    Args:
        repository: what its files declare.
        parties: those that it shares with others; what others say of it is for `neighbours` to tell.
        proofs: the files that its facts give as proof, where they have been looked at.
    """
    subject = Subject(repository, parties=parties, proofs=read_proofs(repository) if proofs is None else proofs)
    found = [finding for rule in RULES for finding in rule.findings(subject)]
    ran = frozenset(rule.code for rule in RULES if subject.has(*rule.needs))
    decided = apply(read_silences(subject, RULES), found, ran)
    about = Subject(repository, faulty=decided.faulty, idle=decided.idle)
    silences = [finding for rule in SILENCES for finding in rule.findings(about)]
    return in_order([*decided.kept, *silences])
