"""Findings: what is wrong or doubtful in a repository's files, at an exact place."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qp_cli.messages import Message


class Severity(StrEnum):
    """How much a finding weighs: only an error makes a check fail by itself."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Span(NamedTuple):
    """A place in a file: lines and columns in characters, counted from 1, the end excluded."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Related(NamedTuple):
    """Another place that explains a finding, with what it shows."""

    span: Span
    message: Message


class Finding(NamedTuple):
    """One thing wrong or doubtful: it cannot be built without its place."""

    code: str
    severity: Severity
    message: Message
    span: Span
    hint: Message | None = None
    related: tuple[Related, ...] = ()
