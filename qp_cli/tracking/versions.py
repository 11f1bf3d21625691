"""Versions: the convention as signed, as it stands from each avenant on, and what avenants make of an engagement."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.periods import Period
from qp_cli.model.base import replaced
from qp_cli.model.dues import Within
from qp_cli.model.facts import Add, End, Extend, Reassign, Redate
from qp_cli.model.kinds import TERM
from qp_cli.tracking.journal import pauses_of, subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qp_cli.law.counting import Pause
    from qp_cli.model.convention import Convention, Engagement
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Amended, Change, FactAbout
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.people import Debtor, Directory


DATING = (Extend, Redate, Add)
"""The changes that give a date anew."""


class Version(NamedTuple):
    """The convention from the effect of an avenant on; the first one is as signed, and has no avenant.

    Attributes:
        term_pauses: the days of the term that did not run, since its date was last given.
    """

    convention: Convention
    engagements: dict[str, Engagement]
    avenant: Amended | None = None
    term_pauses: tuple[Pause, ...] = ()

    @property
    def applies_from(self) -> date:
        """The day it takes effect; the first one always has."""
        return self.avenant.applies_from if self.avenant else date.min

    @property
    def touched(self) -> frozenset[str]:
        """What the avenant changes: ids of engagements, or the term's."""
        return frozenset(subjects(self.avenant)) if self.avenant else frozenset()

    def changes(self, target: str) -> tuple[Change, ...]:
        """What the avenant changes of an engagement, or of the term."""
        return changes_of(self.avenant, target) if self.avenant else ()


def versions(signed: Convention, amendments: Sequence[Amended]) -> tuple[Version, ...]:
    """The convention as signed, then after each avenant, in the order they take effect; nothing is edited in place."""
    found = [_version(signed, None)]
    for avenant in amendments:
        pauses = () if _redates_the_term(avenant) else (*found[-1].term_pauses, *pauses_of(avenant))
        found.append(_version(_amended(found[-1].convention, avenant), avenant)._replace(term_pauses=pauses))
    return tuple(found)


def _redates_the_term(avenant: Amended) -> bool:
    return any(isinstance(change, Redate) for change in changes_of(avenant, TERM))


def _version(convention: Convention, avenant: Amended | None) -> Version:
    return Version(convention, {one.id: one for one in convention.engagements}, avenant)


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
        for change in version.avenant.changes if version.avenant else ():
            if isinstance(change, Reassign | End):
                found.setdefault(change.target, []).append(number)
    return found


def dating_the_term(known: Iterable[Version]) -> tuple[int, ...]:
    """The numbers of the versions that give the term another date."""
    dated = (any(isinstance(change, DATING) for change in version.changes(TERM)) for version in known)
    return tuple(number for number, is_dated in enumerate(dated) if is_dated)


def changes_of(avenant: Amended, target: str) -> tuple[Change, ...]:
    """What an avenant changes of an engagement, or of the term."""
    return tuple(change for change in avenant.changes if target_of(change) == target)


def target_of(change: Change) -> str:
    """What a change is about: the id of an engagement, or the term's."""
    return change.engagement.id if isinstance(change, Add) else change.target


def is_partial(change: Change) -> bool:
    """Whether a change leaves the words of an engagement as they are for others: one occurrence, debtor, some sites.

    A transfer by one debtor is for whatever that debtor owes, and is written in the words.
    """
    if isinstance(change, Add):
        return False
    return bool(change.occurrence or change.sites or (change.debtor and not isinstance(change, Reassign)))


def reaches_from(change: Change | None, avenant: Amended) -> date:
    """The first day whose obligations a change reaches: the avenant's effect, or an earlier day that it names.

    The effect may come before the signature, from which on it shows.
    """
    return (change and change.since) or avenant.effect or avenant.on


def extendable(due: Due | None) -> bool:
    """Whether the due date is a calendar period counted from an origin, which alone can be lengthened."""
    return isinstance(due, Within) and isinstance(due.within, Period)


def extended(due: Due | None, by: Period) -> Due | None:
    """The due date with its period lengthened, to be counted again from the same origin.

    What is not `extendable` comes back as it is: the checks refuse such an avenant.
    """
    if isinstance(due, Within) and isinstance(due.within, Period):
        return replaced(due, within=due.within.plus(by))
    return due


