"""What an avenant reaches: the obligations that stay as they were, those it changes, those it puts others in place of.

An avenant acts from its effect on: what fell due, was performed or was waived before stays as it was. A one-off
still owed is touched by a longer period or another date whenever they are concluded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from qp_cli.model.facts import Add, End, Extend, Reassign, Redate
from qp_cli.tracking.account import FormerDate
from qp_cli.tracking.assignment import assign
from qp_cli.tracking.changes import changed, is_dating, is_partial, reaches_from
from qp_cli.tracking.deadlines import Basis, Deadline
from qp_cli.tracking.journal import SUSPENDING
from qp_cli.tracking.obligations import awaiting_request, build, undated
from qp_cli.tracking.people import lanes_of
from qp_cli.tracking.performance import serves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from qp_cli.tracking.changes import EngagementWords
    from qp_cli.tracking.obligations import Context, Former, PendingObligation
    from qp_cli.tracking.versions import Lane

    SitePlace = tuple[str | None, str]
    from qp_cli.model.facts import Amended, Change, FactAbout

_REDATING = (Extend, Redate)


@dataclass(eq=False, repr=False)
class Reach:
    """One change of an avenant to an engagement; None where only what its dates are counted from has changed.

    Attributes:
        words: the engagement as this change leaves it.
        context: what dates are read in from the avenant's effect on.
        eve: the same as things stood and were known on the day before.
        shown: the obligations of that day, by id.
        suspending: the suspensions and resumptions recorded before.
        former: those whose place each debtor has taken, by its key.
        dating: the earlier changes that dated a part of it, and what comes back there.
        ended: the changes that ended a part of it before.
        is_closed: whether the whole of it was ended before.
        of_one: the earlier changes that dated or ended one occurrence, or the answer to one request.
        owing: who owed it where on the eve of what adds a debtor or a site; None for other changes.
        joined: the day from which each debtor that an avenant brought owes it, at each site.
    """

    avenant: Amended
    change: Change | None
    words: EngagementWords
    context: Context
    eve: Callable[[], Context]
    shown: Mapping[str, PendingObligation]
    suspending: Sequence[FactAbout] = ()
    former: Former | None = None
    dating: tuple[Change, ...] = ()
    ended: tuple[Change, ...] = ()
    is_closed: bool = False
    of_one: tuple[Change, ...] = ()
    owing: frozenset[Lane] | None = None
    joined: Mapping[Lane, date] = field(default_factory=dict)
    _coming: dict[str | None, frozenset[str]] = field(default_factory=dict, init=False)

    @cached_property
    def owing_now(self) -> frozenset[Lane]:
        """Who owes it where once the change is made."""
        return lanes_of(self.words, self.context.directory)

    @property
    def bound(self) -> date:
        """The first day whose obligations are reached."""
        return reaches_from(self.change, self.avenant)

    def coming(self, site: str | None) -> frozenset[str]:
        """The keys of those who owe at a site once the change is made."""
        if site not in self._coming:
            debtors = self.context.directory.debtors(self.words.at(site))
            self._coming[site] = frozenset(debtor.key for debtor in debtors)
        return self._coming[site]


def reached(one: PendingObligation, reach: Reach) -> bool:
    """Whether a change reaches an obligation, as the facts before the avenant left it."""
    if one.ended_by or not is_meant(one, reach.change, reach.context):
        return False
    redates = isinstance(reach.change, _REDATING)
    settled = one.settled_by
    if settled and settled.on < (reach.bound if redates else reach.avenant.applies_from):
        return False
    if _is_of_one(reach.change) or (redates and one.is_single):
        return True
    if not reach.change and one.deadline.basis is Basis.TERM:
        return True
    due = one.due_now().due
    return due is None or due >= reach.bound


def _is_of_one(change: Change | None) -> bool:
    return change is not None and not isinstance(change, Add) and change.is_of_one


def is_meant(one: PendingObligation, change: Change | None, context: Context) -> bool:
    """Whether an obligation is among those a change names: its occurrence, its debtor, its site."""
    if change is None or isinstance(change, Add):
        return True
    named = not change.debtor or context.directory.covers([change.debtor], one.debtor, ())
    return named and _is_there(one, change)


def _is_there(one: PendingObligation, change: Change | None) -> bool:
    """Whether an obligation is the occurrence, and at the sites, that a change names."""
    if change is None or isinstance(change, Add):
        return True
    if change.occurrence and one.occurrence != change.occurrence:
        return False
    if change.request and (one.request is None or one.request.fact != change.request):
        return False
    return not change.sites or one.site in change.sites


def come_with(pending: list[PendingObligation], avenant: Amended) -> list[PendingObligation]:
    """What an engagement that an avenant adds gives: of what comes back, only what falls due from its effect on."""
    added = next(
        each
        for each in avenant.changes
        if isinstance(each, Add) and each.engagement and each.engagement.id == pending[0].engagement.id
    )
    bound = reaches_from(added, avenant)
    born = [one for one in pending if one.is_single or one.deadline.due is None or one.deadline.due >= bound]
    lanes = {one.lane for one in born}
    for one in pending:
        if one.lane not in lanes:
            lanes.add(one.lane)
            born.append(awaiting_request(one) if one.request else undated(one))
    for one in born:
        one.avenants, one.is_dated_anew = (avenant.id,), True
    return born


def advance(pending: list[PendingObligation], reach: Reach) -> list[PendingObligation]:
    """The obligations of an engagement after a change, in place of those before; each keeps its facts.

    Raises:
        InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
        OutOfRangeError: a day outside the years qp computes, or too many occurrences.
    """
    found: list[PendingObligation] = []
    leaving: dict[SitePlace, list[PendingObligation]] = {}
    for one in pending:
        if one.replaced_by:
            found.append(one)
            continue
        leaves = _leaves(one, reach)
        is_reached = (leaves or reach.owing is None) and reached(one, reach)
        if leaves:
            leaving.setdefault(one.place, []).extend((one,) * is_reached)
        if is_reached:
            found += _touched(one, reach, leaves=leaves)
        else:
            one.is_former = one.is_former or leaves
            found.append(one)
    if isinstance(reach.change, End):
        return _with(found, _left(pending, found, reach))
    return _with_a_row(_with_births(found, leaving, reach), reach)


def _with(found: list[PendingObligation], more: Iterable[PendingObligation]) -> list[PendingObligation]:
    """The obligations with others, which stand in the place of those that have their ids."""
    made = {one.id: one for one in more}
    return [*(one for one in found if one.id not in made), *made.values()] if made else found


def _with_a_row(found: list[PendingObligation], reach: Reach) -> list[PendingObligation]:
    """The obligations, with what the engagement is shown by where all of them were replaced."""
    if any(not one.replaced_by for one in found):
        return found
    return _with(found, _shown_without_date(reach))


def _shown_without_date(reach: Reach) -> Iterator[PendingObligation]:
    """What an engagement is shown by where all that it gave was replaced, and nothing came in its place."""
    for one in build(reach.words, reach.context, reach.former):
        made = one if one.is_single else _never_owed(one)
        made.avenants = (reach.avenant.id,)
        made.ended_by = reach.avenant.id if reach.is_closed else ""
        yield made


def _leaves(one: PendingObligation, reach: Reach) -> bool:
    """Whether the debtor of an obligation hands over what comes after it, or is one with others from then on."""
    if reach.owing is not None:
        return one.lane in reach.owing and one.lane not in reach.owing_now
    if not isinstance(reach.change, Reassign) or one.debtor.key in reach.coming(one.site):
        return False
    return is_meant(one, reach.change, reach.context)


def _touched(one: PendingObligation, reach: Reach, *, leaves: bool) -> Iterator[PendingObligation]:
    """An obligation as a change leaves it: ended, handed over, dated anew, or replaced; none of what never was.

    What ends is what was shown on the eve, whatever else the same day changes.
    """
    if isinstance(reach.change, End):
        if not is_unborn(one, reach):
            was = reach.shown[one.id]
            was.ended_by = reach.avenant.id
            was.avenants = (*was.avenants, reach.avenant.id)
            yield was
        return
    after = None if leaves else _dated_anew(one, reach)
    if after is not None:
        yield after
    elif not is_unborn(one, reach):
        yield _replaced(reach.shown[one.id], reach)


def _dated_anew(one: PendingObligation, reach: Reach) -> PendingObligation | None:
    """The same obligation by the words in force now; None where they no longer give it."""
    parts = one.partial
    if reach.change and is_partial(reach.change):
        parts = (*parts, reach.change)
    elif isinstance(reach.change, Redate):
        parts = ()
    after = _worded(one, parts, reach)
    if after and is_dating(reach.change):
        after.avenants = tuple(dict.fromkeys((*one.avenants, reach.avenant.id)))
        after.is_dated_anew = True
    return after


def _worded(one: PendingObligation, parts: tuple[Change, ...], reach: Reach) -> PendingObligation | None:
    """An obligation by the words in force now, with what changed for a part of them; None where they do not give it."""
    words = reach.words.at(one.site)
    for change in parts:
        if isinstance(change, _REDATING):
            words = changed(words, change, reach.context.in_force.avenant_of(change))
    return one.changed(words, reach.context, parts)


def mark_moves(before: Mapping[str, PendingObligation], pending: Iterable[PendingObligation], reach: Reach) -> None:
    """Says of each obligation that an avenant dated anew by which one, and what it was on the eve of the first."""
    for one in pending:
        was = before.get(one.id)
        if was is None or was is one or was.due_now().due == one.due_now().due:
            continue
        if not was.former_dates:
            one.previous_due = _on_the_eve(one, reach).due
        former = FormerDate(reach.avenant.id, was.due_now().due, was.account.open_since)
        one.former_dates = (*was.former_dates, former)


def _on_the_eve(one: PendingObligation, reach: Reach) -> Deadline:
    """The deadline that was shown on the day before the avenant took effect."""
    shown = reach.shown.get(one.id)
    was = shown.changed(shown.engagement, reach.eve(), shown.partial) if shown else None
    return was.due_now() if was else Deadline(None)


def _replaced(one: PendingObligation, reach: Reach) -> PendingObligation:
    """An obligation that an avenant put others in place of, as it was last shown."""
    one.deadline = _on_the_eve(one, reach)
    one.context = reach.eve()
    one.replaced_by = reach.avenant.id
    one.avenants = (*one.avenants, reach.avenant.id)
    return one


def is_unborn(one: PendingObligation, reach: Reach) -> bool:
    """Whether an obligation would only have come after the avenant took effect, and was never shown."""
    effect = reach.avenant.applies_from
    shown = reach.shown.get(one.id)
    if shown is None:
        return True
    if one.request:
        return bool(one.request.on and one.request.on >= effect)
    if one.awaits_request:
        return False
    return shown.dated_in(reach.eve()) is None


def _left(
    before: Iterable[PendingObligation], after: Iterable[PendingObligation], reach: Reach
) -> Iterator[PendingObligation]:
    """What each debtor at each site had, where all that is dated by now would only have come after the end."""
    kept = {one.lane for one in after if not one.replaced_by}
    ended = {one.lane: one for one in before if not one.replaced_by and one.lane not in kept}
    if not ended:
        return
    shown = [one for one in build(reach.words, reach.eve(), reach.former) if one.lane in ended]
    for one in shown:
        ended.pop(one.lane, None)
    for one in (*shown, *map(_never_owed, ended.values())):
        one.ended_by = reach.avenant.id
        one.avenants = (reach.avenant.id,)
        yield one


def _never_owed(one: PendingObligation) -> PendingObligation:
    """What stands for what began and ended with one avenant, or on one day: no request of it, no date."""
    return awaiting_request(one) if one.request else undated(one)


def _with_births(
    found: list[PendingObligation], leaving: dict[SitePlace, list[PendingObligation]], reach: Reach
) -> list[PendingObligation]:
    """The obligations with those that only the new words give, from the effect on."""
    if reach.is_closed or (reach.change and is_partial(reach.change) and not isinstance(reach.change, Reassign)):
        return found
    standing = {one.id: one for one in found if not one.replaced_by}
    fresh = build(reach.words, reach.context, reach.former)
    born = {one.id: one for one in _births(fresh, standing, leaving, reach)}
    assign(reach.suspending, [one for one in born.values() if one.place not in leaving], reach.context.directory)
    lanes = {one.lane for one in (*standing.values(), *born.values())}
    sites = {site for site, _ in leaving}
    born |= {one.id: one for one in _awaiting(fresh, lanes, sites)}
    for one in born.values():
        one.avenants = (reach.avenant.id,) if reach.change else ()
        one.is_dated_anew = is_dating(reach.change)
    return _with(found, born.values())


def _births(
    fresh: list[PendingObligation],
    standing: dict[str, PendingObligation],
    leaving: dict[SitePlace, list[PendingObligation]],
    reach: Reach,
) -> Iterator[PendingObligation]:
    """The obligations of the new words that nothing standing answers for already."""
    held = {one.place for one in standing.values() if one.debtor.key not in reach.coming(one.site)}
    if reach.owing is not None:
        fresh = [one for one in fresh if one.lane not in reach.owing]
        held = set()
    for one in fresh:
        is_free = leaving.get(one.place, one.place not in held)
        if one.id not in standing and is_free and (made := newly_owed(one, leaving.get(one.place, []), reach)):
            yield made


def newly_owed(one: PendingObligation, leaving: list[PendingObligation], reach: Reach) -> PendingObligation | None:
    """What new words give, as it comes in place of what others leave, if any do; None where it is not owed."""
    made = _successor(one, leaving, reach)
    return made if made and _is_born(made, reach) and (leaving or not _is_too_early(made, reach)) else None


def _awaiting(
    fresh: list[PendingObligation], lanes: set[tuple[str, str | None]], sites: set[str | None]
) -> Iterator[PendingObligation]:
    """For each debtor and site that nothing stands for, the obligation that waits for a request."""
    for one in fresh:
        if one.request and one.lane not in lanes and one.site not in sites:
            lanes.add(one.lane)
            yield awaiting_request(one)


def _successor(one: PendingObligation, leaving: list[PendingObligation], reach: Reach) -> PendingObligation | None:
    """A new obligation with what had changed for its part only, and the suspensions of those whose place it takes."""
    if not leaving:
        dating = (*reach.dating, *(() if reach.owing is None else reach.of_one))
        return _worded(one, tuple(each for each in dating if is_meant(one, each, reach.context)), reach)
    made = _worded(one, leaving[0].partial, reach)
    if made:
        pauses = {fact.id: fact for old in leaving for fact in old.facts if isinstance(fact, SUSPENDING)}
        made.facts = [fact for fact in pauses.values() if serves(fact, made)]
    return made


def _is_born(one: PendingObligation, reach: Reach) -> bool:
    """Whether an obligation that new words give is among those meant, and falls due late enough for them to give it."""
    ended = (*reach.ended, *(each for each in reach.of_one if isinstance(each, End) and reach.owing is not None))
    if not _is_there(one, reach.change) or any(is_meant(one, change, reach.context) for change in ended):
        return False
    if _is_of_one(reach.change):
        return True
    due = one.due_now().due
    return due is None or due >= reach.bound


def _is_too_early(one: PendingObligation, reach: Reach) -> bool:
    """Whether an answer was asked for, or fell due, before its debtor owed anything of it, at its site."""
    joined = reach.joined.get(one.lane)
    if joined is None:
        return False
    asked, due = one.request.on if one.request else None, one.deadline.due
    return bool((asked and asked < joined) or (due and due < joined and not one.is_single))
