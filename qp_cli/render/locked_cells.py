"""The cells of a follow-up sheet that nobody fills, held against what qp wrote there: what was typed over is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from qp_cli.app.follow_up import FollowUp
from qp_cli.errors import QpError
from qp_cli.law.typed_days import read_day
from qp_cli.messages import msg
from qp_cli.names import key, shown
from qp_cli.render.columns import debtor
from qp_cli.render.language import LANGUAGES, Language
from qp_cli.render.visible import visible
from qp_cli.render.wording import state_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from qp_cli.app.follow_up import RowMark
    from qp_cli.app.opening import Opened
    from qp_cli.messages import Message
    from qp_cli.store.spreadsheets import CellContent
    from qp_cli.tracking.situation import Obligation, Situation

    Cells = Callable[[FollowUp], CellContent]

LOCKED = (FollowUp.SUBJECT, FollowUp.DEBTOR, FollowUp.DEADLINE, FollowUp.STATE)
"""The columns that are held against what qp wrote."""


class LockedCells:
    """What qp wrote into the rows of a sheet, at the day and with the journal that the mark of each names."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._known: dict[RowMark | None, Mapping[str, Obligation]] = {}
        self._now = {one.id: one for one in opened.situation.obligations}

    def changed(self, target: str, mark: RowMark | None, cells: Cells) -> Iterator[tuple[FollowUp, Message]]:
        """The cells of a row that hold something else than was written, each with what it is and what to do.

        Args:
            target: the id of its obligation.
            mark: what the row was made from; without one, nothing is said.
            cells: what it holds in a column.
        """
        if mark is None or target not in (made := self._made(mark)):
            return
        written = [one for one in (made[target], self._now.get(target)) if one]
        for column in LOCKED:
            if why := _told(column, cells(column), target, written, self._opened.situation):
                yield column, why

    def _made(self, mark: RowMark) -> Mapping[str, Obligation]:
        if mark not in self._known:
            self._known[mark] = self._at(mark)
        return self._known[mark]

    def _at(self, mark: RowMark) -> Mapping[str, Obligation]:
        """The obligations as the sheet showed them; none where it was made from another journal."""
        ids = [fact.id for fact in self._opened.facts]
        if mark.facts != "0" and mark.last not in ids:
            return {}
        facts = self._opened.facts[: ids.index(mark.last) + 1] if mark.facts != "0" else ()
        try:
            made = self._opened.ledger._replace(facts=facts).at(date.fromisoformat(mark.as_of)).situation
        except (QpError, ValueError):
            return {}
        return {one.id: one for one in made.obligations}


def _told(
    column: FollowUp, content: CellContent, target: str, written: list[Obligation], now: Situation
) -> Message | None:
    """That a cell holds neither what was written then nor what would be now, and what to do; None where it does."""
    if column is FollowUp.DEADLINE:
        return _another_day(content, target, written)
    known = [text for one in written for text in _texts(column, one, now)]
    said = str(content).strip().lstrip("'")
    if not said or key(said) in {key(each.lstrip("'")) for each in known}:
        return None
    return msg(
        "“{text}” stands where qp wrote “{known}”, and only the yellow cells are read: put it back. What was done is "
        "said by its day, in the first of them",
        text=shown(said),
        known=state_words(written[0]) if column is FollowUp.STATE else shown(known[0]),
    )


def _another_day(content: CellContent, target: str, written: list[Obligation]) -> Message | None:
    """The same of a deadline, where both are days."""
    day = _day(content)
    days = [one.due for one in written]
    if day is None or None in days or day in days or any(one.deadline.waiting_for for one in written):
        return None
    return msg(
        "{day} stands where the deadline is {known}, and only the yellow cells are read: put it back. A date is "
        "changed by an avenant: {command}",
        day=day,
        known=days[0],
        command=f"qp record amended {target} --due-on {day} --title …",
    )


def _day(content: CellContent) -> date | None:
    if isinstance(content, datetime):
        return content.date()
    if isinstance(content, date):
        return content
    try:
        return read_day(str(content).strip())
    except QpError:
        return None


def _texts(column: FollowUp, one: Obligation, now: Situation) -> list[str]:
    """What a cell of words can say of an obligation, in every language."""
    if column is FollowUp.SUBJECT:
        return [one.engagement.title, visible(one.engagement.title)]
    if column is FollowUp.DEBTOR:
        return [debtor(one, now.directory)]
    codes: tuple[Any, ...] = LANGUAGES
    return [Language(code).text(state_words(one)) for code in codes]
