"""Findings: what is wrong or doubtful in a repository's files, at an exact place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qp_cli.messages import Message


class Severity(StrEnum):
    """How much a finding weighs: only an error makes a check fail by itself."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file: lines and columns in characters, counted from 1, the end excluded."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding, with what it shows."""

    span: Span
    message: Message


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or doubtful: it cannot be built without its place."""

    code: str
    severity: Severity
    message: Message
    span: Span
    hint: Message | None = None
    related: tuple[Related, ...] = ()
