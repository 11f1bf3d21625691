"""What avenants did to obligations: the date each had before, and those that were replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.model.words import TERM
from qp_cli.tracking.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qp_cli.tracking.amendments import Overlay
    from qp_cli.tracking.situation import Obligation

_DONE = frozenset({State.FULFILLED, State.FULFILLED_LATE, State.DISCHARGED})


def compared(current: Iterable[Obligation], signed: Iterable[Obligation], overlay: Overlay) -> Iterator[Obligation]:
    """The obligations as amended, each with the date it had as signed; then the replaced ones, still visible."""
    before = {one.id: one for one in signed}
    for one in current:
        old = before.pop(one.id, None)
        if old is None or old.due == one.due:
            yield one
            continue
        yield one._replace(previous_due=old.due, moved_by=_movers(one.engagement.id, overlay))
    for old in before.values():
        replaced = tuple(overlay.touched.get(old.engagement.id, ())) or _movers(old.engagement.id, overlay)
        standing = old.standing
        if standing.state not in _DONE:
            standing = standing._replace(state=State.DISCHARGED, days_late=None)
        facts = (*old.facts, *(fact for fact in replaced if fact not in old.facts))
        yield old._replace(standing=standing, facts=facts, replaced_by=replaced)


def _movers(engagement: str, overlay: Overlay) -> tuple[str, ...]:
    """The avenants that moved an engagement's date: its own, else those that moved the term."""
    return tuple(overlay.moved.get(engagement) or overlay.moved.get(TERM) or ())
