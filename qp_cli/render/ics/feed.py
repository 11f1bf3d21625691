"""The whole calendar, from conventions that go by one at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from qp_cli.messages import msg
from qp_cli.render.chosen_words import party_labels
from qp_cli.render.ics.events import write_event
from qp_cli.render.journal import title
from qp_cli.tracking.agenda import agenda

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.situation import Obligation

_END = b"END:VCALENDAR\r\n"
_REFRESHED = timedelta(days=1)
"""How often a subscriber is asked to read the calendar again: dates are days."""


def write_calendar(
    dossiers: Iterable[Dossier],
    chosen: Callable[[Dossier], Sequence[Obligation]],
    language: Language,
    *,
    with_term: Callable[[Dossier], bool] = lambda _: True,
    people: Sequence[str] = (),
    several: bool = False,
    lacks: Callable[[], Sequence[Message]] = list,
) -> bytes:
    """An iCalendar object (RFC 5545): an all-day event for each day to keep, and for each that fell away.

    Each dossier is used once, as it comes, and not kept. The same ones give the same bytes.

    Args:
        dossiers: the conventions, each at its day.
        chosen: the obligations to keep of each.
        language: the reader's.
        with_term: whether the term of a convention is kept.
        people: the parties that the calendar is for, by any of their names.
        several: whether each event says which convention it belongs to.
        lacks: what the calendar says that it does not hold, once the conventions have gone by.
    """
    names: list[str] = []
    labels = list(people)
    events: list[bytes] = []
    for dossier in dossiers:
        situation = dossier.situation
        names.append(title(situation))
        labels = party_labels(situation, labels)
        entries = agenda(dossier, chosen, with_term=with_term(dossier))
        events += [write_event(entry, situation, language, several=several) for entry in entries]
    lacking = [language.text(each) for each in lacks()]
    return b"".join((_head([*labels, *([] if several else names)], lacking, language), *events, _END))


def _head(words: Sequence[str], lacking: Sequence[str], language: Language) -> bytes:
    """What the calendar is, and what it lacks.

    There is no METHOD: that would make it a message between an organizer and those invited (RFC 5546 wants an
    ORGANIZER then), and some programs would ask whether to accept it. What is imported or subscribed to has none.
    """
    from icalendar import Calendar

    from qp_cli.render.ics.texts import Text

    name = language.text(msg("Deadlines"))
    if words:
        name = language.text(msg("{label}: {text}", label=name, text=", ".join(words)))
    calendar = Calendar()
    calendar.add("prodid", f"-//Quartiers productifs//qp//{language.code.upper()}")
    calendar.add("version", "2.0")
    calendar.add("name", Text(name))
    calendar.add("x-wr-calname", Text(name))
    if lacking:
        calendar.add("description", Text("\n".join(lacking)))
        calendar.add("x-wr-caldesc", Text("\n".join(lacking)))
    calendar.add("refresh-interval", _REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    return bytes(calendar.to_ical()).removesuffix(_END)
