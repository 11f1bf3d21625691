"""What due dates refer to: the facts and parts that they depend on, and the days that these have."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, assert_never

from qp_cli.law.dates import Step
from qp_cli.model.dues import AtLeast, AtTheLatest, EarliestOf, Every, LatestOf, On, Rule, Within
from qp_cli.model.kinds import TERM
from qp_cli.tracking.renewal import source_of_term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from qp_cli.law.computation import Computation
    from qp_cli.law.counting import Pause
    from qp_cli.model.convention import Convention, Engagement

    Way = tuple[str | int, ...]
    from collections.abc import Callable

    from qp_cli.model.convention import Event
    from qp_cli.model.dues import Due
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.journal import FactsInForce


def reachable(names: Iterable[str], following: Mapping[str, Iterable[str]]) -> set[str]:
    """These names, those that follow them, those that follow these, and so on; each once, in a circle too."""
    found: set[str] = set()
    ahead = list(names)
    while ahead:
        each = ahead.pop()
        if each not in found:
            found.add(each)
            ahead += following.get(each, ())
    return found


def names_in_due(due: Due | None) -> Iterator[str]:
    """Every name that a due date counts from, back from, or runs until."""
    return (name for _, name in named_in(due)) if due else iter(())


def named_in(due: Due) -> Iterator[tuple[Way, str]]:
    """Every name that a due date counts from, back from, or runs until, with the way to it: keys and ranks."""
    match due:
        case On():
            yield from _origin("on", due.on)
        case Within():
            yield from _origin("from", due.from_)
        case AtTheLatest() | AtLeast():
            yield from _origin("before", due.before)
        case EarliestOf():
            yield from _choices("earliest_of", due.earliest_of)
        case LatestOf():
            yield from _choices("latest_of", due.latest_of)
        case Every():
            yield from chain(_origin("from", due.from_), _origin("first", due.first), _origin("until", due.until))
        case Rule():
            yield from chain(_origin("from", due.from_), _origin("until", due.until))
        case _:
            assert_never(due)


_COUNTED_FROM = frozenset({"from", "first"})


def running_from(name: str, engagements: Iterable[Engagement], events: Iterable[Event]) -> frozenset[str]:
    """The engagements and events whose dates run from an event, an engagement or the term, or from what runs from it.

    A series that the text has go on until such an event is one: it is meant to outlast what the event runs from.
    """
    dated = [(one.id, one.due) for one in engagements] + [(one.id, one.when) for one in events]
    running: dict[str, list[str]] = {}
    for each, due in dated:
        for origin in _counted(due) if due else ():
            running.setdefault(origin, []).append(each)
    return frozenset(reachable((name,), running) - {name})


def _counted(due: Due) -> Iterator[str]:
    return (name for way, name in named_in(due) if way[-1] in _COUNTED_FROM or (way[-1] == "until" and name != TERM))


def _choices(key: str, choices: Iterable[str | date | Due]) -> Iterator[tuple[Way, str]]:
    for number, choice in enumerate(choices):
        if isinstance(choice, str):
            yield (key, number), choice
        elif not isinstance(choice, date):
            yield from (((key, number, *way), name) for way, name in named_in(choice))


def _origin(key: str, origin: str | date | Every | Rule | None) -> Iterator[tuple[Way, str]]:
    """The names in what a date is counted from or runs until."""
    if isinstance(origin, str):
        yield (key,), origin
    elif origin is not None and not isinstance(origin, date):
        yield from (((key, *way), name) for way, name in named_in(origin))


class DayWorking:
    """The steps by which a day follows from others; equal to itself alone, so that what has one can be a key.

    `own` are its own: where one names a day that follows from others too (`OriginStep`), the working of that day comes
    before it. They are put together for whoever asks: a chain of days would hold those of the first once for each.
    `computation` is the period that gives the day, where one does.
    """

    def __init__(self, own: tuple[Step, ...], computation: Computation | None = None) -> None:
        self.own = own
        self.computation = computation

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, those of the days that it follows from among them, each before the step that names its day."""
        found: list[Step] = []
        ahead = [*reversed(self.own)]
        while ahead:  # by hand: a chain may be deeper than Python's stack
            step = ahead.pop()
            if isinstance(step, OriginStep):
                ahead += (Step(*step), *reversed(step.working.own))
            else:
                found.append(step)
        return tuple(found)


class OriginStep(Step):
    """A step that names a day which follows from others: what stands in a working for theirs and for itself."""

    working: DayWorking


class ReferenceDay(NamedTuple):
    """The day a reference stands for, or the names it still waits for.

    Attributes:
        name: the id of what is declared, or the kind of the fact that stands for it.
        title: what is declared calls itself; or the note of the fact.
        clause: where the text speaks of it.
        fact: the fact that stands for it, where nothing that is declared does.
        working: how its day follows from others, where it does.
        is_performance: whether it is the day on which an engagement was performed.
    """

    day: date | None
    waiting_for: tuple[str, ...] = ()
    name: str = ""
    title: str = ""
    clause: str = ""
    fact: str = ""
    working: DayWorking | None = None
    is_performance: bool = False


