"""The calendar of `qp export ics` (RFC 5545): an event for each day to keep, for one import or a subscription."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event, vText
from icalendar.prop import vCategory

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import debtor
from qp_cli.render.date_working import compared_lines, write_steps
from qp_cli.render.detail import cure_words, facets, standing_words, write_term, write_working
from qp_cli.render.headings import unapproved
from qp_cli.render.journal import title
from qp_cli.render.naming import known_labels, titles_of
from qp_cli.render.notes import note_lines
from qp_cli.render.visible import visible
from qp_cli.render.wording import BASES, done_words, state_words
from qp_cli.tracking.calendar_days import DayKind, calendar_days, revised, sequence, without_day
from qp_cli.tracking.compared_dates import prudent_day
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.calendar_days import CalendarDay, DaylessCount
    from qp_cli.tracking.ledger import Edits, Ledger
    from qp_cli.tracking.situation import Obligation, Situation

_TAG = re.compile("<(?=[A-Za-z/!?])")
_DONE = frozenset({State.FULFILLED, State.FULFILLED_LATE, State.EXERCISED})
_SAID = frozenset({State.DISCHARGED, State.SUSPENDED, State.BREACHED, State.LAPSED})
_MARKED = frozenset({Basis.TERM, Basis.TARGET})
_MOST_NAMED = 20
"""How many of those who owe an engagement, or of its sites, each of its entries names; `qp show` names them all."""
_NAMESPACE = UUID("6f6b9a52-4f0e-5d0b-9a5c-0d7c1f2e8b31")
"""Of our own, fixed for ever: with it, the same convention and the same id make the same UID anywhere."""
ALARMS = (
    timedelta(days=-30, hours=9),
    timedelta(days=-7, hours=9),
    timedelta(hours=9),
)
"""When a reminder rings, from the first instant of the prudent day: 30 days before, 7 days before and that day itself.

That is the Friday before a deadline on a Saturday.

At nine in the morning, as Apple's calendar does for whole days: at midnight nobody sees it. Outlook keeps one reminder
an event, so the earliest comes first; were it to keep the last, it would ring at three in the afternoon of the eve, for
it reads every length as before the start. Google and Outlook ignore those of calendars that are subscribed to.
"""
_END = b"END:VCALENDAR\r\n"
_REFRESHED = timedelta(days=1)
"""How often a subscriber is asked to read the calendar again: dates are days."""
_SIGNS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class _Text(vText):
    """A text that comes back from a reader as it was."""

    def to_ical(self) -> bytes:
        """Its bytes in a line of the calendar."""
        return str(self).replace("\r\n", "\n").translate(_SIGNS).encode()


def _categories_of(words: Iterable[str]) -> vCategory:
    """Several such texts, with commas between them."""
    made = vCategory([])
    made.cats = [_Text(word) for word in words]
    return made


def _summary(entry: CalendarDay, situation: Situation, language: Language, *, several: bool) -> str:
    """One line: who owes what, and what there is to say of it; the convention, where there are several."""
    text: Message = msg("{label}: {text}", label=msg("Term of the convention"), text=situation.convention.title)
    if one := entry.obligation:
        who, what = debtor(one, situation.directory), one.engagement.title
        text = msg("{label}: {text}", label=who, text=what)
        if entry.kind is DayKind.CURE:
            text = msg("{debtor}: end of the cure period (mise en demeure), {title}", debtor=who, title=what)
    if remark := _remark(entry):
        text = msg("{text} ({remark})", text=text, remark=remark)
    if several:
        text = msg("{text} – {convention}", text=text, convention=situation.label)
    return _plain(language.text(text))


def _remark(entry: CalendarDay) -> Message | None:
    """What is told of a day beside whose it is; nothing of one that passed, which the description does."""
    one = entry.obligation
    if entry.kind is DayKind.CURE or one is None:
        return None if entry.stands else msg("no longer running")
    if entry.gone:
        return msg("no date any more")
    if one.replaced_by:
        return msg("replaced by an avenant")
    if one.state in _DONE and (done := done_words(one)):
        return done
    if one.state in _SAID:
        return state_words(one)
    return BASES[one.deadline.basis] if one.deadline.basis in _MARKED else None


def _describe(entry: CalendarDay, situation: Situation, language: Language) -> str:
    """The clause, who owes and to whom, where it stands at the day looked at, and how the day was reached."""
    lines = [language.text(msg("On {day}", day=language.full_day(situation.as_of)))]
    if not situation.approved:
        lines.append(language.text(unapproved(situation)))
    if entry.gone:
        lines.append(language.text(_gone(entry)))
    if one := entry.obligation:
        lines += _obligation(entry, one, situation, language)
        lines += ["", one.id]
    elif not entry.gone:
        lines += [*write_term(situation, language).splitlines(), ""]
    lines.append(title(situation))
    return _plain("\n".join(lines))


def _obligation(entry: CalendarDay, one: Obligation, situation: Situation, language: Language) -> Iterator[str]:
    titles = titles_of(situation.convention)
    if not entry.gone:
        yield standing_words(one, titles, language)
        yield from note_lines(situation, one, language)
    yield ""
    for label, text in facets(situation, one.engagement, language, _MOST_NAMED):
        yield language.text(msg("{label}: {text}", label=label, text=text))
    if one.engagement.note:
        yield from ("", language.part(one.engagement.note))
    yield ""
    if entry.kind is DayKind.OBLIGATION:
        yield from write_working(one.deadline, titles, language, situation.convention.zone)
        return
    if notice := one.standing.notice:
        yield language.text(msg("given on {day} [{fact}]", day=notice.on, fact=notice.fact))
        yield cure_words(notice, situation.as_of, language)
    yield language.text(msg("Working of {day}", day=language.full_day(entry.day)))
    yield from write_steps(entry.deadline.steps, language)
    yield from compared_lines(entry.deadline, situation.convention.zone, language)


def _gone(entry: CalendarDay) -> Message:
    if entry.kind is DayKind.CURE:
        return msg("The cure period no longer runs: performance was recorded, or what opened it was cancelled.")
    return msg("No date any more: what gave it one was cancelled or replaced. This was the last one.")


def _categories(entry: CalendarDay, situation: Situation, language: Language) -> list[str]:
    """What a calendar can colour or filter by: the legal persons that owe, and the convention."""
    one, directory = entry.obligation, situation.directory
    if one is None:
        return [language.text(msg("Term of the convention")), language.part(situation.label)]
    people = dict.fromkeys(directory.legal_person(party) for party in one.debtor.parties)
    return [language.part(each) for each in (*map(directory.label, people), situation.label)]


def _plain(text: str) -> str:
    """The same text, in which no program that shows descriptions as a page, as Google's does, finds a tag."""
    return _TAG.sub("‹", text)


