"""From what a due date says to days, with their working; a reference without a date gives no deadline."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, assert_never

from qp_cli.law.computation import compute_deadline
from qp_cli.law.dates import Step
from qp_cli.law.regimes import find_regime
from qp_cli.messages import msg
from qp_cli.model.dues import AtLeast, AtTheLatest, EarliestOf, Every, LatestOf, On, Rule, Within, chosen_from
from qp_cli.tracking.dating import named_day_step, with_avenants
from qp_cli.tracking.origin_steps import first_steps, named_steps, origin_step, series_steps
from qp_cli.tracking.references import ReferenceDay
from qp_cli.tracking.series import around, days_ahead, days_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qp_cli.law.computation import Computation
    from qp_cli.law.counting import Pause
    from qp_cli.law.periods import Delay
    from qp_cli.law.regimes import Regime
    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message
    from qp_cli.model.dues import Due
    from qp_cli.tracking.dating import Dating
    from qp_cli.tracking.references import ReferenceDays
    from qp_cli.tracking.series import SeriesDays


TRIGGER = "trigger"
"""What an on-request engagement waits for when it names no event."""


class Basis(StrEnum):
    """What a deadline rests on."""

    TEXT = "text"
    TERM = "term"
    TARGET = "target"
    AMENDMENT = "amendment"
    RENEWAL = "renewal"
    TERMINATION = "termination"


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
        begins: the first day on which it can be performed, where it is one of a series; None for no bound.
        without_date: why there is no day and nothing is awaited, where that is so.
        is_open_ended: whether it is one of a series whose end is not known.
        is_length: whether it is the end of a durée (the term, what runs on), which no closed day moves.
        is_term: whether it is the term of the convention.
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
    begins: date | None = None
    without_date: Message | None = None
    is_open_ended: bool = False
    is_length: bool = False
    is_term: bool = False


DATELESS = Deadline(None, without_date=msg("no date: this series gives none"))
"""What a series without a day has."""


class Dates(NamedTuple):
    """What a due date is read in.

    Attributes:
        references: the days it can refer to.
        regime: the convention's own.
        horizon: until when a series without a known end is shown, besides the next date.
        request: what started an on-request engagement.
        request_name: the event that stands for a request.
        pauses: the suspensions that have ended, oldest first.
        is_length: whether what is dated is a durée (a term, what runs on): never carried over, never franc.
        is_event: whether what is dated is an event: its working names the days it follows from, and leaves theirs out.
        stop: asks for the day on which the convention came to an early end: nothing of a series falls due after it.
        clause: where the text speaks of what is dated.
        dating: what an avenant says of its date, where one does.
    """

    references: ReferenceDays
    regime: str
    zone: Zone
    horizon: date
    request: ReferenceDay | None = None
    request_name: str | None = None
    pauses: tuple[Pause, ...] = ()
    is_length: bool = False
    is_event: bool = False
    stop: Callable[[], date | None] = lambda: None
    clause: str = ""
    dating: Dating | None = None

    def find(self, reference: str | date | None) -> ReferenceDay:
        """The day of a reference; none, or the engagement's own trigger, is the day of the request."""
        if reference is None or reference == self.request_name:
            return self.request or ReferenceDay(None, (self.request_name or TRIGGER,))
        return self.references.find(reference)

    def naming(self, reference: ReferenceDay) -> tuple[Step, ...]:
        """The step that says what a day is counted from, after the working of that day; none where it has no name."""
        return origin_step(reference) if self.is_event and reference.working else named_steps(reference)

    def computed(self, delay: Delay, origin: date, regime: Regime, *, backwards: bool = False) -> Computation:
        """A period from a day, or back from it."""
        return compute_deadline(
            origin, delay, regime, self.zone, backwards=backwards, pauses=self.pauses, is_length=self.is_length
        )


def resolve(due: Due, dates: Dates) -> tuple[Deadline, ...]:
    """The deadlines a due date gives: one, or one per occurrence of a recurrence, oldest first.

    Raises:
        InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
        OutOfRangeError: a day outside the years qp computes, or too many occurrences.
    """
    found = _resolved(due, dates)
    if dating := dates.dating:
        found = tuple(
            each._replace(steps=with_avenants(each.steps, due, dating, each.computation)) if each.due else each
            for each in found
        )
    return tuple(each._replace(is_length=True) for each in found) if dates.is_length else found


