"""The life of an engagement: what avenants have made of it so far, one change after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.tracking.versions import DATING, is_partial

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qp_cli.model.journal import Change, FactAbout
    from qp_cli.tracking.directory import Debtor, Directory
    from qp_cli.tracking.obligations import PendingObligation
    from qp_cli.tracking.versions import Words


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

    def __init__(self, words: Words) -> None:
        self.words = words
        self.former: dict[str, tuple[Debtor, ...]] = {}
        self.dating: list[Change] = []
        self.ended: list[Change] = []
        self.is_closed = False
        self.shown: dict[str, PendingObligation] = {}
        self.suspending: tuple[FactAbout, ...] = ()

    def worded(self, change: Change | None, directory: Directory) -> Words:
        """What binds those that a change reaches; one for an occurrence leaves the words of the others."""
        if change is None or change.change == "add":
            return self.words
        changed = self.words.changed(change)
        if change.change == "debtors":
            self._hand_over(changed, directory)
        if not change.occurrence:
            self.words = changed
        return changed

    def _hand_over(self, words: Words, directory: Directory) -> None:
        """Keeps who takes whose place, at every site."""
        former = dict(self.former)
        for site in words.engagement.sites or (None,):
            before, after = (
                {each.key: each for each in directory.debtors(each.at(site))} for each in (self.words, words)
            )
            leaving = [each for key, each in before.items() if key not in after]
            behind = [one for each in leaving for one in (each, *self.former.get(each.key, ()))]
            for key in (after.keys() - before.keys()) or after.keys():
                former[key] = tuple(dict.fromkeys((*former.get(key, ()), *behind)))
        self.former = former

    def after(self, change: Change | None) -> None:
        """Keeps what a change says of all that comes later."""
        if change is None or change.change == "add" or change.occurrence:
            return
        if change.change == "end":
            self.ended.append(change)
            self.is_closed = self.is_closed or not is_partial(change)
        elif change.change == "due" and not is_partial(change):
            self.dating.clear()
        elif change.change in DATING and is_partial(change):
            self.dating.append(change)


def by_id(pending: Iterable[PendingObligation]) -> dict[str, PendingObligation]:
    """The obligations by id, those that an avenant put others in place of apart."""
    return {one.id: one for one in pending if not one.replaced_by}
