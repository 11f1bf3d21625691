"""Which obligations words mean: an id as a file or a list has it, an occurrence by its key, its day, or its due day."""

from __future__ import annotations

from bisect import bisect
from datetime import date
from typing import TYPE_CHECKING

from qp_cli.errors import UsageError, unknown
from qp_cli.law.typed_days import read_day
from qp_cli.messages import msg
from qp_cli.names import key, shown
from qp_cli.tracking.summary import OVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def obligations_shown(now: Situation, name: str, engagement: str) -> list[Obligation]:
    """The obligations that an id means to whoever reads: as `obligations_called`, and all occurrences it leaves open.

    Args:
        now: the convention at a day.
        name: the id of an engagement, or of some of its obligations.
        engagement: the id of the engagement that it names.

    Raises:
        UsageError: there is none; the nearest days, or ids, are given.
    """
    own = [one for one in now.obligations if one.engagement.id == engagement]
    start, mark, which = name.partition("@")
    there = [one for one in own if any(_is_within(key(start), each) for each in _without_occurrence(one))]
    if not mark and there:
        return there
    if mark and there and (near := _nearest_days(own, there, start, which)):
        problem = msg("No obligation is called “{name}”.", name=shown(name))
        raise UsageError(msg("{problem} Nearest: {names}.", problem=problem, names=", ".join(near)))
    return obligations_called(now, name, engagement)


def _is_within(start: str, name: str) -> bool:
    """Whether a name is what was typed, folded, or that of a site of it."""
    parts = name.split("/")
    return start in {key("/".join(parts[:length])) for length in range(1, len(parts) + 1)}


def _nearest_days(own: Sequence[Obligation], there: Sequence[Obligation], start: str, which: str) -> list[str]:
    """The ids of the occurrences next to a day that is none of theirs, before and after it; nothing where it is one.

    Raises:
        UsageError: it is no day and no occurrence.
    """
    wanted = occurrence_named(there, which)
    day = wanted.get("occurrence")
    dated = {one.deadline.occurrence: f"{start}@{occurrence_key(one)}" for one in there}
    if not isinstance(day, date) or any(naming(one, own) == wanted for one in there):
        return []
    known = sorted(each for each in dated if each)
    place = bisect(known, day)
    return [dated[each] for each in known[max(place - 1, 0) : place + 1]]


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
