"""Due dates: those that suit their engagement, those that leave something open, those that can be read in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.checks.dates import BACK, SERIES, choices_in, recurs, series_in
from qp_cli.checks.rule import Pointer, Remark, named, on_weekday
from qp_cli.errors import OutOfRangeError
from qp_cli.findings import Severity
from qp_cli.law.computation import compute_deadline
from qp_cli.law.periods import Period
from qp_cli.law.regimes import find_regime
from qp_cli.messages import msg, msgs
from qp_cli.model.base import stated
from qp_cli.model.dues import EarliestOf, Every, LatestOf, Rule, Within, chosen_from
from qp_cli.model.facts import Add, Extend, Redate
from qp_cli.model.kinds import TERM, Kind
from qp_cli.store.meant import in_brackets
from qp_cli.store.places import CONVENTION
from qp_cli.tracking.changes import extendable, is_partial
from qp_cli.tracking.references import named_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from qp_cli.checks.dates import Dated
    from qp_cli.checks.repository import Subject
    from qp_cli.law.counting import Pause
    from qp_cli.law.periods import Delay
    from qp_cli.law.zones import Zone
    from qp_cli.messages import Message
    from qp_cli.model.convention import Engagement
    from qp_cli.model.dues import Due


def vacant_roles(subject: Subject) -> Iterator[Remark]:
    """A role that nobody holds: what it owes is owed by nobody known."""
    for number, role in enumerate(subject.convention.roles):
        if not role.held_by:
            place = Pointer(CONVENTION, ("roles", number))
            yield Remark(place, msg("Nobody holds the role “{id}”", id=role.id), msg("Name its holders under held_by"))


def no_engagement(subject: Subject) -> Iterator[Remark]:
    """A convention without any engagement: nothing is owed by anybody."""
    if not subject.engagements:
        message = msg("The convention has no engagement: nothing is owed")
        hint = msg("Write what its text binds each party to, under engagements")
        yield Remark(Pointer(CONVENTION, ("engagements",)), message, hint)


def unfit_dues(subject: Subject) -> Iterator[Remark]:
    """A due date that does not go with what it dates."""
    kinds = {engagement.id: engagement.kind for engagement, _ in subject.engagements}
    events = {event.id for event in subject.convention.events}
    series = dict(_own_series(subject))
    for name, due, pointer in subject.dues:
        kind = kinds.get(name)
        yield from without_start(due, pointer)
        if recurs(due) and kind is not Kind.RECURRING:
            yield _comes_back(name, kind, pointer, is_event=name in events)
        if kind is not Kind.ON_REQUEST:
            yield from _without_origin(due, pointer)
        yield from _nested(due, pointer)
    yield from _apart_from_requests(subject)
    for engagement, pointer in subject.engagements:
        if engagement.kind is Kind.RECURRING and not recurs(engagement.due) and _anchor(engagement.due) not in series:
            message = msg("“{id}” is recurring, and nothing says how often", id=engagement.id)
            yield Remark(pointer.to("due"), message, msg("Write due: {{every: P1Y, from: …}}"))
        if engagement.target and engagement.kind is not Kind.ON_REQUEST:
            message = msg("A target is for what is owed on request")
            yield Remark(pointer.to("target"), message, msg("Write it as due, with the clause that sets it"))
    yield from _unfit_changes(subject, kinds)


def _happening_once(subject: Subject) -> frozenset[str]:
    return frozenset(event.id for event, _ in subject.events if not event.repeats)


def _apart_from_requests(subject: Subject) -> Iterator[Remark]:
    """What is owed on request, and whose date is the same whenever the request comes."""
    waiting = {each.id: each for each, _ in subject.engagements if each.kind is Kind.ON_REQUEST}
    if not waiting:
        return
    once = _happening_once(subject)
    origins: dict[str, set[str]] = {}
    for dated, name, _ in subject.referred:
        origins.setdefault(dated, set()).add(name)
    for name, due, pointer in subject.dues:
        engagement = waiting.get(name)
        if engagement and not recurs(due) and _is_settled(due, {TERM, *once} - {engagement.trigger}, origins):
            yield _apart_from_request(engagement, due, pointer, once)


def _is_settled(due: Due, known: Collection[str | None], origins: Mapping[str, Collection[str]]) -> bool:
    """Whether a date, and each of those it chooses from, counts from nothing but days and what is `known`.

    Be it by way of other dates; what another engagement's performance gives may be what requests are about.
    """
    if isinstance(due, Within) and due.from_ is None:
        return False
    if isinstance(due, EarliestOf | LatestOf):
        return all(_is_settled(choice, known, origins) for choice in chosen_from(due))
    reached: set[str] = set()
    ahead = [name for _, name in named_in(due)]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += origins.get(name, ())
    return reached.issubset(known)


def _apart_from_request(engagement: Engagement, due: Due, pointer: Pointer, once: Collection[object]) -> Remark:
    name, origin, trigger = named(engagement.id, engagement.clause), _anchor(due), engagement.trigger
    if trigger is None and origin in once:
        message = msg("{name} waits for requests, and “{event}”, which dates it, is none", name=name, event=origin)
        hint = msg("If that event starts it: kind: one-off, or trigger: {event}", event=origin)
        return Remark(pointer, message, hint, severity=Severity.WARNING)
    message = msg("{name} is owed on request, and this date does not count from the request", name=name)
    if not isinstance(due, Within):
        hint = msg("For a period from each request: due: {{within: P2M}}; if no request starts it: kind: one-off")
    elif trigger:
        hint = msg("Leave from out, or write from: {event}", event=trigger)
    else:
        hint = msg("Leave from out: the period counts from each request")
    return Remark(pointer, message, hint, severity=Severity.WARNING)


def _anchor(due: Due | None) -> object:
    """What a period is counted from, or back from; None for another due date."""
    return due.from_ if isinstance(due, Within) else due.before if isinstance(due, BACK) else None


def _own_series(subject: Subject) -> Iterator[tuple[object, Every | Rule]]:
    """The engagements that are owed on the days of a series themselves, each with it."""
    for engagement, _ in subject.engagements:
        if isinstance(engagement.due, SERIES):
            yield engagement.id, engagement.due


def _comes_back(name: str, kind: Kind | None, pointer: Pointer, *, is_event: bool) -> Remark:
    """What comes back, where one date is expected."""
    if is_event:
        hint = msg("Give it one date: what comes back is an engagement, of kind: recurring")
        return Remark(pointer, msg("This date comes back, and the event “{id}” happens once", id=name), hint)
    if kind is Kind.OPTION:
        message = msg("This due date comes back, and the option “{id}” has one day", id=name)
        return Remark(pointer, message, msg("Give it one date"))
    message = msg("This due date comes back, and “{id}” is owed once", id=name)
    return Remark(pointer, message, msg("Make it kind: recurring, or give it one date"))


def unfit_events(subject: Subject) -> Iterator[Remark]:
    """An event whose day follows from others, and that has one of its own too, or several."""
    for number, event in enumerate(subject.convention.events):
        place = Pointer(CONVENTION, ("events", number))
        name = named(event.id, event.clause)
        if event.when and event.date_:
            message = msg("{name} has a day of its own, and when: gives it another", name=name)
            yield Remark(place.to("date"), message, msg("Keep one of them: date: or when:"))
        if event.when and event.repeats:
            message = msg("{name} follows from others by when:, so it has one day and cannot repeat", name=name)
            yield Remark(place.to("repeats"), message, msg("Leave out repeats:, or when:"))


def _unfit_changes(subject: Subject, kinds: Mapping[str, Kind]) -> Iterator[Remark]:
    """Due dates that avenants give to what recurs: a series to the whole of it, one date to one occurrence."""
    for change, pointer in subject.changes:
        if not isinstance(change, Redate) or kinds.get(change.target) is not Kind.RECURRING:
            continue
        if change.is_of_one and recurs(change.due):
            message = msg("One occurrence of “{id}” has one date, and this one comes back", id=change.target)
            yield Remark(pointer.to("due"), message, msg("Give it one date, or leave occurrence out"))
        elif not change.is_of_one and not recurs(change.due):
            message = msg("“{id}” is recurring, and this gives it one date", id=change.target)
            hint = msg(
                "For one date of the series, name it: occurrence:; for all to come: due: {{every: P1Y, from: …}}"
            )
            yield Remark(pointer.to("due"), message, hint)


def starts_once(series: Every | Rule) -> bool:
    """Whether a series says from where it is counted, in one way."""
    return isinstance(series, Rule) or (series.from_ is None) is not (series.first is None)


def without_start(due: Due, pointer: Pointer) -> Iterator[Remark]:
    """A series that does not say from where it is counted, or says it twice."""
    for choice, place in choices_in(due, pointer):
        yield from without_start(choice, place)
    if within := series_in(due):
        yield from without_start(within[1], pointer.to(within[0]))
    elif isinstance(due, SERIES) and not starts_once(due):
        message = msg("This series has both from and first")
        if isinstance(due, Every) and due.first is None:
            message = msg("Nothing says from where this series is counted")
        yield Remark(pointer, message, msg("Write from: (the first date comes one period later), or first: (that day)"))


def _without_origin(due: Due, pointer: Pointer) -> Iterator[Remark]:
    if isinstance(due, Within) and due.from_ is None:
        hint = msg("Add from: with an event, an engagement or a day")
        yield Remark(pointer, msg("Nothing says what this period is counted from"), hint)
    for choice, place in choices_in(due, pointer):
        yield from _without_origin(choice, place)


def _nested(due: Due, pointer: Pointer) -> Iterator[Remark]:
    for choice, place in choices_in(due, pointer):
        if recurs(choice):
            yield Remark(place, msg("A date that comes back cannot be one of several dates"))
        yield from _nested(choice, place)


def repeated_origins(subject: Subject) -> Iterator[Remark]:
    """A period counted from what happens several times: from which of them, nothing says."""
    events = {event.id for event, _ in subject.events if event.repeats}
    engagements = {engagement.id: engagement for engagement, _ in subject.engagements}
    series = dict(_own_series(subject))
    for name, target, place in subject.referred:
        owner = engagements.get(name)
        own = owner and owner.kind is Kind.ON_REQUEST and target == owner.trigger
        several = target in engagements and engagements[target].kind in {Kind.RECURRING, Kind.ON_REQUEST}
        if (target in events and not own) or several:
            message = msg("“{id}” can happen several times: no single day to count from", id=target)
            hint = _once_or_each(owner, target, place, events, series)
            yield Remark(place, message, hint)


def _once_or_each(
    owner: Engagement | None, target: str, place: Pointer, events: set[str], series: Mapping[object, Every | Rule]
) -> Message:
    """How to count from what happens several times, for what is dated by it."""
    if owner and target in events and _starts_with(owner, target):
        return msg("Make it kind: on-request with trigger: {id}", id=target)
    if owner and target in series and _anchor(owner.due) == target:
        return _at_each(owner, place, series[target])
    return msg("Count from what happens once, or from a day")


def _at_each(owner: Engagement, place: Pointer, series: Every | Rule) -> Message:
    """How to count from each date of a series, in its words."""
    words = ", ".join(f"{key}: {in_brackets(value)}" for key, value in stated(series).items())
    written = f"{place.loc[-1]}: {{{words}}}"
    if owner.kind is Kind.RECURRING:
        return msg("For each of its dates, write {due}", due=written)
    return msg("For each of its dates: kind: recurring, with {due}", due=written)


def _starts_with(engagement: Engagement, event: str) -> bool:
    """Whether an engagement is owed once, within a period from an event."""
    due = engagement.due
    return engagement.kind is Kind.ONE_OFF and isinstance(due, Within) and due.from_ == event


def unextendable(subject: Subject) -> Iterator[Remark]:
    """An avenant that lengthens what is no period."""
    if not subject.avenants:
        return
    convention = subject.convention
    dues: dict[str, Due | None] = {engagement.id: engagement.due for engagement in convention.engagements}
    dues[TERM] = convention.term.due if convention.term else None
    for fact in subject.computed_dates.in_force.amendments:
        for number, change in enumerate(fact.changes):
            if isinstance(change, Add) and change.engagement:
                dues[change.engagement.id] = change.engagement.due
            elif isinstance(change, Redate) and not is_partial(change):
                dues[change.target] = change.due
            elif isinstance(change, Extend) and change.target in dues and not extendable(dues[change.target]):
                pointer = subject.computed_dates.place(fact).to("changes", number)
                message = msg("“{id}” is no period in months or days: it cannot be lengthened", id=change.target)
                yield Remark(pointer, message, msg("Write change: due, with the new date"))


def _standing(subject: Subject) -> Iterator[tuple[Engagement, Pointer]]:
    """Every engagement as it stands, avenants included, and where it was first written."""
    current = subject.computed_dates.engagements
    for engagement, pointer in subject.engagements:
        if engagement.id not in subject.computed_dates.ended_by:
            yield current.get(engagement.id, engagement), pointer


def unstated_frequency(subject: Subject) -> Iterator[Remark]:
    """An engagement to report, for which nothing says how often."""
    for engagement, pointer in _standing(subject):
        if engagement.reporting and engagement.kind is Kind.CONTINUING:
            name = named(engagement.id, engagement.clause)
            hint = msg("Once a frequency is agreed: kind: recurring, with due: {{every: P6M, from: …}}")
            message = msg("{name} is to report, and nothing says how often", name=name)
            yield Remark(pointer.to("reporting"), message, hint)


def debtors_who_do_not_sign(subject: Subject) -> Iterator[Remark]:
    """An engagement that the text states for somebody who does not sign it."""
    directory = subject.computed_dates.directory
    for engagement, pointer in _standing(subject):
        owing = dict.fromkeys(party for debtor in directory.debtors(engagement) for party in debtor.parties)
        absent = directory.not_signing(engagement, owing)
        if absent:
            message = msgs(
                "{name} is stated for {who}, which does not sign: a contract binds its parties "
                "(C. civ. art. 1199, by analogy)",
                "{name} is stated for {who}, which do not sign: a contract binds its parties "
                "(C. civ. art. 1199, by analogy)",
                count=len(absent),
                name=named(engagement.id, engagement.clause),
                who=", ".join(map(directory.label, absent)),
            )
            hint = msg("If bound all the same: signatory: true on the party, or scope: national on the engagement")
            yield Remark(pointer.to("debtors"), message, hint)


def unstated_delay(subject: Subject) -> Iterator[Remark]:
    """An engagement on request, for which the text gives no number of days."""
    for engagement, pointer in _standing(subject):
        if engagement.kind is Kind.ON_REQUEST and engagement.due is None and engagement.target is None:
            name = named(engagement.id, engagement.clause)
            message = msg("{name} is owed on request, and the text gives no number of days", name=name)
            hint = msg("A team can set an aim of its own: target: {{within: P1M}}")
            yield Remark(pointer.to("kind"), message, hint)


_LENGTH = "duree"


def several_readings(subject: Subject) -> Iterator[Remark]:
    """A date that the text lets be read in two ways."""
    for dated in subject.computed_dates.dated:
        pauses = subject.computed_dates.assessment.references.term_pauses
        readings = dict.fromkeys(_readings(dated, subject.convention.zone, pauses))
        if len({day for day, _ in readings}) > 1:
            (first, one), (second, other) = list(readings)[:2]
            message = msg(
                "{name} has two readings: {first} ({one}), or {second} ({other})",
                name=named(dated.name, dated.clause),
                first=on_weekday(first),
                one=one,
                second=on_weekday(second),
                other=other,
            )
            earliest = min(day for day, _ in readings)
            yield Remark(dated.pointer, message, msg("Act by {day}, in time on either", day=on_weekday(earliest)))


def _readings(dated: Dated, zone: Zone, pauses: tuple[Pause, ...]) -> Iterator[tuple[date, str]]:
    """The days of the first deadline that can be read in several ways, each with the name of its regime.

    `pauses` are the days of the term that did not run.
    """
    for deadline in dated.deadlines:
        if deadline.due is None or deadline.regime is None or deadline.computation is None:
            continue
        others = [(reading.day, reading.regime.label) for reading in deadline.readings]
        if (second := deadline.computation.other_reading) and deadline.regime.extra_day:
            others.append((second, deadline.regime.label))
        if not others and deadline.origin and _undecided(dated):
            others += _as_length(deadline.origin, deadline.computation.delay, zone, pauses)
        if others := [other for other in others if other[0] != deadline.due]:
            yield deadline.due, deadline.regime.label
            yield from others
            return


def _as_length(origin: date, delay: Delay, zone: Zone, pauses: tuple[Pause, ...]) -> list[tuple[date, str]]:
    """The same period read as a durée; nothing where its days are out of the years computed."""
    length = find_regime(_LENGTH)
    try:
        return [(compute_deadline(origin, delay, length, zone, pauses=pauses).deadline, length.label)]
    except OutOfRangeError:
        return []


def _undecided(dated: Dated) -> bool:
    """Whether it is a term in calendar units whose regime nobody chose."""
    due = dated.due
    return (
        dated.engagement is None
        and isinstance(due, Within)
        and isinstance(due.within, Period)
        and due.regime is None
        and not due.readings
    )
