"""What `qp export` takes of each convention, where it is read, and the file that comes of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qp_cli.app.opening import with_edits
from qp_cli.app.rows import pack, unpack
from qp_cli.tracking.filters import Chooser
from qp_cli.tracking.summary import soonest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qp_cli.app.caller import Caller
    from qp_cli.app.opening import Opened
    from qp_cli.messages import Message
    from qp_cli.render.calendar_ics import CalendarPart
    from qp_cli.render.language import Language
    from qp_cli.render.workbook.book import BookPart
    from qp_cli.tracking.filters import Choice
    from qp_cli.tracking.ledger import Ledger
    from qp_cli.tracking.portfolio import SharedParties
    from qp_cli.tracking.situation import Obligation

    Part = bytes | CalendarPart | BookPart


class ExportAsked(NamedTuple):
    """What a file to take away is asked for.

    Attributes:
        form: `ics`, `xlsx`, `excel-fr` or `md`.
        told: the choice, shared parties by what they are called.
        shared: the parties that the conventions share.
        several: whether it is about several.
    """

    form: str
    choice: Choice
    told: Choice
    shared: SharedParties
    language: Language
    several: bool


class ExportPart:
    """What makes of a convention and of what is chosen in it its part of a file to take away."""

    def __init__(self, asked: ExportAsked, caller: Caller) -> None:
        self._asked = asked
        self._caller = caller

    def __call__(self, opened: Opened, obligations: Sequence[Obligation]) -> Part:
        """Its part of a calendar or of a workbook; of a sheet or a page, its texts, packed."""
        chosen, language = soonest(obligations), self._asked.language
        match self._asked.form:
            case "ics":
                return self._calendar(opened)
            case "xlsx":
                from qp_cli.render.workbook.book import book_part

                return book_part(opened.ledger, chosen, language)
            case "excel-fr":
                from qp_cli.render.workbook.obligations import excel_lines

                return pack(excel_lines(opened.situation, chosen, language))
            case _:
                from qp_cli.render.markdown import convention_markdown

                return pack([convention_markdown(opened.situation, chosen, language, self._asked.told)])

    def _calendar(self, opened: Opened) -> CalendarPart:
        from qp_cli.render.calendar_ics import calendar_part
        from qp_cli.tracking.calendar_days import keeps_term

        asked = self._asked
        ledger = with_edits(self._caller, opened)
        with_term = keeps_term(ledger, choice=asked.choice)
        people, language = asked.told.parties, asked.language
        return calendar_part(ledger, self._chosen, language, with_term=with_term, people=people, several=asked.several)

    def _chosen(self, ledger: Ledger) -> list[Obligation]:
        """What is chosen in a convention, at any day."""
        return soonest(Chooser(self._asked.choice, self._asked.shared).choose(ledger.situation))


def put_parts_together(
    parts: Iterable[Any],
    asked: ExportAsked,
    lacks: Callable[[], Sequence[Message]],
    known: Callable[[], Sequence[Message]] = tuple,
) -> bytes | Iterator[bytes]:
    """The file, whole or in pieces, once every part has gone by.

    What is said of it is then asked for: what it lacks, and the states of repositories that it was read from.

    Raises:
        UsageError: a workbook with more rows than a sheet holds.
    """
    language, several = asked.language, asked.several

    def besides() -> list[Message]:
        return [*known(), *lacks()]

    match asked.form:
        case "ics":
            from qp_cli.render.calendar_ics import calendar_pieces

            return calendar_pieces(parts, language, people=asked.told.parties, several=several, lacks=besides)
        case "xlsx":
            from qp_cli.render.workbook.book import workbook_of

            return workbook_of(parts, language, lacks, known)
        case "excel-fr":
            from qp_cli.render.workbook.obligations import excel_pieces

            return _encoded(excel_pieces(_texts(list(parts)), language, lacks))
        case _:
            from qp_cli.render.markdown import markdown_pieces

            return _encoded(markdown_pieces(_texts(list(parts)), language, besides))


def _texts(parts: Iterable[bytes]) -> Iterator[str]:
    return (text for each in parts for text in unpack(each) if text)


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)
