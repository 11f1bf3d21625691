"""What each contact is told, written as conventions go by: one letter for an address, whatever it is told about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.render.calendar_ics import enclose, write_calendar_event
from qp_cli.render.journal import title
from qp_cli.render.language import Language
from qp_cli.render.mail.words import late_and_by_term, words_of_reminder
from qp_cli.render.visible import visible
from qp_cli.render.wording import counted, counted_by_term
from qp_cli.tracking.portfolio import convention_ref
from qp_cli.tracking.reminders import ReminderKind
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from qp_cli.app.reminding import Addressed, Reminding
    from qp_cli.messages import Message
    from qp_cli.render.mail.words import ReminderWords

_MOST_PARTIES = 5
"""How many parties a letter names."""
_NAMED = 70
"""How many characters of a convention's name a subject repeats."""


class Letter(NamedTuple):
    """What one address is told on a day, in its language.

    Attributes:
        names: what its contacts are called.
        parties: the ids of the parties it is written to for, each with its label.
        conventions: the ids of the conventions it is about, each with its title and territory.
        reminders: by kind, then by date.
        events: the same dates as events of a calendar.
    """

    email: str
    names: tuple[str, ...]
    language: Language
    as_of: date
    parties: dict[str, str]
    conventions: dict[str, str]
    reminders: tuple[ReminderWords, ...]
    events: tuple[bytes, ...]

    @property
    def name(self) -> str:
        """What the one contact that has this address is called; empty where several share it, or where none is said."""
        return visible(self.names[0]) if len(set(self.names)) == 1 else ""

    @property
    def subject(self) -> str:
        """The day, how many are overdue and how many come, and of which convention."""
        late, by_term = late_and_by_term(self.reminders)
        coming = len(self.reminders) - late - by_term
        counts = [self.language.text(counted(State.OVERDUE, late))] if late else []
        counts += [self.language.text(counted_by_term(by_term))] if by_term else []
        if coming:
            counts.append(self.language.text(msgs("{count} to come", "{count} to come", count=coming)))
        day, listed = self.language.day(self.as_of), self.language.listed(counts)
        return self.language.text(msg("Reminder of {day}: {counts} – {convention}", day=day, counts=listed,
                                      convention=self._about))  # fmt: skip

    @property
    def _about(self) -> str:
        """The convention it is about, shortened; how many, where there are several."""
        if len(self.conventions) > 1:
            count = len(self.conventions)
            return self.language.text(msgs("{count} convention", "{count} conventions", count=count))
        name = next(iter(self.conventions.values()))
        return name if len(name) <= _NAMED else f"{name[: _NAMED - 1].rstrip()}…"

    @property
    def party_words(self) -> str:
        """The parties it is written to for, the first of them by name."""
        labels = [visible(each) for each in self.parties.values()]
        if len(labels) > _MOST_PARTIES:
            rest = len(labels) - _MOST_PARTIES
            more = self.language.text(msgs("{count} other", "{count} others", count=rest))
            labels = [*labels[:_MOST_PARTIES], more]
        return self.language.listed(labels)

    @property
    def calendar(self) -> bytes:
        """Its dates as a calendar."""
        named = [*self.conventions.values()] if len(self.conventions) == 1 else []
        return enclose(self.events, named, self.language.keeping_lines())


class Unreached(NamedTuple):
    """A party of a convention that has no address, and what it would have been reminded of."""

    convention: str
    party: str
    label: str
    keys: tuple[str, ...]


