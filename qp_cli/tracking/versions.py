"""Versions: the convention as signed, as it stands from each avenant on, and what avenants make of an engagement."""

from __future__ import annotations

from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.base import replaced
from qp_cli.model.convention import Term
from qp_cli.model.facts import Add, Amended, End, Extend, Reassign, Redate
from qp_cli.model.kinds import TERM
from qp_cli.tracking.changes import extended, is_dating, is_partial, is_widening
from qp_cli.tracking.dating import dated_term, dating_of, given_anew, lengthened_by
from qp_cli.tracking.journal import changed_names, effective_on, order
from qp_cli.tracking.people import Directory
from qp_cli.tracking.renewal import Course, EndedTerm, MoveKind, RenewedTerm, Termination, kind_of_move, lengthened
from qp_cli.tracking.versioned_parts import VersionedParts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from qp_cli.law.counting import Pause
    from qp_cli.model.convention import Convention, Engagement, Event
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Change, FactAbout, Terminated
    from qp_cli.tracking.changes import EngagementWords
    from qp_cli.tracking.deadlines import Deadline
    from qp_cli.tracking.journal import FactsInForce
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.people import Debtor

    Lane = tuple[str, str | None]
    Expiry = Callable[[VersionedParts, Convention, tuple[Pause, ...]], date | None]


class Version(NamedTuple):
    """The convention from the effect of an avenant on; the first one is as signed, and has no avenant.

    Attributes:
        number: its rank.
        parts: what the convention declares, through all versions.
        outline: the convention as signed, but for the term, which is that of this version.
        directory: who is who; that of the version before where nobody comes.
        changing: the changes of the avenant to each engagement, to an event, or to the term.
        term_pauses: the days of the term that did not run, since its date was last given.
    """

    number: int
    parts: VersionedParts
    outline: Convention
    directory: Directory
    avenant: Amended | None = None
    changing: Mapping[str, Sequence[Change]] = MappingProxyType({})
    term_pauses: tuple[Pause, ...] = ()

    @property
    def engagements(self) -> Mapping[str, Engagement]:
        """The engagements by id, as this version has them."""
        return self.parts.engagements.at(self.number)

    @property
    def events(self) -> Mapping[str, Event]:
        """The events by id, as this version has them."""
        return self.parts.events.at(self.number)

    @property
    def convention(self) -> Convention:
        """The whole convention, put together: dear where it is large, and for one version of it alone."""
        return self.parts.convention(self.number, self.outline.term)

    @property
    def applies_from(self) -> date:
        """The day it takes effect; the first one always has."""
        return self.avenant.applies_from if self.avenant else date.min

    @property
    def ending(self) -> EndedTerm | None:
        """The early end that a termination gives; None where none does."""
        term = self.outline.term
        return term.due if term and isinstance(term.due, EndedTerm) else None

    def changes(self, target: str) -> Sequence[Change]:
        """What the avenant changes of an engagement, or of the term."""
        return self.changing.get(target, ())


def versions(signed: Convention, in_force: FactsInForce, until: date, expiry: Expiry) -> tuple[Version, ...]:
    """The convention as signed, then after each avenant, renewal and termination, in the order they take effect.

    Nothing is edited in place. Renewals are made until a day, that day included; `expiry` gives the day of the term, of
    what is declared by then.
    """
    parts = VersionedParts(signed)

    def amended(outline: Convention, avenant: Amended) -> Convention:
        parts.amend(avenant)
        people.append(parts.people)
        return _with_term(outline, avenant)

    people: list[int] = []
    course = Course(signed, in_force.denunciations, partial(expiry, parts), amended)
    acts: list[Amended | Terminated] = [*in_force.moving, *in_force.terminations]
    for act in sorted(acts, key=order):
        course.renew_until(min(until, effective_on(act)))
        if isinstance(act, Amended):
            course.amend(act)
        else:
            course.terminate(act)
    course.renew_until(until)
    found = [Version(0, parts, signed, _directory(parts, 0))]
    owing = _owing(signed) if course.acts else {}
    for number, (outline, avenant, pauses) in enumerate(course.acts, 1):
        directory = _directory(parts, number) if people[number - 1] == number else found[-1].directory
        changing = _changing(avenant, owing)
        found.append(Version(number, parts, outline, directory, avenant, changing, pauses))
    return tuple(found)


def _directory(parts: VersionedParts, number: int) -> Directory:
    return Directory(parts.parties.at(number), parts.groups.at(number), parts.roles.at(number))


