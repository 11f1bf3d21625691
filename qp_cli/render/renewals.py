"""How a convention ends, in words: its tacit renewals, the next day to denounce, or that it has no fixed end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.law.dates import ONE_DAY
from qp_cli.messages import msg, msgs
from qp_cli.render.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.tracking.denunciation import RenewalChain, TermExpiry
    from qp_cli.tracking.situation import Situation


def without_end(situation: Situation, language: Language) -> Message:
    """That a convention has no fixed end, and with what notice it can be terminated."""
    term = situation.convention.term
    if term is None or term.notice is None:
        return msg("no fixed end: a termination ends it")
    return msg("no fixed end: a termination ends it, with a notice of {period}", period=language.period(term.notice))


def next_expiry(expiry: TermExpiry, situation: Situation, language: Language) -> Message:
    """What becomes of the convention at the coming expiry: denounced in time, or renewed unless it is."""
    if expiry.in_time:
        first = expiry.in_time[0]
        return msg("Denounced on {day} [{fact}], in time: it is not renewed.", day=first.on, fact=first.id)
    last, renewal = expiry.deadline.due or expiry.day, situation.convention.term and situation.convention.term.renewal
    every = language.period(renewal.every) if renewal else ""
    day, morrow = language.full_day(last), expiry.day + ONE_DAY
    if situation.as_of <= last:
        return msg("Renewed by {period} on {morrow} unless denounced by {day}.", period=every, morrow=morrow, day=day)
    return msg("To be renewed by {period} on {morrow}: the last day to denounce was {day}.",
               period=every, morrow=morrow, day=day)  # fmt: skip


def later_ends(renewals: RenewalChain, language: Language) -> Iterator[Message]:
    """The terminations notified that end, after the next expiry, what is renewed by then."""
    for end in renewals.ends_later:
        day = language.full_day(end.on)
        yield msg("Termination notified on {day} [{fact}]: once renewed, it ends on {end}.",
                  day=end.notified, fact=end.fact, end=day)  # fmt: skip


def write_renewals(situation: Situation, renewals: RenewalChain, language: Language) -> list[str]:
    """The chain, a line each: the expiries, the renewals, the denunciations, what comes next, what is left."""
    renewal = situation.convention.term.renewal if situation.convention.term else None
    clause = visible((renewal.clause or "") if renewal else "")
    head = msg("Tacit renewal ({clause})", clause=clause) if clause else msg("Tacit renewal")
    return ["", language.text(head), *(f"  {language.text(line)}" for line in _chain(situation, renewals, language))]


def _chain(situation: Situation, renewals: RenewalChain, language: Language) -> Iterator[Message]:
    for expiry in renewals.expiries:
        if expiry.is_renewed:
            morrow = expiry.day + ONE_DAY
            yield msg("Expiry on {day}: renewed on {morrow}", day=language.full_day(expiry.day), morrow=morrow)
        else:
            yield msg("Expiry on {day}", day=language.full_day(expiry.day))
        for fact in expiry.received:
            yield _received(expiry, fact.by, fact.on, fact.id, situation)
    if coming := renewals.coming:
        yield next_expiry(coming, situation, language)
    yield from later_ends(renewals, language)
    yield _left(renewals)


def _received(expiry: TermExpiry, by: str, on: object, fact: str, situation: Situation) -> Message:
    label = situation.directory.label(by)
    if any(each.id == fact for each in expiry.in_time):
        return msg("Denounced by {names}, received on {day} [{fact}]: in time", names=label, day=on, fact=fact)
    return msg("Denounced by {names}, received on {day} [{fact}]: out of time, without effect",
               names=label, day=on, fact=fact)  # fmt: skip


def _left(renewals: RenewalChain) -> Message:
    if renewals.left is None:
        return msg("The text sets no limit to the renewals")
    if not renewals.left:
        return msg("No renewal is left")
    return msgs("{count} renewal is left", "{count} renewals are left", count=renewals.left)


def renewal_record(situation: Situation) -> dict[str, object] | None:
    """The chain for programs; None for a convention that is not renewed."""
    renewals = situation.renewals
    renewal = situation.convention.term.renewal if situation.convention.term else None
    if renewals is None or renewal is None:
        return None
    return {
        "every": str(renewal.every),
        "notice": str(renewal.notice) if renewal.notice else None,
        "at_most": renewal.at_most,
        "clause": renewal.clause,
        "made": renewals.made,
        "left": renewals.left,
        "expiries": [
            {
                "day": expiry.day.isoformat(),
                "last_day_to_denounce": expiry.deadline.due.isoformat() if expiry.deadline.due else None,
                "renewed_on": (expiry.day + ONE_DAY).isoformat() if expiry.is_renewed else None,
                "denounced_by": [fact.id for fact in expiry.in_time],
                "denounced_late_by": [fact.id for fact in expiry.too_late],
            }
            for expiry in renewals.expiries
        ],
    }
