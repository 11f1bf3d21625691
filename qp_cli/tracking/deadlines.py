"""From what a due date says to a day, with its working; a reference without a date gives no deadline."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, assert_never

from qp_cli.law.computation import Step, compute
from qp_cli.law.recurrence import occurrences, rule_occurrences
from qp_cli.law.regimes import find_regime
from qp_cli.messages import msg
from qp_cli.tracking.timeline import Moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.law.computation import Computation
    from qp_cli.law.holidays import Zone
    from qp_cli.law.periods import Delay
    from qp_cli.law.regimes import Regime
    from qp_cli.messages import Message
    from qp_cli.model.dues import Due, Every, Rule, Within
    from qp_cli.tracking.timeline import Timeline


TRIGGER = "trigger"
"""What an on-request engagement waits for when it names no event."""


class Basis(StrEnum):
    """What a deadline rests on."""

    TEXT = "text"
    TERM = "term"
    TARGET = "target"
    AMENDMENT = "amendment"


class Reading(NamedTuple):
    """The same period read under another regime."""

    regime: Regime
    day: date


class Deadline(NamedTuple):
    """A day with its working, or the names it waits for.

    Attributes:
        due: the last day, included; None while a reference has no date.
        waiting_for: the references without a date; with a `due`, they can only bring it forward.
        origin: the day the period is counted from, or back from.
        occurrence: which one of a series: its own origin, or its nominal day.
    """

    due: date | None
    basis: Basis = Basis.TEXT
    waiting_for: tuple[str, ...] = ()
    origin: date | None = None
    regime: Regime | None = None
    computation: Computation | None = None
    steps: tuple[Step, ...] = ()
    readings: tuple[Reading, ...] = ()
    occurrence: date | None = None


class Frame(NamedTuple):
    """What a due date is read in: the timeline, the convention's regime and zone, the trigger if any."""

    timeline: Timeline
    regime: str
    zone: Zone
    trigger: Moment | None = None
    trigger_name: str | None = None

    def moment(self, reference: str | date | None) -> Moment:
        """The day of a reference; none, or the engagement's own trigger, is the day of the trigger."""
        if reference is None or reference == self.trigger_name:
            return self.trigger or Moment(None, (self.trigger_name or TRIGGER,))
        return self.timeline.moment(reference)


def resolve(due: Due, frame: Frame) -> tuple[Deadline, ...]:
    """The deadlines a due date gives: one, or one per occurrence of a recurrence, oldest first.

    Raises:
        OutOfRangeError: a day outside the years qp computes, or too many occurrences.
    """
    match due.form:
        case "on":
            step = Step("day", msg("The text names the day"), "", due.on)
            return (Deadline(due.on, steps=(step,)),)
        case "within":
            if due.from_ is None or isinstance(due.from_, str | date):
                return (_within(due, frame.moment(due.from_), frame),)
            return _within_each(due, due.from_, frame)
        case "at_the_latest":
            moment, regime = frame.moment(due.before), find_regime(due.regime or frame.regime)
            return (_counted(due.at_the_latest, moment, regime, frame, backwards=True),)
        case "at_least":
            moment, regime = frame.moment(due.before), find_regime("a-rebours")
            return (_counted(due.at_least, moment, regime, frame, backwards=True),)
        case "earliest_of":
            return (_earliest([_single(choice, frame) for choice in due.earliest_of]),)
        case "latest_of":
            return (_latest([_single(choice, frame) for choice in due.latest_of]),)
        case "every" | "rrule":
            return _series(due, frame)
        case _:
            assert_never(due)


def _single(due: Due, frame: Frame) -> Deadline:
    """The one deadline of a choice: the checks refuse a recurrence there."""
    return resolve(due, frame)[0]


@lru_cache(maxsize=1024)
def _named(moment: Moment) -> tuple[Step, ...]:
    """The step that says what the origin is and which clause speaks of it."""
    if not moment.name or moment.day is None:
        return ()
    return (Step("reference", _recorded(moment) if moment.fact else _declared(moment), moment.clause, moment.day),)


def _declared(moment: Moment) -> Message:
    """An event, an engagement or the term, by its id and title."""
    return msg("{name}: {title}", name=moment.name, title=moment.title or moment.name)


def _recorded(moment: Moment) -> Message:
    """A request or a formal notice by the fact that records it, with its note."""
    said = msg("request recorded [{fact}]", fact=moment.fact)
    if moment.name == "notified":
        said = msg("formal notice [{fact}]", fact=moment.fact)
    return msg("{label}: {text}", label=said, text=moment.title) if moment.title else said


