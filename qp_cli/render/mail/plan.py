"""Which message goes to whom, and what became of it: a table, and records for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.render.formats import Answer, Column, write_table
from qp_cli.render.headings import missing
from qp_cli.render.layout import styled
from qp_cli.render.mail.letters import without_words
from qp_cli.render.mail.message import message_id
from qp_cli.render.mail.words import REMINDER_KIND_WORDS, distance, late_and_by_term
from qp_cli.render.wording import counted, counted_by_term
from qp_cli.store.mail_server import Fate
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.formats import Record
    from qp_cli.render.language import Language
    from qp_cli.render.layout import Line, Part
    from qp_cli.render.mail.letters import Letter, Unreached
    from qp_cli.render.mail.message import Sender
    from qp_cli.render.mail.words import ReminderWords
    from qp_cli.render.screen import Screen

FATES: dict[Fate, Message] = {
    Fate.SENT: msg("sent"),
    Fate.REFUSED: msg("refused"),
    Fate.UNKNOWN: msg("perhaps sent"),
    Fate.UNSENT: msg("not sent"),
}
"""What became of a message, in words."""


class PlannedMessage(NamedTuple):
    """A letter, the file it was written to, what became of it and why; all of them none while it is only planned."""

    letter: Letter
    file: str | None = None
    fate: Fate | None = None
    why: Message | None = None


class MailPlan(NamedTuple):
    """The messages of a day.

    Attributes:
        sender: who they are from; None where nobody is said.
        without: the parties that have no address.
        absences: what the answer lacks.
        left_out: the same for programs.
    """

    as_of: date
    messages: tuple[PlannedMessage, ...]
    sender: Sender | None
    without: tuple[Unreached, ...]
    absences: Callable[[], Sequence[Message]]
    left_out: Callable[[], Sequence[Mapping[str, object]]]


def summary_words(plan: MailPlan, language: Language) -> Message:
    """The day, how many messages, how many dates in all, and how many of these are overdue."""
    day, told = language.full_day(plan.as_of), [each for one in plan.messages for each in one.letter.reminders]
    count = len(plan.messages)
    dates = msgs("{count} reminder", "{count} reminders", count=len(told))
    of_text, by_term = late_and_by_term(told)
    late = counted(State.OVERDUE, of_text)
    if by_term:
        late = msg("{overdue}, {by_term}", overdue=late, by_term=counted_by_term(by_term))
    if not count:
        return msg("{day}: nothing to write", day=day)
    messages = msgs("{count} message", "{count} messages", count=count)
    return msg("{day}: {messages}, {reminders}, {overdue}", day=day, messages=messages, reminders=dates, overdue=late)


def draw_plan(plan: MailPlan, screen: Screen, language: Language) -> str:
    """What would go to whom, or what became of it; who has no address; the day and how many there are."""
    parts: list[Part] = [styled(language.text(summary_words(plan, language)), "bold")]
    parts += missing(plan.absences(), language)
    if plan.messages:
        parts += ["", write_table([(each,) for each in _WORDS], plan.messages, language, whole=[0])]
    if said := without_words(plan.without):
        parts += ["", styled(language.text(said), "yellow")]
    return screen.draw(*parts)


def write_plan(plan: MailPlan, form: str, language: Language) -> str:
    """The same as JSON, CSV or Markdown; CSV has a line for each date of each message."""
    head: dict[str, object] = {
        "as_of": plan.as_of.isoformat(),
        "without_address": [
            {"convention": each.convention, "party": each.party, "label": each.label, "keys": list(each.keys)}
            for each in plan.without
        ],
    }
    if form == "csv":
        rows = [(one, each) for one in plan.messages for each in one.letter.reminders]
        return Answer("messages", rows, _FLAT, (), lacks=plan.left_out).written(form, language)
    known_by: Column[PlannedMessage] = Column("message_id", lambda row: message_id(row.letter, plan.sender))
    columns = (*_COLUMNS, known_by)
    return Answer("messages", plan.messages, columns, _WORDS, head, lacks=plan.left_out).written(form, language)


def _to(row: PlannedMessage, _: Language) -> tuple[Line, ...]:
    """The address, the name, for whom it is written, the file."""
    words = (row.letter.name, row.letter.party_words, row.file)
    return (styled(row.letter.email, "bold"), *(styled(each) for each in words if each))


def _what(row: PlannedMessage, language: Language) -> tuple[Line, ...]:
    """What became of it, and why; then each reminder on a line: its date, what, how far that is."""
    lines = [styled(_line(each, language)) for each in row.letter.reminders]
    if row.fate:
        said = language.text(
            msg("{label}: {text}", label=FATES[row.fate], text=row.why) if row.why else FATES[row.fate]
        )
        lines.insert(0, styled(said, "bold" if row.fate is Fate.SENT else "bold red"))
    return tuple(lines)


def _line(each: ReminderWords, language: Language) -> str:
    day = " ".join(language.dated(each.day).split())
    far = language.text(distance(each.days))
    if each.kind in REMINDER_KIND_WORDS:
        far = language.joined((language.text(REMINDER_KIND_WORDS[each.kind]), far))
    return language.text(msg("{day}: {title} ({distance})", day=day, title=each.title, distance=far))


def _records(row: PlannedMessage) -> list[Record]:
    return [each.record for each in row.letter.reminders]


def _reason(row: PlannedMessage) -> str | None:
    return str(row.why) if row.why else None


_COLUMNS: tuple[Column[PlannedMessage], ...] = (
    Column("to", lambda row: row.letter.email),
    Column("name", lambda row: row.letter.name or None),
    Column("language", lambda row: row.letter.language.code),
    Column("conventions", lambda row: list(row.letter.conventions)),
    Column("parties", lambda row: list(row.letter.parties)),
    Column("subject", lambda row: row.letter.subject),
    Column("reminders", _records),
    Column("file", lambda row: row.file),
    Column("fate", lambda row: row.fate.value if row.fate else None),
    Column("reason", _reason),
)
_WORDS: tuple[Column[PlannedMessage], ...] = (
    Column("to", lambda row: row.letter.email, msg("To"), _to),
    Column("what", lambda row: row.letter.subject, msg("What"), _what),
)
_FLAT: tuple[Column[tuple[PlannedMessage, ReminderWords]], ...] = (
    Column("to", lambda row: row[0].letter.email),
    Column("name", lambda row: row[0].letter.name),
    Column("convention", lambda row: row[1].convention),
    Column("kind", lambda row: row[1].kind.value),
    Column("key", lambda row: row[1].key),
    Column("title", lambda row: row[1].title),
    Column("day", lambda row: row[1].record["day"]),
    Column("prudent", lambda row: row[1].record["prudent"]),
    Column("days", lambda row: row[1].record["days"]),
    Column("file", lambda row: row[0].file),
    Column("fate", lambda row: row[0].fate.value if row[0].fate else None),
    Column("reason", lambda row: _reason(row[0])),
)
