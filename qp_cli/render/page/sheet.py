"""One sheet for the file or the chief: the answer, the counts, what is overdue, what comes next, room to sign."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import Message, msg
from qp_cli.render.page.document import PageView
from qp_cli.render.page.obligations import said_of_others
from qp_cli.render.page.templating import draw
from qp_cli.render.page.values import PrintedSummary
from qp_cli.render.timeline.svg_shapes import extent, shortened
from qp_cli.render.wording import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from qp_cli.render.language import Language
    from qp_cli.render.page.values import Listing, Page, PageAnswer, PageRow
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.portfolio import ConventionRef, SharedParties
    from qp_cli.tracking.situation import Situation

_MOST = 24
"""Rows that may stand on the sheet at all."""
_LINES = 35.0
"""Lines of small letters that it has room for beside what always stands on it."""
_ALWAYS, _LISTING = 2, 4.7
"""Tables that always stand on it, and the lines that another one takes beside its rows."""
_MOST_SIGNATORIES = 4
_LETTER = 0.6
"""How wide a letter is, to its height."""
_FIGURES = 4
"""Counts of states in a line."""
_LONG, _SHORT = 120, 60
"""Letters of a title, and of another text, before it is shortened."""
_BRIEF = 72, 45
"""The same of a title and of a clause in a table that is not always there."""


class _Line(NamedTuple):
    """A line of a part of the sheet: how many letters it has room for, and how high it is in lines of small letters."""

    letters: int
    height: float


_HEADING, _ANSWER, _SAID = _Line(50, 1.9), _Line(60, 1.6), _Line(90, 1.4)
_TITLE, _BELOW, _DEBTOR = _Line(48, 1.0), _Line(54, 0.9), _Line(24, 1.0)


def draw_summary(
    ledgers: Iterable[Ledger],
    register: SharedParties,
    as_of: date,
    language: Language,
    *,
    several: bool,
    party: str | None = None,
    notes: Callable[[], Sequence[Message]] = tuple,
) -> str:
    """One sheet of A4 on one convention, or on several, as an HTML document: the same bytes for the same arguments.

    Args:
        ledgers: the conventions, each with its facts; taken one at a time, once.
        register: the parties that they share.
        as_of: their day.
        language: the reader's.
        several: whether they are several, each to be named.
        party: any name of the one party, organ, group or role that the sheet is about; of all when there is none.
        notes: what else is to be said, asked for once every convention was read.

    Raises:
        UsageError: a party that none of them knows.
    """
    view = _SheetView(register, as_of, language, party, several=several)
    for ledger in ledgers:
        view.add(ledger)
    return draw(_fitted(view.page(notes), language), language)


class _SheetView(PageView):
    """What the sheet gathers of each convention: its rows and its counts; of the only one, who is to sign."""

    def __init__(
        self, register: SharedParties, as_of: date, language: Language, party: str | None, *, several: bool
    ) -> None:
        super().__init__(register, as_of, language, party)
        self._begin(is_one=not several, sheet=_MOST)

    def _label(self) -> str:
        return _shortened(super()._label(), _SHORT)

    def _title(self, called: Message | str, _: str) -> Message:
        return msg("{title}: summary", title=called)

    def _look(self, ledger: Ledger, narrowed: Ledger, home: ConventionRef) -> dict[str, str]:
        if not self._is_one:
            return super()._look(ledger, narrowed, home)
        self._only = narrowed.situation
        return {}

    def _shown(self, label: str) -> PrintedSummary:
        only = self._only
        asked = tuple(self._chooser.parties(only)) if only else ()
        territory = (only.convention.territory or "") if only else ""
        return PrintedSummary(_shortened(territory, _SHORT), _signatories(only, asked, label))


def _fitted(page: Page, language: Language) -> Page:
    """The page with its texts as short as the sheet shows them, and the rows that it has room for."""
    heading = page.heading if isinstance(page.heading, Message) else _shortened(page.heading, _LONG)
    answer = page.answer._replace(legend=_meant(page.answer, language))
    said = [each for each in (*page.warnings, *answer.besides, answer.legend) if each]
    room = _LINES - sum(
        (
            _taken(language.part(heading), _HEADING),
            _taken(language.part(answer.said), _ANSWER),
            sum(_taken(language.part(each), _SAID) for each in said),
            _ANSWER.height * ceil(len(answer.counts) / _FIGURES),
            _LISTING * (len(page.listings) - _ALWAYS),
        )
    )
    return page._replace(
        heading=heading, answer=answer, listings=_rows_fitted(list(map(_in_short, page.listings)), room)
    )


def _meant(answer: PageAnswer, language: Language) -> str:
    """In one line, what those of its counts mean whose words alone do not say it; empty where there are none."""
    counted = {count.state.value for count in answer.counts if count.number}
    line = language.joined([language.text(text) for state, text in MEANINGS.items() if state.value in counted])
    return f"{line[:1].upper()}{line[1:]}." if line else ""


def _shortened(text: str, letters: int) -> str:
    return shortened(text, letters * _LETTER, 1.0)


def _signatories(only: Situation | None, asked: Sequence[str], label: str) -> tuple[str, ...]:
    """Those who sign the one convention, if they are few; else places without a name.

    On a sheet about some party, those it stands for that sign; the party itself where none of them does.
    """
    named = _signing(only, asked) if only else []
    named = named or [label] * bool(label)
    few = 0 < len(named) <= _MOST_SIGNATORIES
    return tuple(_shortened(name, _SHORT) for name in named) if few else ("", "")


def _signing(only: Situation, asked: Sequence[str]) -> list[str]:
    """Those who sign a convention, as far as they are asked about."""
    persons = {person for name in asked for person in only.directory.meant_by(name).persons}
    return [each.label for each in only.convention.parties if each.signatory and (not asked or each.id in persons)]


def _rows_fitted(listings: Sequence[Listing], room: float) -> tuple[Listing, ...]:
    """The tables with the rows that the sheet has room for: each after the first has a third of it, or what is left."""
    kept = [min(sum(map(_height, each.rows)), room / 3) for each in listings[1:]]
    left, fitted = room - sum(kept), []
    for listing, own in zip(listings, (0.0, *kept), strict=True):
        shown, left = _cut(listing, left + own)
        fitted.append(shown)
    return tuple(fitted)


def _in_short(listing: Listing) -> Listing:
    """The same, no text of it longer than the sheet shows."""
    title, clause = (_LONG, _SHORT) if listing.empty else _BRIEF
    rows = tuple(
        row._replace(
            title=_shortened(row.title, title),
            debtor=_shortened(row.debtor, _SHORT),
            clause=_shortened(row.clause, clause),
            home=row.home and row.home._replace(label=_shortened(row.home.label, _SHORT)),
        )
        for row in listing.rows
    )
    return listing._replace(rows=rows)


def _cut(listing: Listing, room: float) -> tuple[Listing, float]:
    """As many rows as have room, one at least, and the lines that are left."""
    kept = 0
    for row in listing.rows:
        if kept and _height(row) > room:
            break
        kept, room = kept + 1, room - _height(row)
    total = listing.total or len(listing.rows)
    shown = listing._replace(rows=listing.rows[:kept])
    return said_of_others(shown, total) if total > kept else shown, room


def _height(row: PageRow) -> float:
    """About how many lines a row takes, with the space around it; its date takes two."""
    below = ", ".join(filter(None, (row.home.label if row.home else "", row.clause)))
    told = sum(_taken(each, _BELOW) for each in (below, row.noted))
    return max(_taken(row.title, _TITLE) + told, _taken(row.debtor, _DEBTOR), 2.0) + 0.5


def _taken(text: str, line: _Line) -> float:
    """About how many lines of small letters a text takes."""
    return ceil(extent(text, 1.0) / _LETTER / line.letters) * line.height