def uid(convention: str, key: str) -> str:
    """What the event is known by, in every calendar: the same whatever its day, its words or whose feed it is in."""
    return str(uuid5(_NAMESPACE, f"{convention}\n{key}"))


def write_calendar_event(
    entry: CalendarDay, situation: Situation, language: Language, edits: Edits, *, several: bool
) -> bytes:
    """The event as lines of RFC 5545, folded at 75 octets; the same data and day give the same bytes.

    Where a calendar has no METHOD, DTSTAMP says when the event was last revised, as LAST-MODIFIED does (RFC 5545,
    3.8.7.2): some programs look at the one, some at the other.
    """
    stamp = revised(entry, situation.as_of, edits)
    event = Event()
    event.add("uid", uid(situation.convention.id, entry.key))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("sequence", sequence(entry, edits))
    event.add("status", "CONFIRMED" if entry.stands else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    words = _summary(entry, situation, language, several=several)
    event.add("summary", _Text(words))
    event.add("description", _Text(_describe(entry, situation, language)))
    event.add("categories", _categories_of(_categories(entry, situation, language)))
    if entry.is_awaited(situation.as_of):
        prudent = prudent_day(entry.deadline, situation.convention.zone)
        _add_alarms(event, words, entry.day - (prudent or entry.day))
    return bytes(event.to_ical())


def _add_alarms(event: Event, words: str, lead: timedelta) -> None:
    """The alarms of an event, each earlier by what lies between its prudent day and its day."""
    for trigger in ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", trigger - lead)
        alarm.add("description", _Text(words))
        event.add_component(alarm)


def write_calendar(
    ledgers: Iterable[Ledger],
    chosen: Callable[[Ledger], Sequence[Obligation]],
    language: Language,
    *,
    with_term: Callable[[Ledger], bool] = lambda _: True,
    people: Sequence[str] = (),
    several: bool = False,
    lacks: Callable[[], Sequence[Message]] = list,
) -> bytes:
    """An iCalendar object (RFC 5545): an all-day event for each day to keep, and for each that fell away.

    Each ledger is used once, as it comes, and not kept. The same ones give the same bytes.

    Args:
        ledgers: the conventions, each at its day, with the edits of its text that git knows of.
        chosen: the obligations to keep of each.
        language: the reader's.
        with_term: whether the term of a convention is kept.
        people: the parties that the calendar is for, by any of their names.
        several: whether each event says which convention it belongs to.
        lacks: what the calendar says that it does not hold, once the conventions have gone by.
    """
    parts = (
        calendar_part(each, chosen, language, with_term=with_term(each), people=people, several=several)
        for each in ledgers
    )
    return b"".join(calendar_pieces(parts, language, people=people, several=several, lacks=lacks))


class CalendarPart(NamedTuple):
    """What a calendar has of one convention.

    Attributes:
        title: what it is called.
        labels: the short names of the parties asked for; None of one that it does not know.
        events: its days.
        kept: how many they are.
        ahead: how many of them come on the day looked at, or later, and still stand.
        dayless: what has no day of its own.
    """

    title: str
    labels: tuple[str | None, ...]
    events: bytes
    kept: int
    ahead: int
    dayless: DaylessCount


class CalendarTally:
    """What a calendar held in all, once its parts have gone by."""

    def __init__(self) -> None:
        self._count = self._ahead = self._undated = self._running = 0

    def over(self, parts: Iterable[CalendarPart]) -> Iterator[CalendarPart]:
        """The parts, each counted as it goes by."""
        for part in parts:
            self._count += part.kept
            self._ahead += part.ahead
            self._undated += part.dayless.undated
            self._running += part.dayless.running
            yield part

    def words(self, language: Language) -> Message:
        """How many events, how many of them to come, and how many obligations are left out and why, in a line."""
        events = msgs("Calendar: {count} event", "Calendar: {count} events", count=self._count)
        ahead = msgs("{count} to come", "{count} to come", count=self._ahead)
        out = []
        if self._undated:
            out.append(
                msgs("{count} obligation without a date", "{count} obligations without a date", count=self._undated)
            )
        if self._running:
            out.append(
                msgs(
                    "{count} continuing, without a day in the calendar",
                    "{count} continuing, without a day in the calendar",
                    count=self._running,
                )
            )
        if not out:
            return msg("{events}, {ahead}", events=events, ahead=ahead)
        reasons = language.listed([language.text(each) for each in out])
        return msg("{events}, {ahead}; left out: {reasons}", events=events, ahead=ahead, reasons=reasons)


def calendar_part(
    ledger: Ledger,
    chosen: Callable[[Ledger], Sequence[Obligation]],
    language: Language,
    *,
    with_term: bool = True,
    people: Sequence[str] = (),
    several: bool = False,
) -> CalendarPart:
    """What `write_calendar` has of one convention."""
    language, situation = language.keeping_lines(), ledger.situation
    entries = calendar_days(ledger, chosen, with_term=with_term)
    events = (write_calendar_event(entry, situation, language, ledger.edits, several=several) for entry in entries)
    return CalendarPart(
        title(situation),
        tuple(known_labels(situation, people)),
        b"".join(events),
        len(entries),
        sum(entry.stands and entry.day >= situation.as_of for entry in entries),
        without_day(chosen(ledger)),
    )


def calendar_pieces(
    parts: Iterable[CalendarPart],
    language: Language,
    *,
    people: Sequence[str] = (),
    several: bool = False,
    lacks: Callable[[], Sequence[Message]] = list,
) -> Iterator[bytes]:
    """The calendar in pieces, once every part has gone by."""
    language = language.keeping_lines()
    labels: list[str | None] = [None] * len(people)
    names: list[str] = []
    events: list[bytes] = []
    for part in parts:
        names.append(part.title)
        labels = [one or other for one, other in zip(labels, part.labels, strict=True)]
        events.append(part.events)
    told = [label or visible(name) for label, name in zip(labels, people, strict=True)]
    lacking = [language.text(each) for each in lacks()]
    return _enclosed(events, [*told, *([] if several else names)], language, lacking)


def enclose(events: Iterable[bytes], words: Sequence[str], language: Language) -> bytes:
    """A calendar of events that are written, called by some words."""
    return b"".join(_enclosed(events, words, language))


def _enclosed(
    events: Iterable[bytes], words: Sequence[str], language: Language, lacking: Sequence[str] = ()
) -> Iterator[bytes]:
    """The same in pieces; `lacking` is what it says that it does not hold."""
    return chain((_head(words, lacking, language),), events, (_END,))


def _head(words: Sequence[str], lacking: Sequence[str], language: Language) -> bytes:
    """What the calendar is, and what it lacks.

    There is no METHOD: that would make it a message between an organizer and those invited (RFC 5546 wants an
    ORGANIZER then), and some programs would ask whether to accept it. What is imported or subscribed to has none.
    """
    name = language.text(msg("Deadlines"))
    if words:
        name = language.text(msg("{label}: {text}", label=name, text=", ".join(words)))
    calendar = Calendar()
    calendar.add("prodid", f"-//Quartiers productifs//qp//{language.code.upper()}")
    calendar.add("version", "2.0")
    calendar.add("name", _Text(name))
    calendar.add("x-wr-calname", _Text(name))
    if lacking:
        calendar.add("description", _Text("\n".join(lacking)))
        calendar.add("x-wr-caldesc", _Text("\n".join(lacking)))
    calendar.add("refresh-interval", _REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    return bytes(calendar.to_ical()).removesuffix(_END)