class ReferenceDays:
    """Days by name, for one version of a convention and the facts in force; nothing undated is ever guessed.

    `outline` is the convention as it was signed, but for the term, which is that of the version, as `engagements` and
    `events` are; `performed_on` gives the day on which the last of those who owe an engagement performed it. What is
    asked while the term is worked out, which may count from one, is not `is_settled`.
    """

    def __init__(
        self,
        outline: Convention,
        engagements: Mapping[str, Engagement],
        events: Mapping[str, Event],
        facts: FactsInForce,
        resolve_term: Callable[[ReferenceDays], Deadline | None],
        performed_on: Callable[[str], date | None],
        resolve_event: Callable[[ReferenceDays, Event], Deadline],
        term_pauses: tuple[Pause, ...] = (),
    ) -> None:
        self.outline = outline
        self._facts = facts
        self._performed_on = performed_on
        self._events = events
        self._engagements = engagements
        self._resolve_term = resolve_term
        self._resolve_event = resolve_event
        self.term_pauses = term_pauses
        self._computed: dict[str, ReferenceDay] = {}
        self._happened: dict[str, ReferenceDay] = {}
        self._term: Deadline | None = None
        self._term_known = False
        self._term_working: DayWorking | None = None
        self.is_settled = True

    @property
    def term(self) -> Deadline | None:
        """The convention's term; None where the text sets none."""
        if not self._term_known:
            self._term_known = True
            self.is_settled = False
            self._term = self._resolve_term(self)
            self.is_settled = True
            self._computed.clear()  # they may have been counted from a term that was not known yet
        return self._term

    def find(self, reference: str | date) -> ReferenceDay:
        """The day of an event, of the term, of an engagement's last fulfilment, or the day itself."""
        if isinstance(reference, date):
            return ReferenceDay(reference)
        if reference == TERM:
            return self._term_day()
        if reference in self._events:
            return self._event_day(self._events[reference])
        if reference in self._engagements:
            return self._fulfilment_day(self._engagements[reference])
        return ReferenceDay(None, (reference,), reference, reference)

    def is_engagement(self, name: str) -> bool:
        """Whether a name is that of an engagement, which stands for its fulfilment."""
        return name in self._engagements

    def event(self, name: str) -> Event | None:
        """The event of that id; None where there is none."""
        return self._events.get(name)

    @property
    def has_begun(self) -> bool:
        """Whether the convention runs although its term has no date, so that what is certain can be shown.

        It has not while its signature or its approval is awaited by the term, nor while the term waits for the
        event from which what comes back in the convention is counted too.
        """
        if self.term is None or self.term.due is not None:
            return True
        starting = {self.outline.signature, self.outline.approval}
        for one in self._engagements.values():
            if isinstance(one.due, Every | Rule):
                days = (one.due.from_, getattr(one.due, "first", None))
                starting.update(name for name in days if isinstance(name, str))
        for name in [each for each in starting if each in self._events]:
            starting.update(self.find(name or "").waiting_for)
        return starting.isdisjoint(self.term.waiting_for)

    def running_from_the_term(self) -> frozenset[str]:
        """The engagements and events whose dates the text makes run from the end of the convention."""
        return running_from(TERM, self._engagements.values(), self._events.values())

    def _term_day(self) -> ReferenceDay:
        declared = self.outline.term
        clause = source_of_term(declared) if declared else ""
        title = (declared.title or "") if declared else ""
        if self.term is None or self.term.due is None:
            waiting = self.term.waiting_for if self.term else (TERM,)
            return ReferenceDay(None, waiting, TERM, title, clause)
        if self._term_working is None:
            self._term_working = DayWorking(self.term.steps)
        return ReferenceDay(self.term.due, (), TERM, title, clause, working=self._term_working)

    def _computed_day(self, event: Event) -> ReferenceDay:
        """The day of an event that follows from others, worked out once; those that it follows from come first."""
        if event.id in self._computed:
            return self._computed[event.id]
        for each in self._in_turn(event):
            if each.id not in self._computed:
                title, clause = each.title, each.clause or ""
                self._computed[each.id] = ReferenceDay(None, (each.id,), each.id, title, clause)  # what a circle gets
                found = self._resolve_event(self, each)
                made = ReferenceDay(found.due, found.waiting_for, each.id, title, clause)
                self._computed[each.id] = made._replace(working=DayWorking(found.steps, found.computation))
        return self._computed[event.id]

    def _in_turn(self, event: Event) -> list[Event]:
        """An event after all those that it follows from and whose day is not known yet: a long chain is no deep one."""
        found: dict[str, Event] = {}
        entered: set[str] = set()
        ahead = [event]
        while ahead:
            each = ahead[-1]
            is_new = each.id not in entered
            entered.add(each.id)
            if before := self._behind(each, entered) if is_new else []:
                ahead += before
            else:
                found[each.id] = ahead.pop()
        return list(found.values())

    def _behind(self, event: Event, entered: Collection[str]) -> list[Event]:
        """The computed events that one follows from, but for those entered, and those whose day is known."""
        names = names_in_due(event.when)
        ahead = (self._events.get(name) for name in names if name not in entered and name not in self._computed)
        return [one for one in ahead if one and one.when]

    def _event_day(self, event: Event) -> ReferenceDay:
        if event.when:
            return self._computed_day(event)
        if event.id not in self._happened:
            self._happened[event.id] = self._happening_day(event)
        return self._happened[event.id]

    def _happening_day(self, event: Event) -> ReferenceDay:
        """The day of an event that does not follow from others."""
        day = event.date_
        if day is None and not event.repeats:
            happenings = self._facts.happenings.get(event.id, [])
            day = happenings[0].on if happenings else None
        waiting = () if day else (event.id,)
        return ReferenceDay(day, waiting, event.id, event.title, event.clause or "")

    def _fulfilment_day(self, engagement: Engagement) -> ReferenceDay:
        day = self._performed_on(engagement.id)
        waiting = () if day else (engagement.id,)
        clause = engagement.clause or ""
        return ReferenceDay(day, waiting, engagement.id, engagement.title, clause, is_performance=True)
