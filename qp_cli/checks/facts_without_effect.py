"""Facts that count for nothing as they are written: those that a reading leaves aside, and must say so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from qp_cli.checks.journal import dated_twice
from qp_cli.checks.performances import not_owed, wrongly_named
from qp_cli.checks.rule import CheckRule
from qp_cli.checks.suppressions import apply, read_suppressions
from qp_cli.findings import Severity
from qp_cli.store.places import JOURNAL

if TYPE_CHECKING:
    from qp_cli.checks.repository import Subject

NOT_OWED = CheckRule("QP402", "not-owed", Severity.ERROR, not_owed)
DATED_TWICE = CheckRule("QP406", "dated-twice", Severity.ERROR, dated_twice)
_RULES = (NOT_OWED._replace(see=wrongly_named), DATED_TWICE)


def facts_without_effect(subject: Subject) -> int:
    """How many facts of the journal count for nothing, or for less than they say, and nobody has silenced that."""
    found = [finding for rule in _RULES for finding in rule.findings(subject)]
    errors = [each for each in found if each.severity is Severity.ERROR]
    if not errors:
        return 0
    left = apply(read_suppressions(subject, _RULES), errors, frozenset()).kept
    journal = subject.documents[JOURNAL]
    entries = [journal.span(("facts", number)) for number in range(len(subject.facts))]
    lines = sorted(each.span.line for each in left)
    return sum(bisect_left(lines, entry.line) < bisect_right(lines, entry.end_line) for entry in entries)
