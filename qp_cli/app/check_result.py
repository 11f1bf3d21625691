"""What a check found, ready for any format."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from qp_cli.findings import Finding, Span
    from qp_cli.store.repository import Repository


_OWN = ("engagements", "parties", "facts")
"""The keys under which files list what may be about one party alone."""


class DeclaredAt(NamedTuple):
    """A place where a file declares something of its own: an engagement, a party or a fact, by the key it is under."""

    span: Span
    key: str
    id: str

    def holds(self, span: Span) -> bool:
        """Whether another place begins in it."""
        first, last = (self.span.line, self.span.column), (self.span.end_line, self.span.end_column)
        return span.path == self.span.path and first <= (span.line, span.column) < last


def _is_at(places: Iterable[DeclaredAt], span: Span) -> bool:
    return any(each.holds(span) for each in places)


class Checked(NamedTuple):
    """The findings of one check.

    Attributes:
        findings: all of them, in the order of the files.
        files: every file that was read, as findings name it.
        sources: the lines that findings begin on, by their number, of each file that has findings.
        strict: whether warnings make the check fail too.
        left_out: what could not be checked.
        declared: where what may be one party's alone is declared, where findings are to be told apart by it.
        aside: how many findings were set aside, for they are about others.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    sources: Mapping[str, Mapping[int, str]]
    strict: bool = False
    left_out: tuple[str, ...] = ()
    declared: tuple[DeclaredAt, ...] = ()
    aside: int = 0

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

    def without(self, others: Container[tuple[str, str]]) -> Checked:
        """The same without the findings at these others, which are counted; one that is about something else too stays.

        Args:
            others: the key and the id of each thing that is set aside.
        """
        theirs = [each for each in self.declared if (each.key, each.id) in others]
        ours = [each for each in self.declared if (each.key, each.id) not in others]

        def is_kept(finding: Finding) -> bool:
            return not _is_at(theirs, finding.span) or any(_is_at(ours, each.span) for each in finding.related)

        kept = tuple(filter(is_kept, self.findings))
        return self._replace(findings=kept, aside=len(self.findings) - len(kept))

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
        return self._replace(findings=findings, files=tuple(names[path] for path in self.files), sources=sources)


def declared_in(repository: Repository) -> Iterator[DeclaredAt]:
    """Where the files of a repository declare its engagements, its parties and its facts."""
    for document in repository.documents.values():
        for key in _OWN:
            listed = document.value((key,))
            for number, entry in enumerate(listed if isinstance(listed, list) else ()):
                if isinstance(entry, dict):
                    yield DeclaredAt(document.span((key, number)), key, str(entry.get("id", "")))
