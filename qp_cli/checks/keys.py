"""Keys against the schema: unknown, missing, of no known form; found while the files are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.findings import Finding


def refused_values(subject: Subject) -> Iterator[Finding]:
    """A value that is not accepted here, for a reason that has no code of its own."""
    return subject.noted("QP100")


def unknown_keys(subject: Subject) -> Iterator[Finding]:
    """A key that nothing reads."""
    return subject.noted("QP101")


def missing_keys(subject: Subject) -> Iterator[Finding]:
    """A key that must be there and is not."""
    return subject.noted("QP102")


def unknown_dues(subject: Subject) -> Iterator[Finding]:
    """A due date in a form that is not known."""
    return subject.noted("QP108")


def unknown_formats(subject: Subject) -> Iterator[Finding]:
    """A file of a format that this version does not read."""
    return subject.noted("QP109")
