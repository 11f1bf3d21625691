"""The files of a repository by their names, and by what they are; found while they are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.findings import Finding


def misnamed_files(subject: Subject) -> Iterator[Finding]:
    """A file that is not read, for its name is only nearly the one that is."""
    return subject.noted("QP013")


def closed_files(subject: Subject) -> Iterator[Finding]:
    """A `parties.yaml` that cannot be read."""
    return subject.noted("QP014")