def _resolved(due: Due, dates: Dates) -> tuple[Deadline, ...]:
    match due:
        case On():
            return (_unmoved(_on(due.on, dates), dates),)
        case Within():
            if due.from_ is None or isinstance(due.from_, str | date):
                return (_within(due, dates.find(due.from_), dates),)
            return _within_each(due, due.from_, dates)
        case AtTheLatest():
            return _back(due.at_the_latest, due.before, find_regime(due.regime or dates.regime), dates)
        case AtLeast():
            return _back(due.at_least, due.before, find_regime("a-rebours"), dates)
        case EarliestOf():
            return (_earliest([_single(choice, dates) for choice in chosen_from(due)]),)
        case LatestOf():
            return (_latest([_single(choice, dates) for choice in chosen_from(due)]),)
        case Every() | Rule():
            return _series(due, dates)
        case _:
            assert_never(due)


def _single(due: Due, dates: Dates) -> Deadline:
    """The one deadline of a choice: the checks refuse a recurrence there."""
    return next(iter(_resolved(due, dates)), Deadline(None))


def _on(on: str | date, dates: Dates) -> Deadline:
    """The day that the text names, or that of what it names."""
    if isinstance(on, date):
        return Deadline(on, steps=(named_day_step(on, dates.clause, dates.dating),))
    found = dates.find(on)
    computation = found.working.computation if found.working else None
    return Deadline(found.day, waiting_for=found.waiting_for, computation=computation, steps=dates.naming(found))


def _unmoved(deadline: Deadline, dates: Dates) -> Deadline:
    """A day that no suspension moves, which its working says where there was one: it is no period that runs."""
    if not dates.pauses or deadline.due is None:
        return deadline
    pause = dates.pauses[-1]
    text = msg(
        "Suspended from {first}, resumed on {resumed}: this day is not a period that runs, and stays",
        first=pause.first,
        resumed=pause.resumed,
    )
    return deadline._replace(steps=(*deadline.steps, Step("suspension", text, "", None)))


def _counted(
    delay: Delay,
    start: ReferenceDay,
    regime: Regime,
    dates: Dates,
    *,
    backwards: bool = False,
    occurrence: date | None = None,
    begins: date | None = None,
) -> Deadline:
    """A period counted from a day; none while it has no date."""
    if start.day is None:
        return Deadline(None, waiting_for=start.waiting_for, regime=regime)
    computation = dates.computed(delay, start.day, regime, backwards=backwards)
    return Deadline(
        computation.deadline,
        waiting_for=start.waiting_for,
        origin=start.day,
        regime=regime,
        computation=computation,
        steps=(*dates.naming(start), *computation.steps) if start.name else computation.steps,
        occurrence=occurrence,
        begins=begins,
    )


def _back(delay: Delay, before: str | date | Every | Rule, regime: Regime, dates: Dates) -> tuple[Deadline, ...]:
    """A period counted back from a day, or from each day of a series."""
    if not isinstance(before, str | date):
        return _back_from_each(delay, before, regime, dates)
    return (_unmoved(_counted(delay, dates.find(before), regime, dates, backwards=True), dates),)


def _back_from_each(delay: Delay, series: Every | Rule, regime: Regime, dates: Dates) -> tuple[Deadline, ...]:
    """A period back from each day of a series, each known by that day and begun on the morrow of the one before.

    Where the convention came to an early end, so did the series.
    """
    found = days_ahead(series, dates, lambda day: dates.computed(delay, day, regime, backwards=True).deadline)
    if not found.days:
        return (_none(found)._replace(regime=regime),)
    stop = dates.stop()
    made: list[Deadline] = []
    for place, day in enumerate(found.days):
        if stop is None or day <= stop:
            begins = found.begins(place) if place else None
            start = ReferenceDay(day, waiting_for=found.start.waiting_for)
            counted = _counted(delay, start, regime, dates, backwards=True, occurrence=day, begins=begins)
            steps = (*series_steps(series, found, place, dates.clause, dates.dating), *counted.steps)
            whole = _open(counted._replace(steps=steps), found)
            made.append(_unmoved(whole, around(counted.due or day, dates)))
    return _stopped(tuple(made), dates)


def as_target(deadline: Deadline) -> Deadline:
    """A date that is a team's own aim, which its working says too."""
    said = Step("target", msg("An aim of those who keep this follow-up: the text gives no number"), "", None)
    return deadline._replace(basis=Basis.TARGET, steps=(*deadline.steps, said))