def changed(engagement: Engagement, change: Change) -> Engagement:
    """An engagement as a change leaves it: its due date, or its debtors; `end` and `add` leave the words alone."""
    match change:
        case Extend():
            return replaced(engagement, due=extended(engagement.due, change.by))
        case Redate():
            return replaced(engagement, due=change.due)
        case Reassign():
            return replaced(engagement, debtors=_successors(engagement.debtors, change.debtor, change.debtors))
        case _:
            return engagement


class EngagementWords(NamedTuple):
    """An engagement as avenants left it, and who owes it at the sites where that differs from the whole."""

    engagement: Engagement
    debtors: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def at(self, site: str | None) -> Engagement:
        """The engagement as it binds at a site."""
        for place, debtors in self.debtors:
            if place == site:
                return replaced(self.engagement, debtors=debtors)
        return self.engagement

    def changed(self, change: Change) -> EngagementWords:
        """The words after a change that is not for one occurrence; of a part, only a transfer of sites is in them."""
        if not isinstance(change, Reassign):
            return self if is_partial(change) else self._replace(engagement=changed(self.engagement, change))
        places = change.sites or tuple(place for place, _ in self.debtors)
        here = {place: changed(self.at(place), change).debtors for place in places}
        whole = self.engagement if change.sites else changed(self.engagement, change)
        found = {**dict(self.debtors), **here}
        return EngagementWords(whole, tuple(each for each in found.items() if each[1] != whole.debtors))


def _successors(debtors: tuple[str, ...], leaving: str | None, coming: tuple[str, ...]) -> tuple[str, ...]:
    """Who owes once the new debtors have taken the place of all, or of the one that leaves."""
    if leaving is None or leaving not in debtors:
        return coming
    kept = [name for debtor in debtors for name in (coming if debtor == leaving else (debtor,))]
    return tuple(dict.fromkeys(kept))


def _amended(convention: Convention, avenant: Amended) -> Convention:
    """The convention with the changes of an avenant that reach whole engagements, or the term."""
    term = convention.term
    engagements = {one.id: one for one in convention.engagements}
    for change in avenant.changes:
        if isinstance(change, Add):
            engagements[change.engagement.id] = change.engagement
        elif change.target == TERM:
            term = replaced(term, due=_term_due(term.due, change)) if term else None
        elif change.target in engagements and not is_partial(change):
            engagements[change.target] = changed(engagements[change.target], change)
    return replaced(convention, term=term, engagements=tuple(engagements.values()))


def _term_due(due: Due, change: Change) -> Due:
    """The due date of the term as a change leaves it."""
    if isinstance(change, Extend):
        return extended(due, change.by) or due
    return change.due if isinstance(change, Redate) else due


class Life:
    """What avenants have made of an engagement so far.

    Attributes:
        words: what binds now.
        former: those whose place each debtor has taken, by its key.
        dating: the changes that dated a part of it.
        ended: the changes that ended it, or a part of it.
        is_closed: whether the whole of it was ended.
        shown: the obligations on the eve of the day looked at, by id.
        suspending: the suspensions and resumptions recorded by then.
    """

    def __init__(self, words: EngagementWords) -> None:
        self.words = words
        self.former: dict[str, tuple[Debtor, ...]] = {}
        self.dating: list[Change] = []
        self.ended: list[Change] = []
        self.is_closed = False
        self.shown: dict[str, PendingObligation] = {}
        self.suspending: tuple[FactAbout, ...] = ()

    def worded(self, change: Change | None, directory: Directory) -> EngagementWords:
        """What binds those that a change reaches; one for an occurrence leaves the words of the others."""
        if change is None or isinstance(change, Add):
            return self.words
        changed = self.words.changed(change)
        if isinstance(change, Reassign):
            self._hand_over(changed, directory)
        if not change.occurrence:
            self.words = changed
        return changed

    def _hand_over(self, words: EngagementWords, directory: Directory) -> None:
        """Keeps who takes whose place, at every site."""
        former = dict(self.former)
        for site in words.engagement.sites or (None,):
            before = {each.key: each for each in directory.debtors(self.words.at(site))}
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
        if change is None or isinstance(change, Add) or change.occurrence:
            return
        if isinstance(change, End):
            self.ended.append(change)
            self.is_closed = self.is_closed or not is_partial(change)
        elif isinstance(change, Redate) and not is_partial(change):
            self.dating.clear()
        elif isinstance(change, DATING) and is_partial(change):
            self.dating.append(change)


def by_id(pending: Iterable[PendingObligation]) -> dict[str, PendingObligation]:
    """The obligations by id, those that an avenant put others in place of apart."""
    return {one.id: one for one in pending if not one.replaced_by}
