"""The file as YAML: a strict subset of it, in which what is written is what is meant; found while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.findings import Finding


def syntax(subject: Subject) -> Iterator[Finding]:
    """A text that is not YAML."""
    return subject.noted("QP002")


def duplicate_keys(subject: Subject) -> Iterator[Finding]:
    """A key that is written twice in one group."""
    return subject.noted("QP003")


def outside_the_subset(subject: Subject) -> Iterator[Finding]:
    """A device of YAML that the files do without."""
    return subject.noted("QP004")


def too_deep(subject: Subject) -> Iterator[Finding]:
    """More than 32 levels, one inside another."""
    return subject.noted("QP005")


def cut_by_a_hash(subject: Subject) -> Iterator[Finding]:
    """A value that stops at a `#`."""
    return subject.noted("QP009")


def unusable_numbers(subject: Subject) -> Iterator[Finding]:
    """A number, or a date, that does not exist or cannot be used."""
    return subject.noted("QP010")


def nothing_declared(subject: Subject) -> Iterator[Finding]:
    """A file that is empty, or that holds a list or a text instead of keys."""
    return subject.noted("QP011")
