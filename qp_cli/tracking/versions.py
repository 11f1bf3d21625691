"""Versions: the convention as signed, as it stands from each avenant on, and what avenants make of an engagement."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from qp_cli.model.base import replaced
from qp_cli.model.convention import Group, Role, Term
from qp_cli.model.facts import Add, Amended, End, Extend, Reassign, Redate
from qp_cli.model.kinds import TERM
from qp_cli.tracking.changes import (
    at_more_sites,
    changed,
    extended,
    is_dating,
    is_partial,
    is_widening,
)
from qp_cli.tracking.dating import dated_engagement, dated_term, dating_of, given_anew, lengthened_by
from qp_cli.tracking.journal import changed_names, effective_on, order
from qp_cli.tracking.people import Directory
from qp_cli.tracking.renewal import Course, EndedTerm, MoveKind, RenewedTerm, Termination, kind_of_move, lengthened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from qp_cli.law.counting import Pause
    from qp_cli.model.base import Declared
    from qp_cli.model.convention import Convention, Engagement
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Change, FactAbout, Terminated
    from qp_cli.tracking.changes import EngagementWords
    from qp_cli.tracking.journal import FactsInForce
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.people import Debtor
    from qp_cli.tracking.renewal import Expiry

    Lane = tuple[str, str | None]


_Whole = TypeVar("_Whole", Group, Role)


class Version(NamedTuple):
    """The convention from the effect of an avenant on; the first one is as signed, and has no avenant.

    Attributes:
        directory: who is who; that of the version before where nobody comes.
        changing: the changes of the avenant to each engagement, to an event, or to the term.
        term_pauses: the days of the term that did not run, since its date was last given.
    """

    convention: Convention
    engagements: dict[str, Engagement]
    directory: Directory
    avenant: Amended | None = None
    changing: Mapping[str, Sequence[Change]] = MappingProxyType({})
    term_pauses: tuple[Pause, ...] = ()

    @property
    def applies_from(self) -> date:
        """The day it takes effect; the first one always has."""
        return self.avenant.applies_from if self.avenant else date.min

    @property
    def ending(self) -> EndedTerm | None:
        """The early end that a termination gives; None where none does."""
        term = self.convention.term
        return term.due if term and isinstance(term.due, EndedTerm) else None

    def changes(self, target: str) -> Sequence[Change]:
        """What the avenant changes of an engagement, or of the term."""
        return self.changing.get(target, ())


def versions(signed: Convention, in_force: FactsInForce, until: date, expiry: Expiry) -> tuple[Version, ...]:
    """The convention as signed, then after each avenant, renewal and termination, in the order they take effect.

    Nothing is edited in place. Renewals are made until a day, that day included; `expiry` gives the day of the term of
    a convention.
    """
    course = Course(signed, in_force.denunciations, expiry, _amended)
    acts: list[Amended | Terminated] = [*in_force.moving, *in_force.terminations]
    for act in sorted(acts, key=order):
        course.renew_until(min(until, effective_on(act)))
        if isinstance(act, Amended):
            course.amend(act)
        else:
            course.terminate(act)
    course.renew_until(until)
    found = [Version(signed, {one.id: one for one in signed.engagements}, Directory(signed))]
    owing = {one.id: set(one.debtors) for one in signed.engagements} if course.acts else {}
    for convention, avenant, pauses in course.acts:
        found.append(_next_version(found[-1], convention, avenant, owing)._replace(term_pauses=pauses))
    return tuple(found)


def _next_version(before: Version, convention: Convention, avenant: Amended, owing: dict[str, set[str]]) -> Version:
    """The version from the effect of an avenant on; `owing` are the names that ever owed each engagement."""
    changing: dict[str, list[Change]] = {}
    for change in avenant.changes:
        _keep_debtors(change, owing)
        for name in _reached_names(change, owing):
            changing.setdefault(name, []).append(change)
    same = all(getattr(convention, part) is getattr(before.convention, part) for part in _PEOPLE)
    directory = before.directory if same else Directory(convention)
    return Version(convention, {one.id: one for one in convention.engagements}, directory, avenant, changing)


_PEOPLE = ("parties", "groups", "roles")


def _keep_debtors(change: Change, owing: dict[str, set[str]]) -> None:
    if isinstance(change, Reassign):
        owing.setdefault(change.target, set()).update(change.debtors)
    elif isinstance(change, Add) and change.engagement:
        owing.setdefault(change.engagement.id, set()).update(change.engagement.debtors)


def _reached_names(change: Change, owing: Mapping[str, set[str]]) -> tuple[str, ...]:
    """What a change is about; of a member or a holder, the engagements that its group or its role owes or owed."""
    if isinstance(change, Add) and (change.member or change.holder):
        through = change.group if change.member else change.role
        return tuple(name for name, debtors in owing.items() if through in debtors)
    return changed_names(change)


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
    known: Sequence[Version], dating: Collection[int], term_day: Callable[[int], date | None]
) -> tuple[date | None, ...]:
    """For each version, the day on which an avenant ended the convention early; None where none did.

    What a termination discharges is another thing: see `termination`.
    """
    stops: list[date | None] = [None]
    dating = frozenset(dating)
    last = term_day(0) if dating else None
    for number in range(1, len(known)):
        stop = stops[-1]
        if number in dating:
            before, last = last, term_day(number)
            if before and last and last != before and not isinstance(known[number].avenant, Termination):
                stop = last if last < before else None
        stops.append(stop)
    return tuple(stops)


def moves_of(known: Iterable[Version]) -> dict[str, MoveKind]:
    """What each that acts like an avenant is, by its id."""
    return {version.avenant.id: kind_of_move(version.avenant) for version in known if version.avenant}


def _amended(convention: Convention, avenant: Amended) -> Convention:
    """The convention with the changes of an avenant that reach whole engagements, or the term."""
    term = convention.term
    engagements = {one.id: one for one in convention.engagements}
    added = [change for change in avenant.changes if isinstance(change, Add)]
    for change in avenant.changes:
        if isinstance(change, Add):
            engagements |= _added(change, engagements, avenant)
        elif change.target == TERM:
            term = _retermed(term, change, avenant)
        elif change.target in engagements and not is_partial(change):
            engagements[change.target] = changed(engagements[change.target], change, avenant)
    people = _with_people(convention, added) if added else convention
    return replaced(people, term=term, engagements=tuple(engagements.values()))


def _added(change: Add, engagements: Mapping[str, Engagement], avenant: Amended) -> dict[str, Engagement]:
    """The engagements that an addition brings, or that it has owed at one more site."""
    if change.engagement:
        said = given_anew(avenant, change.engagement.clause)
        return {change.engagement.id: dated_engagement(change.engagement, change.engagement.due, said)}
    return {name: at_more_sites(engagements[name], change) for name in change.engagements if name in engagements}


def _with_people(convention: Convention, added: Sequence[Add]) -> Convention:
    """The convention with the parties, members, holders and events that an avenant adds."""
    more: dict[str, tuple[Declared, ...]] = {
        "parties": (*convention.parties, *(change.party for change in added if change.party)),
        "events": (*convention.events, *(change.event for change in added if change.event)),
        "groups": tuple(_joined(each, "members", added) for each in convention.groups),
        "roles": tuple(_joined(each, "held_by", added) for each in convention.roles),
    }
    # What nothing comes to stays the same object: who is who is then that of the version before.
    changing = {part: things for part, things in more.items() if things != getattr(convention, part)}
    return replaced(convention, **changing) if changing else convention


def _joined(whole: _Whole, key: str, added: Sequence[Add]) -> _Whole:
    """A group with its new members, or a role with its new holders; itself where nobody comes."""
    before = getattr(whole, key)
    after = _with_more(before, whole.id, added)
    return whole if after == before else replaced(whole, **{key: after})


def _with_more(names: tuple[str, ...], name: str, added: Sequence[Add]) -> tuple[str, ...]:
    """The members of a group, or the holders of a role, with those who come; each once."""
    coming = [change.member if change.group == name else change.holder for change in added
              if name in {change.group, change.role}]  # fmt: skip
    return tuple(dict.fromkeys((*names, *(each for each in coming if each))))


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
        shown: the obligations on the eve of the day looked at, by id.
        suspending: the suspensions and resumptions recorded by then.
    """

    def __init__(self, words: EngagementWords) -> None:
        self.words = words
        self.former: dict[str, tuple[Debtor, ...]] = {}
        self.dating: list[Change] = []
        self.of_one: list[Change] = []
        self.joined: dict[Lane, date] = {}
        self.ended: list[Change] = []
        self.is_closed = False
        self.shown: dict[str, PendingObligation] = {}
        self.suspending: Sequence[FactAbout] = ()

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
