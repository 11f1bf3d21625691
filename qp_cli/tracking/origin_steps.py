"""The steps that say what a date is counted from: an event, a request, a day of a series. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from qp_cli.law.dates import Step
from qp_cli.messages import msg
from qp_cli.model.dues import Rule
from qp_cli.model.kinds import TERM
from qp_cli.tracking.dating import named_day_step
from qp_cli.tracking.references import OriginStep

if TYPE_CHECKING:
    from qp_cli.messages import Message
    from qp_cli.model.dues import Every
    from qp_cli.tracking.dating import Dating
    from qp_cli.tracking.references import ReferenceDay
    from qp_cli.tracking.series import SeriesDays


@lru_cache(maxsize=1024)
def named_steps(reference: ReferenceDay) -> tuple[Step, ...]:
    """The step that says what the origin is and which clause speaks of it, after the working of its own day."""
    if not reference.name or reference.day is None:
        return ()
    before = reference.working.steps if reference.working else ()
    return (*before, _naming(reference))


def origin_step(reference: ReferenceDay) -> tuple[Step, ...]:
    """The same in one step, which the working of its own day is asked of; none where that follows from no other."""
    if not reference.name or reference.day is None or reference.working is None:
        return ()
    step = OriginStep(*_naming(reference))
    step.working = reference.working
    return (step,)


def _naming(reference: ReferenceDay) -> Step:
    said = _recorded(reference) if reference.fact else _declared(reference)
    return Step("reference", said, reference.clause, reference.day)


def _declared(reference: ReferenceDay) -> Message:
    """An event or the term by its id and title; of an engagement, its performance."""
    if reference.is_performance:
        return msg("performance recorded: {name}, {title}", name=reference.name, title=reference.title)
    if reference.name == TERM and not reference.title:
        return msg("{name}: {title}", name=TERM, title=msg("Term of the convention"))
    return msg("{name}: {title}", name=reference.name, title=reference.title or reference.name)


def _recorded(reference: ReferenceDay) -> Message:
    """A request or a formal notice by the fact that records it, with its note."""
    said = msg("request recorded [{fact}]", fact=reference.fact)
    if reference.name == "notified":
        said = msg("formal notice [{fact}]", fact=reference.fact)
    return msg("{label}: {text}", label=said, text=reference.title) if reference.title else said


def series_steps(
    series: Every | Rule, found: SeriesDays, place: int, clause: str, dating: Dating | None
) -> tuple[Step, ...]:
    """What says which day of a series is counted from: what the series runs from, then the day itself."""
    day = found.days[place]
    if isinstance(series, Rule):
        text = msg("Occurrence of the rule {rule}", rule=series.rrule)
        return (*named_steps(found.start), Step("recurrence", text, "RFC 5545", day))
    before = first_steps(series, found, clause, dating)
    if place + found.first == 0 and before:
        return before
    text = msg("A date of the series, every {period}", period=series.every)
    return (*before, Step("recurrence", text, "", day))


def first_steps(series: Every, found: SeriesDays, clause: str, dating: Dating | None) -> tuple[Step, ...]:
    """What says the day that a series is counted from: an event, or the day that is named as its first."""
    start = found.start
    if start.day and not start.name and series.first:
        return (named_day_step(start.day, clause, dating, is_first=True),)
    return named_steps(start)