def _counted(delay: Delay, moment: Moment, regime: Regime, frame: Frame, *, backwards: bool) -> Deadline:
    """A period counted from a moment; none while it has no day."""
    if moment.day is None:
        return Deadline(None, waiting_for=moment.waiting_for, regime=regime)
    computation = compute(moment.day, delay, regime, frame.zone, backwards=backwards)
    return Deadline(
        computation.deadline,
        origin=moment.day,
        regime=regime,
        computation=computation,
        steps=(*_named(moment), *computation.steps),
    )


def counted(delay: Delay, moment: Moment, frame: Frame) -> Deadline:
    """A period from a moment, under the convention's own regime."""
    return _counted(delay, moment, find_regime(frame.regime), frame, backwards=False)


def _within(due: Within, moment: Moment, frame: Frame) -> Deadline:
    deadline = _counted(due.within, moment, find_regime(due.regime or frame.regime), frame, backwards=False)
    if moment.day is None or not due.readings:
        return deadline
    others = (find_regime(name) for name in due.readings)
    readings = tuple(Reading(other, compute(moment.day, due.within, other, frame.zone).deadline) for other in others)
    return deadline._replace(readings=readings)


def _within_each(due: Within, series: Every | Rule, frame: Frame) -> tuple[Deadline, ...]:
    """A period from each day of a series; the day written as the series' start is itself one of them."""
    days, waiting = _days(series, frame, start_included=not isinstance(series.from_, str))
    if waiting:
        return (Deadline(None, waiting_for=waiting, regime=find_regime(due.regime or frame.regime)),)
    return tuple(_within(due, Moment(day), frame)._replace(occurrence=day) for day in days)


def _series(series: Every | Rule, frame: Frame) -> tuple[Deadline, ...]:
    """One deadline per occurrence, each counted from the series' origin."""
    days, waiting = _days(series, frame, start_included=False)
    if waiting:
        return (Deadline(None, waiting_for=waiting),)
    start = frame.moment(series.from_)
    if series.form == "rrule":
        text = msg("Occurrence of the rule {rule}", rule=series.rrule)
        return tuple(
            Deadline(
                day,
                origin=start.day,
                steps=(*_named(start), Step("recurrence", text, "RFC 5545", day)),
                occurrence=day,
            )
            for day in days
        )
    regime = find_regime(series.regime or frame.regime)
    return tuple(
        _counted(series.every.times(number), start, regime, frame, backwards=False)._replace(occurrence=day)
        for number, day in enumerate(days, start=1)
    )


def _days(series: Every | Rule, frame: Frame, *, start_included: bool) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """The days of a series up to `until`, included; or the names it waits for."""
    start, end = frame.moment(series.from_), frame.moment(series.until)
    if start.day is None or end.day is None:
        return (), tuple(dict.fromkeys((*start.waiting_for, *end.waiting_for)))
    if series.form == "rrule":
        return tuple(rule_occurrences(series.rrule, start.day, end.day)), ()
    first = 0 if start_included else 1
    return tuple(occurrences(start.day, series.every, end.day, first=first)), ()


def _earliest(choices: list[Deadline]) -> Deadline:
    """The first of the known days: an undated branch can only bring it forward, and is still named."""
    known = [(choice.due, number) for number, choice in enumerate(choices) if choice.due]
    waiting = _names(choices)
    if not known:
        return Deadline(None, waiting_for=waiting)
    return _chosen(choices[min(known)[1]], choices, msg("The first of these dates"), "earliest", waiting)


def _latest(choices: list[Deadline]) -> Deadline:
    """The last of the days, once every branch has one: an undated branch could still push it back."""
    waiting = _names(choices)
    if waiting:
        return Deadline(None, waiting_for=waiting)
    _, last = max((choice.due, number) for number, choice in enumerate(choices) if choice.due)
    return _chosen(choices[last], choices, msg("The last of these dates"), "latest", ())


def _chosen(
    choice: Deadline, choices: Iterable[Deadline], text: Message, rule: str, waiting: tuple[str, ...]
) -> Deadline:
    steps = [step for each in choices for step in each.steps]
    steps.append(Step(rule, text, "", choice.due))
    steps += [
        Step("awaited", msg("{name} has no date yet: it can only bring this date forward", name=name), "", None)
        for name in waiting
    ]
    return choice._replace(steps=tuple(steps), waiting_for=waiting)


def _names(choices: Iterable[Deadline]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for choice in choices for name in choice.waiting_for))
