"""From a filled follow-up sheet to facts: its columns found, each line read, each cell that is refused named."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.app.follow_up import FILLED, FOLLOW_UP_HEADINGS, MARK_SCHEMA, FollowUp, read_mark
from qp_cli.app.given_proofs import read_proof
from qp_cli.app.recording import read_fact, refuse_days_to_come
from qp_cli.app.typed_command import Typed
from qp_cli.errors import UsageError
from qp_cli.law.typed_days import read_day
from qp_cli.messages import msg
from qp_cli.names import key, on_one_line, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from qp_cli.app.follow_up import RowMark
    from qp_cli.app.opening import Opened
    from qp_cli.messages import Message
    from qp_cli.store.spreadsheets import CellContent, ReadSheet

    Words = Mapping[str, FollowUp]
    """The headings, as `key` folds them, in every language."""
    Changed = Callable[[str, RowMark | None, Callable[[FollowUp], CellContent]], Iterable[tuple[FollowUp, Message]]]
    """What is typed over in a row: of an id, with its mark, by what it holds in a column."""

_SOUGHT = 40
"""Rows of a sheet among which its headings are sought."""
_HOST = re.compile(r"(?i)www\.|[\w-]+(\.[\w-]+)*\.(fr|com|org|net|eu|gouv)(/|$)")
"""What is meant as a web address, though it does not say so."""
_HOUR = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?([.,]\d+)?Z?$", re.ASCII)


class CellPlace(NamedTuple):
    """A cell of a file: the name of its sheet, none in a text of columns, and its row and column from 0."""

    sheet: str
    row: int
    column: int


class Refusal(NamedTuple):
    """Why a cell cannot be taken."""

    place: CellPlace
    why: Message


class FilledLine(NamedTuple):
    """A line that says that something was done.

    Attributes:
        place: the cell of its day.
        target: the id of the obligation.
        fact: what it says, as `qp record fulfilled` would write it.
        mark: what the line was made from, where it says so.
    """

    place: CellPlace
    target: str
    fact: dict[str, object]
    mark: RowMark | None


class Filled(NamedTuple):
    """What a file says.

    Attributes:
        lines: those that are filled and readable.
        refusals: what cannot be taken, each with its cell.
        others: how many filled lines are of other conventions, by the id of each.
    """

    lines: tuple[FilledLine, ...]
    refusals: tuple[Refusal, ...]
    others: Mapping[str, int]


class _Columns(NamedTuple):
    """Where the headings of a sheet are."""

    row: int
    places: Mapping[FollowUp, int]


class _Row(NamedTuple):
    """A line of a sheet, by its columns."""

    sheet: ReadSheet
    number: int
    columns: _Columns

    def content(self, column: FollowUp) -> CellContent:
        """What it holds in a column; an empty text where that is not there."""
        row, place = self.sheet.rows[self.number], self.columns.places.get(column)
        return row[place] if place is not None and place < len(row) else ""

    def text(self, column: FollowUp) -> str:
        """The same as a text without outer blanks."""
        return _as_text(self.content(column)).strip()

    def place(self, column: FollowUp) -> CellPlace:
        """Its cell in a column; in that of the day where the column is not there."""
        places = self.columns.places
        return CellPlace(self.sheet.name, self.number, places.get(column, places[FollowUp.DONE_ON]))

    @property
    def is_filled(self) -> bool:
        """Whether a cell to fill holds something."""
        return any(self.text(each) or self.lacks_result(each) for each in FILLED)

    def lacks_result(self, column: FollowUp) -> bool:
        """Whether it holds a formula whose result is not in the file, or an error."""
        place = self.columns.places.get(column)
        return place is not None and (self.number, place) in self.sheet.uncomputed and not self.text(column)


def read_filled(
    sheets: Sequence[ReadSheet], words: Words, opened: Opened, recorded: Mapping[str, object], changed: Changed
) -> Filled:
    """What the sheets of a file say was done, to be recorded in the convention that is open.

    Args:
        sheets: those of the file.
        words: the headings.
        opened: the convention.
        recorded: who writes the facts down, and when.
        changed: what is typed over in the cells of a row that nobody fills.

    Raises:
        UsageError: no sheet has the columns that are filled.
    """
    found = [(sheet, columns) for sheet in sheets if (columns := _find_columns(sheet, words))]
    if not found:
        raise _no_columns(sheets)
    lines: list[FilledLine] = []
    refusals: list[Refusal] = []
    others: dict[str, int] = {}
    for sheet, columns in found:
        for row in _rows(sheet, columns, words):
            mark = read_mark(row.text(FollowUp.MARK))
            if mark and mark.convention != opened.convention.id:
                others[mark.convention] = others.get(mark.convention, 0) + int(row.is_filled)
                continue
            reader = _Reader(row, opened)
            reader.hold(changed(row.text(FollowUp.ID), mark, row.content))
            lines += reader.read(recorded)
            refusals += reader.refusals
    return Filled(tuple(lines), tuple(refusals), {name: count for name, count in others.items() if count})


def _find_columns(sheet: ReadSheet, words: Words) -> _Columns | None:
    """The headings of a sheet, in the first row that has those of the id and of the day; None where it has none.

    Raises:
        UsageError: two columns have one heading.
    """
    for number, row in enumerate(sheet.rows[:_SOUGHT]):
        named = [(words.get(key(each)), place) for place, each in enumerate(row) if isinstance(each, str)]
        found = {column: place for column, place in reversed(named) if column}
        if FollowUp.STATE_CODE in found:
            return None
        if FollowUp.ID in found and FollowUp.DONE_ON in found:
            _refuse_twice(sheet, number, found, named)
            return _Columns(number, found)
    return None


def _refuse_twice(
    sheet: ReadSheet, row: int, found: Mapping[FollowUp, int], named: Sequence[tuple[FollowUp | None, int]]
) -> None:
    for column, place in named:
        if column and found[column] != place:
            raise _two_columns(sheet, row, column, (found[column], place))


def _two_columns(sheet: ReadSheet, row: int, column: FollowUp, places: tuple[int, int]) -> UsageError:
    first, second = (cell_address(CellPlace(sheet.name, row, place)) for place in places)
    problem = msg(
        "Two columns are called “{name}”, {first} and {second}: keep one.",
        name=FOLLOW_UP_HEADINGS[column],
        first=first,
        second=second,
    )
    return UsageError(problem)


def cell_address(place: CellPlace) -> str:
    """A cell as spreadsheets write it: its sheet, where it has a name, and its address."""
    from qp_cli.store.spreadsheet_archives import cell_name

    cell = cell_name(place.row, place.column)
    return f"{shown(place.sheet)}!{cell}" if place.sheet else cell


def _rows(sheet: ReadSheet, columns: _Columns, words: Words) -> Iterator[_Row]:
    """The lines below the headings; headings that come again are none."""
    for number in range(columns.row + 1, len(sheet.rows)):
        row = _Row(sheet, number, columns)
        if words.get(key(row.text(FollowUp.DONE_ON))) is not FollowUp.DONE_ON:
            yield row


class _Reader:
    """One line read, cell by cell: what is wrong with each is kept."""

    def __init__(self, row: _Row, opened: Opened) -> None:
        self.refusals: list[Refusal] = []
        self._row, self._opened = row, opened

    def hold(self, changed: Iterable[tuple[FollowUp, Message]]) -> None:
        """Keeps what was typed over in cells that nobody fills."""
        for column, why in changed:
            self._refuse(column, why)

    def read(self, recorded: Mapping[str, object]) -> list[FilledLine]:
        """The line, where it is filled and every cell of it can be taken."""
        row = self._row
        if not row.is_filled:
            return []
        for column in FILLED:
            if row.lacks_result(column):
                self._refuse(column, msg("a formula without a result, or an error: write what it should give"))
        mark = self._mark()
        target = row.text(FollowUp.ID)
        day = self._day()
        by = self._by()
        proof = self._proof()
        note = on_one_line(row.text(FollowUp.REMARK))
        fact = self._fact(target, day, by)
        if self.refusals or fact is None:
            return []
        fact |= {**recorded, **({"note": note} if note else {}), **({"proof": proof} if proof else {})}
        return [FilledLine(row.place(FollowUp.DONE_ON), target, fact, mark)]

    def _refuse(self, column: FollowUp, why: Message) -> None:
        self.refusals.append(Refusal(self._row.place(column), why))

    def _mark(self) -> RowMark | None:
        text = self._row.text(FollowUp.MARK)
        if text and text.split()[0] != MARK_SCHEMA:
            self._refuse(FollowUp.MARK, msg("“{text}” is no mark of this version of qp", text=shown(text)))
        return read_mark(text)

    def _day(self) -> date | None:
        """The day, which every line needs."""
        row, today = self._row, self._opened.situation.as_of
        try:
            day = _as_day(row.content(FollowUp.DONE_ON))
            refuse_days_to_come(today, day)
        except UsageError as error:
            self._refuse(FollowUp.DONE_ON, error.message)
            return None
        if day is None and not row.lacks_result(FollowUp.DONE_ON):
            said = next(each for each in FILLED if row.text(each) or row.lacks_result(each))
            what = FOLLOW_UP_HEADINGS[said]
            problem = msg("“{column}” is filled and the day is missing: give the day, or empty the cell", column=what)
            if said is FollowUp.REMARK:
                problem = msg("A remark is recorded with what was done: give the day of it, or empty the remark")
            self._refuse(FollowUp.DONE_ON, problem)
        return day

    def _by(self) -> str | None:
        """The id of who did it."""
        from qp_cli.tracking.filters import find_party

        name = self._row.text(FollowUp.BY)
        try:
            return find_party(self._opened.situation, name) if name else None
        except UsageError as error:
            self._refuse(FollowUp.BY, error.message)
            return None

    def _proof(self) -> dict[str, object] | None:
        """What shows it: an address, or a file of the repository."""
        text = self._row.text(FollowUp.PROOF)
        try:
            return _read_proof(text, self._opened.folder) if text else None
        except UsageError as error:
            self._refuse(FollowUp.PROOF, error.message)
            return None

    def _fact(self, target: str, day: date | None, by: str | None) -> dict[str, object] | None:
        """What `qp record fulfilled` makes of the same words."""
        if not target:
            self._refuse(FollowUp.ID, msg("the line has no id: take it again from a new export"))
            return None
        on = (day or self._opened.situation.as_of).isoformat()
        try:
            return read_fact(Typed(kind="fulfilled", target=target, on=on, by=by), self._opened)
        except UsageError as error:
            self._refuse(FollowUp.ID, error.message)
            return None


def _read_proof(text: str, folder: Path) -> dict[str, object]:
    """The same as for `--proof`, a file being named from the repository's folder alone.

    Raises:
        UsageError: it cannot be taken.
    """
    if "://" in text:
        return read_proof(text, folder)
    if PurePosixPath(text).is_absolute() or PureWindowsPath(text).anchor:
        raise UsageError(msg("“{text}”: write the file's name from the repository's folder", text=shown(text)))
    name = text.replace("\\", "/")
    inside = folder / name
    if inside.exists():
        return read_proof(str(inside), folder)
    if _HOST.match(text):
        raise UsageError(
            msg("“{text}”: a web address begins with https://, as in {address}", text=shown(text),
                address=f"https://{shown(text)}")
        )  # fmt: skip
    if not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts and name.isprintable():
        raise UsageError(
            msg("There is no file “{text}” in the folder {folder}: put it there, or give a web address (https://…)",
                text=shown(text), folder=shown(folder.resolve().name))
        )  # fmt: skip
    return read_proof(name, folder)


def _as_text(content: CellContent) -> str:
    """What a cell holds, as people read it: a whole number without a decimal point."""
    match content:
        case str() | bool():
            return str(content)
        case float() | int():
            return f"{content:.15g}"
        case datetime():
            return content.isoformat(" ")
        case _:
            return str(content)


def _as_day(content: CellContent) -> date | None:
    """The day of a cell, its hour left aside; None where it is empty.

    Raises:
        UsageError: it holds something else.
    """
    match content:
        case datetime():
            return read_day(content.date().isoformat())
        case date():
            return read_day(content.isoformat())
        case bool() | time() | timedelta():
            raise UsageError(msg("“{text}” is no day: write 2021-10-01 or 01/10/2021", text=_as_text(content)))
        case float() | int():
            problem = msg("{number} is a number and no day: write 2021-10-01 or 01/10/2021", number=_as_text(content))
            raise UsageError(problem)
        case _:
            text = _HOUR.sub("", str(content).strip())
            return read_day(text) if text else None


def _no_columns(sheets: Sequence[ReadSheet]) -> UsageError:
    if not any(sheet.rows for sheet in sheets):
        return UsageError(msg("The file is empty."))
    first, second = FOLLOW_UP_HEADINGS[FollowUp.ID], FOLLOW_UP_HEADINGS[FollowUp.DONE_ON]
    problem = msg(
        "No sheet of the file has the columns “{first}” and “{second}”: it is made by qp export xlsx.",
        first=first,
        second=second,
    )
    return UsageError(problem)
