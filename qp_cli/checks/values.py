"""Values against the schema: of the wrong kind, form or size; found while the files are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.findings import Finding


def wrong_kinds(subject: Subject) -> Iterator[Finding]:
    """A text where a list is expected, a number where a text is, and the like."""
    return subject.noted("QP103")


def unknown_choices(subject: Subject) -> Iterator[Finding]:
    """A word that is not one of those that can stand there."""
    return subject.noted("QP104")


def wrong_forms(subject: Subject) -> Iterator[Finding]:
    """A text that does not have the form, or the length, that it needs."""
    return subject.noted("QP105")


def wrong_dates(subject: Subject) -> Iterator[Finding]:
    """A date that is not written YYYY-MM-DD."""
    return subject.noted("QP106")


def unreadable_periods(subject: Subject) -> Iterator[Finding]:
    """A period, or a rule of recurrence, that cannot be read."""
    return subject.noted("QP107")


def out_of_bounds(subject: Subject) -> Iterator[Finding]:
    """A number or a day below or above what makes sense there."""
    return subject.noted("QP110")