class Correspondence:
    """The letters of a day, gathered as conventions go by; each convention is looked at once and let go.

    Attributes:
        without: the parties that have no address.
    """

    def __init__(self, as_of: date, language: Language, *, several: bool, only: Collection[str] = ()) -> None:
        self.without: list[Unreached] = []
        self._as_of, self._several = as_of, several
        self._languages = {language.code: language}
        self._own = language
        self._only = {each.casefold() for each in only}
        self._met: set[str] = set()
        self._letters: dict[str, Letter] = {}

    def add(self, reminding: Reminding) -> None:
        """The reminders of one convention more."""
        written = _Written(reminding, several=self._several)
        for each in reminding.addressed:
            address = (each.contact.email or "").casefold()
            self._met.add(address)
            if not self._only or address in self._only:
                self._letters[address] = self._longer(each, written)
        for party, missed in reminding.without.items():
            label = visible(reminding.ledger.situation.directory.label(party))
            self.without.append(Unreached(written.convention.id, party, label, tuple(one.key for one in missed)))

    def _longer(self, addressed: Addressed, written: _Written) -> Letter:
        """The letter of an address, with what one convention more says."""
        contact = addressed.contact
        address = (contact.email or "").casefold()
        language = self._own
        if contact.language:
            language = self._languages.setdefault(contact.language, Language(contact.language))
        fresh = Letter(contact.email or "", (), language, self._as_of, {}, {}, (), ())
        before = self._letters.get(address, fresh)
        new = {(each.convention, each.key, each.kind) for each in before.reminders}
        words, events = written.told(addressed, before.language, new)
        name = (contact.name,) if contact.name else ()
        return before._replace(
            names=(*before.names, *name),
            parties={**before.parties, **written.labels(addressed.parties)},
            conventions={**before.conventions, written.convention.id: written.title},
            reminders=(*before.reminders, *words),
            events=(*before.events, *events),
        )

    def letters(self) -> list[Letter]:
        """One for each address, in the order in which they were met; its reminders by kind, then by date."""
        order = [*ReminderKind]
        return [
            letter._replace(
                reminders=tuple(
                    sorted(
                        letter.reminders,
                        key=lambda each: (order.index(each.kind), each.day, each.convention, each.key),
                    )
                )
            )
            for letter in self._letters.values()
        ]

    def unmet(self, asked: Sequence[str]) -> list[str]:
        """Those of the addresses asked for that nothing is written to on this day."""
        return [each for each in asked if each.casefold() not in self._met]


class _Written:
    """The reminders of one convention, each written once in each language."""

    def __init__(self, reminding: Reminding, *, several: bool) -> None:
        self._reminding, self._several = reminding, several
        situation = reminding.ledger.situation
        owed = [each.obligation for one in reminding.addressed for each in one.reminders if each.obligation]
        self.convention = convention_ref(situation, owed)
        self.title = title(situation)
        self._words: dict[tuple[str, str, str], ReminderWords] = {}
        self._events: dict[tuple[str, str], bytes] = {}

    def labels(self, parties: Sequence[str]) -> dict[str, str]:
        """What some parties are called, by the convention's id and theirs."""
        label = self._reminding.ledger.situation.directory.label
        return {f"{self.convention.id}/{each}": label(each) for each in parties}

    def told(
        self, addressed: Addressed, language: Language, before: Collection[tuple[str, str, ReminderKind]]
    ) -> tuple[list[ReminderWords], list[bytes]]:
        """What a contact is told in a language, in words and as events, but what its address was told before."""
        situation = self._reminding.ledger.situation
        new = [each for each in addressed.reminders if (self.convention.id, each.key, each.kind) not in before]
        words: list[ReminderWords] = []
        for each in new:
            named = (each.key, each.kind.value, language.code)
            if named not in self._words:
                made = words_of_reminder(each, situation, self.convention, language, several=self._several)
                self._words[named] = made
            words.append(self._words[named])
        keys = dict.fromkeys(each.key for each in new if each.key in self._reminding.days)
        return words, [self._event(key, language) for key in keys]

    def _event(self, key: str, language: Language) -> bytes:
        named = (key, language.code)
        if named not in self._events:
            day, ledger = self._reminding.days[key], self._reminding.ledger
            made = write_calendar_event(
                day, ledger.situation, language.keeping_lines(), ledger.edits, several=self._several
            )  # fmt: skip
            self._events[named] = made
        return self._events[named]


def without_words(without: Sequence[Unreached]) -> Message | None:
    """The parties that have no address, in a line, with how many dates each; None where all have one."""
    if not without:
        return None
    named = ", ".join(f"{each.label} ({len(each.keys)})" for each in without)
    return msg("No e-mail address: {names}", names=named)
