"""One day to keep as one event of a calendar, with its alarms."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from qp_cli.render.ics.words import categories, describe, summary

if TYPE_CHECKING:
    from icalendar import Event

    from qp_cli.render.language import Language
    from qp_cli.tracking.agenda import Entry
    from qp_cli.tracking.situation import Situation

_NAMESPACE = UUID("6f6b9a52-4f0e-5d0b-9a5c-0d7c1f2e8b31")
"""Of our own, fixed for ever: with it, the same convention and the same id make the same UID anywhere."""
ALARMS = (
    timedelta(days=-30, hours=9),
    timedelta(days=-7, hours=9),
    timedelta(hours=9),
)
"""When a reminder rings, from the first instant of the day: 30 days before, 7 days before and the day itself.

At nine in the morning, as Apple's calendar does for whole days: at midnight nobody sees it. Outlook keeps one reminder
an event, so the earliest comes first; were it to keep the last, it would ring at three in the afternoon of the eve, for
it reads every length as before the start. Google and Outlook ignore those of calendars that are subscribed to.
"""


def uid(convention: str, key: str) -> str:
    """What the event is known by, in every calendar: the same whatever its day, its words or whose feed it is in."""
    return str(uuid5(_NAMESPACE, f"{convention}\n{key}"))


def write_event(entry: Entry, situation: Situation, language: Language, *, several: bool) -> bytes:
    """The event as lines of RFC 5545, folded at 75 octets.

    DTSTAMP is the day looked at: the same data and day give the same bytes. Where a calendar has no METHOD it says
    when the event was last revised, as LAST-MODIFIED would (RFC 5545, 3.8.7.2), which is therefore left out.
    """
    from icalendar import Event

    from qp_cli.render.ics.texts import Text, categories_of

    event = Event()
    event.add("uid", uid(situation.convention.id, entry.key))
    event.add("dtstamp", datetime.combine(situation.as_of, time(), UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("sequence", entry.revision)
    event.add("status", "CONFIRMED" if entry.stands else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    words = summary(entry, situation, language, several=several)
    event.add("summary", Text(words))
    event.add("description", Text(describe(entry, situation, language)))
    event.add("categories", categories_of(categories(entry, situation, language)))
    if entry.is_awaited(situation.as_of):
        _add_alarms(event, words)
    return bytes(event.to_ical())


def _add_alarms(event: Event, words: str) -> None:
    from icalendar import Alarm

    from qp_cli.render.ics.texts import Text

    for trigger in ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", trigger)
        alarm.add("description", Text(words))
        event.add_component(alarm)
