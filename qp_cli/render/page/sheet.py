"""One sheet for the file or the chief: the answer, the counts, what is overdue, what comes next, room to sign."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from qp_cli.messages import msg, msgs
from qp_cli.render.headings import approval_remarks
from qp_cli.render.journal import title
from qp_cli.render.page.answer import AnswerMaker
from qp_cli.render.page.obligations import Listings
from qp_cli.render.page.templating import draw
from qp_cli.render.page.values import Page, PrintedSummary
from qp_cli.render.page.words import accessibility_links, fixed_words
from qp_cli.render.timeline.svg_shapes import extent, shortened
from qp_cli.tracking.filters import Choice, Chooser
from qp_cli.tracking.portfolio import convention_ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from qp_cli.messages import Message
    from qp_cli.model.accessibility import Accessibility
    from qp_cli.render.language import Language
    from qp_cli.render.page.values import Listing, PageRow
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.portfolio import SharedParties
    from qp_cli.tracking.situation import Situation

_MOST = 24
"""Rows that may stand on the sheet at all."""
_LINES = 34.0
"""Lines of small letters that it has room for beside what always stands on it."""
_MOST_SIGNATORIES = 4
_LETTER = 0.6
"""How wide a letter is, to its height."""
_FIGURES = 4
"""Counts of states in a line."""
_LONG, _SHORT = 120, 60
"""Letters of a title, and of another text, before it is shortened."""


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
    chooser = Chooser(Choice(parties=(party,) if party else ()), register)
    answer = AnswerMaker(language, as_of, several=several)
    listings = Listings(language, party or "", several=several, sheet=_MOST)
    count, only, called = 0, None, ""
    stated: list[Accessibility] = []
    for ledger in ledgers:
        chosen = tuple(chooser.choose(ledger.situation))
        if several and party and not chosen:
            continue
        count += 1
        situation = ledger.situation._replace(obligations=chosen)
        called = called or next(map(situation.directory.label, chooser.parties(situation)), "")
        home = convention_ref(situation)
        answer.add(home, situation)
        stated += filter(None, (situation.convention.accessibility,))
        listings.add(home, ledger._replace(situation=situation), {})
        only = None if several else situation
    chooser.confirm()
    heading = only.convention.title if only else msgs("{count} convention", "{count} conventions", count=count)
    found = answer.answer()
    warnings = (*(approval_remarks(only) if only else ()), *notes())
    room = _LINES - sum(
        (
            _taken(_shortened(language.part(heading), _LONG), _HEADING),
            _taken(language.part(found.said), _ANSWER),
            sum(_taken(language.part(each), _SAID) for each in (*warnings, *found.besides)),
            _ANSWER.height * ceil(len(found.counts) / _FIGURES),
        )
    )
    label = register.label(party or "") or called or party or ""
    return draw(
        Page(
            language=language.code,
            title=msg("{title}: summary", title=title(only) if only else heading),
            heading=_shortened(heading, _LONG) if isinstance(heading, str) else heading,
            party=msg("Only what concerns {party}", party=_shortened(label, _SHORT)) if party else None,
            day=as_of,
            warnings=warnings,
            answer=found,
            people=(),
            listings=_fitted(listings.listings(), room),
            words=fixed_words(several=several),
            body=PrintedSummary(
                _shortened(only.convention.territory or "", _SHORT) if only else "",
                _signatories(only, chooser.parties(only) if only else (), label),
            ),
            accessibility=accessibility_links(stated),
        ),
        language,
    )


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


def _fitted(listings: Sequence[Listing], room: float) -> tuple[Listing, ...]:
    """The tables with the rows that the sheet has room for: what comes next has a third of it, or what is left."""
    overdue, coming = (_in_short(each) for each in listings)
    kept = min(sum(map(_height, coming.rows)), room / 3)
    first, left = _cut(overdue, room - kept)
    return first, _cut(coming, left + kept)[0]


def _in_short(listing: Listing) -> Listing:
    """The same, no text of it longer than the sheet shows."""
    rows = tuple(
        row._replace(
            title=_shortened(row.title, _LONG),
            debtor=_shortened(row.debtor, _SHORT),
            clause=_shortened(row.clause, _SHORT),
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
    others = (listing.total or len(listing.rows)) - kept
    more = msgs("… and {count} more", "… and {count} more", count=others) if others else None
    return listing._replace(rows=listing.rows[:kept], more=more), room


def _height(row: PageRow) -> float:
    """About how many lines a row takes, with the space around it; its date takes two."""
    below = ", ".join(filter(None, (row.home.label if row.home else "", row.clause)))
    return max(_taken(row.title, _TITLE) + _taken(below, _BELOW), _taken(row.debtor, _DEBTOR), 2.0) + 0.5


def _taken(text: str, line: _Line) -> float:
    """About how many lines of small letters a text takes."""
    return ceil(extent(text, 1.0) / _LETTER / line.letters) * line.height
