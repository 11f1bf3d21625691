"""Which obligations words mean: an id as a file or a list has it, an occurrence by its key, its day, or its due day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qp_cli.app.readings import read_day
from qp_cli.errors import UsageError, unknown
from qp_cli.messages import msg
from qp_cli.names import key, shown
from qp_cli.tracking.summary import OVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from qp_cli.tracking.situation import Obligation, Situation


def occurrence_key(one: Obligation) -> str:
    """What tells an occurrence from the others, after the @ of its id: its day, and its request after the first of it.

    Empty for what is owed once.
    """
    return one.id.partition("@")[2]


def obligations_called(now: Situation, name: str, engagement: str) -> list[Obligation]:
    """The obligations of an engagement that an id means: of one debtor, or of each where it names none, as lists do.

    Args:
        now: the convention at a day.
        name: `engagement/debtor/site@occurrence`, the debtor left out or not; of the occurrence, what
            `occurrence_named` reads.
        engagement: the id of the engagement.

    Raises:
        UsageError: there is none; the nearest are given.
    """
    own = [one for one in now.obligations if one.engagement.id == engagement]
    if found := [one for one in own if one.id == name] or [one for one in own if key(name) in _spellings(one)]:
        return found
    start, mark, which = name.partition("@")
    there = [one for one in own if key(start) in {key(engagement), *(key(each) for each in _without_occurrence(one))}]
    if mark and there:
        wanted = occurrence_named(there, which)
        if found := [one for one in there if naming(one, own) == wanted]:
            return found
    raise unknown(msg("No obligation is called “{name}”.", name=shown(name)), name, [one.id for one in own])


def _spellings(one: Obligation) -> tuple[str, str]:
    """Its id, and what lists call it, without its debtor; folded."""
    rest = one.id.removeprefix(f"{one.engagement.id}/{one.debtor.key}")
    return key(one.id), key(f"{one.engagement.id}{rest}")


def _without_occurrence(one: Obligation) -> tuple[str, ...]:
    return tuple(each.partition("@")[0] for each in _spellings(one))


def naming(one: Obligation, others: Iterable[Obligation]) -> dict[str, object]:
    """How a fact names one occurrence among others of its engagement: by its day, or its request if several share it.

    Empty for what is owed once.
    """
    day = one.deadline.occurrence
    if day is None or one.request is None:
        return {"occurrence": day} if day else {}
    keys = {occurrence_key(each) for each in others if each.deadline.occurrence == day}
    return {"request": one.request} if len(keys) > 1 else {"occurrence": day}


def occurrence_named(owed: Sequence[Obligation], text: str) -> dict[str, object]:
    """How a fact names the occurrence that a text means, of obligations of one engagement.

    The text is what stands after the @ of an id, the id itself, the id of the request, the day of the occurrence or,
    where no occurrence has that day, the day on which one alone falls due. Of several of one day, it is the one that
    is still owed.

    Raises:
        UsageError: it is no day and no occurrence, or several fall due then, or several of that day are still owed.
    """
    text = text.rpartition("@")[2].strip()
    if exact := _keyed(owed, text):
        return naming(exact, owed)
    day = read_day(text)
    if same := [one for one in owed if one.deadline.occurrence == day]:
        _refuse_several(same, day)
        return naming(next((one for one in same if one.state not in OVER), same[0]), owed)
    due = {occurrence_key(one): one for one in owed if one.due == day and one.deadline.occurrence}
    if len(due) > 1:
        raise UsageError(msg("Several fall due on {day}: name one of {names}.", day=day, names=", ".join(due)))
    return naming(next(iter(due.values())), owed) if due else {"occurrence": day}


def _refuse_several(same: Sequence[Obligation], day: date) -> None:
    """Looks whether a day is that of several requests that are still open.

    Raises:
        UsageError: it is; they are named.
    """
    still = dict.fromkeys(one.request for one in same if one.request and one.state not in OVER)
    if len(still) > 1:
        names = ", ".join(each for each in still if each)
        raise UsageError(msg("Several requests of {day} are still open: name one of {names}.", day=day, names=names))


def _keyed(owed: Sequence[Obligation], text: str) -> Obligation | None:
    """The one that a text names by its request, or by its key where that says more than a day; None where it is a day.

    Raises:
        UsageError: it says more than a day, and names none.
    """
    for one in owed:
        if key(text) == key(one.request or "") or ("~" in text and key(text) == key(occurrence_key(one))):
            return one
    if "~" not in text:
        return None
    problem = msg("No occurrence is called “{name}”.", name=shown(text))
    raise unknown(problem, text, [each for one in owed if (each := occurrence_key(one))])
