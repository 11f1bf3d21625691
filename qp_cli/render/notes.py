"""What is said of an obligation beside its state: one table of words for every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.messages import msg, msgs
from qp_cli.tracking.states import Note, in_time_until, notes_on

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import Ground


def note_lines(
    ground: Ground, one: Obligation, language: Language, *, without: Container[Note] = frozenset()
) -> list[str]:
    """Each note on an obligation in words, `without` those said elsewhere."""
    found = (note for note in notes_on(ground, one) if note not in without)
    return [language.text(_WORDS[note](ground, one, language)) for note in found]


def approval_note(situation: Situation, one: Obligation, language: Language) -> str:
    """That its date is earlier than the approval; nothing before that day, which is said of every date together."""
    if not situation.approved or Note.BEFORE_APPROVAL not in notes_on(situation, one):
        return ""
    return language.text(_before_approval(situation, one, language))


def _before_approval(ground: Ground, _: Obligation, language: Language) -> Message:
    day = language.short_day(ground.approved_on).strip() if ground.approved_on else ""
    return msg("earlier than the approval ({day})", day=day)


def _unsettled(ground: Ground, one: Obligation, language: Language) -> Message:
    carried = in_time_until(ground, one)
    day = language.short_day(carried).strip() if carried else ""
    return msg("passed without carry-over, in time until {day} with it", day=day)


def _open_ended(_: Ground, __: Obligation, ___: Language) -> Message:
    return msg("series without a known end")


def _no_date(_: Ground, one: Obligation, __: Language) -> Message:
    return one.deadline.without_date or msg("no date")


def _vacant(_: Ground, __: Obligation, ___: Language) -> Message:
    return msg("owed by a role that nobody holds")


def _does_not_sign(ground: Ground, one: Obligation, _: Language) -> Message:
    absent = ground.directory.not_signing(one.engagement, one.debtor.parties)
    if len(absent) < len(one.debtor.parties):
        who = ", ".join(map(ground.directory.label, absent))
        return msgs(
            "stated for a non-signatory too: {who}",
            "stated for non-signatories too: {who}",
            count=len(absent),
            who=who,
        )
    return msgs("stated for a non-signatory", "stated for non-signatories", count=len(absent))


def _evidence(_: Ground, one: Obligation, __: Language) -> Message:
    return msgs(
        "a performance that serves no date, kept as evidence [{facts}]",
        "performances that serve no date, kept as evidence [{facts}]",
        count=len(one.evidence),
        facts=", ".join(one.evidence),
    )


def _out_of_time(_: Ground, one: Obligation, __: Language) -> Message:
    return msgs(
        "exercised after its last day, without effect [{facts}]",
        "exercised after its last day, without effect [{facts}]",
        count=len(one.out_of_time),
        facts=", ".join(one.out_of_time),
    )


def _in_part(_: Ground, one: Obligation, language: Language) -> Message:
    said = (
        msg("{share} on {day}", share=each.share or msg("a part"), day=language.short_day(each.on).strip())
        for each in one.parts
    )
    return msg("performed in part: {parts}", parts=language.joined(map(language.text, said)))


_WORDS: dict[Note, Callable[[Ground, Obligation, Language], Message]] = {
    Note.BEFORE_APPROVAL: _before_approval,
    Note.CARRY_OVER_UNSETTLED: _unsettled,
    Note.OPEN_ENDED: _open_ended,
    Note.NO_DATE: _no_date,
    Note.VACANT_ROLE: _vacant,
    Note.DOES_NOT_SIGN: _does_not_sign,
    Note.EVIDENCE: _evidence,
    Note.OUT_OF_TIME: _out_of_time,
    Note.IN_PART: _in_part,
}
