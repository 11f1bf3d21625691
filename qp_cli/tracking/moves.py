"""What avenants did to obligations: the date each had before, and those that were replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qp_cli.model.words import TERM
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.model.convention import Convention
    from qp_cli.tracking.amendments import Overlay
    from qp_cli.tracking.situation import Obligation

_DONE = frozenset({State.FULFILLED, State.FULFILLED_LATE, State.DISCHARGED})


class Stage(NamedTuple):
    """What was owed between two avenants: those that had taken effect, and the obligations then.

    The first stage, as signed, has those that an avenant can have changed; later ones, those that several touched.
    """

    avenants: frozenset[str]
    obligations: Iterable[Obligation]


def reached(overlay: Overlay, signed: Convention) -> frozenset[str]:
    """The engagements whose obligations or dates avenants can have changed: those touched, and those dated by them.

    What the text leaves undated is dated by the term.
    """
    from qp_cli.tracking.bearings import Bearings

    conventions, touched = (signed, overlay.convention), overlay.touched.keys()
    bearings = Bearings(conventions, ())
    by_term = not bearings.behind(TERM).isdisjoint(touched)
    return frozenset(
        one.id
        for convention in conventions
        for one in convention.engagements
        if (by_term and one.due is None) or not bearings.behind(one.id).isdisjoint(touched)
    )


def staged(overlay: Overlay, names: frozenset[str]) -> frozenset[str]:
    """Of the engagements `reached`, those to look at between avenants: those that several touched, all if the term was.

    Empty where no avenant followed another on the same engagement.
    """
    avenants = {fact for facts in overlay.touched.values() for fact in facts}
    if TERM in overlay.touched and len(avenants) > 1:
        return names
    return frozenset(name for name, facts in overlay.touched.items() if len(facts) > 1)


def compared(current: Iterable[Obligation], stages: Iterable[Stage], overlay: Overlay) -> Iterator[Obligation]:
    """The obligations as amended, each with the date it had first; then the replaced ones, still visible.

    A replaced one has the last date it had, and the date before that an avenant moved.
    """
    first: dict[str, Obligation] = {}
    last: dict[str, tuple[Obligation, frozenset[str]]] = {}
    signed: frozenset[str] | None = None
    for stage in stages:
        for one in stage.obligations:
            if signed is None:
                first[one.id] = one
            last[one.id] = one, stage.avenants
        signed = frozenset(first) if signed is None else signed
    for one in current:
        last.pop(one.id, None)
        old = first.get(one.id)
        moved = old is not None and old.due != one.due
        yield one._replace(previous_due=old.due, moved_by=_movers(one, overlay)) if old and moved else one
    for one, earlier in last.values():
        yield _replaced(one, first.get(one.id), earlier, overlay)


def _replaced(one: Obligation, signed: Obligation | None, earlier: frozenset[str], overlay: Overlay) -> Obligation:
    """An obligation that an avenant replaced by others, as it last stood."""
    touching = overlay.touched.get(one.engagement.id) or _movers(one, overlay)
    replaced = tuple(fact for fact in touching if fact not in earlier)
    standing = one.standing
    if standing.state not in _DONE:
        standing = standing._replace(state=State.DISCHARGED, days_late=None)
    facts = (*one.facts, *(fact for fact in replaced if fact not in one.facts))
    gone = one._replace(standing=standing, facts=facts, replaced_by=replaced)
    if signed is None or signed.due == one.due:
        return gone
    moved_by = tuple(fact for fact in _movers(one, overlay) if fact in earlier)
    return gone._replace(previous_due=signed.due, moved_by=moved_by)


def _movers(one: Obligation, overlay: Overlay) -> tuple[str, ...]:
    """The avenants that moved an obligation's date: its engagement's own, else those that moved the term."""
    return tuple(overlay.moved.get(one.engagement.id) or overlay.moved.get(TERM) or ())
