"""Where the term stands at a day: how far it has run, that it is suspended, what its other readings make of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.law.dates import ONE_DAY
from qp_cli.messages import msg, msgs

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.deadlines import Reading
    from qp_cli.tracking.situation import Situation


def run_words(situation: Situation, start: date, end: date) -> Message:
    """How many days of the term are left, or have passed since; of one that is suspended, since when, and its date."""
    as_of, stopped = situation.as_of, situation.term_stopped_on
    if stopped:
        return msg("Term suspended since {first}: its date by then, {day}, does not run.", first=stopped, day=end)
    left = (end - as_of).days
    if left < 0:
        return msgs("Term passed {count} day ago.", "Term passed {count} days ago.", count=-left)
    if as_of < start:
        gap = (start - as_of).days
        return msgs("Starts in {count} day.", "Starts in {count} days.", count=gap)
    if left == 0:
        return msg("The term still runs: this is its last day.")
    return msgs("The term still runs: {count} day left.", "The term still runs: {count} days left.", count=left)


def other_reading(reading: Reading, situation: Situation, term: date, language: Language) -> Message:
    """Another reading of the term: the advice to act by it while it is ahead; between the two, what came of it."""
    day, regime, as_of = language.full_day(reading.day), reading.regime.label, situation.as_of
    if situation.term_stopped_on or as_of > term:
        return msg("Other reading: {day} ({regime}).", day=day, regime=regime)
    if as_of == reading.day:
        return msg("Other reading: {day} ({regime}). Prudent: act today.", day=day, regime=regime)
    if as_of < reading.day:
        return msg("Other reading: {day} ({regime}). Prudent: act by then.", day=day, regime=regime)
    coming = situation.renewals.coming if situation.renewals else None
    if coming and not coming.in_time:
        morrow = reading.day + ONE_DAY
        return msg("By the other reading ({regime}), the convention was renewed on {day}.", regime=regime, day=morrow)
    if (as_of - reading.day).days == 1:
        return msg("By the other reading ({regime}), the convention ended the day before.", regime=regime)
    return msg("By the other reading ({regime}), the convention ended on {day}.", regime=regime, day=day)


def share_run(situation: Situation, start: date, end: date) -> float:
    """How much of a term has run, from 0 to 1; of a suspended one, by the eve of its suspension."""
    until = min(situation.as_of, situation.term_stopped_on or situation.as_of)
    return min(max((until - start).days / max((end - start).days, 1), 0.0), 1.0)
