"""Days that exist: occurrences that their engagement has, dates within the years that can be computed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.subject import Pointer
from qp_cli.checks.wording import named
from qp_cli.law.dates import FIRST_YEAR, LAST_YEAR
from qp_cli.law.periods import Period
from qp_cli.law.recurrence import MAX_OCCURRENCES
from qp_cli.messages import msg
from qp_cli.model.dues import AtLeast, AtTheLatest, Every, On, Rule, Within
from qp_cli.model.words import TERM, Kind
from qp_cli.store.places import JOURNAL
from qp_cli.tracking.journal import cancellations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.law.periods import Delay
    from qp_cli.model.dues import Due

_SHOWN = 3
_EARLIEST, _LATEST = FIRST_YEAR + 10, LAST_YEAR - 10


def unknown_occurrences(subject: Subject) -> Iterator[Remark]:
    """A fact, or a change of an avenant, about an occurrence that its engagement does not have."""
    named_days = tuple(_named_days(subject)) if subject.facts else ()
    if not named_days:
        return
    reckoning = subject.reckoning
    cancelled = cancellations(subject.facts)
    for fact, target, asked, place in named_days:
        engagement = reckoning.engagements.get(target)
        if engagement is None or fact in cancelled:
            continue
        name = named(engagement.id, engagement.clause)
        if engagement.kind not in {Kind.RECURRING, Kind.ON_REQUEST}:
            yield Remark(
                place, msg("{name} has no occurrences: it is owed once", name=name), msg("Leave occurrence out")
            )
            continue
        slots = reckoning.pending(engagement.id)
        days = sorted({slot.occurrence for slot in slots if slot.occurrence})
        awaited = any(slot.deadline.waiting_for and slot.request is None for slot in slots)
        if slots and asked not in days and (engagement.kind is Kind.ON_REQUEST or not awaited):
            near = sorted(days, key=lambda day: abs((day - asked).days))[:_SHOWN]
            names = ", ".join(day.isoformat() for day in sorted(near))
            hint = msg("The nearest: {names}", names=names) if near else None
            yield Remark(place, msg("{name} has no occurrence on {day}", name=name, day=asked), hint)


def _named_days(subject: Subject) -> Iterator[tuple[str, str, date, Pointer]]:
    """Each occurrence that a fact, or a change, names: the fact's id, the engagement, the day, its place."""
    from qp_cli.model.journal import About  # loaded with the facts: a start without any does without it

    for number, fact in enumerate(subject.facts):
        if isinstance(fact, About) and fact.occurrence:
            yield fact.id, fact.engagement, fact.occurrence, Pointer(JOURNAL, ("facts", number, "occurrence"))
    for avenant, pointer in subject.avenants:
        for number, change in enumerate(avenant.changes):
            if change.change != "add" and change.occurrence:
                yield avenant.id, change.target, change.occurrence, pointer.to("changes", number, "occurrence")


def undated_series(subject: Subject) -> Iterator[Remark]:
    """A recurring engagement that has no date at all."""
    reckoning = subject.reckoning
    for engagement in reckoning.engagements.values():
        if engagement.kind is not Kind.RECURRING or engagement.id in reckoning.ended_by:
            continue
        dated = reckoning.find(engagement.id)
        if dated and not reckoning.in_force.amendments and any(each.due for each in dated.deadlines):
            continue
        rows = [one.deadline.without_date for one in reckoning.pending(engagement.id) if not one.replaced_by]
        why = next((each for each in rows if each), None)
        place = reckoning.places.get(engagement.id)
        if why and place and all(rows):
            name = named(engagement.id, engagement.clause)
            message = msg("{name} is recurring, and nothing of it falls due ({why})", name=name, why=why)
            yield Remark(place, message, msg("Check the period, the first date and until"))


def uncomputable_dates(subject: Subject) -> Iterator[Remark]:
    """A date that cannot be computed: outside the years 1905 to 2100, or too many of them."""
    if _is_ordinary(subject):
        return
    reckoning = subject.reckoning
    for name, engagement in ((TERM, None), *reckoning.engagements.items()):
        if engagement and engagement.kind is Kind.ON_REQUEST:
            reckoning.pending(name)
        else:
            reckoning.find(name)
    for name, problem in reckoning.refused.items():
        yield Remark(reckoning.places[name], problem, msg("Check the years and the period"))


def _is_ordinary(subject: Subject) -> bool:
    """Whether no date can come near the years that are not computed: told in little time, at every start.

    A date is a day of the files, the convention's period at the most, and a period of its own.
    """
    days = [event.date_ for event in subject.convention.events if event.date_] + [fact.on for fact in subject.facts]
    longest = extended = 0
    for _, due, _ in subject.dues:
        length = _length(due, days)
        if length is None:
            return False
        longest = max(longest, length)
    for change, _ in subject.changes:
        if change.change == "extend":
            extended += _months(change.by)
    years = (2 * longest + extended) // 12 + 1
    if not days:
        return True
    first, last = min(days).year - years, max(days).year + years
    return first > _EARLIEST and last < _LATEST and (last - first) * 12 < MAX_OCCURRENCES


def _length(due: Due, days: list[date]) -> int | None:
    """The months of a due date, its days added to the others; None for what may recur too often."""
    match due:
        case On(on=day):
            days.append(day)
            return 0
        case Within(within=delay, from_=Every() | Rule() as series):
            inner = _length(series, days)
            return None if inner is None else inner + _months(delay)
        case Within(within=delay, from_=anchor) | AtTheLatest(at_the_latest=delay, before=anchor):
            days.extend(each for each in (anchor,) if isinstance(each, date))
            return _months(delay)
        case AtLeast(at_least=delay, before=anchor):
            days.extend(each for each in (anchor,) if isinstance(each, date))
            return _months(delay)
        case Every(every=period, from_=anchor, first=first, until=until):
            days.extend(each for each in (anchor, first, until) if isinstance(each, date))
            return _months(period) if period.total_months else None
        case _:
            return None


def _months(delay: Delay) -> int:
    """The months of a length, and a few more."""
    if isinstance(delay, Period):
        return delay.total_months + delay.total_days // 28 + 1
    return delay.number // 15 + 1
