"""The rules, in the order of their codes; a code is never used again for something else."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from qp_cli.checks.added_proofs import idle_proofs, unfit_proofs
from qp_cli.checks.additions import already_there, named_early
from qp_cli.checks.avenants import late_extensions, owed_to_oneself, unfit_changes
from qp_cli.checks.blocking import REFERENCES, blocking_findings, in_order
from qp_cli.checks.due_dates import debtors_who_do_not_sign, several_readings, unstated_delay, unstated_frequency
from qp_cli.checks.early_facts import before_its_origin
from qp_cli.checks.endings import idle_denunciations, idle_terminations, late_denunciations
from qp_cli.checks.facts_without_effect import DATED_TWICE, NOT_OWED
from qp_cli.checks.history import HISTORY
from qp_cli.checks.journal import (
    changed_proofs,
    computed_events,
    early_notices,
    idle_cancellations,
    idle_notices,
    idle_requests,
    idle_suspensions,
    missing_proofs,
    recorded_early,
    unfit_suspensions,
    unsealed_proofs,
)
from qp_cli.checks.law import ends_on_a_closed_day, passed_before_approval, unsuited_regimes
from qp_cli.checks.occurrences import skipped_months, undated_series
from qp_cli.checks.partial_performances import out_of_time, unfit_parts
from qp_cli.checks.performances import after_discharge, evidence_only, unserved_performance
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
from qp_cli.checks.reminders import contacts_without_name, muddled_ladder
from qp_cli.checks.repeated_ids import made_certain
from qp_cli.checks.repository import Subject
from qp_cli.checks.rule import CheckRule
from qp_cli.checks.suppressions import apply, invalid_suppressions, read_suppressions, unused_suppressions
from qp_cli.checks.tidiness import (
    claimed_as_done,
    claimed_years,
    idle_parties,
    missing_clauses,
    shared_names,
    undated_events,
    undeclared_accessibility,
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

SUPPRESSION_RULES: tuple[CheckRule, ...] = (
    CheckRule("QP505", "idle-silence", Severity.WARNING, unused_suppressions, ()),
    CheckRule("QP506", "faulty-silence", Severity.ERROR, invalid_suppressions, ()),
)
"""The rules about silences, which come after all the others."""
BESIDE: tuple[CheckRule, ...] = (
    CheckRule("QP213", "repeated-convention", Severity.ERROR, repeated_conventions, (CONVENTION,)),
    CheckRule("QP214", "other-name", Severity.WARNING, other_names, (CONVENTION,)),
    CheckRule("QP215", "undeclared-party", Severity.WARNING, undeclared_parties, (CONVENTION,)),
)
"""The rules about a convention and those beside it, which `qp check` alone sees."""
CONTACTS = CheckRule("QP219", "contact-without-name", Severity.ERROR, contacts_without_name, (CONVENTION,))
UNDATED = CheckRule("QP218", "no-obligation", Severity.WARNING, undated_series)
RULES: tuple[CheckRule, ...] = (
    CheckRule("QP001", "not-utf8", Severity.ERROR, encoding, ()),
    CheckRule("QP002", "syntax", Severity.ERROR, syntax, ()),
    CheckRule("QP003", "duplicate-key", Severity.ERROR, duplicate_keys, ()),
    CheckRule("QP004", "outside-the-subset", Severity.ERROR, outside_the_subset, ()),
    CheckRule("QP005", "too-deep", Severity.ERROR, too_deep, ()),
    CheckRule("QP006", "refused-character", Severity.ERROR, refused_characters, ()),
    CheckRule("QP007", "conflict-mark", Severity.ERROR, conflict_marks, ()),
    CheckRule("QP008", "misplaced-space", Severity.ERROR, misplaced_spaces, ()),
    CheckRule("QP009", "cut-by-a-hash", Severity.WARNING, cut_by_a_hash, ()),
    CheckRule("QP010", "unusable-number", Severity.ERROR, unusable_numbers, ()),
    CheckRule("QP011", "nothing-declared", Severity.ERROR, nothing_declared, ()),
    CheckRule("QP012", "too-large", Severity.ERROR, too_large, ()),
    CheckRule("QP013", "misnamed-file", Severity.ERROR, misnamed_files, ()),
    CheckRule("QP014", "closed-file", Severity.ERROR, closed_files, ()),
    CheckRule("QP100", "refused-value", Severity.ERROR, refused_values, ()),
    CheckRule("QP101", "unknown-key", Severity.ERROR, unknown_keys, ()),
    CheckRule("QP102", "missing-key", Severity.ERROR, missing_keys, ()),
    CheckRule("QP103", "wrong-kind", Severity.ERROR, wrong_kinds, ()),
    CheckRule("QP104", "unknown-choice", Severity.ERROR, unknown_choices, ()),
    CheckRule("QP105", "wrong-form", Severity.ERROR, wrong_forms, ()),
    CheckRule("QP106", "wrong-date", Severity.ERROR, wrong_dates, ()),
    CheckRule("QP107", "unreadable-period", Severity.ERROR, unreadable_periods, ()),
    CheckRule("QP108", "unknown-due", Severity.ERROR, unknown_dues, ()),
    CheckRule("QP109", "unknown-format", Severity.ERROR, unknown_formats, ()),
    CheckRule("QP110", "out-of-bounds", Severity.ERROR, out_of_bounds, ()),
    *sorted((*REFERENCES, *BESIDE, UNDATED, CONTACTS), key=attrgetter("code")),
    CheckRule("QP301", "passed-before-approval", Severity.WARNING, passed_before_approval),
    CheckRule("QP302", "claimed-years", Severity.WARNING, claimed_years),
    CheckRule("QP303", "ends-on-a-closed-day", Severity.INFO, ends_on_a_closed_day),
    CheckRule("QP304", "several-readings", Severity.INFO, several_readings),
    CheckRule("QP305", "undated-event", Severity.INFO, undated_events),
    CheckRule("QP306", "unstated-frequency", Severity.INFO, unstated_frequency),
    CheckRule("QP307", "debtor-does-not-sign", Severity.WARNING, debtors_who_do_not_sign),
    CheckRule("QP308", "unstated-delay", Severity.INFO, unstated_delay),
    CheckRule("QP309", "claimed-as-done", Severity.WARNING, claimed_as_done),
    CheckRule("QP310", "unsuited-regime", Severity.WARNING, unsuited_regimes, (CONVENTION,)),
    CheckRule("QP311", "skipped-months", Severity.INFO, skipped_months),
    CheckRule("QP401", "before-its-origin", Severity.WARNING, before_its_origin),
    NOT_OWED,
    CheckRule("QP403", "after-discharge", Severity.WARNING, after_discharge),
    CheckRule("QP404", "evidence-only", Severity.INFO, evidence_only),
    CheckRule("QP405", "late-extension", Severity.ERROR, late_extensions),
    DATED_TWICE,
    CheckRule("QP407", "idle-suspension", Severity.WARNING, idle_suspensions),
    CheckRule("QP408", "idle-cancellation", Severity.WARNING, idle_cancellations),
    CheckRule("QP409", "recorded-early", Severity.WARNING, recorded_early),
    CheckRule("QP410", "missing-proof", Severity.ERROR, missing_proofs),
    CheckRule("QP411", "changed-proof", Severity.ERROR, changed_proofs),
    CheckRule("QP412", "unsealed-proof", Severity.INFO, unsealed_proofs),
    CheckRule("QP413", "unserved-performance", Severity.WARNING, unserved_performance),
    CheckRule("QP414", "unfit-change", Severity.ERROR, unfit_changes),
    CheckRule("QP415", "idle-request", Severity.WARNING, idle_requests),
    CheckRule("QP416", "idle-notice", Severity.WARNING, idle_notices),
    CheckRule("QP417", "early-notice", Severity.INFO, early_notices),
    CheckRule("QP418", "out-of-time", Severity.WARNING, out_of_time),
    CheckRule("QP419", "unfit-part", Severity.WARNING, unfit_parts),
    CheckRule("QP421", "late-denunciation", Severity.WARNING, late_denunciations),
    CheckRule("QP422", "idle-denunciation", Severity.WARNING, idle_denunciations),
    CheckRule("QP423", "idle-termination", Severity.WARNING, idle_terminations),
    CheckRule("QP425", "named-early", Severity.WARNING, named_early),
    CheckRule("QP426", "already-there", Severity.WARNING, already_there),
    CheckRule("QP428", "computed-event", Severity.ERROR, computed_events),
    CheckRule("QP429", "unfit-suspension", Severity.ERROR, unfit_suspensions),
    CheckRule("QP430", "unfit-proof", Severity.ERROR, unfit_proofs),
    CheckRule("QP431", "idle-proof", Severity.WARNING, idle_proofs),
    CheckRule("QP432", "owed-to-oneself", Severity.WARNING, owed_to_oneself),
    CheckRule("QP501", "missing-clause", Severity.WARNING, missing_clauses),
    CheckRule("QP502", "idle-party", Severity.INFO, idle_parties),
    CheckRule("QP503", "unused-event", Severity.INFO, unused_events),
    CheckRule("QP504", "shared-name", Severity.WARNING, shared_names, (CONVENTION,)),
    *SUPPRESSION_RULES,
    CheckRule("QP509", "muddled-ladder", Severity.WARNING, muddled_ladder, (CONVENTION,)),
    CheckRule("QP510", "undeclared-accessibility", Severity.WARNING, undeclared_accessibility, (CONVENTION,)),
    *HISTORY,
)


def find_rule(code: str) -> CheckRule:
    """The rule of that code, in capitals or not.

    Raises:
        UsageError: no rule has that code; the nearest are given.
    """
    typed = code.strip().upper()
    for rule in RULES:
        if rule.code == typed:
            return rule
    figures = typed[:2] + typed[2:].replace("O", "0").replace("I", "1")
    raise unknown(msg("There is no rule “{code}”.", code=shown(code)), figures, [rule.code for rule in RULES])


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
    decided = apply(read_suppressions(subject, RULES), found, ran)
    about = Subject(repository, faulty=decided.faulty, idle=decided.idle)
    suppressions = [finding for rule in SUPPRESSION_RULES for finding in rule.findings(about)]
    return in_order([*made_certain(subject, decided.kept), *suppressions])
