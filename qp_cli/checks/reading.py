"""What is found while files are read: names, encoding, YAML, keys and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.repository import Subject
    from qp_cli.findings import Finding


def misnamed_files(subject: Subject) -> Iterator[Finding]:
    """A file that is not read, for its name is only nearly the one that is."""
    return subject.noted("QP013")


def closed_files(subject: Subject) -> Iterator[Finding]:
    """A `parties.yaml` that cannot be read."""
    return subject.noted("QP014")


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
