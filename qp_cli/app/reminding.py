"""Who is to be reminded of what at a day, one convention after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.opening import with_edits
from qp_cli.model.kinds import TERM
from qp_cli.tracking.addressees import AddressBook
from qp_cli.tracking.calendar_days import calendar_days
from qp_cli.tracking.reminders import reminders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from qp_cli.app.caller import Caller
    from qp_cli.app.opening import Opened
    from qp_cli.model.contacts import Contact
    from qp_cli.tracking.calendar_days import CalendarDay
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.reminders import Reminder
    from qp_cli.tracking.situation import Obligation


class Addressed(NamedTuple):
    """What one contact is written to about, and for which parties."""

    contact: Contact
    parties: tuple[str, ...]
    reminders: tuple[Reminder, ...]


class Reminding(NamedTuple):
    """The reminders of one convention.

    Attributes:
        addressed: those that reach somebody, by contact, in the order in which they are met.
        without: those that reach nobody for a party, which has no address.
        days: the days of all of them, as its calendar has them, by their key; none where they were not asked for.
    """

    ledger: Ledger
    addressed: tuple[Addressed, ...]
    without: Mapping[str, Sequence[Reminder]]
    days: Mapping[str, CalendarDay]


def remindings(
    caller: Caller, conventions: Iterable[Opened], until: date | None = None, *, with_days: bool = True
) -> Iterator[Reminding]:
    """What each convention has to remind of, and whom; the ladder is left aside where `until` is given.

    Raises:
        QpError: none can be read, or a day is outside the years qp computes.
    """
    for opened in conventions:
        found = reminders(opened.situation, until)
        if found and with_days:
            ledger = with_edits(caller, opened)
            yield _reminding(ledger, found)._replace(days=_days(ledger, found))
        elif found:
            yield _reminding(opened.ledger, found)


def _reminding(ledger: Ledger, found: Sequence[Reminder]) -> Reminding:
    book = AddressBook(ledger.situation.directory)
    parties: dict[Contact, dict[str, None]] = {}
    by_contact: dict[Contact, list[Reminder]] = {}
    without: dict[str, list[Reminder]] = {}
    for each in found:
        reached = book.reached(each)
        for contact, names in reached.contacts.items():
            parties.setdefault(contact, {}).update(dict.fromkeys(names))
            by_contact.setdefault(contact, []).append(each)
        for party in reached.without:
            without.setdefault(party, []).append(each)
    addressed = (Addressed(contact, (*parties[contact],), (*own,)) for contact, own in by_contact.items())
    return Reminding(ledger, tuple(addressed), without, {})


def _days(ledger: Ledger, found: Sequence[Reminder]) -> Mapping[str, CalendarDay]:
    """The days of these reminders, as the convention's calendar has them."""
    wanted = {each.key for each in found}
    owed = {each.obligation.id for each in found if each.obligation}

    def chosen(at: Ledger) -> list[Obligation]:
        return [one for one in at.situation.obligations if one.id in owed]

    made = calendar_days(ledger, chosen, with_term=TERM in wanted)
    return {each.key: each for each in made if each.key in wanted}
