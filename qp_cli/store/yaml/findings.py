"""The findings of one file as they are met: all are counted, and the first of each code are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.findings import Finding, Related, Severity
from qp_cli.messages import msgs
from qp_cli.store.yaml.tree import span_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.findings import Span
    from qp_cli.messages import Message
    from qp_cli.store.yaml.tree import Place

SHOWN_PER_CODE = 20


def more_like_those(code: str, severity: Severity, count: int, span: Span) -> Finding:
    """The finding that says how many more there are of a code, at the place of the first of them."""
    message = msgs(
        "{count} more place like those above is not listed.",
        "{count} more places like those above are not listed.",
        count=count,
    )
    return Finding(code, severity, message, span)


class Collector:
    """Gathers a file's findings.

    Attributes:
        last: where the finding stands that was met last.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.last: Place | None = None
        self._kept: list[Finding] = []
        self._seen: set[tuple[str, Place]] = set()
        self._counts: dict[str, int] = {}
        self._first_left_out: dict[str, tuple[Severity, Place]] = {}

    def copy(self) -> Collector:
        """The same findings, to go on from another way."""
        other = Collector(self.path)
        other._kept, other._seen = [*self._kept], {*self._seen}
        other._counts, other._first_left_out = {**self._counts}, {**self._first_left_out}
        return other

    def __contains__(self, code: str) -> bool:
        return code in self._counts

    def __len__(self) -> int:
        return sum(self._counts.values())

    @property
    def codes(self) -> frozenset[str]:
        """The codes that something was found of."""
        return frozenset(self._counts)

    def lines_of(self, codes: Iterable[str]) -> list[int]:
        """The lines, counted from 0, on which findings of some codes begin that are kept."""
        wanted = frozenset(codes)
        return sorted({place[0] for code, place in self._seen if code in wanted})

    def add(
        self,
        code: str,
        place: Place,
        message: Message,
        hint: Message | None = None,
        *,
        severity: Severity = Severity.ERROR,
        related: Iterable[tuple[Place, Message]] = (),
    ) -> None:
        """Record one finding, once; past the limit of its code it is only counted."""
        self.last = place
        if (code, place) in self._seen:
            return
        count = self._counts[code] = self._counts.get(code, 0) + 1
        if count <= SHOWN_PER_CODE:
            self._seen.add((code, place))
            others = tuple(Related(span_at(self.path, where), what) for where, what in related)
            self._kept.append(Finding(code, severity, message, span_at(self.path, place), hint, others))
        elif count == SHOWN_PER_CODE + 1:
            self._first_left_out[code] = (severity, place)

    def has_on_line(self, code: str, line: int) -> bool:
        """Whether a finding of a code begins on a line, counted from 0."""
        return any(kept == code and place[0] == line for kept, place in self._seen)

    def is_full(self, code: str) -> bool:
        """Whether further findings of a code need no place: they are only counted, with `add_more`."""
        return self._counts.get(code, 0) > SHOWN_PER_CODE

    def add_more(self, code: str, count: int = 1) -> None:
        """Count further findings of a code that is full."""
        self._counts[code] += count

    def findings(self) -> tuple[Finding, ...]:
        """Every finding in the order of the file, with one that says how many more there are of a code."""
        more = [
            more_like_those(code, severity, self._counts[code] - SHOWN_PER_CODE, span_at(self.path, place))
            for code, (severity, place) in self._first_left_out.items()
        ]
        return tuple(sorted([*self._kept, *more], key=lambda finding: (finding.span, finding.code)))