def _owing(signed: Convention) -> dict[str, dict[str, None]]:
    """The engagements that each name owes."""
    found: dict[str, dict[str, None]] = {}
    for engagement in signed.engagements:
        _keep_debtors(engagement.id, engagement.debtors, found)
    return found


def _keep_debtors(engagement: str, debtors: Iterable[str], owing: dict[str, dict[str, None]]) -> None:
    for name in debtors:
        owing.setdefault(name, {})[engagement] = None


def _changing(avenant: Amended, owing: dict[str, dict[str, None]]) -> Mapping[str, Sequence[Change]]:
    """The changes of an avenant to each thing; `owing` are the engagements that each name ever owed."""
    changing: dict[str, list[Change]] = {}
    for change in avenant.changes:
        if isinstance(change, Reassign):
            _keep_debtors(change.target, change.debtors, owing)
        elif isinstance(change, Add) and change.engagement:
            _keep_debtors(change.engagement.id, change.engagement.debtors, owing)
        for name in _reached_names(change, owing):
            changing.setdefault(name, []).append(change)
    return changing


def _reached_names(change: Change, owing: Mapping[str, Iterable[str]]) -> Iterable[str]:
    """What a change is about; of a member or a holder, the engagements that its group or its role owes or owed."""
    if isinstance(change, Add) and (change.member or change.holder):
        return owing.get((change.group if change.member else change.role) or "", ())
    return changed_names(change)


def reached_by_each(signed: Convention, avenants: Collection[Amended]) -> dict[str, frozenset[str]]:
    """What each avenant changes, by its id: of a group or a role, the engagements that it owes by any of them."""
    owing = _owing(signed)
    for avenant in avenants:
        _changing(avenant, owing)
    return {avenant.id: frozenset(_changing(avenant, owing)) for avenant in avenants}


def ended_by(known: Iterable[Version]) -> dict[str, str]:
    """The avenant that ended each engagement that is no longer owed by anybody, by id."""
    found: dict[str, str] = {}
    for version in known:
        for change in version.avenant.changes if version.avenant else ():
            if isinstance(change, End) and not is_partial(change):
                found.setdefault(change.target, version.avenant.id if version.avenant else "")
    return found


def handing(known: Iterable[Version]) -> dict[str, list[int]]:
    """The numbers of the versions that change who owes an engagement, by its id."""
    found: dict[str, list[int]] = {}
    for number, version in enumerate(known):
        for name, changes in version.changing.items():
            if any(isinstance(change, Reassign | End) or is_widening(change) for change in changes):
                found.setdefault(name, []).append(number)
    return found


def dating_the_term(known: Iterable[Version]) -> tuple[int, ...]:
    """The numbers of the versions that give the term another date."""
    dated = (any(map(is_dating, version.changes(TERM))) for version in known)
    return tuple(number for number, is_dated in enumerate(dated) if is_dated)


def early_ends(
    known: Sequence[Version], dating: Collection[int], term_at: Callable[[int], Deadline | None]
) -> tuple[date | None, ...]:
    """For each version, the day on which an avenant ended the convention early; None where none did.

    What a termination discharges is another thing: see `termination`.
    """
    stops: list[date | None] = [None]
    dating = frozenset(dating)
    last = _due(term_at(0)) if dating else None
    for number in range(1, len(known)):
        stop = stops[-1]
        if number in dating:
            before, last = last, _due(term_at(number))
            if before and last and last != before and not isinstance(known[number].avenant, Termination):
                stop = last if last < before else None
        stops.append(stop)
    return tuple(stops)


def _due(term: Deadline | None) -> date | None:
    return term.due if term else None


def moves_of(known: Iterable[Version]) -> dict[str, MoveKind]:
    """What each that acts like an avenant is, by its id."""
    return {version.avenant.id: kind_of_move(version.avenant) for version in known if version.avenant}


def _with_term(outline: Convention, avenant: Amended) -> Convention:
    """A convention with the term that an avenant leaves it; the same one where that leaves it alone."""
    term = outline.term
    for change in avenant.changes:
        if not isinstance(change, Add) and change.target == TERM:
            term = _retermed(term, change, avenant)
    return outline if term is outline.term else replaced(outline, term=term)


