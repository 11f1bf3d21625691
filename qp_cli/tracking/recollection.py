"""What had a date once and has none now: obligations, the term, cure periods, as they last stood. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.errors import QpError
from qp_cli.model.words import Kind
from qp_cli.tracking.journal import effective_on
from qp_cli.tracking.references import Bearings
from qp_cli.tracking.situation import assess
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qp_cli.model.convention import Convention
    from qp_cli.model.journal import Fact
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.situation import Obligation, Situation
    from qp_cli.tracking.states import Notice

    Cut = tuple[tuple[Fact, ...], date]

_DATING = frozenset({"occurred", "triggered", "amended", "voided"})
"""The kinds of fact whose cancellation can take a date away, besides the performance that others count from."""


class Past(NamedTuple):
    """What an earlier reader saw and a reader of today does not.

    Attributes:
        gone: the obligations that lost their date, or are no more, by id; each discharged, with its last date.
        notices: the formal notices that set a cure period and stand no more, by the obligation's id.
        term: the last date of a term that has none now.
    """

    gone: dict[str, Obligation]
    notices: dict[str, Notice]
    term: Deadline | None


def is_dated(one: Obligation) -> bool:
    """Whether an obligation has a day of its own: what is owed throughout ends with the term."""
    return one.due is not None and not (one.engagement.kind is Kind.CONTINUING and one.derived)


def recall(dossier: Dossier) -> Past:
    """What the journal undid: read again up to each fact that can take a date away.

    The journal is read in two orders: as its facts took effect, and as they came to be known, which differ where a
    fact was recorded later than it took effect.
    """
    past = Past({}, {}, None)
    for facts, day in _cuts(dossier):
        try:
            seen = assess(dossier.signed, dossier.situation.sites, facts, day)
        except QpError:  # a part of a journal need not make sense alone
            continue
        past = _noted(past, seen)
    now = dossier.situation
    dated = {one.id for one in now.obligations if is_dated(one)}
    standing = {one.id for one in now.obligations if _has_cure(one.standing.notice)}
    return Past(
        {name: _discharged(one) for name, one in past.gone.items() if name not in dated},
        {name: notice for name, notice in past.notices.items() if name not in standing},
        past.term,
    )


def _noted(past: Past, seen: Situation) -> Past:
    for one in seen.obligations:
        if is_dated(one):
            past.gone[one.id] = one
        if (notice := one.standing.notice) and _has_cure(notice):
            past.notices[one.id] = notice
    return past._replace(term=seen.term) if seen.term and seen.term.due else past


def _has_cure(notice: Notice | None) -> bool:
    return bool(notice and notice.cure)


def _discharged(one: Obligation) -> Obligation:
    """An obligation that is no more: nothing is late about it."""
    return one._replace(standing=one.standing._replace(state=State.DISCHARGED, days_late=None, notice=None))


def _cuts(dossier: Dossier) -> Iterator[Cut]:
    """The parts of the journal to read, each with its day, the last known last; none is read twice."""
    as_of = dossier.situation.as_of
    facts = tuple(dossier.counting.values())
    shown = {notice.fact for one in dossier.situation.obligations if (notice := one.standing.notice)}
    ended = {fact.id for fact in facts if fact.kind == "notified" and fact.cure and fact.id not in shown}
    undoing = _undoing(dossier.signed, facts)

    def known_on(fact: Fact) -> date:
        day = effective_on(fact)
        return min(max(fact.recorded or day, day), as_of)

    done: set[tuple[frozenset[str], date]] = set()
    for order in (effective_on, known_on):
        ordered = sorted(facts, key=order)
        for place, fact in enumerate(ordered):
            for end in _ends(fact, place, undoing, ended):
                part, day = tuple(ordered[:end]), order(fact)
                name = (frozenset(each.id for each in part), day)
                if name not in done:
                    done.add(name)
                    yield part, day


def _ends(fact: Fact, place: int, undoing: set[str], ended: set[str]) -> Iterator[int]:
    """How far to read for one fact: up to it where it can undo; with it, where it is about a notice that ended."""
    if fact.id in undoing:
        yield place
    if fact.id in ended or (ended and fact.kind == "voided"):
        yield place + 1


def _undoing(signed: Convention, facts: Sequence[Fact]) -> set[str]:
    """The facts that can take a date away: every other one only adds or moves dates.

    A longer period moves; an event or a request that is cancelled, and performance that others count from, undate.
    """
    bearings = Bearings((signed,), facts)
    named = {one.id for one in signed.engagements}
    named |= {name for fact in facts for name in bearings.subjects(fact)}
    origins = {each for name in named for each in bearings.on(name) if each != name}
    told = {fact.id: fact for fact in facts}
    found: set[str] = set()
    for fact in facts:
        if fact.kind == "amended":
            if any(change.change != "extend" for change in fact.changes):
                found.add(fact.id)
        elif fact.kind == "voided" and (target := told.get(fact.fact)):
            performed = target.kind == "fulfilled" and target.engagement in origins
            if performed or target.kind in _DATING:
                found.add(fact.id)
    return found
