"""Avenants that only have an engagement owed by more, or at more sites: what stands is left, who comes is gone through.

What such an avenant gives is what `avenants.advance` would: an engagement that many join, one after the other, costs as
many steps, each as long as what it brings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.base import replaced
from qp_cli.model.facts import Add
from qp_cli.model.kinds import Kind
from qp_cli.tracking.assignment import assign
from qp_cli.tracking.avenants import Reach, newly_owed
from qp_cli.tracking.changes import reaches_from
from qp_cli.tracking.obligations import owed_in
from qp_cli.tracking.people import Debtor, DebtorAtSite, lanes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qp_cli.model.convention import Engagement
    from qp_cli.model.facts import Amended
    from qp_cli.tracking.changes import EngagementWords
    from qp_cli.tracking.obligations import Context, PendingObligation
    from qp_cli.tracking.people import Directory
    from qp_cli.tracking.versions import Life, Version


class VersionTurn(NamedTuple):
    """A version, and what stood before it.

    Attributes:
        before: who is who on its eve.
        context: what dates are read in from its effect on.
        eve: the same as things stood and were known on the day before.
    """

    version: Version
    before: Directory
    context: Context
    eve: Callable[[], Context]


class _Step(NamedTuple):
    """One change, the words that it leaves, and who owes where by them and did not before, in their order."""

    change: Add
    words: EngagementWords
    coming: tuple[DebtorAtSite, ...]


def widen(name: str, turn: VersionTurn, pending: list[PendingObligation], life: Life) -> bool:
    """Puts what an avenant newly has owed of an engagement after what stands, where it does nothing else to it.

    Whether that was so: otherwise nothing was changed, and `advance` is for it.

    Raises:
        InvalidPeriodError: a regime that only counts backwards, on what runs forwards.
        OutOfRangeError: a day outside the years qp computes, or too many occurrences.
    """
    own = turn.version.changes(name)
    adding = [change for change in own if isinstance(change, Add) and change.is_widening]
    if not adding or len(adding) < len(own) or turn.version.ending or not _is_plain(life, pending):
        return False
    if life.lanes is None:
        life.lanes = {*lanes_of(life.words, turn.before)}, {one.lane for one in pending}
    steps = [*_steps(adding, turn, life)]
    fresh = [[*owed_in(step.coming, step.words.engagement, turn.context)] for step in steps]
    ever = life.lanes[1]
    if not (steps and all(fresh)) or any(one.lane in ever for given in fresh for one in given):
        return False
    for step, given in zip(steps, fresh, strict=True):
        _put(step, given, turn, pending, life)
    return True


def _is_plain(life: Life, pending: list[PendingObligation]) -> bool:
    """Whether an engagement stands in such a way that one more who owes it changes nothing for the others."""
    engagement = life.words.engagement
    is_alone = engagement.kind is not Kind.ON_REQUEST and not engagement.solidary and not life.words.debtors
    return is_alone and not life.is_closed and any(not one.replaced_by for one in pending)


def _steps(adding: Sequence[Add], turn: VersionTurn, life: Life) -> Iterator[_Step]:
    """What is newly owed by each change that has anything owed; none where one may leave, or people and sites come.

    All who come with an avenant come with the first of its changes.
    """
    engagement, avenant = life.words.engagement, turn.version.avenant
    joined = _joined(adding, engagement, turn)
    if avenant is None or any(map(turn.before.is_vacant, joined)):
        return
    if not joined:
        yield from _placed(adding, turn, life)
    elif len({reaches_from(change, avenant) for change in adding}) == 1 and not any(each.site for each in adding):
        yield _Step(adding[0], life.words, tuple(_newcomers(joined, engagement, life)))


def _placed(adding: Iterable[Add], turn: VersionTurn, life: Life) -> Iterator[_Step]:
    """What is newly owed at each site that comes; what names no site is owed everywhere already."""
    words, owing = life.words, life.lanes[0] if life.lanes else set()
    debtors = turn.version.directory.debtors(words.engagement) if words.engagement.sites else ()
    new: set[str] = set()
    for change in adding:
        site = change.site.id if change.site else ""
        if site and site not in new and debtors and (debtors[0].key, site) not in owing:
            new.add(site)
            engagement = replaced(words.engagement, sites=(*words.engagement.sites, site))
            words = words._replace(engagement=engagement)
            yield _Step(change, words, tuple(DebtorAtSite(engagement, debtor, site) for debtor in debtors))


def _joined(adding: Sequence[Add], engagement: Engagement, turn: VersionTurn) -> dict[str, dict[str, None]]:
    """Who comes to each group and role that owes an engagement, in the order in which it names them."""
    known = turn.version.directory
    found: dict[str, dict[str, None]] = {}
    for change in adding:
        name, who = (change.group, change.member) if change.member else (change.role, change.holder)
        if name in engagement.debtors and who and (name in known.groups or name in known.roles):
            found.setdefault(name, {})[who] = None
    return {name: found[name] for name in engagement.debtors if name in found}


def _newcomers(joined: Mapping[str, Iterable[str]], engagement: Engagement, life: Life) -> Iterator[DebtorAtSite]:
    """Those of who come that did not owe yet, at each site."""
    through: dict[str, list[str]] = {}
    for name, parties in joined.items():
        for party in parties:
            through.setdefault(party, []).append(name)
    owing, sites = life.lanes[0] if life.lanes else set(), engagement.sites or (None,)
    for party, names in through.items():
        if (party, sites[0]) not in owing:
            yield from (DebtorAtSite(engagement, Debtor((party,), tuple(names)), site) for site in sites)


def _put(
    step: _Step, fresh: Iterable[PendingObligation], turn: VersionTurn, pending: list[PendingObligation], life: Life
) -> None:
    """Puts what one change has owed after what stands, with the suspensions that bear on it."""
    if (avenant := turn.version.avenant) is None or life.lanes is None:
        return
    lanes = {(one.debtor.key, one.site) for one in step.coming}
    life.words = step.words
    life.joined |= dict.fromkeys(lanes, avenant.applies_from)
    made = (newly_owed(one, [], _reach(step, avenant, turn, life)) for one in fresh)
    born = [one for one in made if one]
    assign(life.suspending, born, turn.context.directory)
    for one in born:
        one.avenants = (avenant.id,)
    pending += born
    life.lanes[0].update(lanes)
    life.lanes[1].update(lanes)


def _reach(step: _Step, avenant: Amended, turn: VersionTurn, life: Life) -> Reach:
    return Reach(
        avenant,
        step.change,
        step.words,
        turn.context,
        turn.eve,
        {},
        life.suspending,
        life.former,
        tuple(life.dating),
        tuple(life.ended),
        of_one=tuple(life.of_one),
        owing=frozenset(),
        joined=life.joined,
    )