def counted_from(delay: Delay, start: ReferenceDay, dates: Dates) -> Deadline:
    """A period from a day, under the convention's own regime."""
    return _counted(delay, start, find_regime(dates.regime), dates)


def _within(due: Within, start: ReferenceDay, dates: Dates, occurrence: date | None = None) -> Deadline:
    regime = find_regime(due.regime or dates.regime)
    deadline = _counted(due.within, start, regime, dates, occurrence=occurrence, begins=occurrence)
    if start.day is None or not due.readings:
        return deadline
    others = (find_regime(name) for name in due.readings)
    readings = tuple(Reading(other, dates.computed(due.within, start.day, other).deadline) for other in others)
    return deadline._replace(readings=readings)


def _within_each(due: Within, series: Every | Rule, dates: Dates) -> tuple[Deadline, ...]:
    """A period from each day of a series: `until` bounds the days it is counted from, not those it leads to."""
    found = days_of(series, dates)
    if not found.days:
        return (_none(found)._replace(regime=find_regime(due.regime or dates.regime)),)
    made: list[Deadline] = []
    for place, day in enumerate(found.days):
        counted = _within(due, ReferenceDay(day), dates, day)
        steps = (*series_steps(series, found, place, dates.clause, dates.dating), *counted.steps)
        made.append(_open(counted._replace(steps=steps), found))
    return _stopped(tuple(made), dates)


def _series(series: Every | Rule, dates: Dates) -> tuple[Deadline, ...]:
    """One deadline per occurrence, each counted from the series' origin."""
    found = days_of(series, dates)
    if not found.days:
        return (_none(found),)
    if isinstance(series, Rule):
        made = [_by_rule(place, series, found, dates) for place in range(len(found.days))]
    else:
        made = [_by_interval(place, series, found, dates) for place in range(len(found.days))]
    return _stopped(tuple(_open(deadline, found) for deadline in made), dates)


def _by_rule(place: int, series: Rule, found: SeriesDays, dates: Dates) -> Deadline:
    day = found.days[place]
    text = msg("Occurrence of the rule {rule}", rule=series.rrule)
    steps = (*named_steps(found.start), Step("recurrence", text, "RFC 5545", day))
    made = Deadline(day, origin=found.start.day, steps=steps, occurrence=day, begins=found.begins(place))
    return _unmoved(made, around(day, dates))


def _by_interval(place: int, series: Every, found: SeriesDays, dates: Dates) -> Deadline:
    """The occurrence at a place; the day that the text names as the first is a day, not a period."""
    day, number, begins = found.days[place], place + found.first, found.begins(place)
    near = around(day, dates)
    if number == 0:
        steps = first_steps(series, found, dates.clause, dates.dating)
        return _unmoved(Deadline(day, origin=day, steps=steps, occurrence=day, begins=begins), near)
    regime = find_regime(series.regime or dates.regime)
    counted = _counted(series.every.times(number), found.start, regime, near, occurrence=day, begins=begins)
    if found.first or found.start.name:
        return counted
    return counted._replace(steps=(*first_steps(series, found, dates.clause, dates.dating), *counted.steps))


def _open(deadline: Deadline, found: SeriesDays) -> Deadline:
    """A date of a series whose end is not known says so."""
    if not found.is_open:
        return deadline
    text = msg("No end is known: shown up to the day looked at, and the next one")
    return deadline._replace(steps=(Step("no-end", text, "", None), *deadline.steps), is_open_ended=True)


def _stopped(deadlines: tuple[Deadline, ...], dates: Dates) -> tuple[Deadline, ...]:
    """Those that an early end of the convention leaves; one that says so where it leaves none."""
    stop = dates.stop()
    if stop is None:
        return deadlines
    left = tuple(each for each in deadlines if each.due is None or each.due <= stop)
    why = msg("no date: the convention ended early, on {day}", day=stop)
    return left or (Deadline(None, without_date=why),)


def _none(found: SeriesDays) -> Deadline:
    """A series that has no day: what it waits for, or why it has none."""
    if found.waiting_for:
        return Deadline(None, waiting_for=found.waiting_for)
    if found.end is None:
        return DATELESS
    return Deadline(None, without_date=msg("no date: this series gives none by its end, {day}", day=found.end))


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
    known = [(choice.due, number) for number, choice in enumerate(choices) if choice.due]
    if waiting or not known:
        return Deadline(None, waiting_for=waiting)
    return _chosen(choices[max(known)[1]], choices, msg("The last of these dates"), "latest", ())


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
