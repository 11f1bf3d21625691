"""How a date was reached, for the page: the steps, the dates to compare, the other readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.columns import awaited
from qp_cli.render.detail import cure_words
from qp_cli.render.page.values import Notice, Pair, Step, Working
from qp_cli.render.visible import visible
from qp_cli.render.working import reading_words, three_dates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qp_cli.law import dates as law
    from qp_cli.render.language import Language
    from qp_cli.render.naming import Titles
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.states import Notice as Given


def show_working(deadline: Deadline, titles: Titles, language: Language) -> Working:
    """The working of a date, or what it waits for."""
    if deadline.due is None:
        if not deadline.waiting_for:
            return Working("")
        return Working(language.text(msg("No date yet: awaits {names}", names=awaited(deadline, titles, language))))
    title = language.text(msg("Working of {day}", day=language.full_day(deadline.due)))
    steps = show_steps(deadline.steps, language)
    compared = three_dates(deadline.computation) if deadline.computation else []
    dates = tuple(Pair(language.full_day(day), language.text(text)) for text, day in compared)
    readings = tuple(
        Pair(language.text(reading_words(reading, language)), visible(reading.regime.source))
        for reading in deadline.readings
    )
    return Working(title, steps, dates, readings)


def show_steps(steps: Iterable[law.Step], language: Language) -> tuple[Step, ...]:
    """Each step in words, with the day where it changes, and its source."""
    shown: list[Step] = []
    reached: date | None = None
    for step in steps:
        day = language.full_day(step.result) if step.result and step.result != reached else ""
        reached = step.result or reached
        shown.append(Step(language.text(step.text), day, visible(step.source)))
    return tuple(shown)


def show_notice(notice: Given, as_of: date, language: Language) -> Notice:
    """A formal notice and where its cure period stands."""
    given = language.text(msg("given on {day} [{fact}]", day=notice.on, fact=notice.fact))
    steps = notice.cure.steps if notice.cure and notice.cure.due else ()
    return Notice(given, cure_words(notice, as_of, language), show_steps(steps, language))
