"""A rule: one code, one severity, one pure function from a repository to its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.findings import Finding, Related

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qp_cli.checks.subject import Pointer, Subject
    from qp_cli.findings import Severity
    from qp_cli.messages import Message


class Remark(NamedTuple):
    """What a rule saw: a place, what is wrong there, what to do, and the place that explains it."""

    pointer: Pointer
    message: Message
    hint: Message | None = None
    related: tuple[Pointer, Message] | None = None


class Rule(NamedTuple):
    """One rule of `qp check`."""

    code: str
    severity: Severity
    see: Callable[[Subject], Iterator[Remark]]

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What the rule finds, each at its place."""
        for remark in self.see(subject):
            related: tuple[Related, ...] = ()
            if remark.related:
                pointer, message = remark.related
                related = (Related(subject.span(pointer), message),)
            yield Finding(self.code, self.severity, remark.message, subject.span(remark.pointer), remark.hint, related)
