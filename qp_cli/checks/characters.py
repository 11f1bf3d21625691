"""The file as text: its encoding, its characters, its spaces, its size; found while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.findings import Finding


def encoding(subject: Subject) -> Iterator[Finding]:
    """A file that is not UTF-8 text."""
    return subject.noted("QP001")


def refused_characters(subject: Subject) -> Iterator[Finding]:
    r"""A character that does not show, or that changes how the text around it reads."""
    return subject.noted("QP006")


def conflict_marks(subject: Subject) -> Iterator[Finding]:
    """A mark that a merge left behind."""
    return subject.noted("QP007")


def misplaced_spaces(subject: Subject) -> Iterator[Finding]:
    """A tab, or a space that is none to YAML."""
    return subject.noted("QP008")


def too_large(subject: Subject) -> Iterator[Finding]:
    """A file, a line or a value that is too long to be one."""
    return subject.noted("QP012")
