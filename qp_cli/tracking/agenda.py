"""What a calendar holds of a convention: a day for each obligation that has one, and what fell away. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.words import TERM
from qp_cli.tracking.recollection import is_dated, recall
from qp_cli.tracking.references import Bearings
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from qp_cli.model.journal import Fact
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.dossier import Dossier
    from qp_cli.tracking.recollection import Past
    from qp_cli.tracking.situation import Obligation

    Chosen = Callable[[Dossier], Sequence[Obligation]]

_AHEAD = frozenset({State.UPCOMING, State.DUE_SOON, State.IN_EFFECT})
_LAPSED = frozenset({State.DISCHARGED, State.CONDITIONAL})


class Sort(StrEnum):
    """What an entry is about."""

    OBLIGATION = "obligation"
    CURE = "cure"
    TERM = "term"


class Entry(NamedTuple):
    """A day to keep.

    Attributes:
        key: what it is known by in its convention, whatever moves its day: an obligation's id, one with `#cure`
            for the cure period of a formal notice against it, or `terme`.
        day: the day itself, as last known.
        deadline: the same with its working.
        stands: whether it is still to be kept; otherwise it was discharged, replaced, or lost its date.
        gone: whether it has no date any more, so that the deadline is the last one it had.
        revision: the number of facts, cancelled and cancelling ones among them, that bear on it by the day looked at.
        obligation: whose day it is; None for the term.
    """

    key: str
    sort: Sort
    day: date
    deadline: Deadline
    stands: bool
    gone: bool
    revision: int
    obligation: Obligation | None = None

    def is_awaited(self, as_of: date) -> bool:
        """Whether something is still to be done, or to end, that day or later."""
        if not self.stands or self.day < as_of:
            return False
        if self.obligation is None:
            return True
        if self.sort is Sort.CURE:
            return self.obligation.standing.notice is not None
        return self.obligation.state in _AHEAD


def agenda(dossier: Dossier, chosen: Chosen, *, with_term: bool = True) -> list[Entry]:
    """The days of the obligations that `chosen` keeps, by day: those in force, and those that fell away.

    What only runs to the term has no day of its own: the term has. `chosen` is asked twice: about the dossier, and
    about the same one with the obligations that lost their date, each discharged and with its last one.

    A revision only counts facts, whether or not they moved the day in the end: so it never goes down, neither as
    days pass nor as facts are added, and it goes up whenever the day moves or falls away.
    """
    past = recall(dossier)
    revisions = _Revisions(dossier)
    found = {entry.key: entry for entry in _entries(dossier, past, chosen, revisions)}
    if with_term and (entry := _term(dossier, past, revisions)):
        found[TERM] = entry
    return sorted(found.values(), key=lambda entry: (entry.day, entry.key))


def _entries(dossier: Dossier, past: Past, chosen: Chosen, revisions: _Revisions) -> Iterator[Entry]:
    gone = dossier._replace(situation=dossier.situation._replace(obligations=tuple(past.gone.values())))
    for one in chosen(gone):
        yield from _of(one, past, revisions.of(one.engagement.id), gone=True)
    for one in chosen(dossier):
        yield from _of(one, past, revisions.of(one.engagement.id), gone=False)


def _of(one: Obligation, past: Past, revision: int, *, gone: bool) -> Iterator[Entry]:
    """The days of one obligation: its own, and the end of a cure period."""
    if one.due and is_dated(one):
        stands = one.state is not State.DISCHARGED
        yield Entry(one.id, Sort.OBLIGATION, one.due, one.deadline, stands, gone, revision, one)
    notice = one.standing.notice
    lapsed = False
    if not (notice and notice.cure):
        notice = past.notices.get(one.id)
        lapsed = notice is not None and (notice.fact not in one.facts or _is_over(one, notice.cure))
    if notice and notice.cure and notice.cure.due:
        yield Entry(f"{one.id}#cure", Sort.CURE, notice.cure.due, notice.cure, not lapsed, lapsed, revision, one)


def _is_over(one: Obligation, cure: Deadline | None) -> bool:
    """Whether a cure period ended before its last day: by performance, or because nothing is owed any more."""
    done = one.standing.fulfilled_on
    return one.state in _LAPSED or bool(done and cure and cure.due and done <= cure.due)


def _term(dossier: Dossier, past: Past, revisions: _Revisions) -> Entry | None:
    term, revision = dossier.situation.term, revisions.of(TERM)
    if term and term.due:
        return Entry(TERM, Sort.TERM, term.due, term, stands=True, gone=False, revision=revision)
    if past.term and past.term.due:
        return Entry(TERM, Sort.TERM, past.term.due, past.term, stands=False, gone=True, revision=revision)
    return None


class _Revisions:
    """How many facts of a journal bear on each engagement, or on the term, by the day looked at."""

    def __init__(self, dossier: Dossier) -> None:
        facts: tuple[Fact, ...] = tuple(dossier.counting.values())
        self._bearings = Bearings((dossier.signed,), facts)
        self._about: dict[str, set[str]] = {}
        self._known: dict[str, int] = {}
        for fact in facts:
            for name in self._bearings.subjects(fact):
                self._about.setdefault(name, set()).add(fact.id)

    def of(self, name: str) -> int:
        """How many bear on it."""
        if name not in self._known:
            names = self._bearings.on(name)
            self._known[name] = len(set().union(*(self._about.get(each, ()) for each in names)))
        return self._known[name]
