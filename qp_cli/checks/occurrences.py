"""Days that exist: occurrences that their engagement has, dates within the years that can be computed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qp_cli.checks.rule import Remark
from qp_cli.checks.wording import named
from qp_cli.law.arithmetic import FIRST_YEAR, LAST_YEAR
from qp_cli.law.periods import Period
from qp_cli.law.recurrence import MAX_OCCURRENCES
from qp_cli.messages import msg
from qp_cli.model.dues import AtLeast, AtTheLatest, Every, On, Rule, Within
from qp_cli.model.words import TERM, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.checks.subject import Subject
    from qp_cli.law.periods import Delay
    from qp_cli.model.dues import Due

_SHOWN = 3
_EARLIEST, _LATEST = FIRST_YEAR + 10, LAST_YEAR - 10


def unknown_occurrences(subject: Subject) -> Iterator[Remark]:
    """A fact about an occurrence that its engagement does not have.

    ## What it does

    Compares `occurrence` with the days of the series, or of the requests, of the engagement. A series whose origin
    has no date yet is left out.

    ## Why it matters

    Such a fact counts for nothing: the occurrence it was meant for stays open.

    ## Example

    ```yaml
    # convention.yaml: due: {within: P6M, from: {every: P1Y, first: 2021-12-31, until: terme}}
    - {id: f-1, kind: fulfilled, engagement: comptes, occurrence: 2022-06-30, on: 2022-06-15}
    ```

    ## Write instead

    An occurrence goes by the day its period is counted from, or by its own day where there is no period:

    ```yaml
    - {id: f-1, kind: fulfilled, engagement: comptes, occurrence: 2021-12-31, on: 2022-06-15}
    ```
    """
    if not subject.facts:
        return
    from qp_cli.model.journal import About  # loaded with the facts: a start without any does without it

    if not any(isinstance(fact, About) and fact.occurrence for fact in subject.facts):
        return
    reckoning = subject.reckoning
    for fact, pointer in reckoning.standing:
        asked = fact.occurrence if isinstance(fact, About) else None
        engagement = reckoning.engagements.get(fact.engagement) if isinstance(fact, About) else None
        if asked is None or engagement is None:
            continue
        name = named(engagement.id, engagement.clause)
        if engagement.kind not in {Kind.RECURRING, Kind.ON_REQUEST}:
            message = msg("{name} has no occurrences: it is owed once", name=name)
            yield Remark(pointer.to("occurrence"), message, msg("Leave occurrence out"))
            continue
        slots = reckoning.pending(engagement.id)
        days = sorted({slot.occurrence for slot in slots if slot.occurrence})
        awaited = any(slot.deadline.waiting_for and slot.request is None for slot in slots)
        if slots and asked not in days and (engagement.kind is Kind.ON_REQUEST or not awaited):
            near = sorted(days, key=lambda day: abs((day - asked).days))[:_SHOWN]
            names = ", ".join(day.isoformat() for day in sorted(near))
            hint = msg("The nearest: {names}", names=names) if near else None
            yield Remark(pointer.to("occurrence"), msg("{name} has no occurrence on {day}", name=name, day=asked), hint)


def uncomputable_dates(subject: Subject) -> Iterator[Remark]:
    """A date that cannot be computed: outside the years 1905 to 2100, or too many of them.

    ## What it does

    Computes every due date, with all that the journal records.

    ## Why it matters

    Public holidays are known for those years only, and a recurrence of more than a thousand dates is nearly always
    a slip. Nothing can be computed from the repository until it is put right.

    ## Example

    ```yaml
    due: {within: P200Y, from: depart}
    ```

    ## Write instead

    ```yaml
    due: {within: P20Y, from: depart}
    ```
    """
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
        case Every(every=period, from_=anchor, until=until):
            days.extend(each for each in (anchor, until) if isinstance(each, date))
            return _months(period) if period.total_months else None
        case _:
            return None


def _months(delay: Delay) -> int:
    """The months of a length, and a few more."""
    if isinstance(delay, Period):
        return delay.total_months + delay.total_days // 28 + 1
    return delay.number // 15 + 1