def _retermed(term: Term | None, change: Change, avenant: Amended) -> Term | None:
    """The term as a change leaves it; a termination gives one to a convention that had none.

    Which avenant dated it is kept; a renewal, a termination and the end of a suspension say so themselves.
    """
    if term:
        after = replaced(term, due=_term_due(term.due, change))
        if after.due is term.due or kind_of_move(avenant) is not MoveKind.AVENANT:
            return after
        if isinstance(change, Extend):
            return dated_term(after, lengthened_by(avenant, change.by, term.due, dating_of(term)))
        return dated_term(after, given_anew(avenant))
    if isinstance(change, Redate) and isinstance(change.due, EndedTerm):
        return Term(due=change.due)
    return None


def _term_due(due: Due | None, change: Change) -> Due | None:
    """The due date of the term as a change leaves it."""
    if isinstance(change, Extend):
        if isinstance(due, RenewedTerm):
            return lengthened(due, change.by)
        return extended(due, change.by) or due
    return change.due if isinstance(change, Redate) else due


class Life:
    """What avenants have made of an engagement so far.

    Attributes:
        words: what binds now.
        former: those whose place each debtor has taken, by its key.
        dating: the changes that dated a part of it.
        of_one: those that dated or ended one occurrence, or the answer to one request.
        joined: the day from which each debtor that an avenant brought owes it, at each site.
        ended: the changes that ended it, or a part of it.
        is_closed: whether the whole of it was ended.
        suspending: the suspensions and resumptions recorded by then.
        lanes: who owes it where, and those of whatever was ever owed of it; None where that is to be told again.
    """

    def __init__(self, words: EngagementWords) -> None:
        self.words = words
        self.former: dict[str, tuple[Debtor, ...]] = {}
        self.dating: list[Change] = []
        self.of_one: list[Change] = []
        self.joined: dict[Lane, date] = {}
        self.ended: list[Change] = []
        self.is_closed = False
        self.suspending: Sequence[FactAbout] = ()
        self.lanes: tuple[set[Lane], set[Lane]] | None = None
        self._eve: tuple[list[PendingObligation], int] = [], 0
        self._shown: dict[str, PendingObligation] | None = None

    def begin(self, pending: list[PendingObligation]) -> None:
        """Keeps what stands on the eve of a day on which avenants take effect; others may be put after it."""
        self._eve, self._shown = (pending, len(pending)), None

    @property
    def shown(self) -> dict[str, PendingObligation]:
        """The obligations on the eve of the day looked at, by id; to be asked for before any of them is changed."""
        if self._shown is None:
            pending, count = self._eve
            self._shown = by_id(pending[:count])
        return self._shown

    def worded(self, change: Change | None, avenant: Amended, before: Directory, after: Directory) -> EngagementWords:
        """What binds those that a change reaches; one for an occurrence leaves the words of the others.

        `before` and `after` say who is who on the eve of the change, and once it is made.
        """
        if change is None:
            return self.words
        changed = self.words.changed(change, avenant)
        if isinstance(change, Reassign) or is_widening(change):
            self._hand_over(changed, before if isinstance(change, Add) else after, after)
        if isinstance(change, Add) or not change.is_of_one:
            self.words = changed
        return changed

    def _hand_over(self, words: EngagementWords, before_it: Directory, directory: Directory) -> None:
        """Keeps who takes whose place, at every site."""
        former = dict(self.former)
        for site in words.engagement.sites or (None,):
            before = {each.key: each for each in before_it.debtors(self.words.at(site))}
            after = {each.key: each for each in directory.debtors(words.at(site))}
            behind: list[Debtor] = []
            for key, debtor in before.items():
                if key not in after:
                    behind += (debtor, *self.former.get(key, ()))
            for key in (after.keys() - before.keys()) or after.keys():
                former[key] = tuple(dict.fromkeys((*former.get(key, ()), *behind)))
        self.former = former

    def after(self, change: Change | None) -> None:
        """Keeps what a change says of all that comes later."""
        if change is None or isinstance(change, Add):
            return
        if change.is_of_one:
            if not isinstance(change, Reassign):
                self.of_one.append(change)
            return
        if isinstance(change, End):
            self.ended.append(change)
            self.is_closed = self.is_closed or not is_partial(change)
        elif isinstance(change, Redate) and not is_partial(change):
            self.dating.clear()
        elif isinstance(change, Extend | Redate) and is_partial(change):
            self.dating.append(change)


def by_id(pending: Iterable[PendingObligation]) -> dict[str, PendingObligation]:
    """The obligations by id, those that an avenant put others in place of apart."""
    return {one.id: one for one in pending if not one.replaced_by}
