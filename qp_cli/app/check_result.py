"""What a check found, ready for any format."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from qp_cli.findings import Finding, Span


class Checked(NamedTuple):
    """The findings of one check.

    Attributes:
        findings: all of them, in the order of the files.
        files: every file that was read, as findings name it.
        sources: the lines that findings begin on, by their number, of each file that has findings.
        strict: whether warnings make the check fail too.
        left_out: what could not be checked.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    sources: Mapping[str, Mapping[int, str]]
    strict: bool = False
    left_out: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings weigh that much."""
        return sum(finding.severity is severity for finding in self.findings)

    def fails_by(self, finding: Finding) -> bool:
        """Whether a finding makes the check fail."""
        return finding.severity is Severity.ERROR or (self.strict and finding.severity is Severity.WARNING)

    @property
    def failed(self) -> bool:
        """Whether the check fails."""
        return any(self.fails_by(finding) for finding in self.findings)

    def line(self, span: Span) -> str:
        """The line a place begins on; empty when it cannot be shown."""
        return self.sources.get(span.path, {}).get(span.line, "")

    def numbered(self, key: Callable[[Finding], str]) -> Iterator[tuple[Finding, str, int]]:
        """Each finding with its key, and how many had the same key before it."""
        seen: Counter[str] = Counter()
        for finding in self.findings:
            name = key(finding)
            yield finding, name, seen[name]
            seen[name] += 1

    def renamed(self, name: Callable[[str], str]) -> Checked:
        """The same findings, every path written otherwise."""
        said = [finding.span.path for finding in self.findings]  # a file that went was not read
        names = {path: name(path) for path in (*self.files, *said)}

        def moved(span: Span) -> Span:
            return span._replace(path=names.get(span.path, span.path))

        findings = tuple(
            finding._replace(
                span=moved(finding.span),
                related=tuple(each._replace(span=moved(each.span)) for each in finding.related),
            )
            for finding in self.findings
        )
        sources = {names.get(path, path): lines for path, lines in self.sources.items()}
        return Checked(findings, tuple(names[path] for path in self.files), sources, self.strict, self.left_out)
