"""What an avenant reaches: the obligations that stay as they were, those it changes, those it puts others in place of.

An avenant acts from its effect on: what fell due, was performed or was waived before stays as it was. A one-off
still owed is touched by a longer period or another date whenever they are concluded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.tracking.deadlines import Basis, Deadline
from qp_cli.tracking.obligations import awaiting_request, build
from qp_cli.tracking.versions import DATING, changed, is_partial, reaches_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from qp_cli.model.convention import Engagement
    from qp_cli.model.journal import Amended, Change
    from qp_cli.tracking.directory import Debtor
    from qp_cli.tracking.obligations import Context, PendingObligation

    Place = tuple[str | None, str]

_REDATING = frozenset({"extend", "due"})


class Reach(NamedTuple):
    """One change of an avenant to an engagement; None where only what its dates are counted from has changed.

    Attributes:
        engagement: the engagement as this change leaves it.
        context: what dates are read in from the avenant's effect on.
        eve: the same as things stood and were known on the day before.
        former: those who owed the engagement before.
        ended: the changes that ended a part of it before.
        is_closed: whether the whole of it was ended before.
    """

    avenant: Amended
    change: Change | None
    engagement: Engagement
    context: Context
    eve: Callable[[], Context]
    former: tuple[Debtor, ...] = ()
    ended: tuple[Change, ...] = ()
    is_closed: bool = False

    @property
    def bound(self) -> date:
        """The first day whose obligations are reached."""
        return reaches_from(self.change, self.avenant) if self.change else self.avenant.applies_from

    @property
    def kind(self) -> str:
        """What is changed; empty where only what the dates are counted from is."""
        return self.change.change if self.change else ""


def reached(one: PendingObligation, reach: Reach) -> bool:
    """Whether a change reaches an obligation, as the facts before the avenant left it."""
    if one.ended_by or (reach.change and not _is_meant(one, reach.change, reach.context)):
        return False
    redates = reach.kind in _REDATING
    settled = one.settled_by
    if settled and settled.on < (reach.bound if redates else reach.avenant.applies_from):
        return False
    if redates and (one.is_single or _occurrence(reach.change)):
        return True
    if not reach.change and one.deadline.basis is Basis.TERM:
        return True
    due = one.due_now().due
    return due is None or due >= reach.bound


def _occurrence(change: Change | None) -> date | None:
    return change.occurrence if change and change.change != "add" else None


def _is_meant(one: PendingObligation, change: Change, context: Context) -> bool:
    """Whether an obligation is among those a change names: its occurrence, its debtor, its site."""
    if change.change == "add":
        return True
    named = not change.debtor or context.directory.covers([change.debtor], one.debtor, ())
    return named and _is_there(one, change)


def _is_there(one: PendingObligation, change: Change) -> bool:
    """Whether an obligation is the occurrence, and at the sites, that a change names."""
    if change.change == "add":
        return True
    if change.occurrence and one.occurrence != change.occurrence:
        return False
    return not change.sites or one.site in change.sites


def advance(pending: list[PendingObligation], reach: Reach) -> list[PendingObligation]:
    """The obligations of an engagement after a change, in place of those before; each keeps its facts.

    Raises:
        InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
        OutOfRangeError: a day outside the years qp computes, or too many occurrences.
    """
    found: list[PendingObligation] = []
    coming = {debtor.key for debtor in reach.context.directory.debtors(reach.engagement)}
    leaving: dict[Place, bool] = {}
    for one in pending:
        if one.replaced_by:
            found.append(one)
            continue
        is_reached = reached(one, reach)
        leaves = reach.kind == "debtors" and one.debtor.key not in coming
        if leaves:
            place = (one.site, one.suffix)
            leaving[place] = leaving.get(place, False) or is_reached
        if is_reached:
            found += _touched(one, reach, leaves=leaves)
        else:
            one.is_former = one.is_former or leaves
            found.append(one)
    return _with_births(found, leaving, reach)


def _touched(one: PendingObligation, reach: Reach, *, leaves: bool) -> Iterator[PendingObligation]:
    """An obligation as a change leaves it: ended, handed over, dated anew, or replaced."""
    if reach.kind == "end":
        one.ended_by = reach.avenant.id
        one.avenants = (*one.avenants, reach.avenant.id)
        yield one
        return
    after = None if leaves else _dated_anew(one, reach)
    if after is not None:
        yield after
    elif not _is_unborn(one, reach):
        yield _replaced(one, reach)


def _dated_anew(one: PendingObligation, reach: Reach) -> PendingObligation | None:
    """The same obligation by the words in force now; None where they no longer give it."""
    partial = one.partial
    if reach.change and is_partial(reach.change):
        partial = (*partial, reach.change)
    elif reach.kind == "due":
        partial = ()
    words = reach.engagement
    for change in partial:
        words = changed(words, change) if change.change in _REDATING else words
    before = one.due_now().due
    after = one.changed(words, reach.context, partial)
    if after is None:
        return None
    if reach.kind in DATING:
        after.avenants = (*one.avenants, reach.avenant.id)
        after.is_dated_anew = True
    if after.due_now().due != before:
        if not one.moved_by:
            after.previous_due = _on_the_eve(one, reach).due
        after.moved_by = (*one.moved_by, reach.avenant.id)
    return after


def _on_the_eve(one: PendingObligation, reach: Reach) -> Deadline:
    """The deadline that was shown on the day before the avenant took effect."""
    was = one.changed(one.engagement, reach.eve(), one.partial)
    return was.due_now() if was else Deadline(None)


def _replaced(one: PendingObligation, reach: Reach) -> PendingObligation:
    """An obligation that an avenant put others in place of, as it was last shown."""
    one.deadline = _on_the_eve(one, reach)
    one.context = reach.eve()
    one.replaced_by = reach.avenant.id
    one.avenants = (*one.avenants, reach.avenant.id)
    return one


def _is_unborn(one: PendingObligation, reach: Reach) -> bool:
    """Whether an obligation would only have come after the avenant took effect, and was never shown."""
    effect = reach.avenant.applies_from
    if one.request:
        return bool(one.request.on and one.request.on >= effect)
    if one.awaits_request:
        return False
    return one.dated_in(reach.eve()) is None


def _with_births(found: list[PendingObligation], leaving: dict[Place, bool], reach: Reach) -> list[PendingObligation]:
    """The obligations with those that only the new words give, from the effect on."""
    if (
        reach.kind == "end"
        or reach.is_closed
        or (reach.change and is_partial(reach.change) and reach.kind != "debtors")
    ):
        return found
    standing = {one.id: one for one in found if not one.replaced_by}
    gone = {one.id for one in found} - standing.keys()
    fresh = build(reach.engagement, reach.context, reach.former)
    born = {
        one.id: one
        for one in fresh
        if one.id not in standing
        and (one.id not in gone or reach.kind == "debtors")
        and leaving.get((one.site, one.suffix), True)
        and _is_born(one, reach)
    }
    lanes = {one.lane for one in (*standing.values(), *born.values())}
    for one in fresh:
        if one.request and one.lane not in lanes:
            lanes.add(one.lane)
            waiting = awaiting_request(one)
            born[waiting.id] = waiting
    for one in born.values():
        one.avenants = (reach.avenant.id,) if reach.kind else ()
        one.is_dated_anew = reach.kind in DATING
    return [*(one for one in found if one.id not in born), *born.values()]


def _is_born(one: PendingObligation, reach: Reach) -> bool:
    """Whether an obligation that new words give is among those meant, and falls due late enough for them to give it."""
    if reach.change and is_partial(reach.change) and not _is_there(one, reach.change):
        return False
    if any(_is_meant(one, change, reach.context) for change in reach.ended):
        return False
    if reach.kind == "add" and one.is_single:
        return True
    return one.deadline.due is None or one.deadline.due >= reach.bound
