"""The results as a page of Markdown, and as a table for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budgets import GROWTH, MICRO, stretches
from doubling import MOST, heads, row
from processes import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from budgets import Judged, Point
    from doubling import Growth
    from figures import Comparison, Row, Skipped
    from generate import Size

_MB = 1e6
_LEFT = ("what", "verdict", "reason", "program", "version", "size", "kind", "command")


class Results(NamedTuple):
    """All that one run has measured."""

    day: str
    machine: str
    versions: Mapping[str, str]
    size: Size
    obligations: int
    usages: Mapping[str, Usage | str]
    judged: Sequence[Judged]
    points: Sequence[Point]
    startup: Sequence[Row]
    compared: Sequence[Comparison]
    skipped: Sequence[Skipped]
    runs: int
    doubled: Sequence[Growth] = ()
    sizes: Sequence[int] = ()


def page(results: Results) -> str:
    """The whole page."""
    size = results.size
    said = (
        f"{results.day}. {results.machine}. Medians of {results.runs} runs in turns, or one run of what takes minutes. "
        f"The portfolio is made up: {size.conventions:,} conventions, {size.engagements:,} engagements and "
        f"{size.facts:,} facts ({size.octets / _MB:.1f} MB of YAML). The peers have {size.entries:,} entries, as many "
        "as engagements and facts together; yamllint reads the portfolio itself. The engagements make "
        f"{results.obligations:,} obligations."
    )
    parts = [
        "# Results",
        "Written by `python benchmarks/run.py`; ratios travel from one machine to another, seconds don't.",
        said,
        "## Budgets",
        table(("what", "measured", "budget", "verdict"), budget_rows(results)),
        "## A national portfolio",
        table(
            ("what", "seconds", "CPU seconds", "peak MB", "µs per entry", "µs per obligation"),
            usage_rows(results),
        ),
        "Seconds are on the wall; CPU seconds count every process. Peak memory is of all processes together for qp.",
        "## Growth",
        "`qp check` in one process, nothing cached.",
        table(
            ("engagements", "CPU seconds", "MB of the largest process", "µs of CPU per engagement more"),
            growth_rows(results.points),
        ),
        "## Doubling what one convention holds",
        f"CPU seconds, start-up left out; at most {MOST:g} times for twice as many.",
        table(heads(results.sizes), (row(each, results.sizes) for each in results.doubled)),
        "## Start-up",
        table(("what", "ms", "ratio to the card"), startup_rows(results.startup)),
        "## Versions",
        table(("program", "version"), results.versions.items()),
    ]
    if lines := list(skipped_rows(results)):
        parts += ["## Not measured", table(("what", "reason"), lines)]
    return "\n\n".join(parts) + "\n"


def budget_rows(results: Results) -> list[tuple[str, ...]]:
    """Every budget: start-up first, then the portfolio, then growth."""
    started: list[Row | Comparison] = [*(row for row in results.startup if row.budget), *results.compared]
    found: list[tuple[str, ...]] = [
        (each.what, _ratio(each.ratio), _ratio(each.budget), _word(each.verdict)) for each in started
    ]
    return found + [(each.what, _ratio(each.ratio), _most(each), each.verdict) for each in results.judged]


def usage_rows(results: Results) -> list[tuple[str, ...]]:
    """What each command took over the portfolio."""
    return [
        (
            what,
            f"{usage.wall:.2f}",
            f"{usage.cpu:.2f}",
            f"{usage.memory / _MB:.0f}",
            f"{usage.wall / results.size.entries * MICRO:.0f}",
            f"{usage.wall / results.obligations * MICRO:.1f}" if what.startswith("qp ") and results.obligations else "",
        )
        for what, usage in results.usages.items()
        if isinstance(usage, Usage)
    ]


def growth_rows(points: Sequence[Point]) -> list[tuple[str, ...]]:
    """What each size took, and what one engagement more cost since the size before."""
    marginals = ["", *(f"{each.marginal:.0f}" for each in stretches(points))]
    return [
        (f"{point.engagements:,}", f"{point.usage.cpu:.2f}", f"{point.usage.memory / _MB:.0f}", marginal)
        for point, marginal in zip(points, marginals, strict=False)
    ]


def startup_rows(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """Start-up as the other benchmark prints it."""
    return [(row.what, f"{row.median_ms:.0f}", _ratio(row.ratio)) for row in rows]


def skipped_rows(results: Results) -> Iterable[tuple[str, str]]:
    """What was not measured, and why."""
    yield from ((each.what, each.reason) for each in results.skipped)
    yield from ((what, usage) for what, usage in results.usages.items() if isinstance(usage, str))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown, its figures to the right."""
    marks = ["---" if head in _LEFT else "---:" for head in heads]
    lines = [heads, marks, *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ratio(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"


def _most(judged: Judged) -> str:
    aim = f" (aim {judged.aim:g})" if judged.aim else ""
    return f"{judged.most:.2f}{aim}" if judged.most != GROWTH else f"{judged.most:.2f}, at most 15 % more"


def _word(verdict: str) -> str:
    return {"within": "met", "over": "missed"}.get(verdict, verdict)
