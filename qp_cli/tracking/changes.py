"""What a change of an avenant is, what it reaches, and what it makes of the words of an engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.law.periods import Period
from qp_cli.model.base import replaced
from qp_cli.model.dues import Within
from qp_cli.model.facts import Add, Extend, Reassign, Redate
from qp_cli.tracking.dating import dated_engagement, dating_of, given_anew, lengthened_by
from qp_cli.tracking.journal import changed_names

if TYPE_CHECKING:
    from datetime import date

    from qp_cli.model.convention import Engagement
    from qp_cli.model.dues import Due
    from qp_cli.model.facts import Amended, Change
    from qp_cli.model.sites import Site


def changes_of(avenant: Amended, target: str) -> tuple[Change, ...]:
    """What an avenant changes of an engagement, or of the term."""
    return tuple(change for change in avenant.changes if target in changed_names(change))


def sites_added(avenant: Amended) -> tuple[Site, ...]:
    """The sites that an avenant adds."""
    return tuple(change.site for change in avenant.changes if isinstance(change, Add) and change.site)


def is_widening(change: Change | None) -> bool:
    """Whether a change has what is owed already owed by one more, or at one more site."""
    return isinstance(change, Add) and change.is_widening


def is_dating(change: Change | None) -> bool:
    """Whether a change gives a date anew."""
    return isinstance(change, Extend | Redate) or (isinstance(change, Add) and change.engagement is not None)


def is_partial(change: Change) -> bool:
    """Whether a change leaves the words of an engagement as they are for others: one occurrence, debtor, some sites.

    A transfer by one debtor is for whatever that debtor owes, and is written in the words.
    """
    if isinstance(change, Add):
        return False
    return bool(change.is_of_one or change.sites or (change.debtor and not isinstance(change, Reassign)))


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


def changed(engagement: Engagement, change: Change, avenant: Amended | None) -> Engagement:
    """An engagement as a change of an avenant leaves it: its due date, or its debtors.

    `end` and `add` leave the words alone. Whatever dates it anew keeps which avenant did.
    """
    match change:
        case Extend():
            due = extended(engagement.due, change.by)
            if due is engagement.due or avenant is None:
                return engagement
            said = lengthened_by(avenant, change.by, engagement.due, dating_of(engagement))
            return dated_engagement(engagement, due, said)
        case Redate():
            if avenant is None:
                return replaced(engagement, due=change.due)
            return dated_engagement(engagement, change.due, given_anew(avenant))
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

    def changed(self, change: Change, avenant: Amended) -> EngagementWords:
        """The words after a change that is not for one occurrence; of a part, only a transfer of sites is in them."""
        if isinstance(change, Add):
            return self._replace(engagement=at_more_sites(self.engagement, change))
        if not isinstance(change, Reassign):
            return self if is_partial(change) else self._replace(engagement=changed(self.engagement, change, avenant))
        places = change.sites or tuple(place for place, _ in self.debtors)
        here = {place: changed(self.at(place), change, avenant).debtors for place in places}
        whole = self.engagement if change.sites else changed(self.engagement, change, avenant)
        found = {**dict(self.debtors), **here}
        return EngagementWords(whole, tuple(each for each in found.items() if each[1] != whole.debtors))


def _successors(debtors: tuple[str, ...], leaving: str | None, coming: tuple[str, ...]) -> tuple[str, ...]:
    """Who owes once the new debtors have taken the place of all, or of the one that leaves."""
    if leaving is None or leaving not in debtors:
        return coming
    kept = [name for debtor in debtors for name in (coming if debtor == leaving else (debtor,))]
    return tuple(dict.fromkeys(kept))


def at_more_sites(engagement: Engagement, change: Add) -> Engagement:
    """An engagement that is owed at one more site; what names no site is owed everywhere already."""
    if change.site is None or not engagement.sites or engagement.id not in change.engagements:
        return engagement
    return replaced(engagement, sites=tuple(dict.fromkeys((*engagement.sites, change.site.id))))
