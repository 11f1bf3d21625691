"""The first sheet, which prints on one page: the day, the totals, what is overdue, by the term too, what is next."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.render.columns import debtor
from qp_cli.render.wording import COLUMNS
from qp_cli.render.workbook.cells import FIRST_COUNTED, harmless_cell, plain
from qp_cli.render.workbook.sheet import LINE, height, is_readable_on_one_page, pages_high, set_up_page, sheet_name
from qp_cli.tracking.portfolio import Listed, Soonest, convention_ref, party_tallies
from qp_cli.tracking.summary import StateColumn, apart, column, is_upcoming, overdue_ones

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlsxwriter import Workbook

    from qp_cli.messages import Message
    from qp_cli.render.language import Language
    from qp_cli.render.workbook.cells import Styles
    from qp_cli.tracking.ledger import Ledger

MOST_COUNTED, MOST_LISTED = 20, 8
"""Rows of each table, at the most: all of them and their headings stay on one page."""
_WIDTH, _COUNT = 48, 13
"""The width of the first column, and of each of those of counts."""
_SHOWN = tuple(StateColumn)
_ROOM = 8
_MEANT = (
    msg("“Running”: owed until the term. “Fulfilled”: recorded so. “Conditional”: waits for an event or a request."),
    msg("“Other”: to come, without a number, suspended, discharged, breach recorded, expired, or dated by the term."),
)
"""What the columns of counts hold whose headings alone do not say it."""


class _Counted(NamedTuple):
    """A row of counts: what it is of, and how many are in each column."""

    label: str
    counts: tuple[int, ...]

    @property
    def weight(self) -> tuple[int, int, int]:
        """The overdue ones first, then those due soon, then the many."""
        return self.counts[0], self.counts[1], sum(self.counts)


class _Line(NamedTuple):
    """A row of a list of obligations."""

    convention: str
    subject: str
    debtor: str
    due: date | None
    days: int | None


class SummaryPart(NamedTuple):
    """What the sheet has of one convention: every obligation of it is counted."""

    title: str
    counted: _Counted
    parties: list[_Counted]
    overdue: Soonest[_Line]
    derived: Soonest[_Line]
    next: Soonest[_Line]


def summary_part(ledger: Ledger) -> SummaryPart:
    """The counts of a convention, what is overdue in it, what the term alone dates, and what comes next."""
    situation = ledger.situation
    home, own = convention_ref(situation), dict.fromkeys(_SHOWN, 0)
    part = SummaryPart(
        situation.convention.title,
        _Counted(home.label, ()),
        [
            _Counted(tally.group.label, tuple(tally.counts[each] for each in _SHOWN))
            for tally in party_tallies(situation)
        ],
        *(Soonest(MOST_LISTED) for _ in range(3)),
    )
    for one in situation.obligations:
        own[column(one)] += 1
        if is_upcoming(one):
            part.next.offer(Listed(home, one), _line)
    for one in overdue_ones(situation.obligations):
        part.overdue.offer(Listed(home, one), _line)
    for one in apart(situation.obligations):
        part.derived.offer(Listed(home, one), _line)
    return part._replace(counted=_Counted(home.label, tuple(own.values())))


def _line(listed: Listed) -> _Line:
    one = listed.obligation
    who = debtor(one, listed.convention.directory)
    return _Line(listed.convention.label, one.engagement.title, who, one.due, one.standing.days_late)


class SummarySheet:
    """The sheet, made first and written last."""

    def __init__(self, workbook: Workbook, styles: Styles, language: Language) -> None:
        self._sheet = workbook.add_worksheet(sheet_name(language.text(msg("Summary"))))
        self._styles, self._language = styles, language
        self._titles: list[str] = []
        self._parties: list[_Counted] = []
        self._conventions: list[_Counted] = []
        self._overdue: Soonest[_Line] = Soonest(MOST_LISTED)
        self._derived: Soonest[_Line] = Soonest(MOST_LISTED)
        self._next: Soonest[_Line] = Soonest(MOST_LISTED)
        self._row = 0
        self._points = 0.0

    def add(self, part: SummaryPart) -> None:
        """One convention more."""
        self._next.join(part.next)
        self._overdue.join(part.overdue)
        self._derived.join(part.derived)
        self._titles.append(part.title)
        self._conventions.append(part.counted)
        if len(self._titles) == 1:
            self._parties = part.parties

    def finish(self, day: date | None, known: Sequence[Message] = ()) -> None:
        """Everything: it is known once every convention has gone by; `known`: which states they were read from."""
        sheet, language = self._sheet, self._language
        several = len(self._titles) != 1
        sheet.set_column(0, 0, _WIDTH)
        sheet.set_column(1, len(_SHOWN) + 1, _COUNT)
        count = sum(sum(each.counts) for each in self._conventions)
        conventions = language.text(msgs("{count} convention", "{count} conventions", count=len(self._titles)))
        self._heading(conventions if several else self._titles[0])
        if day:
            self._text(language.text(msg("Obligations on {day}", day=language.full_day(day))))
        for each in known:
            self._text(language.text(each))
        self._text(language.text(msgs("{count} obligation", "{count} obligations", count=count)))
        self._counts(msg("Convention") if several else msg("Party"), self._conventions if several else self._parties)
        for each in _MEANT:
            self._text(language.text(each))
        self._list(msg("Overdue"), self._overdue, msg("Days late"), day)
        self._list(msg("Derived from the term"), self._derived, msg("Days late"), None)
        self._list(msg("Next"), self._next, msg("Days left"), day)
        set_up_page(sheet, day, language)
        widths = (_WIDTH, *[_COUNT] * (len(_SHOWN) + 1))
        readable = is_readable_on_one_page(self._points, widths)
        sheet.fit_to_pages(1, 1 if readable else pages_high(self._points, widths))
        sheet.print_area(0, 0, max(self._row - 1, 0), len(_SHOWN) + 1)
        sheet.hide_gridlines()

    def _heading(self, text: str) -> None:
        shown = harmless_cell(text, self._language)
        self._sheet.merge_range(self._row, 0, self._row, len(_SHOWN) + 1, "", self._styles.wrapped_title)
        self._sheet.write_string(self._row, 0, plain(shown), self._styles.wrapped_title)
        self._set_height(self._row, height([(shown, _WIDTH + len(_SHOWN) * _COUNT)]) * 1.4 + _ROOM)
        self._row += 1

    def _set_height(self, row: int, points: float) -> None:
        self._sheet.set_row(row, points)
        self._points += points

    def _text(self, text: str) -> None:
        self._sheet.write_string(self._row, 0, text, self._styles.plain_line)
        self._points += LINE
        self._row += 1

    def _counts(self, head: Message, rows: Sequence[_Counted]) -> None:
        """The table of counts, its sums at its foot; the most pressing rows where there are too many."""
        language, styles = self._language, self._styles
        self._row += 1
        headings = [head, *(COLUMNS[each] for each in _SHOWN), msg("Total")]
        for place, heading in enumerate(headings):
            style = styles.heading_right if place else styles.heading
            self._sheet.write_string(self._row, place, language.text(heading), style)
        self._set_height(self._row, height([(language.text(each), _COUNT) for each in headings]) + _ROOM)
        self._row += 1
        shown = sorted(rows, key=lambda each: each.weight, reverse=True)[:MOST_COUNTED] if _too_many(rows) else rows
        for each in shown:
            self._count(each.label, each.counts)
        left = [each.counts for each in rows if not any(each is one for one in shown)]
        if left:
            self._count(language.text(msg("Others ({count})", count=len(left))), _summed(left))
        self._count(language.text(msg("Total")), _summed([each.counts for each in rows]), total=True)

    def _count(self, label: str, counts: Sequence[int], *, total: bool = False) -> None:
        styles = self._styles
        text, number = (styles.total, styles.total_number) if total else (styles.wrapped, styles.number)
        self._sheet.write_string(self._row, 0, plain(harmless_cell(label, self._language)), text)
        for place, each in enumerate((*counts, sum(counts)), 1):
            self._sheet.write_number(self._row, place, each, number)
        self._set_height(self._row, height([(label, _WIDTH)]))
        self._row += 1

    def _list(self, heading: Message, found: Soonest[_Line], days: Message, day: date | None) -> None:
        """What is first in a list: subject, debtor, deadline, days after or before it; nothing where there is none."""
        if not found.count:
            return
        language, styles = self._language, self._styles
        self._row += 1
        heads = [heading, msg("Debtor"), None, None, msg("Deadline"), days]
        for place, each in enumerate(heads):
            style = styles.heading_right if place > 3 else styles.heading  # noqa: PLR2004 - a day, a number
            self._sheet.write_string(self._row, place, language.text(each) if each else "", style)
        widths = (_WIDTH, 3 * _COUNT, _COUNT, _COUNT, _COUNT, _COUNT)
        texts = [language.text(each) if each else "" for each in heads]
        self._set_height(self._row, height(zip(texts, widths, strict=True)) + _ROOM)
        self._row += 1
        for line in found.kept:
            self._listed(line, day)
        if found.others > 0:
            self._text(language.text(msgs("and {count} more", "and {count} more", count=found.others)))

    def _listed(self, line: _Line, day: date | None) -> None:
        styles, row = self._styles, self._row
        told = msg("{label}: {text}", label=line.convention, text=line.subject)
        subject = line.subject if len(self._titles) == 1 else self._language.text(told)
        subject, who = (harmless_cell(each, self._language) for each in (subject, line.debtor))
        self._sheet.write_string(row, 0, plain(subject), styles.wrapped)
        self._sheet.merge_range(row, 1, row, 3, "", styles.wrapped)
        self._sheet.write_string(row, 1, plain(who), styles.wrapped)
        if line.due and line.due >= FIRST_COUNTED:
            self._sheet.write_datetime(row, 4, datetime.combine(line.due, time()), styles.day)
        days = (line.due - day).days if line.due and day and not line.days else line.days
        if days is not None:
            self._sheet.write_number(row, 5, days, styles.number)
        self._set_height(row, height([(subject, _WIDTH), (who, 3 * _COUNT)]))
        self._row += 1


def _too_many(rows: Sequence[_Counted]) -> bool:
    return len(rows) > MOST_COUNTED


def _summed(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True))) if rows else (0,) * len(_SHOWN)
