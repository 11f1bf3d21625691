"""One reminder in words: what, by whom, until when, how far that is, and what its working ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import capacity, days, obligation_record, where
from qp_cli.render.date_working import short_working
from qp_cli.render.detail import cure_words
from qp_cli.render.notes import note_lines
from qp_cli.render.visible import visible
from qp_cli.render.wording import BASES, moved
from qp_cli.tracking.compared_dates import compared_dates
from qp_cli.tracking.deadlines import Basis
from qp_cli.tracking.portfolio import Listed
from qp_cli.tracking.reminders import ReminderKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.formats import Record
    from qp_cli.render.language import Language
    from qp_cli.tracking.portfolio import ConventionRef
    from qp_cli.tracking.reminders import Reminder
    from qp_cli.tracking.situation import Situation

LETTER_GROUPS: dict[ReminderKind, Message] = {
    ReminderKind.OVERDUE: msg("Deadline passed, no fulfilment recorded"),
    ReminderKind.CURE: msg("Cure period running (mise en demeure)"),
    ReminderKind.AHEAD: msg("To come"),
    ReminderKind.CHOICE: msg("Open to choice: nothing is owed"),
    ReminderKind.TERM: msg("End of the convention"),
}
"""What stands above the reminders of each kind in a message."""
_BY_TERM = "derived"
_BY_TERM_GROUP = msg("Date derived from the term, not written in the text (counted apart)")


class ReminderWords(NamedTuple):
    """A reminder in the language of whom it is written to; every text on one line, and safe to show.

    Attributes:
        key: what its day is known by in the calendar of its convention.
        days: from the day of the message to its date; negative once that has passed.
        deadline: its date in full.
        distance: how far that is.
        about: the clause, then who owes it.
        details: what else there is to know of its date, a line each: the prudent day first, where it is another.
        working: how its date was reached, in short, a line for each step.
        reference: what the follow-up calls it.
        record: the same for programs.
        by_term: whether it is overdue by a date derived from the term, which is counted apart.
    """

    kind: ReminderKind
    convention: str
    key: str
    day: date
    days: int
    title: str
    deadline: str
    distance: str
    about: str
    details: tuple[str, ...]
    working: tuple[str, ...]
    reference: str
    record: Record
    by_term: bool = False


def words_of_reminder(
    reminder: Reminder, situation: Situation, convention: ConventionRef, language: Language, *, several: bool
) -> ReminderWords:
    """What a message says of a reminder; of which convention it is, where there are `several`."""
    one, label = reminder.obligation, convention.label if several else ""
    left = (reminder.day - situation.as_of).days
    declared = situation.convention.term
    title = declared.title if declared and declared.title else language.text(msg("Term of the convention"))
    clause, who = declared.clause if declared else None, ""
    if one:
        title, clause, who = one.engagement.title, one.engagement.clause, capacity(one, situation.directory)
    return ReminderWords(
        reminder.kind,
        convention.id,
        reminder.key,
        reminder.day,
        left,
        visible(title),
        language.full_day(reminder.day),
        language.text(distance(left)),
        " · ".join(filter(None, (where(label, clause, language), who))),
        tuple(_details(reminder, situation, language)),
        tuple(short_working(reminder.deadline.steps, language)),
        language.text(msg("Reference: {id}", id=one.id if one else reminder.key)),
        _record(reminder, convention, left),
        one is not None and reminder.kind is ReminderKind.OVERDUE and one.derived,
    )


def late_and_by_term(reminders: Iterable[ReminderWords]) -> tuple[int, int]:
    """How many are overdue by a date of the text, and how many by one derived from the term."""
    late = [each.by_term for each in reminders if each.kind is ReminderKind.OVERDUE]
    return len(late) - sum(late), sum(late)


def letter_groups(reminders: Sequence[ReminderWords]) -> Iterator[tuple[str, Message, list[ReminderWords]]]:
    """The reminders under each heading that has some: its name, its words; what is late by the term alone, apart."""
    for kind, heading in LETTER_GROUPS.items():
        found = [each for each in reminders if each.kind is kind]
        by_term = [each for each in found if each.by_term]
        if others := [each for each in found if not each.by_term]:
            yield kind.value, heading, others
        if by_term:
            yield _BY_TERM, _BY_TERM_GROUP, by_term


def distance(left: int) -> Message:
    """How far a date is, in days from the day looked at."""
    if left < 0:
        return msg("{days} after the date", days=days(-left))
    return msgs("in {count} day", "in {count} days", count=left) if left else msg("today")


REMINDER_KIND_WORDS: dict[ReminderKind, Message] = {
    ReminderKind.CURE: msg("end of the cure period"),
    ReminderKind.CHOICE: msg("may be exercised"),
}
"""What is said of a date in a line of its own, where it is not simply owed."""


def _details(reminder: Reminder, situation: Situation, language: Language) -> Iterator[str]:
    one = reminder.obligation
    if reminder.kind is ReminderKind.CHOICE:
        yield language.text(msg("last day to choose: whoever does nothing owes nothing"))
    if said := _prudent(reminder, situation, language):
        yield language.text(said)
    if one and reminder.deadline.basis is not Basis.TEXT and reminder.kind is not ReminderKind.CURE:
        yield language.text(BASES[reminder.deadline.basis])
    if one and one.previous_due and reminder.kind is not ReminderKind.CURE:
        yield language.text(moved(language.full_day(one.previous_due), one.moved_how))
    notice = one.standing.notice if one and reminder.kind is not ReminderKind.CURE else None
    if notice and notice.cure:
        left = cure_words(notice, situation.as_of, language)
        yield language.text(msg("{label}: {text}", label=msg("formal notice"), text=left))
    if one:
        yield from note_lines(situation, one, language)


def _prudent(reminder: Reminder, situation: Situation, language: Language) -> Message | None:
    """The prudent day, while the date itself has not passed; None where it is the date itself."""
    if reminder.prudent >= reminder.day or reminder.day < situation.as_of:
        return None
    day, compared = language.full_day(reminder.prudent), compared_dates(reminder.deadline, situation.convention.zone)
    if situation.as_of > reminder.prudent:
        return msg("the last working day before the deadline was {day}", day=day)
    if compared and compared.strict != reminder.day:
        return msg("to be safe, by {day}, the last working day before any carry-over", day=day)
    return msg("to be safe, by {day}, the last working day before the deadline", day=day)


def _record(reminder: Reminder, convention: ConventionRef, left: int) -> Record:
    """A reminder for programs: `days` to its date, negative once it has passed."""
    one = reminder.obligation
    return {
        "kind": reminder.kind.value,
        "convention": convention.id,
        "key": reminder.key,
        "day": reminder.day.isoformat(),
        "prudent": reminder.prudent.isoformat(),
        "days": left,
        "obligation": obligation_record(Listed(convention, one)) if one else None,
    }
